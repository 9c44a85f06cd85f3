"""Dummy nodes of the layered layout: a lane in every row that a link passes on its way."""

from __future__ import annotations

from dataclasses import dataclass

from bsc_coach.drawing.rows import Arranged, Place, Stack, Tie

Node = int
"""Something that stands in a row: boxes first, in the order of ``Layers.boxes``, then lanes and markers."""
NO_CLUSTER = -1


@dataclass(frozen=True)
class Chain:
    """A link from row to row, bottom first: its boxes at the ends, and a lane in every row between."""

    tie: Tie
    nodes: tuple[Node, ...]
    rises: bool
    """Whether the cause is the lower end."""


@dataclass(frozen=True)
class FramedRows:
    """Rows that share their frames: those of the process band with its clusters, or of bands side by side."""

    stack: Stack
    rows: tuple[int, ...]
    places: tuple[Place, ...]
    """The places from left to right."""
    first: int
    """The number of the first of them."""

    @property
    def numbers(self) -> range:
        """The numbers of the places."""
        return range(self.first, self.first + len(self.places))

    def number(self, place: Place) -> int:
        """The number of a place; a cluster and a band may share a name."""
        return self.first + self.places.index(place)


@dataclass(frozen=True)
class Layers:
    """A proper layering: the rows of nodes from bottom to top, and the links as chains through them."""

    boxes: tuple[str, ...]
    rows: tuple[tuple[Node, ...], ...]
    clusters: tuple[int, ...]
    """Of every node the number of its place, or ``NO_CLUSTER``."""
    chains: tuple[Chain, ...]
    blocks: tuple[FramedRows, ...]
    """The rows in which boxes stand in frames beside each other."""


def stretches_of(arranged: Arranged) -> int:
    """Count over how many rows all links go, together: what the work of laying them out grows with."""
    row_of = {name: at for at, row in enumerate(arranged.rows) for name in row.ids}
    return sum(abs(row_of[tie.effect] - row_of[tie.cause]) for tie in arranged.ties)


def layers_of(arranged: Arranged) -> Layers:
    """Build the proper layering: links of one row each, with lanes and markers.

    A lane in a row with frames stands inside the frame that its link comes from or goes to, else between the
    frames. Every such row has something of each frame: a marker without width where there is nothing else, so
    that frames keep their places from row to row.
    """
    # Boxes are the first nodes, numbered row by row.
    names = tuple(name for row in arranged.rows for name in row.ids)
    number = {name: node for node, name in enumerate(names)}
    row_of = {name: at for at, row in enumerate(arranged.rows) for name in row.ids}
    rows = [[number[name] for name in row.ids] for row in arranged.rows]
    blocks = _blocks(arranged)
    block_of = {at: block for block in blocks for at in block.rows}
    clusters = [
        block_of[row_of[name]].number(arranged.place_of(name)) if row_of[name] in block_of else NO_CLUSTER
        for name in names
    ]
    chains = []
    # Every link becomes a chain of nodes from its lower to its upper end, with a lane in each row between.
    for tie in arranged.ties:
        rises = row_of[tie.cause] < row_of[tie.effect]
        low, high = (tie.cause, tie.effect) if rises else (tie.effect, tie.cause)
        ends = clusters[number[low]], clusters[number[high]]
        lanes = []
        for at in range(row_of[low] + 1, row_of[high]):
            inside = block_of[at].numbers if at in block_of else range(0)
            lanes.append(len(clusters))
            rows[at].append(len(clusters))
            clusters.append(next((one for one in ends if one in inside), NO_CLUSTER))
        chains.append(Chain(tie, (number[low], *lanes, number[high]), rises))
    # Markers keep a place for each frame in every row that has some.
    for at, block in block_of.items():
        present = {clusters[node] for node in rows[at]}
        for place in block.numbers:
            if place not in present:
                rows[at].append(len(clusters))
                clusters.append(place)
    return Layers(names, tuple(tuple(row) for row in rows), tuple(clusters), tuple(chains), blocks)


def _blocks(arranged: Arranged) -> tuple[FramedRows, ...]:
    blocks, first = [], 0
    for stack, places in arranged.places.items():
        rows = tuple(at for at, row in enumerate(arranged.rows) if row.stack == stack)
        blocks.append(FramedRows(stack, rows, places, first))
        first += len(places)
    return tuple(blocks)
