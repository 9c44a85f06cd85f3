"""Translations: used where they are, missed where they are not, doubted where the original changed."""

from __future__ import annotations

import tomllib

import pytest

from bsc_coach.digest import digest_of
from bsc_coach.script.loader import ScriptErrors, bundled_source, load_script
from bsc_coach.script.model import Script
from bsc_coach.script.slots import StepId
from bsc_coach.script.source import ScriptSource
from bsc_coach.script.translation import translation_skeleton
from bsc_coach.script.validation import Problem, find_problems
from tests.support.faulty_scripts import SOUND, line_of, source

BASE = SOUND.replace('languages = ["en"]', 'languages = ["en", "nl"]')


def translated(text: str = BASE, *, without: str = "", **changes: str) -> str:
    """Return a whole translation in which every text is its original in capitals letters of its own."""
    skeleton = translation_skeleton(source(text), "nl")
    lines = []
    for line in skeleton.splitlines():
        original = lines[-1].removeprefix("# ") if lines else ""
        if line.endswith(' = ""'):
            key = line.removesuffix(' = ""')
            if key != without:
                lines.append(f'{key} = "{changes.get(key, "NL " + original)}"')
            else:
                lines.append("")
        else:
            lines.append(line)
    return "\n".join(lines)


def told(sidecar: str, base: str = BASE) -> list[Problem]:
    """Return what is wrong with a sidecar."""
    return list(find_problems(source(base, nl=sidecar)))


def test_a_whole_translation_has_no_problem_and_is_used() -> None:
    script = load_script(source(BASE, nl=translated()))
    assert told(translated()) == []
    texts = script.translations["nl"]
    assert texts["part.name"]["ask"] == "NL Which name?"
    assert texts["part.kind"]["choice.firm"] == "NL A firm"
    assert texts["areas"]["item.north"] == "NL North"
    assert texts["round.note"]["variant.0.ask"].startswith("NL What about “{{ goals.name }}”")
    assert texts["teams"]["more"] == "NL Another team?"
    assert "ask_of" not in texts["part.name"]


def test_a_changed_original_is_told_as_drift_and_stops_nothing() -> None:
    base = BASE.replace('ask = "Which words?"', 'ask = "Which other words?"')
    sidecar = translated()
    (problem,) = told(sidecar, base)
    assert (problem.key, problem.where, problem.severity) == ("translation_drifted", "part.words", "warning")
    assert problem.file == "mine.nl.toml"
    block = sidecar.index('["part.words"]')
    assert problem.line == line_of(sidecar[block:], "ask_of") + line_of(sidecar, '["part.words"]') - 1
    assert digest_of("Which other words?") in problem.sentence("en")
    assert load_script(source(base, nl=sidecar)).translations["nl"]["part.words"]["ask"] == "NL Which words?"


def test_a_missing_text_falls_back_and_is_told_once_for_its_step() -> None:
    sidecar = (
        translated().replace('ask = "NL Which words?"', "").replace('help = "NL Any words of', 'help = "" #')
    )
    (problem,) = told(sidecar)
    assert (problem.key, problem.where, problem.severity) == ("translation_missing", "part.words", "warning")
    assert "ask, help" in problem.sentence("en")
    assert (
        "part.words" not in load_script(source(BASE, nl=sidecar)).translations["nl"]
        or not (load_script(source(BASE, nl=sidecar)).translations["nl"]["part.words"])
    )


def test_a_translation_without_its_mark_is_told() -> None:
    sidecar = "\n".join(line for line in translated().splitlines() if not line.startswith("title_of"))
    assert {problem.key for problem in told(sidecar)} == {"translation_unmarked"}


def test_texts_for_nobody_are_told_with_a_guess() -> None:
    (stray,) = told(translated() + '\n["part.nmae"]\nask = "?"\n')
    assert (stray.key, stray.where, stray.severity) == ("translates_no_step", "part.nmae", "warning")
    assert "Did you mean “part.name”?" in stray.sentence("en")
    typo = translated().replace('help = "NL Look back."', 'hepl = "NL Look back."')
    found = {problem.key: problem.sentence("en") for problem in told(typo)}
    assert "Did you mean “help”?" in found["translates_no_text"]
    assert set(found) == {"translates_no_text", "translation_missing"}


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("{{ part.nmae }}", "unknown_step"),
        ("{{ part.name | up }}", "not_plain"),
        ("{{ part.name", "braces_unbalanced"),
    ],
)
def test_placeholders_in_a_translation_are_checked_like_any_other(written: str, key: str) -> None:
    sidecar = translated().replace("NL Which marks?", f"NL {written}?")
    (problem,) = told(sidecar)
    assert (problem.key, problem.file, problem.where) == (key, "mine.nl.toml", "part.marks")
    assert problem.line == line_of(sidecar, f"NL {written}")
    with pytest.raises(ScriptErrors):
        load_script(source(BASE, nl=sidecar))


def test_a_syntax_error_in_a_sidecar_hides_nothing_in_its_other_tables() -> None:
    sidecar = (
        translated()
        .replace('ask = "NL Which words?"', 'ask = "NL Which words?')
        .replace("NL Which marks?", "NL {{ part.nmae }}?")
    )
    assert [(problem.key, problem.where) for problem in told(sidecar)] == [
        ("not_toml", "part.words"),
        ("unknown_step", "part.marks"),
    ]


def test_a_declared_language_without_its_file_is_told_and_stops_nothing() -> None:
    (problem,) = find_problems(source(BASE))
    assert (problem.key, problem.severity, problem.line) == (
        "no_sidecar",
        "warning",
        line_of(BASE, "languages"),
    )
    assert isinstance(load_script(source(BASE)), Script)


def test_files_for_languages_that_are_not_declared_are_not_used() -> None:
    for language, key in (("nl", "undeclared_language"), ("en", "sidecar_of_base")):
        there = source(SOUND, **{language: "= broken"})
        assert [problem.key for problem in find_problems(there)] == [key]
        assert load_script(there).translations == {}


def test_a_table_may_be_written_without_quotes() -> None:
    quoted = translated()
    bare = quoted.replace('["part.words"]', "[part.words]").replace('["part.name"]', "[part.name]")
    assert told(bare) == []
    same = [load_script(source(BASE, nl=text)).translations["nl"]["part.words"] for text in (quoted, bare)]
    assert same[0] == same[1]


def test_the_skeleton_names_every_text_and_keeps_what_is_there() -> None:
    skeleton = translation_skeleton(source(BASE), "nl")
    tables = tomllib.loads(skeleton)
    assert tables["part.kind"]["choice.firm"] == ""
    assert tables["part.kind"]["choice.firm_of"] == digest_of("A firm")
    assert "# Which name?" in skeleton
    base = BASE.replace('ask = "Which words?"', 'ask = "Which other words?"')
    again = tomllib.loads(translation_skeleton(source(base, nl=translated()), "nl"))
    assert again["part.words"]["ask"] == "NL Which words?"
    assert again["part.words"]["ask_of"] == digest_of("Which words?")  # so that the drift still shows
    assert again["part.name"] == tomllib.loads(translated())["part.name"]


def test_the_bundled_script_has_a_skeleton_that_is_valid() -> None:
    bundled = bundled_source()
    tables = tomllib.loads(translation_skeleton(bundled, "xx"))
    script = load_script(bundled)
    assert set(tables) == {step.id for step in script.steps}
    assert script.step(StepId("ambition")).title is not None


def test_escape_sequences_in_a_translation_are_taken_out() -> None:
    sidecar = translated().replace("NL Which words?", "NL \\u001b[2J")
    assert load_script(source(BASE, nl=sidecar)).translations["nl"]["part.words"]["ask"] == "NL [2J"


def test_a_skeleton_of_a_broken_script_is_refused() -> None:
    with pytest.raises(ScriptErrors):
        translation_skeleton(ScriptSource("x.toml", b"= ="), "nl")
