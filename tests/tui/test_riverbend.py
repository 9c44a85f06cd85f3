"""The recorded session typed line by line into the app, as a person would."""

from __future__ import annotations

from pathlib import Path

import pytest

from bsc_coach.conversation.submit import start_talk
from bsc_coach.interview.facts.log import action_body
from bsc_coach.session.environment import Environment
from bsc_coach.session.session import Session
from bsc_coach.tui.app import CoachApp
from tests.support.app import USUAL, running, session_screen, settled
from tests.support.clock import Watch
from tests.support.sessions import new_session, same_environment
from tests.support.typing_riverbend import next_line, riverbend_goal, typed

LONGEST = 5_000


def _said(session: Session) -> list[object]:
    """Return what the journal holds without times: the heading, too, reads the clock, as often as drawn."""
    bodies = [action_body(action) for action in session.actions]
    return [{key: value for key, value in body.items() if key != "shown"} for body in bodies]


async def type_all(folder: Path, environment: Environment, *, section: str | None) -> list[object]:
    """Type until a section or everything is answered; return what was said.

    In a narrow window, which has less to draw at each of the thousand lines.
    """
    session = new_session(folder, environment)
    app, goal = CoachApp(session, clock=Watch()), riverbend_goal()
    async with running(app=app, size=USUAL) as pilot:
        screen = session_screen(pilot)
        for _ in range(LONGEST):
            assert app.worker is not None
            await app.worker.settle()
            talk = app.worker._talk
            prompt = talk.prompt()
            line = next_line(talk, goal)
            if line is None or prompt is None or (section is not None and prompt.section != section):
                break
            screen.composer.fill(line)
            screen.composer.hand_in()
            await settled(pilot)
    return _said(session)


@pytest.mark.slow
async def test_one_section_typed_into_the_app(tmp_path: Path, environment: Environment) -> None:
    said = await type_all(tmp_path / "app", environment, section="Ambition")
    assert said == _talked(tmp_path / "talk", at_most=len(said))
    assert len(said) > 20


@pytest.mark.slow
async def test_the_whole_session_typed_into_the_app(tmp_path: Path, environment: Environment) -> None:
    said = await type_all(tmp_path / "app", environment, section=None)
    assert said == _talked(tmp_path / "talk")


def _talked(folder: Path, *, at_most: int = LONGEST) -> list[object]:
    session = new_session(folder, same_environment())
    talk = start_talk(session)
    talk.resume()
    for _ in typed(talk, riverbend_goal()):
        if len(session.actions) >= at_most:
            break
    session.close()
    return _said(session)
