"""Watchdog of the app: a thread that ends the process in time when the app cannot do so itself.

A signal that ends programs, and a terminal that is gone (with a hang-up or without one), are seen by a thread
of its own, because the thread of the screen may wait for a terminal that nobody reads, or turn in circles.
The app is asked to leave first. What it has not done in time is done here: what is half typed is put on the
disk, the session is given back, and the process ends without asking the driver of the terminal.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from types import FrameType
from typing import Protocol

from bsc_coach.tui.worker import LONGEST_GOODBYE

GOODBYES = ("SIGHUP", "SIGTERM")
"""Names of the signals that ask the program to end; not everywhere are there all of them."""
HUNG_UP = 1
"""Number of the signal for a terminal that is gone; also where the system has no such signal."""
LOOK_SECONDS = 0.25
"""How often it is looked whether the terminal is still there."""
ASK_SECONDS = 0.8
"""How long the app has for leaving by itself."""
MOST_SECONDS = 1.5
"""When the process ends at the latest, but for an answer that is on its way to a slow disk."""
TERMINAL_SECONDS = 0.1
"""How long the terminal has for taking what restores it."""
_MODES_OFF = (b"?2004l", b"?7h", b"?2048l", b"?1000l", b"?1003l", b"?1015l", b"?1006l", b"?1016l", b"<u")
RESTORE = b"".join(b"\x1b[" + mode for mode in (*_MODES_OFF, b"?1049l", b"?25h", b"?1004l"))
"""What the driver writes when it gives the terminal back."""
_STOP = b"\x00"


class Watched(Protocol):
    """What the watchdog calls on the app, from its own thread."""

    @property
    def writer_has_failed(self) -> bool:
        """Whether what paints has ended by a fault; an app that was stopped (Ctrl+Z) has no writer either."""

    def asked_to_end(self, code: int) -> None:
        """Have the app leave with this exit code. Returns at once."""

    def give_back(self) -> None:
        """Put what is half typed on the disk and give the session back."""

    def answer_on_its_way(self) -> bool:
        """Tell whether an answer was handed in and nobody knows yet that it is on the disk."""


class Watchdog:
    """Ends the process of an app that was asked to end, with exit code 128 + number of the signal."""

    def __init__(self, app: Watched, *, end: Callable[[int], object] = os._exit) -> None:
        self._app = app
        self._end = end
        self.code: int | None = None
        """The exit code, once the app was asked to end from outside."""
        self._ours, self._theirs = socket.socketpair()
        self._handlers: dict[int, Callable[[int, FrameType | None], object] | int | None] = {}
        self._wakeup = -1
        self._terminals = [fd for fd in (0, 1, 2) if os.isatty(fd)]
        self._before = _modes(self._terminals)
        self._thread = threading.Thread(target=self._watch, name="watchdog", daemon=True)

    def start(self) -> None:
        """Begin to watch. Belongs into the main thread; in another one only the terminal is watched."""
        self._ours.settimeout(LOOK_SECONDS)
        self._theirs.setblocking(False)
        with suppress(ValueError):  # no signals in another thread
            # The number of a signal goes into the socket at once, whatever the main thread is doing.
            self._wakeup = signal.set_wakeup_fd(self._theirs.fileno(), warn_on_full_buffer=False)
            for name in GOODBYES:
                number = getattr(signal, name, None)
                if number is not None:
                    self._handlers[number] = signal.signal(number, _noted)
        self._thread.start()

    def stop(self) -> None:
        """Watch no more, unless the process is to end: then it ends in time whatever comes."""
        if self.code is not None:
            return
        self._theirs.send(_STOP)
        self._thread.join()
        if self.code is not None:
            return
        with suppress(ValueError):
            for number, handler in self._handlers.items():
                signal.signal(number, handler)
            signal.set_wakeup_fd(self._wakeup)
        self._ours.close()
        self._theirs.close()

    def _watch(self) -> None:
        code = self._wait()
        if code is None:
            return
        self.code = code
        began = time.monotonic()
        try:
            self._app.asked_to_end(code)
            time.sleep(ASK_SECONDS)  # the process ends meanwhile, and this thread with it
            giving = _begin(self._app.give_back)
            giving.join(MOST_SECONDS - (time.monotonic() - began))
            while giving.is_alive() and self._app.answer_on_its_way() and not _longer(LONGEST_GOODBYE, began):
                giving.join(LOOK_SECONDS)
            _begin(lambda: _restore(self._terminals, self._before)).join(TERMINAL_SECONDS)
        finally:
            self._end(code)

    def _wait(self) -> int | None:
        """Return the exit code once the app is to end, None when nothing is to be watched any more."""
        numbers = {int(number) for number in self._handlers}
        while True:
            try:
                heard = self._ours.recv(4096)
            except TimeoutError:
                heard = b""
            if asked := [number for number in heard if number in numbers]:
                return 128 + asked[0]
            if _STOP in heard:
                return None
            if self._app.writer_has_failed or not all(os.isatty(fd) for fd in self._terminals):
                return 128 + HUNG_UP


def _noted(number: int, frame: FrameType | None) -> None:
    """Signal handler that does nothing: the number is in the socket already."""


def _modes(terminals: list[int]) -> list[object] | None:
    """Return how the terminal was set, or None where there is none or it cannot be told."""
    if sys.platform == "win32" or not terminals:
        return None
    import termios

    try:
        return termios.tcgetattr(terminals[0])
    except termios.error:
        return None


def _begin(job: Callable[[], None]) -> threading.Thread:
    """Begin a job in a thread of its own, so that nobody waits longer for it than they want."""
    thread = threading.Thread(target=job, daemon=True)
    thread.start()
    return thread


def _longer(seconds: float, began: float) -> bool:
    return time.monotonic() - began > seconds


def _restore(terminals: list[int], modes: list[object] | None) -> None:
    """Give the terminal back as it was, as far as it takes that."""
    if sys.platform == "win32" or not terminals:
        return
    import termios

    # A program in the background would be stopped by this signal.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTTOU})
    with suppress(OSError, termios.error):
        if modes is not None:
            termios.tcsetattr(terminals[0], termios.TCSANOW, modes)  # type: ignore[arg-type]
        os.write(terminals[-1], RESTORE)
