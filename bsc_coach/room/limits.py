"""Limits of the room's server: deadlines, sizes, numbers, and a token bucket for how often one may ask."""

from __future__ import annotations

from collections.abc import Callable

READ_SECONDS = 5.0
"""How long a whole request may take to arrive, and a connection may stay silent between two."""
WRITE_SECONDS = 5.0
"""How long somebody may take to read an answer."""
LINGER_SECONDS = 1.0
"""How long the rest of a refused request is read away, so that the answer arrives before the end."""
STOP_SECONDS = 0.5
"""How long connections have for their last bytes when the room is closed."""
TICK_SECONDS = 0.25
"""How often phones and walls are told what has changed, at most."""
HEARTBEAT_SECONDS = 15.0
"""After how long a silent stream says that it is still there."""
HEADER_BYTES = 8 * 1024
MOST_REQUESTS = 200
"""Requests that one connection may carry one after another."""
MOST_SEATS = 400
MOST_CONNECTIONS = 1600
MOST_FILES = 4096
"""Open files that the system is asked for, where it gives a program fewer at first."""
OTHER_FILES = 100
"""Open files that are left to the rest of the program."""
BACKLOG = 256
MOST_STREAMS = 600
MOST_STREAMS_OF_SEAT = 3
LONGEST_NAME = 60
MOST_FIELDS = 1000
BODY_BYTES = {"/join": 4 * 1024, "/hand-in": 128 * 1024, "/take-back": 4 * 1024, "/propose": 16 * 1024}
"""The longest body by path: texts may be twenty of 280 characters, each up to twelve bytes when escaped."""
IDLE_KEYS = 2000


class RateLimit:
    """A token bucket for each key: ``burst`` at once, and ``per_second`` in the long run.

    A whole room may come from one address, because a guest network hides it behind a single one; so what is
    counted by address is generous, and what is counted by seat is not.
    """

    def __init__(self, burst: float, per_second: float, clock: Callable[[], float]) -> None:
        self._burst = burst
        self._per_second = per_second
        self._clock = clock
        self._left: dict[str, tuple[float, float]] = {}

    def allows(self, key: str) -> bool:
        """Take one from the bucket of ``key``; tell whether there was one."""
        now = self._clock()
        left = self._now_left(key, now)
        self._left[key] = (left - 1 if left >= 1 else left, now)
        if len(self._left) > IDLE_KEYS:
            full = [one for one in self._left if self._now_left(one, now) >= self._burst]
            for one in full or list(self._left)[: IDLE_KEYS // 2]:
                del self._left[one]
        return left >= 1

    def spent(self, key: str) -> bool:
        """Tell whether the bucket of ``key`` is empty, and take nothing."""
        return self._now_left(key, self._clock()) < 1

    def _now_left(self, key: str, now: float) -> float:
        left, at = self._left.get(key, (self._burst, now))
        return min(self._burst, left + (now - at) * self._per_second)
