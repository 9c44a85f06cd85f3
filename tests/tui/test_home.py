"""The home screen asks for the organisation once: what is typed there is the first answer of the session."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from bsc_coach.conversation.beginning import answer_name
from bsc_coach.interview.facts.answers import SlotAnswered
from bsc_coach.script.loader import bundled_source
from bsc_coach.session.environment import Environment
from bsc_coach.session.opening import create_session, open_session
from bsc_coach.tui.app import CoachApp
from tests.support.app import frame, press, running, session_screen, settled
from tests.support.clock import Watch
from tests.support.scripts import BAKERY, source_of
from tests.support.sessions import same_environment

NAME = "Severn Vale Libraries"


async def make(pilot: Pilot[int], name: str, language: str) -> None:
    """Make a session from the home screen, in the folder that is offered."""
    await pilot.app.workers.wait_for_complete()
    await settled(pilot)
    for keys in (("enter",), (*name.replace(" ", "_"), "enter"), ("enter",), (language,)):
        for key in keys:
            await pilot.press("space" if key == "_" else key)
        await pilot.pause()
    await settled(pilot)


@pytest.mark.parametrize(
    ("language", "welcome", "told", "asked"),
    [
        ("1", "We make a strategy map together", "is the first answer", "How long have we"),
        ("2", "Samen maken we", "eerste antwoord", "Hoeveel tijd is er"),
    ],
)
async def test_the_name_is_asked_once(
    tmp_path: Path,
    environment: Environment,
    monkeypatch: pytest.MonkeyPatch,
    language: str,
    welcome: str,
    told: str,
    asked: str,
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    app = CoachApp(folder=tmp_path, environment=environment, clock=Watch())
    async with running(app=app) as pilot:
        await make(pilot, NAME, language)
        screen = session_screen(pilot)
        shown = " ".join(frame(pilot).split())
        assert welcome in shown
        assert told in shown
        assert asked in shown
        assert screen.now is not None
        assert screen.now.prompt is not None
        assert str(screen.now.slot) == "organisation.kind"
        assert screen.now.headline.organisation == NAME
        await press(pilot, "ctrl+t")
        assert str(screen.now.slot) == "organisation.name"
        assert screen.now.headline.organisation == ""
        await press(pilot, "alt+t")
    [folder] = [path.parent for path in tmp_path.rglob("journal.jsonl")]
    session = open_session(folder, same_environment())
    answers = [event for action in session.actions for event in action.do if isinstance(event, SlotAnswered)]
    assert [(str(event.slot), event.value) for event in answers] == [("organisation.name", NAME)]
    assert session.strategy().organisation.name == NAME
    session.close()


@pytest.mark.parametrize(("spoken", "language"), [("nl_NL.UTF-8", "nl"), ("en_GB.UTF-8", "en")])
async def test_the_language_of_the_environment_is_highlighted(
    tmp_path: Path, environment: Environment, monkeypatch: pytest.MonkeyPatch, spoken: str, language: str
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    for name in ("LC_ALL", "LC_MESSAGES", "LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", spoken)
    async with running(app=CoachApp(folder=tmp_path, environment=environment, clock=Watch())) as pilot:
        await make(pilot, NAME, "enter")
        now = session_screen(pilot).now
        assert now is not None
        assert now.language == language


def test_where_no_name_is_asked_for_nothing_is_answered(tmp_path: Path) -> None:
    nameless = BAKERY.replace('field = "organisation.name"\n', "")
    session = create_session(tmp_path / "s", source_of(nameless), same_environment())
    before = len(session.actions)
    assert not answer_name(session, NAME)
    assert len(session.actions) == before
    assert answer_name(create_session(tmp_path / "t", source_of(BAKERY), same_environment()), NAME)


def test_a_name_that_is_refused_is_asked_for_as_usual(tmp_path: Path, environment: Environment) -> None:
    session = create_session(tmp_path / "s", bundled_source(), environment)
    before = len(session.actions)
    assert not answer_name(session, "  ")
    assert len(session.actions) == before
    assert answer_name(session, NAME)
