"""Isotonic regression on a line: places beside each other, as near to the wanted ones as the room lets."""

from __future__ import annotations

from collections.abc import Sequence


def spread(
    extents: Sequence[float], wanted: Sequence[float], weights: Sequence[float], left: float, right: float
) -> list[float]:
    """Return the middles of things of these ``extents``, in their order, between ``left`` and ``right``.

    Neighbours that want the same place share the difference by weight (pooling of adjacent violators).
    Where the room is too small they begin at ``left``.
    """
    offsets, reach = [], 0.0
    for extent in extents:
        offsets.append(reach + extent / 2)
        reach += extent
    pools: list[tuple[float, float, int]] = []
    for aim, offset, weight in zip(wanted, offsets, weights, strict=True):
        start, heavy, count = aim - offset, weight, 1
        while pools and pools[-1][0] > start:
            before, other, others = pools.pop()
            start = (before * other + start * heavy) / (other + heavy)
            heavy, count = heavy + other, count + others
        pools.append((start, heavy, count))
    starts = [start for start, _, count in pools for _ in range(count)]
    highest = max(right - reach, left)
    return [max(left, min(start, highest)) + offset for start, offset in zip(starts, offsets, strict=True)]
