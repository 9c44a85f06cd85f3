"""A strategy as the rules of the map look at it: points by row and cluster, links, and what reaches what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from bsc_coach.coach.context import RuleContext
from bsc_coach.coach.lexicon.phrases import Phrases, phrases, readable
from bsc_coach.strategy.model import (
    Candidate,
    ClusterId,
    Initiative,
    Kpi,
    Objective,
    Strategy,
    cluster_of_letters,
)
from bsc_coach.words import say

Perspective = Literal["learning", "process", "customer", "financial", "mission"]
_RANK: Mapping[Perspective, int] = {"learning": 0, "process": 1, "customer": 2, "financial": 3, "mission": 4}


@dataclass(frozen=True)
class Chosen:
    """A process improvement of the vital few: its objective and its candidate, whichever are there."""

    id: str
    objective: Objective
    candidate: Candidate | None
    cluster: ClusterId | None

    @cached_property
    def title(self) -> str:
        """The title of the objective, else that of the candidate."""
        return self.objective.title or (self.candidate.title if self.candidate else None) or ""

    @cached_property
    def read(self) -> str:
        """The title, normalised."""
        return readable(self.title)

    @cached_property
    def wider(self) -> str:
        """Title, description and bottleneck, normalised."""
        told = (self.title, self.objective.description, self.objective.bottleneck)
        return readable(" . ".join(part for part in told if part))

    @cached_property
    def priority(self) -> int | None:
        """Influence × (6 − performance) where it was scored."""
        return self.candidate.priority if self.candidate else None


@dataclass(frozen=True)
class PointLink:
    """A link with both its ends on the map."""

    id: str
    cause: str
    effect: str
    because: str

    @property
    def about(self) -> tuple[str, ...]:
        """The link and its ends, for a remark."""
        return (self.id, self.cause, self.effect)

    @property
    def ends(self) -> Mapping[str, str]:
        """The ends, for the words of a remark."""
        return {"cause": self.cause, "effect": self.effect}


@dataclass(frozen=True)
class StrategyView:
    """One strategy with everything the rules look up in it; made once for all of them."""

    strategy: Strategy
    context: RuleContext

    @property
    def lists(self) -> Phrases:
        """The word lists of the language."""
        return phrases(self.context.language)

    def label(self, kind: str, name: str) -> str:
        """Return what a choice of the model is called in the language."""
        return say(f"document.choice.{kind}.{name}", self.context.language)

    @cached_property
    def chosen(self) -> tuple[Chosen, ...]:
        """The vital few: every objective, and every candidate chosen that has none yet."""
        candidates = {one.id: one for one in self.strategy.candidates}
        found = [self._chosen(one, candidates.get(one.id)) for one in self.strategy.objectives]
        known = {one.id for one in found}
        found += [
            self._chosen(Objective(id=one.id), one)
            for one in candidates.values()
            if one.selected and one.id not in known
        ]
        return tuple({one.id: one for one in found}.values())

    @staticmethod
    def _chosen(objective: Objective, candidate: Candidate | None) -> Chosen:
        cluster = candidate.cluster if candidate else cluster_of_letters(objective.id)
        return Chosen(objective.id, objective, candidate, cluster)

    @cached_property
    def by_id(self) -> Mapping[str, Chosen]:
        """The vital few by short id."""
        return {one.id: one for one in self.chosen}

    @cached_property
    def by_cluster(self) -> Mapping[ClusterId | None, tuple[Chosen, ...]]:
        """The vital few by cluster; under None those whose id belongs to none."""
        grouped: dict[ClusterId | None, list[Chosen]] = defaultdict(list)
        for one in self.chosen:
            grouped[one.cluster].append(one)
        return {cluster: tuple(those) for cluster, those in grouped.items()}

    @cached_property
    def rows(self) -> Mapping[str, Perspective]:
        """The row of each point of the map by its short id."""
        told: dict[str, Perspective] = {one.id: "process" for one in self.chosen}
        told |= {one.id: "learning" for one in self.strategy.enablers}
        told |= {one.id: "customer" for one in self.strategy.promises}
        told |= {one.id: "financial" for one in self.strategy.outcomes}
        told |= {one.id: "mission" for one in self.strategy.missions}
        return told

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """The title of each point of the map by its short id."""
        told = {one.id: one.title for one in self.chosen}
        several = (
            self.strategy.enablers,
            self.strategy.promises,
            self.strategy.outcomes,
            self.strategy.missions,
        )
        for parts in several:
            told |= {one.id: one.title or "" for one in parts}
        return told

    @cached_property
    def _in_rows(self) -> Mapping[Perspective, frozenset[str]]:
        return {row: frozenset(name for name, here in self.rows.items() if here == row) for row in _RANK}

    def in_row(self, *rows: Perspective) -> frozenset[str]:
        """Return the short ids of the points in some rows."""
        return frozenset[str]().union(*(self._in_rows[row] for row in rows))

    def rank(self, name: str) -> int:
        """Return how high a point stands; in a public organisation money stands beside the customer."""
        rank = _RANK[self.rows[name]]
        return 2 if rank == 3 and self.strategy.organisation.kind == "public" else rank

    @cached_property
    def links(self) -> tuple[PointLink, ...]:
        """The links whose two ends are on the map."""
        return tuple(
            PointLink(one.id, one.cause, one.effect, one.because or "")
            for one in self.strategy.links
            if one.cause in self.rows and one.effect in self.rows and one.cause and one.effect
        )

    @cached_property
    def effects(self) -> Mapping[str, tuple[str, ...]]:
        """What each point drives."""
        return _grouped((one.cause, one.effect) for one in self.links)

    @cached_property
    def causes(self) -> Mapping[str, tuple[str, ...]]:
        """What drives each point."""
        return _grouped((one.effect, one.cause) for one in self.links)

    def reaching(self, goals: Iterable[str]) -> frozenset[str]:
        """Return every point from which one of ``goals`` is reached by at least one link."""
        return _walked(goals, self.causes)

    @cached_property
    def kept(self) -> frozenset[str]:
        """Every point that some process objective reaches."""
        return _walked(self.in_row("process"), self.effects)

    @cached_property
    def kpis_of(self) -> Mapping[str, tuple[Kpi, ...]]:
        """The KPIs of each point of the map."""
        grouped: dict[str, list[Kpi]] = defaultdict(list)
        for one in self.strategy.kpis:
            grouped[one.measures].append(one)
        return {name: tuple(those) for name, those in grouped.items()}

    @cached_property
    def kpis_by_name(self) -> Mapping[str, tuple[Kpi, ...]]:
        """The KPIs by normalised name."""
        grouped: dict[str, list[Kpi]] = defaultdict(list)
        for one in self.strategy.kpis:
            if name := readable(one.name):
                grouped[name].append(one)
        return {name: tuple(those) for name, those in grouped.items()}

    @cached_property
    def initiatives_of(self) -> Mapping[str, tuple[Initiative, ...]]:
        """The initiatives of each point of the map."""
        grouped: dict[str, list[Initiative]] = defaultdict(list)
        for one in self.strategy.initiatives:
            for name in dict.fromkeys(one.objectives):
                grouped[name].append(one)
        return {name: tuple(those) for name, those in grouped.items()}


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    grouped: dict[str, dict[str, None]] = defaultdict(dict)
    for one, other in pairs:
        grouped[one][other] = None
    return {one: tuple(others) for one, others in grouped.items()}


def _walked(starts: Iterable[str], ways: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    """Return every point that is reached from ``starts`` by at least one step."""
    reached: set[str] = set()
    waiting = list(starts)
    while waiting:
        for other in ways.get(waiting.pop(), ()):
            if other not in reached:
                reached.add(other)
                waiting.append(other)
    return frozenset(reached)
