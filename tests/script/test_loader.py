"""Loading a script: a script or every fault, whatever the bytes; and quickly."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bsc_coach.errors import BscCoachError
from bsc_coach.script.header import Header, Migration
from bsc_coach.script.loader import (
    ScriptErrors,
    ScriptSource,
    bundled_source,
    load_script,
    read_source,
)
from bsc_coach.script.model import KIND_MODELS, Script
from bsc_coach.script.predicates import FORM_MODELS
from bsc_coach.script.step_parts import Choice, Coached, FixedItem, Limit, Source
from bsc_coach.script.validation import Problem, examine, find_problems
from bsc_coach.script.validation.mending import names_of
from bsc_coach.words import say
from tests.support.faulty_scripts import FAULTS, SOUND, ask, source
from tests.support.odd_scripts import SOUND_SCRIPTS

LINES = SOUND.splitlines(keepends=True)
PIECES = [*LINES, *(fault.piece for fault in FAULTS)]
TRICKY = [
    '"""',
    "'''",
    "[[",
    "]]",
    "{",
    "}",
    "=",
    "\\",
    "\n",
    '"',
    "#",
    "[[step]]",
    "\0",
    "\ufeff",
    "é",
    "{{",
    "}}",
]

scripts = st.one_of(
    st.binary(max_size=200),
    st.lists(st.sampled_from(PIECES), max_size=30).map(lambda parts: "".join(parts).encode()),
    st.tuples(st.integers(0, len(SOUND)), st.integers(0, 40), st.sampled_from(TRICKY)).map(
        lambda cut: (SOUND[: cut[0]] + cut[2] + SOUND[cut[0] + cut[1] :]).encode()
    ),
    st.tuples(st.permutations(LINES), st.integers(0, 20)).map(
        lambda told: "".join(told[0][told[1] :]).encode()
    ),
)


def loads_or_tells(load: Callable[[ScriptSource], Script], data: bytes, sidecar: bytes = b"") -> None:
    """Fail when loading is anything but a script without errors, or errors."""
    told = ScriptSource("any.toml", data, {"nl": sidecar})
    problems: tuple[Problem, ...] = ()
    try:
        script = load(told)
        assert script.chains.keys() == script.by_id.keys()
    except ScriptErrors as errors:
        problems = errors.problems
    assert all(problem.sentence("en") and problem.line >= 1 for problem in problems)


@settings(max_examples=120, deadline=None)
@given(scripts)
@example(b"[[step]]\nid = []\nkind = {}\n")
@example(b'[[step]]\nkind = "choice"\nchoices = [1, [], {}]\nwhen = { all = [[], {}] }\n')
@example(
    b'[script]\nid = "a"\nversion = 1\ntitle = "A"\nlanguages = []\n[[migrate]]\nto = {}\nrename = [1]\n'
)
def test_any_bytes_give_a_script_or_problems(data: bytes) -> None:
    loads_or_tells(load_script, data)


@settings(max_examples=40, deadline=None)
@given(scripts)
def test_any_sidecar_gives_a_script_or_problems(data: bytes) -> None:
    base = SOUND.replace('["en"]', '["en", "nl"]').encode()
    loads_or_tells(load_script, base, data)


def test_the_harness_would_see_another_exception() -> None:
    def careless(told: ScriptSource) -> Script:
        told.base.decode("ascii")
        return load_script(told)

    with pytest.raises(UnicodeDecodeError):
        loads_or_tells(careless, "é".encode())


def test_a_sound_script_loads_as_it_is_written() -> None:
    script = load_script(source(SOUND))
    assert (script.header.id, script.header.version) == ("sound", 3)
    assert len(script.steps) == SOUND.count("[[step]]")
    assert script.digest == source(SOUND).digest


def test_errors_carry_every_problem_and_a_sentence() -> None:
    with pytest.raises(ScriptErrors) as caught:
        load_script(source(SOUND + ask("one", "shrot = 'S'") + ask("two", "minuts = 1")))
    errors = caught.value
    assert isinstance(errors, BscCoachError)
    assert [problem.where for problem in errors.problems] == ["one", "two"]
    told = say(errors.key, "en", **errors.values)
    assert "2 faults" in told
    assert "mine.toml" in told
    assert "Did you mean “short”?" in told


def test_escape_sequences_in_a_script_are_taken_out() -> None:
    script = load_script(source(SOUND.replace('title = "Part"', 'title = "Pa\\u001b[2Jrt"')))
    assert script.step(script.steps[0].id).title == "Pa[2Jrt"


def test_a_source_is_read_with_its_sidecars(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(SOUND)
    (tmp_path / "mine.nl.toml").write_text("")
    (tmp_path / "mine.notes.toml").write_text("")
    (tmp_path / "other.de.toml").write_text("")
    found = read_source(tmp_path / "mine.toml")
    assert (found.name, list(found.translations)) == ("mine.toml", ["nl"])
    assert found.digest != source(SOUND).digest


def test_the_bundled_script_loads() -> None:
    script = load_script(bundled_source())
    assert script.header.id == "strategy_map"
    assert [problem for problem in find_problems(bundled_source()) if problem.severity == "error"] == []


def test_the_bundled_script_read_unchecked_is_the_checked_one() -> None:
    quick, checked = load_script(bundled_source()), examine(bundled_source()).script
    assert checked is not None
    # As they print, too: 5 and 5.0 are equal.
    for one, other in zip(
        (quick.header, *quick.steps, *quick.migrations),
        (checked.header, *checked.steps, *checked.migrations),
        strict=True,
    ):
        assert one == other
        assert repr(one) == repr(other)
    assert quick.digest == checked.digest
    assert dict(quick.translations) == dict(checked.translations)
    assert len(quick.translations["nl"]) > 100


@pytest.mark.parametrize("name", SOUND_SCRIPTS)
def test_the_scripts_that_are_played_in_other_tests_have_no_problem(name: str) -> None:
    assert find_problems(SOUND_SCRIPTS[name]) == ()


def test_the_documentation_explains_every_key_of_every_table() -> None:
    page = (Path(__file__).parents[2] / "docs" / "script-format.md").read_text("utf-8")
    nested = [*FORM_MODELS.values(), Choice, FixedItem, Limit, Source, Header, Migration]
    names = {name for model in [*KIND_MODELS.values(), *nested] for name in names_of(model)}
    assert {name for name in names if not re.search(rf"`{name}`|\b{name} = ", page)} == set()
    assert all(f"`{kind}`" in page for kind in KIND_MODELS)
    assert all(f'`"{kind}"`' in page for kind in get_args(Coached))
