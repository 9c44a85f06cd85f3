"""Render the strategy map as SVG: readable without colour, with a text alternative.

Plain SVG 1.1 without markers, styles or filters: typst and office programs draw it as browsers do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from bsc_coach.documents.brand import PLAIN, Brand
from bsc_coach.documents.map.chips import chips_of
from bsc_coach.documents.map.legend import legend_of
from bsc_coach.documents.map.style import (
    CHIP_FILL,
    CLUSTER_COLOURS,
    DASHES,
    FILLS,
    MARKS,
    TIP_FILLS,
    cap_of,
    colour_of,
)
from bsc_coach.documents.map.words import description, left_out_sentence, remarks_on, title_of
from bsc_coach.documents.templating.render import render
from bsc_coach.drawing.clear_space import quiet_x
from bsc_coach.drawing.labels import BOLD, FONT_SIZE, LINE_HEIGHT, lines_of, width_of
from bsc_coach.drawing.layout import draw
from bsc_coach.drawing.model import Area, Band, Box, Frame, LinkKind, MapDrawing, MapSize, Point, Route
from bsc_coach.drawing.placing import CHIP_GAP, CHIP_LINE, CHIP_SIZE, PADDING, chips_height
from bsc_coach.strategy.model import Strategy
from bsc_coach.strategy.notes import Notes
from bsc_coach.text import clean, one_line
from bsc_coach.words import say

TEMPLATE = "map/map.svg.j2"
NOTHING_TOLD = Notes()
MARGIN = 14.0
HEAD_SIZE = 13.0
SMALL_LINE = 16.0
MARK_STEP = 8.0
CORNER = 7.0
NO_BREAK_SPACE = "\u00a0"
SCREEN_FONTS = "'DejaVu Sans', Verdana, 'Segoe UI', Helvetica, Arial, sans-serif"
TIP_LENGTH, TIP_HALF = 10.0, 5.0


def render_svg(
    strategy: Strategy,
    notes: Notes = NOTHING_TOLD,
    brand: Brand = PLAIN,
    page: str | None = "strategy.html",
) -> str:
    """Render the strategy map as an SVG element for a screen, the same for the same strategy.

    Its boxes lead to where ``page`` tells more of them: a file beside it, or "" for the same page.
    """
    drawing = draw(strategy, MapSize(), chips_of(strategy))
    fonts = f"'{brand.font}', {SCREEN_FONTS}" if brand.font else SCREEN_FONTS
    return picture_of(strategy, drawing, page=page, fonts=fonts, notes=notes, accent=brand.accent)


def picture_of(
    strategy: Strategy,
    drawing: MapDrawing,
    *,
    page: str | None = None,
    fonts: str = SCREEN_FONTS,
    notes: Notes = NOTHING_TOLD,
    accent: str = "",
) -> str:
    """Return a drawing of the map of ``strategy`` as an SVG element, with what ``notes`` say of all of it.

    The colours of the map tell perspectives apart; ``accent`` is that of the headings below it. Its boxes
    link to their anchors on ``page``, "" for the page that it stands on; to nothing without one.
    """
    language = strategy.language
    boxes = {box.entry.id: box for box in drawing.boxes}
    reasons = {link.id: one_line(clean(link.because or "").text) for link in strategy.links}
    # What stands below the drawing, and then all of it from back to front.
    remarks = remarks_on(strategy, notes)
    legend, lines, height = foot_of(strategy, drawing, remarks)
    context: dict[str, Any] = {
        "language": language,
        "fonts": fonts,
        # A picture has no parts to a screen reader; what can be followed is one of them.
        "role": "img" if page is None else "group",
        "width": _number(drawing.width),
        "height": _number(height),
        "title": title_of(strategy, notes.theme),
        "description": " ".join((*remarks, description(strategy, drawing))),
        "accent": accent,
        "bands": [_band(drawing, band, strategy) for band in drawing.bands],
        "frames": [_frame(drawing, frame, strategy) for frame in drawing.frames],
        "links": [
            _link(one, colour_of(boxes[one.cause]), reasons.get(one.link, "")) for one in drawing.routes
        ],
        "boxes": [{**_box(box, drawing.slim), "href": _href(box, page)} for box in drawing.boxes],
        "chip_fill": CHIP_FILL,
        "legend": legend,
        "notes": lines,
    }
    return render(TEMPLATE, context)


def foot_of(
    strategy: Strategy, drawing: MapDrawing, remarks: Sequence[str] = ()
) -> tuple[list[Any], list[Any], float]:
    """Return the legend of a drawing, the lines of ``remarks`` and on links not drawn, and its height."""
    legend, below = legend_of(strategy.language, drawing)
    notes = [
        {"x": _number(MARGIN), "y": _number(below + (at + 1) * SMALL_LINE), "text": line}
        for at, line in enumerate((*_wrapped(remarks, drawing), *_notes(strategy, drawing)))
    ]
    return legend, notes, below + len(notes) * SMALL_LINE + (8 if notes else 0)


def _href(box: Box, page: str | None) -> str | None:
    """Return where a box leads; what has no title yet stands in no section."""
    return f"{page}#{box.entry.id}" if page is not None and box.entry.title else None


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _rectangle(area: Area) -> dict[str, str]:
    return {
        "x": _number(area.x),
        "y": _number(area.y),
        "width": _number(area.width),
        "height": _number(area.height),
    }


def _notes(strategy: Strategy, drawing: MapDrawing) -> Sequence[str]:
    """Return the lines under the map that say which links are not drawn."""
    told = left_out_sentence(strategy.language, drawing.left_out)
    return _wrapped((told,) if told else (), drawing)


def _wrapped(told: Iterable[str], drawing: MapDrawing) -> list[str]:
    wide = (drawing.width - 2 * MARGIN) * drawing.slim
    return [line for one in told for line in lines_of(one, wide, most=4)]


def _band(drawing: MapDrawing, band: Band, strategy: Strategy) -> dict[str, Any]:
    area, language = band.area, strategy.language
    title = strategy.names.band(band.id, language)
    # The name stands turned at the left, in two lines, on a ground that hides what passes under it.
    lines = lines_of(title, (area.height - 6) * drawing.slim, most=2, size=HEAD_SIZE * BOLD)
    first = area.x + 22 - (len(lines) - 1) * LINE_HEIGHT / 2
    longest = max(width_of(line, HEAD_SIZE * BOLD) for line in lines) / drawing.slim
    told: dict[str, Any] = {
        **_rectangle(area),
        "fill": FILLS[band.id],
        "lines": [
            {"x": _number(first + at * LINE_HEIGHT), "y": _number(area.y + area.height / 2), "text": line}
            for at, line in enumerate(lines)
        ],
        "ground": _rectangle(
            Area(
                first - LINE_HEIGHT,
                area.y + (area.height - longest) / 2,
                len(lines) * LINE_HEIGHT + 6,
                longest,
            )
        ),
        "nothing": None,
    }
    # An empty band says so, where no link runs across the words.
    if band.id != "process" and not any(box.entry.band == band.id for box in drawing.boxes):
        nothing = say("map.picture.nothing", language)
        room = Area(area.x + 52, band.inside.y, area.width - 60, band.inside.height)
        told["nothing"] = {
            "x": _number(quiet_x(drawing, room, width_of(nothing, FONT_SIZE))),
            "y": _number(band.inside.y + band.inside.height / 2 + 4),
            "text": nothing,
        }
    return told


def _frame(drawing: MapDrawing, frame: Frame, strategy: Strategy) -> dict[str, Any]:
    area, inside, language = frame.area, frame.inside, strategy.language
    title, place = name_of(drawing, frame, strategy)
    told: dict[str, Any] = {
        **_rectangle(area),
        "colour": CLUSTER_COLOURS[frame.cluster],
        "title": title,
        "title_x": _number(place.x + 3),
        "title_y": _number(area.y + 13),
        "ground": _rectangle(place),
        "reason": "",
        "lines": [],
    }
    if reason := reason_of(drawing, frame, language):
        lines = lines_of(reason, inside.width * drawing.slim, most=int(inside.height // SMALL_LINE))
        told["reason"] = reason
        told["lines"] = [
            {"x": _number(inside.x), "y": _number(inside.y + 12 + at * SMALL_LINE), "text": line}
            for at, line in enumerate(lines)
        ]
    return told


def name_of(drawing: MapDrawing, frame: Frame, strategy: Strategy) -> tuple[str, Area]:
    """Return what a frame is called, and where that stands so that as few links as can be pass under it."""
    area, inside = frame.area, frame.inside
    whole = strategy.names.cluster(frame.cluster, strategy.language)
    (title,) = lines_of(whole, inside.width * drawing.slim / BOLD, most=1)
    wide = width_of(title, HEAD_SIZE * BOLD) / drawing.slim
    x = quiet_x(drawing, Area(inside.x, area.y, inside.width, inside.y - area.y), wide)
    return title, Area(x - 3, area.y + 2, wide + 4, HEAD_SIZE + 1)


def reason_of(drawing: MapDrawing, frame: Frame, language: str) -> str:
    """Return why nothing stands in a frame; nothing where something does."""
    if any(box.entry.cluster == frame.cluster for box in drawing.boxes):
        return ""
    return frame.empty_because or say("map.picture.nothing", language)


def _link(route: Route, colour: str, because: str) -> dict[str, str]:
    told = f"{route.cause} → {route.effect}"
    return {
        "told": f"{told} – {because}" if because else told,
        "path": path_of(route.points),
        "tip": tip_of(route.points, route.kind),
        "tip_fill": TIP_FILLS[route.kind] or colour,
        "colour": colour,
        "dash": DASHES[route.confidence or "high"],
        "cap": cap_of(route.confidence),
    }


def path_of(points: Sequence[Point]) -> str:
    """Return the way of a link as SVG path data: round its corners, and up to where its tip begins."""
    x, y = points[0]
    parts = [f"M{_number(x)} {_number(y)}"]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        round_by = min(CORNER, _distance(before, corner) / 2, _distance(corner, after) / 2)
        x, y = _towards(corner, before, round_by)
        to_x, to_y = _towards(corner, after, round_by)
        parts.append(f"L{_number(x)} {_number(y)}")
        parts.append(f"Q{_number(corner[0])} {_number(corner[1])} {_number(to_x)} {_number(to_y)}")
    x, y = _towards(points[-1], points[-2], TIP_LENGTH - 1)
    return " ".join([*parts, f"L{_number(x)} {_number(y)}"])


def _distance(one: Point, other: Point) -> float:
    """Return how far apart two points are that stand beside or above each other."""
    return abs(one[0] - other[0]) + abs(one[1] - other[1])


def _towards(start: Point, end: Point, length: float) -> Point:
    part = length / (_distance(start, end) or 1.0)
    return start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part


def tip_of(points: Sequence[Point], kind: LinkKind = "drives") -> str:
    """Return the end of a link: a full tip, an open one, or a ball where it holds back."""
    x, y = points[-1]
    back = TIP_LENGTH if points[-2][1] > y else -TIP_LENGTH
    if kind == "holds_back":
        half = _number(TIP_HALF)
        start = f"M{_number(x - TIP_HALF)} {_number(y + back / 2)}"
        return f"{start} a{half} {half} 0 1 0 {2 * TIP_HALF:g} 0 a{half} {half} 0 1 0 {-2 * TIP_HALF:g} 0 z"
    if kind == "enables":
        left, right, foot = _number(x - TIP_HALF), _number(x + TIP_HALF), _number(y + back)
        return f"M{_number(x)} {foot} V{_number(y)} M{left} {foot} L{_number(x)} {_number(y)} L{right} {foot}"
    return f"M{_number(x)} {_number(y)} l{_number(-TIP_HALF)} {_number(back)} h{_number(2 * TIP_HALF)} z"


def _box(box: Box, slim: float) -> dict[str, Any]:
    area, entry = box.area, box.entry
    room = area.height - MARK_STEP - chips_height(box.chips)
    above = PADDING - 2 if box.chips else (room - len(box.lines) * LINE_HEIGHT) / 2
    first = area.y + above + LINE_HEIGHT * 0.8
    lines = []
    for at, line in enumerate(box.lines):
        starts = at == 0 and line.startswith(entry.id)
        # Office programs drop a blank that an element begins with.
        rest = line.removeprefix(entry.id).replace(" ", NO_BREAK_SPACE, 1) if starts else line
        lines.append({"y": _number(first + at * LINE_HEIGHT), "id": entry.id if starts else "", "text": rest})
    count = MARKS[entry.horizon] if entry.horizon else 0
    return {
        **_rectangle(area),
        "told": "; ".join((f"{entry.id} {entry.title}".strip(), *entry.chips)),
        "colour": colour_of(box),
        "text_x": _number(area.x + PADDING),
        "lines": lines,
        "chips": list(_chips(box, slim)),
        "marks": [_number(area.right - 9 - at * MARK_STEP) for at in range(count)],
        "mark_y": _number(area.bottom - 7),
    }


def _chips(box: Box, slim: float) -> Iterator[dict[str, Any]]:
    """Yield the chips of a box, at its foot: a plate each, with its lines."""
    area = box.area
    top = area.bottom - chips_height(box.chips) - 3
    for lines in box.chips:
        wide = max(width_of(line, CHIP_SIZE) for line in lines) / slim + 8
        plate = Area(
            area.x + PADDING - 3, top, min(wide, area.width - 2 * PADDING + 6), len(lines) * CHIP_LINE + 1
        )
        yield {
            **_rectangle(plate),
            "text_x": _number(area.x + PADDING + 1),
            "lines": [
                {"y": _number(top + at * CHIP_LINE + 11.5), "text": line} for at, line in enumerate(lines)
            ],
        }
        top += len(lines) * CHIP_LINE + CHIP_GAP
