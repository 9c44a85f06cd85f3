"""The way of each link: from the top of its cause to the foot of its effect, each at a place of its own."""

from __future__ import annotations

from collections.abc import Mapping

from bsc_coach.drawing.model import Point, Route
from bsc_coach.drawing.ordering import Chain, Ordered
from bsc_coach.drawing.placing import BOX_WIDTH, Placed

PORTS = 0.76
"""Part of an edge over which links are spread."""


def route(ordered: Ordered, placed: Placed) -> tuple[Route, ...]:
    """Return every link with the points it passes, from cause to effect."""
    tops = _ports(ordered, placed, upper=True)
    feet = _ports(ordered, placed, upper=False)
    return tuple(_one(chain, placed, tops, feet) for chain in ordered.chains)


def _one(chain: Chain, placed: Placed, tops: Mapping[str, float], feet: Mapping[str, float]) -> Route:
    low, high = placed.boxes[chain.nodes[0]], placed.boxes[chain.nodes[-1]]
    points: list[Point] = [(tops[chain.tie.link], low.area.y)]
    for lane in chain.nodes[1:-1]:
        x, top, bottom = placed.lanes[lane]
        points += [(x, bottom), (x, top)]
    points.append((feet[chain.tie.link], high.area.bottom))
    if not chain.rises:
        points.reverse()
    tie = chain.tie
    return Route(tie.link, tie.cause, tie.effect, tuple(points), tie.confidence)


def _ports(ordered: Ordered, placed: Placed, *, upper: bool) -> dict[str, float]:
    """Return where on its lower (or upper) end each link leaves, in the order of where it goes."""
    leaving: dict[str, list[tuple[float, str]]] = {}
    for chain in ordered.chains:
        end, following = (chain.nodes[0], chain.nodes[1]) if upper else (chain.nodes[-1], chain.nodes[-2])
        leaving.setdefault(end, []).append((_middle(following, placed), chain.tie.link))
    ports = {}
    for end, links in leaving.items():
        area = placed.boxes[end].area
        step = BOX_WIDTH * PORTS / len(links)
        begin = area.x + BOX_WIDTH * (1 - PORTS) / 2
        for at, (_, link) in enumerate(sorted(links)):
            ports[link] = begin + (at + 0.5) * step
    return ports


def _middle(name: str, placed: Placed) -> float:
    if name in placed.lanes:
        return placed.lanes[name][0]
    area = placed.boxes[name].area
    return area.x + area.width / 2
