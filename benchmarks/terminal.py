"""A program in a pseudo-terminal: when it paints what, what a key costs, and when it rests again."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
from collections.abc import Sequence
from pathlib import Path
from time import monotonic, perf_counter

from processes import Spent, processor_time

WIDTH, HEIGHT = 120, 40
LONGEST_WAIT = 60.0
QUIET_START = 0.25
"""A start is over when nothing came for so long; this time does not count."""
PAUSE = 0.010
"""A frame is over when nothing came for so long: it is written in one go."""
QUIET_KEY = 0.040
LEAST_FRAME = 1_000
"""Fewer bytes than this are the terminal being set up, no frame."""
LOOK = 0.010
"""Seconds between two looks at the processor time of a program that may be at rest."""
BUSY = 0.15
"""A program is busy while it uses more than this share of a processor: an idle app uses a hundredth."""
REST = 0.4
"""A program is at rest when it was not busy for so many seconds; they do not count."""
_ESCAPES = re.compile(rb"\x1b(\[[0-9;?<>=]*[ -/]*[@-~]|\][^\x07]*\x07|[()][A-Z0-9]|[=>78])")


class Terminal:
    """One program in a terminal of its own."""

    def __init__(self, command: Sequence[str]) -> None:
        self.started = perf_counter()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.environ.update(TERM="xterm-256color", COLORTERM="truecolor")
            os.environ.pop("NO_COLOR", None)
            os.execv(command[0], list(command))
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", HEIGHT, WIDTH, 0, 0))
        self.seen = b""
        """What came since the last thing that was written."""

    def write(self, data: bytes) -> float:
        """Type something; return the moment."""
        self.seen = b""
        start = perf_counter()
        os.write(self.fd, data)
        return start

    def read(self, wait: float) -> int:
        """Return how many bytes came within ``wait`` seconds, at the first that do."""
        ready, _, _ = select.select([self.fd], [], [], wait)
        if not ready:
            return 0
        try:
            data = os.read(self.fd, 1 << 20)
        except OSError:
            return 0
        self.seen += data
        return len(data)

    def until_quiet(self, quiet: float, *, least: int = 1) -> tuple[Spent, int]:
        """Read until nothing came for ``quiet`` seconds.

        Returns the moment of the last byte, the processor time used up to then, and how many bytes came.
        """
        count, last = 0, Spent(processor_time(self.pid), perf_counter())
        give_up = monotonic() + LONGEST_WAIT
        while monotonic() < give_up:
            more = self.read(quiet)
            if more:
                count, last = count + more, Spent(processor_time(self.pid), perf_counter())
            elif count >= least:
                return last, count
        raise RuntimeError(f"no frame within {LONGEST_WAIT:.0f} s")

    def first_frame(self, words: str = "") -> Spent:
        """Return what it took from the start to the end of the first frame that shows ``words``."""
        give_up = monotonic() + LONGEST_WAIT
        while len(self.seen) < LEAST_FRAME or not self.shows(words):
            if monotonic() > give_up:
                raise RuntimeError(f"no {words!r} within {LONGEST_WAIT:.0f} s")
            self.read(PAUSE)
        last, _ = self.until_quiet(PAUSE, least=0)
        return Spent(last.processor, last.wall - self.started)

    def whole_picture(self) -> Spent:
        """Return what it took from the start to the last byte before nothing more came for a while."""
        before = Spent(processor_time(self.pid), perf_counter())
        last, count = self.until_quiet(QUIET_START, least=0 if self.seen else LEAST_FRAME)
        end = last if count else before
        return Spent(end.processor, end.wall - self.started)

    def until_shown(self, text: str, wait: float = 10.0) -> float | None:
        """Return the moment at which ``text`` was written since the last key; None if it never was."""
        give_up = monotonic() + wait
        while not self.shows(text):
            if monotonic() > give_up:
                return None
            self.read(0.005)
        return perf_counter()

    def shows(self, text: str) -> bool:
        """Return whether ``text`` was written since the last key, whatever colours it has."""
        return text.encode() in _ESCAPES.sub(b"", self.seen)

    def until_rest(self, since: float | None = None) -> Spent:
        """Return the moment at which the program last did something, and its processor time then.

        ``since`` is that moment if it has done nothing any more.
        """
        last = Spent(processor_time(self.pid), since or perf_counter())
        used, looked = last.processor, perf_counter()
        give_up = looked + LONGEST_WAIT
        while looked < give_up:
            self.read(LOOK)
            now = perf_counter()
            if now - looked < LOOK:
                continue
            more = processor_time(self.pid) - used
            if more > BUSY * (now - looked):
                last = Spent(used + more, now)
            elif now - last.wall > REST:
                return last
            used, looked = used + more, now
        raise RuntimeError(f"busy for more than {LONGEST_WAIT:.0f} s")

    def key(self, key: bytes) -> tuple[float, int]:
        """Press a key; return the seconds to the last byte of its frame, and how many bytes it took."""
        start = self.write(key)
        last, count = self.until_quiet(QUIET_KEY)
        return last.wall - start, count

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
