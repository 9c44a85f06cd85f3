"""The strategy map as shapes and arrows that a person can move, for whatever office program shows them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from bsc_coach.documents.map.style import (
    BAND_COLOURS,
    CLUSTER_COLOURS,
    EDGE,
    FILLS,
    INK,
    MARKS,
    colour_of,
)
from bsc_coach.documents.map.words import left_out_sentence
from bsc_coach.documents.office.map_fit import BRIM, GUTTER, INSET, Places, fit
from bsc_coach.documents.office.text_metrics import LINE, lines_in, width_in
from bsc_coach.drawing.model import Area, Band, Box, Confidence, Frame, MapDrawing, Point, Route
from bsc_coach.strategy.model import Strategy
from bsc_coach.text import one_line
from bsc_coach.words import say

Side = Literal["top", "left", "bottom", "right"]
SIDES: tuple[Side, ...] = ("top", "left", "bottom", "right")
"""The places of a rectangle where an arrow can be glued, in the order in which office formats count them."""
_DASHES: Mapping[Confidence, str] = {"high": "solid", "medium": "dash", "low": "sysDot"}
_SAMPLES: Mapping[Confidence, str] = {"high": "——", "medium": "– –", "low": "·····"}
_LEGEND_HEIGHT = 16.0
_SMALL = 8.0
DOT = "•"
_NAME_SIZE = 9.0
_BOLD = 1.25
"""Bold letters are wider, and a name that breaks is worse than one with some room behind it."""


@dataclass(frozen=True)
class Run:
    """Some text in one look; the colour as in "#333b49"."""

    text: str
    colour: str = INK
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True)
class Shape:
    """A rectangle with text."""

    name: str
    """Tells it apart, also in the list of shapes that an office program shows."""
    area: Area
    told: str
    """What whoever does not see it is told."""
    paragraphs: tuple[tuple[Run, ...], ...] = ()
    size: float = _SMALL
    """Font size in points."""
    rounded: bool = False
    fill: str | None = None
    edge: str | None = None
    reach: float | None = None
    """How wide its text may run, where that is less than the shape."""
    look: Literal["top", "middle"] = "middle"
    """Where the text stands."""


@dataclass(frozen=True)
class ArrowShape:
    """A link: an arrow between two shapes, glued to their edges."""

    name: str
    told: str
    cause: str
    """Name of the shape it comes from."""
    effect: str
    leaves: Side
    enters: Side
    start: Point
    end: Point
    colour: str
    dash: str
    """As office formats call it."""


@dataclass(frozen=True)
class MapShapes:
    """All that the map is made of, from what lies at the back to what lies in front."""

    ground: tuple[Shape, ...]
    """Bands and frames."""
    arrows: tuple[ArrowShape, ...]
    names: tuple[Shape, ...]
    """What the frames are called: in front of the arrows, so that none crosses a name out."""
    boxes: tuple[Shape, ...]
    legend: tuple[Shape, ...]
    is_cut: bool
    """Whether a title did not fit its box, even in the smallest font."""


def shapes_of(strategy: Strategy, drawing: MapDrawing, room: Area) -> MapShapes:
    """Return the map of ``strategy``, as ``drawing`` arranges it, in ``room`` (points), its legend below."""
    language = strategy.language
    places = fit(drawing, Area(room.x, room.y, room.width, room.height - _LEGEND_HEIGHT))
    fitted = places.drawing
    areas = {box.entry.id: box.area for box in fitted.boxes}
    colours = {box.entry.id: colour_of(box) for box in fitted.boxes}
    reasons = {link.id: one_line(link.because or "") for link in strategy.links}
    return MapShapes(
        ground=(
            *(_band(band, strategy) for band in fitted.bands),
            *(_frame(frame, strategy) for frame in fitted.frames),
        ),
        arrows=tuple(
            _arrow(one, areas, colours[one.cause], reasons.get(one.link, ""), language)
            for one in fitted.routes
        ),
        names=tuple(_name(frame, strategy) for frame in fitted.frames),
        boxes=tuple(_box(box, places) for box in fitted.boxes),
        legend=tuple(_legend(drawing, room, language)),
        is_cut=any(places.labels[box.entry.id] != box.entry.title for box in fitted.boxes),
    )


def _band(band: Band, strategy: Strategy) -> Shape:
    title = strategy.names.band(band.id, strategy.language)
    return Shape(
        title, band.area, title, ((Run(title, BAND_COLOURS[band.id], bold=True),),),
        fill=FILLS[band.id], edge=EDGE, reach=GUTTER,
    )  # fmt: skip


def _frame(frame: Frame, strategy: Strategy) -> Shape:
    title = strategy.names.cluster(frame.cluster, strategy.language)
    return Shape(title, frame.area, title, fill="#ffffff", edge=CLUSTER_COLOURS[frame.cluster])


def _name(frame: Frame, strategy: Strategy) -> Shape:
    """Return the name of a cluster, and why it is empty, as large as the text so that it covers no more."""
    title = strategy.names.cluster(frame.cluster, strategy.language)
    area, told = frame.area, title
    room = area.width - 2 * INSET
    lines = lines_in(title, room, _NAME_SIZE)
    width = min(width_in(title, _NAME_SIZE) * _BOLD, room)
    paragraphs: tuple[tuple[Run, ...], ...] = ((Run(title, CLUSTER_COLOURS[frame.cluster], bold=True),),)
    if frame.empty_because:
        reason = frame.empty_because
        most = max(int((area.height - 2 * BRIM) / (_NAME_SIZE * LINE)) - len(lines), 1)
        cut = lines_in(reason, room, _NAME_SIZE, most=most)
        paragraphs += ((Run(" ".join(cut), italic=True),),)
        told, width, lines = f"{title}: {reason}", room, (*lines, *cut)
    height = len(lines) * _NAME_SIZE * LINE + 2 * BRIM
    return Shape(
        title, Area(area.x + 1, area.y + 1, width + 2 * INSET - 2, height), told, paragraphs,
        size=_NAME_SIZE, fill="#ffffff", look="top",
    )  # fmt: skip


def _box(box: Box, places: Places) -> Shape:
    entry, colour = box.entry, colour_of(box)
    runs = [Run(entry.id, colour, bold=True), Run(f" {places.labels[entry.id]}".rstrip())]
    if entry.horizon:
        runs.append(Run(f" {DOT * MARKS[entry.horizon]}", colour, bold=True))
    return Shape(
        entry.id, box.area, f"{entry.id} {entry.title}".strip(), (tuple(runs),),
        size=places.sizes[entry.id], rounded=True, fill="#ffffff", edge=colour,
    )  # fmt: skip


def _arrow(one: Route, areas: Mapping[str, Area], colour: str, because: str, language: str) -> ArrowShape:
    cause, effect = areas[one.cause], areas[one.effect]
    leaves, enters = _sides(cause, effect)
    key = "office.map.link_because" if because else "office.map.link"
    told = say(key, language, cause=one.cause, effect=one.effect, because=because)
    return ArrowShape(
        f"{one.cause} → {one.effect}", told, one.cause, one.effect, leaves, enters,
        _at(cause, leaves), _at(effect, enters), colour, _DASHES[one.confidence or "high"],
    )  # fmt: skip


def _sides(cause: Area, effect: Area) -> tuple[Side, Side]:
    """Return where an arrow leaves its cause and enters its effect: upwards unless they lie otherwise."""
    if effect.bottom <= cause.y:
        return "top", "bottom"
    if cause.bottom <= effect.y:
        return "bottom", "top"
    return ("right", "left") if cause.x < effect.x else ("left", "right")


def _at(area: Area, side: Side) -> Point:
    """Return the middle of one side."""
    middle, centre = area.x + area.width / 2, area.y + area.height / 2
    return {
        "top": (middle, area.y),
        "bottom": (middle, area.bottom),
        "left": (area.x, centre),
        "right": (area.right, centre),
    }[side]


def _legend(drawing: MapDrawing, room: Area, language: str) -> Iterator[Shape]:
    """Yield what the marks and the lines mean, and which links are not drawn."""
    runs = [Run(f"{say('map.legend.horizon', language)}  ", bold=True)]
    for horizon, mark in MARKS.items():
        runs.append(Run(f"{DOT * mark} {say(f'document.choice.horizon.{horizon}', language)}    "))
    runs.append(Run(f"{say('map.legend.confidence', language)}  ", bold=True))
    for confidence, sample in _SAMPLES.items():
        runs.append(Run(f"{sample} {say(f'document.choice.confidence.{confidence}', language)}    "))
    if drawing.left_out:
        runs.append(Run(left_out_sentence(language, drawing.left_out), italic=True))
    told = "".join(run.text for run in runs).strip()
    area = Area(room.x + GUTTER, room.bottom - _LEGEND_HEIGHT, room.width - GUTTER, _LEGEND_HEIGHT)
    yield Shape("legend", area, told, (tuple(runs),))
