"""Signals that end the program while something is half made: taken in order, or left to others."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator

import pytest

from bsc_coach.cli.ending_signals import ended_in_order

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")


@pytest.fixture(autouse=True)
def _as_they_were() -> Iterator[None]:
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_signal_ends_the_program_by_an_exception_and_means_the_usual_afterwards(name: str) -> None:
    number = signal.Signals[name]
    signal.signal(number, signal.SIG_DFL)
    with pytest.raises(SystemExit) as left, ended_in_order():
        signal.raise_signal(number)
    assert left.value.code == 128 + number
    assert signal.getsignal(number) is signal.SIG_DFL


def test_who_wants_a_signal_ignored_is_heard() -> None:
    """As nohup does."""
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    with ended_in_order():
        signal.raise_signal(signal.SIGHUP)
    assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
