"""Words that are misspelt: long unknown ones that one slip parts from a word that rules look for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache

from bsc_coach.coach.lexicon.word_lists import wordlists

_LONG = 7
"""Letters of the word that is meant: shorter ones are too near to each other."""
_LOOKED_FOR = ("vague_words", "generic_nouns", "money", "feelings_alone", "customers", "vague_verbs")
_STRANGE = ("foreign_words", "foreign_letters")
_CONFUSED = ("aeiouy", "cksz")
"""Letters that people write for each other."""


@lru_cache(maxsize=16_384)
def respelt(word: str, language: str) -> str:
    """Return the word that a misspelt one was meant to be; a word that is known, or short, as it stands.

    The first and the last letter are taken to be right, so that an inflection is no slip.
    """
    if len(word) < _LONG - 1 or not word.isalpha() or word in _known(language):
        return word
    near = _by_ends(language).get(word[0] + word[-1], ())
    return next((one for one in near if _one_slip(word, one)), word)


def _one_slip(word: str, right: str) -> bool:
    """Tell whether a letter is missing, doubled, swapped with its neighbour or taken for another."""
    if abs(len(word) - len(right)) > 1:
        return False
    at = next(
        (at for at, (one, two) in enumerate(zip(word, right, strict=False)) if one != two), len(word) - 1
    )
    if len(word) < len(right):
        return word[at:] == right[at + 1 :]
    if len(word) > len(right):
        return word[at + 1 :] == right[at:]
    swapped = word[at : at + 2] == right[at : at + 2][::-1] and word[at + 2 :] == right[at + 2 :]
    confused = any(word[at] in alike and right[at] in alike for alike in _CONFUSED)
    return swapped or (confused and word[at + 1 :] == right[at + 1 :])


@cache
def _by_ends(language: str) -> Mapping[str, tuple[str, ...]]:
    """Return the words that rules look for by their first and last letter."""
    lists = wordlists(language)
    words = {
        word for name in _LOOKED_FOR for word in lists.words(name) if word.isalpha() and len(word) >= _LONG
    }
    found: dict[str, list[str]] = {}
    for word in sorted(words):
        found.setdefault(word[0] + word[-1], []).append(word)
    return {ends: tuple(some) for ends, some in found.items()}


@cache
def _known(language: str) -> frozenset[str]:
    lists = wordlists(language).lists
    return frozenset(word for name, words in lists.items() if name not in _STRANGE for word in words)
