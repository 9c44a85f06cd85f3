"""What can be computed from a KPI sheet: better or worse, progress, stretch, readings, the red line."""

from __future__ import annotations

import calendar
from datetime import date
from functools import lru_cache
from typing import Literal

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
_DAYS_A_MONTH = 365.25 / 12


def better(value: float, than: float, direction: Direction) -> bool:
    """Tell whether ``value`` is better than ``than`` where the KPI should go up, or down."""
    return value > than if direction == "up" else value < than


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
    return None if period is None or end is None else months_from(start, end) / period


def months_from(start: date, end: date) -> float:
    """Return the months from one day to another, negative when it lies before."""
    return (end - start).days / _DAYS_A_MONTH


@lru_cache(maxsize=1_024)
def first_day(partial: str | None) -> date | None:
    """Return the first day of an ISO date that may be as coarse as a year; None for what is none."""
    year, month, day = _parts(partial)
    return _day(year, month or 1, day or 1)


@lru_cache(maxsize=1_024)
def last_day(partial: str | None) -> date | None:
    """Return the last day of an ISO date that may be as coarse as a year; None for what is none."""
    year, month, day = _parts(partial)
    return _day(year, month or 12, day or 31)


def _parts(partial: str | None) -> tuple[int, int, int]:
    try:
        told = [int(part) for part in (partial or "").split("-")]
    except ValueError:
        return 0, 0, 0
    year, month, day = (*told, 0, 0)[:3]
    return year, month, day


def _day(year: int, month: int, day: int) -> date | None:
    """Return a day, the last of its month where the month is shorter; None out of the calendar."""
    if not (1 <= year <= 9999 and 1 <= month <= 12):
        return None
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))
