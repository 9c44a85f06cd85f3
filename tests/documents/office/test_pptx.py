"""strategy.pptx: a map whose arrows hold on to their boxes, and slides whose text fits."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from io import BytesIO
from typing import Any

import pytest
from pptx import Presentation
from pptx.util import Pt

from bsc_coach.documents.map.parts import map_pages
from bsc_coach.documents.office.map_shapes import room_in, shapes_of
from bsc_coach.drawing.layout import draw
from bsc_coach.drawing.model import Area
from tests.documents.office.reading import STRATEGIES, made

DRAWN = ("riverbend", "large", "hostile")
ALL = ("riverbend", "empty", "large", "hostile")
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


@cache
def deck(which: str) -> Any:
    return Presentation(BytesIO(made("pptx", which)))


def slides(which: str) -> list[Any]:
    return list(deck(which).slides)


def titles(which: str) -> list[str]:
    return [slide.shapes.title.text_frame.text for slide in slides(which)]


def map_slides(which: str) -> list[Any]:
    """The slides with the map: several where it is too large for one."""
    return [one for one in slides(which) if any(shape.name == "legend" for shape in one.shapes)]


def arrows_on(slide: Any) -> list[Any]:
    return [shape for shape in slide.shapes if shape._element.tag.endswith("}cxnSp")]


def tables(which: str) -> Iterator[Any]:
    for slide in slides(which):
        yield from (shape for shape in slide.shapes if shape.has_table)


def text_of(which: str) -> str:
    cells = (cell.text for shape in tables(which) for row in shape.table.rows for cell in row.cells)
    frames = (
        shape.text_frame.text for slide in slides(which) for shape in slide.shapes if shape.has_text_frame
    )
    return "\n".join((*cells, *frames))


def site_of(shape: Any, index: str) -> tuple[int, int]:
    """Return where an arrow can be glued: a place of its outline, of a rectangle the middle of a side."""
    own = shape._element.xpath(".//a:cxn/a:pos")
    x, y, width, height = shape.left, shape.top, shape.width, shape.height
    if own:
        return x + int(own[int(index)].get("x")), y + int(own[int(index)].get("y"))
    middle, centre = x + width // 2, y + height // 2
    return ((middle, y), (x, centre), (middle, y + height), (x + width, centre))[int(index)]


@pytest.mark.parametrize("which", DRAWN)
def test_every_arrow_is_glued_and_leads_from_its_cause_to_its_effect(which: str) -> None:
    told = set()
    for slide in map_slides(which):
        shapes = {str(shape.shape_id): shape for shape in slide.shapes}
        for arrow in arrows_on(slide):
            begin, end = (next(arrow._element.iter(f"{DRAWING}{name}")) for name in ("stCxn", "endCxn"))
            begins = site_of(shapes[begin.get("id")], begin.get("idx"))
            ends = site_of(shapes[end.get("id")], end.get("idx"))
            assert abs(arrow.begin_x - begins[0]) + abs(arrow.begin_y - begins[1]) < Pt(1)
            assert abs(arrow.end_x - ends[0]) + abs(arrow.end_y - ends[1]) < Pt(1)
            # Pieces of one arrow are named after it; its last one has the tip, and ends at its effect.
            cause, effect = arrow.name.split(" [")[0].split(" → ")
            if arrow._element.xpath(".//a:tailEnd"):
                assert shapes[end.get("id")].name == effect
                told.add((cause, effect))
    assert told == {(one.cause, one.effect) for one in draw(STRATEGIES[which][0]).routes}
    assert told


def test_what_is_only_guessed_is_drawn_otherwise() -> None:
    dashes = {
        arrow.name.split(" [")[0]: next(arrow._element.iter(f"{DRAWING}prstDash")).get("val")
        for slide in map_slides("riverbend")
        for arrow in arrows_on(slide)
    }
    assert dashes["O1 → C1"] == "solid"
    assert dashes["L1 → CM1"] == "dash"
    assert dashes["F2 → F1"] == "sysDot"


@pytest.mark.parametrize("which", ALL)
def test_every_shape_of_the_map_is_told_in_words(which: str) -> None:
    for slide in map_slides(which):
        drawn = [shape for shape in slide.shapes if not shape.is_placeholder]
        assert all(shape._element._nvXxPr.cNvPr.get("descr") for shape in drawn)


@pytest.mark.parametrize("which", ALL)
def test_boxes_lie_in_their_frames_and_never_over_each_other(which: str) -> None:
    whole = Area(10, 60, 940, 470)
    for page in map_pages(STRATEGIES[which][0], room_in(whole.width, whole.height)):
        found = shapes_of(page, whole)
        boxes = [box.area for box in found.boxes]
        frames = [shape.area for shape in found.ground]
        assert all(whole.holds(area) for area in (*boxes, *frames))
        assert [pair for pair in pairs(boxes) if pair[0].meets(pair[1])] == []
        assert all(any(frame.holds(area) for frame in frames) for area in boxes)


def pairs(areas: list[Area]) -> list[tuple[Area, Area]]:
    return [(one, other) for at, one in enumerate(areas) for other in areas[at + 1 :]]


def test_boxes_over_each_other_are_found() -> None:
    """The control."""
    box = Area(0, 0, 10, 10)
    assert [pair for pair in pairs([box, Area(9, 9, 10, 10)]) if pair[0].meets(pair[1])]


@pytest.mark.parametrize("which", ALL)
def test_every_slide_has_a_title_of_its_own(which: str) -> None:
    told = titles(which)
    assert all(told)
    assert len(set(told)) == len(told)


@pytest.mark.parametrize("which", ALL)
def test_tables_stay_on_their_slides(which: str) -> None:
    for shape in tables(which):
        assert len(shape.table.rows) <= 8
        assert shape.top + sum(row.height for row in shape.table.rows) <= deck(which).slide_height


@pytest.mark.parametrize("which", ALL)
def test_no_text_is_too_small_to_read_from_a_seat(which: str) -> None:
    for slide in slides(which):
        on_map = any(shape.name == "legend" for shape in slide.shapes)
        sizes = [int(size) for size in slide._element.xpath("//a:rPr/@sz")]
        assert min(sizes) >= (800 if on_map else 1200)


def test_what_the_team_settled_is_in_it() -> None:
    strategy, _ = STRATEGIES["riverbend"]
    told = text_of("riverbend")
    for one in (*strategy.objectives, *strategy.promises, *strategy.initiatives, *strategy.assumptions):
        assert one.title is not None
        assert one.title in told
    assert all((kpi.name or "") in told for kpi in strategy.kpis)
    assert "15 February 2027" in told


def test_fifty_kpis_go_on_on_more_slides_and_none_is_lost() -> None:
    told = text_of("large")
    assert all(kpi.id in told for kpi in STRATEGIES["large"][0].kpis)
    assert sum("KPI" in title for title in titles("large")) == 2


def test_links_that_are_not_drawn_are_named() -> None:
    told = [text(shape) for slide in map_slides("hostile") for shape in slide.shapes]
    assert any(all(link in one for link in ("K3", "K4", "K6")) for one in told)


def text(shape: Any) -> str:
    return str(shape.text_frame.text) if shape.has_text_frame else ""


def test_what_the_coach_still_warns_of_stands_with_the_doubts() -> None:
    told = text_of("riverbend")
    assert all(alarm.say in told for alarm in STRATEGIES["riverbend"][1].alarms)
    assert "What the coach still warns of" in told
