"""From a strategy to rows of boxes: bands from bottom to top, in a band every effect above its cause."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bsc_coach.drawing.model import BANDS, BandId, Confidence, Entry
from bsc_coach.strategy.model import CLUSTERS, ClusterId, Strategy
from bsc_coach.text import one_line

MOST_IN_ROW = 12
"""Boxes beside each other; with more a band gets another row."""
MOST_IN_FRAME = 4


@dataclass(frozen=True)
class Tie:
    """A link that can be drawn; ``low`` and ``high`` are its ends by row, whatever causes what."""

    link: str
    cause: str
    effect: str
    confidence: Confidence | None


@dataclass(frozen=True)
class Row:
    """Boxes of one band beside each other."""

    band: BandId
    ids: tuple[str, ...]


@dataclass(frozen=True)
class Arranged:
    """The rows from bottom to top, what stands in them, and the links between."""

    entries: Mapping[str, Entry]
    rows: tuple[Row, ...]
    ties: tuple[Tie, ...]
    left_out: tuple[str, ...]


def arrange(strategy: Strategy) -> Arranged:
    """Return what of ``strategy`` is drawn, in rows."""
    entries = {entry.id: entry for entry in entries_of(strategy)}
    ties, left_out = [], []
    seen: set[tuple[str, str]] = set()
    for link in strategy.links:
        ends = (link.cause or "", link.effect or "")
        if ends[0] == ends[1] or not set(ends) <= entries.keys():
            left_out.append(link.id)
        elif ends not in seen:
            seen.add(ends)
            ties.append(Tie(link.id, *ends, link.confidence))
    rows: list[Row] = []
    for band in reversed(BANDS):
        inside = [entry for entry in entries.values() if entry.band == band]
        if inside or band != "mission":
            rows += _rows(band, inside, ties)
    return Arranged(entries, tuple(rows), tuple(ties), tuple(left_out))


def entries_of(strategy: Strategy) -> Iterable[Entry]:
    """Yield every point of the map: the vital few by their objective, else by their candidate."""
    for mission in strategy.missions:
        yield _entry(mission.id, mission.title, "mission", horizon=mission.horizon)
    for outcome in strategy.outcomes:
        yield _entry(outcome.id, outcome.title, "financial", horizon=outcome.horizon)
    for promise in strategy.promises:
        yield _entry(promise.id, promise.title, "customer", horizon=promise.horizon)
    wording = {objective.id: objective for objective in strategy.objectives}
    clusters = {candidate.id: candidate.cluster for candidate in strategy.candidates}
    chosen = [one for one in strategy.candidates if one.selected and one.id not in wording]
    for objective in strategy.objectives:
        cluster = clusters.get(objective.id) or _by_letters(objective.id)
        title = objective.title or next(
            (one.title for one in strategy.candidates if one.id == objective.id), None
        )
        yield _entry(objective.id, title, "process", cluster=cluster, horizon=objective.horizon)
    for candidate in chosen:
        yield _entry(
            candidate.id, candidate.title, "process", cluster=candidate.cluster or _by_letters(candidate.id)
        )
    for enabler in strategy.enablers:
        yield _entry(enabler.id, enabler.title, "learning", horizon=enabler.horizon)


def _entry(name: str, title: str | None, band: BandId, **more: object) -> Entry:
    return Entry(name, one_line(title or ""), band, **more)  # type: ignore[arg-type]


def _by_letters(name: str) -> ClusterId:
    letters = name.rstrip("0123456789.")
    known: dict[str, ClusterId] = {"O": "operations", "CM": "customer", "I": "innovation", "S": "social"}
    return known.get(letters, "operations")


def _rows(band: BandId, inside: Sequence[Entry], ties: Sequence[Tie]) -> list[Row]:
    """Return the rows of a band from bottom to top; an empty band has one without boxes."""
    levels = _levels([entry.id for entry in inside], ties)
    rows: list[Row] = []
    for level in range(max(levels.values(), default=0) + 1):
        here = [entry for entry in inside if levels[entry.id] == level]
        rows += [Row(band, tuple(part)) for part in _wrapped(band, here)]
    return rows


def _wrapped(band: BandId, here: Sequence[Entry]) -> list[list[str]]:
    """Return the boxes of one level in as many rows as they need."""
    if band != "process":
        count = max(-(-len(here) // MOST_IN_ROW), 1)
        size = max(-(-len(here) // count), 1)
        return [[entry.id for entry in here[at * size : (at + 1) * size]] for at in range(count)]
    by_cluster: dict[ClusterId, list[str]] = defaultdict(list)
    for entry in here:
        by_cluster[entry.cluster or "operations"].append(entry.id)
    total = len(here)
    most = MOST_IN_FRAME if total > MOST_IN_ROW else MOST_IN_ROW
    count = max((-(-len(ids) // most) for ids in by_cluster.values()), default=1)
    rows: list[list[str]] = [[] for _ in range(count)]
    for cluster in CLUSTERS:
        for at, name in enumerate(by_cluster[cluster]):
            rows[at * count // max(len(by_cluster[cluster]), 1)].append(name)
    return rows


def _levels(ids: Sequence[str], ties: Sequence[Tie]) -> dict[str, int]:
    """Return how far up in its band each box stands: above what causes it, as far as that is no circle."""
    effects: dict[str, list[str]] = defaultdict(list)
    inside = set(ids)
    for tie in ties:
        if tie.cause in inside and tie.effect in inside:
            effects[tie.cause].append(tie.effect)
    order = _upward(ids, effects)
    place = {name: at for at, name in enumerate(order)}
    levels = dict.fromkeys(ids, 0)
    for name in order:
        for effect in effects[name]:
            if place[effect] > place[name]:
                levels[effect] = max(levels[effect], levels[name] + 1)
    return levels


def _upward(ids: Sequence[str], effects: Mapping[str, list[str]]) -> list[str]:
    """Return the boxes so that causes come before effects, except where a circle must be cut."""
    done: dict[str, None] = {}
    for start in ids:
        stack = [(start, iter(effects.get(start, ())))] if start not in done else []
        open_now = {start}
        while stack:
            name, rest = stack[-1]
            following = next((one for one in rest if one not in done and one not in open_now), None)
            if following is None:
                done[name] = None
                stack.pop()
            else:
                open_now.add(following)
                stack.append((following, iter(effects.get(following, ()))))
    return list(reversed(done))
