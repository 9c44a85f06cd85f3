"""Terminal input with whole pastes: neither a paste without marks nor one that holds ESC becomes keys.

A terminal that knows bracketed paste marks what is pasted with ``ESC [ 200 ~`` and ``ESC [ 201 ~``. One that
does not sends its lines as keys, with Enter after each: that would hand in half an answer. And Textual takes
an ESC inside a marked paste for a key, so that what follows it would be read as commands.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator

from textual import events
from textual._xterm_parser import XTermParser
from textual.driver import Driver
from textual.message import Message

BEGIN, END = "\x1b[200~", "\x1b[201~"
CLEANED = "\x18"
"""Stands for an ESC in a paste until it is cleaned: a control character too, so that it is counted."""
SAME_PASTE = 0.05
"""Seconds after which the next piece of a long paste without marks would have come."""
_KEYS = "\x00-\x1f\x7f"
_ENTER_WITHIN = re.compile(f"\r[\r\n\t ]*[^{_KEYS}]")
"""Enter with a character behind it in one read: nobody types that fast."""
_SEQUENCE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|O.)")


class UnmarkedPaste(events.Paste):
    """A paste that the terminal did not mark as one."""


class PasteFinder:
    """Takes what each read of the terminal brought, and tells pastes without marks from keys.

    Pure but for the clock, which tells whether a read goes on with the paste of the one before.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._inside = False
        """Whether the terminal has begun to mark a paste and not ended it."""
        self._held = ""
        """What may be the beginning of a mark at the end of a read."""
        self._unmarked_at = -SAME_PASTE
        """When the last paste without marks came."""

    def parts(self, data: str) -> Iterator[tuple[str, bool]]:
        """Return the parts of one read in their order, and whether each is a paste without marks.

        A part that is none goes to the parser: keys, or a marked paste with no ESC but those of its marks.
        """
        data, self._held = self._held + data, ""
        while data:
            if self._inside:
                part, data = self._to_end(data)
                yield part, False
                continue
            keys, begin, data = data.partition(BEGIN)
            if not begin:
                keys = self._hold(keys, BEGIN, 3)  # less may be a key
            if keys:
                yield self._keys(keys)
            if begin:
                self._inside = True
                yield begin, False

    def _to_end(self, data: str) -> tuple[str, str]:
        """Return a marked paste as far as it goes, and what comes behind it.

        The last end of a read is the end: one before it was part of what was pasted.
        """
        if (end := data.rfind(END)) >= 0:
            self._inside = False
            return _harmless(data[:end]) + END, data[end + len(END) :]
        return _harmless(self._hold(data, END, 1)), ""

    def _hold(self, data: str, mark: str, least: int) -> str:
        """Return ``data`` without the beginning of a mark at its end, which waits for the next read."""
        lengths = range(len(mark) - 1, least - 1, -1)
        kept = len(data) - next((n for n in lengths if data.endswith(mark[:n])), 0)
        self._held = data[kept:]
        return data[:kept]

    def _keys(self, keys: str) -> tuple[str, bool]:
        goes_on = self._clock() - self._unmarked_at < SAME_PASTE
        bare = _SEQUENCE.sub("", keys)
        if not _ENTER_WITHIN.search(bare) and not (goes_on and "\r" in bare):
            return keys, False
        self._unmarked_at = self._clock()
        return _harmless(bare), True


def _harmless(text: str) -> str:
    return text.replace(BEGIN, "").replace(END, "").replace("\x1b", CLEANED)


class PasteParser(XTermParser):
    """The parser of Textual, given marked pastes without ESC, and pastes without marks as one event."""

    def __init__(self, debug: bool = False) -> None:
        super().__init__(debug)
        self._pastes = PasteFinder()

    def feed(self, data: str) -> Iterable[Message]:
        """Return the events of what was read."""
        if not data:
            yield from super().feed(data)
        for part, unmarked in self._pastes.parts(data):
            if unmarked:
                yield UnmarkedPaste(part)
            elif part:
                yield from super().feed(part)


def use_paste_parser(driver: type[Driver]) -> None:
    """Have a driver read the terminal with this parser.

    Textual offers no other way than the name in the driver's module. Where it is not there, pastes are read
    as Textual reads them.
    """
    module = sys.modules[driver.__module__]
    if getattr(module, "XTermParser", None) is XTermParser:
        module.XTermParser = PasteParser  # type: ignore[attr-defined]
