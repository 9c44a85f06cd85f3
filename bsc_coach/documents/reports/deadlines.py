"""The dates of a strategy: what falls on which day, for owners and for their calendars."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from bsc_coach.documents.context.tables import Table

DateKind = Literal["review", "target", "baseline", "end", "test", "due"]

_PARTIAL = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_SATURDAY = 5


@dataclass(frozen=True)
class DatedPoint:
    """Something that a strategy asks for by some date."""

    kind: DateKind
    id: str
    """Short id of what it is about; empty for the review and for a question that was parked."""
    label: str
    when: str
    """The date as coarse as it was given."""
    owner: str | None = None
    detail: str | None = None


def dated_points(context: Table) -> tuple[DatedPoint, ...]:
    """Return all that has a date in a context (see ``build_context``), the earliest first."""
    found = [point for point in _points(context) if last_day(point.when) is not None]
    return tuple(sorted(found, key=lambda point: (last_day(point.when), point.kind, point.id)))


def _points(context: Table) -> Iterator[DatedPoint]:
    review = context["review"]
    if review["first"]:
        yield DatedPoint("review", "", "", review["first"], review["who"], review["rhythm_text"])
    for kpi in context["kpis"]:
        told = kpi["id"], kpi["label"]
        if kpi["target_date"]:
            yield DatedPoint("target", *told, kpi["target_date"], kpi["owner_role"], kpi["target_text"])
        if kpi["baseline_by"] and kpi["baseline"] is None:
            yield DatedPoint("baseline", *told, kpi["baseline_by"], kpi["owner_role"])
    for one in context["initiatives"]:
        if one["end"]:
            yield DatedPoint("end", one["id"], one["label"], one["end"], one["owner_role"])
    for one in context["assumptions"]:
        if one["test_date"]:
            yield DatedPoint(
                "test", one["id"], one["label"], one["test_date"], one["owner_role"], one["test"]
            )
    for one in context["parking"]:
        if one["due"]:
            yield DatedPoint("due", one["id"], one["label"], one["due"], one["owner"])
    for group in context["points"]:
        for one in group["items"] if group["kind"] == "parked" else ():
            if one["due"]:
                yield DatedPoint("due", "", one["question"], one["due"], one["owner"], one["about"])


def last_day(when: str) -> date | None:
    """Return the day by which something dated ``when`` is due; None for what is no date.

    A month is over on its last day, and so is a year: who promises "2027" has kept the promise on
    31 December. A day that its month does not have counts as the last one.
    """
    found = _PARTIAL.fullmatch(when)
    year, month, day = (int(part) if part else None for part in found.groups()) if found else (0, None, None)
    if not year or (month is not None and not 1 <= month <= 12):
        return None
    month = month or 12
    length = monthrange(year, month)[1]
    return date(year, month, min(max(day or length, 1), length))


def meeting_day(when: str) -> date | None:
    """Return the day for a meeting dated ``when``; None for what is no date.

    A meeting "in March" is best put early, so that there is something to move: on the first day from
    Monday to Friday after the first of the month, which is a holiday too often. A year means January.
    """
    last = last_day(when)
    if last is None or when.count("-") == 2:
        return last
    month = last.month if "-" in when else 1
    days = (date(last.year, month, day) for day in (2, 3, 4))
    return next(day for day in days if day.weekday() < _SATURDAY)
