"""Signals that end the program (SIGTERM, SIGHUP), while something is made that must not stay half done."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_ENDING = ("SIGTERM", "SIGHUP")
_OF_SIGNALS = 128
"""What shells add to the number of a signal that ended a program."""


@contextmanager
def ended_in_order() -> Iterator[None]:
    """Let such a signal end the program as an exception does, so that what is half done can be taken away.

    Who has other plans with a signal, or wants it ignored, keeps them.
    """
    known = [number for name in _ENDING if (number := getattr(signal, name, None)) is not None]
    ours = [number for number in known if signal.getsignal(number) is signal.SIG_DFL]
    for number in ours:
        signal.signal(number, _leave)
    try:
        yield
    finally:
        for number in ours:
            signal.signal(number, signal.SIG_DFL)


def _leave(number: int, _frame: FrameType | None) -> None:
    sys.exit(_OF_SIGNALS + number)
