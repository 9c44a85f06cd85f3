"""The strategy map on slides: shapes that one can move, and arrows that follow them."""

from __future__ import annotations

from typing import Any

from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.util import Pt

from bsc_coach.documents.map.parts import map_pages
from bsc_coach.documents.office.deck import Deck, rgb
from bsc_coach.documents.office.map_shapes import BRIM, INSET, ArrowShape, Shape, room_in, shapes_of
from bsc_coach.documents.office.shape_xml import arrow_of, box_of
from bsc_coach.documents.templating.render import render
from bsc_coach.drawing.model import Area
from bsc_coach.strategy.model import Strategy

_ROOM = Area(14, 58, 932, 474)
_CORNERS = 0
"""LibreOffice Impress draws elbows on ways of its own, through boxes; straight pieces stay where they are."""
_BOX, _ARROW = "office/slide_box.xml.j2", "office/slide_arrow.xml.j2"
_PRESET = "{http://schemas.openxmlformats.org/drawingml/2006/main}prstGeom"


def put_map(deck: Deck, title: str, strategy: Strategy) -> None:
    """Add the slide with the map of ``strategy``; more slides where it is too large to be read on one."""
    for page in map_pages(strategy, room_in(_ROOM.width, _ROOM.height)):
        slide = deck.slide(f"{title}: {page.title}" if page.title else title)
        # Without it each shape looks at the ids of all others for one of its own.
        slide.shapes.turbo_add_enabled = True
        found = shapes_of(page, _ROOM, _CORNERS)
        for shape in found.ground:
            _shape(deck, slide, shape)
        # Boxes before the arrows that lead to them, as whoever hears them wants them.
        glued = {one.name: _shape(deck, slide, one) for one in (*found.boxes, *found.joints)}
        for arrow in found.arrows:
            slide.shapes._spTree.insert_element_before(_arrow(slide, arrow, glued), "p:extLst")
        for shape in found.names:
            # A name stands in the lines that it has: in a wider font of a house no word of it is broken.
            _shape(deck, slide, shape).text_frame.word_wrap = shape.look == "top" or not deck.shrinks
        for shape in found.legend:
            _shape(deck, slide, shape)


def _shape(deck: Deck, slide: Any, shape: Shape) -> Any:
    area = shape.area
    made = slide.shapes.add_shape(
        MSO_SHAPE.RECTANGLE, Pt(area.x), Pt(area.y), Pt(area.width), Pt(area.height)
    )
    made.name = shape.name
    made._element._nvXxPr.cNvPr.set("descr", shape.told)
    # The look of the theme goes, with its shadow; all that a shape of the map shows is set here.
    made._element.remove(made._element.find("{*}style"))
    if shape.sites is not None:
        outline = made._element.spPr.find(_PRESET)
        outline.addprevious(parse_xml(render(_BOX, {"shape": box_of(shape)})))
        made._element.spPr.remove(outline)
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
    frame.margin_top = frame.margin_bottom = Pt(BRIM)
    frame.vertical_anchor = MSO_ANCHOR.TOP if shape.look == "top" else MSO_ANCHOR.MIDDLE
    for at, runs in enumerate(shape.paragraphs):
        paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        paragraph.alignment = PP_ALIGN.LEFT
        for run in runs:
            deck.say(
                paragraph, run.text, size=shape.size, bold=run.bold, italic=run.italic, colour=run.colour
            )
            if run.breaks:
                paragraph.add_line_break()


def _arrow(slide: Any, arrow: ArrowShape, glued: dict[str, Any]) -> Any:
    context = {
        **arrow_of(arrow),
        "id": slide.shapes._next_shape_id,
        "name": arrow.name,
        "told": arrow.told,
        "cause": glued[arrow.cause].shape_id,
        "effect": glued[arrow.effect].shape_id,
    }
    return parse_xml(render(_ARROW, {"arrow": context}))
