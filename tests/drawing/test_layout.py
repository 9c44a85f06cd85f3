"""Where everything of the map stands: nothing meets, nothing is cut, every link can be followed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations, pairwise

import pytest
from hypothesis import HealthCheck, given, settings

from bsc_coach.drawing.labels import BOLD, width_of
from bsc_coach.drawing.layout import draw
from bsc_coach.drawing.model import Area, Box, MapDrawing, Route
from bsc_coach.drawing.placing import PADDING
from bsc_coach.strategy.model import Enabler, Objective, Organisation, Strategy
from tests.support.maps import LETTERS, linked, maps

EDGE = 0.01
"""Points that rounding may cost."""
any_map = settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])


def faults(drawing: MapDrawing) -> Iterator[str]:
    """Yield what is wrong with a drawing."""
    yield from _faults_of_areas(drawing)
    areas = {box.entry.id: box.area for box in drawing.boxes}
    for route in drawing.routes:
        yield from _faults_of(route, areas)


def _faults_of_areas(drawing: MapDrawing) -> Iterator[str]:
    whole = Area(0, 0, drawing.width, drawing.height)
    bands = {band.id: band.area for band in drawing.bands}
    frames = {frame.cluster: frame.area for frame in drawing.frames}
    for name, areas in (
        ("bands", bands.values()),
        ("frames", frames.values()),
        ("boxes", [box.area for box in drawing.boxes]),
    ):
        if any(one.meets(other) for one, other in combinations(areas, 2)):
            yield f"{name} meet"
    if len(frames) != 4 or not all(bands["process"].holds(frame) for frame in frames.values()):
        yield "a frame is not in the process band"
    if not all(whole.holds(band) for band in bands.values()):
        yield "a band is cut"
    rows: dict[float, set[float]] = {}
    for box in drawing.boxes:
        rows.setdefault(box.area.y, set()).add(box.area.height)
    if any(len(heights) > 1 for heights in rows.values()):
        yield "boxes of a row differ in height"
    for box in drawing.boxes:
        around = frames[box.entry.cluster] if box.entry.cluster else bands[box.entry.band]
        if not around.holds(box.area):
            yield f"{box.entry.id} is not in its band and frame"
        if not _fits(box):
            yield f"the text of {box.entry.id} is cut"


def _fits(box: Box) -> bool:
    room = box.area.width - 2 * PADDING
    first, *others = box.lines
    bold = width_of(box.entry.id) * BOLD
    whole = bold + width_of(first.removeprefix(box.entry.id).strip()) <= room
    return whole and all(width_of(line) <= room for line in others) and first.startswith(box.entry.id)


def _faults_of(route: Route, areas: dict[str, Area]) -> Iterator[str]:
    cause, effect = areas[route.cause], areas[route.effect]
    (x, y), (to_x, to_y) = route.points[0], route.points[-1]
    rises = cause.y > effect.y
    if abs(y - (cause.y if rises else cause.bottom)) > EDGE or not cause.x < x < cause.right:
        yield f"{route.link} does not begin at the edge of its cause"
    if abs(to_y - (effect.bottom if rises else effect.y)) > EDGE or not effect.x < to_x < effect.right:
        yield f"{route.link} does not end at the edge of its effect"
    for one, other in pairwise(route.points):
        if one[0] != other[0] and one[1] != other[1]:
            yield f"{route.link} goes aslant"
        if any(_runs_through(one, other, area) for area in areas.values()):
            yield f"{route.link} runs through a box"


def _runs_through(one: tuple[float, float], other: tuple[float, float], area: Area) -> bool:
    """Tell whether a piece of a link comes inside a box, beyond the edge at which it may begin or end."""
    low_x, high_x = sorted((one[0], other[0]))
    low_y, high_y = sorted((one[1], other[1]))
    across = low_x < area.right - EDGE and area.x + EDGE < high_x
    upright = low_x == high_x and area.x <= low_x <= area.right
    return (across or upright) and low_y < area.bottom - EDGE and area.y + EDGE < high_y


@any_map
@given(strategy=maps())
def test_nothing_meets_and_nothing_is_cut_on_any_map(strategy: Strategy) -> None:
    assert list(faults(draw(strategy))) == []


@any_map
@given(strategy=maps())
def test_every_link_is_drawn_or_said_to_be_left_out(strategy: Strategy) -> None:
    drawing = draw(strategy)
    told = sorted([route.link for route in drawing.routes] + [one.link for one in drawing.left_out])
    assert told == sorted(link.id for link in strategy.links)


@settings(deadline=None, max_examples=10, suppress_health_check=[HealthCheck.too_slow])
@given(strategy=maps())
def test_the_same_strategy_gives_the_same_drawing(strategy: Strategy) -> None:
    assert draw(strategy) == draw(strategy.model_copy(deep=True))


def first_box(drawing: MapDrawing, **changes: object) -> MapDrawing:
    """Return the drawing with its first box changed."""
    first, *others = drawing.boxes
    return replace(drawing, boxes=(replace(first, **changes), *others))  # type: ignore[arg-type]


def first_route(drawing: MapDrawing, change: Callable[[Route], Route]) -> MapDrawing:
    """Return the drawing with its first link changed."""
    first, *others = drawing.routes
    return replace(drawing, routes=(change(first), *others))


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        (lambda one: first_box(one, area=one.boxes[1].area), "boxes meet"),
        (
            lambda one: first_box(one, area=replace(one.boxes[-1].area, height=99, x=0)),
            "boxes of a row differ in height",
        ),
        (lambda one: first_box(one, area=replace(one.boxes[0].area, y=-5)), "L1 is not in its band"),
        (lambda one: first_box(one, lines=("L1 " + "W" * 40,)), "the text of L1 is cut"),
        (lambda one: replace(one, frames=one.frames[:3]), "a frame is not in the process band"),
        (
            lambda one: replace(
                one, frames=(*one.frames[:3], replace(one.frames[3], area=one.frames[0].area))
            ),
            "frames meet",
        ),
        (lambda one: replace(one, height=100.0), "a band is cut"),
        (
            lambda one: first_route(one, lambda route: replace(route, points=route.points[1:])),
            "K1 does not begin",
        ),
        (
            lambda one: first_route(one, lambda route: replace(route, points=route.points[:-1])),
            "K1 does not end",
        ),
        (
            lambda one: first_route(
                one, lambda route: replace(route, points=(route.points[0], (0, 0), route.points[-1]))
            ),
            "K1 goes aslant",
        ),
        (
            lambda one: first_route(
                one,
                lambda route: replace(
                    route,
                    points=(
                        route.points[0],
                        (one.boxes[0].area.x + 9, route.points[0][1]),
                        (one.boxes[0].area.x + 9, 0),
                        route.points[-1],
                    ),
                ),
            ),
            "K1 runs through a box",
        ),
    ],
)
def test_a_spoilt_drawing_is_found_out(spoil: Callable[[MapDrawing], MapDrawing], fault: str) -> None:
    drawing = draw(linked(("L1", "C1"), ("O1", "C1"), ("O1", "O2")))
    assert list(faults(drawing)) == []
    assert any(one.startswith(fault) for one in faults(spoil(drawing)))


def test_bands_stand_in_their_order_with_the_mission_of_a_public_organisation_on_top() -> None:
    public = Strategy(organisation=Organisation(kind="public"))
    assert [band.id for band in draw(public).bands] == [
        "mission", "financial", "customer", "process", "learning"
    ]  # fmt: skip
    assert draw(Strategy()).bands[0].id == "financial"


def test_all_four_clusters_have_a_frame_on_an_empty_map() -> None:
    assert {frame.cluster for frame in draw(Strategy()).frames} == set(LETTERS)


def test_a_cause_stands_below_its_effect_in_its_own_band() -> None:
    areas = {box.entry.id: box.area for box in draw(linked(("O1", "O2"))).boxes}
    assert areas["O1"].y > areas["O2"].bottom


def test_a_link_that_closes_a_circle_leads_down() -> None:
    routes = {route.link: route.points for route in draw(linked(("O1", "O2"), ("O2", "O1"))).routes}
    assert len(routes) == 2
    ups = [points[0][1] > points[-1][1] for points in routes.values()]
    assert sorted(ups) == [False, True]


@pytest.mark.parametrize(
    ("pair", "reason"),
    [
        (("O1", "O1"), "itself"),
        (("O1", "O9"), "missing"),
        (("O9", "O1"), "missing"),
        (("O1", None), "open"),
        ((None, "O1"), "open"),
        (("L1", "O1"), "twice"),
    ],
)
def test_a_link_that_cannot_be_drawn_says_why(pair: tuple[str | None, str | None], reason: str) -> None:
    drawing = draw(linked(("L1", "O1"), pair))
    assert [(one.link, one.reason) for one in drawing.left_out] == [("K2", reason)]
    assert [route.link for route in drawing.routes] == ["K1"]


def test_the_tips_of_arrows_into_one_box_stand_apart() -> None:
    enablers = tuple(Enabler(id=f"L{n}", title="Teams run their own huddle") for n in range(1, 8))
    drawing = draw(linked(*((one.id, "O1") for one in enablers), enablers=enablers))
    tips = sorted(route.points[-1][0] for route in drawing.routes)
    assert all(other - one >= 12 for one, other in pairwise(tips))


@pytest.mark.parametrize(
    "letters", ["Verbeter de leverbetrouwbaarheid van onze toeleveranciers nu", "W" * 60]
)
def test_titles_of_sixty_characters_are_whole_everywhere(letters: str) -> None:
    title = letters[:60]
    objectives = tuple(Objective(id=f"O{n}", title=title) for n in range(1, 13))
    for box in draw(linked(objectives=objectives)).boxes:
        if box.entry.title == title:
            told = "".join(line.removesuffix("-") for line in box.lines).replace(" ", "")
            assert told == f"{box.entry.id}{title}".replace(" ", "")


def test_boxes_are_wider_where_there_is_room() -> None:
    few = draw(linked())
    many = draw(linked(objectives=tuple(Objective(id=f"O{n}", title="Wait") for n in range(1, 11))))
    widths = [next(box for box in one.boxes if box.entry.id == "O1").area.width for one in (few, many)]
    assert widths[0] > widths[1]


def crossings(drawing: MapDrawing) -> int:
    """Count the places where an upright and a level piece of two links cross."""
    pieces = [(route.link, *piece) for route in drawing.routes for piece in pairwise(route.points)]
    return sum(
        one != other
        and from_x == to_x
        and left_y == right_y
        and min(left_x, right_x) < from_x < max(left_x, right_x)
        and min(from_y, to_y) < left_y < max(from_y, to_y)
        for one, (from_x, from_y), (to_x, to_y) in pieces
        for other, (left_x, left_y), (right_x, right_y) in pieces
    )


def test_links_that_cannot_but_cross_do_so_once_and_run_apart() -> None:
    enablers = (Enabler(id="L1", title="Skills"), Enabler(id="L2", title="Tools"))
    drawing = draw(linked(("L1", "O1"), ("L1", "O2"), ("L2", "O1"), ("L2", "O2"), enablers=enablers))
    assert crossings(drawing) == 1
    upright = [
        (route.link, x, *sorted((y, to_y)))
        for route in drawing.routes
        for (x, y), (to_x, to_y) in pairwise(route.points)
        if x == to_x
    ]
    for (one, x, top, bottom), (other, to_x, to_top, to_bottom) in combinations(upright, 2):
        share_height = min(bottom, to_bottom) > max(top, to_top)
        assert one == other or not share_height or abs(x - to_x) > 6
