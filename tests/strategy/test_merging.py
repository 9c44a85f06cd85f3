"""Merging an edited strategy.toml with what was said since it was written: three versions, one result."""

from __future__ import annotations

import pytest

from bsc_coach.strategy.merging import merged
from bsc_coach.strategy.model import Organisation, Promise, Strategy
from tests.support.strategies import EMPTY, RIVERBEND


def promises(*told: str) -> Strategy:
    """Make a strategy of promises: "C1 See me" each."""
    return Strategy(promises=tuple(Promise(id=one[:2], title=one[3:] or None) for one in told))


@pytest.mark.parametrize("now", [EMPTY, RIVERBEND])
def test_what_nobody_edited_is_as_the_session_has_it(now: Strategy) -> None:
    assert merged(RIVERBEND, RIVERBEND, now) == now


@pytest.mark.parametrize("edited", [EMPTY, RIVERBEND])
def test_where_nothing_was_said_since_the_file_counts(edited: Strategy) -> None:
    assert merged(RIVERBEND, edited, RIVERBEND) == edited


@pytest.mark.parametrize(
    ("written", "edited", "now", "result"),
    [
        (["C1 a"], ["C1 b"], ["C1 a", "C2 x"], ["C1 b", "C2 x"]),
        (["C1 a"], ["C1 b"], ["C1 c"], ["C1 b"]),
        (["C1 a", "C2 b"], ["C1 a"], ["C1 c", "C2 b"], ["C1 c"]),
        (["C1 a", "C2 b"], ["C1 x", "C2 b"], ["C1 a"], ["C1 x"]),
        (["C1 a", "C2 b"], ["C1 a", "C2 x"], ["C1 a"], ["C1 a", "C2 x"]),
        (["C1 a", "C2 b"], ["C2 b", "C1 a"], ["C1 a", "C2 b", "C3 c"], ["C2 b", "C1 a", "C3 c"]),
        (["C1 a", "C2 b"], ["C1 a", "C2 b", "C4 d"], ["C2 b", "C1 a"], ["C2 b", "C1 a", "C4 d"]),
        (["C1 a"], ["C1 "], ["C1 a", "C2 b"], ["C1 ", "C2 b"]),
    ],
    ids=[
        "edited, and another added",
        "both reworded: the edit is shown with what it replaces",
        "taken out by hand",
        "taken out in the session",
        "taken out in the session, and reworded by hand",
        "reordered by hand",
        "reordered in the session",
        "withdrawn by hand",
    ],
)
def test_items_of_a_list(written: list[str], edited: list[str], now: list[str], result: list[str]) -> None:
    assert merged(promises(*written), promises(*edited), promises(*now)) == promises(*result)


def test_fields_of_a_table_each_for_itself() -> None:
    written = Strategy(organisation=Organisation(name="A", values="x"))
    edited = Strategy(organisation=Organisation(name="B", values="x"))
    now = Strategy(organisation=Organisation(name="A", values="y", scope="z"))
    assert merged(written, edited, now).organisation == Organisation(name="B", values="y", scope="z")
