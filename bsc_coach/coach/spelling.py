"""Spelling: corrections of which one can be sure, from a list of common slips and from an optional library.

The list (prompts/lexicon/slips_LANGUAGE.toml) is there for everybody. With the extra ``spelling`` a word that
its dictionary does not know is compared with those that it does (pyspellchecker, offline, English and Dutch
among others): only a much used word at one letter's distance counts, and only where no other comes near.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING

from bsc_coach.errors import WordListError
from bsc_coach.parsed_toml import parse_toml
from bsc_coach.resources import asset_dir
from bsc_coach.text import normal

if TYPE_CHECKING:
    from spellchecker import SpellChecker

LIBRARY = "spellchecker"
SHORTEST = 4
"""Letters of a word that is looked up: shorter ones are too near to each other."""
LONG = 6
"""Letters of a word that is hardly a name where it begins a sentence."""
PART = 4
"""Letters of a word that may be a part of another, as in Dutch compounds and English "sellable"."""
LEAST_USED = 300
"""How often a word stands in the texts that the dictionary was made of, to be offered."""
FAR_AHEAD = 12
"""How many times as often as the next best word."""
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_ENDINGS = frozenset(["s", "en", "n", "e", "d", "t", "r", "st", "er", "ed", "es", "y", "ly", "al"])
"""A word that is another one with such an ending is a form of it that a dictionary may lack."""
_AMERICAN = (
    ("isation", "ization"), ("ise", "ize"), ("ising", "izing"), ("yse", "yze"), ("our", "or"), ("tre", "ter"),
    ("ogue", "og"), ("gramme", "gram"), ("lled", "led"), ("lling", "ling"), ("ence", "ense"), ("ller", "ler"),
    ("scep", "skep"), ("ae", "e"), ("oe", "e"), ("lment", "llment"), ("mould", "mold"), ("plough", "plow"),
)  # fmt: skip
"""British letters and what the dictionary, which is American, has instead."""


@dataclass(frozen=True)
class Slip:
    """A word or phrase that is written wrong: where it stands in the text, and what it should be."""

    start: int
    end: int
    right: str


def slips_in(text: str, language: str, known: Collection[str]) -> tuple[Slip, ...]:
    """Return the slips of a text in order, none inside another.

    ``known`` are words, case folded, that are never corrected: names, abbreviations, what is said often.
    """
    listed = list(_listed(text, language, known))
    taken = [range(one.start, one.end) for one in listed]
    looked_up = (
        one for one in _unknown(text, language, known) if not any(one.start in place for place in taken)
    )
    return tuple(sorted((*listed, *looked_up), key=lambda one: one.start))


def _listed(text: str, language: str, known: Collection[str]) -> Iterator[Slip]:
    """Yield the slips that stand in the list of the language, the longest first where two begin together."""
    found = _slip_pattern(language)
    if found is None:
        return
    for match in found.finditer(text.replace("’", "'")):
        wrong = match[0].casefold()
        right = _like(match[0], _common_slips(language)[wrong])
        if wrong not in known and right != match[0]:
            yield Slip(match.start(), match.end(), right)


@cache
def _common_slips(language: str) -> Mapping[str, str]:
    """Return the common slips of a language with what each should be; none for one without a list.

    Raises WordListError for a file that cannot be read.
    """
    source = asset_dir("prompts") / "lexicon" / f"slips_{language}.toml"
    if not source.is_file():
        return {}
    try:
        listed: Mapping[str, str] = parse_toml(source.read_bytes())["slips"]
    except (ValueError, KeyError) as fault:
        raise WordListError("cli.word_list.broken", name=source.name, fault=str(fault)) from fault
    return {normal(wrong): right for wrong, right in listed.items()}


@cache
def _slip_pattern(language: str) -> re.Pattern[str] | None:
    slips = sorted(_common_slips(language), key=len, reverse=True)
    if not slips:
        return None
    return re.compile(rf"(?<![\w'-])(?:{'|'.join(map(re.escape, slips))})(?![\w'-])", re.IGNORECASE)


def _unknown(text: str, language: str, known: Collection[str]) -> Iterator[Slip]:
    """Yield the small words of a text that the dictionary does not know, where one correction stands out."""
    checker = dictionary(language)
    if checker is None:
        return
    for match in WORD.finditer(text):
        word = match[0]
        joined = text[match.start() - 1 : match.start()] in ("-", "@", "/", ".", "_") or text[
            match.end() : match.end() + 1
        ] in ("-", "@", "/", "_")
        if joined or len(word) < SHORTEST or not _is_small(word, match.start(), text) or "'" in word:
            continue
        if word.casefold() not in known and (right := _correction(word.casefold(), language, checker)):
            yield Slip(match.start(), match.end(), _like(word, right))


def _is_small(word: str, start: int, text: str) -> bool:
    """Tell whether a word is no name: small, or long, with a capital only because it begins the sentence."""
    begins = len(word) >= LONG and word[1:].islower() and begins_sentence(text, start)
    return word.islower() or begins


def begins_sentence(text: str, start: int) -> bool:
    """Tell whether a sentence, or a line, begins at ``start``."""
    before = text[:start].rstrip(" \t\"'“”‘’«»([{–—-•*")
    return not before or before[-1] in ".!?:…\n"


@cache
def _correction(word: str, language: str, checker: SpellChecker) -> str:
    """Return the one word that an unknown one was surely meant to be, or nothing."""
    american = _AMERICAN if language == "en" else ()
    if word in checker or any(word.replace(*pair) in checker for pair in american if pair[0] in word):
        return ""
    near = [one for one in checker.edit_distance_1(word) if one in checker]
    # Fingers swap letters more often than they hit another one.
    near = [one for one in near if _is_swapped(word, one) and checker[one] >= LEAST_USED] or near
    used = sorted(((checker[one], one) for one in near), reverse=True)
    if not used or used[0][0] < LEAST_USED:
        return ""
    best, right = used[0]
    if len(used) > 1 and best < FAR_AHEAD * used[1][0]:
        return ""
    return "" if _is_form_of(word, right) or _is_compound(word, checker) else right


def _is_compound(word: str, checker: SpellChecker) -> bool:
    """Tell whether a word is made of two that are much used."""
    cuts = range(PART, len(word) - PART + 1)
    return any(checker[word[:cut]] >= LEAST_USED and checker[word[cut:]] >= LEAST_USED for cut in cuts)


def _is_swapped(one: str, other: str) -> bool:
    """Tell whether two words differ only in that two letters beside each other have changed places."""
    return len(one) == len(other) and one != other and sorted(one) == sorted(other)


def _is_form_of(one: str, other: str) -> bool:
    """Tell whether two words differ by an ending only: the plural of a word is no slip."""
    short, long = sorted((one, other), key=len)
    return (long.startswith(short) and long[len(short) :] in _ENDINGS) or (
        one[:-1] == other[:-1] and {one[-1], other[-1]} <= set("sdtren")
    )


def _like(written: str, right: str) -> str:
    """Return a correction with a capital where what was written begins with one."""
    return right[:1].upper() + right[1:] if written[:1].isupper() else right


@cache
def dictionary(language: str) -> SpellChecker | None:
    """Return the dictionary of a language; None without the library, or where it has none for it."""
    if find_spec(LIBRARY) is None:
        return None
    from spellchecker import SpellChecker

    if language not in SpellChecker.languages():
        return None
    return SpellChecker(language=language, distance=1)
