"""Readings of a KPI: what was measured on which day; as a model, and as the lines that a session keeps.

In a session all readings of a KPI are one answer, a line each (``2027-03-31 14.5 | remark | source``), so
that undo, history, merging and translation hold for them as for any other text. There is one reading a day.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator

from bsc_coach.strategy.dates import PARTIAL_DATE, last_day
from bsc_coach.strategy.field_types import Number, PartialDate
from bsc_coach.strategy.part import Part
from bsc_coach.text import one_line

BETWEEN = " | "
_LINE = re.compile(r"([^\s;:|]+)[\s;:]+([^\s;|]+)(?:[\s;|]\s*\|?\s*(.*))?")
_LARGEST_WHOLE = 10**15
_LONE = re.compile(r"-?[1-9]\d{0,2}\.\d{3}")
_DATE = re.compile(PARTIAL_DATE)
_LIKE_BETWEEN = str.maketrans("|", "¦")


class Reading(Part):
    """One value of a KPI, and the day or the period that it is of."""

    date: PartialDate
    value: Number
    note: str | None = None
    source: str | None = None
    """Who or what brought it: a file and the place in it."""


def in_order(readings: Iterable[Reading]) -> tuple[Reading, ...]:
    """Return readings by date, of each date the one that was given last."""
    by_date = {one.date: one for one in readings}
    return tuple(sorted(by_date.values(), key=lambda one: (str(last_day(one.date)), one.date)))


def lines_of(readings: Iterable[Reading]) -> str:
    """Return readings as the lines that a session keeps, in order."""
    return "\n".join(line_of(one) for one in in_order(readings))


def line_of(reading: Reading) -> str:
    """Return a reading as a line: its date and its value, then the remark and the source."""
    told = [one_line(text or "").translate(_LIKE_BETWEEN) for text in (reading.note, reading.source)]
    while told and not told[-1]:
        told.pop()
    whole = abs(reading.value) < _LARGEST_WHOLE and reading.value == int(reading.value)
    value = repr(int(reading.value) if whole else reading.value)
    # A point before three digits is asked about where somebody types it: a nought more, and it is a fraction.
    shown = f"{value}0" if _LONE.fullmatch(value) else value
    return BETWEEN.join((f"{reading.date} {shown}", *told))


def reading_of(line: str) -> Reading | None:
    """Return the reading in a line as a session keeps it; None where it is none."""
    parts = parts_of(line)
    if parts is None or not _DATE.fullmatch(parts[0]):
        return None
    try:
        value = float(parts[1]) if re.search(r"[.e]", parts[1]) else int(parts[1])
        return Reading(date=parts[0], value=value, note=parts[2] or None, source=parts[3] or None)
    except ValueError:
        return None


def parts_of(line: str) -> tuple[str, str, str, str] | None:
    """Return the date, the number, the remark and the source of a line, as they are written."""
    found = _LINE.fullmatch(line.strip())
    if found is None:
        return None
    note, _, source = (found[3] or "").partition("|")
    return found[1], found[2], note.strip(), source.strip()


def _read(told: object) -> object:
    """Return lines that a session keeps as readings; anything else, and where a line is none, as it is."""
    found = [reading_of(line) for line in told.split("\n")] if isinstance(told, str) else [None]
    return told if None in found else tuple(found)


Readings = Annotated[tuple[Reading, ...], BeforeValidator(_read), AfterValidator(in_order)]
"""Readings of one KPI in the order of their dates; also read from the lines that a session keeps."""
