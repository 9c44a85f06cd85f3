"""A fault of the program ends in words that a room may read: nothing of what a team said is printed."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.app import App
from textual.pilot import Pilot

from bsc_coach.conversation.talk import Talk
from bsc_coach.interview.facts.session import SetLanguage
from bsc_coach.session.environment import Environment
from bsc_coach.session.session import Session
from bsc_coach.tui.app import CoachApp
from tests.support.app import USUAL, settled
from tests.support.sessions import new_session

SECRET = "Geheimhaus"


def breaks(talk: Talk, line: str) -> None:
    kept_in_a_variable = f"the answer is {line}"
    raise ValueError(f"cannot take {kept_in_a_variable}")


async def printed_after_a_fault(
    session: Session,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    *,
    code: int = 70,
) -> str:
    """Return what stands on the terminal after an answer broke the program."""
    monkeypatch.setattr("bsc_coach.tui.session.controller.submit", breaks)

    async def answer(pilot: Pilot[int]) -> None:
        await pilot.pause()
        await pilot.press(*SECRET, "enter")
        for _ in range(50):
            await pilot.pause()

    app = CoachApp(session)
    await app.run_async(headless=True, size=USUAL, auto_pilot=answer)
    app.end_session()
    assert app.return_code == code
    told = capsys.readouterr()
    return told.out + told.err + app.last_words


@pytest.mark.parametrize(("language", "words"), [("en", "a fault of its own"), ("nl", "een eigen fout")])
async def test_a_fault_tells_the_way_on_and_no_answer(
    language: str,
    words: str,
    tmp_path: Path,
    environment: Environment,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    session = new_session(tmp_path / "s", environment)
    session.do(SetLanguage(language))
    told = await printed_after_a_fault(session, monkeypatch, capsys)
    assert words in told
    assert f'bsc-coach open "{tmp_path / "s"}"' in told.splitlines()[1]
    assert f'bsc-coach --debug open "{tmp_path / "s"}"' in told
    assert SECRET not in told
    assert "Traceback" not in told
    [note] = (tmp_path / "s" / ".local").glob("crash-*.txt")
    assert str(note) in told.splitlines()[0]
    noted = note.read_text(encoding="ascii")
    assert "failed: ValueError" in noted
    assert ":breaks" in noted
    assert SECRET not in noted
    assert "cannot take" not in noted


async def ended_by(app: CoachApp, fault: Callable[[CoachApp], object]) -> None:
    """Run the app until something in it, that no key waits for, has ended it."""

    async def begin(pilot: Pilot[int]) -> None:
        await settled(pilot)
        fault(app)

    await asyncio.wait_for(app.run_async(headless=True, size=USUAL, auto_pilot=begin), 60)
    app.end_session()


def in_a_job_that_nobody_waits_for(app: CoachApp) -> None:
    """Drafts are kept so, in another thread."""
    assert app.worker is not None
    app.worker.put(lambda talk: breaks(talk, SECRET))


def in_a_forgotten_task(app: CoachApp) -> None:
    """asyncio would print the message of what it met."""
    context = {"message": SECRET, "exception": ValueError(SECRET)}
    asyncio.get_running_loop().call_exception_handler(context)


def in_the_look_of_the_coach(app: CoachApp) -> None:
    assert app.worker is not None
    worker = app.worker
    app.run_worker(worker.look(lambda: breaks(worker._talk, SECRET)))


@pytest.mark.parametrize(
    "fault", [in_a_job_that_nobody_waits_for, in_a_forgotten_task, in_the_look_of_the_coach]
)
async def test_a_fault_beside_the_keys_ends_the_app_as_well(
    fault: Callable[[CoachApp], object],
    tmp_path: Path,
    environment: Environment,
    capsys: pytest.CaptureFixture[str],
) -> None:
    app = CoachApp(new_session(tmp_path / "s", environment))
    await ended_by(app, fault)
    heard = capsys.readouterr()
    told = heard.out + heard.err + app.last_words
    assert (app.return_code, SECRET in told, "a fault of its own" in told) == (70, False, True)


async def test_answers_that_are_in_memory_only_are_told_as_lost(
    tmp_path: Path, environment: Environment
) -> None:
    session = new_session(tmp_path / "s", environment)

    def lose_the_folder(talk: Talk) -> None:
        shutil.rmtree(tmp_path / "s")
        (tmp_path / "s").write_text("in the way", encoding="utf-8")
        session.do(SetLanguage("nl"))
        raise ValueError(SECRET)

    app = CoachApp(session)
    await ended_by(app, lambda app: app.worker and app.worker.put(lose_the_folder))
    assert "1 antwoord stond alleen in het geheugen en is verloren" in app.last_words
    assert "elk gegeven antwoord staat op de schijf" not in app.last_words


async def test_as_textual_ends_the_answer_would_be_printed(
    tmp_path: Path,
    environment: Environment,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The control."""
    monkeypatch.setattr(CoachApp, "_handle_exception", App._handle_exception)
    session = new_session(tmp_path / "s", environment)
    assert SECRET in await printed_after_a_fault(session, monkeypatch, capsys, code=1)
