"""Finding the phrases of the measures' and the map's word lists in a text, and comparing texts by stems.

prompts/lexicon/measures_LANGUAGE.toml holds the lists. A phrase may begin or end with ``*``, which
stands for any letters: Dutch compounds are found by their last part.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from bsc_coach.coach.lexicon.word_lists import Wordlists, wordlists
from bsc_coach.text import normal

LONGEST_LOOK = 2_000
"""Characters of a text that are looked at: nobody's measure has a longer name or formula."""

_LETTERS = r"[^\W_]"
_WORD = re.compile(rf"{_LETTERS}+(?:[.&'’]{_LETTERS}+)*")
_LEAST_STEM = 4
_ENDINGS = {
    "en": (
        "ations", "ation", "ments", "ment", "ings", "ing", "ions", "ion", "ies", "ers", "ed", "er", "es",
        "y", "s", "e",
    ),
    "nl": ("heden", "ingen", "heid", "ing", "ers", "en", "er", "te", "de", "e", "s"),
}  # fmt: skip


def readable(text: str | None) -> str:
    """Return ``text`` for looking in: normalised, and cut where nobody reads on."""
    return normal(text[:LONGEST_LOOK]) if text else ""


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a normalised text; the parts of a hyphenated word count as words."""
    return tuple(_WORD.findall(text))


@dataclass(frozen=True)
class Phrases:
    """The word lists of measures and maps in one language, ready to look with."""

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
        """Return the first phrase of list ``name`` in a normalised ``text``, or nothing."""
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


@cache
def _pattern(language: str, name: str) -> re.Pattern[str] | None:
    listed = phrases(language).words(name)
    if not listed:
        return None
    ordered = sorted(listed, key=lambda one: (-len(one), one))
    wordy = [_bare_pattern(one) for one in ordered if _is_wordy(one[0]) and _is_wordy(one[-1])]
    odd = [_as_pattern(one) for one in ordered if not (_is_wordy(one[0]) and _is_wordy(one[-1]))]
    # One look at the boundary before all the alternatives: most letters of a text are inside a word.
    together = [rf"(?<!{_LETTERS})(?:{'|'.join(wordy)})(?!{_LETTERS})"] if wordy else []
    return re.compile("|".join((*together, *odd)))


@lru_cache(maxsize=65_536)
def _found(language: str, name: str, text: str) -> str:
    """Look once: most texts are as they were when the map is looked at again after an edit."""
    pattern = _pattern(language, name)
    found = pattern.search(text) if pattern else None
    return found[0] if found else ""


def _is_wordy(letter: str) -> bool:
    return letter.isalnum() or letter == "*"


def _bare_pattern(phrase: str) -> str:
    return re.escape(phrase).replace(r"\*", rf"{_LETTERS}*").replace(r"\ ", r"[ \-]")


def _as_pattern(phrase: str) -> str:
    """Return a phrase as a pattern; its ends are word boundaries where it begins or ends with a letter."""
    start = rf"(?<!{_LETTERS})" if _is_wordy(phrase[0]) else ""
    end = rf"(?!{_LETTERS})" if _is_wordy(phrase[-1]) else ""
    return f"{start}{_bare_pattern(phrase)}{end}"


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
    """Return ``word`` without a usual ending, so that its forms compare equal; rough on purpose."""
    for ending in _ENDINGS.get(language, ()):
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST_STEM:
            word = word[: -len(ending)]
            break
    if len(word) > _LEAST_STEM and word[-1] == word[-2]:
        return word[:-1]
    return word


def akin(some: frozenset[str], others: frozenset[str]) -> bool:
    """Tell whether two sets of stems share one, or one contains another, as compounds do."""
    if some & others:
        return True
    return any(
        (len(one) >= 5 and one in other) or (len(other) >= 5 and other in one)
        for one in some
        for other in others
    )
