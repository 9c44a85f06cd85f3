"""View models of the panels beside the conversation: strategy map, pinned answers, balance, review.

All of it is derived from the plan when it is shown.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Literal

from bsc_coach.conversation.prompts import Cell, cell_of
from bsc_coach.documents.context.document_context import link_sentences
from bsc_coach.drawing.model import Perspective
from bsc_coach.interview.events import Value
from bsc_coach.interview.navigation import Progress, agenda, entry_of, progress_of
from bsc_coach.interview.plan import Plan, SlotStatus
from bsc_coach.interview.projection import to_strategy, value_in_words
from bsc_coach.script.model import CollectStep, ConfirmStep
from bsc_coach.script.slots import Slot, StepId
from bsc_coach.strategy.method import LEADING
from bsc_coach.strategy.model import CLUSTERS, ClusterId, Horizon, Strategy
from bsc_coach.text import one_line
from bsc_coach.words import say


@dataclass(frozen=True)
class MapItem:
    """A point of the map: its short id and name, and whether something about it wants attention."""

    short: str
    title: str
    status: Literal["settled", "begun", "check_again"]
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
    """One cluster of the process band, or the whole of another band (without a title)."""

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
class Headline:
    """The line on top: whose map, where we are, and how far."""

    organisation: str
    title: str
    section: str
    progress: Progress
    minutes_planned: float
    minutes_elapsed: float


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
    leading: tuple[ClusterId, ...]
    """The clusters that should lead for the proposition that was chosen; none before."""
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


def _text(value: Value | None) -> str:
    return value if isinstance(value, str) else ""


def answer_of(plan: Plan, step: str) -> str:
    """Return the text that was answered to a step outside every list, or nothing."""
    return _text(plan.answer(Slot(StepId(step))))


def headline(plan: Plan, at: Slot | None) -> Headline:
    """Return the line on top for somebody who is at ``at``."""
    entries = agenda(plan)
    here = entry_of(plan.script, at) if at is not None else None
    entry = next((one for one in entries if (one.step, one.item) == here), None)
    return Headline(
        organisation=answer_of(plan, "organisation.name"),
        title=plan.script.header.title,
        section=entry.title if entry is not None else "",
        progress=progress_of(plan),
        minutes_planned=entry.minutes_planned if entry is not None else 0,
        minutes_elapsed=entry.minutes_elapsed if entry is not None else 0,
    )


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

    def items(entries: tuple[object, ...]) -> tuple[MapItem, ...]:
        return tuple(around.item_of(entry) for entry in entries)

    def band(band_id: Perspective, *groups: MapGroup) -> MapBand:
        return MapBand(band_id, say(f"map.band.{band_id}", language), groups)

    wording = {objective.id: objective for objective in strategy.objectives}
    clusters = []
    for cluster in CLUSTERS:
        chosen = [one for one in strategy.candidates if one.cluster == cluster and one.selected]
        listed = chosen or [one for one in strategy.candidates if one.cluster == cluster]
        entries = tuple(
            wording[one.id] if one.id in wording and wording[one.id].title else one for one in listed
        )
        reason = next((one.empty_because or "" for one in strategy.clusters if one.id == cluster), "")
        clusters.append(MapGroup(say(f"map.cluster.{cluster}", language), items(entries), reason))
    bands = [
        band("financial", MapGroup("", items(strategy.outcomes))),
        band("customer", MapGroup("", items(strategy.promises))),
        band("process", *clusters),
        band("learning", MapGroup("", items(strategy.enablers))),
    ]
    if strategy.missions:
        bands.insert(0, band("mission", MapGroup("", items(strategy.missions))))
    return tuple(bands)


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

    def item_of(self, entry: object) -> MapItem:
        """Return an entry of the strategy as a point of the map."""
        short = str(getattr(entry, "id", ""))
        item = self.plan.state.item_by_name(short)
        frame = self.plan.state.frames.get(item, ()) if item is not None else ()
        return MapItem(
            short=short,
            title=str(getattr(entry, "title", None) or ""),
            status=self.statuses.get(short, "begun"),
            slot=self.plan.index.first_inside.get(frame) if frame else None,
            causes=tuple(self.causes.get(short, ())),
            effects=tuple(self.effects.get(short, ())),
            kpis=self.kpis[short],
            horizon=getattr(entry, "horizon", None),
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
        if status.stale or status.refusals:
            found[short] = "check_again"
        elif status.needs_asking and before == "settled":
            found[short] = "begun"
        else:
            found[short] = before
    return found


def balance(strategy: Strategy) -> Balance:
    """Return how balanced the map is so far."""
    horizons = [objective.horizon for objective in strategy.objectives]
    kinds = [kpi.lead_lag for kpi in strategy.kpis]
    filled = {candidate.cluster for candidate in strategy.candidates if candidate.selected}
    linked = {end for link in strategy.links for end in (link.cause, link.effect)}
    measured = {kpi.measures for kpi in strategy.kpis}
    kind = strategy.proposition.type
    leading = LEADING[kind] if kind is not None else ()
    return Balance(
        clusters=len(filled),
        short=horizons.count("short"),
        medium=horizons.count("medium"),
        long=horizons.count("long"),
        lead=kinds.count("lead"),
        lag=kinds.count("lag"),
        objectives=len(strategy.objectives),
        kpis=len(strategy.kpis),
        leading=leading,
        in_leading=sum(one.cluster in leading for one in strategy.candidates if one.selected),
        unlinked=sum(one.id not in linked for one in strategy.objectives) if strategy.links else 0,
        unmeasured=sum(one.id not in measured for one in strategy.objectives) if strategy.kpis else 0,
    )


def review(plan: Plan) -> tuple[ReviewSection, ...]:
    """Return everything for the look over: first what wants attention, then all answers by section."""
    language = plan.language
    wanting: dict[str, list[Cell]] = {"stale": [], "parked": [], "kept": [], "open": []}
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
    if status.active and (status.stale or status.refusals):
        return "stale"
    if status.answer_state == "parked":
        return "parked"
    if status.active and kept:
        return "kept"
    return "open" if status.needs_asking else None
