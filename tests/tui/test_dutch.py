"""The screens in Dutch: where there is no session yet, and where there is a Dutch one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bsc_coach.script.loader import bundled_source
from bsc_coach.session.environment import Environment
from bsc_coach.session.opening import create_session, open_session
from bsc_coach.session.session import Session
from bsc_coach.tui.app import CoachApp
from bsc_coach.tui.input_modes import InputMode
from bsc_coach.tui.views.question import QuestionView, question_lines
from tests.support.app import WIDE, enter, frame, running, settled
from tests.support.sessions import played
from tests.tui.test_input_modes import PLAIN, cell


async def test_the_home_screen_speaks_the_language_of_the_environment(
    tmp_path: Path, environment: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "nl_NL.UTF-8")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))  # where nothing was opened lately
    played(tmp_path / "hospital", 20, environment).close()
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "journal.jsonl").write_text("no journal of ours", encoding="utf-8")
    async with running(app=CoachApp(folder=Path(), environment=environment), size=WIDE) as pilot:
        await pilot.app.workers.wait_for_complete()
        await settled(pilot)
        shown = frame(pilot)
        for told in (
            "Nieuwe sessie",
            "Sessies in",
            "Beginnen",
            "laatst 20",
            "niet te lezen",
            "kleuren",
            "sluit af",
        ):
            assert told in shown
        for english in ("New session", "Begin ", "last 20", "cannot be read", "leave"):
            assert english not in shown


def dutch_session(folder: Path, environment: Environment) -> Session:
    """Return a new session in Dutch."""
    return create_session(folder, bundled_source(), environment, language="nl")


async def test_a_new_dutch_session_begins_with_the_welcome(tmp_path: Path, environment: Environment) -> None:
    async with running(dutch_session(tmp_path / "s", environment)) as pilot:
        shown = frame(pilot)
        assert "Samen maken we een strategy map" in shown
        assert "We make a strategy map" not in shown


async def test_the_welcome_is_for_those_who_have_answered_nothing(
    tmp_path: Path, environment: Environment
) -> None:
    session = dutch_session(tmp_path / "s", environment)
    async with running(session) as pilot:
        await enter(pilot, "Molenaar")
    session = open_session(tmp_path / "s", environment)
    async with running(session) as pilot:
        assert "Samen maken we" not in frame(pilot)


def test_a_link_on_the_screen_says_want_once() -> None:
    told = ("O1 Bellen", "O2 Helpen", "Omdat een buurman dan helpt.")
    card = tuple(replace(cell(str(number)), answer=answer) for number, answer in enumerate(told))
    prompt = replace(PLAIN, card=card)
    asked = QuestionView(prompt, InputMode(prompt), None, "nl", room=30, linking=True)
    shown = " ".join(str(line).strip() for line in question_lines(asked, 80).lines)
    assert "Als “O1 Bellen”, dan “O2 Helpen”, omdat een buurman dan helpt." in shown
