"""The strategy map on a slide: shapes that one can move, and arrows that follow them."""

from __future__ import annotations

from typing import Any

from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.util import Pt

from bsc_coach.documents.office.deck import Deck, rgb
from bsc_coach.documents.office.map_fit import BRIM, INSET
from bsc_coach.documents.office.map_shapes import SIDES, ArrowShape, Shape, shapes_of
from bsc_coach.drawing.layout import draw
from bsc_coach.drawing.model import Area
from bsc_coach.strategy.model import Strategy

_ROOM = Area(14, 58, 932, 474)
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def put_map(deck: Deck, title: str, strategy: Strategy) -> None:
    """Add the slide with the map of ``strategy``."""
    slide = deck.slide(title)
    # Without it each shape looks at the ids of all others for one of its own.
    slide.shapes.turbo_add_enabled = True
    found = shapes_of(strategy, draw(strategy), _ROOM)
    for shape in found.ground:
        _shape(deck, slide, shape)
    names = [_shape(deck, slide, name) for name in found.names]
    boxes = {box.name: _shape(deck, slide, box) for box in found.boxes}
    for arrow in found.arrows:
        # Behind names and boxes, so that it crosses out none of their text.
        names[0]._element.addprevious(_arrow(slide, arrow, boxes)._element)
    for shape in found.legend:
        _shape(deck, slide, shape)


def _shape(deck: Deck, slide: Any, shape: Shape) -> Any:
    area = shape.area
    made = slide.shapes.add_shape(
        MSO_SHAPE.ROUNDED_RECTANGLE if shape.rounded else MSO_SHAPE.RECTANGLE,
        Pt(area.x), Pt(area.y), Pt(area.width), Pt(area.height),
    )  # fmt: skip
    if shape.rounded:
        made.adjustments[0] = 0.06
    _name(made, shape.name, shape.told)
    _undress(made)
    if shape.fill:
        made.fill.solid()
        made.fill.fore_color.rgb = rgb(shape.fill)
    else:
        made.fill.background()
    if shape.edge:
        made.line.color.rgb = rgb(shape.edge)
        made.line.width = Pt(1)
    else:
        made.line.fill.background()
    _text(deck, made.text_frame, shape)
    return made


def _text(deck: Deck, frame: Any, shape: Shape) -> None:
    frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
    frame.margin_left = frame.margin_right = Pt(INSET)
    if shape.reach is not None:
        frame.margin_right = Pt(shape.area.width - shape.reach)
    frame.margin_top = frame.margin_bottom = Pt(BRIM)
    frame.vertical_anchor = MSO_ANCHOR.TOP if shape.look == "top" else MSO_ANCHOR.MIDDLE
    for at, runs in enumerate(shape.paragraphs):
        paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        paragraph.alignment = PP_ALIGN.LEFT
        for run in runs:
            deck.say(
                paragraph, run.text, size=shape.size, bold=run.bold, italic=run.italic, colour=run.colour
            )


def _arrow(slide: Any, arrow: ArrowShape, boxes: dict[str, Any]) -> Any:
    (from_x, from_y), (to_x, to_y) = arrow.start, arrow.end
    made = slide.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, Pt(from_x), Pt(from_y), Pt(to_x), Pt(to_y))
    made.begin_connect(boxes[arrow.cause], SIDES.index(arrow.leaves))
    made.end_connect(boxes[arrow.effect], SIDES.index(arrow.enters))
    _undress(made)
    _name(made, arrow.name, arrow.told)
    made.line.color.rgb = rgb(arrow.colour)
    made.line.width = Pt(1.25)
    line = made.line._get_or_add_ln()
    dash = line.makeelement(f"{_DRAWING}prstDash", {"val": arrow.dash})
    tip = line.makeelement(f"{_DRAWING}tailEnd", {"type": "triangle", "w": "med", "len": "med"})
    line.extend((dash, tip))
    return made


def _undress(made: Any) -> None:
    """Take the look of the theme away, with its shadow; all that a shape of the map shows is set here."""
    style = made._element.find("{*}style")
    made._element.remove(style)


def _name(made: Any, name: str, told: str) -> None:
    made.name = name
    made._element._nvXxPr.cNvPr.set("descr", told)
