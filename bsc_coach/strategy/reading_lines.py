"""Readings as the lines that a session keeps: ``2027-03-31 14.5 | remark | source``, one a day, in order.

All readings of a KPI are one answer of such lines, so that undo, history, merging and translation hold for
them as for any other text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple, Protocol, TypeVar

from bsc_coach.strategy.dates import PARTIAL_DATE, last_day
from bsc_coach.text import one_line

BETWEEN = " | "
_LINE = re.compile(r"([^\s;:|]+)[\s;:]+([^\s;|]+)(?:[\s;|]\s*\|?\s*(.*))?")
_LARGEST_WHOLE = 10**15
_LONE = re.compile(r"-?[1-9]\d{0,2}\.\d{3}")
_DATE = re.compile(PARTIAL_DATE)
_LIKE_BETWEEN = str.maketrans("|", "¦")


class ReadingLike(Protocol):
    """What says the value of a day."""

    @property
    def date(self) -> str: ...
    @property
    def value(self) -> int | float: ...
    @property
    def note(self) -> str | None: ...
    @property
    def source(self) -> str | None: ...


class ReadingLine(NamedTuple):
    """A reading as a line says it."""

    date: str
    value: int | float
    note: str | None = None
    source: str | None = None


_Reading = TypeVar("_Reading", bound=ReadingLike)


def in_order(readings: Iterable[_Reading]) -> tuple[_Reading, ...]:
    """Return readings by date, of each date the one that was given last."""
    by_date = {one.date: one for one in readings}
    return tuple(sorted(by_date.values(), key=lambda one: (str(last_day(one.date)), one.date)))


def lines_of(readings: Iterable[ReadingLike]) -> str:
    """Return readings as the lines that a session keeps, in order."""
    return "\n".join(line_of(one) for one in in_order(readings))


def line_of(reading: ReadingLike) -> str:
    """Return a reading as a line: its date and its value, then the remark and the source."""
    told = [one_line(text or "").translate(_LIKE_BETWEEN) for text in (reading.note, reading.source)]
    while told and not told[-1]:
        told.pop()
    whole = abs(reading.value) < _LARGEST_WHOLE and reading.value == int(reading.value)
    value = repr(int(reading.value) if whole else reading.value)
    # A point before three digits is asked about where somebody types it: a nought more, and it is a fraction.
    shown = f"{value}0" if _LONE.fullmatch(value) else value
    return BETWEEN.join((f"{reading.date} {shown}", *told))


def read_line(line: str) -> ReadingLine | None:
    """Return the reading in a line as a session keeps it; None where it is none."""
    parts = parts_of(line)
    if parts is None or not _DATE.fullmatch(parts[0]):
        return None
    date, number, note, source = parts
    try:
        value = float(number) if re.search(r"[.e]", number) else int(number)
    except ValueError:
        return None
    finite = abs(value) != float("inf")
    return ReadingLine(date, value, note or None, source or None) if finite else None


def parts_of(line: str) -> tuple[str, str, str, str] | None:
    """Return the date, the number, the remark and the source of a line, as they are written."""
    found = _LINE.fullmatch(line.strip())
    if found is None:
        return None
    note, _, source = (found[3] or "").partition("|")
    return found[1], found[2], note.strip(), source.strip()
