"""Deadlines of a strategy: all that has a date, for owners and for their calendars."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from bsc_coach.documents.context.tables import Table
from bsc_coach.strategy.dates import last_day

DateKind = Literal["review", "target", "baseline", "end", "test", "due"]


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

    @property
    def told(self) -> str:
        """What it is about, whole: of a question that was parked, what it was asked of as well."""
        return f"{self.detail}: {self.label}" if self.kind == "due" and self.detail else self.label


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
        if one["due"] and one["waits"]:
            yield DatedPoint("due", one["id"], one["label"], one["due"], one["owner"])
    for group in context["points"]:
        for one in group["items"] if group["kind"] == "parked" else ():
            if one["due"]:
                yield DatedPoint("due", "", one["question"], one["due"], one["owner"], one["about"])
