"""Sanitising of every text that enters: no control byte and no half character lives inside.

Every entrance uses ``clean``: keyboard, paste, journal, TOML, argv, file names, error texts.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

BYTE_ORDER_MARK = "\ufeff"
"""What some editors and shells put before the first line; never part of what was meant."""

# C0 but tab and newline, DEL, C1: a terminal may act on them.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
# Embeddings and overrides reorder what stands around them; isolates are kept, and balanced below.
_OVERRIDE = re.compile("[\u202a-\u202e]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_ISOLATE_OPEN = "\u2066\u2067\u2068"
_ISOLATE_CLOSE = "\u2069"
_VISIBLE_MARKS = {
    "\u2066": "⟦",
    "\u2067": "⟦",
    "\u2068": "⟦",
    "\u2069": "⟧",
    "\u200b": "·",
    "\ufeff": "·",
}


class CleanedText(NamedTuple):
    """A text that is safe to keep, and how many characters had to go or change."""

    text: str
    removed: int


def clean(text: str) -> CleanedText:
    """Return ``text`` without control characters, overrides and lone surrogates.

    Line ends become "\\n"; lone surrogates become U+FFFD; unbalanced isolates are removed or closed
    at the end of their paragraph. Every other character is kept. Cleaning twice changes nothing more.
    """
    if text.isascii() and text.isprintable():
        return CleanedText(text, 0)  # nothing above can be in it, and most texts are like that
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    without_controls, controls = _CONTROL.subn("", unified)
    without_overrides, overrides = _OVERRIDE.subn("", without_controls)
    whole, surrogates = _SURROGATE.subn("\ufffd", without_overrides)
    balanced, stray = _balance_isolates(whole)
    return CleanedText(balanced, controls + overrides + surrogates + stray)


def is_plain(text: str) -> bool:
    """Tell whether ``text`` may name a file: on one line, with nothing in it that ``clean`` takes out."""
    return not clean(text).removed and not any(character in "\t\n\r" for character in text)


def lost_letters(text: str) -> bool:
    """Tell whether ``text`` has half characters: bytes that were no UTF-8, which no program can read back."""
    return _SURROGATE.search(text) is not None


def _balance_isolates(text: str) -> tuple[str, int]:
    """Drop isolate ends without a start, close starts without an end, line by line."""
    if not any(mark in text for mark in _ISOLATE_OPEN + _ISOLATE_CLOSE):
        return text, 0
    stray = 0
    lines = []
    for line in text.split("\n"):
        depth = 0
        kept = []
        for character in line:
            if character in _ISOLATE_OPEN:
                depth += 1
            elif character == _ISOLATE_CLOSE:
                if depth == 0:
                    stray += 1
                    continue
                depth -= 1
            kept.append(character)
        stray += depth
        lines.append("".join(kept) + _ISOLATE_CLOSE * depth)
    return "\n".join(lines), stray


def one_line(text: str) -> str:
    """Return ``text`` as one line with single spaces: for titles, labels and lists."""
    return " ".join(text.split())


def visible(text: str) -> str:
    """Return ``text`` with marks where invisible characters stand: for a screen, never for keeping."""
    return "".join(_VISIBLE_MARKS.get(character, character) for character in text)


def printable(text: str) -> str:
    """Return ``text`` as it may be written to a terminal: no control byte, invisible marks made visible."""
    return visible(clean(text).text)


def shorten(text: str, length: int) -> str:
    """Return ``text`` on one line, cut after ``length`` characters with an ellipsis."""
    line = one_line(text)
    return line if len(line) <= length else line[: max(length - 1, 0)].rstrip() + "…"


def shorten_at_word(text: str, length: int) -> str:
    """Return ``text`` on one line, cut between two words with an ellipsis: what is read aloud as a quote."""
    line = one_line(text)
    if len(line) <= length:
        return line
    head, blank, _ = line[:length].rpartition(" ")
    return (head.rstrip(" ,;:.") if blank else line[: length - 1]) + "…"


def without_accents(text: str) -> str:
    """Return ``text`` with its letters bare: é is e."""
    return "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one))


def normal(text: str) -> str:
    """Return ``text`` for comparing: NFC, one line, case folded."""
    return unicodedata.normalize("NFC", one_line(text)).casefold()
