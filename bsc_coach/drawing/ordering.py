"""Crossing minimisation: the order of boxes and lanes in their rows; each cluster stays together.

Every order of the frames is tried (mirrored ones are alike). For each, rows are sorted by the barycentre of
their neighbours, in sweeps up and down (Sugiyama, Tagawa, Toda 1981); the best go on with transposition, that
is swaps of neighbours, and with lanes moved to other gaps. The very best is jostled (iterated local search):
neighbours change places that lose little by it, and what then comes out with fewer crossings, or as many on
shorter ways, is the next to begin from. The random source is seeded, so the same map is drawn each time.
"""

from __future__ import annotations

import random
from bisect import bisect_right, insort
from collections.abc import Sequence
from itertools import islice, pairwise, permutations

from bsc_coach.drawing.lanes import NO_CLUSTER, Layers, Node

SWEEPS = 8
REFINED = 4
"""How many of the beginnings are worked out, where the map is not very large."""
JOSTLES = 60
MOST_BEGUN, MOST_REFINED, MOST_JOSTLED = 36_000, 2_000, 27_000
"""Stretches from row to row that are worked on in all: on large maps fewer times."""
SWAPS_EVEN, SWAPS_WORSE = 0.7, 0.15
"""How many of the swaps happen that change nothing, and that cost one crossing."""

Rows = list[list[Node]]
ClusterOrder = tuple[int, ...]
Cost = tuple[int, float]


def order(layers: Layers) -> tuple[tuple[tuple[Node, ...], ...], ClusterOrder]:
    """Order the rows from left to right, and the clusters, with few crossings. The same each time."""
    rows, clusters = LayerOrdering(layers).best()
    return tuple(tuple(row) for row in rows), clusters


class LayerOrdering:
    """The crossing minimisation of a layered (Sugiyama) layout, by barycentre sweeps and transposition."""

    def __init__(self, layers: Layers) -> None:
        self.rows = layers.rows
        self.cluster = layers.clusters
        self.frames = layers.frames
        self.process_rows = frozenset(layers.process_rows)
        self.below: list[list[Node]] = [[] for _ in layers.clusters]
        self.above: list[list[Node]] = [[] for _ in layers.clusters]
        self.place = [0] * len(layers.clusters)
        self.stretches = 0
        for chain in layers.chains:
            for low, high in pairwise(chain.nodes):
                self.above[low].append(high)
                self.below[high].append(low)
                self.stretches += 1

    def best(self) -> tuple[Rows, ClusterOrder]:
        begun = []
        orders = (one for one in permutations(range(self.frames)) if one[0] < one[-1])
        for clusters in islice(orders, max(MOST_BEGUN // max(self.stretches, 1), 1)):
            rows = self._begin(clusters)
            begun.append((self._swept(rows, clusters), rows, clusters))
        begun.sort(key=lambda one: one[0])
        refined = max(min(REFINED, MOST_REFINED // max(self.stretches, 1)), 1)
        found = [(self._refined(rows), rows, clusters) for _, rows, clusters in begun[:refined]]
        cost, rows, clusters = min(found, key=lambda one: one[0])
        return self._jostled(cost, rows), clusters

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

    def _begin(self, clusters: ClusterOrder) -> Rows:
        rows = []
        for at, row in enumerate(self.rows):
            wanted = {node: float(n) for n, node in enumerate(row)}
            rows.append(self._grouped(row, wanted, clusters) if at in self.process_rows else list(row))
        self._number(rows)
        return rows

    def _swept(self, rows: Rows, clusters: ClusterOrder) -> int:
        """Barycentre sweeps up and down; leaves the best rows and returns their crossings."""
        best = self.crossings(rows)
        kept = [list(row) for row in rows]
        for sweep in range(SWEEPS):
            self._sweep(rows, clusters, upward=sweep % 2 == 0)
            crossings = self.crossings(rows)
            if crossings < best or (crossings == best and sweep < 2):
                best, kept = crossings, [list(row) for row in rows]
        rows[:] = kept
        return best

    def _sweep(self, rows: Rows, clusters: ClusterOrder, *, upward: bool) -> None:
        neighbours = self.below if upward else self.above
        way = range(1, len(rows)) if upward else range(len(rows) - 2, -1, -1)
        for at in way:
            beside = max(len(rows[at - 1 if upward else at + 1]), 1)
            scale = beside / max(len(rows[at]), 1)
            wanted = {}
            for node in rows[at]:
                near = neighbours[node]
                if near:
                    wanted[node] = sum(self.place[one] for one in near) / len(near)
                else:
                    wanted[node] = self.place[node] * scale
            if at in self.process_rows:
                rows[at] = self._grouped(rows[at], wanted, clusters)
            else:
                rows[at].sort(key=lambda node: wanted[node])
            for n, node in enumerate(rows[at]):
                self.place[node] = n

    def _grouped(self, row: Sequence[Node], wanted: dict[Node, float], clusters: ClusterOrder) -> list[Node]:
        """Sort a process row: clusters in their order, and free lanes in the gaps where they fit best."""
        members: dict[int, list[Node]] = {cluster: [] for cluster in (*clusters, NO_CLUSTER)}
        for node in sorted(row, key=lambda node: wanted[node]):
            members[self.cluster[node]].append(node)
        means = [sum(wanted[node] for node in members[one]) / len(members[one]) for one in clusters]
        gaps: list[list[Node]] = [[] for _ in range(len(clusters) + 1)]
        for lane in members[NO_CLUSTER]:
            aim = wanted[lane]
            wrong = [
                sum(mean > aim for mean in means[:gap]) + sum(mean < aim for mean in means[gap:])
                for gap in range(len(gaps))
            ]
            gaps[wrong.index(min(wrong))].append(lane)
        ordered = gaps[0]
        for cluster, gap in zip(clusters, gaps[1:], strict=True):
            ordered = ordered + members[cluster] + gap
        return ordered

    def _refined(self, rows: Rows) -> Cost:
        """Transposition: swap neighbours as long as that saves crossings; returns the cost then."""
        self._number(rows)
        for _ in range(8):
            saved = 0
            for at, row in enumerate(rows):
                saved += self._move_lanes(row) if at in self.process_rows else 0
                saved += self._swap_neighbours(row)
            if not saved:
                break
        return self._cost(rows)

    def _swap_neighbours(self, row: list[Node]) -> int:
        saved = 0
        for n in range(len(row) - 1):
            left, right = row[n], row[n + 1]
            if self.cluster[left] != self.cluster[right]:
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
                if self.cluster[left] != self.cluster[right]:
                    continue
                gain = self._gain(left, right)
                part = {0: SWAPS_EVEN, -1: SWAPS_WORSE}.get(gain, 1.0 if gain > 0 else 0.0)
                if chance.random() < part:
                    row[n], row[n + 1] = right, left
                    self.place[left], self.place[right] = n + 1, n
