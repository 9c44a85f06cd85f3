"""Dummy nodes of the layered layout: a lane in every row that a link passes on its way."""

from __future__ import annotations

from dataclasses import dataclass

from bsc_coach.drawing.rows import Arranged, Tie

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
class Layers:
    """A proper layering: the rows of nodes from bottom to top, and the links as chains through them."""

    boxes: tuple[str, ...]
    rows: tuple[tuple[Node, ...], ...]
    clusters: tuple[int, ...]
    """Of every node the number of its cluster in ``Arranged.places``, or ``NO_CLUSTER``."""
    chains: tuple[Chain, ...]
    process_rows: tuple[int, ...]
    frames: int
    """How many frames stand beside each other in the process rows: as many as there are places."""


def stretches_of(arranged: Arranged) -> int:
    """Count over how many rows all links go, together: what the work of laying them out grows with."""
    row_of = {name: at for at, row in enumerate(arranged.rows) for name in row.ids}
    return sum(abs(row_of[tie.effect] - row_of[tie.cause]) for tie in arranged.ties)


def layers_of(arranged: Arranged) -> Layers:
    """Build the proper layering: links of one row each, with lanes and markers.

    A lane in a process row stands inside the frame that its link comes from or goes to, else between the
    frames. Every process row has something of each cluster: a marker without width where there is nothing
    else, so that frames keep their places from row to row.
    """
    # Boxes are the first nodes, numbered row by row.
    names = tuple(name for row in arranged.rows for name in row.ids)
    number = {name: node for node, name in enumerate(names)}
    row_of = {name: at for at, row in enumerate(arranged.rows) for name in row.ids}
    rows = [[number[name] for name in row.ids] for row in arranged.rows]
    process_rows = tuple(at for at, row in enumerate(arranged.rows) if row.band == "process")
    clusters = [_cluster(arranged, name) for name in names]
    chains = []
    # Every link becomes a chain of nodes from its lower to its upper end, with a lane in each row between.
    for tie in arranged.ties:
        rises = row_of[tie.cause] < row_of[tie.effect]
        low, high = (tie.cause, tie.effect) if rises else (tie.effect, tie.cause)
        own = next(
            (one for one in (_cluster(arranged, low), _cluster(arranged, high)) if one >= 0), NO_CLUSTER
        )
        lanes = []
        for at in range(row_of[low] + 1, row_of[high]):
            lanes.append(len(clusters))
            rows[at].append(len(clusters))
            clusters.append(own if at in process_rows else NO_CLUSTER)
        chains.append(Chain(tie, (number[low], *lanes, number[high]), rises))
    # Markers keep a place for each cluster in every process row.
    for at in process_rows:
        present = {clusters[node] for node in rows[at]}
        for cluster in range(len(arranged.places)):
            if cluster not in present:
                rows[at].append(len(clusters))
                clusters.append(cluster)
    return Layers(
        names,
        tuple(tuple(row) for row in rows),
        tuple(clusters),
        tuple(chains),
        process_rows,
        len(arranged.places),
    )


def _cluster(arranged: Arranged, name: str) -> int:
    entry = arranged.entries[name]
    return arranged.places.index(entry.cluster) if entry.band == "process" else NO_CLUSTER
