"""The map stays as people know it: adding or taking away a link moves nothing else."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from bsc_coach.conversation.recording import play_sample
from bsc_coach.drawing.layout import draw
from bsc_coach.drawing.model import MapDrawing
from bsc_coach.session.environment import Environment
from bsc_coach.session.samples import read_sample
from bsc_coach.strategy.model import CLUSTERS, Link, Strategy
from tests.support.maps import linked

SAMPLES = ("riverbend", "brakelman")


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Strategy]:
    """The strategies of the recorded sessions."""
    found = {}
    for name in SAMPLES:
        session = play_sample(
            read_sample(name), tmp_path_factory.mktemp("played") / name, Environment(by="Test")
        )
        found[name] = session.strategy()
        session.close()
    return found


def clusters_in(drawing: MapDrawing) -> list[str | None]:
    """Return the clusters from left to right."""
    return [frame.cluster for frame in sorted(drawing.frames, key=lambda frame: frame.area.x)]


def rows_in(drawing: MapDrawing) -> list[list[str]]:
    """Return the boxes as one reads them, row by row from the top."""
    rows: dict[float, list[tuple[float, str]]] = {}
    for box in drawing.boxes:
        rows.setdefault(box.area.y, []).append((box.area.x, box.entry.id))
    return [[name for _, name in sorted(rows[y])] for y in sorted(rows)]


def without(strategy: Strategy, link: Link) -> Strategy:
    """Return the strategy with one link fewer."""
    return strategy.model_copy(update={"links": tuple(one for one in strategy.links if one != link)})


def changed_orders(strategy: Strategy, orders: Sequence[list[str | None]]) -> int:
    """Count the orders of clusters that are not that of the method."""
    return sum(order != list(CLUSTERS) for order in orders)


@pytest.mark.parametrize("name", SAMPLES)
def test_taking_any_link_away_leaves_the_clusters_in_the_order_of_the_method(
    name: str, samples: dict[str, Strategy]
) -> None:
    strategy = samples[name]
    assert len(strategy.links) == 24
    orders = [clusters_in(draw(without(strategy, link))) for link in strategy.links]
    assert changed_orders(strategy, [clusters_in(draw(strategy)), *orders]) == 0


def test_control_another_order_is_found(samples: dict[str, Strategy]) -> None:
    order = clusters_in(draw(samples["riverbend"]))
    assert changed_orders(samples["riverbend"], [order, [*order[1:], order[0]]]) == 1


@pytest.mark.parametrize("name", SAMPLES)
def test_taking_a_link_away_moves_no_box_but_what_it_led_to_in_its_own_band(
    name: str, samples: dict[str, Strategy]
) -> None:
    strategy = samples[name]
    before = draw(strategy)
    bands = {box.entry.id: box.entry.band for box in before.boxes}
    rows = rows_in(before)
    for link in strategy.links:
        if bands[link.cause or ""] != bands[link.effect or ""]:
            assert rows_in(draw(without(strategy, link))) == rows, link.id


def test_control_a_link_within_a_band_lifts_its_effect() -> None:
    assert rows_in(draw(linked(("O1", "O2")))) != rows_in(draw(linked()))


def test_boxes_of_a_row_stand_as_they_are_listed_whatever_leads_to_them() -> None:
    crossed = draw(linked(("O1", "C2"), ("O2", "C1")))
    straight = draw(linked(("O1", "C1"), ("O2", "C2")))
    assert rows_in(crossed) == rows_in(straight)
