"""Horizontal coordinates: how wide everything is, and where it stands from left to right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from bsc_coach.drawing.lanes import NO_CLUSTER, Layers, Node
from bsc_coach.drawing.ordering import ClusterOrder
from bsc_coach.drawing.spread import spread

USUAL_WIDTH = 1600.0
"""What boxes shrink for; a map with more of them beside each other than fit is wider."""
LEAST_WIDTH = 1000.0
GUTTER = 42.0
"""Room at the left for the names of the bands."""
MARGIN = 14.0
LEAST_BOX, MOST_BOX = 140, 204
BOX_GAP = 18.0
LANE = 14.0
FRAME_PADDING = 14.0
FRAME_GAP = 14.0
LEAST_FRAME = 196.0
"""The longest name of a cluster fits."""
TURNS = 4
LITTLE = 26.0
"""A step sideways so small that it had better be none."""

Side = tuple[float, float]
"""A left and a right edge."""
Zone = tuple[Sequence[Node], Side]
"""What stands between two edges, from left to right."""
Ports = Sequence[tuple[float, float]]
"""Of every chain, how far beside the middle of its lower and of its upper box it leaves and enters."""


@dataclass(frozen=True)
class Columns:
    """The width of the map, the middle of every node, the edges of the frames, and the rows in zones."""

    width: float
    middles: Sequence[float]
    frames: Mapping[int, Side]
    zones: Sequence[Sequence[Zone]]


class BandGrid:
    """The rows as they are ordered, to be measured with boxes of one width or another."""

    def __init__(
        self,
        layers: Layers,
        rows: Sequence[Sequence[Node]],
        clusters: ClusterOrder,
        least_frames: Mapping[int, float],
    ) -> None:
        """``least_frames`` says of some clusters how wide their frames are at least."""
        self.layers, self.rows, self.clusters, self.least_frames = layers, rows, clusters, least_frames
        markers = set(range(len(layers.clusters))) - set(range(len(layers.boxes)))
        for chain in layers.chains:
            markers.difference_update(chain.nodes)
        self._markers = markers

    def box_width(self) -> int:
        """Width of boxes so that the map keeps its usual width, within what can be read."""
        room = USUAL_WIDTH - GUTTER - 2 * MARGIN
        fitting = (width for width in range(MOST_BOX, LEAST_BOX, -2) if self._needed(width) <= room)
        return next(fitting, LEAST_BOX)

    def columns(self, box_width: float, ports: Ports | None = None) -> Columns:
        """Assign horizontal coordinates, with boxes of this width and links at these ports."""
        left = GUTTER + MARGIN
        width = max(LEAST_WIDTH, self._needed(box_width) + left + MARGIN)
        frames, gaps = self._widths(box_width)
        spare = (width - left - MARGIN - sum(frames) - sum(gaps)) / len(frames)
        edges: dict[int, Side] = {}
        between: list[Side] = []
        x = left
        for at, gap in enumerate(gaps):
            between.append((x, x + gap))
            x += gap
            if at < len(frames):
                edges[self.clusters[at]] = (x, x + frames[at] + spare)
                x += frames[at] + spare
        whole = left, width - MARGIN
        zones = [
            self._zones(row, edges, between) if at in self.layers.process_rows else [(row, whole)]
            for at, row in enumerate(self.rows)
        ]
        return Columns(width, self._settled(zones, box_width, ports), edges, zones)

    def straightened(self, columns: Columns, box_width: float, ports: Ports) -> Columns:
        """Straighten links: move lanes to where their link comes from or goes to, if that is near."""
        middles = list(columns.middles)
        below: dict[Node, tuple[Node, float]] = {}
        above: dict[Node, tuple[Node, float]] = {}
        for chain, (low, high) in zip(self.layers.chains, ports, strict=True):
            for at, lane in enumerate(chain.nodes[1:-1], start=1):
                below[lane] = chain.nodes[at - 1], low if at == 1 else 0.0
                above[lane] = chain.nodes[at + 1], high if at == len(chain.nodes) - 2 else 0.0
        for first, second, rows in ((below, above, columns.zones), (above, below, columns.zones[::-1])):
            for nodes, side in (zone for row in rows for zone in row):
                for at, lane in enumerate(nodes):
                    if lane in below:
                        there, here = (middles[node] + aside for node, aside in (first[lane], second[lane]))
                        free = self._free(nodes, at, side, middles, box_width)
                        is_near = abs(there - middles[lane]) < LITTLE and here != middles[lane]
                        if is_near and free[0] <= there <= free[1]:
                            middles[lane] = there
        return replace(columns, middles=middles)

    def _free(
        self, nodes: Sequence[Node], at: int, side: Side, middles: Sequence[float], box_width: float
    ) -> Side:
        """Between which places one of ``nodes`` can stand without the others making room."""
        own = self._extent(nodes[at], box_width)
        left, right = side[0] + own / 2, side[1] - own / 2
        if at:
            left = middles[nodes[at - 1]] + (self._extent(nodes[at - 1], box_width) + own) / 2
        if at + 1 < len(nodes):
            right = middles[nodes[at + 1]] - (self._extent(nodes[at + 1], box_width) + own) / 2
        return left, right

    def _extent(self, node: Node, box_width: float) -> float:
        if node < len(self.layers.boxes):
            return box_width + BOX_GAP
        return 0.0 if node in self._markers else LANE

    def _span(self, nodes: Sequence[Node], box_width: float) -> float:
        return sum(self._extent(node, box_width) for node in nodes)

    def _needed(self, box_width: float) -> float:
        free = [row for at, row in enumerate(self.rows) if at not in self.layers.process_rows]
        frames, gaps = self._widths(box_width)
        return max(sum(frames) + sum(gaps), *(self._span(row, box_width) for row in free))

    def _widths(self, box_width: float) -> tuple[list[float], list[float]]:
        """Widths of the frames and of the gaps beside them, from left to right."""
        frames = [self.least_frames.get(cluster, LEAST_FRAME) for cluster in self.clusters]
        lanes = [0] * (len(self.clusters) + 1)
        for at in self.layers.process_rows:
            inside, between = self._parts(self.rows[at])
            for n, cluster in enumerate(self.clusters):
                span = self._span(inside[cluster], box_width)
                frames[n] = max(frames[n], span - BOX_GAP + 2 * FRAME_PADDING)
            lanes = [max(most, len(part)) for most, part in zip(lanes, between, strict=True)]
        gaps = [count * LANE + FRAME_GAP for count in lanes]
        for outer in (0, -1):
            gaps[outer] = gaps[outer] if lanes[outer] else 0.0
        return frames, gaps

    def _parts(self, row: Sequence[Node]) -> tuple[dict[int, list[Node]], list[list[Node]]]:
        """Return what of a process row stands in which frame, and in which gap from left to right."""
        inside: dict[int, list[Node]] = {}
        between: list[list[Node]] = [[]]
        for cluster, nodes in groupby(row, key=lambda node: self.layers.clusters[node]):
            if cluster == NO_CLUSTER:
                between[-1].extend(nodes)
            else:
                inside[cluster] = list(nodes)
                between.append([])
        return inside, between

    def _zones(self, row: Sequence[Node], edges: Mapping[int, Side], gaps: Sequence[Side]) -> list[Zone]:
        inside, between = self._parts(row)
        inset = FRAME_PADDING - BOX_GAP / 2
        zones: list[Zone] = [
            (nodes, (edges[cluster][0] + inset, edges[cluster][1] - inset))
            for cluster, nodes in inside.items()
        ]
        for nodes, (left, right) in zip(between, gaps, strict=True):
            zones.append((nodes, (left + FRAME_GAP / 2, right - FRAME_GAP / 2)))
        return zones

    def _settled(self, zones: Sequence[Sequence[Zone]], box_width: float, ports: Ports | None) -> list[float]:
        """Middles of all nodes, by weighted averages of their neighbours in turns; lanes weigh most."""
        near = self._neighbours(ports)
        weights = [sum(weight for _, weight, _ in one) or 0.1 for one in near]
        middles = [0.0] * len(near)
        for row in zones:
            for nodes, (left, right) in row:
                middle = (left + right) / 2
                self._put(nodes, [middle] * len(nodes), weights, (left, right), middles, box_width)
        for turn in range(2 * TURNS):
            for row in zones if turn % 2 else reversed(zones):
                for nodes, side in row:
                    wanted = [
                        sum((middles[one] + aside) * weight for one, weight, aside in near[node])
                        / weights[node]
                        if near[node]
                        else middles[node]
                        for node in nodes
                    ]
                    self._put(nodes, wanted, weights, side, middles, box_width)
        return middles

    def _neighbours(self, ports: Ports | None) -> list[list[tuple[Node, float, float]]]:
        """Return what each node is linked with, how much that weighs, and how far beside it to stand."""
        near: list[list[tuple[Node, float, float]]] = [[] for _ in self.layers.clusters]
        boxes = len(self.layers.boxes)
        for at, chain in enumerate(self.layers.chains):
            asides = [0.0] * len(chain.nodes)
            if ports:
                asides[0], asides[-1] = ports[at]
            pairs = list(zip(chain.nodes, asides, strict=True))
            for (low, low_aside), (high, high_aside) in pairwise(pairs):
                weight = 1.0 + 2.0 * ((low >= boxes) + (high >= boxes))
                near[low].append((high, weight, high_aside - low_aside))
                near[high].append((low, weight, low_aside - high_aside))
        return near

    def _put(
        self,
        nodes: Sequence[Node],
        wanted: Sequence[float],
        weights: Sequence[float],
        side: Side,
        middles: list[float],
        box_width: float,
    ) -> None:
        extents = [self._extent(node, box_width) for node in nodes]
        places = spread(extents, wanted, [weights[node] for node in nodes], *side)
        for node, x in zip(nodes, places, strict=True):
            middles[node] = x
