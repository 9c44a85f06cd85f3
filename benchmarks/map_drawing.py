"""The drawn strategy map: how long it takes, how that grows, and its crossings beside Graphviz's ``dot``.

Run as ``python benchmarks/map_drawing.py``. Ends with 1 when a figure is missed; without ``dot`` that part
is left out, and said.

Crossings are counted alike for both, from the final picture: in every row of boxes, the x at which each
link stands there (its box, or where its line crosses the middle of the row) is taken, and between
neighbouring rows those pairs of links count that change sides. ``dot`` is held to the same rows
(``rank=same``, ``newrank``) and gets the clusters as subgraphs; of its usual search and one of ten times
the effort the better result counts.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, pairwise
from time import process_time

from figures import Figure, table
from made_maps import MADE, made, recorded
from render_scaling import seconds_for

from bsc_coach.documents.map.svg import render_svg
from bsc_coach.documents.board.pages import render_whole
from bsc_coach.drawing.layout import draw
from bsc_coach.drawing.model import Area, MapDrawing, Point, Route
from bsc_coach.strategy.model import Strategy
from bsc_coach.strategy.notes import Notes

MOST_SECONDS = 0.1
SIZES = (25, 200)
EFFORTS = ("1", "10")
STEPS = 40
"""Points into which each curve of dot is cut."""

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


def dots(drawing: MapDrawing, effort: str) -> list[Places]:
    """Return where the links stand as dot draws them."""
    told = subprocess.run(
        ["dot", "-Tjson"], input=dot_text(drawing, effort), capture_output=True, text=True, check=True
    )
    graph = json.loads(told.stdout)
    nodes = {one["name"]: _point(one["pos"]) for one in graph["objects"] if "pos" in one}
    names = {number: one["name"] for number, one in enumerate(graph["objects"])}
    rows = rows_of(drawing)
    row_of = {name: at for at, row in enumerate(rows) for name in row}
    middles = [nodes[row[0]][1] for row in rows]
    if any(nodes[name][1] != y for y, row in zip(middles, rows, strict=True) for name in row):
        raise RuntimeError("dot did not keep the rows")
    links = []
    for edge in graph["edges"]:
        low, high = sorted((names[edge["tail"]], names[edge["head"]]), key=lambda name: row_of.get(name, -1))
        if low in row_of:
            ends = {row_of[low]: nodes[low][0], row_of[high]: nodes[high][0]}
            links.append({**_passed(list(_curve(edge["pos"])), middles, min(ends), max(ends)), **ends})
    return links


def dot_text(drawing: MapDrawing, effort: str) -> str:
    """Return the map for dot: the same rows, the same clusters, the same links."""
    rows = rows_of(drawing)
    row_of = {name: at for at, row in enumerate(rows) for name in row}
    lines = [
        f"digraph {{ rankdir=BT; newrank=true; mclimit={effort}; nodesep=0.2",
        'node [shape=box, fixedsize=true, width=1.9, height=1, label=""]',
        " -> ".join(f"row{at}" for at in range(len(rows))) + " [style=invis]",
    ]
    clusters: dict[str, list[str]] = {}
    for box in drawing.boxes:
        if box.entry.cluster:
            clusters.setdefault(box.entry.cluster, []).append(box.entry.id)
    for cluster, names in clusters.items():
        lines.append(f"subgraph cluster_{cluster} {{ {' '.join(names)} }}")
    for at, row in enumerate(rows):
        lines.append(f"{{ rank=same row{at} {' '.join(row)} }}")
    for route in drawing.routes:
        low, high = sorted((route.cause, route.effect), key=lambda name: row_of[name])
        lines.append(f"{low} -> {high}")
    return "\n".join([*lines, "}"])


def _point(told: str) -> Point:
    x, y = told.split(",")[-2:]
    return float(x), float(y)


def _curve(told: str) -> Iterator[Point]:
    points = [_point(one) for one in told.split() if one[0] not in "es"]
    yield points[0]
    for at in range(0, len(points) - 3, 3):
        curve = points[at : at + 4]
        for step in range(1, STEPS + 1):
            t = step / STEPS
            weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
            parts = list(zip(weights, curve, strict=True))
            yield sum(weight * x for weight, (x, _) in parts), sum(weight * y for weight, (_, y) in parts)


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


def crossing_figures(maps: Mapping[str, Strategy]) -> Iterator[Figure]:
    """Yield the crossings of every map beside those of dot."""
    for name, strategy in maps.items():
        drawing = draw(strategy)
        best = min(crossings(dots(drawing, effort)) for effort in EFFORTS)
        own = crossings(ours(drawing))
        what = f"crossings, {name}: {len(drawing.boxes)} boxes, {len(drawing.routes)} links"
        yield Figure(what, f"{best} (dot)", str(own), "–", str(best), own <= best)


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
    """Return all figures; without dot, none about crossings."""
    maps = {name: recorded(name) for name in ("riverbend", "brakelman")}
    maps |= {f"made {size}/{links}": made(size, links) for size, links in MADE}
    met = sum(overlaps(draw(strategy)) for strategy in maps.values())
    found = [*time_figures(), Figure("overlaps on the twelve maps", "–", str(met), "–", "0", met == 0)]
    if shutil.which("dot"):
        found += crossing_figures(maps)
    else:
        print("!!! dot (Graphviz) IS NOT INSTALLED: crossings were NOT compared.", file=sys.stderr)
    return found


def main() -> int:
    """Print the table; return 1 if a figure is missed."""
    found = figures()
    print(table(found))
    return 0 if all(one.ok for one in found) else 1


if __name__ == "__main__":
    sys.exit(main())
