"""The strategy map in a Word document: a group of shapes, which one can take apart and edit."""

from __future__ import annotations

from docx.oxml.parser import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement

from bsc_coach.documents.context.tables import Table
from bsc_coach.documents.map.words import description, title_of
from bsc_coach.documents.office.map_fit import BRIM, INSET
from bsc_coach.documents.office.map_shapes import SIDES, ArrowShape, MapShapes, Run, Shape, shapes_of
from bsc_coach.documents.templating.render import render
from bsc_coach.drawing.layout import draw
from bsc_coach.drawing.model import Area
from bsc_coach.strategy.model import Strategy
from bsc_coach.words import say

_TEMPLATE = "office/word_map.xml.j2"
_EMU = 12700
"""Of the unit of office formats, so many make a point."""


def map_for(strategy: Strategy, width: float, height: float) -> MapShapes:
    """Return the map of ``strategy``, ``width`` by ``height`` points large."""
    return shapes_of(strategy, draw(strategy), Area(0, 0, width, height))


def word_map(strategy: Strategy, found: MapShapes, width: float, height: float) -> BaseOxmlElement:
    """Return a map of ``strategy`` as a run for a paragraph."""
    in_order: tuple[Shape | ArrowShape, ...] = (
        *found.ground, *found.arrows, *found.names, *found.boxes, *found.legend,
    )  # fmt: skip
    # The first id is that of the picture as a whole.
    ids = {shape.name: at for at, shape in enumerate(in_order, start=2)}
    context = {
        "title": title_of(strategy),
        "told": description(strategy, draw(strategy)),
        "not_shown": say("office.word.not_shown", strategy.language),
        "width": _emu(width), "height": _emu(height), "inset": _emu(INSET), "brim": _emu(BRIM),
        "shapes": [
            {"id": at, **(_arrow(shape, ids) if isinstance(shape, ArrowShape) else _shape(shape))}
            for at, shape in enumerate(in_order, start=2)
        ],
    }  # fmt: skip
    return parse_xml(render(_TEMPLATE, context))


def _emu(points: float) -> int:
    return round(points * _EMU)


def _colour(colour: str | None) -> str | None:
    return None if colour is None else colour.lstrip("#").upper()


def _arrow(arrow: ArrowShape, ids: dict[str, int]) -> Table:
    (from_x, from_y), (to_x, to_y) = arrow.start, arrow.end
    return {
        "arrow": True, "name": arrow.name, "told": arrow.told,
        "cause": ids[arrow.cause], "leaves": SIDES.index(arrow.leaves),
        "effect": ids[arrow.effect], "enters": SIDES.index(arrow.enters),
        "x": _emu(min(from_x, to_x)), "y": _emu(min(from_y, to_y)),
        "width": _emu(abs(from_x - to_x)), "height": _emu(abs(from_y - to_y)),
        "flip_across": to_x < from_x, "flip_down": to_y < from_y,
        "colour": _colour(arrow.colour), "dash": arrow.dash,
    }  # fmt: skip


def _shape(shape: Shape) -> Table:
    area = shape.area
    return {
        "arrow": False, "name": shape.name, "told": shape.told,
        "x": _emu(area.x), "y": _emu(area.y), "width": _emu(area.width), "height": _emu(area.height),
        "kind": "roundRect" if shape.rounded else "rect",
        "fill": _colour(shape.fill), "edge": _colour(shape.edge),
        "right": _emu(INSET if shape.reach is None else area.width - shape.reach),
        "look": shape.look, "half_points": round(shape.size * 2),
        "paragraphs": [[_run(run) for run in runs] for runs in shape.paragraphs],
    }  # fmt: skip


def _run(run: Run) -> Table:
    return {"text": run.text, "colour": _colour(run.colour), "bold": run.bold, "italic": run.italic}
