"""What is there on each part of the map, counted: points, and which of them lack owner, KPI or link."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from bsc_coach.strategy.model import ClusterId, Strategy
from bsc_coach.strategy.points import (
    PERSPECTIVES,
    MapPoint,
    Perspective,
    PointKind,
    map_links,
    map_points,
    places_of,
)

Trait = Literal["owner", "kpi", "link"]
_ASKED_OF: Mapping[PointKind, tuple[Trait, ...]] = {
    "mission": ("link",),
    "outcome": ("kpi", "link"),
    "promise": ("link",),
    "objective": ("owner", "kpi", "link"),
    "enabler": ("owner", "link"),
}
"""What every session asks of a point; the others count where some point of the part has them."""


@dataclass(frozen=True)
class PartStanding:
    """A perspective of the map, or one cluster of processes, with its points."""

    perspective: Perspective
    cluster: ClusterId | None
    """Of processes; None for another perspective, and for objectives that stand in no cluster."""
    points: tuple[MapPoint, ...]
    lacking: Mapping[Trait, tuple[str, ...]]
    """The ids of the points that lack a trait, by each trait that counts here."""

    def called(self, strategy: Strategy) -> str:
        """Return what the part is called on the map."""
        if self.perspective == "process":
            return strategy.names.cluster(self.cluster, strategy.language)
        return strategy.names.band(self.perspective, strategy.language)


def parts_of_map(strategy: Strategy) -> tuple[PartStanding, ...]:
    """Return the parts of the map from top to bottom, also empty ones; none while nothing is on it."""
    points = map_points(strategy)
    return tuple(_parts(strategy, points)) if points else ()


def _parts(strategy: Strategy, points: tuple[MapPoint, ...]) -> Iterator[PartStanding]:
    links, kpis = map_links(strategy), {kpi.measures for kpi in strategy.kpis}
    linked = {end for link in links for end in (link.cause, link.effect)}
    for perspective in reversed(PERSPECTIVES):
        for cluster in places_of(strategy) if perspective == "process" else (None,):
            inside = tuple(one for one in points if one.perspective == perspective and one.cluster == cluster)
            if inside or perspective != "mission":
                has: Mapping[Trait, frozenset[str]] = {
                    "owner": frozenset(one.id for one in inside if (one.owner or "").strip()),
                    "kpi": frozenset(one.id for one in inside if one.id in kpis),
                    "link": frozenset(one.id for one in inside if one.id in linked),
                }
                lacking = {
                    trait: tuple(one.id for one in inside if one.id not in those)
                    for trait, those in has.items()
                    if those or any(trait in _ASKED_OF[one.kind] for one in inside)
                }
                yield PartStanding(perspective, cluster, inside, lacking)
