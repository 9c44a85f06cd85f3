"""A rehearsal plays any script to its end, and finds what was planted: faults, dead ends, lost steps, ids."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bsc_coach.conversation.commands.registry import COMMAND_BY_NAME
from bsc_coach.conversation.rehearsal import path as paths
from bsc_coach.conversation.rehearsal import rehearse as rehearsing
from bsc_coach.conversation.rehearsal.path import text_documents, walk
from bsc_coach.conversation.rehearsal.plausible_answers import PlausibleAnswers
from bsc_coach.conversation.rehearsal.printed_ids import printed_ids
from bsc_coach.conversation.rehearsal.rehearse import Rehearsal, RehearsalFinding, rehearse
from bsc_coach.conversation.reply import Reply
from bsc_coach.conversation.submit import start_talk, submit
from bsc_coach.conversation.talk import Talk
from bsc_coach.interview import projection
from bsc_coach.interview.facts.log import Value
from bsc_coach.interview.plan import Plan
from bsc_coach.script.loader import ScriptSource, bundled_source
from bsc_coach.script.slots import Slot, StepId
from bsc_coach.session.opening import create_session
from bsc_coach.session.session import Session
from tests.support.faulty_scripts import source
from tests.support.odd_scripts import DOCS, HEAD, ODD, SOUND_SCRIPTS, YES_NO, listed, one_from, step
from tests.support.sessions import same_environment

LIMITED = (
    HEAD
    + step("name", "text", "limit = { min_chars = 60, max_chars = 64 }")
    + step("short_name", "text", "limit = { max_chars = 9 }")
    + step("year", "number", "limit = { min = 2000, max = 2050, integer = true }")
    + step("share", "number", "limit = { min = 0.5, max = 2 }")
    + step("loss", "number", "limit = { max = -5 }")
    + listed("wishes", "count = { min = 3, max = 4 }")
    + step("best", "pick", 'from = ["wishes"]', "count = { min = 2, max = 3 }")
    + step("day", "date")
    + step("mood", "several", YES_NO, "count = { min = 2 }")
)
"""Limits of every kind."""
MOODS = 'choices = [{ id = "up_beat", text = "Full of hope" }, { id = "glum", text = "Low" }]'


def kinds(found: Rehearsal) -> set[tuple[str, str]]:
    return {(one.kind, one.step) for one in found.found}


def only(found: Rehearsal) -> RehearsalFinding:
    (one,) = found.found
    return one


def walked(folder: Path, script: ScriptSource, seed: int, *, only_enter: bool = False) -> paths.WalkedPath:
    session = create_session(folder, script, same_environment())
    path = walk(session, PlausibleAnswers(Random(seed), "en", date(2026, 1, 5)), only_enter=only_enter)
    session.close()
    return path


# What is sound


@pytest.mark.parametrize("name", [*DOCS, "sound", "bakery", "varied", *ODD])
def test_a_sound_script_gives_nothing_to_tell_but_empty_picks(name: str) -> None:
    found = rehearse(SOUND_SCRIPTS[name], paths=4, seed=7)
    assert {kind for kind, _ in kinds(found)} <= {"nothing_to_choose"}
    assert (found.paths, found.lines > 0) == (5, True)


def test_the_examples_of_the_documentation_give_nothing_to_tell() -> None:
    for script in DOCS.values():
        assert rehearse(script, paths=20, seed=1).found == ()


def test_the_script_that_comes_with_the_program_gives_nothing_to_tell() -> None:
    found = rehearse(bundled_source(), paths=2, seed=1)
    assert [one for one in found.found if one.kind != "never_reached"] == []
    assert found.paths == 6


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 10**6), st.booleans())
def test_answers_keep_to_every_limit(seed: int, only_enter: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = walked(Path(folder) / "session", source(LIMITED), seed, only_enter=only_enter)
    assert path.troubles == []
    assert path.reached >= {"name", "year", "wishes", "wishes.name", "best", "mood"}


def test_answers_that_keep_to_no_limit_would_be_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control."""
    monkeypatch.setattr(PlausibleAnswers, "_number", lambda self, limit: "1e9")
    found = rehearse(source(LIMITED), paths=1, seed=1)
    assert {step for kind, step in kinds(found) if kind == "stuck"} == {"year", "share", "loss"}


def test_the_same_seed_types_the_same_and_another_one_does_not(tmp_path: Path) -> None:
    typed = [
        walked(tmp_path / str(number), SOUND_SCRIPTS["bakery"], seed).typed
        for number, seed in enumerate((3, 3, 4))
    ]
    assert typed[0] == typed[1] != typed[2]


def test_enter_alone_types_nothing_else_where_it_is_taken(tmp_path: Path) -> None:
    script = source(HEAD + step("name", "text") + step("hint", "text", "optional = true") + listed("wishes"))
    path = walked(tmp_path / "session", script, 1, only_enter=True)
    assert [line == "" for line in path.typed] == [True, False, True, True]


def test_paths_that_cover_more_answer_what_was_passed_and_vary_the_length_of_lists(tmp_path: Path) -> None:
    script = source(HEAD + step("name", "text") + step("hint", "text", "optional = true") + listed("wishes"))

    def said(covers_more: bool) -> tuple[list[bool], set[int]]:
        """Whether each of three paths by the same chance answers the hint, and how long the lists are."""
        chosen: Counter[tuple[str, str]] = Counter()
        hints: list[bool] = []
        lengths: set[int] = set()
        for number in range(3):
            session = create_session(tmp_path / f"{covers_more}{number}", script, same_environment())
            answers = PlausibleAnswers(
                Random(1),
                "en",
                date(2026, 1, 5),
                passed_by=1,
                put_off=0,
                chosen=chosen,
                covers_more=covers_more,
            )
            plan = walk(session, answers).talk.plan
            session.close()
            hints.append(plan.answer(Slot(StepId("hint"))) is not None)
            lengths.add(len(plan.members.get(StepId("wishes"), ())))
        return hints, lengths

    hints, lengths = said(covers_more=True)
    assert (hints, len(lengths)) == ([False, True, False], 3)
    hints, lengths = said(covers_more=False)
    assert (hints, len(lengths)) == ([False] * 3, 1)


def test_nothing_is_left_of_a_rehearsal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    seen: list[Path] = []
    rehearse(SOUND_SCRIPTS["sound"], paths=1, seed=1, open_app=lambda session: seen.append(session.folder))
    assert [folder.is_relative_to(tmp_path) for folder in seen] == [True]
    assert list(tmp_path.iterdir()) == []


def test_the_app_is_opened_once_for_each_language() -> None:
    opened: list[str] = []
    rehearse(
        bundled_source(),
        paths=0,
        seed=1,
        open_app=lambda session: opened.append(session.plan.language),
    )
    assert opened == ["en", "nl"]


# What was planted


def failing_at(step_id: str) -> object:
    def submit_or_fail(talk: Talk, line: str) -> Reply:
        if talk.at is not None and talk.at.step == step_id:
            raise ZeroDivisionError("planted")
        return submit(talk, line)

    return submit_or_fail


def test_a_fault_of_the_program_is_told_with_the_way_there(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    script = SOUND_SCRIPTS["one of each kind"]
    monkeypatch.setattr(paths, "submit", failing_at("date"))
    one = next(one for one in rehearse(script, paths=2, seed=1).found if one.kind == "crash")
    assert (one.step, one.language, one.path) == ("date", "en", 0)
    assert one.values["fault"].startswith("ZeroDivisionError: planted")
    assert 'id = "date"' in script.base.decode().splitlines()[one.line - 1]
    # Whoever types the same stands at the same question.
    talk = start_talk(create_session(tmp_path / "session", script, same_environment()))
    talk.resume()
    for line in one.typed[:-1]:
        submit(talk, line)
    assert talk.at == Slot(StepId("date"), ())


def test_a_fault_in_a_document_and_in_the_app_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(session: Session) -> None:
        raise RuntimeError("planted in the app")

    def broken_documents(session: Session) -> dict[str, str]:
        raise KeyError("planted in a document")

    monkeypatch.setattr(paths, "text_documents", broken_documents)
    found = rehearse(SOUND_SCRIPTS["a text alone"], paths=0, seed=1, open_app=broken)
    faults = [one.values["fault"] for one in found.found if one.kind == "crash"]
    assert [("document" in fault, "app" in fault) for fault in faults] == [(True, False), (False, True)]


def test_a_fault_is_told_once_however_many_paths_meet_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "submit", failing_at("name"))
    found = rehearse(SOUND_SCRIPTS["a text alone"], paths=5, seed=1)
    assert only(found).kind == "crash"


def test_a_step_that_no_path_comes_to_is_told_with_its_line() -> None:
    never = 'when = { all = [{ parked = "a" }, { parked = "b" }, { parked = "c" }, { parked = "d" }] }'
    script = source(HEAD + "".join(step(name, "text") for name in "abcd") + step("e", "text", never))
    one = only(rehearse(script, paths=5, seed=1))
    assert (one.kind, one.step, one.path) == ("never_reached", "e", None)
    assert script.base.decode().splitlines()[one.line - 1] == 'id = "e"'


def test_a_question_that_takes_none_of_its_answers_is_told_and_left(monkeypatch: pytest.MonkeyPatch) -> None:
    def stubborn(talk: Talk, line: str) -> Reply:
        at_name = talk.at is not None and talk.at.step == "number" and talk.asking is None
        if at_name and line[:1] != "/":
            return Reply(keep_text=True)
        return submit(talk, line)

    monkeypatch.setattr(paths, "submit", stubborn)
    found = rehearse(SOUND_SCRIPTS["one of each kind"], paths=1, seed=5)
    assert kinds(found) == {("stuck", "number")}
    assert only(found).values == {"question": "Which number?"}


def test_a_question_that_comes_back_for_ever_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def going_round(talk: Talk, line: str) -> Reply:
        reply = submit(talk, line)
        return submit(talk, "/back") if talk.at is not None and talk.at.step == "date" else reply

    monkeypatch.setattr(paths, "submit", going_round)
    assert "stuck" in {
        kind for kind, _ in kinds(rehearse(SOUND_SCRIPTS["one of each kind"], paths=0, seed=5))
    }


def test_a_choice_from_nothing_is_told() -> None:
    script = source(HEAD + listed("wishes") + step("best", "pick", one_from("wishes")))
    assert kinds(rehearse(script, paths=1, seed=1)) == {("nothing_to_choose", "best")}
    asked_when = 'when = { count = "wishes", at_least = 1 }'
    script = source(HEAD + listed("wishes") + step("best", "pick", one_from("wishes"), asked_when))
    assert rehearse(script, paths=8, seed=1).found == ()


# Ids printed as text


def with_ids(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the projection keep ids where it kept words."""

    def as_kept(plan: Plan, slot: Slot, value: Value) -> str:
        return str(value)

    monkeypatch.setattr(projection, "said_in_words", as_kept)


def test_ids_of_choices_printed_as_text_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    script = source(HEAD + step("mood", "choice", MOODS))
    assert rehearse(script, paths=3, seed=1).found == ()
    with_ids(monkeypatch)
    found = rehearse(script, paths=3, seed=1)
    assert kinds(found) == {("id_as_text", "mood")}
    assert {one.values["id"] for one in found.found} == {"up_beat", "glum"}
    assert {one.values["file"] for one in found.found} == {"annex.md"}, "answers to own questions stand there"


def test_ids_of_items_printed_as_text_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    script = source(
        HEAD + listed("wishes", "count = { min = 1 }") + step("best", "pick", 'from = ["wishes"]')
    )
    assert rehearse(script, paths=2, seed=1).found == ()
    with_ids(monkeypatch)
    assert ("id_as_text", "wishes") in kinds(rehearse(script, paths=2, seed=1))


@pytest.fixture
def plan(tmp_path: Path) -> Iterator[Plan]:
    moods = MOODS.replace("Low", "Glum")
    script = source(
        HEAD
        + step("mood", "choice", moods)
        + step("the.aim", "text").replace("Which the.aim", "Which one")
        + step("aim", "text")
    )
    session = create_session(tmp_path / "session", script, same_environment())
    yield session.plan
    session.close()


@pytest.mark.parametrize(
    "text",
    [
        "- Mood: up_beat\n",
        "it is up_beat here",
        "| a | up_beat |",
        "<p>up_beat</p>",
        "**Aim:** aim",
        "the.aim",
    ],
)
def test_where_an_id_is_seen(plan: Plan, text: str) -> None:
    assert [one.file for one in printed_ids(plan, {"a.md": text}, frozenset())] == ["a.md"]


@pytest.mark.parametrize(
    "text",
    [
        "our aim is this",  # a word in a sentence
        "Mood: Glum",
        "Mood: glum",  # the words of the choice are its id
        '<p id="up_beat">Hope</p>',  # nobody sees it
        "[Hope](#up_beat)",
        "up_beats",
        "Aim: Aim",
    ],
)
def test_what_only_looks_like_an_id(plan: Plan, text: str) -> None:
    assert list(printed_ids(plan, {"a.md": text}, frozenset())) == []


def test_files_for_programs_hold_ids_and_words_of_the_program_are_none(plan: Plan) -> None:
    assert list(printed_ids(plan, {"a.toml": 'mood = "up_beat"', "a.csv": "up_beat"}, frozenset())) == []
    assert list(printed_ids(plan, {"a.md": "Aim: aim"}, {"aim"})) == []


def test_every_text_document_is_made(tmp_path: Path) -> None:
    session = create_session(tmp_path / "session", SOUND_SCRIPTS["sound"], same_environment())
    made = {Path(name).suffix for name in text_documents(session)}
    session.close()
    assert made >= {".md", ".toml", ".svg", ".html", ".csv", ".ics", ".xml"}


def test_what_is_typed_with_a_slash_is_known() -> None:
    words = {line[1:].split()[0] for line in paths.WAYS_OUT}
    assert words <= set(COMMAND_BY_NAME)
    assert rehearsing.DOCUMENT_WORDS
