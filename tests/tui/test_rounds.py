"""Rounds on the screen: what is typed to a ballot is dots, is in no draft, and is gone with the program."""

from __future__ import annotations

from pathlib import Path

import pytest

from bsc_coach.session.opening import create_session
from bsc_coach.session.session import Session
from bsc_coach.tui.session.answer_line import AnswerLine
from bsc_coach.tui.widgets.composer import Composer
from tests.support.app import USUAL, by_keys, enter, frame, press, running, session_screen, settled
from tests.support.rounds import ROUNDS
from tests.support.scripts import source_of
from tests.support.sessions import same_environment


def begun(folder: Path) -> Session:
    """Return a session with two points, at the ballots on their influence."""
    return create_session(folder / "s", source_of(ROUNDS), same_environment())


async def to_the_ballot(pilot: object) -> None:
    for line in ("Rye", "Oats", "", "/together"):
        await enter(pilot, line)  # type: ignore[arg-type]


def written(folder: Path) -> str:
    return "".join(path.read_text("utf-8", "replace") for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("hidden", [True, False])
async def test_ballots_being_typed_are_dots_and_nothing_of_them_is_on_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hidden: bool
) -> None:
    if not hidden:  # the control: without it the line is shown and kept
        monkeypatch.setattr(AnswerLine, "_is_hidden", lambda self, now: False)
        monkeypatch.setattr(Composer, "get_line", Composer.__base__.get_line)  # type: ignore[union-attr]
    session = begun(tmp_path)
    async with running(session, size=USUAL) as pilot:
        await to_the_ballot(pilot)
        await by_keys(pilot, "4 5 1 2")
        session_screen(pilot).controller.flush_draft()
        await settled(pilot)
        assert ("• • • •" in frame(pilot)) is hidden
        assert ("4 5 1 2" in frame(pilot)) is not hidden
        assert ("4 5 1 2" in written(tmp_path)) is not hidden


async def test_a_refused_line_of_ballots_stays_in_the_line_and_on_no_disk(tmp_path: Path) -> None:
    session = begun(tmp_path)
    async with running(session, size=USUAL) as pilot:
        await to_the_ballot(pilot)
        await by_keys(pilot, "4 5 1 99")
        await press(pilot, "enter")
        assert session_screen(pilot).composer.text == "4 5 1 99"
        assert "4 5 1 99" not in written(tmp_path)


async def test_a_digit_answers_no_ballot_by_itself_and_a_command_is_no_secret(tmp_path: Path) -> None:
    session = begun(tmp_path)
    async with running(session, size=USUAL) as pilot:
        await to_the_ballot(pilot)
        before = len(session.actions)
        await by_keys(pilot, "4")
        assert len(session.actions) == before
        await press(pilot, "ctrl+u")
        await by_keys(pilot, "/undo")
        assert "/undo" in frame(pilot)


async def test_enter_opens_the_round_and_a_key_answers_the_question_together(tmp_path: Path) -> None:
    session = begun(tmp_path)
    async with running(session, size=USUAL) as pilot:
        await enter(pilot, "Rye")
        await enter(pilot, "")
        await press(pilot, "alt+e")
        assert "Enter alone opens it for everybody" in frame(pilot)
        await press(pilot, "enter")
        assert "nobody has handed in yet" in frame(pilot)
        await enter(pilot, "3 3 4 4")
        assert "Rye" in frame(pilot)
        assert session.plan.state.rounds
