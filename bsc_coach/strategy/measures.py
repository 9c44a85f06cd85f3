"""Pydantic models of what is measured: KPIs with their sheets, readings, and the KPIs there were before."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from bsc_coach.strategy.field_types import Frequency, Number, PartialDate, ShortId
from bsc_coach.strategy.part import Part
from bsc_coach.strategy.readings import Readings


class Benchmark(Part):
    """Who is good at this, how good, and who says so; "none found" is a valid answer."""

    found: Literal["found", "none"] | None = None
    value: Number | None = None
    source: str | None = None
    year: Annotated[int, Field(ge=1900, le=2200)] | None = None
    note: str | None = None


class Kpi(Part):
    """A measure with its whole definition sheet; belongs to one point of the map."""

    id: ShortId
    measures: ShortId
    """The objective, promise, outcome or enabler that this KPI shows."""
    name: str | None = None
    process: ShortId | None = None
    owner_role: str | None = None
    formula: str | None = None
    unit: str | None = None
    direction: Literal["up", "down"] | None = None
    baseline: Number | None = None
    baseline_by: PartialDate | None = None
    """Where the baseline is unknown: when it will have been measured."""
    target: Number | None = None
    target_date: PartialDate | None = None
    red: Number | None = None
    """The line at which the owner calls the meeting."""
    amber: Number | None = None
    """The line, between red and target, from which it deserves a look."""
    benchmark: Benchmark = Benchmark()
    frequency: Frequency | None = None
    source: str | None = None
    lead_lag: Literal["lead", "lag"] | None = None
    kind: Literal["efficiency", "effectiveness"] | None = None
    collector_role: str | None = None
    """Who gathers the figures."""
    updater_role: str | None = None
    """Who enters them."""
    sponsor_role: str | None = None
    """Who stands up for it in the board."""
    guard: str | None = None
    guard_kpi: ShortId | None = None
    """The KPI that would tell if this one was met at the cost of something else."""
    gaming: str | None = None
    decision: str | None = None
    gap: Literal["first", "later", "never"] | None = None
    """Whether the gap to the target is the right one to close first."""
    readings: Readings = ()
    """What was measured since; the last one is where it stands now, without any the baseline is."""


class OldKpi(Part):
    """A KPI that was there before this strategy, and what becomes of it."""

    id: ShortId
    name: str | None = None
    unit: str | None = None
    owner_role: str | None = None
    formula: str | None = None
    target: str | None = None
    """As it stood in the list it came from."""
    note: str | None = None
    source: str | None = None
    """The file it came from, and where it stood there."""
    verdict: Literal["keep", "merge", "retire", "later"] | None = None
    keeps_for: ShortId | None = None
    """The point of the map that it goes on measuring."""
    merged_into: ShortId | None = None
    """The KPI, old or new, that says the same from now on."""
    because: str | None = None
