"""Driving the app in tests: start it, type at it, wait for it, and read the screen as plain text."""

from __future__ import annotations

import io
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from rich.console import Console
from textual import events
from textual.pilot import Pilot

from bsc_coach.session.session import Session
from bsc_coach.tui.app import CoachApp
from bsc_coach.tui.session.screen import SessionScreen
from tests.support.clock import Watch

FRAMES = Path(__file__).parents[1] / "tui" / "frames"
WIDE, USUAL, SMALL = (120, 40), (80, 24), (40, 12)
MOST_ROUNDS = 200


@asynccontextmanager
async def running(
    session: Session | None = None, *, size: tuple[int, int] = WIDE, app: CoachApp | None = None
) -> AsyncIterator[Pilot[int]]:
    """Run the app with everything that it would show to a person, and give the session back afterwards."""
    app = app or CoachApp(session, clock=Watch())
    async with app.run_test(size=size, tooltips=True, notifications=True) as pilot:
        await settled(pilot)
        yield pilot


async def settled(pilot: Pilot[int]) -> None:
    """Wait until every errand of the session is done and shown; what is shown may start another errand."""
    app = pilot.app
    assert isinstance(app, CoachApp)
    await pilot.pause()
    for _ in range(MOST_ROUNDS):
        if app.worker is not None:
            await app.worker.settle()
        await pilot.pause()
        if _is_quiet(app):
            return


def _is_quiet(app: CoachApp) -> bool:
    """Tell whether the coach has looked at every session on the screen, and nothing goes on beside it."""
    screens = [screen for screen in app.screen_stack if isinstance(screen, SessionScreen)]
    looked = all(shown.panel.data is not None and shown.panel.data.findings is not None for shown in screens)
    return looked and all(worker.is_finished for worker in app.workers if worker.node in screens)


async def paste(pilot: Pilot[int], text: str) -> None:
    """Insert a text in one go."""
    pilot.app.post_message(events.Paste(text))
    await pilot.pause()


async def enter(pilot: Pilot[int], line: str) -> None:
    """Type a line and press Enter."""
    if line:
        await paste(pilot, line)
    await pilot.press("enter")
    await settled(pilot)


async def press(pilot: Pilot[int], *keys: str) -> None:
    """Press keys, and wait for what they lead to."""
    await pilot.press(*keys)
    await settled(pilot)


def session_screen(pilot: Pilot[int]) -> SessionScreen:
    """Return the session screen, wherever it lies."""
    return next(screen for screen in pilot.app.screen_stack if isinstance(screen, SessionScreen))


def frame(pilot: Pilot[int]) -> str:
    """Return what is on the screen as plain text."""
    app = pilot.app
    width, height = app.size
    console = Console(
        width=width,
        height=height,
        file=io.StringIO(),
        force_terminal=True,
        color_system="truecolor",
        record=True,
        legacy_windows=False,
        safe_box=False,
    )
    console.print(app.screen._compositor.render_update(full=True, simplify=False))
    lines = console.export_text(styles=False).split("\n")
    return "\n".join(line.rstrip() for line in lines[:height]) + "\n"


def same_frame(pilot: Pilot[int], name: str) -> None:
    """Compare the screen with the picture called ``name``; with WRITE_FRAMES set, take the picture."""
    path = FRAMES / f"{name}.txt"
    shown = frame(pilot)
    if os.environ.get("WRITE_FRAMES"):
        path.write_text(shown, encoding="utf-8", newline="\n")
    assert path.is_file(), f"no picture {name}; look at the screen and take it with WRITE_FRAMES=1"
    assert shown == path.read_text(encoding="utf-8")


async def by_keys(pilot: Pilot[int], text: str) -> None:
    """Type a text key by key."""
    for character in text:
        await pilot.press({" ": "space", "/": "slash"}.get(character, character))


def box(pilot: Pilot[int]) -> str:
    """Return what stands in the line."""
    return session_screen(pilot).composer.text


def last_value(session: Session) -> object:
    """Return what the last event says was answered."""
    return session.actions[-1].do[-1].value  # type: ignore[union-attr]
