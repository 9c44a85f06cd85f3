"""Phrases and words that people type, as data: prompts/lexicon/typed_LANGUAGE.toml.

Those of every language are understood in every session; where a word means two things, the session's
language counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable
from typing import Any

from bsc_coach.coach.lexicon.word_lists import wordlists
from bsc_coach.parsed_toml import parse_toml
from bsc_coach.resources import asset_dir
from bsc_coach.text import normal
from bsc_coach.words import BASE_LANGUAGE, languages, say

_APOSTROPHES = re.compile(r"['’‘`´]")
_AROUND = ' \t\n.!…,;:"“”„«»()[]'
_SAID_AS_THE_COACH_KNOWS = ("frequency", "direction")
_BREAK = re.compile(r"\s*[,.;:!?(…–—]|\s+-")


@dataclass(frozen=True)
class TypedWords:
    """The phrases of all languages by list, and the words of numbers and dates; the session's own win."""

    lists: Mapping[str, frozenset[str]]
    goes_on: re.Pattern[str]
    """What may follow a phrase without a comma: "don't know yet"."""
    values: Mapping[str, float]
    """Number words and their values, compounds left out."""
    scales: Mapping[str, float]
    spans: Mapping[str, float]
    """Spans of time in months: "half a year"."""
    dates: Mapping[str, str]
    """The tag of each word that dates are made of: "eind" is END, "juli" is M07, "vrijdag" is W5."""
    choices: Mapping[str, frozenset[str]]
    """What people say for a choice beside its own words, by the id of the choice."""

    def among(self, name: str, text: str) -> bool:
        """Tell whether a text, as ``bare`` gives it, is a phrase of a list, "really" and "yet" aside."""
        if text in self.lists[name]:
            return True
        plain = " ".join(word for word in text.split(" ") if word not in self.lists["goes_on"])
        return bool(plain) and plain in self.lists[name]

    def begins(self, name: str, text: str) -> str | None:
        """Return what follows a phrase that ``text`` begins with, after a comma or the like; else None."""
        said = without_apostrophes(normal(text)).strip(_AROUND)
        for phrase in sorted(self.lists[name], key=len, reverse=True):
            if not said.startswith(phrase):
                continue
            rest = said[len(phrase) :]
            if not rest.strip(_AROUND + "?"):
                return ""
            if _BREAK.match(rest) or self.goes_on.match(rest):
                return _as_written(text, rest)
        return None


def _as_written(text: str, rest: str) -> str:
    """Return the end of ``text`` that became ``rest`` when it was made small, without what leads up to it."""
    written = text.strip(_AROUND)
    tail = written[-len(rest) :] if len(rest) <= len(written) else rest
    return tail.strip(_AROUND + "-–—( ")


def without_apostrophes(text: str) -> str:
    """Return a text without the apostrophes that some leave out: dont, zon 300."""
    return _APOSTROPHES.sub("", text)


def without_end(said: str, phrases: frozenset[str]) -> str:
    """Return a text without one of ``phrases`` at its end: or so, or more."""
    for phrase in sorted(phrases, key=len, reverse=True):
        if said.endswith(f" {phrase}"):
            return said.removesuffix(phrase).rstrip(" ,")
    return said


def bare(text: str) -> str:
    """Return a text for comparing with phrases: small, without apostrophes or points and quotes around it."""
    return without_apostrophes(normal(text)).strip(_AROUND)


@cache
def typed_words(language: str) -> TypedWords:
    """Return the phrases and words that are understood in a session in ``language``."""
    own = language if _source(language).is_file() else BASE_LANGUAGE
    others = [one for one in languages() if one != own and _source(one).is_file()]
    files = [_read(one) for one in (*others, own)]  # what comes later counts
    lists = {
        name: frozenset(_phrases(files, name)) for name, told in files[-1].items() if isinstance(told, list)
    }
    goes_on = "|".join(map(re.escape, sorted(lists["goes_on"], key=len, reverse=True)))
    dates: dict[str, str] = {}
    values: dict[str, float] = {}
    for tongue, words in zip((*others, own), files, strict=True):
        # A month is known by its name and by every beginning of it from three letters on.
        names = say("interview.months", tongue).split()
        for number, (month, short) in enumerate(
            zip(names, say("interview.months_short", tongue).split(), strict=True), start=1
        ):
            dates.update({month[:end]: f"M{number:02d}" for end in range(3, len(month) + 1)})
            dates[short] = f"M{number:02d}"
        for days in (words["short_weekdays"], words["weekdays"]):
            dates.update({day: f"W{number}" for number, day in enumerate(days, start=1)})
        dates.update({word: str(number) for number, word in enumerate(words["ordinals"], start=1)})
        dates.update(dict.fromkeys(words["no_meaning"], ""))
        dates.update(words["date_words"])
        values.update(_number_words(words))
    return TypedWords(
        lists,
        re.compile(rf"\s+(?:{goes_on})\b"),
        values,
        _merged(files, "scales"),
        _merged(files, "spans"),
        dates,
        _choice_words(files, (*others, own)),
    )


def _phrases(files: Iterable[Mapping[str, Any]], name: str) -> Iterable[str]:
    return (without_apostrophes(normal(phrase)).strip(_AROUND) for words in files for phrase in words[name])


def _choice_words(files: Iterable[Mapping[str, Any]], tongues: Iterable[str]) -> dict[str, frozenset[str]]:
    """Return what people say for a choice, by its id; how often and which way as the coach knows it."""
    found: dict[str, frozenset[str]] = {}
    lists = [(choice, said) for words in files for choice, said in words["choice_words"].items()]
    for tongue in tongues:
        for name, phrases in wordlists(f"measures_{tongue}").lists.items():
            kind, _, choice = name.partition("_")
            lists += [(choice, phrases)] if kind in _SAID_AS_THE_COACH_KNOWS else []
    for choice, said in lists:
        found[choice] = found.get(choice, frozenset()) | {bare(phrase) for phrase in said}
    return found


def _merged(files: Iterable[Mapping[str, Any]], name: str) -> dict[str, float]:
    return {word: value for words in files for word, value in words[name].items()}


def _number_words(words: Mapping[str, Any]) -> dict[str, float]:
    """Return the words of the numbers up to 99, compounds written as one, of hundreds and of thousands."""
    small = {word: float(value) for value, word in enumerate(words["numbers"])}
    found = {**small, **words["number_words"]}
    found |= {word: 10.0 * ten for ten, word in enumerate(words["tens"], start=2)}
    for ten, tens_word in enumerate(words["tens"], start=2):
        for one, ones_word in enumerate(words["numbers"][1:10], start=1):
            if words["ones_first"]:
                joined = {f"{ones_word}{words['between_tens']}{tens_word}", f"{ones_word}ën{tens_word}"}
            else:
                joined = {f"{tens_word}{ones_word}", f"{tens_word}-{ones_word}", f"{tens_word} {ones_word}"}
            found |= dict.fromkeys(joined, 10.0 * ten + one)
    for word, value in ((words["hundred"], 100.0), (words["thousand"], 1000.0)):
        found[word] = value
        for digit in range(1, 10):
            found |= dict.fromkeys(
                (f"{words['numbers'][digit]}{word}", f"{words['numbers'][digit]} {word}"), digit * value
            )
        found[f"a {word}"] = value
    return found


@cache
def _read(language: str) -> dict[str, Any]:
    return parse_toml(_source(language).read_bytes())


def _source(language: str) -> Traversable:
    return asset_dir("prompts") / "lexicon" / f"typed_{language}.toml"
