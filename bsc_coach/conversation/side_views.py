"""View models of the panels beside the conversation: strategy map, pinned answers, balance, review.

All of it is derived from the plan when it is shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from bsc_coach.conversation.prompt import Cell
from bsc_coach.conversation.prompt_builder import cell_of
from bsc_coach.documents.context.document_context import link_sentences
from bsc_coach.interview.homework import is_homework
from bsc_coach.interview.navigation import agenda, entry_of
from bsc_coach.interview.plan import Plan, SlotStatus
from bsc_coach.interview.projection import to_strategy, value_in_words
from bsc_coach.script.model import CollectStep, ConfirmStep
from bsc_coach.script.slots import Slot, StepId
from bsc_coach.strategy.method import LEADING
from bsc_coach.strategy.model import Candidate, Horizon, Strategy
from bsc_coach.strategy.points import MapPoint, Perspective, map_points, perspectives_of, places_of, vital_few
from bsc_coach.text import one_line
from bsc_coach.words import say


@dataclass(frozen=True)
class MapItem:
    """A point of the map: its short id and name, and whether something about it wants attention."""

    short: str
    title: str
    status: Literal["settled", "begun", "check_again", ""]
    """Nothing on the wall: how far a point is concerns whoever drives."""
    slot: Slot | None
    """Where one goes to work on it."""
    causes: tuple[str, ...] = ()
    """Short ids of what drives it."""
    effects: tuple[str, ...] = ()
    """Short ids of what it drives."""
    kpis: int = 0
    horizon: Horizon | None = None


@dataclass(frozen=True)
class MapLink:
    """A link of cause and effect, by the short ids of its ends, read as a sentence."""

    cause: str
    effect: str
    sentence: str


@dataclass(frozen=True)
class MapGroup:
    """A place of the process band, by the name of its cluster, or the whole of another band (no title)."""

    title: str
    items: tuple[MapItem, ...]
    empty_because: str = ""


@dataclass(frozen=True)
class MapBand:
    """One perspective of the strategy map."""

    id: Perspective
    title: str
    groups: tuple[MapGroup, ...]


@dataclass(frozen=True)
class Balance:
    """Clusters that hold something, horizons of the objectives, leading and lagging KPIs, loose ends."""

    clusters: int
    short: int
    medium: int
    long: int
    lead: int
    lag: int
    objectives: int
    kpis: int
    leading: tuple[str, ...]
    """The names of the clusters that should lead for the proposition that was chosen; none before."""
    in_leading: int
    """Objectives in those clusters."""
    unlinked: int
    """Objectives that no link begins or ends at, once links are drawn."""
    unmeasured: int
    """Objectives without a KPI, once there are KPIs."""


@dataclass(frozen=True)
class ReviewSection:
    """A part of the review: its title and its lines."""

    title: str
    cells: tuple[Cell, ...]


def pinned(plan: Plan) -> tuple[str, ...]:
    """Return what every process question is about: the first segment, the proposition, a promise."""
    strategy = to_strategy(plan)
    chosen = sorted(strategy.segments, key=lambda segment: segment.choice != "primary")
    segment = next((one.name for one in chosen if one.choice in ("primary", "target") and one.name), None)
    kind = plan.status(Slot(StepId("proposition.type")))
    proposition = value_in_words(plan, kind) if kind is not None and kind.active else ""
    promise = next((one.title for one in strategy.promises if one.title), None)
    return tuple(one_line(part) for part in (segment, proposition, promise) if part)


def map_of(plan: Plan) -> tuple[MapBand, ...]:
    """Return the strategy map as it stands, band by band from top to bottom."""
    strategy, language = to_strategy(plan), plan.language
    around = _Surroundings(plan, strategy)

    def items(entries: Iterable[MapPoint | Candidate]) -> tuple[MapItem, ...]:
        return tuple(around.item_of(entry) for entry in entries)

    def band(perspective: Perspective, *groups: MapGroup) -> MapBand:
        return MapBand(perspective, strategy.names.band(perspective, language), groups)

    def whole(perspective: Perspective) -> MapBand:
        return band(perspective, MapGroup("", items(one for one in points if one.perspective == perspective)))

    points, groups = map_points(strategy), []
    reasons = {cluster.id: cluster.empty_because or "" for cluster in strategy.clusters}
    for cluster in places_of(strategy):
        listed: list[MapPoint] | list[Candidate] = [
            one for one in points if one.kind == "objective" and one.cluster == cluster
        ]
        listed = listed or [one for one in strategy.candidates if one.cluster == cluster]
        reason = reasons.get(cluster, "") if cluster else ""
        groups.append(MapGroup(strategy.names.cluster(cluster, language), items(listed), reason))
    return tuple(
        band("process", *groups) if one == "process" else whole(one)
        for one in perspectives_of(strategy)
        if one != "mission" or strategy.missions
    )


def map_on_wall(plan: Plan) -> tuple[MapBand, ...]:
    """Return the strategy map as a room sees it: no status of points, and nothing before the first one."""
    bands = map_of(plan)
    if not any(group.items for band in bands for group in band.groups):
        return ()
    return tuple(
        replace(
            band,
            groups=tuple(
                replace(group, items=tuple(replace(item, status="") for item in group.items))
                for group in band.groups
            ),
        )
        for band in bands
    )


class _Surroundings:
    """What stands around the items of a map, looked up once for all of them: links, KPIs, status."""

    def __init__(self, plan: Plan, strategy: Strategy) -> None:
        self.plan = plan
        self.statuses = _status_by_short(plan)
        self.kpis = Counter(kpi.measures for kpi in strategy.kpis)
        self.causes: dict[str | None, list[str]] = {}
        self.effects: dict[str | None, list[str]] = {}
        for link in strategy.links:
            if link.cause:
                self.causes.setdefault(link.effect, []).append(link.cause)
            if link.effect:
                self.effects.setdefault(link.cause, []).append(link.effect)

    def item_of(self, entry: MapPoint | Candidate) -> MapItem:
        """Return an entry of the strategy as a point of the map."""
        short = entry.id
        item = self.plan.state.item_by_name(short)
        frame = self.plan.state.frames.get(item, ()) if item is not None else ()
        return MapItem(
            short=short,
            title=entry.title or "",
            status=self.statuses.get(short, "begun"),
            slot=self.plan.index.first_inside.get(frame) if frame else None,
            causes=tuple(self.causes.get(short, ())),
            effects=tuple(self.effects.get(short, ())),
            kpis=self.kpis[short],
            horizon=None if isinstance(entry, Candidate) else entry.horizon,
        )


def links_of(plan: Plan) -> tuple[MapLink, ...]:
    """Return the links that have both ends, as one says them."""
    strategy = to_strategy(plan)
    said = link_sentences(strategy)
    return tuple(
        MapLink(link.cause, link.effect, sentence)
        for link in strategy.links
        if link.cause and link.effect and (sentence := said.get(link.id))
    )


def _status_by_short(plan: Plan) -> dict[str, Literal["settled", "begun", "check_again"]]:
    """Return for each item whether all about it is settled, or something is open or stale."""
    found: dict[str, Literal["settled", "begun", "check_again"]] = {}
    for status in plan.statuses.values():
        item = status.slot.item
        short = plan.state.shorts.get(item) if item is not None else None
        if short is None or not status.active:
            continue
        before = found.get(short, "settled")
        if status.stale or status.unconfirmed or status.refusals:
            found[short] = "check_again"
        elif status.needs_asking and before == "settled":
            found[short] = "begun"
        else:
            found[short] = before
    return found


def balance(strategy: Strategy) -> Balance:
    """Return how balanced the map is so far."""
    chosen = vital_few(strategy)
    horizons = [point.horizon for point in chosen]
    kinds = [kpi.lead_lag for kpi in strategy.kpis]
    linked = {end for link in strategy.links for end in (link.cause, link.effect)}
    measured = {kpi.measures for kpi in strategy.kpis}
    kind = strategy.proposition.type
    leading = LEADING[kind] if kind is not None else ()
    return Balance(
        clusters=len({point.cluster for point in chosen} - {None}),
        short=horizons.count("short"),
        medium=horizons.count("medium"),
        long=horizons.count("long"),
        lead=kinds.count("lead"),
        lag=kinds.count("lag"),
        objectives=len(chosen),
        kpis=len(strategy.kpis),
        leading=tuple(strategy.names.cluster(one, strategy.language) for one in leading),
        in_leading=sum(point.cluster in leading for point in chosen),
        unlinked=sum(point.id not in linked for point in chosen) if strategy.links else 0,
        unmeasured=sum(point.id not in measured for point in chosen) if strategy.kpis else 0,
    )


def review(plan: Plan) -> tuple[ReviewSection, ...]:
    """Return everything for the look over: first what wants attention, then all answers by section."""
    language = plan.language
    wanting: dict[str, list[Cell]] = {"disputed": [], "stale": [], "parked": [], "kept": [], "open": []}
    sections: dict[str, list[Cell]] = {}
    titles = {(entry.step, entry.item): entry.title for entry in agenda(plan)}
    kept = {slot for slot, _ in plan.state.kept}
    for status in plan.statuses.values():
        if status.relevance == "dormant" or isinstance(status.step, ConfirmStep):
            continue
        cell = cell_of(plan, status, whole_name=True)
        kind = _attention(status, status.slot in kept)
        if kind is not None:
            wanting[kind].append(cell)
        if status.answer_state != "open" and not isinstance(status.step, CollectStep):
            title = titles[entry_of(plan.script, status.slot)]
            sections.setdefault(title, []).append(cell)
    first = [
        ReviewSection(say(f"talk.review.{kind}", language, n=len(cells)), tuple(cells))
        for kind, cells in wanting.items()
        if cells
    ]
    return (*first, *(ReviewSection(title, tuple(cells)) for title, cells in sections.items()))


def _attention(status: SlotStatus, kept: bool) -> str | None:
    if status.active and status.disputes:
        return "disputed"
    if status.active and (status.stale or status.refusals):
        return "stale"
    if status.answer_state == "parked":
        return None if is_homework(status) else "parked"
    if status.active and kept:
        return "kept"
    return "open" if status.needs_asking else None
