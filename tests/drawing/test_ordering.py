"""Few links cross: what can be drawn without crossings is, and crossings are counted rightly."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from bsc_coach.drawing.lanes import layers_of
from bsc_coach.drawing.ordering import LayerOrdering, order
from bsc_coach.drawing.rows import arrange
from bsc_coach.strategy.model import Enabler, Link, Objective, Outcome, Promise, Strategy


def strategy_of(pairs: Sequence[tuple[str, str]], count: int) -> Strategy:
    """Return a map of four rows of ``count`` points (L, O, C, F) with these links."""
    return Strategy(
        enablers=tuple(Enabler(id=f"L{n}") for n in range(1, count + 1)),
        objectives=tuple(Objective(id=f"O{n}") for n in range(1, count + 1)),
        promises=tuple(Promise(id=f"C{n}") for n in range(1, count + 1)),
        outcomes=tuple(Outcome(id=f"F{n}") for n in range(1, count + 1)),
        links=tuple(Link(id=f"X{n}", cause=one, effect=other) for n, (one, other) in enumerate(pairs, 1)),
    )


def crossings_of(strategy: Strategy) -> int:
    """Return the crossings that are left in the order that the boxes are drawn in."""
    layers = layers_of(arrange(strategy))
    return LayerOrdering(layers).crossings(order(layers)[0])


def without_crossings(seed: int, count: int) -> Strategy:
    """Return a map that some order of its rows draws without crossings; that order is not how it is listed.

    Between two rows the links climb like stairs: each goes on from where the one before began or ended.
    """
    chance = random.Random(seed)
    rows = {letter: [f"{letter}{n}" for n in range(1, count + 1)] for letter in "LOCF"}
    for row in rows.values():
        chance.shuffle(row)
    pairs = []
    for low, high in ("LO", "OC", "CF"):
        left = right = 0
        steps = [(left, right)]
        while (left, right) != (count - 1, count - 1):
            if right == count - 1 or (left < count - 1 and chance.random() < 0.5):
                left += 1
            else:
                right += 1
            steps.append((left, right))
        pairs += [(rows[low][one], rows[high][other]) for one, other in steps if chance.random() < 0.8]
    chance.shuffle(pairs)
    return strategy_of(pairs, count)


@pytest.mark.parametrize(("seed", "count"), [(6, 6), (11, 6), (0, 8), (2, 8), (13, 8), (0, 10)])
def test_a_map_that_needs_no_crossing_has_none(seed: int, count: int) -> None:
    """On each of these, sweeps that only go up would leave some."""
    assert crossings_of(without_crossings(seed, count)) == 0


def test_control_as_they_are_listed_the_same_maps_cross() -> None:
    layers = layers_of(arrange(without_crossings(6, 6)))
    assert LayerOrdering(layers).crossings(layers.rows) > 0


@pytest.mark.parametrize(
    ("pairs", "crossings"),
    [
        ([("L1", "O1"), ("L2", "O1")], 0),
        ([("L1", "O1"), ("L1", "O2")], 0),
        ([("L1", "O1"), ("L2", "O2")], 0),
        ([("L1", "O2"), ("L2", "O1")], 1),
        ([("L1", "O1"), ("L1", "O2"), ("L2", "O1"), ("L2", "O2")], 1),
        ([("L1", "O3"), ("L2", "O2"), ("L3", "O1")], 3),
    ],
)
def test_links_that_meet_in_one_box_do_not_cross(pairs: Sequence[tuple[str, str]], crossings: int) -> None:
    layers = layers_of(arrange(strategy_of(pairs, 3)))
    assert LayerOrdering(layers).crossings(layers.rows) == crossings
