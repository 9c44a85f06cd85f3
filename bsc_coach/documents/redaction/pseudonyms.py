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
_EMAIL = r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}"
_WEB = (
    r"https?://[^\s<>\"”’)]+|www\.[^\s<>\"”’)]+"
    r"|(?<![\w.@-])(?:[\w-]+\.)+(?:com|org|net|nl|be|de|eu|uk|io|info|edu|gov|health|care)(?![\w-])"
    r"(?:/[^\s<>\"”’)]*)?"
)
_PHONE = (
    r"(?<![\w.,])(?:\+|00|\(?0)\d[\d ()./-]{6,18}\d(?!\w)"
    r"|(?<![\w.,-])\(?\d{3}\)?[-. ]\d{3}[-. ]\d{4}(?![\w-])"
)


@dataclass(frozen=True)
class Alias:
    """How a name is written in texts, and what stands there instead of it."""

    instead: str
    anyhow: tuple[str, ...] = ()
    """Forms that are found whatever their letters, small or capital."""
    just_so: tuple[str, ...] = ()
    """Forms that are found as they are written here only."""


def alias_of_organisation(name: str, instead: str, ordinary: Collection[str]) -> Alias:
    """Return the alias of an organisation: its whole name, and its words unless they are ``ordinary``."""
    anyhow, just_so = _whole(name)
    if just_so:
        just_so = [*just_so, name.strip(), name.strip().upper()]
    for word in _words(name):
        if normal(word) not in ordinary:
            anyhow += [word] if len(word) > SHORT else []
            just_so += [] if len(word) > SHORT else _with_capital(word)
    return Alias(instead, tuple(anyhow), tuple(just_so))


def alias_of_person(name: str, instead: str, particles: Collection[str]) -> Alias:
    """Return the alias of a person: the whole name, and its words with their capital, like the first name.

    A login name in small letters may be a word too: it is found with a capital only.
    """
    anyhow, just_so = _whole(name)
    if name == name.lower() and len(name.split()) == 1:
        anyhow, just_so = [], _with_capital(name)
    is_small = name == name.lower()
    for word in _words(name):
        if normal(word) not in particles and (is_small or not word[0].islower()):
            just_so += _with_capital(word)
    return Alias(instead, tuple(anyhow), tuple(just_so))


def alias_of_source(name: str, instead: str) -> Alias:
    """Return the alias of a source of numbers: its whole name only."""
    anyhow, just_so = _whole(name)
    return Alias(instead, tuple(anyhow), tuple(just_so))


def _whole(name: str) -> tuple[list[str], list[str]]:
    """Return a whole name as it is found anyhow, or just so where it is one short word."""
    name = name.strip()
    if len(name) < 2:
        return [], []  # one letter cannot be told from the rest of a text
    if len(name.split()) == 1 and len(name) <= SHORT:
        return [], _with_capital(name)
    return [name], []


def _words(name: str) -> list[str]:
    words = (word.strip('.,;:()"“”') for word in name.split())
    return [word for word in words if len(word) > 1 and word[0].isalpha()]


def _with_capital(word: str) -> list[str]:
    return [word.capitalize(), *([word] if word != word.lower() else [])]


class Pseudonyms:
    """Replaces names, and ways to reach somebody, in any text."""

    def __init__(self, aliases: Iterable[Alias], *, email: str, web: str, phone: str) -> None:
        """Take names in order: where two of them are alike, the first one counts."""
        entries = [entry for alias in aliases for entry in _entries(alias)]
        entries.sort(key=lambda entry: -len(entry[0]))
        self._instead = [email, web, phone, *(instead for _, _, instead in entries)]
        patterns = [_EMAIL, _WEB, _PHONE, *(pattern for _, pattern, _ in entries)]
        self._pattern = re.compile("|".join(f"({pattern})" for pattern in patterns))

    def replace(self, text: str, between: Callable[[str], str]) -> str:
        """Return ``text`` with every name replaced; what stands between them goes through ``between``."""
        plain, told, at = _composed(text), [], 0
        for found in self._pattern.finditer(plain):
            which = found.lastindex or 1  # each name has a group of its own
            told += [between(plain[at : found.start()]), self._instead[which - 1]]
            at = found.end()
        return "".join((*told, between(plain[at:])))


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _entries(alias: Alias) -> Iterator[tuple[str, str, str]]:
    """Yield each form of a name with the pattern that finds it."""
    for form in alias.anyhow:
        yield form, f"(?i:{_spelled(_composed(form))})", alias.instead
    for form in alias.just_so:
        yield form, _spelled(_composed(form)), alias.instead


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
