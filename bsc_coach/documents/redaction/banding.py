"""Numbers made coarse: one figure that counts, in an order that stays true."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from bsc_coach.strategy.measures import Kpi
from bsc_coach.words import say

_SIGNS = "$€£¥"
_TIMES = r"\d{4}-\d{2}(?:-\d{2})?|\d{4}/\d{2,4}|\d{1,2}[-/.:]\d{1,2}[-/.:]\d{2,4}|\d{1,2}:\d{2}"
"""Dates written in numbers, times of the day, and numbers of laws."""
_NUMBER = r"\d{1,3}(?:[.,'’\u00a0\u202f]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)?"
_GROUPED = re.compile(r"[1-9]\d{0,2}\D\d{3}")
_FIRST_YEAR, _LAST_YEAR, _DIGITS_OF_A_YEAR = 1900, 2099, 4


def one_figure(value: Decimal, rounding: str = ROUND_HALF_UP) -> Decimal:
    """Return ``value`` with one figure that counts: 17.8 → 20, 0.34 → 0.3."""
    if not value:
        return value
    size = value.adjusted()
    return value.scaleb(-size).quantize(Decimal(1), rounding=rounding).scaleb(size)


def is_year(value: float) -> bool:
    """Tell whether a number reads as a year of our time."""
    return isinstance(value, int) and _FIRST_YEAR <= value <= _LAST_YEAR


def banded(value: float) -> float:
    """Return one number with one figure that counts; a year as it is."""
    return value if is_year(value) else _like(value, one_figure(Decimal(repr(value))))


def banded_kpi(kpi: Kpi) -> Kpi:
    """Return ``kpi`` with its numbers made coarse, such that their order stays what it was.

    Every step away from zero, from one number to the next, is cut to its first figure: no step vanishes,
    no number changes its sign or becomes larger than it was, and a percentage stays one.
    """
    numbers = (kpi.baseline, kpi.target, kpi.red, kpi.amber, kpi.benchmark.value)
    measured = (one.value for one in kpi.readings)
    exact = {Decimal(repr(value)) for value in (*numbers, *measured) if value is not None}
    bands = _bands(value for value in exact if value >= 0)
    bands.update({-value: -band for value, band in _bands(-value for value in exact if value < 0).items()})
    baseline, target, red, amber, found = (
        None if value is None else _like(value, bands[Decimal(repr(value))]) for value in numbers
    )
    told = {
        "baseline": baseline,
        "target": target,
        "red": red,
        "amber": amber,
        "benchmark": kpi.benchmark.model_copy(update={"value": found}),
        # Where a reading came from names files and people, and says nothing of the case.
        "readings": tuple(
            one.model_copy(
                update={"value": _like(one.value, bands[Decimal(repr(one.value))]), "source": None}
            )
            for one in kpi.readings
        ),
    }
    return kpi.model_copy(update=told)


def _bands(values: Iterable[Decimal]) -> dict[Decimal, Decimal]:
    """Return the coarse number for each of ``values``, none of which is below zero."""
    bands: dict[Decimal, Decimal] = {}
    below = band = Decimal(0)
    for value in sorted(values):
        band += one_figure(value - below, ROUND_DOWN)
        bands[value], below = band, value
    return bands


def _like(value: float, band: Decimal) -> float:
    # Beside a fraction a whole number may have to become one, or the two would change places.
    return int(band) if isinstance(value, int) and band == band.to_integral_value() else float(band)


class Amounts:
    """Finds the numbers in texts of one language and makes them coarse."""

    def __init__(self, language: str, units: Iterable[str]) -> None:
        self.decimal = say("document.format.decimal", language)
        words = {one for one in (*units, *say("redact.measures", language).split()) if one.strip()}
        longest_first = sorted(words, key=lambda one: (-len(one), one))
        after = "|".join(re.escape(one) + (r"(?!\w)" if one[-1].isalnum() else "") for one in longest_first)
        before = "|".join(re.escape(one) for one in (*_SIGNS, *say("redact.currencies", language).split()))
        names = (say(f"interview.{name}", language).split() for name in ("months", "months_short"))
        months = "|".join(one for each in names for one in each)
        self.pattern = re.compile(
            rf"(?<!\w)(?:{_TIMES}|\d{{1,2}}(?:st|nd|rd|th)? (?i:{months})|(?i:{months}) \d{{1,2}})(?!\w)"
            # What hangs on a letter with a hyphen is part of a name: COVID-19.
            rf"|(?:(?P<before>(?:{before})\s?)|(?<![\w.,])(?<![^\W\d_]-))(?P<number>{_NUMBER})"
            rf"(?P<after>\s?(?:{after}))?"
        )

    def coarse(self, text: str) -> str:
        """Return ``text`` with every number in digits rounded to one figure; years, dates and times stay."""
        return self.pattern.sub(self._replaced, text)

    def _replaced(self, found: re.Match[str]) -> str:
        number, before, after = found["number"], found["before"] or "", found["after"] or ""
        if number is None:
            return found[0]
        if before or after:
            return before + self._exactly(number) + after
        return self._rounded(number)

    def _rounded(self, number: str) -> str:
        year = len(number) == _DIGITS_OF_A_YEAR and number.isdecimal() and is_year(int(number))
        return number if year else self._exactly(number)

    def _exactly(self, number: str) -> str:
        """Return a number with one figure that counts, written the way that it was."""
        thousands, decimal = self._marks(number)
        plain = re.sub(rf"[{re.escape(thousands)}]", "", number) if thousands else number
        told = f"{one_figure(Decimal(plain.replace(decimal, '.') if decimal else plain)):f}"
        whole, _, rest = told.partition(".")
        if thousands:
            whole = f"{Decimal(whole):,f}".replace(",", thousands)
        return f"{whole}{decimal or self.decimal}{rest}" if rest.strip("0") else whole

    def _marks(self, number: str) -> tuple[str, str]:
        """Return what separates thousands and decimals in a number; empty for what it does not have."""
        marks = [one for one in number if not one.isdigit()]
        if len(set(marks)) > 1:
            return marks[0], marks[-1]
        if not marks:
            return "", ""
        grouped = len(marks) > 1 or (_GROUPED.fullmatch(number) and marks[0] != self.decimal)
        return (marks[0], "") if grouped else ("", marks[0])
