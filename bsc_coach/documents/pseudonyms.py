"""Names in texts, and what stands there instead: the same for the same name, in every document of a case."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from bsc_coach.text import normal

SHORT = 5
"""A name of one word up to this many letters may be a word as well: Will, Mark, An."""

_APOSTROPHES = "'’‘"
_HYPHENS = "-‐‑"
_EMAIL = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
_WEB = (
    r"https?://[^\s<>\"”’)]+|www\.[^\s<>\"”’)]+"
    r"|(?<![\w.@-])(?:[\w-]+\.)+(?:com|org|net|nl|be|de|eu|uk|io|info|edu|gov|health|care)(?![\w-])"
    r"(?:/[^\s<>\"”’)]*)?"
)
_PHONE = (
    r"(?<![\w.,])(?:\+|00|\(?0)\d[\d ()./-]{6,}\d(?!\w)|(?<![\w.,-])\(?\d{3}\)?[-. ]\d{3}[-. ]\d{4}(?![\w-])"
)


@dataclass(frozen=True)
class Alias:
    """A name, and what stands there instead of it."""

    name: str
    instead: str
    parts: tuple[str, ...] = ()
    """Words of the name that stand for it alone, written so: Riverbend, Margaret."""


def parts_of(name: str, left_alone: Collection[str]) -> tuple[str, ...]:
    """Return the words of a name that stand for it alone: with a capital, and no word like "van" or "Inc"."""
    words = dict.fromkeys(word.strip('.,;:()"“”') for word in _composed(name).split())
    return tuple(
        word
        for word in words
        if len(word) > 1 and word[0].isalpha() and not word[0].islower() and normal(word) not in left_alone
    )


class Pseudonyms:
    """Replaces names, and ways to reach somebody, in any text."""

    def __init__(self, aliases: Iterable[Alias], *, email: str, web: str, phone: str) -> None:
        """Take names in order: where two of them are alike, the first one counts."""
        entries = [entry for alias in aliases for entry in _entries(alias)]
        entries.sort(key=lambda entry: -len(entry[0]))
        self._instead = [email, web, phone, *(instead for _, instead in entries)]
        patterns = [_EMAIL, _WEB, _PHONE, *(pattern for pattern, _ in entries)]
        self._pattern = re.compile("|".join(f"({pattern})" for pattern in patterns))

    def replace(self, text: str, between: Callable[[str], str]) -> str:
        """Return ``text`` with every name replaced; what stands between them goes through ``between``."""
        plain, told, at = _composed(text), [], 0
        for found in self._pattern.finditer(plain):
            assert found.lastindex is not None
            told += [between(plain[at : found.start()]), self._instead[found.lastindex - 1]]
            at = found.end()
        return "".join((*told, between(plain[at:])))


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _entries(alias: Alias) -> Iterator[tuple[str, str]]:
    """Yield the patterns that find a name: the whole of it, and its words as they are written."""
    name = _composed(alias.name).strip()
    if len(name) < 2:
        return  # one letter is no name that could be told from the rest of a text
    if len(name.split()) == 1 and len(name) <= SHORT:
        yield _spelled(name if name != name.lower() else name.capitalize()), alias.instead
    else:
        yield f"(?i:{_spelled(name)})", alias.instead
    for part in alias.parts:
        yield _spelled(part), alias.instead


def _spelled(name: str) -> str:
    """Return a pattern for a name as a word of its own, whatever its blanks, hyphens and apostrophes."""
    words = (r"\s+").join("".join(_letter(one) for one in word) for word in name.split())
    # Dutch makes "Brakelmans klanten" without an apostrophe; a script without capitals has no word ends.
    ending = "s?" if len(name) >= 4 and name[-1].isalpha() else ""
    start = r"(?<![^\W_])" if _has_word_ends(name[0]) else ""
    end = r"(?![^\W_])" if _has_word_ends(name[-1]) else ""
    return f"{start}{words}{ending}{end}"


def _letter(one: str) -> str:
    for alike in (_APOSTROPHES, _HYPHENS):
        if one in alike:
            return f"[{re.escape(alike)}]"
    return re.escape(one)


def _has_word_ends(one: str) -> bool:
    return one.lower() != one.upper() or one.isdigit()
