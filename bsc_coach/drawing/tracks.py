"""Tracks between two rows: the height at which each link runs sideways, so that none runs along another."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations

NEAR = 9.0
"""Points by which lines beside each other are told apart."""

Run = tuple[float, float]
"""The x at the lower and at the upper row."""


def tracks_of(runs: Sequence[Run]) -> list[int | None]:
    """Assign a track to every horizontal run, 0 the lowest; None for one that goes straight up.

    Runs that cross do so once. Of runs that go the same way, those that need not cross do not.
    """
    turning = [at for at, (low, high) in enumerate(runs) if low != high]
    below: dict[int, dict[int, int]] = {at: {} for at in turning}
    beside: dict[int, set[int]] = {at: set() for at in turning}
    for one, other in permutations(turning, 2):
        if _overlap(runs[one], runs[other]):
            beside[one].add(other)
            if urgency := _above(runs[one], runs[other]):
                below[one][other] = urgency
    tracks: dict[int, int] = {}
    waiting = dict.fromkeys(turning)
    while waiting:
        # Where rules contradict each other, the least urgent ones are broken.
        chosen = min(
            waiting, key=lambda at: sum(urgency for one, urgency in below[at].items() if one in waiting)
        )
        track = 1 + max((tracks[one] for one in below[chosen] if one in tracks), default=-1)
        taken = {tracks[one] for one in beside[chosen] if one in tracks}
        while track in taken:
            track += 1
        tracks[chosen] = track
        del waiting[chosen]
    return [tracks.get(at) for at in range(len(runs))]


def _overlap(one: Run, other: Run) -> bool:
    return min(one) < max(other) + NEAR and min(other) < max(one) + NEAR


def _above(one: Run, other: Run) -> int:
    """Return how urgent it is that ``one`` runs sideways above ``other``; 0 where it need not."""
    if abs(other[0] - one[1]) < NEAR:
        return 10  # the one comes up to where the other sets out: they would run along each other
    same_order = (one[0] < other[0]) == (one[1] < other[1])
    same_way = (one[0] < one[1]) == (other[0] < other[1])
    return int(same_order and same_way and (one[0] < other[0]) == (one[0] < one[1]))
