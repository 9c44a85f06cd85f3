"""The map on paper: the pictures of its pages, how large they are, and where their boxes can be linked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bsc_coach.documents.brand import PaperSize
from bsc_coach.documents.context.tables import Table
from bsc_coach.documents.map.parts import MapPart, map_pages
from bsc_coach.documents.map.svg import foot_of, picture_of
from bsc_coach.drawing.fitting import Room
from bsc_coach.strategy.model import Strategy

FONTS = "'Libertinus Serif', 'New Computer Modern', 'DejaVu Sans', sans-serif"
SLIM = 1.2
"""The first of them is so much narrower than what the drawing reckons with."""
PAPERS: Mapping[PaperSize, tuple[float, float]] = {"A4": (842, 595), "A3": (1191, 842), "Letter": (792, 612)}
"""Width and height in points, on its side."""
MARGIN, ABOVE = 23.0, 58.0
"""Around the map, and the heading above it with the line below it."""


def room_on(paper: PaperSize) -> tuple[float, float]:
    """Return how much room a map has on a page of this paper, in points."""
    width, height = PAPERS[paper]
    return width - 2 * MARGIN, height - 2 * MARGIN - ABOVE


def paper_pictures(strategy: Strategy, width: float, height: float) -> Iterator[tuple[Table, str]]:
    """Yield each page of the map in a room of so many points: a table for the layout, and its SVG."""
    for page in map_pages(strategy, Room(width, height, SLIM)):
        yield _table(page), picture_of(page.strategy, page.fitted.drawing, fonts=FONTS)


def _table(page: MapPart) -> Table:
    drawing, scale = page.fitted.drawing, page.fitted.scale
    return {
        "title": page.title,
        "width": drawing.width * scale,
        "height": foot_of(page.strategy, drawing)[2] * scale,
        "boxes": [
            {
                "id": box.entry.id,
                "x": box.area.x * scale,
                "y": box.area.y * scale,
                "width": box.area.width * scale,
                "height": box.area.height * scale,
            }
            for box in drawing.boxes
        ],
    }
