"""Progress line of ``render``: names the document being made, once that takes longer than a second."""

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
    """Context manager that prints progress after ``PATIENCE`` seconds, and to a terminal only."""

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
        """Set the name of the document that is being made from now on."""
        self._name = name
        if self._speaks:
            self._say()

    def _begin_to_speak(self) -> None:
        self._speaks = True
        if self._name:
            self._say()

    def _say(self) -> None:
        output.tell(say("cli.making", self._language, name=self._name))
