"""Wall screen: what the room sees, in place of the console, or followed in a terminal of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.screen import Screen
from textual.timer import Timer as TextualTimer

from bsc_coach.conversation.room_view import WallView
from bsc_coach.conversation.side_views import MapBand, map_on_wall
from bsc_coach.conversation.timer import TimerNow, timer_now, timer_on_wall
from bsc_coach.conversation.wall import wall_view
from bsc_coach.interview.plan import Plan
from bsc_coach.session.following import Followed, Follower
from bsc_coach.tui.screens.closing import ClosesOnce
from bsc_coach.tui.views.wall import WallPicture, wall_lines
from bsc_coach.tui.widgets.bars import Bar
from bsc_coach.words import say, say_error, spoken

LOOK_SECONDS = 0.05
"""How often a wall looks for what the driver has done."""
TICK_SECONDS = 1.0
"""How often a timer that runs is shown anew."""


class WallSheet(Bar):
    """The whole wall as lines; only those that differ are painted."""

    def __init__(self, picture: WallPicture) -> None:
        super().__init__(id="wall")
        self.picture = picture

    def lines(self, width: int) -> Sequence[Content]:
        """Return the wall as it is now."""
        return wall_lines(self.picture, width, self.size.height)

    def on_resize(self, event: events.Resize) -> None:
        """Fit it to another height too."""
        self.redraw()


class WallScreen(Screen[None]):
    """A wall that is told what to show."""

    CSS = "WallScreen { background: $ground; color: $ink; } #wall { height: 1fr; }"

    def __init__(self, picture: WallPicture) -> None:
        super().__init__()
        self.sheet = WallSheet(picture)

    def compose(self) -> ComposeResult:
        """Put the one sheet in place."""
        yield self.sheet

    def show(self, picture: WallPicture) -> None:
        """Show what has changed."""
        if picture != self.sheet.picture:
            self.sheet.picture = picture
            self.sheet.redraw()


class WallPage(WallScreen, ClosesOnce[None]):
    """The wall in place of the console: nothing but the key that brought it takes it away."""


class FollowingWall(WallScreen):
    """A wall that follows a session which another process drives; it leaves everything as it is.

    It ticks while a timer runs, and not at all when none does.
    """

    BINDINGS: ClassVar[list[BindingType]] = [("q", "leave", ""), ("ctrl+q", "leave", "")]

    def __init__(self, follower: Follower, clock: Callable[[], datetime]) -> None:
        self._follower = follower
        self._clock = clock
        self._tick: TextualTimer | None = None
        self._shown = follower.look()
        self._bands: tuple[MapBand, ...] = ()
        self._drawn: Plan | None = None
        """The plan that the map was made of."""
        self._draw_map()
        super().__init__(self._now(self._picture_of(self._shown)))

    def on_mount(self) -> None:
        """Begin to follow."""
        self._watch_timer()
        self.run_worker(self._follow())

    def show(self, picture: WallPicture) -> None:
        """Show what has changed, and how the timer stands now."""
        super().show(self._now(picture))
        self._watch_timer()

    def action_leave(self) -> None:
        """End the wall."""
        self.app.exit(0)

    def _now(self, picture: WallPicture) -> WallPicture:
        timer = self._timer(picture.view)
        return replace(picture, timer="" if timer is None else timer.said)

    def _timer(self, view: WallView) -> TimerNow | None:
        timer = timer_on_wall(view)
        return None if timer is None else timer_now(timer, self._clock(), view.language)

    def _watch_timer(self) -> None:
        timer = self._timer(self.sheet.picture.view)
        if timer is not None and timer.runs and self._tick is None:
            self._tick = self.set_timer(TICK_SECONDS, self._ticked)

    def _ticked(self) -> None:
        self._tick = None
        self.show(self.sheet.picture)

    async def _follow(self) -> None:
        """Look for what has changed as long as the wall is there; a long look holds no key up.

        The question comes first, and the map, which takes longer to make, right after it.
        """
        while True:
            if await asyncio.to_thread(self._look):
                self.show(self._picture_of(self._shown))
            if self._shown.plan is not self._drawn and await asyncio.to_thread(self._draw_map):
                self.show(self._picture_of(self._shown))
            await asyncio.sleep(LOOK_SECONDS)

    def _look(self) -> bool:
        """Look where the driver is; tell whether anything has changed."""
        before, self._shown = self._shown, self._follower.look()
        return self._shown is not before

    def _draw_map(self) -> bool:
        """Make the map anew where something was said since; tell whether it is another one."""
        plan = self._shown.plan
        if plan is None or plan is self._drawn:
            return False
        before, self._bands, self._drawn = self._bands, map_on_wall(plan), plan
        return self._bands != before

    def _picture_of(self, followed: Followed) -> WallPicture:
        plan, now = followed.plan, followed.now
        if plan is None:
            return WallPicture(WallView(spoken(), "", "", "", ""), told=_told(followed, spoken()))
        view = wall_view(plan, now)
        return WallPicture(view, self._bands, qr_lines(view.address), _told(followed, plan.language))


def _told(followed: Followed, language: str) -> str:
    """Return what is said at the foot: why nothing can be followed, or that the driver has left."""
    if followed.fault is not None:
        return say_error(followed.fault, language)
    left = followed.now is not None and followed.now.left
    return say("wall.rests", language) if left else ""


def qr_lines(address: str) -> tuple[str, ...]:
    """Return an address as the lines of a QR code; nothing where the extra for it is not installed."""
    if not address or find_spec("segno") is None or find_spec("bsc_coach.room") is None:
        return ()
    made: tuple[str, ...] = import_module("bsc_coach.room.address").qr_half_blocks(address)
    return made
