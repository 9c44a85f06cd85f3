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
from bsc_coach.strategy.points import map_points
from tests.documents.office.reading import STRATEGIES, made

EDGE = Pt(0.5)
"""What rounding may cost."""
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
    """The slides with the map, or with its overview and parts: those with its legend."""
    return [one for one in slides(which) if any(shape.name == "legend" for shape in one.shapes)]


def is_box(shape: Any, ids: set[str]) -> bool:
    return shape.name in ids and shape._element.find(f".//{DRAWING}cxnLst") is not None


def map_slide(which: str) -> Any:
    """The first slide on which the map is drawn."""
    return map_slides(which)[0]


def arrows(slide: Any) -> list[Any]:
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


def site_of(shape: Any, index: int) -> tuple[int, int]:
    """Return where an arrow is glued: at a place that the outline names, or the middle of a side."""
    x, y, width, height = shape.left, shape.top, shape.width, shape.height
    if (own := shape._element.find(f".//{DRAWING}cxnLst")) is not None:
        place = own[index].find(f"{DRAWING}pos")
        return x + int(place.get("x")), y + int(place.get("y"))
    sides = ((x + width // 2, y), (x, y + height // 2), (x + width // 2, y + height))
    return (*sides, (x + width, y + height // 2))[index]


def ways(slide: Any) -> dict[tuple[str, str], list[Any]]:
    """Return the arrows of a slide, from box to box, each with its pieces; every piece is glued."""
    shapes = {str(shape.shape_id): shape for shape in slide.shapes}
    found: dict[tuple[str, str], list[Any]] = {}
    begun: dict[str, tuple[str, list[Any]]] = {}
    for arrow in arrows(slide):
        begin, end = (next(arrow._element.iter(f"{DRAWING}{name}")) for name in ("stCxn", "endCxn"))
        one, other = shapes[begin.get("id")], shapes[end.get("id")]
        for place, glue, shape in (
            ((arrow.begin_x, arrow.begin_y), begin, one),
            ((arrow.end_x, arrow.end_y), end, other),
        ):
            site = site_of(shape, int(glue.get("idx")))
            assert abs(place[0] - site[0]) + abs(place[1] - site[1]) < Pt(1), arrow.name
        cause, pieces = begun.pop(one.name, (one.name, []))
        if is_joint(other):
            begun[other.name] = cause, [*pieces, arrow]
        else:
            found[cause, other.name] = [*pieces, arrow]
    assert not begun
    return found


def is_joint(shape: Any) -> bool:
    return " → " in shape.name


@pytest.mark.parametrize("which", DRAWN)
def test_every_link_is_an_arrow_glued_from_its_cause_to_its_effect(which: str) -> None:
    drawn = {pair for slide in map_slides(which) for pair in ways(slide)}
    assert drawn == {(one.cause, one.effect) for one in draw(STRATEGIES[which][0]).routes}
    assert drawn


def behind(slide: Any, ids: set[str]) -> list[str]:
    """Return the arrows that run through a box."""
    boxes = [shape for shape in slide.shapes if is_box(shape, ids)]
    return [
        f"{arrow.name} through {box.name}"
        for arrow in arrows(slide)
        for box in boxes
        if min(arrow.begin_x, arrow.end_x) < box.left + box.width - EDGE
        and box.left + EDGE < max(arrow.begin_x, arrow.end_x)
        and min(arrow.begin_y, arrow.end_y) < box.top + box.height - EDGE
        and box.top + EDGE < max(arrow.begin_y, arrow.end_y)
    ]


@pytest.mark.parametrize("which", DRAWN)
def test_no_arrow_runs_behind_a_box(which: str) -> None:
    ids = {point.id for point in map_points(STRATEGIES[which][0])}
    assert [one for slide in map_slides(which) for one in behind(slide, ids)] == []


def test_control_an_arrow_behind_a_box_is_found() -> None:
    slide = Presentation(BytesIO(made("pptx", "riverbend"))).slides[
        slides("riverbend").index(map_slide("riverbend"))
    ]
    ids = {point.id for point in map_points(STRATEGIES["riverbend"][0])}
    arrow = arrows(slide)[0]
    box = next(shape for shape in slide.shapes if is_box(shape, ids))
    arrow.begin_x, arrow.end_x = box.left - Pt(9), box.left + Pt(9)
    arrow.begin_y = arrow.end_y = box.top + box.height // 2
    assert behind(slide, ids) != []


def test_what_is_only_guessed_is_drawn_otherwise() -> None:
    dashes = {
        arrow.name.partition(" [")[0]: next(arrow._element.iter(f"{DRAWING}prstDash")).get("val")
        for arrow in arrows(map_slide("riverbend"))
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
    on_map = map_slides(which)
    sizes = [
        int(size)
        for slide in slides(which)
        if slide not in on_map
        for size in slide._element.xpath("//a:rPr/@sz")
    ]
    assert min(sizes) >= 1200
    assert min(int(size) for slide in on_map for size in slide._element.xpath("//a:rPr/@sz")) >= 800


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
