"""Typing that is not shown: a terminal without echo while ballots are typed in, for nobody to read along."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress


@contextmanager
def unshown(*, hidden: bool = True) -> Iterator[None]:
    """Have the terminal show nothing of what is typed meanwhile.

    Where standard input is no terminal, or the system has no termios, all stays as it was.
    """
    try:
        import termios
    except ImportError:
        termios = None  # type: ignore[assignment]
    if not hidden or termios is None or not sys.stdin.isatty():
        yield
        return
    terminal = sys.stdin.fileno()
    before = termios.tcgetattr(terminal)
    silent = [*before[:3], before[3] & ~termios.ECHO, *before[4:]]
    termios.tcsetattr(terminal, termios.TCSANOW, silent)
    try:
        yield
    finally:
        with suppress(termios.error):
            termios.tcsetattr(terminal, termios.TCSANOW, before)
        print(flush=True)  # the Enter that ended the line was not shown either
