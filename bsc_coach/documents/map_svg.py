"""The strategy map as SVG: readable without colour, and told in words for whoever does not see it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bsc_coach.documents.map_colours import BANDS, CLUSTERS, FILLS, colour_of
from bsc_coach.documents.render import render
from bsc_coach.drawing.labels import LINE_HEIGHT, lines_of, width_of
from bsc_coach.drawing.layout import draw
from bsc_coach.drawing.model import Box, Confidence, Frame, MapDrawing, Point, Route
from bsc_coach.drawing.placing import FRAME_HEAD, PADDING
from bsc_coach.strategy.model import Horizon, Strategy
from bsc_coach.text import one_line
from bsc_coach.words import say

TEMPLATE = "map/map.svg.j2"
MARKS: Mapping[Horizon, str] = {"short": "•", "medium": "••", "long": "•••"}
DASHES: Mapping[Confidence, str] = {"low": "1 5", "medium": "8 5", "high": ""}
LEGEND_HEIGHT = 34.0
_LINE = 44.0


def render_svg(strategy: Strategy) -> str:
    """Return the strategy map as an SVG element, the same for the same strategy."""
    drawing = draw(strategy)
    language = strategy.language
    colours = sorted({*CLUSTERS.values(), *BANDS.values()})
    context: dict[str, Any] = {
        "language": language,
        "width": _number(drawing.width),
        "height": _number(drawing.height + LEGEND_HEIGHT),
        "title": picture_title(strategy),
        "description": picture_told(strategy, drawing),
        "colours": colours,
        "bands": [_band(drawing, at, language) for at in range(len(drawing.bands))],
        "frames": [_frame(frame, language) for frame in drawing.frames],
        "links": [_link(drawing, one, strategy, colours) for one in drawing.routes],
        "boxes": [_box(box) for box in drawing.boxes],
        "legend": list(_legend(drawing, language)),
    }
    return render(TEMPLATE, context)


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def picture_title(strategy: Strategy) -> str:
    """Return what the picture is called."""
    name = one_line(strategy.organisation.name or "")
    return say("map.picture.title" if name else "map.picture.title_bare", strategy.language, name=name)


def picture_told(strategy: Strategy, drawing: MapDrawing) -> str:
    """Return the map in words, for whoever does not see it."""
    return " ".join(_sentences(strategy, drawing))


def _sentences(strategy: Strategy, drawing: MapDrawing) -> Iterator[str]:
    """Yield the map in sentences: band by band from the top, then what leads to what."""
    language = strategy.language
    if not drawing.boxes:
        yield say("map.picture.empty", language)
        return
    for band in drawing.bands:
        titles = [
            f"{box.entry.id} {box.entry.title}".strip() for box in drawing.boxes if box.entry.band == band.id
        ]
        key = "map.picture.band" if titles else "map.picture.band_empty"
        yield say(key, language, band=say(f"map.band.{band.id}", language), titles="; ".join(titles))
    if drawing.routes:
        yield say("map.picture.links", language, n=len(drawing.routes))
        told = [
            say("map.picture.link", language, cause=one.cause, effect=one.effect) for one in drawing.routes
        ]
        yield "; ".join(told) + "."


def _band(drawing: MapDrawing, at: int, language: str) -> dict[str, str]:
    band = drawing.bands[at]
    area = band.area
    title = say(f"map.band.{band.id}", language)
    return {
        "x": _number(area.x), "y": _number(area.y),
        "width": _number(area.width), "height": _number(area.height),
        "fill": FILLS[band.id],
        "title": lines_of(title, area.height, most=1)[0],
        "label_x": _number(area.x + 20), "label_y": _number(area.y + area.height / 2),
    }  # fmt: skip


def _frame(frame: Frame, language: str) -> dict[str, Any]:
    area = frame.area
    room = area.width - 2 * PADDING
    reason: tuple[str, ...] = ()
    if frame.empty_because:
        told = say("map.picture.cluster_empty", language, reason=frame.empty_because)
        most = max(int((area.height - FRAME_HEAD - PADDING) // LINE_HEIGHT), 1)
        reason = lines_of(told, room, most=most)
    return {
        "x": _number(area.x), "y": _number(area.y),
        "width": _number(area.width), "height": _number(area.height),
        "colour": CLUSTERS[frame.cluster],
        "title": lines_of(say(f"map.cluster.{frame.cluster}", language), room, most=1)[0],
        "label_x": _number(area.x + PADDING), "label_y": _number(area.y + 17),
        "reason": reason, "reason_y": area.y + FRAME_HEAD + 18,
    }  # fmt: skip


def _link(drawing: MapDrawing, one: Route, strategy: Strategy, colours: list[str]) -> dict[str, Any]:
    boxes = {box.entry.id: box for box in drawing.boxes}
    colour = colour_of(boxes[one.cause].entry)
    because = next((link.because or "" for link in strategy.links if link.id == one.link), "")
    return {
        "told": " – ".join(part for part in (f"{one.cause} → {one.effect}", one_line(because)) if part),
        "path": path_of(one.points),
        "colour": colour,
        "tip": colours.index(colour) + 1,
        "dash": DASHES[one.confidence or "high"],
        "cap": "round" if one.confidence == "low" else "butt",
    }


def path_of(points: tuple[Point, ...]) -> str:
    """Return the way as SVG: curves from row to row, straight through the lanes between boxes."""
    x, y = points[0]
    parts = [f"M{_number(x)} {_number(y)}"]
    for at, (to_x, to_y) in enumerate(points[1:], start=1):
        if at % 2 == 0:
            parts.append(f"V{_number(to_y)}")
        else:
            middle = _number((y + to_y) / 2)
            parts.append(f"C{_number(x)} {middle} {_number(to_x)} {middle} {_number(to_x)} {_number(to_y)}")
        x, y = to_x, to_y
    return " ".join(parts)


def _box(box: Box) -> dict[str, Any]:
    area, entry = box.area, box.entry
    first = area.y + (area.height - len(box.lines) * LINE_HEIGHT) / 2 + LINE_HEIGHT * 0.78
    lines = []
    for at, line in enumerate(box.lines):
        starts = at == 0 and line.startswith(entry.id)
        lines.append(
            {
                "y": _number(first + at * LINE_HEIGHT),
                "id": entry.id if starts else "",
                "text": line.removeprefix(entry.id) if starts else line,
            }
        )
    return {
        "told": f"{entry.id} {entry.title}".strip(),
        "x": _number(area.x), "y": _number(area.y),
        "width": _number(area.width), "height": _number(area.height),
        "colour": colour_of(box.entry),
        "text_x": _number(area.x + PADDING),
        "lines": lines,
        "mark": MARKS[entry.horizon] if entry.horizon else "",
        "mark_x": _number(area.right - 6), "mark_y": _number(area.bottom - 4),
    }  # fmt: skip


def _legend(drawing: MapDrawing, language: str) -> Iterator[dict[str, Any]]:
    """Yield what the marks and lines mean, from left to right under the map."""
    x, y = 48.0, drawing.height + LEGEND_HEIGHT / 2

    def text(told: str, *, bold: bool = False, gap: float = 16.0) -> dict[str, Any]:
        nonlocal x
        part = {"x": _number(x), "y": _number(y + 4), "text": told, "bold": bold, "path": ""}
        x += width_of(told, 12) * (1.08 if bold else 1.0) + gap
        return part

    yield text(f"{say('map.legend.horizon', language)}:", bold=True, gap=10)
    for horizon, mark in MARKS.items():
        yield text(f"{mark} {say(f'map.legend.{horizon}', language)}")
    x += 24
    yield text(f"{say('map.legend.confidence', language)}:", bold=True, gap=10)
    for confidence, name in (("high", "high"), ("medium", "medium_sure"), ("low", "low")):
        yield {
            "path": f"M{_number(x)} {_number(y)} h{_number(_LINE)}",
            "dash": DASHES[confidence],  # type: ignore[index]
            "cap": "round" if confidence == "low" else "butt",
        }
        x += _LINE + 6
        yield text(say(f"map.legend.{name}", language))
