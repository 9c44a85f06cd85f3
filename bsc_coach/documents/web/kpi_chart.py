"""The path of a KPI as geometry: where its numbers stand between worse (left) and better (right).

Pure: numbers and texts in, places out. Lengths are points, from the top left corner of the chart.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from bsc_coach.drawing.labels import lines_of, width_of
from bsc_coach.strategy.measures import Kpi

MarkKind = Literal["target", "baseline", "red", "benchmark"]
MARKS: tuple[MarkKind, ...] = ("target", "baseline", "red", "benchmark")
_ABOVE: tuple[MarkKind, ...] = ("target", "baseline")
"""Their labels stand above the line, the others below: each in a row of its own, so that none meet."""

WIDTH = 360.0
MARGIN = 12.0
_ROW = 17.0
_HALF_LINE = 16.0
_BASE = 4.5
"""From the foot of a row of text up to the line that its letters stand on."""
_TOUCHING = 16.0


@dataclass(frozen=True)
class Mark:
    """One number on the line: where it is, and where its label stands (``text_x`` is the middle)."""

    kind: MarkKind
    x: float
    text_x: float
    text_y: float
    text: str


@dataclass(frozen=True)
class KpiChart:
    """A chart: the line at ``line_y``, its marks, and the way from the baseline to the target."""

    height: float
    line_y: float
    marks: tuple[Mark, ...]
    path: tuple[float, float] | None
    """From where to where; None while an end is missing, or where there is no way to go."""
    red_until: float | None
    """The red zone goes from the left end up to here."""
    width: float = WIDTH


def draw_kpi(kpi: Kpi, labels: Mapping[MarkKind, str]) -> KpiChart | None:
    """Return the chart of ``kpi`` with these ``labels`` at its numbers, or None where it has no number."""
    # Exact, because their distance may be more than a float holds.
    numbers = {kind: Fraction(number) for kind, number in numbers_of(kpi).items()}
    if not numbers:
        return None
    places = _places(numbers, higher_is_better=_higher_is_better(kpi))
    above = [kind for kind in _ABOVE if kind in places]
    below = [kind for kind in MARKS if kind in places and kind not in _ABOVE]
    line_y = len(above) * _ROW + _HALF_LINE
    below_from = line_y + _HALF_LINE
    feet = {kind: (at + 1) * _ROW for at, kind in enumerate(above)}
    feet |= {kind: below_from + (at + 1) * _ROW for at, kind in enumerate(below)}
    marks = tuple(_mark(kind, x, feet[kind] - _BASE, labels[kind]) for kind, x in places.items())
    return KpiChart(
        height=below_from + len(below) * _ROW,
        line_y=line_y,
        marks=marks,
        path=_path(places),
        red_until=places.get("red"),
    )


def numbers_of(kpi: Kpi) -> dict[MarkKind, float]:
    """Return the numbers of ``kpi`` that are known."""
    known = {
        "target": kpi.target,
        "baseline": kpi.baseline,
        "red": kpi.red,
        "benchmark": kpi.benchmark.value,
    }
    return {kind: number for kind in MARKS if (number := known[kind]) is not None}


def _higher_is_better(kpi: Kpi) -> bool:
    """Tell which way is better; where nobody said so, the way from the baseline to the target."""
    if kpi.direction is not None:
        return kpi.direction == "up"
    return kpi.baseline is None or kpi.target is None or kpi.target >= kpi.baseline


def _places(numbers: Mapping[MarkKind, Fraction], *, higher_is_better: bool) -> dict[MarkKind, float]:
    low, high = min(numbers.values()), max(numbers.values())
    if low == high:
        return dict.fromkeys(numbers, WIDTH / 2)
    start, way = (low, high - low) if higher_is_better else (high, low - high)
    room = WIDTH - 2 * MARGIN
    return {kind: MARGIN + float((number - start) / way) * room for kind, number in numbers.items()}


def _mark(kind: MarkKind, x: float, text_y: float, label: str) -> Mark:
    """Return a mark with as much of its label as there is room for, under or above it as far as can be."""
    text = lines_of(label, WIDTH, most=1)[0]
    half = width_of(text) / 2
    text_x = min(max(x, half), WIDTH - half)
    return Mark(kind=kind, x=x, text_x=text_x, text_y=text_y, text=text)


def _path(places: Mapping[MarkKind, float]) -> tuple[float, float] | None:
    if "baseline" not in places or "target" not in places:
        return None
    start, end = places["baseline"], places["target"]
    return (start, end) if abs(end - start) >= _TOUCHING else None
