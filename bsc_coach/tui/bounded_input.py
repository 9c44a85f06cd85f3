"""Bounded input: what comes from the terminal while the screen's thread waits does not fill the memory.

The screen's thread waits for a terminal that takes nothing. Movements of the mouse are left out then, and the
reading of keys waits, so that they stay in the terminal; nothing of them is lost.
"""

from __future__ import annotations

import asyncio
import threading
from typing import Any

from textual import events
from textual.driver import Driver
from textual.message import Message

MOST_WAITING = 200
"""Events that may wait for the screen's thread; each takes some 3 kB."""
LOOK_SECONDS = 0.05
"""How often the reading of keys, while it waits, looks whether it is to end."""


def bounded(base: type[Driver]) -> type[Driver]:
    """Return a driver that reads no more than the screen's thread takes."""

    class BoundedDriver(base):  # type: ignore[misc, valid-type]
        def __init__(self, *given: Any, **named: Any) -> None:
            super().__init__(*given, **named)
            self._free = threading.Semaphore(MOST_WAITING)

        def send_message(self, message: Message) -> None:
            """Hand an event to the app; called in the thread that reads the terminal."""
            counted = self._free.acquire(blocking=False)
            if not counted and isinstance(message, events.MouseMove):
                return
            ending = getattr(self, "exit_event", None)
            while not counted and ending is not None and not ending.is_set():
                counted = self._free.acquire(timeout=LOOK_SECONDS)
            sent = asyncio.run_coroutine_threadsafe(self._app._post_message(message), loop=self._loop)
            if counted:
                sent.add_done_callback(lambda _: self._free.release())

    return BoundedDriver
