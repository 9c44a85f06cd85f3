"""Few links cross: lanes go where none has to be crossed, and crossings are counted rightly."""

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
    return LayerOrdering(layers).crossings(order(layers))


def without_crossings(seed: int, count: int) -> Strategy:
    """Return a map that can be drawn as it is listed without crossings, if its long links find their lanes.

    Every process leads straight up to the outcome above it: through a promise, or past the promises.
    """
    chance = random.Random(seed)
    passing = [n for n in range(1, count + 1) if chance.random() < 0.5]
    pairs = [(f"O{n}", f"F{n}") for n in passing]
    promises = [f"C{n}" for n in range(1, count + 1) if n not in passing]
    pairs += [(f"O{name[1:]}", name) for name in promises] + [(name, f"F{name[1:]}") for name in promises]
    chance.shuffle(pairs)
    whole = strategy_of(pairs, count)
    return whole.model_copy(update={"promises": tuple(one for one in whole.promises if one.id in promises)})


@pytest.mark.parametrize(("seed", "count"), [(6, 6), (11, 6), (0, 8), (2, 8), (13, 8)])
def test_links_that_need_no_crossing_have_none(seed: int, count: int) -> None:
    assert crossings_of(without_crossings(seed, count)) == 0


def test_control_with_the_lanes_at_the_end_of_their_rows_the_same_maps_cross() -> None:
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
