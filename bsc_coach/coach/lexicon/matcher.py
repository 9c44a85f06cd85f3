"""Find the words and phrases of a word list in a text, and compare texts by the stems of their words.

One matcher works on a text cut into words. How it is cut is up to the tokeniser: ``words_in`` for the
sentences of objectives, in which a hyphenated word is one word, and ``parts_of`` for names and formulas of
KPIs, in which its parts are words and each symbol is one too.

An entry with ``*`` stands for every word that begins, ends or goes on so: Dutch compounds are found by
their first or last part. A word with accents is also found without them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache, lru_cache

from bsc_coach.coach.lexicon.word_lists import Wordlists, wordlists
from bsc_coach.text import normal

LONGEST_LOOK = 2_000
"""Characters of a text that are looked at: nobody's measure has a longer name or formula."""

Tokenizer = Callable[[str], tuple[str, ...]]
_WORD = re.compile(r"[^\W_]+(?:[-'’.&/][^\W_]+)*")
_PART = re.compile(r"[^\W_]+(?:[.&'’][^\W_]+)*|(?<![^\W_])-|-(?![^\W_])|[^\w\s-]|_")
"""A word, or a symbol; a hyphen is one only where it joins no words."""
_MARKS = re.compile("[\u0300-\u036f]")
_ANY = "ꙮ"
"""Stands for ``*`` while an entry is cut into words: a letter that no list has."""
_LEAST_STEM = 4
_ENDINGS = {
    "en": (
        "ations", "ation", "ments", "ment", "ings", "ing", "ions", "ion", "ies", "ers", "ed", "er", "es",
        "y", "s", "e",
    ),
    "nl": ("heden", "ingen", "heid", "ing", "ers", "en", "er", "te", "de", "e", "s"),
}  # fmt: skip


def readable(text: str | None) -> str:
    """Normalise a text for searching, and cut it where nobody reads on."""
    return normal(text[:LONGEST_LOOK]) if text else ""


def words_in(text: str) -> tuple[str, ...]:
    """Return the words of a normalised sentence, without a possessive ending."""
    return tuple(_bare(word) for word in _WORD.findall(text))


def _bare(word: str) -> str:
    return word[:-2] if word.endswith(("'s", "’s")) and len(word) > 4 else word


@lru_cache(maxsize=16_384)
def parts_of(text: str) -> tuple[str, ...]:
    """Return the words and symbols of a normalised text; the parts of a hyphenated word are words."""
    return tuple(_PART.findall(text))


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a normalised text, without its symbols."""
    return tuple(part for part in parts_of(text) if part[0].isalnum())


@lru_cache(maxsize=4096)
def plain(word: str) -> str:
    """Return a word without accents."""
    return word if word.isascii() else _MARKS.sub("", unicodedata.normalize("NFD", word))


@dataclass(frozen=True)
class Matcher:
    """A compiled word list; searching takes time linear in the length of the text."""

    single: frozenset[str]
    heads: tuple[str, ...]
    tails: tuple[str, ...]
    inside: tuple[str, ...]
    longer: dict[str, tuple[tuple[str, ...], ...]]
    """Phrases of several words by their first word, the longest first."""

    def is_one(self, word: str) -> bool:
        """Tell whether one word is on the list."""
        return self._holds(word) or (not word.isascii() and self._holds(plain(word)))

    def _holds(self, word: str) -> bool:
        if word in self.single:
            return True
        if self.heads and word.startswith(self.heads):
            return True
        if self.tails and word.endswith(self.tails):
            return True
        return bool(self.inside) and any(part in word for part in self.inside)

    def at(self, words: Sequence[str], index: int) -> int:
        """Return how many words of the list's longest entry stand at ``index``; 0 for none."""
        word = words[index]
        if self.longer:
            for phrase in self.longer.get(word) or self.longer.get(plain(word), ()):
                if _stands(phrase, words[index : index + len(phrase)]):
                    return len(phrase)
        return int(self.is_one(word))

    def spans(self, words: Sequence[str]) -> Iterator[tuple[int, int]]:
        """Return where entries stand, as index and number of words, without overlap."""
        index = 0
        while index < len(words):
            length = self.at(words, index)
            if length:
                yield index, length
            index += max(length, 1)

    def any_of(self, words: Sequence[str]) -> bool:
        """Tell whether one of some words is on the list."""
        return any(map(self.is_one, words))

    def first(self, words: Sequence[str]) -> str:
        """Return the first entry that stands in the text, as it stands there; empty for none."""
        return next((" ".join(words[at : at + length]) for at, length in self.spans(words)), "")


def _stands(phrase: Sequence[str], words: Sequence[str]) -> bool:
    """Tell whether words are those of a phrase."""
    return len(phrase) == len(words) and all(
        word == entry or ("*" in entry and fnmatchcase(word, entry))
        for entry, word in zip(phrase, words, strict=True)
    )


@lru_cache(maxsize=1024)
def matcher(entries: frozenset[str], tokenizer: Tokenizer = words_in) -> Matcher:
    """Compile a word list for texts that are cut by ``tokenizer``."""
    single, heads, tails, inside = set[str](), list[str](), list[str](), list[str]()
    longer: dict[str, list[tuple[str, ...]]] = {}
    for entry in entries:
        words = tuple(word.replace(_ANY, "*") for word in tokenizer(entry.replace("*", _ANY)))
        if len(words) > 1:
            longer.setdefault(words[0], []).append(words)
        for word in words if len(words) == 1 else ():
            rest = word.strip("*")
            if word == rest:
                single.add(word)
            elif word == f"*{rest}*":
                inside.append(rest)
            else:
                (tails if word.startswith("*") else heads).append(rest)
    phrases = {first: tuple(sorted(rest, key=len, reverse=True)) for first, rest in longer.items()}
    return Matcher(frozenset(single), tuple(heads), tuple(tails), tuple(inside), phrases)


@dataclass(frozen=True)
class Phrases:
    """The word lists for KPIs and maps in one language."""

    language: str
    lists: Wordlists

    @property
    def spoken(self) -> bool:
        """Tell whether the language has any lists: without, rules about words stay silent."""
        return bool(self.lists.lists)

    def threshold(self, name: str) -> float:
        """Return a threshold by name."""
        return self.lists.threshold(name)

    def words(self, name: str) -> frozenset[str]:
        """Return a list as it stands."""
        return self.lists.words(name)

    def find(self, name: str, text: str) -> str:
        """Return the first phrase of list ``name`` as it stands in a normalised ``text``, or nothing."""
        return _found(self.language, name, text) if text else ""

    def stems(self, name: str) -> frozenset[str]:
        """Return the stems of the words in a list."""
        return _stems(self.language, name)

    def content(self, text: str) -> frozenset[str]:
        """Return the stems of the words that carry the meaning of a normalised text."""
        return _content(self.language, text)


@cache
def phrases(language: str) -> Phrases:
    """Return the lists of ``language``; empty ones, with the thresholds, where it has none."""
    return Phrases(language, wordlists(f"measures_{language}"))


@lru_cache(maxsize=65_536)
def _found(language: str, name: str, text: str) -> str:
    """Search once: most texts are as they were when the map is checked again after an edit."""
    listed = phrases(language).words(name)
    at, length = next(matcher(listed, parts_of).spans(parts_of(text)), (0, 0))
    if not length:
        return ""
    places = [part.span() for part in _PART.finditer(text)]
    return text[places[at][0] : places[at + length - 1][1]]


@cache
def _stems(language: str, name: str) -> frozenset[str]:
    listed = phrases(language).words(name)
    return frozenset(stem(word, language) for phrase in listed for word in words_of(phrase))


@lru_cache(maxsize=16_384)
def _content(language: str, text: str) -> frozenset[str]:
    small = phrases(language).words("small_words")
    return frozenset(stem(word, language) for word in words_of(text) if len(word) > 2 and word not in small)


@lru_cache(maxsize=16_384)
def stem(word: str, language: str) -> str:
    """Stem a word: without a usual ending, so that its forms compare equal; rough on purpose."""
    for ending in _ENDINGS.get(language, ()):
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST_STEM:
            word = word[: -len(ending)]
            break
    if len(word) > _LEAST_STEM and word[-1] == word[-2]:
        return word[:-1]
    return word


def share_a_stem(some: frozenset[str], others: frozenset[str]) -> bool:
    """Tell whether two sets of stems share one, or one contains another, as compounds do."""
    if some & others:
        return True
    return any(
        (len(one) >= 5 and one in other) or (len(other) >= 5 and other in one)
        for one in some
        for other in others
    )
