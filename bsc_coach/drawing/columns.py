"""Horizontal coordinates: how wide everything is, and where it stands from left to right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from bsc_coach.drawing.lanes import NO_CLUSTER, FramedRows, Layers, Node
from bsc_coach.drawing.model import MapSize
from bsc_coach.drawing.spread import spread

MARGIN = 14.0
LEAST_BOX, MOST_BOX, WIDE_BOX = 112, 190, 216
BOX_GAP = 14.0
LANE = 12.0
FRAME_PADDING = 10.0
FRAME_GAP = 10.0
LEAST_FRAME = 150.0
STEADY = 10_000.0
"""How much the place of a box in the grid weighs, where a lane weighs little: boxes only make room."""
TURNS = 4
LITTLE = 26.0
"""A step sideways so small that it had better be none."""

Side = tuple[float, float]
"""A left and a right edge."""
Zone = tuple[Sequence[Node], Side]
"""What stands between two edges, from left to right."""
Widths = Sequence[float]
"""Of every box its width."""
Ports = Sequence[tuple[float, float]]
"""Of every chain, how far beside the middle of its lower and of its upper box it leaves and enters."""


@dataclass(frozen=True)
class Columns:
    """The width of the map, the middle of every node, the edges of the frames, and the rows in zones."""

    width: float
    middles: Sequence[float]
    frames: Mapping[int, Side]
    zones: Sequence[Sequence[Zone]]


def is_of_bands(block: FramedRows) -> bool:
    """Tell whether the frames of a block are bands beside each other."""
    return len(block.stack) > 1


class BandGrid:
    """The rows as they are ordered, to be measured with boxes of one width or another."""

    def __init__(
        self,
        layers: Layers,
        rows: Sequence[Sequence[Node]],
        size: MapSize,
        least_frames: Mapping[int, float],
        narrow: Mapping[Node, int],
    ) -> None:
        """Of some places their frames have a least width, and some boxes a width of their own."""
        self.narrow = narrow
        self.layers, self.rows, self.size, self.least_frames = layers, rows, size, least_frames
        markers = set(range(len(layers.clusters))) - set(range(len(layers.boxes)))
        for chain in layers.chains:
            markers.difference_update(chain.nodes)
        self._markers = markers
        self._block_of = {at: block for block in layers.blocks for at in block.rows}

    def box_width(self) -> int:
        """Width of boxes so that the map keeps its usual width, within what can be read."""
        room = self.size.width - self.size.gutter - 2 * MARGIN
        fitting = (width for width in range(MOST_BOX, LEAST_BOX, -2) if self._needed(width) <= room)
        return next(fitting, LEAST_BOX)

    def widths(self, box_width: int) -> list[int]:
        """Width of each box: as given in frames, wider in rows of their own with few boxes."""
        room = max(self.size.width - self.size.gutter - 2 * MARGIN, self._needed(box_width))
        found = self._widths_in_frames(box_width)
        for at, row in enumerate(self.rows):
            own = [node for node in row if node < len(found)]
            if own and at not in self._block_of:
                share = (room - LANE * (len(row) - len(own))) / len(own) - BOX_GAP
                for node in own:
                    if node not in self.narrow:
                        found[node] = max(box_width, min(int(share), WIDE_BOX))
        return found

    def _widths_in_frames(self, box_width: int) -> list[int]:
        return [self.narrow.get(node, box_width) for node in range(len(self.layers.boxes))]

    def columns(self, widths: Widths, ports: Ports | None = None) -> Columns:
        """Assign horizontal coordinates, with boxes of this width and links at these ports."""
        left = self.size.gutter + MARGIN
        width = max(self.size.width, self._needed_by(widths) + left + MARGIN)
        edges: dict[int, Side] = {}
        between: dict[FramedRows, list[Side]] = {}
        for block in self.layers.blocks:
            between[block] = self._divided(block, widths, width, edges)
        whole = left, width - MARGIN
        zones = [
            self._zones(row, edges, between[self._block_of[at]]) if at in self._block_of else [(row, whole)]
            for at, row in enumerate(self.rows)
        ]
        return Columns(width, self._settled(zones, widths, ports), edges, zones)

    def _divided(self, block: FramedRows, widths: Widths, width: float, edges: dict[int, Side]) -> list[Side]:
        """Put the frames of ``block`` beside each other into ``edges``; return the gaps around them."""
        left = MARGIN / 2 if is_of_bands(block) else self.size.gutter + MARGIN
        right = MARGIN / 2 if is_of_bands(block) else MARGIN
        frames, gaps = self._widths(block, widths)
        spare = (width - left - right - sum(frames) - sum(gaps)) / len(frames)
        between: list[Side] = []
        x = left
        for at, gap in enumerate(gaps):
            between.append((x, x + gap))
            x += gap
            if at < len(frames):
                edges[block.numbers[at]] = (x, x + frames[at] + spare)
                x += frames[at] + spare
        return between

    def straightened(self, columns: Columns, widths: Widths, ports: Ports) -> Columns:
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
                        free = self._free(nodes, at, side, middles, widths)
                        is_near = abs(there - middles[lane]) < LITTLE and here != middles[lane]
                        if is_near and free[0] <= there <= free[1]:
                            middles[lane] = there
        return replace(columns, middles=middles)

    def _free(
        self, nodes: Sequence[Node], at: int, side: Side, middles: Sequence[float], widths: Widths
    ) -> Side:
        """Between which places one of ``nodes`` can stand without the others making room."""
        own = self._extent(nodes[at], widths)
        left, right = side[0] + own / 2, side[1] - own / 2
        if at:
            left = middles[nodes[at - 1]] + (self._extent(nodes[at - 1], widths) + own) / 2
        if at + 1 < len(nodes):
            right = middles[nodes[at + 1]] - (self._extent(nodes[at + 1], widths) + own) / 2
        return left, right

    def _extent(self, node: Node, widths: Widths) -> float:
        if node < len(self.layers.boxes):
            return widths[node] + BOX_GAP
        return 0.0 if node in self._markers else LANE

    def _span(self, nodes: Sequence[Node], widths: Widths) -> float:
        return sum(self._extent(node, widths) for node in nodes)

    def _needed(self, box_width: int) -> float:
        return self._needed_by(self._widths_in_frames(box_width))

    def _needed_by(self, widths: Widths) -> float:
        free = [self._span(row, widths) for at, row in enumerate(self.rows) if at not in self._block_of]
        framed = [self._widths(block, widths) for block in self.layers.blocks]
        return max(*(sum(frames) + sum(gaps) for frames, gaps in framed), *free, 0.0)

    def _widths(self, block: FramedRows, widths: Widths) -> tuple[list[float], list[float]]:
        """Widths of the frames of a block and of the gaps beside them, from left to right."""
        lead = self.size.gutter - MARGIN if is_of_bands(block) else 0.0
        frames = [self.least_frames.get(place, LEAST_FRAME) for place in block.numbers]
        lanes = [0] * (len(frames) + 1)
        for at in block.rows:
            inside, between = self._parts(self.rows[at])
            for n, place in enumerate(block.numbers):
                span = self._span(inside[place], widths)
                frames[n] = max(frames[n], span - BOX_GAP + 2 * FRAME_PADDING + lead)
            lanes = [max(most, len(part)) for most, part in zip(lanes, between, strict=True)]
        gaps = [count * LANE + FRAME_GAP for count in lanes]
        for outer in (0, -1):
            gaps[outer] = gaps[outer] if lanes[outer] else 0.0
        return frames, gaps

    def _parts(self, row: Sequence[Node]) -> tuple[dict[int, list[Node]], list[list[Node]]]:
        """Return what of a row with frames stands in which, and in which gap from left to right."""
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
        bands = {place for block in self.layers.blocks if is_of_bands(block) for place in block.numbers}
        zones: list[Zone] = []
        for place, nodes in inside.items():
            left, right = edges[place]
            zones.append(
                (
                    nodes,
                    (left + inset + (self.size.gutter - MARGIN if place in bands else 0.0), right - inset),
                )
            )
        for nodes, (left, right) in zip(between, gaps, strict=True):
            zones.append((nodes, (left + FRAME_GAP / 2, right - FRAME_GAP / 2)))
        return zones

    def _settled(self, zones: Sequence[Sequence[Zone]], widths: Widths, ports: Ports | None) -> list[float]:
        """Middles of all nodes: boxes evenly in their zone, lanes where their links lead, in turns."""
        near = self._neighbours(ports)
        boxes = len(self.layers.boxes)
        weights = [
            STEADY if node < boxes else sum(weight for _, weight, _ in one) or 0.1
            for node, one in enumerate(near)
        ]
        middles = [0.0] * len(near)
        # At first boxes stand on the grid, and lanes in the middle of their zone.
        grid: dict[Node, float] = {}
        for row in zones:
            for nodes, (left, right) in row:
                own = [node for node in nodes if node < boxes]
                for n, node in enumerate(own):
                    grid[node] = left + (n + 0.5) * (right - left) / len(own)
                wanted = [grid.get(node, (left + right) / 2) for node in nodes]
                self._put(nodes, wanted, weights, (left, right), middles, widths)
        # Then lanes follow what they are linked with, upwards and downwards in turns.
        for turn in range(2 * TURNS):
            for row in zones if turn % 2 else reversed(zones):
                for nodes, side in row:
                    wanted = [
                        grid[node]
                        if node in grid
                        else sum((middles[one] + aside) * weight for one, weight, aside in near[node])
                        / weights[node]
                        if near[node]
                        else middles[node]
                        for node in nodes
                    ]
                    self._put(nodes, wanted, weights, side, middles, widths)
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
        widths: Widths,
    ) -> None:
        extents = [self._extent(node, widths) for node in nodes]
        places = spread(extents, wanted, [weights[node] for node in nodes], *side)
        for node, x in zip(nodes, places, strict=True):
            middles[node] = x
