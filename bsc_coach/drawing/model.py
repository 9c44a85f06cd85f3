"""Data classes of a drawn map: boxes, frames, bands and routes. Lengths are points from the top left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bsc_coach.strategy.model import ClusterId, Horizon
from bsc_coach.strategy.points import PERSPECTIVES, Perspective

BANDS: tuple[Perspective, ...] = tuple(reversed(PERSPECTIVES))
"""From top to bottom: causes stand below their effects."""
Confidence = Literal["low", "medium", "high"]
LinkKind = Literal["drives", "enables", "holds_back"]
Point = tuple[float, float]


@dataclass(frozen=True)
class Area:
    """A rectangle: its left top corner, its width and its height."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.y + self.height

    def holds(self, other: Area) -> bool:
        """Whether ``other`` lies inside."""
        across = self.x <= other.x and other.right <= self.right
        return across and self.y <= other.y and other.bottom <= self.bottom

    def meets(self, other: Area) -> bool:
        """Whether both share some surface."""
        across = self.x < other.right and other.x < self.right
        return across and self.y < other.bottom and other.y < self.bottom


NARROW_GUTTER = 42.0


@dataclass(frozen=True)
class MapSize:
    """The geometry of a map: what it is laid out for."""

    width: float = 1240.0
    """What boxes shrink for; a map with more of them beside each other than fit is wider."""
    in_row: int | None = None
    """How many boxes stand beside each other at most; None for as many as a screen shows."""
    slim: float = 1.0
    """How much narrower its letters are than those of the widest of the usual fonts."""
    is_tight: bool = False
    """Whether rows stand close together."""
    gutter: float = NARROW_GUTTER
    """Room at the left for the names of the bands: narrow for turned ones."""


@dataclass(frozen=True)
class BoxContent:
    """What is to be drawn as a box: a point of the strategy."""

    id: str
    title: str
    band: Perspective
    cluster: ClusterId | None = None
    horizon: Horizon | None = None
    chips: tuple[str, ...] = ()
    """What is told below the title, a line each: of a KPI, of an owner."""


@dataclass(frozen=True)
class Box:
    """A point of the map, with its text in lines that fit."""

    entry: BoxContent
    area: Area
    lines: tuple[str, ...]
    chips: tuple[tuple[str, ...], ...] = ()
    """Its chips in lines that fit."""


@dataclass(frozen=True)
class Frame:
    """One of the four clusters of the process band, or the place of what stands in none of them."""

    cluster: ClusterId | None
    area: Area
    inside: Area
    """Where its uppermost boxes stand: in an empty frame, room for words that no link runs across."""
    empty_because: str = ""
    """Why it was left empty, said as the map says it."""


@dataclass(frozen=True)
class Band:
    """One perspective."""

    id: Perspective
    area: Area
    inside: Area
    """Its uppermost row; in an empty band, room for words."""


@dataclass(frozen=True)
class Route:
    """A link: from the cause through its own lanes to the effect.

    It leaves the upper edge of its cause and enters the lower edge of its effect, the other way round
    where the effect stands lower.
    """

    link: str
    cause: str
    effect: str
    points: tuple[Point, ...]
    """The corners, in turn above and beside each other."""
    confidence: Confidence | None = None
    kind: LinkKind = "drives"


@dataclass(frozen=True)
class LeftOut:
    """A link that is not drawn, and why: told beside the map."""

    link: str
    cause: str
    effect: str
    reason: Literal["open", "itself", "missing", "twice"]
    """An end is not filled in; both are the same; one is not on the map; another link says the same."""


@dataclass(frozen=True)
class MapDrawing:
    """The whole map."""

    width: float
    height: float
    bands: tuple[Band, ...]
    frames: tuple[Frame, ...]
    boxes: tuple[Box, ...]
    routes: tuple[Route, ...]
    left_out: tuple[LeftOut, ...] = ()
    slim: float = 1.0
    """How much narrower its letters are reckoned than those of the widest of the usual fonts."""
    gutter: float = NARROW_GUTTER
    """Room at the left of the bands for their names."""
