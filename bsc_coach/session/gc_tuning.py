"""Garbage collector tuning: paused at a start, and kept away from what lives as long as a session.

A long session is some hundred thousand objects. Walking over all of them, as the collector does from
time to time, would hold up an answer for as long as everything else that an answer costs.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_USUAL = gc.get_threshold()
_RARELY = 10_000
"""New objects between two rounds: about what an answer makes in a long session."""


def pause() -> None:
    """Make no rounds until ``go_on``: nothing that is imported or read at a start is garbage."""
    gc.disable()


def go_on() -> None:
    """Make rounds again, over what is made from here on, if they were paused."""
    if not gc.isenabled():
        gc.freeze()
        gc.set_threshold(_RARELY)
        gc.enable()


@contextmanager
def for_long() -> Iterator[None]:
    """Leave what is made inside, and all before it, out of every later round of the collector."""
    collecting = gc.isenabled()
    pause()
    try:
        yield
        gc.freeze()
        gc.set_threshold(_RARELY)
    finally:
        if collecting:
            gc.enable()


def let_go() -> None:
    """Let the collector look at everything again."""
    gc.unfreeze()
    gc.set_threshold(*_USUAL)
