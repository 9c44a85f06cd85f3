"""Entry of the layered layout: from a strategy to a drawn map."""

from __future__ import annotations

from functools import lru_cache

from bsc_coach import sizes
from bsc_coach.drawing.lanes import layers_of, stretches_of
from bsc_coach.drawing.model import MapDrawing
from bsc_coach.drawing.ordering import order
from bsc_coach.drawing.placing import place
from bsc_coach.drawing.rows import arrange
from bsc_coach.errors import DocumentFaultError
from bsc_coach.strategy.model import Strategy
from bsc_coach.text import clean, one_line
from bsc_coach.words import say


@lru_cache(maxsize=1)
def draw(strategy: Strategy) -> MapDrawing:
    """Lay out the strategy map of ``strategy``: layers, lanes, order, then coordinates.

    Raises DocumentFaultError for one with more links over more rows than any page could show.
    """
    arranged = arrange(strategy)
    if len(arranged.entries) > sizes.MAP_POINTS or stretches_of(arranged) > sizes.MAP_STRETCHES:
        told = {"points": len(arranged.entries), "links": len(arranged.ties), "rows": len(arranged.rows)}
        raise DocumentFaultError("documents.map_too_large", **told)
    layers = layers_of(arranged)
    rows, clusters = order(layers)
    reasons = {one.id: _reason(one.empty_because, strategy.language) for one in strategy.clusters}
    return place(arranged, layers, rows, clusters, reasons)


def _reason(told: str | None, language: str) -> str:
    """The text in an empty frame on why its cluster was left empty; nothing where nobody said why."""
    reason = one_line(clean(told or "").text)
    return say("map.picture.cluster_empty", language, reason=reason) if reason else ""
