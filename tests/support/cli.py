"""Ways to run the program: as a process over pipes, in a pseudo-terminal, or in this process."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ESCAPE = "\x1b"


@dataclass(frozen=True)
class Ran:
    """How a run ended, and what it said where."""

    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        """Everything that was written."""
        return self.out + self.err


def environment(**extra: str) -> dict[str, str]:
    """Return the environment of the tests with ``extra``."""
    return {**os.environ, **extra}


def bsc_coach(*arguments: str | Path, typed: str | bytes = "", cwd: Path | None = None, **env: str) -> Ran:
    """Run the program as a process over pipes. It must never show a traceback or an escape sequence."""
    done = subprocess.run(
        [sys.executable, "-m", "bsc_coach", *map(os.fspath, arguments)],
        input=typed.encode("utf-8", "surrogateescape") if isinstance(typed, str) else typed,
        capture_output=True,
        cwd=cwd,
        env=environment(**env),
        timeout=120,
        check=False,
    )
    ran = Ran(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))
    well_behaved(ran)
    return ran


def well_behaved(ran: Ran, *, broken: bool = False) -> None:
    """Check what holds for every run: no traceback, no escape sequence, an exit code of ours.

    A program that a test has ``broken`` says so.
    """
    assert "Traceback" not in ran.said, ran.said[-3000:]
    assert ESCAPE not in ran.said, ran.said[-3000:]
    assert ran.code in ((70,) if broken else (0, 1, 2)), ran


def one_sentence(ran: Ran) -> str:
    """Return the one line that a failed run said on standard error, and check that it is one."""
    lines = [line for line in ran.err.splitlines() if line]
    assert len(lines) == 1, ran.err
    assert len(lines[0]) < 1_000
    return lines[0]


def in_terminal(arguments: Sequence[str | Path], typed: str = "", **env: str) -> tuple[int, bytes]:
    """Run the program in a pseudo-terminal; return its exit code and every byte that came out."""
    pid, fd = pty.fork()
    if pid == 0:
        command = [sys.executable, "-m", "bsc_coach", *map(os.fspath, arguments)]
        os.execvpe(command[0], command, environment(**env))
    heard = b""
    os.write(fd, typed.encode())
    while True:
        try:
            more = os.read(fd, 65536)
        except OSError:  # how Linux tells that the other end has gone
            break
        if not more:
            break
        heard += more
    os.close(fd)
    _, status = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(status), heard


def here(*arguments: str | Path) -> int:
    """Run the program in this process: quick, with streams that pytest captures."""
    from bsc_coach.__main__ import main

    return main([os.fspath(one) for one in arguments])
