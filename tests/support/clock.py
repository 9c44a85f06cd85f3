"""Time and item ids that are the same in each run: the clocks and the id generator of all tests."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count

from bsc_coach.script.slots import ItemId

START = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)


class Clock:
    """The time of day: some seconds later at each look."""

    def __init__(self, start: datetime = START, seconds: int = 10) -> None:
        self.now = start
        self.step = timedelta(seconds=seconds)

    def __call__(self) -> datetime:
        self.now += self.step
        return self.now


class SetClock:
    """The time of day: it stands still until it is set."""

    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def on(self, minutes: float) -> None:
        """Let so many minutes pass."""
        self.now += timedelta(minutes=minutes)


class Watch:
    """A monotonic clock that only goes on when told to."""

    def __init__(self) -> None:
        self.time = 100.0

    def __call__(self) -> float:
        return self.time


def item_ids(prefix: str = "i") -> Iterator[ItemId]:
    """Yield item ids in order, the same ones each time."""
    return (ItemId(f"{prefix}{number:05d}") for number in count(1))
