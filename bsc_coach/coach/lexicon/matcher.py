"""Finding the words and phrases of a word list in a text.

An entry that begins or ends with ``*`` stands for every word that ends or begins so: Dutch compounds
are found by their first or last part. A word with accents is also found without them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+(?:[-'’.&/][^\W_]+)*")
_MARKS = re.compile("[\u0300-\u036f]")


def words_in(text: str) -> tuple[str, ...]:
    """Return the words of a normalised text, without a possessive ending."""
    return tuple(_bare(word) for word in _WORD.findall(text))


def _bare(word: str) -> str:
    return word[:-2] if word.endswith(("'s", "’s")) and len(word) > 4 else word


@lru_cache(maxsize=4096)
def plain(word: str) -> str:
    """Return a word without accents."""
    return word if word.isascii() else _MARKS.sub("", unicodedata.normalize("NFD", word))


@dataclass(frozen=True)
class Matcher:
    """A word list made ready for looking in texts: linear in the length of the text."""

    single: frozenset[str]
    heads: tuple[str, ...]
    tails: tuple[str, ...]
    longer: dict[str, tuple[tuple[str, ...], ...]]
    """Phrases of several words by their first word, the longest first."""

    def is_one(self, word: str) -> bool:
        """Tell whether one word is on the list."""
        return any(
            form in self.single
            or (bool(self.heads) and form.startswith(self.heads))
            or (bool(self.tails) and form.endswith(self.tails))
            for form in {word, plain(word)}
        )

    def at(self, words: Sequence[str], index: int) -> int:
        """Return how many words of the list's longest entry stand at ``index``; 0 for none."""
        for phrase in self.longer.get(words[index], ()) or self.longer.get(plain(words[index]), ()):
            if tuple(words[index : index + len(phrase)]) == phrase:
                return len(phrase)
        return int(self.is_one(words[index]))

    def spans(self, words: Sequence[str]) -> Iterator[tuple[int, int]]:
        """Return where entries stand, as index and number of words, without overlap."""
        index = 0
        while index < len(words):
            length = self.at(words, index)
            if length:
                yield index, length
            index += max(length, 1)

    def first(self, words: Sequence[str]) -> str:
        """Return the first entry that stands in the text, as it stands there; empty for none."""
        return next((" ".join(words[at : at + length]) for at, length in self.spans(words)), "")


@lru_cache(maxsize=512)
def matcher(entries: frozenset[str]) -> Matcher:
    """Return a word list ready for looking."""
    single, heads, tails = set(), [], []
    longer: dict[str, list[tuple[str, ...]]] = {}
    for entry in entries:
        if entry.endswith("*") and len(entry) > 1:
            heads.append(entry[:-1].removeprefix("*"))
        if entry.startswith("*") and len(entry) > 1:
            tails.append(entry[1:].removesuffix("*"))
        if "*" in entry:
            continue
        words = words_in(entry)
        if len(words) == 1:
            single.add(words[0])
        elif words:
            longer.setdefault(words[0], []).append(words)
    phrases = {first: tuple(sorted(rest, key=len, reverse=True)) for first, rest in longer.items()}
    return Matcher(frozenset(single), tuple(heads), tuple(tails), phrases)
