"""The second ear in the app: loaded after the first picture, beside everything else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bsc_coach.coach.ear import second_ear
from bsc_coach.coach.ear.heard import Heard
from bsc_coach.coach.ear.second_ear import SecondEar
from bsc_coach.errors import EarError
from bsc_coach.session.opening import open_session
from bsc_coach.session.session import Session
from tests.support.app import running, session_screen
from tests.support.sessions import same_environment


@pytest.fixture(params=[True, False], ids=["listens", "does not listen"])
def session(request: pytest.FixtureRequest, riverbend: Path) -> Iterator[Session]:
    """A finished session whose coach listens with the second ear, or does not."""
    opened = open_session(riverbend, replace(same_environment(), listens=request.param))
    yield opened
    opened.close()


async def test_the_panel_is_made_anew_with_what_it_hears(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = Heard("Be known for our service", "ambition", "And then?")
    monkeypatch.setattr(SecondEar, "heard", lambda *_: heard)
    async with running(session) as pilot:
        screen = session_screen(pilot)
        assert screen.panel.data is not None
        found = {one.rule for one in screen.panel.data.findings or ()}
        assert found == ({"E01"} if session.environment.listens else set())


async def test_a_damaged_file_is_told_and_nothing_else_suffers(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise EarError("cli.ear.broken", name="words.bin", fault="empty")

    monkeypatch.setattr(second_ear, "_judge", broken)
    async with running(session) as pilot:
        screen = session_screen(pilot)
        told = [turn for turn in screen.conversation.turns if "words.bin" in turn.text]
        assert len(told) == int(session.environment.listens)
        assert screen.panel.data is not None
        assert screen.panel.data.findings == ()
