"""Tracks between two rows: the height at which each link runs sideways, so that none runs along another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

NEAR = 9.0
"""Points by which lines beside each other are told apart."""

Run = tuple[float, float]
"""The x at the lower and at the upper row."""


def tracks_of(runs: Sequence[Run]) -> list[int | None]:
    """Assign a track to every horizontal run, 0 the lowest; None for one that goes straight up.

    Runs that cross do so once. Of runs that go the same way, those that need not cross do not.
    """
    turning = [at for at, (low, high) in enumerate(runs) if low != high]
    below: dict[int, list[int]] = {at: [] for at in turning}
    beside: dict[int, list[int]] = {at: [] for at in turning}
    over: dict[int, list[tuple[int, int]]] = {at: [] for at in turning}
    pressing = dict.fromkeys(turning, 0)
    """How urgent the rules are, together, by which others that wait belong below a run."""
    for pair in _overlapping(runs, turning):
        for one, other in (pair, pair[::-1]):
            beside[one].append(other)
            if urgency := _above(runs[one], runs[other]):
                below[one].append(other)
                over[other].append((one, urgency))
                pressing[one] += urgency
    tracks: dict[int, int] = {}
    while pressing:
        # Where rules contradict each other, the least urgent ones are broken.
        chosen = min(pressing, key=pressing.__getitem__)
        track = 1 + max((tracks[one] for one in below[chosen] if one in tracks), default=-1)
        taken = {tracks[one] for one in beside[chosen] if one in tracks}
        while track in taken:
            track += 1
        tracks[chosen] = track
        del pressing[chosen]
        for one, urgency in over[chosen]:
            if one in pressing:
                pressing[one] -= urgency
    return [tracks.get(at) for at in range(len(runs))]


def _overlapping(runs: Sequence[Run], turning: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of runs that stand above each other somewhere, from left to right."""
    open_now: list[tuple[float, int]] = []
    """Where each run ends that began further left, with its number."""
    for left, right, at in sorted((min(runs[at]), max(runs[at]), at) for at in turning):
        open_now = [(end, one) for end, one in open_now if left < end + NEAR]
        yield from ((one, at) for _, one in open_now)
        open_now.append((right, at))


def _above(one: Run, other: Run) -> int:
    """Return how urgent it is that ``one`` runs sideways above ``other``; 0 where it need not."""
    if abs(other[0] - one[1]) < NEAR:
        return 10  # the one comes up to where the other sets out: they would run along each other
    same_order = (one[0] < other[0]) == (one[1] < other[1])
    same_way = (one[0] < one[1]) == (other[0] < other[1])
    return int(same_order and same_way and (one[0] < other[0]) == (one[0] < one[1]))
