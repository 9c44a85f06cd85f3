"""A real pseudo-terminal with the app in it, seen from the other end of the line."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.waiting import PATIENCE

ROOT = Path(__file__).parents[2]


def readable(fd: int, seconds: float) -> bool:
    """Wait until there is something to read, or the other end has gone; False when nothing came."""
    waiting = select.poll()  # any descriptor, however many a worker of the tests has open
    waiting.register(fd, select.POLLIN)
    return bool(waiting.poll(seconds * 1000))


class Terminal:
    """The other end of the line."""

    def __init__(self, pid: int, fd: int) -> None:
        self.pid = pid
        self.fd = fd
        self.seen = b""

    def read(self, seconds: float) -> bytes:
        """Return what comes within so many seconds."""
        until = time.monotonic() + seconds
        came = b""
        while (left := until - time.monotonic()) > 0 and readable(self.fd, left):
            try:
                piece = os.read(self.fd, 65536)
            except OSError:
                break
            if not piece:
                break
            came += piece
        self.seen += came
        return came

    def read_until(self, wanted: bytes) -> bytes:
        """Read until ``wanted`` was seen."""
        until = time.monotonic() + PATIENCE
        while wanted not in self.seen:
            assert time.monotonic() < until, f"never saw {wanted!r}: {self.seen[-2000:]!r}"
            self.read(0.05)
        return self.seen

    def read_quiet(self) -> None:
        """Read until nothing came for a moment."""
        while self.read(0.4):
            pass

    def falls_quiet(self, seconds: float, patience: float = PATIENCE) -> bool:
        """Read until nothing came for so many seconds; False where that never was."""
        until = time.monotonic() + patience
        while self.read(seconds):
            if time.monotonic() > until:
                return False
        return True

    def write(self, data: bytes) -> None:
        os.write(self.fd, data)

    def resize(self, height: int, width: int) -> None:
        """Have another size from now on."""
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))

    def close(self) -> None:
        """Go away: the process hears of it by a hang-up where the terminal controls it, else at its input."""
        if self.fd >= 0:
            os.close(self.fd)
            self.fd = -1

    def ended(self, *, reading: bool = True) -> int:
        """Wait for the end and return the exit code; what comes meanwhile is read or not."""
        code = self.ended_within(PATIENCE, reading=reading)
        assert code is not None, "never ended"
        return code

    def ended_within(self, seconds: float, *, reading: bool = True) -> int | None:
        """Return the exit code if the end comes within so many seconds."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if reading and self.fd >= 0:
                self.read(0.02)
            else:
                time.sleep(0.01)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.pid = 0
                if reading and self.fd >= 0:
                    self.read(PATIENCE)  # to the end, which comes with the last byte
                return os.waitstatus_to_exitcode(status)
        return None


@contextmanager
def program_in(*arguments: str, controls: bool = True, **env: str | None) -> Iterator[Terminal]:
    """Run Python with ``arguments`` in a terminal of 100 by 30; a variable that is None is not set.

    Where the terminal does not control the process there is no hang-up when it goes: so it is with wrappers.
    """
    ours, theirs = pty.openpty()
    terminal = Terminal(0, ours)
    terminal.resize(30, 100)
    usual = {"PYTHONPATH": str(ROOT), "TERM": "xterm-256color", "COLORTERM": "truecolor"}
    variables = {name: value for name, value in {**os.environ, **usual, **env}.items() if value is not None}
    terminal.pid = os.fork()
    if terminal.pid == 0:
        os.setsid()
        if controls:
            fcntl.ioctl(theirs, termios.TIOCSCTTY, 0)
        for stream in (0, 1, 2):
            os.dup2(theirs, stream)
        os.closerange(3, 256)
        os.execve(sys.executable, [sys.executable, *arguments], variables)
    os.close(theirs)
    try:
        yield terminal
    finally:
        if terminal.pid:
            os.kill(terminal.pid, signal.SIGKILL)
            os.waitpid(terminal.pid, 0)
        terminal.close()


@contextmanager
def app_in(folder: Path, *wanted: str, controls: bool = True) -> Iterator[Terminal]:
    """Run the app on the session in ``folder``; ``wanted`` is told in ``tests/tui/child.py``."""
    with program_in("-m", "tests.tui.child", str(folder), *wanted, controls=controls) as terminal:
        yield terminal
