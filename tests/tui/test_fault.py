"""A fault of the program ends in words that a room may read: nothing of what a team said is printed."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.app import App
from textual.pilot import Pilot

from bsc_coach.conversation.talk import Talk
from bsc_coach.interview.facts.session import SetLanguage
from bsc_coach.session.environment import Environment
from bsc_coach.session.session import Session
from bsc_coach.tui.app import CoachApp
from tests.support.app import USUAL
from tests.support.sessions import new_session

SECRET = "Geheimhaus"


def breaks(talk: Talk, line: str) -> None:
    kept_in_a_variable = f"the answer is {line}"
    raise ValueError(f"cannot take {kept_in_a_variable}")


async def printed_after_a_fault(
    session: Session, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
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
    assert app.return_code == 1
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


async def test_as_textual_ends_the_answer_would_be_printed(
    tmp_path: Path,
    environment: Environment,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The control."""
    monkeypatch.setattr(CoachApp, "_handle_exception", App._handle_exception)
    session = new_session(tmp_path / "s", environment)
    assert SECRET in await printed_after_a_fault(session, monkeypatch, capsys)
