"""What is being made just now, said to whoever waits for it longer than a moment."""

from __future__ import annotations

import sys
from threading import Timer
from types import TracebackType
from typing import Self

from bsc_coach.cli import output
from bsc_coach.words import say

PATIENCE = 1.0
"""Seconds in which nothing is said: most documents are there by then."""


class ProgressLine:
    """Says from ``PATIENCE`` on which document is being made; to a terminal only, so that logs stay short."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._name = ""
        self._speaks = False
        self._timer = Timer(PATIENCE, self._begin_to_speak)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        if sys.stderr.isatty():
            self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()

    def begins(self, name: str) -> None:
        """Take note of what is being made from now on."""
        self._name = name
        if self._speaks:
            self._say()

    def _begin_to_speak(self) -> None:
        self._speaks = True
        if self._name:
            self._say()

    def _say(self) -> None:
        output.tell(say("cli.making", self._language, name=self._name))
