"""The order of boxes in their rows, so that few links cross; the members of a cluster stay together."""

from __future__ import annotations

import random
from bisect import bisect_right, insort
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bsc_coach.drawing.rows import Arranged, Tie
from bsc_coach.strategy.model import CLUSTERS, ClusterId

RESTARTS = 14
SWEEPS = 6
LARGE = 120
"""Segments beyond which fewer restarts are made: a map of that size is not read by its crossings."""


@dataclass(frozen=True)
class Chain:
    """A link from row to row, bottom first: its boxes at the ends, and a lane in every row between."""

    tie: Tie
    nodes: tuple[str, ...]
    rises: bool
    """Whether the cause is the lower end."""


@dataclass(frozen=True)
class Ordered:
    """Each row from left to right, boxes and lanes, and the order of the clusters."""

    rows: tuple[tuple[str, ...], ...]
    chains: tuple[Chain, ...]
    clusters: tuple[ClusterId, ...]


def order(arranged: Arranged) -> Ordered:
    """Return the rows in an order with few crossings. The same each time."""
    chains, rows, groups = _with_lanes(arranged)
    search = _Search(rows, chains, groups)
    best = search.best()
    return Ordered(tuple(tuple(row) for row in best.rows), chains, tuple(best.clusters))


def _with_lanes(
    arranged: Arranged,
) -> tuple[tuple[Chain, ...], list[list[str]], dict[str, ClusterId]]:
    """Return the chains, the rows with their lanes, and the cluster of every box of the process band."""
    row_of = {name: at for at, row in enumerate(arranged.rows) for name in row.ids}
    rows = [list(row.ids) for row in arranged.rows]
    chains = []
    for tie in arranged.ties:
        rises = row_of[tie.cause] < row_of[tie.effect]
        if row_of[tie.cause] == row_of[tie.effect]:
            continue  # only in a circle that was cut; told beside the map
        low, high = (tie.cause, tie.effect) if rises else (tie.effect, tie.cause)
        lanes = [f"{tie.link}~{at}" for at in range(row_of[low] + 1, row_of[high])]
        for at, lane in zip(range(row_of[low] + 1, row_of[high]), lanes, strict=True):
            rows[at].append(lane)
        chains.append(Chain(tie, (low, *lanes, high), rises))
    groups = {
        name: entry.cluster or "operations"
        for name, entry in arranged.entries.items()
        if entry.band == "process"
    }
    return tuple(chains), rows, groups


@dataclass
class _State:
    rows: list[list[str]]
    clusters: list[ClusterId]


class _Search:
    """Sweeps up and down from several beginnings, and keeps the best."""

    def __init__(
        self, rows: list[list[str]], chains: Sequence[Chain], groups: Mapping[str, ClusterId]
    ) -> None:
        self.rows, self.groups = rows, groups
        self.below: dict[str, list[str]] = {}
        self.above: dict[str, list[str]] = {}
        self.segments = 0
        for chain in chains:
            for low, high in zip(chain.nodes, chain.nodes[1:], strict=False):
                self.above.setdefault(low, []).append(high)
                self.below.setdefault(high, []).append(low)
                self.segments += 1

    def best(self) -> _State:
        chance = random.Random(1)
        restarts = RESTARTS if self.segments <= LARGE else 3
        found: tuple[int, _State] | None = None
        for turn in range(restarts):
            state = _State([list(row) for row in self.rows], list(CLUSTERS))
            if turn:
                for row in state.rows:
                    chance.shuffle(row)
                chance.shuffle(state.clusters)
            self._grouped(state, {})
            for sweep in range(SWEEPS):
                self._sweep(state, upward=sweep % 2 == 0)
                crossings = self.crossings(state)
                if found is None or crossings < found[0]:
                    found = crossings, _State([list(row) for row in state.rows], list(state.clusters))
            if found is not None and found[0] == 0:
                break
        assert found is not None
        self._swapped(found[1])
        return found[1]

    def crossings(self, state: _State) -> int:
        """Count the pairs of segments that cross between neighbouring rows."""
        total = 0
        for low, high in zip(state.rows, state.rows[1:], strict=False):
            total += _crossed(low, high, self.above)
        return total

    def _sweep(self, state: _State, *, upward: bool) -> None:
        order = range(len(state.rows)) if upward else range(len(state.rows) - 1, -1, -1)
        neighbours = self.below if upward else self.above
        wanted: dict[str, float] = {}
        for at in order:
            beside = at - 1 if upward else at + 1
            if not 0 <= beside < len(state.rows):
                continue
            place = {name: (n + 0.5) / len(state.rows[beside]) for n, name in enumerate(state.rows[beside])}
            for n, name in enumerate(state.rows[at]):
                near = [place[one] for one in neighbours.get(name, ()) if one in place]
                wanted[name] = sum(near) / len(near) if near else (n + 0.5) / len(state.rows[at])
            if any(name in self.groups for name in state.rows[at]):
                self._grouped(state, wanted)
            else:
                state.rows[at].sort(key=lambda name: wanted[name])

    def _grouped(self, state: _State, wanted: Mapping[str, float]) -> None:
        """Order the clusters, and in each row its boxes by cluster with the lanes between the clusters."""
        if wanted:
            means = {}
            for cluster in state.clusters:
                known = [
                    wanted[name] for name, one in self.groups.items() if one == cluster and name in wanted
                ]
                means[cluster] = sum(known) / len(known) if known else 1.0
            state.clusters.sort(key=lambda cluster: means[cluster])
        rank = {cluster: at for at, cluster in enumerate(state.clusters)}
        for row in state.rows:
            boxes = [name for name in row if name in self.groups]
            if not boxes:
                continue
            if wanted:
                boxes.sort(key=lambda name: wanted.get(name, 0.5))
            boxes.sort(key=lambda name: rank[self.groups[name]])
            row[:] = _between(boxes, [name for name in row if name not in self.groups], self.groups, wanted)

    def _swapped(self, state: _State) -> None:
        """Swap neighbours in a row as long as that saves crossings."""
        for _ in range(2):
            changed = False
            for at, row in enumerate(state.rows):
                for n in range(len(row) - 1):
                    one, other = row[n], row[n + 1]
                    if self.groups.get(one) != self.groups.get(other):
                        continue
                    before = self._around(state, at)
                    row[n], row[n + 1] = other, one
                    if self._around(state, at) < before:
                        changed = True
                    else:
                        row[n], row[n + 1] = one, other
            if not changed:
                return

    def _around(self, state: _State, at: int) -> int:
        total = 0
        if at > 0:
            total += _crossed(state.rows[at - 1], state.rows[at], self.above)
        if at + 1 < len(state.rows):
            total += _crossed(state.rows[at], state.rows[at + 1], self.above)
        return total


def _between(
    boxes: Sequence[str], lanes: Sequence[str], groups: Mapping[str, ClusterId], wanted: Mapping[str, float]
) -> list[str]:
    """Return boxes and lanes in one row: a lane goes between two clusters, where it wants to be."""
    edges = [
        at for at in range(len(boxes) + 1)
        if at in (0, len(boxes)) or groups[boxes[at - 1]] != groups[boxes[at]]
    ]  # fmt: skip
    size = max(len(boxes), 1)
    slots: dict[int, list[str]] = {edge: [] for edge in edges}
    for lane in lanes:
        aim = wanted.get(lane, 0.5) * size
        slots[min(edges, key=lambda edge: abs(edge - aim))].append(lane)
    row: list[str] = []
    for at in range(len(boxes) + 1):
        row += sorted(slots.get(at, ()), key=lambda lane: wanted.get(lane, 0.5))
        row += boxes[at : at + 1]
    return row


def _crossed(low: Sequence[str], high: Sequence[str], above: Mapping[str, list[str]]) -> int:
    """Count the crossings between two rows: pairs of segments whose ends are in opposite order."""
    place = {name: at for at, name in enumerate(high)}
    seen: list[int] = []
    total = 0
    for name in low:
        ends = sorted(place[one] for one in above.get(name, ()) if one in place)
        for end in ends:
            total += len(seen) - bisect_right(seen, end)
        for end in ends:
            insort(seen, end)
    return total
