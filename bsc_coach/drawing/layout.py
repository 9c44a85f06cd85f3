"""The entry: from a strategy to a drawn map."""

from __future__ import annotations

from bsc_coach.drawing.model import MapDrawing
from bsc_coach.drawing.ordering import order
from bsc_coach.drawing.placing import place
from bsc_coach.drawing.routing import route
from bsc_coach.drawing.rows import arrange
from bsc_coach.strategy.model import Strategy
from bsc_coach.text import one_line


def draw(strategy: Strategy) -> MapDrawing:
    """Return where everything of the strategy map of ``strategy`` stands. The same for the same strategy."""
    arranged = arrange(strategy)
    ordered = order(arranged)
    reasons = {one.id: one_line(one.empty_because or "") for one in strategy.clusters}
    placed = place(arranged, ordered, reasons)
    drawn = {chain.tie.link for chain in ordered.chains}
    circles = tuple(tie.link for tie in arranged.ties if tie.link not in drawn)
    return MapDrawing(
        width=placed.width,
        height=placed.height,
        bands=placed.bands,
        frames=placed.frames,
        boxes=tuple(placed.boxes.values()),
        routes=route(ordered, placed),
        left_out=(*arranged.left_out, *circles),
    )
