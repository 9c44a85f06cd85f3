"""The scorecard: every KPI and every initiative once where it belongs, from the result down to the means."""

from __future__ import annotations

from typing import Any

import pytest

from bsc_coach.documents.context.document_context import build_context
from bsc_coach.strategy.measures import Kpi
from bsc_coach.strategy.model import Enabler, Initiative, Mission, Objective, Outcome, Strategy
from tests.support.strategies import EMPTY, NO_NOTES, RIVERBEND

STRATEGY = Strategy(
    missions=(Mission(id="M1", title="More healthy years"),),
    outcomes=(Outcome(id="F1", title="Pay our own way"),),
    objectives=(
        Objective(id="O1", title="Shorten the wait", owner_role="COO"),
        Objective(id="X1", title="Give the roof a tower"),
    ),
    enablers=(Enabler(id="L1", title="Trained schedulers", owner_role="HR"),),
    kpis=(
        Kpi(id="O1.1", measures="O1", name="Wait", unit="days", baseline=31, target=14, owner_role="COO"),
        Kpi(id="O1.2", measures="O1", name="Slots", unit="%", baseline=62, target=90, owner_role="CIO"),
        Kpi(id="F1.1", measures="F1", name="Margin", unit="$", target=3, target_date="2030-12"),
        Kpi(id="Z9.1", measures="Z9", name="Lost", baseline=1),
    ),
    initiatives=(
        Initiative(id="N1", title="Nurse clinic", objectives=("O1", "L1"), resources="Two nurses"),
        Initiative(id="N2", title="Fly", owner_role="CEO"),
    ),
)


def rows_of(strategy: Strategy) -> list[dict[str, Any]]:
    return [row for group in build_context(strategy, NO_NOTES)["scorecard"] for row in group["rows"]]


def test_it_goes_from_the_result_to_the_means_and_loses_nothing() -> None:
    groups = build_context(STRATEGY, NO_NOTES)["scorecard"]
    assert [(one["perspective"], one["cluster"]) for one in groups] == [
        ("financial", None),
        ("process", "operations"),
        ("process", None),
        ("learning", None),
        (None, None),
    ]
    assert [(row["point"], row["kpi"], row["lines"]) for row in rows_of(STRATEGY)] == [
        ("F1", "F1.1", 1),
        ("O1", "O1.1", 2),
        ("O1", "O1.2", 0),
        ("X1", None, 1),
        ("L1", None, 1),
        (None, "Z9.1", 1),
        (None, None, 1),
    ]


def test_a_mission_that_something_measures_stands_on_top() -> None:
    measured = STRATEGY.model_copy(update={"kpis": (Kpi(id="M1.1", measures="M1"),)})
    assert rows_of(measured)[0]["kpi"] == "M1.1"


@pytest.mark.parametrize(
    ("kpi", "told"),
    [
        (Kpi(id="O1.1", measures="O1", unit="days", baseline=31, target=14), "31 → 14 days"),
        (Kpi(id="O1.1", measures="O1", unit="%", baseline=62, target=90), "62% → 90%"),
        (Kpi(id="O1.1", measures="O1", unit="$", baseline=62, target=90), "$62 → $90"),
        (Kpi(id="O1.1", measures="O1", baseline=62, target=90), "62 → 90"),
        (Kpi(id="O1.1", measures="O1", unit="days", baseline=31), "31 days"),
        (
            Kpi(id="O1.1", measures="O1", unit="days", target=14, target_date="2027-12"),
            "→ 14 days by December 2027",
        ),
        (
            Kpi(id="O1.1", measures="O1", unit="days", baseline_by="2027-03", target=14),
            "unknown; measured by March 2027 → 14 days",
        ),
        (Kpi(id="O1.1", measures="O1"), None),
    ],
)
def test_the_way_to_the_target_is_told_as_far_as_it_is_known(kpi: Kpi, told: str | None) -> None:
    (row,) = rows_of(Strategy(objectives=(Objective(id="O1"),), kpis=(kpi,)))
    assert row["step_text"] == told


def test_what_an_initiative_takes_is_told_once() -> None:
    told = [(one["told"], one["again"]) for row in rows_of(STRATEGY) for one in row["initiatives"]]
    assert told == [("N1 Nurse clinic (Two nurses)", False), ("N1 Nurse clinic", True), ("N2 Fly", False)]


def test_who_answers_is_told_of_the_point_and_of_the_kpi_where_they_differ() -> None:
    assert [row["owner_text"] for row in rows_of(STRATEGY)] == [
        None, "COO", "COO; CIO", None, "HR", None, "CEO",
    ]  # fmt: skip


def test_every_kpi_and_initiative_of_a_whole_strategy_is_there() -> None:
    rows = rows_of(RIVERBEND)
    assert sorted(row["kpi"] for row in rows if row["kpi"]) == sorted(kpi.id for kpi in RIVERBEND.kpis)
    assert {one["id"] for row in rows for one in row["initiatives"]} == {
        one.id for one in RIVERBEND.initiatives
    }
    assert rows_of(EMPTY) == []
