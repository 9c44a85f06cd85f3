"""Whatever script the check lets through can be played to its end, with all that is shown beside it."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from bsc_coach.conversation.point_history import behind
from bsc_coach.conversation.rehearsal import path as paths
from bsc_coach.conversation.rehearsal.path import text_documents
from bsc_coach.conversation.script_update import newer_script
from bsc_coach.conversation.submit import submit
from bsc_coach.interview.facts.answers import Park
from bsc_coach.interview.navigation import AgendaEntry, agenda
from bsc_coach.interview.plan import Plan
from bsc_coach.script.loader import ScriptSource
from bsc_coach.script.model import Container
from bsc_coach.script.validation import find_problems
from bsc_coach.session.opening import open_session
from tests.conversation.test_any_lines import COMMAND_LINES
from tests.support import playing
from tests.support.any_scripts import any_scripts
from tests.support.faulty_scripts import source
from tests.support.odd_scripts import DOCS, EVERY_SCRIPT, HEAD, YES_NO, listed, step
from tests.support.playing import StuckError, begun, look, play
from tests.support.sessions import same_environment

QUICK = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    database=None,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)
POINTS = st.builds(
    lambda name, one, other: f"/{name} {one} {other}".strip(),
    st.sampled_from(
        ["up", "down", "merge", "demote", "shelve", "homework", "keep", "mute", "edit", "remove", "restore"]
    ),
    st.sampled_from(["", "A1", "B1", "C1", "D1", "E1", "N1", "M12", "O10", "north"]),
    st.sampled_from(["", "A2", "B1", "because", "C2"]),
)
LINES = st.lists(st.one_of(COMMAND_LINES, POINTS, st.sampled_from(["y", "Do it", "1", ""])), max_size=15)


@pytest.mark.parametrize(
    "name",
    # The program's own is looked at after each of its 1,184 lines: that takes longer than all the others.
    [pytest.param(name, marks=pytest.mark.slow if name == "strategy_map" else ()) for name in EVERY_SCRIPT],
)
def test_every_script_is_played_to_its_end(name: str, tmp_path: Path) -> None:
    talk = begun(tmp_path / "session", EVERY_SCRIPT[name])
    look(talk)
    play(talk)
    assert talk.prompt() is None
    files = text_documents(talk.session)
    assert all(files.values())
    talk.session.close()
    again = open_session(tmp_path / "session", same_environment(), read_only=True)
    assert agenda(again.plan) == agenda(talk.plan)


def test_the_documentation_has_a_whole_script() -> None:
    assert DOCS


def tried(source: ScriptSource, lines: Sequence[str]) -> None:
    """Play a script with more lines in between, and look at what there is to see of it afterwards."""
    # /elsewhere makes folders where the program was started.
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        talk = begun(Path(folder) / "session", source)
        look(talk)
        play(talk, lines)
        text_documents(talk.session)
        assert all(behind(talk.session, name) for name in (*talk.plan.state.shorts.values(), "Z9"))
        talk.session.write_strategy()
        found = talk.session.edited_file()
        assert found is None or not found.differences
        talk.session.close()


@QUICK
@given(any_scripts(), LINES)
def test_whatever_the_check_lets_through_can_be_played(source: ScriptSource, lines: list[str]) -> None:
    assume(not find_problems(source))
    tried(source, lines)


@pytest.mark.slow
@settings(QUICK, max_examples=500, derandomize=settings().derandomize)
@given(any_scripts(), LINES)
def test_whatever_the_check_lets_through_can_be_played_for_long(
    source: ScriptSource, lines: list[str]
) -> None:
    assume(not find_problems(source))
    tried(source, lines)


def test_an_agenda_that_knows_sections_only_would_be_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control."""

    def careless(plan: Plan) -> tuple[AgendaEntry, ...]:
        return tuple(one for one in agenda(plan) if isinstance(plan.script.step(one.step), Container))

    monkeypatch.setattr(playing, "agenda", careless)
    with pytest.raises(AssertionError):
        test_whatever_the_check_lets_through_can_be_played()


def test_a_question_that_comes_back_for_ever_would_be_found_out(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The control."""
    monkeypatch.setattr(paths, "submit", lambda talk, line: submit(talk, "/back"))
    with pytest.raises(StuckError):
        play(begun(tmp_path / "session", EVERY_SCRIPT["a text alone"]))


def test_documents_name_what_stands_in_no_section_by_its_question(tmp_path: Path) -> None:
    talk = begun(tmp_path / "session", EVERY_SCRIPT["a text alone"])
    prompt = talk.prompt()
    assert prompt is not None
    assert prompt.section == "Which name?"
    talk.session.do(Park(prompt.slot, "later"))
    assert [point.section for point in talk.session.notes().points] == ["Which name?"]
    assert [minute.section for minute in talk.session.minutes().said] == ["Which name?"]


KINDS = ("text", "long_text", "number", "date", "choice", "several", "confirm", "pick", "collect", "section")


def asked_as(kind: str, version: int) -> ScriptSource:
    """Return a script with one step that is asked in some way."""
    bodies = {
        "choice": YES_NO,
        "several": YES_NO,
        "pick": 'from = ["wishes"]',
        "collect": 'prefix = "A"\nlabel = ["it.name"]',
    }
    told = listed("wishes") + step("it", kind, *([bodies[kind]] if kind in bodies else []))
    told += step("it.name", "text", within="it") if kind in ("collect", "section") else ""
    return source(HEAD.replace("version = 1", f"version = {version}") + told)


@pytest.mark.parametrize("later", KINDS)
@pytest.mark.parametrize("before", KINDS)
def test_a_question_may_become_one_of_another_kind(before: str, later: str, tmp_path: Path) -> None:
    assert not find_problems(asked_as(later, 2))
    talk = begun(tmp_path / "session", asked_as(before, 1))
    play(talk)
    newer = newer_script(talk.session, asked_as(later, 2))
    assert newer is not None
    assert newer.sentences(talk.session)
    assert not newer.report.refused
    if before != later:
        newer.adopt(talk.session)
    look(talk)
    text_documents(talk.session)
    play(talk)
    submit(talk, "/undo")
    look(talk)


def test_an_answer_of_another_kind_is_told_and_asked_for_again(tmp_path: Path) -> None:
    talk = begun(tmp_path / "session", asked_as("text", 1))
    play(talk)
    newer = newer_script(talk.session, asked_as("number", 2))
    assert newer is not None
    assert [slot.step for slot in newer.report.invalid] == ["it"]
    newer.adopt(talk.session)
    prompt = talk.prompt()
    assert prompt is not None
    assert [refusal.key for refusal in prompt.refusals] == ["other_kind"]
    assert not submit(talk, "7").keep_text
    assert talk.prompt() is None


def test_items_of_what_a_newer_script_has_no_more_keep_their_names(tmp_path: Path) -> None:
    old = EVERY_SCRIPT["a fixed list with a list in it"]
    talk = begun(tmp_path / "session", old)
    play(talk)
    text = old.base.decode().replace("version = 1", "version = 2")
    fewer = text.replace(
        '{ id = "south", text = "South", prefix = "S" }', '{ id = "east", text = "East", prefix = "S" }'
    )
    newer = newer_script(talk.session, source(fewer))
    assert newer is not None
    newer.adopt(talk.session)
    look(talk)
    assert "south" in text_documents(talk.session)["minutes.md"]
