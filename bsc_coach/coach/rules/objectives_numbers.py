"""The rule on numbers inside an objective: how much, how many and by when are the target of a KPI."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from bsc_coach.coach.lexicon.word_lists import wordlists
from bsc_coach.coach.rule import Match, rule
from bsc_coach.coach.sentence import Sentence
from bsc_coach.coach.wording import Wording

_MARKED = re.compile(r"\d[\d.,]*\s?[%‰€$£]|[€$£]\s?\d")
_DIGITS = re.compile(r"\d[\d.,]*")
_DECIMAL = re.compile(r"\d+[.,]\d{1,2}")
_YEAR = re.compile(r"(?:19|20|21)\d\d")
_AGE = 2
"""Figures of an age."""
_MANY = 20
"""A count in figures that nobody names but as a target: fewer may be what the sentence is about."""


@rule("O05", "hint", "objective", belongs_to="measure")
def number_inside(wording: Wording) -> Match | None:
    """A number or a date that belongs to the target of a KPI."""
    if marked := _MARKED.search(wording.text):
        return Match(marked.group())
    read = wording.sentence
    looks = (_deadline, _unit, _share, _part, _level, _counted)
    return next(
        (
            Match(found)
            for at in range(len(read.words))
            if not _is_age(read, at)
            for look in looks
            if (found := look(read, at, _word(read, at - 1), _word(read, at + 1)))
        ),
        None,
    )


def _word(read: Sentence, at: int) -> str:
    return read.words[at] if 0 <= at < len(read.words) else ""


def _is_number(read: Sentence, word: str) -> bool:
    """Tell whether a word is a number of two or more, in figures or written out: "forty-five"."""
    return bool(_DIGITS.fullmatch(word)) or ((word.isalpha() or "-" in word) and _spelt(word, read.language))


@lru_cache(maxsize=4_096)
def _spelt(word: str, language: str) -> bool:
    lists = wordlists(language)
    parts = lists.words("number_words")
    if word in parts:
        return True
    inside = "|".join(sorted(parts | lists.words("number_joints"), key=len, reverse=True))
    known = bool(re.fullmatch(rf"(?:(?:{inside})-?)+", word))
    return known and any(part in word for part in parts)


def _is_age(read: Sentence, at: int) -> bool:
    """Tell whether a number tells how old people are: "girls of 10 to 14 years", "ouderen boven de 80"."""
    number = _DIGITS.fullmatch(read.words[at])
    if not number or len(number.group()) > _AGE or any(read.among("lowering", word) for word in read.words):
        return False
    if read.among("age_ends", _word(read, at + 2)):
        return True  # "80 year olds"
    start = at - 1
    while start > 0 and (_is_number(read, read.words[start]) or read.among("age_joints", read.words[start])):
        start -= 1
    people = any(read.among(name, _word(read, start - 1)) for name in ("crowd", "staff", "customers", "ages"))
    unit = read.among("units", _word(read, at + 1)) and not read.among("age_units", _word(read, at + 1))
    return people and not unit and read.among("age_starts", _word(read, start))


def _deadline(read: Sentence, at: int, before: str, after: str) -> str:
    """A year: "before 2029", "by spring 2028"."""
    if read.among("months", after) and _DIGITS.fullmatch(read.words[at]):
        return f"{read.words[at]} {after}"
    if read.among("due_by", before) and (read.among("dated_words", read.words[at]) or _is_month(read, at)):
        return f"{before} {read.words[at]}"
    if not _YEAR.fullmatch(read.words[at]):
        return ""
    dated = any(read.among(name, before) for name in ("deadlines", "time_words", "months"))
    return f"{before} {read.words[at]}" if dated else ""


def _is_month(read: Sentence, at: int) -> bool:
    return read.among("months", read.words[at])


def _unit(read: Sentence, at: int, before: str, after: str) -> str:
    """A number with its unit: "10 days", "48-hour", "within eight minutes", "ten percent"."""
    word = read.words[at]
    if read.among("between_units", after):
        after = _word(read, at + 2)
    count, _, unit = word.partition("-")
    if unit and _is_number(read, count) and read.among("units", unit):
        return word
    number = _DIGITS.match(word)
    if number and (read.among("units", after) or read.among("units", word[number.end() :].strip("-"))):
        return f"{word} {after}".strip()
    if _DECIMAL.fullmatch(word):
        return word
    scale = read.among("scales", word) and not (
        read.among("firsts", before) or read.among("per_words", before)
    )
    percent = after == "per" and _word(read, at + 2) == "cent" and _is_number(read, word)
    if after and (scale or percent):
        return f"{word} {after}"
    if number or not _is_number(read, word):
        return ""
    by = ("aims_at", "amount_by", "time_in", "levels")
    aimed = read.among("units", after) and any(read.among(name, before) for name in by)
    return f"{word} {after}" if aimed or read.among("percent_words", after) else ""


def _share(read: Sentence, at: int, before: str, after: str) -> str:
    """So many of so many: "95 out of 100", "nine in ten"."""
    word = read.words[at]
    if not after or not (_is_number(read, word) or read.among("ones", word)):
        return ""
    for start in (at + 1, at + 2):  # "nine in ten", "nine cases out of ten"
        length = read.list("share_joints").at(read.words, start) if start < len(read.words) else 0
        other = _word(read, start + length)
        if (
            (length > 1 or (length and start == at + 1))
            and _is_number(read, other)
            and not _YEAR.fullmatch(other)
        ):
            return " ".join(read.words[at : start + length + 1])
    return ""


def _part(read: Sentence, at: int, before: str, after: str) -> str:
    """A part, a multiple or a rank: "by a fifth", "two thirds of", "twice as many", "90th percentile"."""
    word = read.words[at]
    if (length := read.list("multiples").at(read.words, at)) > 1:
        return " ".join(read.words[at : at + length])
    if read.among("ranks", word) and before[:1].isdigit():
        return f"{before} {word}"
    if not read.among("fractions", word):
        return ""
    earlier = _word(read, at - 2)
    ended = not after or read.among("prepositions", after) or read.is_verb(after)
    if (
        read.among("comparatives", after)
        and read.among("ones", before)
        and not read.among("amount_by", earlier)
    ):
        return f"{before} {word}"
    by = read.among("amount_by", earlier) or (read.among("amount_by", before) and not read.verb_first)
    counted = _is_number(read, before) and read.among("of_words", after)
    return f"{before} {word}" if counted or (by and ended) else ""


def _level(read: Sentence, at: int, before: str, after: str) -> str:
    """A level to reach: "to 40", "higher than 7.2", "to zero", "below twenty a month"."""
    word = read.words[at]
    if not read.among("levels", before):
        return ""
    if read.among("zeros", word):
        return f"{before} {word}"
    if read.among("articles", word) and read.among("bounds", before) and read.among("durations", after):
        return f"{before} {word} {after}"
    if not _is_number(read, word):
        return ""
    earlier = _word(read, at - 2)
    ranged = read.among("range_ends", before) and read.among("range_starts", _word(read, at - 3))
    if ranged and _is_number(read, earlier):
        return f"{earlier} {before} {word}"
    aged = read.among("crowd", earlier) or read.among("staff", earlier) or read.among("customers", earlier)
    per = read.among("per_words", after) or read.among("per_words", _word(read, at + 2))
    open_end = not after or (read.among("prepositions", after) and not read.among("levels", after))
    lowered = read.among("aims_to", before) and any(read.among("lowering", one) for one in read.words)
    return f"{before} {word}" if per or lowered or (open_end and not aged) else ""


def _counted(read: Sentence, at: int, before: str, after: str) -> str:
    """So many things as what the verb makes, each period or till a date: "plant 5,000 trees a year"."""
    word = read.words[at]
    object_at = read.lead + 1 if read.lead is not None else 0
    object_at += read.verb_first and read.among("prepositions", _word(read, object_at))  # "take in thirty …"
    timed = (
        read.among("time_words", before) or read.among("periodic", before)
    ) and not read.verb_first  # "elke maand tien leden werven"
    if not (at == object_at or timed) or not after or not _is_number(read, word) or _YEAR.fullmatch(word):
        return ""
    if read.among("prepositions", after) or read.among("levels", after) or read.among("share_joints", after):
        return ""
    rest = (*read.words[: at if timed else 0], *read.words[at + 1 :])
    period = any(
        read.among("per_words", one) and read.among("time_words", two) for one, two in pairwise(rest)
    )
    dated = any(_YEAR.fullmatch(one) for one in rest) or any(read.among("periodic", one) for one in rest)
    figures = re.sub(r"\D", "", word)
    many = int(figures) >= _MANY if figures else not read.among("small_numbers", word)
    return f"{word} {after}" if period or dated or many else ""
