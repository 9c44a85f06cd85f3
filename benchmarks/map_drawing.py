"""The drawn strategy map: how long it takes, how that grows, how steady it is, and how large its letters are.

Run as ``python benchmarks/map_drawing.py``. Ends with 1 when a figure is missed.

Crossings are counted from the final picture and only told: boxes stand in the order of the method and of the
team, so that there are more than there could be. In every row of boxes, the x at which each link stands there
(its box, or where its line crosses the middle of the row) is taken, and between neighbouring rows those pairs
of links count that change sides.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, pairwise
from time import process_time

from figures import Figure, table
from made_maps import MADE, made, recorded
from render_scaling import seconds_for

from bsc_coach.documents.board.pages import render_whole
from bsc_coach.documents.map.paper import SLIM, room_on
from bsc_coach.documents.map.parts import map_pages
from bsc_coach.documents.map.svg import render_svg
from bsc_coach.documents.office.map_shapes import room_in
from bsc_coach.drawing.fitting import LEAST_TYPE, Room
from bsc_coach.drawing.layout import draw
from bsc_coach.drawing.model import Area, MapDrawing, Point, Route
from bsc_coach.strategy.model import Strategy
from bsc_coach.strategy.notes import Notes

MOST_SECONDS = 0.06
SIZES = (25, 200)

Places = Mapping[int, float]
"""Of one link its x in every row that it stands in or passes, bottom row 0."""


def crossings(links: Sequence[Places]) -> int:
    """Count the pairs of links that change sides between neighbouring rows."""
    total = 0
    for row in range(max((max(places) for places in links), default=0)):
        here = [(places[row], places[row + 1]) for places in links if row in places and row + 1 in places]
        total += sum((one[0] - two[0]) * (one[1] - two[1]) < 0 for one, two in combinations(here, 2))
    return total


def rows_of(drawing: MapDrawing) -> list[list[str]]:
    """Return the boxes in their rows, bottom row first."""
    rows: dict[float, list[str]] = {}
    for box in drawing.boxes:
        rows.setdefault(-box.area.y, []).append(box.entry.id)
    return [rows[y] for y in sorted(rows)]


def ours(drawing: MapDrawing) -> list[Places]:
    """Return where the links of our own drawing stand."""
    middles = sorted({(box.area.y + box.area.bottom) / 2 for box in drawing.boxes}, reverse=True)
    areas = {box.entry.id: box.area for box in drawing.boxes}
    return [_places(route.points, middles, areas, route) for route in drawing.routes]


def _places(
    points: Sequence[Point], middles: Sequence[float], areas: Mapping[str, Area], route: Route
) -> Places:
    ends = {}
    for name in (route.cause, route.effect):
        area = areas[name]
        ends[middles.index((area.y + area.bottom) / 2)] = area.x + area.width / 2
    return {**_passed(points, middles, min(ends), max(ends)), **ends}


def _passed(points: Sequence[Point], middles: Sequence[float], low: int, high: int) -> dict[int, float]:
    """Return where a line crosses the middle of each row between its ends."""
    found = {}
    for row in range(low + 1, high):
        y = middles[row]
        for (x, one), (to_x, other) in pairwise(points):
            if min(one, other) <= y <= max(one, other):
                part = (y - one) / (other - one) if other != one else 0.0
                found[row] = x + part * (to_x - x)
                break
    return found


def overlaps(drawing: MapDrawing) -> int:
    """Count the boxes and frames that meet, and the links that run through a box."""
    areas = [box.area for box in drawing.boxes]
    frames = [frame.area for frame in drawing.frames]
    total = sum(one.meets(other) for group in (areas, frames) for one, other in combinations(group, 2))
    for route in drawing.routes:
        for (x, y), (to_x, to_y) in pairwise(route.points):
            line = Area(min(x, to_x), min(y, to_y), max(abs(to_x - x), 0.01), max(abs(to_y - y), 0.01))
            total += sum(line.meets(area) for area in areas)
    return total


def order_figures(maps: Mapping[str, Strategy]) -> Iterator[Figure]:
    """Yield how often the order of clusters changes as any one link is taken away."""
    changed = tried = 0
    for strategy in maps.values():
        usual = [frame.cluster for frame in draw(strategy).frames]
        for link in strategy.links:
            links = tuple(one for one in strategy.links if one != link)
            frames = draw(strategy.model_copy(update={"links": links})).frames
            changed += [frame.cluster for frame in sorted(frames, key=lambda one: one.area.x)] != usual
            tried += 1
    what = f"order of clusters changed by one link fewer, of {tried}"
    yield Figure(what, "–", str(changed), "–", "0", changed == 0)


def type_figures(maps: Mapping[str, Strategy]) -> Iterator[Figure]:
    """Yield the smallest letters of every map on paper and slides, and on how many pages it stands."""
    rooms = {
        "A4": Room(*room_on("A4"), SLIM),
        "Letter": Room(*room_on("Letter"), SLIM),
        "slide": room_in(932, 474),
    }
    for name, strategy in maps.items():
        for paper, room in rooms.items():
            pages = map_pages(strategy, room)
            least = min(page.fitted.type_size for page in pages)
            what = f"smallest letters of {name} on {paper}, pages: {len(pages)}"
            yield Figure(what, "–", f"{least:g} pt", "–", f"{LEAST_TYPE:g} pt", least >= LEAST_TYPE)


def time_figures() -> Iterator[Figure]:
    """Yield the time of the usual map, and its growth to 200 objectives."""
    usual = made(25, 45)
    render_svg(usual)
    drawn = seconds_for(lambda: render_svg(usual))
    written = seconds_for(lambda: render_whole(usual, Notes()))
    yield Figure(
        "SVG of 25 objectives and 45 links", f"{written * 1000:.1f} ms (Markdown)", f"{drawn * 1000:.1f} ms",
        f"{drawn / written:.1f}×", f"{MOST_SECONDS * 1000:.0f} ms", drawn <= MOST_SECONDS,
    )  # fmt: skip
    small, large = SIZES
    strategy = made(large, large * 45 // small)
    start = process_time()
    render_svg(strategy)
    spent = process_time() - start
    most = (large / small) ** 2
    yield Figure(
        f"SVG of {large} objectives, against {small}", f"{drawn * 1000:.1f} ms", f"{spent * 1000:.0f} ms",
        f"{spent / drawn:.1f}×", f"{most:g}× (n²)", spent / drawn <= most,
    )  # fmt: skip


def figures() -> list[Figure]:
    """Return all figures."""
    samples = {name: recorded(name) for name in ("riverbend", "brakelman")}
    maps = samples | {f"made {size}/{links}": made(size, links) for size, links in MADE}
    met = sum(overlaps(draw(strategy)) for strategy in maps.values())
    crossed = sum(crossings(ours(draw(strategy))) for strategy in maps.values())
    on_paper = samples | {"made 25/45": made(25, 45), "made 60/120": made(60, 120)}
    return [
        *time_figures(),
        Figure("overlaps on the twelve maps", "–", str(met), "–", "0", met == 0),
        Figure("crossings on the twelve maps, together", "–", str(crossed), "–", "–", True),
        *order_figures(samples),
        *type_figures(on_paper),
    ]


def main() -> int:
    """Print the table; return 1 if a figure is missed."""
    found = figures()
    print(table(found))
    return 0 if all(one.ok for one in found) else 1


if __name__ == "__main__":
    sys.exit(main())
