"""Numbers as people say them: circa 60%, at least 80, € 1,2 mln, zestig, between 10 and 20."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bsc_coach.interview.understanding.phrases import TypedWords, without_apostrophes, without_end
from bsc_coach.interview.values import RefusedError, read_number
from bsc_coach.text import normal

Number = int | float
_SIGNS = re.compile(r"^(\+/-|[~≈<>≤≥=±])+\s*")
_CURRENCY = re.compile(r"[$€£¥]")
_RANGE = re.compile(r"\s*[-–—/]\s*|\s+(?:to|tot|à|or|of|and|en|tot en met|t/m)\s+(?:de\s+)?")
_SPLIT = re.compile(r"(?<=\d)(?=[^\d\s.,])")
_MOST_UNIT_WORDS = 4
_MONTHS_IN = {"YEAR": 12.0, "MONTH": 1.0, "WEEK": 12 / 52, "DAY": 12 / 365}


def numbers_in(
    words: TypedWords, text: str, language: str, *, unit: str = "", months: bool = False
) -> tuple[Number, ...]:
    """Return the number that a text says; two where it leaves open which; none where it says none.

    ``unit`` is the unit of the KPI: where that is millions, "1,2 mln" is 1.2. With ``months`` the question
    asks for months, and two years are 24.
    """
    said = without_apostrophes(normal(text)).strip(" .!?")
    one = list(_one(words, said, language, unit, months=months))
    if one:
        return tuple(one)
    said = _without_start(said, words.lists["between"])
    for found in _RANGE.finditer(said):
        before, after = said[: found.start()], said[found.end() :]
        high = list(_one(words, after, language, unit, months=months))
        # "10 to 15 days", "1 or 2 million": what stands behind the second holds for the first as well.
        behind = after[len(after.split()[0]) :] if after.split() else ""
        low = list(_one(words, before + behind, language, unit, months=months)) or list(
            _one(words, before, language, unit, months=months)
        )
        if low and high:
            return tuple(dict.fromkeys((*low, *high)))
    return ()


def _one(words: TypedWords, said: str, language: str, unit: str, *, months: bool) -> Iterator[Number]:
    """Yield the number that ``said`` is, or the two that a lone separator leaves open."""
    if months and said in words.spans:
        yield _plain(words.spans[said])
        return
    # What stands before and behind: about, at least, <, a currency; 80+, or so.
    said = _CURRENCY.sub(" ", _SIGNS.sub("", said.strip())).strip()
    said = _without_start(said, words.lists["about"])
    said = _CURRENCY.sub(" ", _SIGNS.sub("", said)).strip()
    said = without_end(said, words.lists["or_so"]).removesuffix("+").strip()
    said = _without_start(said, words.lists["money"])
    if months and said in words.spans:
        yield _plain(words.spans[said])
        return
    number, rest = _leading(words, said, language)
    if not number:
        return
    # Behind it: a scale, then what is counted.
    names = rest.replace("%", " ").replace("/", " ").split()
    scale = 1.0
    if names and names[0] in words.scales:
        scale = words.scales.get(names.pop(0), 1.0)
        if any(words.scales.get(part) == scale for part in normal(unit).replace("€", " ").split()):
            scale = 1.0
    if len(names) > _MOST_UNIT_WORDS or not all(re.fullmatch(r"[^\W\d_]+\.?", name) for name in names):
        return
    articled = bool(names) and not months and said.split()[0] in words.lists["articles"]
    if articled or words.lists["no_units"] & set(names):
        return  # "a third" is not 1, and "a good score" is no number
    if months:
        span = next((words.dates[name] for name in names if words.dates.get(name) in _MONTHS_IN), "MONTH")
        scale *= _MONTHS_IN[span]
    yield from (_plain(one * scale) for one in number)


def _leading(words: TypedWords, said: str, language: str) -> tuple[tuple[Number, ...], str]:
    """Return the number that ``said`` begins with, in digits or words, and what stands behind it."""
    parts = _SPLIT.sub(" ", said).split()
    for length in range(min(len(parts), 3), 0, -1):
        first, rest = " ".join(parts[:length]), " ".join(parts[length:])
        if first in words.values:
            return (words.values[first],), rest
        try:
            number = read_number(first, language)
        except RefusedError as refused:
            if refused.refusal.key == "ambiguous_number":
                both = (refused.refusal.values["whole"], refused.refusal.values["fraction"])
                return tuple(read_number(str(one), language) for one in both), rest
            continue
        return (number,), rest
    return (), said


def _without_start(said: str, phrases: frozenset[str]) -> str:
    for phrase in sorted(phrases, key=len, reverse=True):
        if said.startswith(phrase) and not said[len(phrase) : len(phrase) + 1].isalpha():
            return said[len(phrase) :].lstrip(" .:")
    return said


def _plain(number: float) -> Number:
    """Return a whole number as one, and others without the dust of floating point."""
    rounded = round(number, 6) if abs(number) >= 1 else number
    return int(rounded) if rounded == int(rounded) else rounded
