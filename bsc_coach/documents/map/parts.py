"""A map in parts: what of a strategy one page shows, and the pages that a large map needs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass, replace

from bsc_coach.documents.map.chips import chips_of
from bsc_coach.documents.map.svg import foot_of
from bsc_coach.documents.map.themes import only, theme_of_points, title_of_theme
from bsc_coach.drawing.fitting import Fitted, Room, fit, squeezed
from bsc_coach.drawing.layout import refuse_too_large
from bsc_coach.drawing.model import MapDrawing
from bsc_coach.strategy.model import Strategy
from bsc_coach.strategy.points import map_points, perspectives_of, places_of
from bsc_coach.words import say

NOTHING: frozenset[str] = frozenset()
MOST_ON_PAGE = 24
"""Points of a part: more are never tried on one page."""


@dataclass(frozen=True)
class MapPart:
    """A page of the map: what it is called, and what it shows."""

    title: str
    """Empty for a map that is whole on one page."""
    strategy: Strategy
    """As much of the strategy as the page shows."""
    fitted: Fitted


def map_pages(strategy: Strategy, room: Room) -> tuple[MapPart, ...]:
    """Return the map on one page where its letters can be read there, else an overview and its parts."""
    refuse_too_large(strategy)
    whole = fit(strategy, room, _foot(strategy), chips_of(strategy))
    if whole is not None:
        return (MapPart("", strategy, whole),)
    ids = {point.id for point in map_points(strategy)}
    found = [_overview(strategy, ids, room)]
    for name, points in _groups(strategy):
        pages = list(_pages(strategy, name, points, room))
        for at, page in enumerate(pages, start=1):
            part = say("map.part.of", strategy.language, name=name, at=at, of=len(pages))
            found.append(replace(page, title=part if len(pages) > 1 else name))
    return tuple(found)


def _overview(strategy: Strategy, ids: Set[str], room: Room) -> MapPart:
    """Return the page with everything: with its links, else with its titles, else with ids alone."""
    linked = only(strategy, ids, untitled=ids).model_copy(update={"links": strategy.links})
    bare = strategy.model_copy(update={"links": ()})
    for name, shown in (("overview", linked), ("overview_bare", bare)):
        if (fitted := _fitted(shown, room)) is not None:
            return MapPart(say(f"map.part.{name}", strategy.language), shown, fitted)
    shown = only(bare, ids, untitled=ids)
    fitted = _fitted(shown, room) or _squeezed(shown, room)
    return MapPart(say("map.part.overview_bare", strategy.language), shown, fitted)


def _groups(strategy: Strategy) -> Iterator[tuple[str, list[str]]]:
    """Yield what the parts show: themes where they hold all points, else bands, with clusters."""
    points = map_points(strategy)
    themes = theme_of_points(strategy)
    if all(point.id in themes for point in points if point.kind != "mission"):
        for theme in strategy.themes:
            if inside := [point.id for point in points if themes.get(point.id) == theme.id]:
                yield title_of_theme(theme), inside
        points = tuple(point for point in points if point.id not in themes)
    for band in perspectives_of(strategy):
        here = [point for point in points if point.perspective == band]
        if band != "process":
            if here:
                yield strategy.names.band(band, strategy.language), [point.id for point in here]
            continue
        for cluster in places_of(strategy):
            if inside := [point.id for point in here if point.cluster == cluster]:
                yield strategy.names.cluster(cluster, strategy.language), inside


def _pages(strategy: Strategy, name: str, ids: Sequence[str], room: Room) -> Iterator[MapPart]:
    """Yield the page of these points with what they are linked with, in halves where it is too much."""
    own = set(ids)
    ends = ({link.cause, link.effect} for link in strategy.links if {link.cause, link.effect} & own)
    near = {end for pair in ends for end in pair if end is not None} - own
    for untitled in (NOTHING, near) if len(ids) <= MOST_ON_PAGE else ():
        shown = only(strategy, own | near, untitled, about=own)
        fitted = _fitted(shown, room)
        if fitted is not None:
            yield MapPart(name, shown, fitted)
            return
    if len(ids) == 1:
        yield MapPart(name, shown, _squeezed(shown, room))
        return
    middle = len(ids) // 2
    yield from _pages(strategy, name, ids[:middle], room)
    yield from _pages(strategy, name, ids[middle:], room)


def _fitted(strategy: Strategy, room: Room) -> Fitted | None:
    return fit(strategy, room, _foot(strategy), is_part=True)


def _squeezed(strategy: Strategy, room: Room) -> Fitted:
    return squeezed(strategy, room, _foot(strategy), is_part=True)


def _foot(strategy: Strategy) -> Callable[[MapDrawing], float]:
    return lambda drawing: foot_of(strategy, drawing)[2]
