"""Label placement: where on the map words stand so that as few links as can be run under them."""

from __future__ import annotations

from itertools import pairwise

from bsc_coach.drawing.model import Area, MapDrawing

CLEAR = 5.0
"""Points between words and a link beside them."""


def quiet_x(drawing: MapDrawing, area: Area, width: float) -> float:
    """Left end, inside ``area``, for words of this ``width``: the leftmost place with the fewest links."""
    passing = sorted(_passing(drawing, area))
    last = max(area.right - width, area.x)
    places = [area.x, last, *(x + CLEAR for x in passing), *(x - CLEAR - width for x in passing)]

    def disturbed(place: float) -> int:
        return sum(place - CLEAR < x < place + width + CLEAR for x in passing)

    return min((place for place in places if area.x <= place <= last), key=lambda one: (disturbed(one), one))


def _passing(drawing: MapDrawing, area: Area) -> set[float]:
    """Return where links go up through ``area``."""
    found = set()
    for route in drawing.routes:
        for (x, y), (to_x, to_y) in pairwise(route.points):
            crosses = min(y, to_y) < area.bottom and area.y < max(y, to_y)
            if x == to_x and crosses and area.x <= x <= area.right:
                found.add(x)
    return found
