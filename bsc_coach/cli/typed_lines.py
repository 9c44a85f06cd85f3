"""Lines of standard input for line mode: continued ones joined, bytes that are no UTF-8 never taken."""

from __future__ import annotations

import sys

from bsc_coach.cli import output
from bsc_coach.text import BYTE_ORDER_MARK, clean, lost_letters, shorten
from bsc_coach.words import say

_QUOTED = 60


class TypedLines:
    """Reader of standard input, line by line, that counts what it read.

    A line that lost letters is asked for again at a terminal. Of anything else the input ends there: what
    follows was meant for the next question, and would answer this one.
    """

    def __init__(self) -> None:
        self.number = 0
        self.broken = False
        """Whether the input was left at a line that is no UTF-8."""

    def read(self, language: str) -> str | None:
        """Read a line; one that ends in a backslash is continued. None at the end of input."""
        self._show_prompt()
        lines: list[str] = []
        while not self.broken:
            line = sys.stdin.readline()
            self.number += 1
            if not line:
                return "\n".join(lines) if lines else None
            if lost_letters(line):
                self._tell_of(line, language)
                lines.clear()
                self._show_prompt()
                continue
            text = clean(line.rstrip("\r\n").removeprefix(BYTE_ORDER_MARK)).text
            if not text.endswith("\\"):
                return "\n".join([*lines, text])
            lines.append(text[:-1])
        return None

    def _tell_of(self, line: str, language: str) -> None:
        quoted = shorten(clean(line).text, _QUOTED)
        if sys.stdin.isatty():
            output.tell(say("cli.not_utf8.typed", language, text=quoted))
        else:
            self.broken = True
            output.tell(say("cli.not_utf8.piped", language, number=self.number, text=quoted))

    def _show_prompt(self) -> None:
        if sys.stdin.isatty():
            print("> ", end="", flush=True)
