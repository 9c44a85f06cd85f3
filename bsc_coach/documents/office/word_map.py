"""The strategy map in a Word document: a group of shapes, which one can take apart and edit."""

from __future__ import annotations

from docx.oxml.parser import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement

from bsc_coach.documents.context.tables import Table
from bsc_coach.documents.map.parts import MapPart
from bsc_coach.documents.map.words import description, title_of
from bsc_coach.documents.office.map_shapes import BRIM, INSET, ArrowShape, Run, Shape, shapes_of
from bsc_coach.documents.office.shape_xml import arrow_of, box_of, emu, place_of
from bsc_coach.documents.templating.render import render
from bsc_coach.drawing.model import Area
from bsc_coach.words import say

_TEMPLATE = "office/word_map.xml.j2"
_NARROW = 80
"""How wide letters of a house are set, in percent: DejaVu Sans Bold is as much wider than Arial."""
_MOST_SHAPES = 100_000
"""No page of a map has as many."""


def word_map(
    page: MapPart, width: float, height: float, number: int, theme: str | None, *, narrow: bool
) -> BaseOxmlElement:
    """Return a page of the map, ``width`` by ``height`` points large, as a run for a paragraph.

    ``number`` tells the pictures of a document apart; ``narrow`` letters are for a font that may be wider
    than ours, in which a word would not find room.
    """
    strategy = page.strategy
    found = shapes_of(page, Area(0, 0, width, height))
    in_order: tuple[Shape | ArrowShape, ...] = (
        *found.ground, *found.boxes, *found.joints, *found.arrows, *found.names, *found.legend,
    )  # fmt: skip
    # The first id is that of the picture as a whole; no two pictures of a document share one.
    first = 1 + number * _MOST_SHAPES
    ids = {shape.name: at for at, shape in enumerate(in_order, start=first + 1)}
    context = {
        "id": first,
        "title": title_of(strategy, theme),
        "told": description(strategy, page.fitted.drawing),
        "not_shown": say("office.word.not_shown", strategy.language),
        "width": emu(width), "height": emu(height), "inset": emu(INSET), "brim": emu(BRIM),
        "spread": _NARROW if narrow else None,
        "shapes": [
            _arrow(shape, ids) if isinstance(shape, ArrowShape) else _shape(shape, ids) for shape in in_order
        ],
    }  # fmt: skip
    return parse_xml(render(_TEMPLATE, context))


def _colour(colour: str | None) -> str | None:
    return None if colour is None else colour.lstrip("#").upper()


def _arrow(arrow: ArrowShape, ids: dict[str, int]) -> Table:
    return {
        **arrow_of(arrow),
        "id": ids[arrow.name], "arrow": True, "name": arrow.name, "told": arrow.told,
        "cause": ids[arrow.cause], "effect": ids[arrow.effect],
    }  # fmt: skip


def _shape(shape: Shape, ids: dict[str, int]) -> Table:
    return {
        "id": ids[shape.name], "arrow": False, "name": shape.name, "told": shape.told,
        **place_of(shape.area),
        "box": None if shape.sites is None else box_of(shape),
        "fill": _colour(shape.fill), "edge": _colour(shape.edge),
        "look": shape.look, "half_points": round(shape.size * 2),
        "paragraphs": [[_run(run) for run in runs] for runs in shape.paragraphs],
    }  # fmt: skip


def _run(run: Run) -> Table:
    colour = _colour(run.colour)
    return {"text": run.text, "colour": colour, "bold": run.bold, "italic": run.italic, "breaks": run.breaks}
