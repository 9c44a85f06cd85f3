"""The points of the strategy map: what stands on it, in which perspective and cluster, under which title.

The vital few are the objectives, and the chosen candidates that no objective describes yet. Everything that
shows, draws, checks or compares a map begins here, so that all of it agrees on what the map holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from bsc_coach.strategy.model import (
    CLUSTERS,
    Candidate,
    ClusterId,
    Horizon,
    Objective,
    Strategy,
)

Perspective = Literal["learning", "process", "customer", "financial", "mission"]
PointKind = Literal["enabler", "objective", "promise", "outcome", "mission"]

_CLUSTER_OF_LETTERS: dict[str, ClusterId] = {
    "O": "operations",
    "CM": "customer",
    "I": "innovation",
    "S": "social",
}
PERSPECTIVE_OF: dict[PointKind, Perspective] = {
    "enabler": "learning",
    "objective": "process",
    "promise": "customer",
    "outcome": "financial",
    "mission": "mission",
}
"""The perspective of each kind of point, from the bottom of the map to its top: causes before effects."""
PERSPECTIVES: tuple[Perspective, ...] = tuple(PERSPECTIVE_OF.values())
"""From the bottom of the map to its top."""


@dataclass(frozen=True)
class MapPoint:
    """One point of the map."""

    id: str
    kind: PointKind
    title: str
    """Empty where it has none yet."""
    horizon: Horizon | None = None
    owner: str | None = None
    cluster: ClusterId | None = None
    """Of a process objective; None where neither a candidate nor the letters of its id tell one."""

    @property
    def perspective(self) -> Perspective:
        """The perspective that points of this kind stand in."""
        return PERSPECTIVE_OF[self.kind]


@dataclass(frozen=True, kw_only=True)
class ProcessPoint(MapPoint):
    """One of the vital few, with the parts of the strategy that it is made of."""

    kind: PointKind = "objective"
    objective: Objective
    """Empty but for its id where only a candidate was chosen so far."""
    candidate: Candidate | None = None

    @property
    def priority(self) -> int | None:
        """Influence × (6 − performance) where both were scored."""
        return self.candidate.priority if self.candidate else None


@dataclass(frozen=True)
class PointLink:
    """A link of cause and effect whose two ends are on the map."""

    id: str
    cause: str
    effect: str
    because: str = ""

    @property
    def about(self) -> tuple[str, str, str]:
        """The ids that a remark about it names: its own, then those of its ends."""
        return (self.id, self.cause, self.effect)

    @property
    def ends(self) -> Mapping[str, str]:
        """The ids of its ends by their names, to be filled into a sentence."""
        return {"cause": self.cause, "effect": self.effect}


def vital_few(strategy: Strategy) -> tuple[ProcessPoint, ...]:
    """Process objectives as written, then the chosen candidates without one.

    A file edited by hand may hold an objective twice; both are here, so that no text of it gets lost.
    """
    candidates = {candidate.id: candidate for candidate in strategy.candidates}
    described = {objective.id for objective in strategy.objectives}
    chosen = (
        Objective(id=candidate.id)
        for candidate in candidates.values()
        if candidate.selected and candidate.id not in described
    )
    return tuple(
        _process_point(objective, candidates.get(objective.id))
        for objective in (*strategy.objectives, *chosen)
    )


def _process_point(objective: Objective, candidate: Candidate | None) -> ProcessPoint:
    return ProcessPoint(
        id=objective.id,
        title=objective.title or (candidate.title if candidate else None) or "",
        horizon=objective.horizon,
        owner=objective.owner_role,
        cluster=candidate.cluster if candidate else cluster_of_letters(objective.id),
        objective=objective,
        candidate=candidate,
    )


def cluster_of_letters(objective_id: str) -> ClusterId | None:
    """The cluster that the letters of an id name, for an objective without a candidate to ask."""
    return _CLUSTER_OF_LETTERS.get(objective_id.rstrip("0123456789."))


def map_points(strategy: Strategy) -> tuple[MapPoint, ...]:
    """Every point of the map, perspective by perspective from the bottom to the top."""
    enablers = (
        MapPoint(enabler.id, "enabler", enabler.title or "", enabler.horizon, enabler.owner_role)
        for enabler in strategy.enablers
    )
    promises = (MapPoint(one.id, "promise", one.title or "", one.horizon) for one in strategy.promises)
    outcomes = (MapPoint(one.id, "outcome", one.title or "", one.horizon) for one in strategy.outcomes)
    missions = (MapPoint(one.id, "mission", one.title or "", one.horizon) for one in strategy.missions)
    return (*enablers, *vital_few(strategy), *promises, *outcomes, *missions)


def map_links(strategy: Strategy) -> tuple[PointLink, ...]:
    """The links whose two ends are both on the map."""
    known = {point.id for point in map_points(strategy)}
    return tuple(
        PointLink(link.id, link.cause, link.effect, link.because or "")
        for link in strategy.links
        if link.cause and link.effect and link.cause in known and link.effect in known
    )


def places_of(strategy: Strategy) -> tuple[ClusterId | None, ...]:
    """The places in the process perspective: the four clusters, and None where some objective is in none.

    A strategy.toml edited by hand may hold an objective that no cluster claims. It has a place of its own,
    the same in every document and picture, and never stands under a cluster that nobody gave it.
    """
    return (*CLUSTERS, None) if any(point.cluster is None for point in vital_few(strategy)) else CLUSTERS


def stacks_of(strategy: Strategy) -> tuple[tuple[Perspective, ...], ...]:
    """The perspectives from the bottom of the map to its top, those that stand beside each other together.

    Money stands above customers, but for a public body whose team says otherwise.
    """
    money: dict[str, tuple[tuple[Perspective, ...], ...]] = {
        "below": (("financial",), ("customer",)),
        "beside": (("financial", "customer"),),
    }
    stands = strategy.organisation.money_stands if strategy.organisation.kind == "public" else None
    between = money.get(stands or "above", (("customer",), ("financial",)))
    return (("learning",), ("process",), *between, ("mission",))


def perspectives_of(strategy: Strategy) -> tuple[Perspective, ...]:
    """The perspectives as one reads the map: from its top to its bottom, from left to right."""
    return tuple(band for stack in reversed(stacks_of(strategy)) for band in stack)
