"""Partial dates: ISO 8601 dates that may be as coarse as a month or a year ("2028", "2028-06", "2028-06-30").

A strategy names dates as coarsely as people agreed on them. What falls on which day is worked out here, for
the rules of the coach, the documents and the calendar alike.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

PARTIAL_DATE = r"^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"
"""Regular expression of a partial date; pydantic and JSON Schema use it too."""
_PARTIAL_DATE = re.compile(PARTIAL_DATE)
_DAYS_IN_MONTH = 365.25 / 12
_SATURDAY = 5


def date_parts(partial: str | None) -> tuple[str, str | None, str | None] | None:
    """Year, month and day of a partial date as they are written, None for what it lacks; None for no date."""
    if partial is None or not _PARTIAL_DATE.fullmatch(partial):
        return None
    year, month, day = (*partial.split("-"), None, None)[:3]
    return year or "", month, day


def first_day(partial: str | None) -> date | None:
    """The first day that a partial date covers; None for what is no date."""
    return _day(partial, month=1, day=1)


def last_day(partial: str | None) -> date | None:
    """The last day that a partial date covers, by which something is due; None for what is no date.

    A month is over on its last day, and so is a year: who promises "2027" has kept the promise on
    31 December. A day that its month does not have counts as the last one.
    """
    return _day(partial, month=12, day=31)


def _day(partial: str | None, month: int, day: int) -> date | None:
    """The day of a partial date, with a month and a day for those that it lacks."""
    parts = date_parts(partial)
    if parts is None or parts[0] == "0000":
        return None
    year, month, day = int(parts[0]), int(parts[1] or month), int(parts[2] or day)
    return date(year, month, min(day, monthrange(year, month)[1]))


def meeting_day(partial: str | None) -> date | None:
    """The day for a meeting at a partial date; None for what is no date.

    A meeting "in March" is best put early, so that there is something to move: on the first day from
    Monday to Friday after the first of the month, which is a holiday too often. A year means January.
    """
    first, parts = first_day(partial), date_parts(partial)
    if first is None or parts is None or parts[2]:
        return first
    days = (first.replace(day=day) for day in (2, 3, 4))
    return next(day for day in days if day.weekday() < _SATURDAY)


def working_day(day: date) -> date:
    """The last day from Monday to Friday that is not after ``day``."""
    return day - timedelta(days=max(day.weekday() - _SATURDAY + 1, 0))


def months_between(start: date, end: date) -> float:
    """The months from one day to another, negative when it lies before."""
    return (end - start).days / _DAYS_IN_MONTH
