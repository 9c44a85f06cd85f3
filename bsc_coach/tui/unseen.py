"""The app without a terminal: opened on a session, every page looked at once, and closed."""

from __future__ import annotations

import asyncio

from textual.pilot import Pilot

from bsc_coach.conversation.commands.registry import COMMANDS
from bsc_coach.session.session import Session
from bsc_coach.tui.app import CoachApp

SIZE = (80, 24)
"""Columns and lines of the screen that nobody sees."""


def look_around(session: Session) -> None:
    """Open the app on a session, go back a question, open every page, and leave; raise what it raises."""
    asyncio.run(_look_around(CoachApp(session)))


async def _look_around(app: CoachApp) -> None:
    pages = [known.keys.partition(",")[0] for known in COMMANDS if known.screen and known.group == "look"]
    async with app.run_test(size=SIZE) as pilot:
        await _settled(app, pilot)
        for key in ("ctrl+o", *(key for page in pages for key in (page, "escape"))):
            await pilot.press(key)
            await _settled(app, pilot)


async def _settled(app: CoachApp, pilot: Pilot[int]) -> None:
    if app.worker is not None:
        await app.worker.settle()
    await pilot.pause()
