"""The homework of one role in the app: begins with its questions, ends with how much of it is done."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bsc_coach.interview.homework import homework_of
from bsc_coach.session.environment import Environment
from bsc_coach.session.opening import open_session
from bsc_coach.session.session import Session
from bsc_coach.tui.app import CoachApp, run_app
from bsc_coach.tui.screens.end import EndPage
from tests.support.app import enter, frame, press, running
from tests.support.clock import Watch
from tests.support.rooms_in_time import in_the_room

ROLE = "Head of Pharmacy"


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("room") / "session"
    in_the_room(folder).close()
    return folder


@pytest.fixture
def after(room: Path, tmp_path: Path, environment: Environment) -> Session:
    """A copy of a half-day session, confirmed, with the homework that it left."""
    return open_session(Path(shutil.copytree(room, tmp_path / "after")), environment)


def plain(shown: str) -> str:
    """Return a picture of the screen as one line, without the edges of its columns."""
    return " ".join(shown.replace("│", " ").split())


async def test_it_begins_with_the_first_question_of_a_role_and_ends_with_how_much_is_done(
    after: Session,
) -> None:
    app, number = CoachApp(after, homework=ROLE, clock=Watch()), len(homework_of(after.plan, ROLE))
    async with running(app=app) as pilot:
        shown = frame(pilot)
        assert f"Homework of {ROLE}: {number} questions" in plain(shown)
        assert "O3" in shown
        assert "What do you mean by that" in shown
        for _ in range(number):
            assert not isinstance(pilot.app.screen, EndPage)
            await enter(pilot, "/na not ours")
        assert isinstance(pilot.app.screen, EndPage)
        shown = plain(frame(pilot))
        assert f"{number} of {number} answered" in shown
        assert "would not leave" not in shown
        await press(pilot, "q")
    assert (after.folder / "strategy.md").is_file()


async def test_without_a_role_the_finished_session_asks_nothing(after: Session) -> None:
    """The control."""
    async with running(after) as pilot:
        assert "Homework of" not in frame(pilot)
        assert "What do you mean by that, in a sentence" not in frame(pilot)


def test_who_leaves_reads_how_to_come_back_to_it(
    after: Session, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def leaves(app: CoachApp) -> None:
        app.session_left("")

    monkeypatch.setattr(CoachApp, "run", leaves)
    monkeypatch.setattr(CoachApp, "exit", lambda app, code: None)
    assert run_app(after, homework=ROLE) == 0
    assert f"homework {after.folder} '{ROLE}'" in capsys.readouterr().out
