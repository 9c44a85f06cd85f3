"""Templates of people's own: they work, and the hostile ones end in a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from bsc_coach.documents.formats import DocumentInput
from bsc_coach.documents.templating.custom import render_template, render_templates
from bsc_coach.documents.web.html import page_context
from bsc_coach.errors import TemplateFaultError
from bsc_coach.strategy.model import Organisation, Strategy
from bsc_coach.words import say
from tests.support.hostile import see
from tests.support.strategies import NO_NOTES, RIVERBEND, RIVERBEND_NOTES

CANARY = "canary-7f3a"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of templates with a secret beside it, and links from inside that lead there."""
    (tmp_path / "secret.txt").write_text(CANARY)
    inside = tmp_path / "templates"
    inside.mkdir()
    (tmp_path / "templates of ours").mkdir()
    (tmp_path / "templates of ours" / "part.md.j2").write_text(CANARY)
    (inside / "link.md").symlink_to(tmp_path / "secret.txt")
    (inside / "up").symlink_to(tmp_path, target_is_directory=True)
    (inside / "latin.md.j2").write_bytes(b"caf\xe9")
    (inside / "huge.md.j2").write_bytes(b"x" * 1_000_001)
    (inside / "part.md.j2").write_text("part of {{ organisation.name }}")
    (inside / "self.md.j2").write_text("{% include 'self.md.j2' %}")
    (inside / "broken.md.j2").write_text("\n\n{{ nothing_here }}")
    return inside


def write(folder: Path, source: str) -> Path:
    path = folder / "own.md.j2"
    path.write_text(source)
    return path


def fault_of(path: Path) -> str:
    """Return the sentence that a person is told when the template at ``path`` fails."""
    with pytest.raises(TemplateFaultError) as caught:
        render_template(path, page_context(RIVERBEND, RIVERBEND_NOTES))
    return say(caught.value.key, "en", **caught.value.values)


def test_a_template_gets_the_context_and_its_neighbours(folder: Path) -> None:
    path = write(folder, "# {{ title }}\n{% include 'part.md.j2' %}\n\n{{ kpis[0].target_text }}\n")
    assert render_template(path, page_context(RIVERBEND, RIVERBEND_NOTES)) == (
        "# Riverbend Regional Hospital: strategy towards 2030\n"
        "part of Riverbend Regional Hospital\n"
        "14 days by December 2027\n"
    )


def test_the_mark_that_some_editors_put_before_a_text_is_not_printed(folder: Path) -> None:
    path = folder / "own.md.j2"
    path.write_bytes(b"\xef\xbb\xbf{% include 'part.md.j2' %}, {{ title }}\n")
    (folder / "part.md.j2").write_bytes(b"\xef\xbb\xbfFor the board\n")
    told = render_template(path, page_context(RIVERBEND, RIVERBEND_NOTES))
    assert told == "For the board\n, Riverbend Regional Hospital: strategy towards 2030\n"


@pytest.mark.parametrize("kind", ["docx", "DOCX", "pptx", "xlsx", "pdf", "odt", "png"])
def test_a_template_of_a_file_that_is_no_text_is_refused(kind: str, tmp_path: Path) -> None:
    path = tmp_path / f"x.{kind}.j2"
    path.write_text("{{ title }}")
    (tmp_path / "a.md.j2").write_text("{{ title }}")
    for given in (path, tmp_path):
        with pytest.raises(TemplateFaultError) as caught:
            render_templates(given, DocumentInput(RIVERBEND, NO_NOTES))
        for language in ("en", "nl"):
            told = say(caught.value.key, language, **caught.value.values)
            assert f"x.{kind}.j2" in told
            assert f".{kind.lower()}" in told
            assert "--format docx" in told


@pytest.mark.parametrize(
    "name", ["x.md.j2", "docx.txt.j2", "x.html.j2", "x.csv.j2", "x.tex.j2", "x.j2", "_x.docx.j2"]
)
def test_a_template_of_text_is_rendered(name: str, tmp_path: Path) -> None:
    """The control; what begins with an underscore makes no file."""
    (tmp_path / name).write_text("{{ title }}")
    (tmp_path / "always.txt.j2").write_text("{{ title }}")
    made = {str(path) for path in render_templates(tmp_path, DocumentInput(RIVERBEND, NO_NOTES))}
    assert made == {"always.txt", *({name.removesuffix(".j2")} if not name.startswith("_") else ())}


def test_what_a_template_prints_is_escaped_even_where_it_calls_it_safe(folder: Path) -> None:
    path = write(folder, "{{ organisation.name | safe }} {{ organisation.name | e }}")
    made = render_template(path, page_context(Strategy(organisation=Organisation(name="*<b>*")), NO_NOTES))
    assert made.startswith("\\*\\<b>\\* ")
    assert not any(see(made).inlines)


def test_a_fault_in_an_included_template_is_named_with_its_own_line(folder: Path) -> None:
    told = fault_of(write(folder, "{% include 'broken.md.j2' %}"))
    assert told == "Line 3 of the template broken.md.j2 cannot be rendered: 'nothing_here' is undefined."


def test_a_template_that_is_not_there_is_told(folder: Path) -> None:
    assert fault_of(folder / "none.md") == "There is no template none.md."


def test_only_templates_are_included_whatever_lies_beside_them(folder: Path) -> None:
    (folder / ".ssh").mkdir()
    (folder / ".ssh" / "id_rsa").write_text(CANARY)
    (folder / "link.md.j2").symlink_to(folder / ".ssh" / "id_rsa")
    (folder / "key.j2").write_text("a template")
    for name in (".ssh/id_rsa", "link.md.j2"):
        for source in (f"{{% include '{name}' %}}", f"{{% include ['nothing.j2', '{name}'] %}}"):
            told = fault_of(write(folder, source))
            assert told.endswith(f"wants {name}, which does not end in .j2: only templates are read.")
            assert CANARY not in told
    # The control: the same way to a template leads somewhere.
    assert (
        render_template(write(folder, "{% include 'key.j2' %}"), page_context(RIVERBEND, NO_NOTES))
        == "a template"
    )


def test_what_a_template_says_itself_is_cleaned_too(folder: Path) -> None:
    escape = "\x1b]0;owned\x07\x1b[2J"
    printed = "{{ '\\x1b[31m' }}{{ '\\u202e' }}"
    made = render_template(
        write(folder, f"{escape}Café, {printed}\tone\n"), page_context(RIVERBEND, NO_NOTES)
    )
    assert made == "]0;owned[2JCafé, \\[31m\tone\n"


def test_a_template_that_leads_elsewhere_is_not_read(folder: Path) -> None:
    assert (
        fault_of(folder / "link.md")
        == "The template link.md leads outside its own folder, so it was not read."
    )


QUICK_ATTACKS = {
    "{{ ''.__class__.__mro__[1].__subclasses__() }}": "Line 1",
    "\n{% include '../secret.txt' %}": "Line 2",
    "{% include '../templates of ours/part.md.j2' %}": "outside the template’s folder",
    "{% include 'link.md' %}": "outside the template’s folder",
    "\n\n{{ 'a' * 10 ** 10 }}": "Line 3",
    "{% for i in range(99999) %}{{ 'abc' * 1000 }}{% endfor %}": "grew past 10 MB",
    "{% set _ = organisation.update({'name': 'x'}) %}": "Line 1",
    "{% include 'self.md.j2' %}": "self.md.j2",
    "\n{% if %}": "Line 2",
}

SLOW_ATTACKS = {
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}": "Line 1",
    "{{ joiner.__init__.__globals__ }}": "Line 1",
    "{{ namespace.__init__.__globals__ }}": "Line 1",
    "{{ self.__init__.__globals__ }}": "Line 1",
    "{{ self._TemplateReference__context.environment }}": "Line 1",
    "{{ lipsum(n=100000000) }}": "Line 1",
    "{{ title.format.__globals__ }}": "Line 1",
    "{{ '{0.__class__.__init__.__globals__}'.format(title) }}": "Line 1",
    "{{ '{x.__class__}'.format_map({'x': title}) }}": "Line 1",
    "{{ (title | attr('format'))('{0.__class__}') | attr('__class__') }}": "Line 1",
    "{{ ['{0.__class__}'] | map('format', title) | list | first | attr('__doc__') }}": "Line 1",
    "{% include '/etc/passwd' %}": "outside",
    "{% include 'up/secret.txt' %}": "outside",
    "{% import '../secret.txt' as secret %}{{ secret }}": "outside",
    "{% extends 'link.md' %}": "outside",
    "{% include ['none.j2', 'link.md'] %}": "outside",
    "{% include 'none.j2' %}": "not there",
    "{% include 'latin.md.j2' %}": "not UTF-8",
    "{% include 'huge.md.j2' %}": "larger than",
    "{% include 'a\\x00b' %}": "Line 1",
    "{% set _ = [].append(9) %}": "Line 1",
    "{% set _ = words.clear() %}": "Line 1",
    "{% set _ = kpis[0].pop('name') %}": "Line 1",
    "{{ title.center(10 ** 10) }}": "memory",
    "{{ '%1000000000d' % 1 * 9 }}": "Line 1",
    "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}": "deeper",
    "{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}": "deeper",
    "{{ range(10 ** 9) | list }}": "Line 1",
    "{{ title.nowhere }}": "Line 1",
    "{% raw": "Line 1",
    "{{ 1 / 0 }}": "ZeroDivisionError",
}

ENDLESS = (
    "{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}",
    "{% set n = namespace(x=2) %}{% for i in range(60) %}{% set n.x = n.x * n.x %}{% endfor %}{{ n.x }}",
    "{{ (9 ** 9 ** 9) ** 9 ** 9 }}",
)


def check_attack(folder: Path, source: str, told: str) -> None:
    before = RIVERBEND.model_dump_json()
    sentence = fault_of(write(folder, source))
    assert told in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert CANARY not in sentence
    assert RIVERBEND.model_dump_json() == before


@pytest.mark.parametrize(("source", "told"), QUICK_ATTACKS.items())
def test_an_attack_ends_in_a_sentence(folder: Path, source: str, told: str) -> None:
    check_attack(folder, source, told)


@pytest.mark.slow
@pytest.mark.parametrize(("source", "told"), SLOW_ATTACKS.items())
def test_every_known_attack_ends_in_a_sentence(folder: Path, source: str, told: str) -> None:
    check_attack(folder, source, told)


@pytest.mark.slow
@pytest.mark.parametrize("source", ENDLESS)
def test_a_template_without_end_is_ended(folder: Path, source: str) -> None:
    check_attack(folder, source, "own.md.j2")
