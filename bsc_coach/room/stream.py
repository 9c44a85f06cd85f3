"""Server-sent events of a room: what has changed, the same for everybody, at most four times a second.

There is no queue: each stream sends what holds now and waits for the next change, so a slow phone gets the
newest, and from how often it is told nobody learns how often something has happened.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Any

from bsc_coach.room.limits import HEARTBEAT_SECONDS, MOST_STREAMS, MOST_STREAMS_OF_SEAT

StreamLine = bytes
BEAT: StreamLine = b": here\n\n"
FIRST: StreamLine = b"retry: 2000\n\n"
"""How long a browser waits before it comes back, in milliseconds."""


class Hub:
    """The streams of one room."""

    def __init__(self, text: Callable[[], str]) -> None:
        """``text`` returns what holds now, as one line."""
        self._text = text
        self._changed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._open: Counter[str] = Counter()
        self.closed = False

    @property
    def seats(self) -> frozenset[str]:
        """The ids of the seats that follow now."""
        return frozenset(seat for seat, number in self._open.items() if number > 0)

    def has_place_for(self, seat: str) -> bool:
        """Tell whether one more stream may be opened; of a closed room it tells that, and ends."""
        here = self._open[seat] < MOST_STREAMS_OF_SEAT
        return here and self._open.total() < MOST_STREAMS

    def changed(self) -> None:
        """Have every stream told what holds now."""
        before, self._changed = self._changed, asyncio.get_running_loop().create_future()
        before.set_result(None)

    def close(self) -> None:
        """Tell every stream that the room is closed, and end it."""
        self.closed = True
        self.changed()

    async def follow(
        self, seat: str, send: Callable[[StreamLine], Awaitable[None]], gone: asyncio.Future[bytes]
    ) -> None:
        """Send what holds now and each change, until ``gone`` is done or the room is closed."""
        self._open[seat] += 1
        try:
            await send(FIRST)
            while True:
                change = self._changed
                if self.closed:
                    await send(b"event: ended\ndata: {}\n\n")
                    return
                await send(f"data: {self._text()}\n\n".encode())
                while not change.done():
                    waiting: set[asyncio.Future[Any]] = {change, gone}
                    await asyncio.wait(
                        waiting, timeout=HEARTBEAT_SECONDS, return_when=asyncio.FIRST_COMPLETED
                    )
                    if gone.done():
                        return
                    if not change.done():
                        await send(BEAT)
        finally:
            self._open[seat] -= 1
            if self._open[seat] <= 0:
                del self._open[seat]
