"""Ports: where on the edge of its boxes each link leaves and enters, each at a place of its own."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from bsc_coach.drawing.columns import LITTLE, Ports, Widths
from bsc_coach.drawing.lanes import Layers, Node
from bsc_coach.drawing.spread import spread

PART_BELOW, PART_ABOVE = 0.78, 0.9
"""Part of an edge over which links are spread, at their lower and their upper end.

They differ so that where one link sets out is not right below where another arrives.
"""
APART = 18.0
"""So that the tips of two arrows can be told apart."""
LEAST_APART = 12.0
"""Where that makes a link straight."""

Edge = tuple[Node, bool]
"""A box, and whether it is its lower edge, at which links from below end."""


def ports_of(layers: Layers, middles: Sequence[float], widths: Widths) -> Ports:
    """For every chain, how far beside the middle of its lower and of its upper box it begins and ends.

    The ports of an edge keep the order of where the links go; a link goes straight up where it can.
    """
    boxes = len(layers.boxes)
    leaving: dict[Edge, list[tuple[float, float, int]]] = {}
    for at, chain in enumerate(layers.chains):
        for end, following, is_upper in (
            (chain.nodes[0], chain.nodes[1], False),
            (chain.nodes[-1], chain.nodes[-2], True),
        ):
            x = middles[following]
            aim = (x - middles[end]) / (2 if following < boxes else 1)
            leaving.setdefault((end, is_upper), []).append((x, aim, at))
    ports = [[0.0, 0.0] for _ in layers.chains]
    for (box, is_upper), links in leaving.items():
        links.sort()
        half = _half(widths[box], is_upper)
        extents = [min(APART, 2 * half / len(links))] * len(links)
        places = spread(extents, [aim for _, aim, _ in links], [1.0] * len(links), -half, half)
        for (_, _, at), x in zip(links, places, strict=True):
            ports[at][is_upper] = x
    edges = {edge: sorted(ports[at][edge[1]] for _, _, at in links) for edge, links in leaving.items()}
    for at, chain in enumerate(layers.chains):
        _straighten(ports[at], chain.nodes, middles, edges, widths)
    return [(low, high) for low, high in ports]


def _half(box_width: float, is_upper: bool) -> float:
    return box_width * (PART_ABOVE if is_upper else PART_BELOW) / 2


def _straighten(
    ports: list[float],
    nodes: Sequence[Node],
    middles: Sequence[float],
    edges: dict[Edge, list[float]],
    widths: Widths,
) -> None:
    """Move a port over to where its link goes next, if that is near and no other link is in the way."""
    for is_upper, end, following in ((False, nodes[0], nodes[1]), (True, nodes[-1], nodes[-2])):
        there = middles[following] + (ports[not is_upper] if len(nodes) == 2 else 0.0)
        place = there - middles[end]
        others = edges[end, is_upper]
        mine = bisect_left(others, ports[is_upper])
        half = widths[end] * PART_ABOVE / 2
        left = others[mine - 1] + LEAST_APART if mine else -half
        right = others[mine + 1] - LEAST_APART if mine + 1 < len(others) else half
        if abs(place - ports[is_upper]) < LITTLE and left <= place <= right:
            others[mine] = ports[is_upper] = place
