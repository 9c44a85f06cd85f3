"""A timer for a round or a talk: when it began and for how many minutes. Pure; whoever asks brings the time.

It shows how long there is and does nothing else: nothing is closed, handed in or moved on when it is over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bsc_coach.words import say

if TYPE_CHECKING:
    from bsc_coach.conversation.room_view import WallView

LEAST, MOST = 0.1, 240.0
"""Minutes that a timer may be set for."""
_MINUTES = re.compile(
    r"(\+?)\s*(\d{1,4}(?:[.,]\d{1,2})?)(?:\s*(?:['’]|m|min|mins|minutes?|minuten|minuut)\.?)?", re.ASCII
)


@dataclass(frozen=True)
class Timer:
    """A timer that was started."""

    begin: datetime
    minutes: float
    told: bool = False
    """Whether it was said that it is over."""

    @property
    def ends(self) -> datetime:
        """When it is over."""
        return self.begin + timedelta(minutes=self.minutes)

    def left(self, now: datetime) -> timedelta:
        """Return what is left of it: never more than it was set for, and nothing once it is over.

        So a clock that was set to another time changes what is shown, and no more than that.
        """
        return min(max(self.ends - now, timedelta()), timedelta(minutes=self.minutes))

    def is_over(self, now: datetime) -> bool:
        """Tell whether nothing is left of it."""
        return not self.left(now)

    def longer(self, minutes: float, now: datetime) -> Timer:
        """Return it with so many minutes more; from now on where it is over already."""
        if self.is_over(now):
            return Timer(now, minutes)
        return replace(self, minutes=min(self.minutes + minutes, MOST))


@dataclass(frozen=True)
class TimerWish:
    """What somebody typed to set a timer: minutes, or minutes more."""

    minutes: float
    more: bool = False


def read_timer(text: str) -> TimerWish | None:
    """Return what ``5``, ``+2`` or ``2,5 min`` asks for; None for what is no time of a timer."""
    found = _MINUTES.fullmatch(text.strip().casefold())
    if found is None:
        return None
    minutes = float(found[2].replace(",", "."))
    return TimerWish(minutes, more=bool(found[1])) if LEAST <= minutes <= MOST else None


def left_said(left: timedelta) -> str:
    """Return what is left as a clock shows it: 4:05. What has begun of a second counts as one."""
    seconds = -(-left // timedelta(seconds=1))
    return f"{seconds // 60}:{seconds % 60:02}"


@dataclass(frozen=True)
class TimerNow:
    """How a timer stands at a moment, for a screen: in words, and whether it still runs."""

    said: str
    runs: bool


def timer_now(timer: Timer | None, now: datetime, language: str) -> TimerNow | None:
    """Return how a timer stands; None where there is none."""
    return None if timer is None else TimerNow(timer_said(timer, now, language), not timer.is_over(now))


def timer_on_wall(view: WallView) -> Timer | None:
    """Return the timer of a wall, to ask it how it stands."""
    if view.timer is None:
        return None
    return Timer(view.timer.ends - timedelta(minutes=view.timer.minutes), view.timer.minutes)


def timer_said(timer: Timer, now: datetime, language: str) -> str:
    """Say in a few words how a timer stands."""
    if timer.is_over(now):
        return say("wall.timer.over", language)
    return say("wall.timer.left", language, left=left_said(timer.left(now)))
