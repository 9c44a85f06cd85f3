"""The map on paper: letters that can be read, in parts where one page is too small, nothing lost."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from bsc_coach.documents.map.paper import room_on
from bsc_coach.documents.map.parts import MapPart, map_pages
from bsc_coach.documents.map.themes import of_theme, only
from bsc_coach.documents.office.map_shapes import room_in
from bsc_coach.drawing.fitting import LEAST_TYPE, Room
from bsc_coach.errors import UsageError
from bsc_coach.strategy.model import Strategy, Theme
from tests.support.maps import crowded
from tests.support.strategies import RIVERBEND

SLIDE = room_in(932, 474)
PAPERS = {"A4": Room(*room_on("A4"), 1.2), "Letter": Room(*room_on("Letter"), 1.2), "slide": SLIDE}


@pytest.fixture(scope="module")
def pages() -> dict[str, tuple[MapPart, ...]]:
    """A map of 25 objectives and 45 links on paper, and one of 60 and 120."""
    return {"25": map_pages(crowded(25, 45), PAPERS["A4"]), "60": map_pages(crowded(60, 120), PAPERS["A4"])}


def faults(strategy: Strategy, found: Sequence[MapPart], room: Room) -> list[str]:
    """Return what is wrong with the pages of a map."""
    told = [
        f"{page.title}: {page.fitted.type_size} pt" for page in found if page.fitted.type_size < LEAST_TYPE
    ]
    for page in found:
        if page.fitted.drawing.width * page.fitted.scale > room.width + 1:
            told.append(f"{page.title} is too wide")
    titled = {box.entry.id for page in found for box in page.fitted.drawing.boxes if box.entry.title}
    routes = {route.link for page in found for route in page.fitted.drawing.routes}
    missing = {one.link for one in found[0].fitted.drawing.left_out}
    told += [f"no title of {one.id}" for one in strategy.objectives if one.id not in titled]
    told += [f"{link.id} is not drawn" for link in strategy.links if link.id not in routes | missing]
    return told


@pytest.mark.parametrize("paper", PAPERS)
def test_a_map_of_usual_size_stands_on_one_page(paper: str) -> None:
    found = map_pages(RIVERBEND, PAPERS[paper])
    assert len(found) == 1
    assert found[0].title == ""
    assert faults(RIVERBEND, found, PAPERS[paper]) == []


@pytest.mark.parametrize(("name", "size"), [("25", (25, 45)), ("60", (60, 120))])
def test_a_large_map_stands_on_an_overview_and_its_parts(
    name: str, size: tuple[int, int], pages: dict[str, tuple[MapPart, ...]]
) -> None:
    strategy, found = crowded(*size), pages[name]
    assert len(found) > 4
    assert {box.entry.id for box in found[0].fitted.drawing.boxes} >= {one.id for one in strategy.objectives}
    assert faults(strategy, found, PAPERS["A4"]) == []


def test_control_a_part_that_is_missing_is_found(pages: dict[str, tuple[MapPart, ...]]) -> None:
    assert faults(crowded(60, 120), pages["60"][:-3], PAPERS["A4"]) != []


def test_a_part_shows_no_place_of_which_it_has_nothing(pages: dict[str, tuple[MapPart, ...]]) -> None:
    for page in pages["25"][1:]:
        shown = {box.entry.band for box in page.fitted.drawing.boxes}
        assert {band.id for band in page.fitted.drawing.bands} == shown
        clusters = {box.entry.cluster for box in page.fitted.drawing.boxes} - {None}
        assert {frame.cluster for frame in page.fitted.drawing.frames} == clusters


def test_only_what_is_asked_for_is_left() -> None:
    link = next(one for one in RIVERBEND.links if one.cause and one.effect)
    shown = {link.cause or "", link.effect or ""}
    left = only(RIVERBEND, shown)
    assert {one.cause for one in left.links} | {one.effect for one in left.links} == shown
    assert link in left.links


def themed() -> Strategy:
    """Two themes that hold all points of a map that is too large for a page."""
    strategy = crowded(25, 45)
    names = ("outcomes", "promises", "objectives", "enablers")
    split = {
        name: tuple(
            one.model_copy(update={"theme": f"TH{1 + at % 2}"})
            for at, one in enumerate(getattr(strategy, name))
        )
        for name in names
    }
    themes = (Theme(id="TH1", title="Closer to home"), Theme(id="TH2"))
    return strategy.model_copy(update={**split, "themes": themes})


def test_a_large_map_whose_points_have_themes_is_split_by_them() -> None:
    found = map_pages(themed(), PAPERS["A4"])
    assert {page.title.partition(" (")[0] for page in found[1:]} == {"TH1 Closer to home", "TH2"}
    assert faults(themed(), found, PAPERS["A4"]) == []


def test_of_one_theme_its_points_and_their_links_are_left() -> None:
    left = of_theme(themed(), "th1")
    assert {one.theme for one in left.objectives} == {"TH1"}
    shown = {one.id for one in (*left.outcomes, *left.promises, *left.objectives, *left.enablers)}
    assert left.links
    assert all({link.cause, link.effect} <= shown for link in left.links)


def test_control_a_theme_that_is_not_there_is_refused() -> None:
    with pytest.raises(UsageError):
        of_theme(themed(), "TH9")
