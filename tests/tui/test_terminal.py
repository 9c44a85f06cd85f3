"""The app in a real pseudo-terminal: what bytes it writes, and what a signal leaves behind."""

from __future__ import annotations

import os
import signal
import struct
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bsc_coach.interview.facts.agenda import PlanAgenda
from bsc_coach.session.environment import Environment
from bsc_coach.session.session import open_session
from tests.support.sessions import played, same_environment

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
if sys.platform != "win32":
    import fcntl
    import pty
    import select
    import termios

PATIENCE = 30.0
WIPE = b"\x1b[2J"
FORBIDDEN = (
    b"\x1b]52;",
    b"\x1b]0;owned",
    "\x9b".encode(),
    "\x9d".encode(),
    b"\x00",
    b"\x7f",
    "\u202e".encode(),
)


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
        while (left := until - time.monotonic()) > 0 and select.select([self.fd], [], [], left)[0]:
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
        """Read until ``wanted`` was seen. The time-out only guards against waiting for ever."""
        until = time.monotonic() + PATIENCE
        while wanted not in self.seen:
            assert time.monotonic() < until, f"never saw {wanted!r}: {self.seen[-2000:]!r}"
            self.read(0.05)
        return self.seen

    def read_quiet(self) -> None:
        """Read until nothing came for a moment."""
        while self.read(0.4):
            pass

    def write(self, data: bytes) -> None:
        os.write(self.fd, data)

    def ended(self) -> int:
        """Wait for the end and return the exit code."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            self.read(0.05)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.read(0.05)
                self.pid = 0
                return os.waitstatus_to_exitcode(status)
        raise AssertionError("never ended")


@contextmanager
def app_in(folder: Path, *wanted: str) -> Iterator[Terminal]:
    """Run the app on the session in ``folder`` in a terminal of 100 by 30."""
    root = Path(__file__).parents[2]
    pid, fd = pty.fork()
    if pid == 0:
        os.chdir(root)
        os.execve(
            sys.executable,
            [sys.executable, "-m", "tests.tui.child", str(folder), *wanted],
            {**os.environ, "PYTHONPATH": str(root), "TERM": "xterm-256color", "COLORTERM": "truecolor"},
        )
    fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
    terminal = Terminal(pid, fd)
    try:
        yield terminal
    finally:
        if terminal.pid:
            os.kill(terminal.pid, signal.SIGKILL)
            os.waitpid(terminal.pid, 0)
        os.close(fd)


@pytest.fixture
def folder(tmp_path: Path, environment: Environment) -> Path:
    """A session in which the next question takes a text."""
    played(tmp_path / "s", 5, environment).close()
    return tmp_path / "s"


def test_no_hostile_byte_reaches_the_terminal(folder: Path) -> None:
    with app_in(folder, "hostile") as terminal:
        terminal.read_until(b"end")
        terminal.read_quiet()
        written = terminal.seen
        assert not [bad for bad in FORBIDDEN if bad in written]
        assert WIPE not in written[written.index(b"start") :]


def test_without_the_wall_they_would(folder: Path) -> None:
    with app_in(folder, "hostile", "no-wall") as terminal:
        terminal.read_until(b"end")
        terminal.read_quiet()
        assert any(bad in terminal.seen for bad in FORBIDDEN)


def test_an_idle_app_writes_nothing(folder: Path) -> None:
    with app_in(folder) as terminal:
        terminal.read_until(b"Which values")
        terminal.read_quiet()
        assert terminal.read(1.5) == b""


def test_a_clock_that_runs_writes_nothing_while_it_shows_the_same(folder: Path) -> None:
    session = open_session(folder, same_environment())
    assert session.do(PlanAgenda("half_day", begin=datetime.now(UTC))).accepted
    session.close()
    with app_in(folder, "quick-clock") as terminal:
        terminal.read_until(b"minutes left")
        terminal.read_quiet()
        assert terminal.read(1.5) == b""


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_signal_loses_nothing_of_what_was_typed(folder: Path, name: str) -> None:
    with app_in(folder) as terminal:
        terminal.read_until(b"Which values")
        terminal.read_quiet()
        terminal.write(b"Nobody goes")
        terminal.read_until(b"goes")
        os.kill(terminal.pid, getattr(signal, name))
        assert terminal.ended() == 128 + getattr(signal, name)
        assert b"\x1b[?1049l" in terminal.seen, "the terminal is given back as it was"
    session = open_session(folder, same_environment())
    assert session.drafts.get("organisation.values") == "Nobody goes"
    assert not session.messages
    session.close()


def test_newline_keys_as_terminals_send_them(folder: Path) -> None:
    with app_in(folder) as terminal:
        terminal.read_until(b"Which values")
        terminal.read_quiet()
        terminal.write(b"one\ntwo\x1b[200~three\rfour\x1b[201~\r")
        terminal.read_until(b"help you decide")
        terminal.write(b"\x11")
        assert terminal.ended() == 0
    session = open_session(folder, same_environment())
    assert session.actions[-1].do[0].value == "one\ntwothree\nfour"  # type: ignore[union-attr]
    session.close()
