"""The strategy map as shapes and arrows that a person can move, for whatever office program shows them.

They stand where the picture has them, arrows on the picture's own ways and glued to the boxes at both ends.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from bsc_coach.documents.map.legend import words_of_lines
from bsc_coach.documents.map.parts import MapPart
from bsc_coach.documents.map.style import (
    BAND_COLOURS,
    CLUSTER_COLOURS,
    EDGE,
    FILLS,
    INK,
    MARKS,
    colour_of,
)
from bsc_coach.documents.map.svg import foot_of, name_of, reason_of
from bsc_coach.documents.map.words import left_out_sentence
from bsc_coach.documents.office.elbows import MOST_CORNERS, Elbow, elbow_of, pieces_of
from bsc_coach.drawing.fitting import Room
from bsc_coach.drawing.labels import BOLD, FONT_SIZE, lines_of
from bsc_coach.drawing.model import Area, Band, Box, Confidence, Frame, LinkKind, MapDrawing, Point, Route
from bsc_coach.drawing.placing import CHIP_SIZE
from bsc_coach.strategy.model import Strategy
from bsc_coach.text import one_line
from bsc_coach.words import say

SLIM = 1.12
"""Arial, and there is one of its width on every system, is narrower than what the drawing reckons with."""
GUTTER = 92.0
"""Units at the left of a band for its name, which no program has to turn then."""
DOT = "•"
INSET, BRIM = 3.0, 0.5
"""Between text and the edges of its shape."""
_DASHES: Mapping[Confidence, str] = {"high": "solid", "medium": "dash", "low": "sysDot"}
_TIPS: Mapping[LinkKind, str] = {"drives": "triangle", "enables": "arrow", "holds_back": "oval"}
_SAMPLES: Mapping[Confidence, str] = {"high": "——", "medium": "– –", "low": "·····"}
_KINDS: Mapping[LinkKind, str] = {"drives": "—▶", "enables": "—>", "holds_back": "—●"}
_TOP, _LEFT, _BOTTOM, _RIGHT = range(4)
"""Numbers of the middles of the edges among the places where an arrow can be glued."""
_OWN_SITES = 4
"""So many every box has: the middles of its edges."""
_JOINT = 1.25
"""How large the joint of a way in several pieces is: as wide as the arrow."""


@dataclass(frozen=True)
class Run:
    """Some text in one look; the colour as in "#333b49"."""

    text: str
    colour: str = INK
    bold: bool = False
    italic: bool = False
    breaks: bool = False
    """Whether a new line begins behind it."""


@dataclass(frozen=True)
class Shape:
    """A rectangle with text."""

    name: str
    """Tells it apart, also in the list of shapes that an office program shows."""
    area: Area
    told: str
    """What whoever does not see it is told."""
    paragraphs: tuple[tuple[Run, ...], ...] = ()
    size: float = 8.0
    """Font size in points."""
    sites: tuple[Point, ...] | None = None
    """Of a box, where arrows are glued beside the middles of its edges, from its left upper corner."""
    fill: str | None = None
    edge: str | None = None
    look: Literal["top", "middle"] = "middle"
    """Where the text stands."""


@dataclass(frozen=True)
class ArrowShape:
    """A link, or a piece of one: an arrow between two shapes, glued to them."""

    name: str
    told: str
    cause: str
    """Name of the shape it comes from."""
    effect: str
    leaves: int
    """The number of the place where it is glued, the middles of the edges first."""
    enters: int
    elbow: Elbow
    colour: str
    dash: str
    """As office formats call it."""
    tip: str = ""


@dataclass(frozen=True)
class MapShapes:
    """All that the map is made of, from what lies at the back to what lies in front."""

    ground: tuple[Shape, ...]
    """Bands and frames."""
    boxes: tuple[Shape, ...]
    joints: tuple[Shape, ...]
    """Where the pieces of a way with many corners meet."""
    arrows: tuple[ArrowShape, ...]
    names: tuple[Shape, ...]
    """What bands and frames are called: in front of the arrows, so that none crosses a name out."""
    legend: tuple[Shape, ...]


def room_in(width: float, height: float) -> Room:
    """Return the room of a map of so many points in an office file."""
    return Room(width, height, SLIM, GUTTER)


class _Scale:
    """The drawing in points of the slide or page, in the middle of its room."""

    def __init__(self, page: MapPart, room: Area) -> None:
        self.scale = page.fitted.scale
        self.x = room.x + (room.width - page.fitted.drawing.width * self.scale) / 2
        self.y = room.y

    def area(self, area: Area) -> Area:
        """Return where an area stands."""
        x, y = self.point((area.x, area.y))
        return Area(x, y, area.width * self.scale, area.height * self.scale)

    def point(self, point: Point) -> Point:
        """Return where a point stands."""
        return self.x + point[0] * self.scale, self.y + point[1] * self.scale

    def size(self, units: float) -> float:
        """Return a font size, in tenths of points and never less than what was fitted."""
        return round(units * self.scale, 1)


def shapes_of(page: MapPart, room: Area, corners: int = MOST_CORNERS) -> MapShapes:
    """Return a page of the map in ``room`` (points), its legend below.

    ``corners`` is how many of them an arrow may have before it is cut into pieces.
    """
    strategy, drawing = page.strategy, page.fitted.drawing
    scale = _Scale(page, room)
    # Where links meet the boxes, and their ways in pieces; then all shapes, from the back to the front.
    sites = _sites(drawing, scale)
    pieces = [
        (one, list(pieces_of([scale.point(point) for point in one.points], corners)))
        for one in drawing.routes
    ]
    colours = {box.entry.id: colour_of(box) for box in drawing.boxes}
    reasons = {link.id: one_line(link.because or "") for link in strategy.links}
    return MapShapes(
        ground=(
            *(_band(band, strategy, scale) for band in drawing.bands),
            *(_frame(frame, strategy, scale) for frame in drawing.frames),
        ),
        boxes=tuple(_box(box, sites[box.entry.id], scale) for box in drawing.boxes),
        joints=tuple(
            _joint(one, at, piece[-1], colours[one.cause], strategy.language)
            for one, found in pieces
            for at, piece in enumerate(found[:-1])
        ),
        arrows=tuple(
            arrow
            for one, found in pieces
            for arrow in _arrows(
                one,
                found,
                (
                    _OWN_SITES + sites[one.cause].index(found[0][0]),
                    _OWN_SITES + sites[one.effect].index(found[-1][-1]),
                ),
                colours[one.cause],
                _told(one, reasons.get(one.link, ""), strategy.language),
            )
        ),
        names=(
            *(_band_name(band, drawing, strategy, scale) for band in drawing.bands),
            *(name for frame in drawing.frames for name in _names(drawing, frame, strategy, scale)),
        ),
        legend=(_legend(page, room, scale),),
    )


def _sites(drawing: MapDrawing, scale: _Scale) -> dict[str, list[Point]]:
    """Return where links begin and end on each box."""
    found: dict[str, list[Point]] = {box.entry.id: [] for box in drawing.boxes}
    for route in drawing.routes:
        for name, point in ((route.cause, route.points[0]), (route.effect, route.points[-1])):
            if (site := scale.point(point)) not in found[name]:
                found[name].append(site)
    return found


def _band(band: Band, strategy: Strategy, scale: _Scale) -> Shape:
    title = strategy.names.band(band.id, strategy.language)
    return Shape(f"{title}: {band.id}", scale.area(band.area), title, fill=FILLS[band.id], edge=EDGE)


def _band_name(band: Band, drawing: MapDrawing, strategy: Strategy, scale: _Scale) -> Shape:
    """Return the name of a band, in the room at its left, hyphenated as the picture's words are."""
    title, area = strategy.names.band(band.id, strategy.language), band.area
    lines = lines_of(title, (drawing.gutter - 2 * INSET / scale.scale) * drawing.slim / BOLD, most=4)
    runs = tuple(
        Run(line, BAND_COLOURS[band.id], bold=True, breaks=at + 1 < len(lines))
        for at, line in enumerate(lines)
    )
    place = scale.area(Area(area.x, area.y, drawing.gutter, area.height))
    return Shape(title, place, title, (runs,), size=scale.size(FONT_SIZE))


def _frame(frame: Frame, strategy: Strategy, scale: _Scale) -> Shape:
    title = strategy.names.cluster(frame.cluster, strategy.language)
    name = f"{title}: {frame.cluster or '–'}"
    return Shape(name, scale.area(frame.area), title, fill="#ffffff", edge=CLUSTER_COLOURS[frame.cluster])


def _names(drawing: MapDrawing, frame: Frame, strategy: Strategy, scale: _Scale) -> Iterator[Shape]:
    """Yield the name of a cluster, as large as the text so that it covers no more, and why it is empty."""
    title, place = name_of(drawing, frame, strategy)
    size = scale.size(FONT_SIZE)
    whole = strategy.names.cluster(frame.cluster, strategy.language)
    area = scale.area(place)
    yield Shape(
        whole, Area(area.x, area.y, area.width + 2 * INSET, area.height), whole,
        ((Run(title, CLUSTER_COLOURS[frame.cluster], bold=True),),), size=size, fill="#ffffff",
    )  # fmt: skip
    if reason := reason_of(drawing, frame, strategy.language):
        told = f"{whole}: {reason}"
        inside = scale.area(frame.inside)
        yield Shape(told, inside, told, ((Run(reason, italic=True),),), size=size, look="top")


def _box(box: Box, sites: Sequence[Point], scale: _Scale) -> Shape:
    entry, colour, area = box.entry, colour_of(box), scale.area(box.area)
    marks = [Run(f" {DOT * MARKS[entry.horizon]}", colour, bold=True)] if entry.horizon else []
    chips = [Run(" ".join(lines)) for lines in box.chips]
    # The mark of the horizon ends the last line, as it stands there in the picture.
    title = [Run(entry.id, colour, bold=True), *_title(box)]
    paragraphs = [title, *([chip] for chip in chips)]
    paragraphs[-1] += marks
    told = "; ".join((f"{entry.id} {entry.title}".strip(), *entry.chips))
    return Shape(
        entry.id, area, told, tuple(tuple(runs) for runs in paragraphs),
        size=scale.size(CHIP_SIZE if chips else FONT_SIZE),
        sites=tuple((x - area.x, y - area.y) for x, y in sites), fill="#ffffff", edge=colour,
    )  # fmt: skip


def _title(box: Box) -> Iterator[Run]:
    """Yield the title as the picture has it: a line ends where a word is broken, with its hyphen."""
    text, words = " ", box.entry.title.split()
    for at, line in enumerate(box.lines):
        rest = line.removeprefix(box.entry.id).strip() if at == 0 else line
        text += rest
        if rest.endswith("-") and at + 1 < len(box.lines) and rest.split()[-1] not in words:
            yield Run(text, breaks=True)
            text = ""
        else:
            text += " "
    if text.strip():
        yield Run(text.rstrip())


def _joint(one: Route, at: int, point: Point, colour: str, language: str) -> Shape:
    half = _JOINT / 2
    told = say("office.map.joint", language, cause=one.cause, effect=one.effect)
    area = Area(point[0] - half, point[1] - half, _JOINT, _JOINT)
    return Shape(_joint_name(one, at), area, told, fill=colour)


def _joint_name(one: Route, at: int) -> str:
    return f"{one.cause} → {one.effect} ({at + 1})"


def _told(one: Route, because: str, language: str) -> str:
    key = "office.map.link_because" if because else "office.map.link"
    return say(key, language, cause=one.cause, effect=one.effect, because=because)


def _arrows(
    one: Route,
    pieces: Sequence[Sequence[Point]],
    ends: tuple[int, int],
    colour: str,
    told: str,
) -> Iterator[ArrowShape]:
    """Yield a link as one arrow, or in pieces from joint to joint."""
    leaves, enters = ends
    for at, piece in enumerate(pieces):
        is_last = at + 1 == len(pieces)
        yield ArrowShape(
            f"{one.cause} → {one.effect}" + (f" [{at + 1}]" if len(pieces) > 1 else ""),
            told,
            _joint_name(one, at - 1) if at else one.cause,
            one.effect if is_last else _joint_name(one, at),
            _side(piece[0], piece[1]) if at else leaves,
            enters if is_last else _side(piece[-1], piece[-2]),
            elbow_of(piece),
            colour,
            _DASHES[one.confidence or "high"],
            _TIPS[one.kind] if is_last else "",
        )


def _side(joint: Point, next_to: Point) -> int:
    """Return at which side of a joint an arrow is glued that comes from or goes to a point beside it."""
    (x, y), (to_x, to_y) = joint, next_to
    if x == to_x:
        return _TOP if to_y < y else _BOTTOM
    return _LEFT if to_x < x else _RIGHT


def _legend(page: MapPart, room: Area, scale: _Scale) -> Shape:
    """Return what the marks and the lines mean, and which links are not drawn."""
    drawing, language = page.fitted.drawing, page.strategy.language
    lines = words_of_lines(language, drawing)
    runs = [Run(f"{say('map.legend.horizon', language)}  ", bold=True)]
    for horizon, mark in MARKS.items():
        runs.append(Run(f"{DOT * mark} {say(f'document.choice.horizon.{horizon}', language)}    "))
    runs += [Run(f"{say('map.legend.confidence', language)}  ", bold=True)] if lines else []
    runs += [Run(f"{_SAMPLES[confidence]} {words}    ") for confidence, words in lines.items()]
    if {route.kind for route in drawing.routes} - {"drives"}:
        runs.append(Run(f"{say('map.legend.kind', language)}  ", bold=True))
        for kind, sample in _KINDS.items():
            runs.append(Run(f"{sample} {say(f'document.choice.link_kind.{kind}', language)}    "))
    paragraphs = [tuple(runs)]
    if drawing.left_out:
        paragraphs.append((Run(left_out_sentence(language, drawing.left_out), italic=True),))
    told = " ".join("".join(run.text for run in one).strip() for one in paragraphs)
    height = (foot_of(page.strategy, drawing)[2] - drawing.height) * scale.scale
    area = Area(room.x, scale.y + drawing.height * scale.scale, room.width, height)
    return Shape("legend", area, told, tuple(paragraphs), size=scale.size(FONT_SIZE), look="top")
