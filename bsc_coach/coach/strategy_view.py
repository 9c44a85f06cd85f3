"""StrategyView: a strategy with lookups for the rules (points by row and cluster, links, reachability)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from bsc_coach.coach.context import RuleContext
from bsc_coach.coach.lexicon.matcher import Phrases, phrases, readable
from bsc_coach.strategy.measures import Kpi
from bsc_coach.strategy.model import ClusterId, Initiative, Link, Strategy
from bsc_coach.strategy.points import (
    PERSPECTIVES,
    MapPoint,
    Perspective,
    PointLink,
    ProcessPoint,
    map_links,
    map_points,
    vital_few,
)


@dataclass(frozen=True)
class StrategyView:
    """The subject of the rules on choices and maps: a strategy and its indexes, each computed once."""

    strategy: Strategy
    context: RuleContext

    @property
    def lists(self) -> Phrases:
        """The word lists of the language."""
        return phrases(self.context.language)

    def label(self, kind: str, name: str) -> str:
        """Return what a choice of the model is called in the language."""
        return self.strategy.names.choice(kind, name, self.context.language)

    @cached_property
    def by_id(self) -> Mapping[str, ProcessPoint]:
        """The vital few by short id."""
        return {point.id: point for point in vital_few(self.strategy)}

    @property
    def chosen(self) -> tuple[ProcessPoint, ...]:
        """The vital few, each id once."""
        return tuple(self.by_id.values())

    @cached_property
    def by_cluster(self) -> Mapping[ClusterId | None, tuple[ProcessPoint, ...]]:
        """The vital few by cluster; under None those whose id belongs to none."""
        grouped: dict[ClusterId | None, list[ProcessPoint]] = defaultdict(list)
        for one in self.chosen:
            grouped[one.cluster].append(one)
        return {cluster: tuple(those) for cluster, those in grouped.items()}

    @cached_property
    def points(self) -> Mapping[str, MapPoint]:
        """Every point of the map by its short id, from the bottom to the top."""
        return {point.id: point for point in map_points(self.strategy)}

    @cached_property
    def rows(self) -> Mapping[str, Perspective]:
        """The row of each point of the map by its short id."""
        return {name: point.perspective for name, point in self.points.items()}

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """The title of each point of the map by its short id."""
        return {name: point.title for name, point in self.points.items()}

    def in_row(self, *rows: Perspective) -> frozenset[str]:
        """Return the short ids of the points in some rows."""
        return frozenset(name for name, row in self.rows.items() if row in rows)

    def rank(self, name: str) -> int:
        """Return how high a point stands; in a public organisation money stands beside the customer."""
        row = self.rows[name]
        beside_customer = row == "financial" and self.strategy.organisation.kind == "public"
        return PERSPECTIVES.index("customer" if beside_customer else row)

    @cached_property
    def links(self) -> tuple[PointLink, ...]:
        """The links whose two ends are on the map, but for those that hold back: they bring nothing about."""
        against = {one.id for one in self.holding_back}
        return tuple(one for one in map_links(self.strategy) if one.id not in against)

    @cached_property
    def holding_back(self) -> tuple[Link, ...]:
        """The links of which the cause costs some of the effect."""
        return tuple(one for one in self.strategy.links if one.kind == "holds_back")

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


def whole_text(point: ProcessPoint) -> str:
    """Title, description and bottleneck of one of the vital few, normalised for looking in."""
    texts = (point.title, point.objective.description, point.objective.bottleneck)
    return readable(" . ".join(text for text in texts if text))
