"""Arithmetic on the figures of a KPI: better or worse, progress, stretch, number of readings, red line."""

from __future__ import annotations

from datetime import date
from typing import Literal

from bsc_coach.strategy.dates import last_day, months_between

Direction = Literal["up", "down"]

MONTHS_BETWEEN = {
    "daily": 12 / 365,
    "weekly": 12 / 52,
    "monthly": 1.0,
    "quarterly": 3.0,
    "half_yearly": 6.0,
    "yearly": 12.0,
}
"""Months from one reading to the next; a KPI read per project has none."""


def better(value: float, than: float, direction: Direction) -> bool:
    """Tell whether ``value`` is better than ``than`` where the KPI should go up, or down."""
    return value > than if direction == "up" else value < than


def direction_of(baseline: float | None, target: float | None) -> Direction | None:
    """Return the way from today to the target; None where one is not known, or they are the same."""
    if baseline is None or target is None or baseline == target:
        return None
    return "up" if target > baseline else "down"


def progress(baseline: float, target: float, actual: float) -> float | None:
    """Return the part of the way from baseline to target that ``actual`` has come; None without a way."""
    way = target - baseline
    return (actual - baseline) / way if way else None


def stretch(baseline: float, target: float) -> float | None:
    """Return how far the target lies from the baseline, as a share of the baseline; None from zero."""
    return abs(target - baseline) / abs(baseline) if baseline else None


def gap(baseline: float, benchmark: float, direction: Direction) -> float:
    """Return how much better the benchmark is than the baseline; negative where we are better."""
    return benchmark - baseline if direction == "up" else baseline - benchmark


def red_line_fits(baseline: float, target: float, red: float) -> bool:
    """Tell whether a red line lies between baseline and target: on the baseline it may, on the target not."""
    return min(baseline, target) <= red <= max(baseline, target) and red != target


def readings(start: date, target_date: str, frequency: str | None) -> float | None:
    """Return how often a KPI is read from ``start`` until its target date; None where that is not known."""
    period = MONTHS_BETWEEN.get(frequency or "")
    end = last_day(target_date)
    return None if period is None or end is None else months_between(start, end) / period
