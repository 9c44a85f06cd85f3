"""Elbow arrows: the way of a link as connectors that office programs know, glued at both ends.

A preset elbow has two or four corners; a way with more of them is cut into several, which meet at small
joints. Geometry and adjustments are those of ECMA-376 (presetShapeDefinitions, bentConnector3 and 5): the
preset runs sideways, and our ways set out up or down, so it is turned by a quarter. Where a program draws
elbows on ways of its own, a way is cut at every corner instead.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bsc_coach.drawing.model import Area, Point

_UP, _DOWN = 16_200_000, 5_400_000
"""Quarters of a turn, in 60,000ths of a degree, that lead a preset upwards and downwards."""
_WHOLE = 100_000
MOST_CORNERS = 4
"""A preset has no more."""
_LEAST = 0.5
"""Points sideways at least: of less, nothing can be reckoned in parts."""


@dataclass(frozen=True)
class Elbow:
    """A preset connector: its kind, its rectangle before it is turned, and how it is turned and bent."""

    kind: str
    area: Area
    turn: int = 0
    mirrored: bool = False
    """Whether it is flipped from top to bottom, before it is turned."""
    backwards: bool = False
    """Whether it is flipped from left to right."""
    bends: tuple[int, ...] = ()
    """Its adjustments, in 100,000ths."""


def pieces_of(points: Sequence[Point], corners: int = MOST_CORNERS) -> Iterator[Sequence[Point]]:
    """Yield a way in pieces of at most so many corners each, nought or four.

    Straight pieces meet at the corners, bent ones in the middle of an upright stretch.
    """
    rest = list(points)
    while len(rest) - 2 > corners:
        (x, y), (_, to_y) = rest[corners], rest[corners + 1]
        if not corners:
            yield rest[:2]
            rest = rest[1:]
            continue
        joint = (x, (y + to_y) / 2)
        yield [*rest[: corners + 1], joint]
        rest = [joint, *rest[corners + 1 :]]
    yield rest


def elbow_of(points: Sequence[Point]) -> Elbow:
    """Return the connector for a piece: a straight one, or one of two or four corners that ends upright."""
    (x, y), (to_x, to_y) = points[0], points[-1]
    rises = to_y < y
    if len(points) == 2:
        area = Area(min(x, to_x), min(y, to_y), abs(to_x - x), abs(to_y - y))
        return Elbow("straightConnector1", area, mirrored=rises, backwards=to_x < x)
    along, across = abs(to_y - y), max(abs(to_x - x), _LEAST)
    middle_x, middle_y = (x + to_x) / 2, (y + to_y) / 2
    area = Area(middle_x - along / 2, middle_y - across / 2, along, across)
    aside = 1 if to_x >= x else -1
    first = round((y - points[1][1]) / (y - to_y) * _WHOLE)
    bends: tuple[int, ...] = (first,)
    if len(points) > 4:
        second = round((points[2][0] - x) * aside / across * _WHOLE)
        bends = (first, second, round((y - points[3][1]) / (y - to_y) * _WHOLE))
    # Turned to lead upwards, the preset goes to the right; turned downwards, to the left.
    mirrored = (aside < 0) if rises else (aside > 0)
    return Elbow(f"bentConnector{len(points) - 1}", area, _UP if rises else _DOWN, mirrored, bends=bends)
