"""Agreement as numbers: mean, middle and spread of the ballots that a team gave about one thing.

The spread is the standard deviation over half the scale: 0 where all say the same, 1 where half stand at
either end. Under four ballots nothing but the mean is known, so that nobody can be told from it.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

FEWEST = 4
"""Ballots from which their distribution is kept and told."""
MUCH_SPREAD = 0.3
"""The spread above which a point is said to be disputed among the team."""


def mean(numbers: Sequence[float]) -> float:
    """Return the mean of at least one number."""
    return sum(numbers) / len(numbers)


def middle(numbers: Sequence[float]) -> float:
    """Return the median of at least one number; between two of them, their mean."""
    ordered = sorted(numbers)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def spread(numbers: Sequence[float], low: float, high: float) -> float | None:
    """Return how far apart the ballots are on a scale from ``low`` to ``high``; None under four of them."""
    if len(numbers) < FEWEST or high <= low:
        return None
    centre = mean(numbers)
    deviation = sqrt(sum((number - centre) ** 2 for number in numbers) / len(numbers))
    return min(deviation / ((high - low) / 2), 1.0)
