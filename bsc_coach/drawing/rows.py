"""Layer assignment: rows of boxes by band, from bottom to top, in a band every effect above its cause."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from bsc_coach.drawing.model import BANDS, BoxContent, Confidence, LeftOut, LinkKind
from bsc_coach.strategy.model import ClusterId, Link, Strategy
from bsc_coach.strategy.points import Perspective, map_points, places_of, stacks_of
from bsc_coach.text import clean, one_line

MOST_IN_ROW = 8
"""Boxes beside each other; with more a band gets another row. Very large maps grow both ways."""


@dataclass(frozen=True)
class Tie:
    """A link that can be drawn."""

    link: str
    cause: str
    effect: str
    confidence: Confidence | None
    kind: LinkKind = "drives"


Place = ClusterId | Perspective | None
"""What a box stands in, of those that stand beside each other: its cluster, or its band."""
Stack = tuple[Perspective, ...]
"""A band, or the bands that stand beside each other at one height."""


PROCESS: Stack = ("process",)


@dataclass(frozen=True)
class BoxRow:
    """Boxes of one band, or of bands beside each other, at one height."""

    stack: Stack
    ids: tuple[str, ...]


@dataclass(frozen=True)
class Arranged:
    """The rows from bottom to top, what stands in them, and the links between."""

    entries: Mapping[str, BoxContent]
    rows: tuple[BoxRow, ...]
    ties: tuple[Tie, ...]
    left_out: tuple[LeftOut, ...]
    is_part: bool
    places: Mapping[Stack, tuple[Place, ...]]
    """What stands beside each other: in the process band the four clusters, and None where something is in
    none of them; of bands beside each other these. Others have no places."""

    def place_of(self, name: str) -> Place:
        """Return the place in which a point stands, in a stack that has some."""
        return _place(self.entries[name])


def _place(entry: BoxContent) -> Place:
    return entry.cluster if entry.band == "process" else entry.band


def arrange(strategy: Strategy, in_row: int | None = None, *, is_part: bool = False) -> Arranged:
    """Assign every point of the map to a row, and tell which links are drawn and which are not.

    ``in_row`` is how many boxes stand beside each other at most, though each cluster has room for one.
    Of a part of a map, bands and clusters of which nothing is shown are left out.
    """
    entries = entries_of(strategy)
    ties: dict[tuple[str, str], Tie] = {}
    left_out = []
    for link in strategy.links:
        cause, effect = link.cause or "", link.effect or ""
        reason = _why_not(link, entries, (cause, effect) in ties)
        if reason is None:
            ties[cause, effect] = Tie(link.id, cause, effect, link.confidence, link.kind or "drives")
        else:
            left_out.append(LeftOut(link.id, cause, effect, reason))
    rows: list[BoxRow] = []
    places: dict[Stack, tuple[Place, ...]] = {}
    for stack in stacks_of(strategy):
        inside = [entry for entry in entries.values() if entry.band in stack]
        may_be_empty = stack != ("mission",) or strategy.organisation.kind == "public"
        if inside or (may_be_empty and not is_part):
            if stack == PROCESS or len(stack) > 1:
                whole: tuple[Place, ...] = places_of(strategy) if stack == PROCESS else stack
                known = {_place(entry) for entry in inside}
                places[stack] = tuple(one for one in whole if one in known) if is_part else whole
            rows += _rows(stack, inside, tuple(ties.values()), places.get(stack, ()), in_row)
    return Arranged(entries, tuple(rows), tuple(ties.values()), tuple(left_out), is_part, places)


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
            point.id,
            one_line(clean(point.title).text),
            point.perspective,
            point.cluster,
            point.horizon,
        )
        for point in sorted(map_points(strategy), key=lambda point: BANDS.index(point.perspective))
    }


def _rows(
    stack: Stack,
    inside: Sequence[BoxContent],
    ties: Sequence[Tie],
    places: Sequence[Place],
    in_row: int | None,
) -> list[BoxRow]:
    """Rows of a stack from bottom to top; an empty one has one without boxes."""
    levels = _levels([entry.id for entry in inside], ties)
    rows: list[BoxRow] = []
    for level in range(max(levels.values(), default=0) + 1):
        here = [entry for entry in inside if levels[entry.id] == level]
        # What is listed first is read first: it stands on top.
        rows += [BoxRow(stack, tuple(part)) for part in reversed(_wrapped(here, places, in_row))]
    return rows


def _wrapped(here: Sequence[BoxContent], places: Sequence[Place], in_row: int | None) -> list[list[str]]:
    """Split the boxes of one level into as many rows as they need."""
    most = in_row or max(MOST_IN_ROW, round(2 * len(here) ** 0.5))
    if not places:
        count = max(-(-len(here) // most), 1)
        size = max(-(-len(here) // count), 1)
        return [[entry.id for entry in here[at * size : (at + 1) * size]] for at in range(count)]
    by_place: dict[Place, list[str]] = {place: [] for place in places}
    for entry in here:
        by_place[_place(entry)].append(entry.id)
    sizes = [len(ids) for ids in by_place.values()]
    wide = max(*sizes, 1)
    while wide > 1 and sum(min(size, wide) for size in sizes) > most:
        wide -= 1
    rows: list[list[str]] = [[] for _ in range(max(-(-max(sizes) // wide), 1))]
    for ids in by_place.values():
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
