"""Whoever waits longer than a moment is told what for."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest

from bsc_coach.cli import progress as module
from bsc_coach.cli.progress import PATIENCE, ProgressLine


class FakeTimer:
    """A timer that rings when the test says so."""

    made: FakeTimer

    def __init__(self, seconds: float, ring: Callable[[], None]) -> None:
        self.seconds, self.ring = seconds, ring
        self.daemon = self.started = self.cancelled = False
        FakeTimer.made = self

    def start(self) -> None:
        self.started = True

    def cancel(self) -> None:
        self.cancelled = True


@pytest.fixture(autouse=True)
def timer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "Timer", FakeTimer)


def test_it_speaks_from_the_moment_that_it_takes_long(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with ProgressLine("en") as progress:
        progress.begins("md")
        progress.begins("html")
        assert capsys.readouterr().err == ""
        FakeTimer.made.ring()
        assert capsys.readouterr().err == "Making html …\n"
        progress.begins("pdf")
        assert capsys.readouterr().err == "Making pdf …\n"
    assert (FakeTimer.made.seconds, FakeTimer.made.started, FakeTimer.made.cancelled) == (
        PATIENCE,
        True,
        True,
    )


def test_a_log_is_not_filled_with_it() -> None:
    with ProgressLine("en") as progress:
        progress.begins("md")
    assert not FakeTimer.made.started
