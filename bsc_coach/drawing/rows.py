"""Layer assignment: rows of boxes by band, from bottom to top, in a band every effect above its cause."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from bsc_coach.drawing.model import BANDS, BoxContent, Confidence, LeftOut
from bsc_coach.strategy.model import ClusterId, Link, Strategy
from bsc_coach.strategy.points import Perspective, map_points, places_of
from bsc_coach.text import clean, one_line

MOST_IN_ROW = 10
"""Boxes beside each other; with more a band gets another row. Very large maps grow both ways."""


@dataclass(frozen=True)
class Tie:
    """A link that can be drawn."""

    link: str
    cause: str
    effect: str
    confidence: Confidence | None


@dataclass(frozen=True)
class BoxRow:
    """Boxes of one band beside each other."""

    band: Perspective
    ids: tuple[str, ...]


@dataclass(frozen=True)
class Arranged:
    """The rows from bottom to top, what stands in them, and the links between."""

    entries: Mapping[str, BoxContent]
    rows: tuple[BoxRow, ...]
    ties: tuple[Tie, ...]
    left_out: tuple[LeftOut, ...]
    places: tuple[ClusterId | None, ...]
    """The places in the process band: the four clusters, and None where something stands in none of them."""


def arrange(strategy: Strategy) -> Arranged:
    """Assign every point of the map to a row, and tell which links are drawn and which are not."""
    entries, places = entries_of(strategy), places_of(strategy)
    ties: dict[tuple[str, str], Tie] = {}
    left_out = []
    for link in strategy.links:
        cause, effect = link.cause or "", link.effect or ""
        reason = _why_not(link, entries, (cause, effect) in ties)
        if reason is None:
            ties[cause, effect] = Tie(link.id, cause, effect, link.confidence)
        else:
            left_out.append(LeftOut(link.id, cause, effect, reason))
    rows: list[BoxRow] = []
    for band in reversed(BANDS):
        inside = [entry for entry in entries.values() if entry.band == band]
        if inside or band != "mission" or strategy.organisation.kind == "public":
            rows += _rows(band, inside, tuple(ties.values()), places)
    return Arranged(entries, tuple(rows), tuple(ties.values()), tuple(left_out), places)


def _why_not(
    link: Link, entries: Mapping[str, BoxContent], known: bool
) -> Literal["open", "itself", "missing", "twice"] | None:
    if not link.cause or not link.effect:
        return "open"
    if link.cause == link.effect:
        return "itself"
    if link.cause not in entries or link.effect not in entries:
        return "missing"
    return "twice" if known else None


def entries_of(strategy: Strategy) -> Mapping[str, BoxContent]:
    """Every point of the map by its id, from the top band to the lowest, with its title on one line."""
    return {
        point.id: BoxContent(
            point.id, one_line(clean(point.title).text), point.perspective, point.cluster, point.horizon
        )
        for point in sorted(map_points(strategy), key=lambda point: BANDS.index(point.perspective))
    }


def _rows(
    band: Perspective,
    inside: Sequence[BoxContent],
    ties: Sequence[Tie],
    places: Sequence[ClusterId | None],
) -> list[BoxRow]:
    """Rows of a band from bottom to top; an empty band has one without boxes."""
    levels = _levels([entry.id for entry in inside], ties)
    rows: list[BoxRow] = []
    for level in range(max(levels.values(), default=0) + 1):
        here = [entry for entry in inside if levels[entry.id] == level]
        rows += [BoxRow(band, tuple(part)) for part in _wrapped(band, here, places)]
    return rows


def _wrapped(
    band: Perspective, here: Sequence[BoxContent], places: Sequence[ClusterId | None]
) -> list[list[str]]:
    """Split the boxes of one level into as many rows as they need."""
    most = max(MOST_IN_ROW, round(2 * len(here) ** 0.5))
    if band != "process":
        count = max(-(-len(here) // most), 1)
        size = max(-(-len(here) // count), 1)
        return [[entry.id for entry in here[at * size : (at + 1) * size]] for at in range(count)]
    by_cluster: dict[ClusterId | None, list[str]] = {cluster: [] for cluster in places}
    for entry in here:
        by_cluster[entry.cluster].append(entry.id)
    sizes = [len(ids) for ids in by_cluster.values()]
    wide = max(*sizes, 1)
    while wide > 1 and sum(min(size, wide) for size in sizes) > most:
        wide -= 1
    rows: list[list[str]] = [[] for _ in range(max(-(-max(sizes) // wide), 1))]
    for ids in by_cluster.values():
        for at, name in enumerate(ids):
            rows[at // wide].append(name)
    return rows


def _levels(ids: Sequence[str], ties: Sequence[Tie]) -> dict[str, int]:
    """Longest-path layering in a band: each box above what causes it, as far as that is no circle."""
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
    """Topological order by depth-first search: causes before effects, except where a circle must be cut."""
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
