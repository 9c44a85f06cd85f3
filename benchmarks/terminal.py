"""A program in a pseudo-terminal: when it paints, what a key costs, and what it writes when nobody types."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
from collections.abc import Sequence
from pathlib import Path
from time import monotonic, perf_counter

WIDTH, HEIGHT = 120, 40
LONGEST_WAIT = 60.0
QUIET_START = 0.25
"""A start is over when nothing came for so long; this time does not count."""
QUIET_KEY = 0.040
LEAST_FRAME = 1_000
"""Fewer bytes than this are the terminal being set up, no frame."""


class Terminal:
    """One program in a terminal of its own."""

    def __init__(self, arguments: Sequence[str]) -> None:
        self.started = perf_counter()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.environ.update(TERM="xterm-256color", COLORTERM="truecolor")
            os.environ.pop("NO_COLOR", None)
            os.execv(sys.executable, [sys.executable, *arguments])
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", HEIGHT, WIDTH, 0, 0))
        self.heard = 0

    def read(self, wait: float) -> int:
        """Return how many bytes came within ``wait`` seconds, at the first that do."""
        ready, _, _ = select.select([self.fd], [], [], wait)
        if not ready:
            return 0
        try:
            count = len(os.read(self.fd, 1 << 20))
        except OSError:
            return 0
        self.heard += count
        return count

    def until_quiet(self, quiet: float, *, least: int = 1) -> tuple[float, int]:
        """Read until nothing came for ``quiet`` seconds; return when the last byte came, and how many."""
        count, last = 0, perf_counter()
        give_up = monotonic() + LONGEST_WAIT
        while monotonic() < give_up:
            more = self.read(quiet)
            if more:
                count, last = count + more, perf_counter()
            elif count >= least:
                return last, count
        raise AssertionError(f"no frame within {LONGEST_WAIT:.0f} s")

    def first_paint(self) -> float:
        """Return the seconds from the start to the last byte of the first picture."""
        last, _ = self.until_quiet(QUIET_START, least=LEAST_FRAME)
        return last - self.started

    def key(self, key: bytes) -> tuple[float, int]:
        """Press a key; return the seconds to the last byte of its frame, and how many bytes it took."""
        start = perf_counter()
        os.write(self.fd, key)
        last, count = self.until_quiet(QUIET_KEY)
        return last - start, count

    def idle(self, seconds: float) -> int:
        """Return how many bytes come when nobody types."""
        until, count = monotonic() + seconds, 0
        while (left := until - monotonic()) > 0:
            count += self.read(left)
        return count

    def memory(self) -> int:
        """Return the resident memory in bytes."""
        status = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii")
        line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) * 1024

    def close(self) -> None:
        """End the program."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.fd)
