"""A map for its paper or slide: the geometry with the largest letters, and none that is too small to read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from bsc_coach.drawing.labels import FONT_SIZE
from bsc_coach.drawing.layout import NO_CHIPS, Chips, MapPlan
from bsc_coach.drawing.model import NARROW_GUTTER, MapDrawing, MapSize
from bsc_coach.drawing.placing import CHIP_SIZE, LEAST_ROW
from bsc_coach.drawing.rows import arrange
from bsc_coach.strategy.model import Strategy

LEAST_TYPE = 8.0
"""Points of the smallest letters that a paper or slide may have."""
_TYPES = (8.0, 8.5, 9.0, 10.0, 11.0)
"""Points that are tried, in turn as long as they fit."""
_IN_ROW, _FEW_IN_ROW = (None, 6, 4), (3, 2)
"""Numbers of boxes beside each other that are tried; few of them where no other arrangement fits."""


@dataclass(frozen=True)
class Room:
    """What a map has to fit in: points of a paper or slide, and how slim the letters there are."""

    width: float
    height: float
    slim: float = 1.0
    gutter: float = NARROW_GUTTER
    """Units of a drawing at the left for the names of the bands."""


@dataclass(frozen=True)
class Fitted:
    """A map that fits its room."""

    drawing: MapDrawing
    type_size: float
    """Points of its smallest letters."""
    scale: float
    """Points of a unit of the drawing."""


def fit(
    strategy: Strategy,
    room: Room,
    foot: Callable[[MapDrawing], float],
    chips: Chips = NO_CHIPS,
    *,
    is_part: bool = False,
) -> Fitted | None:
    """Return the map with the largest letters that fit, chips first; None where they would be too small.

    ``foot`` tells how high a drawing is with what stands below it.
    """
    height = room.height * FONT_SIZE / LEAST_TYPE
    # What does not fit in the smallest geometry fits in no other; chips and air come where there is room.
    plans: tuple[MapPlan, ...] = ()
    for numbers in (_IN_ROW, _FEW_IN_ROW):
        tried = _plans(strategy, numbers, height, is_part=is_part)
        plans = plans or tuple(
            plan for plan in tried if _fitted(plan, room, foot, LEAST_TYPE, NO_CHIPS, is_tight=True)
        )
    for told in (chips, NO_CHIPS) if chips else (NO_CHIPS,):
        for is_tight in (False, True):
            # The usual arrangement before others, so that the map looks alike wherever it fits.
            for plan in plans:
                if found := list(_sizes(plan, room, foot, told, is_tight=is_tight)):
                    return found[-1]
    return None


def _plans(
    strategy: Strategy, numbers: Iterable[int | None], height: float, *, is_part: bool
) -> Iterator[MapPlan]:
    """Yield the arrangements that differ and whose rows could stand in this height."""
    seen = set()
    for in_row in numbers:
        rows = arrange(strategy, in_row, is_part=is_part).rows
        if rows not in seen and len(rows) * LEAST_ROW <= height:
            yield MapPlan(strategy, in_row, is_part=is_part)
        seen.add(rows)


def _sizes(
    plan: MapPlan, room: Room, foot: Callable[[MapDrawing], float], chips: Chips, *, is_tight: bool
) -> Iterator[Fitted]:
    """Yield what fits of one arrangement, with larger and larger letters."""
    for points in _TYPES:
        found = _fitted(plan, room, foot, points, chips, is_tight=is_tight)
        if found is None:
            return
        yield found


def _fitted(
    plan: MapPlan,
    room: Room,
    foot: Callable[[MapDrawing], float],
    points: float,
    chips: Chips,
    *,
    is_tight: bool,
) -> Fitted | None:
    """Return an arrangement with its smallest letters of so many points, None where it is too large."""
    scale = points / (CHIP_SIZE if chips else FONT_SIZE)
    drawing = plan.drawn(
        MapSize(room.width / scale, slim=room.slim, is_tight=is_tight, gutter=room.gutter), chips
    )
    fits = drawing.width * scale <= room.width + 0.5 and foot(drawing) * scale <= room.height
    return Fitted(drawing, points, scale) if fits else None


def squeezed(
    strategy: Strategy, room: Room, foot: Callable[[MapDrawing], float], *, is_part: bool = False
) -> Fitted:
    """Return a map as large as it goes where no letters that can be read fit."""
    size = MapSize(
        width=room.width * FONT_SIZE / LEAST_TYPE, slim=room.slim, is_tight=True, gutter=room.gutter
    )
    drawing = MapPlan(strategy, None, is_part=is_part).drawn(size)
    scale = min(room.width / drawing.width, room.height / foot(drawing))
    return Fitted(drawing, FONT_SIZE * scale, scale)
