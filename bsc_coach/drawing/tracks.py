"""Between two rows: the height at which each link runs sideways, so that none runs along another."""

from __future__ import annotations

from collections.abc import Sequence

NEAR = 9.0
"""Points by which lines beside each other are told apart."""

Run = tuple[float, float]
"""The x at the lower and at the upper row."""


def tracks_of(runs: Sequence[Run]) -> list[int | None]:
    """Return the track of every run, 0 the lowest; None for one that goes straight up.

    Runs that cross do so once. Of runs that go the same way, those that need not cross do not.
    """
    turning = [at for at, (low, high) in enumerate(runs) if low != high]
    below: dict[int, set[int]] = {at: set() for at in turning}
    beside: dict[int, set[int]] = {at: set() for at in turning}
    for n, one in enumerate(turning):
        for other in turning[n + 1 :]:
            if _overlap(runs[one], runs[other]):
                beside[one].add(other)
                beside[other].add(one)
                if _is_above(runs[one], runs[other]):
                    below[one].add(other)
                if _is_above(runs[other], runs[one]):
                    below[other].add(one)
    tracks: dict[int, int] = {}
    waiting = dict.fromkeys(turning)
    while waiting:
        # Where rules contradict each other, the one that breaks the fewest goes first.
        chosen = min(waiting, key=lambda at: len(below[at] & waiting.keys()))
        track = 1 + max((tracks[at] for at in below[chosen] if at in tracks), default=-1)
        taken = {tracks[at] for at in beside[chosen] if at in tracks}
        while track in taken:
            track += 1
        tracks[chosen] = track
        del waiting[chosen]
    return [tracks.get(at) for at in range(len(runs))]


def _overlap(one: Run, other: Run) -> bool:
    return min(one) < max(other) + NEAR and min(other) < max(one) + NEAR


def _is_above(one: Run, other: Run) -> bool:
    """Tell whether ``one`` must run sideways above ``other``."""
    if abs(other[0] - one[1]) < NEAR:
        return True  # one comes up to where the other sets out
    same_order = (one[0] < other[0]) == (one[1] < other[1])
    if not same_order or (one[0] < one[1]) != (other[0] < other[1]):
        return False
    return (one[0] < other[0]) == (one[0] < one[1])
