"""Entry of the layered layout: from a strategy to a drawn map, for a screen or for a paper of some size."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from bsc_coach import sizes
from bsc_coach.drawing.lanes import layers_of, stretches_of
from bsc_coach.drawing.model import MapDrawing, MapSize
from bsc_coach.drawing.ordering import order
from bsc_coach.drawing.placing import MapWords, place
from bsc_coach.drawing.rows import Arranged, arrange
from bsc_coach.errors import DocumentFaultError
from bsc_coach.strategy.model import Strategy
from bsc_coach.strategy.points import perspectives_of, places_of
from bsc_coach.text import clean, one_line
from bsc_coach.words import say

Chips = Mapping[str, Sequence[str]]
"""By the id of a point, what its box tells below the title."""
NO_CHIPS: Chips = MappingProxyType({})
SCREEN = MapSize()


def draw(strategy: Strategy, size: MapSize = SCREEN, chips: Chips = NO_CHIPS) -> MapDrawing:
    """Lay out the strategy map of ``strategy``: layers, lanes, order, then coordinates.

    ``chips`` are what its boxes tell below their titles. Raises DocumentFaultError for a map with more links
    over more rows than any page could show.
    """
    return MapPlan(strategy, size.in_row).drawn(size, chips)


class MapPlan:
    """What stands in which row and in which order: the part of the layout that no width changes."""

    def __init__(self, strategy: Strategy, in_row: int | None = None, *, is_part: bool = False) -> None:
        self.arranged = arrange(strategy, in_row, is_part=is_part)
        _refuse_too_large(self.arranged)
        self._layers = layers_of(self.arranged)
        self._rows = order(self._layers)
        reasons = {one.id: _reason(one.empty_because, strategy.language) for one in strategy.clusters}
        self._words = MapWords(
            {cluster: told for cluster, told in reasons.items() if told},
            {one: strategy.names.band(one, strategy.language) for one in perspectives_of(strategy)},
            {one: strategy.names.cluster(one, strategy.language) for one in places_of(strategy)},
        )

    def drawn(self, size: MapSize, chips: Chips = NO_CHIPS) -> MapDrawing:
        """Return the drawing for a size."""
        entries = {
            name: replace(entry, chips=tuple(chips.get(name, ())))
            for name, entry in self.arranged.entries.items()
        }
        arranged = replace(self.arranged, entries=entries)
        return place(arranged, self._layers, self._rows, size, self._words)


def refuse_too_large(strategy: Strategy) -> None:
    """Raise DocumentFaultError for a map with more links over more rows than any page could show."""
    _refuse_too_large(arrange(strategy))


def _refuse_too_large(arranged: Arranged) -> None:
    if len(arranged.entries) > sizes.MAP_POINTS or stretches_of(arranged) > sizes.MAP_STRETCHES:
        told = {"points": len(arranged.entries), "links": len(arranged.ties), "rows": len(arranged.rows)}
        raise DocumentFaultError("documents.map_too_large", **told)


def _reason(told: str | None, language: str) -> str:
    """The text in an empty frame on why its cluster was left empty; nothing where nobody said why."""
    reason = one_line(clean(told or "").text)
    return say("map.picture.cluster_empty", language, reason=reason) if reason else ""
