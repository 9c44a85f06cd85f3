"""Crossing minimisation: boxes stand in their rows as they are listed, lanes where they cross least.

Boxes keep the order of the strategy and clusters that of the method, whatever the links are: who adds or
takes away a link finds everything else where it was. Only lanes, the places at which links pass a row, are
free. They begin on the straight way between their ends and change places with their neighbours
(transposition) as long as that saves crossings; then they are jostled (iterated local search): neighbours
change places that lose little by it, and what comes out with fewer crossings, or as many on shorter ways, is
the next to begin from. The random source is seeded, so the same map is drawn each time.
"""

from __future__ import annotations

import random
from bisect import bisect_right, insort
from collections.abc import Sequence
from itertools import pairwise

from bsc_coach.drawing.lanes import NO_CLUSTER, Layers, Node

JOSTLES = 10
MOST_JOSTLED = 1_500
"""Stretches from row to row that are worked on in all: on large maps fewer times."""
ROUNDS = 8
SWAPS_EVEN, SWAPS_WORSE = 0.7, 0.15
"""How many of the swaps happen that change nothing, and that cost one crossing."""

Rows = list[list[Node]]
Cost = tuple[int, float]


def order(layers: Layers) -> tuple[tuple[Node, ...], ...]:
    """Order the rows from left to right, the lanes with few crossings. The same each time."""
    return tuple(tuple(row) for row in LayerOrdering(layers).best())


class LayerOrdering:
    """The crossing minimisation of a layered (Sugiyama) layout in which only dummy nodes may move."""

    def __init__(self, layers: Layers) -> None:
        self.rows = layers.rows
        self.cluster = layers.clusters
        self.places = {at: block.numbers for block in layers.blocks for at in block.rows}
        self.below: list[list[Node]] = [[] for _ in layers.clusters]
        self.above: list[list[Node]] = [[] for _ in layers.clusters]
        self.place = [0] * len(layers.clusters)
        self.chains = [chain.nodes for chain in layers.chains]
        self.stretches = 0
        for nodes in self.chains:
            for low, high in pairwise(nodes):
                self.above[low].append(high)
                self.below[high].append(low)
                self.stretches += 1
        self.is_lane = [False] * len(layers.clusters)
        for nodes in self.chains:
            for lane in nodes[1:-1]:
                self.is_lane[lane] = True

    def best(self) -> Rows:
        """Return the rows as they are drawn."""
        rows = self._begin()
        cost = self._refined(rows)
        return self._jostled(cost, rows)

    def crossings(self, rows: Sequence[Sequence[Node]]) -> int:
        """Count the pairs of links that cross between neighbouring rows; those that meet in a node do not."""
        self._number(rows)
        total = 0
        for row in rows[:-1]:
            seen: list[int] = []
            for node in row:
                ends = [self.place[one] for one in self.above[node]]
                for end in ends:
                    total += len(seen) - bisect_right(seen, end)
                for end in ends:
                    insort(seen, end)
        return total

    def _cost(self, rows: Sequence[Sequence[Node]]) -> Cost:
        """Cost of an order: its crossings, then how far sideways all links go in parts of the width."""
        crossings = self.crossings(rows)
        part = [0.0] * len(self.place)
        for row in rows:
            for at, node in enumerate(row):
                part[node] = (at + 0.5) / len(row)
        ways = (abs(part[low] - part[high]) for low, above in enumerate(self.above) for high in above)
        return crossings, round(sum(ways), 6)

    def _number(self, rows: Sequence[Sequence[Node]]) -> None:
        for row in rows:
            for at, node in enumerate(row):
                self.place[node] = at

    def _begin(self) -> Rows:
        """Return the rows as they are listed, with each lane on the straight way of its link."""
        part = self._parts()
        for nodes in self.chains:
            low, high = part[nodes[0]], part[nodes[-1]]
            for at, lane in enumerate(nodes[1:-1], start=1):
                part[lane] = low + (high - low) * at / (len(nodes) - 1)
        rows = []
        for at, row in enumerate(self.rows):
            beside = sorted(row, key=lambda node: part[node])
            rows.append(self._framed(beside, self.places[at], part) if at in self.places else beside)
        self._number(rows)
        return rows

    def _framed(self, row: Sequence[Node], places: Sequence[int], part: Sequence[float]) -> list[Node]:
        """Return a row with what belongs to a frame together, and free lanes in the gaps between frames."""
        gaps: list[list[Node]] = [[] for _ in range(len(places) + 1)]
        inside: dict[int, list[Node]] = {place: [] for place in places}
        for node in row:
            own = self.cluster[node]
            (gaps[round(part[node] * len(places))] if own == NO_CLUSTER else inside[own]).append(node)
        ordered = gaps[0]
        for place, gap in zip(places, gaps[1:], strict=True):
            ordered += inside[place] + gap
        return ordered

    def _parts(self) -> list[float]:
        """Return about where each box stands, as a part of the width."""
        part = [0.5] * len(self.cluster)
        for at, row in enumerate(self.rows):
            boxes = [node for node in row if not self.is_lane[node]]
            if at not in self.places:
                for n, node in enumerate(boxes):
                    part[node] = (n + 0.5) / len(boxes)
                continue
            places = self.places[at]
            for left, place in enumerate(places):
                inside = [node for node in boxes if self.cluster[node] == place]
                for n, node in enumerate(inside):
                    part[node] = (left + (n + 0.5) / len(inside)) / len(places)
        return part

    def _refined(self, rows: Rows) -> Cost:
        """Transposition: swap neighbours as long as that saves crossings; returns the cost then."""
        self._number(rows)
        for _ in range(ROUNDS):
            saved = 0
            for at, row in enumerate(rows):
                saved += self._move_lanes(row) if at in self.places else 0
                saved += self._swap_neighbours(row)
            if not saved:
                break
        return self._cost(rows)

    def _may_swap(self, left: Node, right: Node) -> bool:
        """Tell whether two neighbours may change places: a lane with its like, and no box with another."""
        return self.cluster[left] == self.cluster[right] and (self.is_lane[left] or self.is_lane[right])

    def _swap_neighbours(self, row: list[Node]) -> int:
        saved = 0
        for n in range(len(row) - 1):
            left, right = row[n], row[n + 1]
            if not self._may_swap(left, right):
                continue
            gain = self._gain(left, right)
            if gain > 0:
                row[n], row[n + 1] = right, left
                self.place[left], self.place[right] = n + 1, n
                saved += gain
        return saved

    def _move_lanes(self, row: list[Node]) -> int:
        """Move free lanes to the gap between clusters where they cross least."""
        saved = 0
        for lane in [node for node in row if self.cluster[node] == NO_CLUSTER]:
            at = row.index(lane)
            most, to = 0, at
            for step in (1, -1):
                gain, n = 0, at + step
                while 0 <= n < len(row):
                    gain += self._gain(lane, row[n]) if step > 0 else self._gain(row[n], lane)
                    if gain > most and self._is_gap(row, n, n + step):
                        most, to = gain, n
                    n += step
            if to != at:
                row.insert(to, row.pop(at))
                saved += most
        self._number([row])
        return saved

    def _is_gap(self, row: Sequence[Node], here: int, there: int) -> bool:
        """Whether a free lane may stand between these two neighbours."""
        if not 0 <= there < len(row):
            return True
        cluster = self.cluster[row[here]]
        return cluster == NO_CLUSTER or cluster != self.cluster[row[there]]

    def _gain(self, left: Node, right: Node) -> int:
        """Crossings that a swap of two neighbours in a row saves."""
        gain = 0
        for near in (self.below, self.above):
            for one in near[left]:
                at = self.place[one]
                for other in near[right]:
                    place = self.place[other]
                    gain += (at > place) - (at < place)
        return gain

    def _jostled(self, cost: Cost, rows: Rows) -> Rows:
        """Iterated local search: restart from the best in slight disorder, and keep what is better."""
        if not any(self.is_lane):
            return rows
        chance = random.Random(1)
        for _ in range(min(JOSTLES, MOST_JOSTLED // max(self.stretches, 1))):
            tried = [list(row) for row in rows]
            self._jostle(tried, chance)
            found = self._refined(tried)
            if found <= cost:
                cost, rows = found, tried
        return rows

    def _jostle(self, rows: Rows, chance: random.Random) -> None:
        self._number(rows)
        for row in rows:
            for n in range(len(row) - 1):
                left, right = row[n], row[n + 1]
                if not self._may_swap(left, right):
                    continue
                gain = self._gain(left, right)
                part = {0: SWAPS_EVEN, -1: SWAPS_WORSE}.get(gain, 1.0 if gain > 0 else 0.0)
                if chance.random() < part:
                    row[n], row[n + 1] = right, left
                    self.place[left], self.place[right] = n + 1, n
