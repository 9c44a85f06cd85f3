"""What is left open: homework by owner, points that are not settled, and who said so."""

from __future__ import annotations

from typing import Any

import pytest

from bsc_coach.documents.context.document_context import build_context
from bsc_coach.strategy.model import Participant, Strategy
from bsc_coach.strategy.notes import KeptAnswer, MutedRule, Notes, Point
from tests.support.pages import whole

KPI = "O1.1 Median days"


def parked(short: str, about: str = KPI, **told: Any) -> Point:
    return Point(
        kind="parked", section="KPIs", question=f"What is the {short}?", short=short, about=about, **told
    )


def homework(*points: Point, language: str = "en") -> tuple[dict[str, Any], ...]:
    told: tuple[dict[str, Any], ...] = build_context(Strategy(language=language), Notes(points=points))[
        "homework"
    ]
    return told


def test_fields_of_an_item_are_one_row_and_items_with_the_same_fields_as_well() -> None:
    (group,) = homework(
        parked("Formula", owner="CFO"),
        parked("Source", owner="cfo "),
        parked("Formula", "O1.2 Slots", owner="CFO"),
        parked("Source", "O1.2 Slots", owner="CFO"),
        parked("KPI", "O2.1", owner="CFO"),
    )
    assert (group["owner_text"], group["count_text"]) == ("CFO", "5 fields")
    assert [(row["about"], row["fields_text"]) for row in group["rows"]] == [
        ("O1.1 Median days; O1.2 Slots", "Formula, source"),
        ("O2.1", "KPI"),
    ]


def test_what_waits_for_another_date_or_another_reason_has_a_row_of_its_own() -> None:
    (group,) = homework(
        parked("Formula", owner="CFO", due="2027-01"),
        parked("Source", owner="CFO"),
        parked("Unit", owner="CFO", reason="the system is new"),
    )
    assert [(row["fields_text"], row["due_text"], row["reason"]) for row in group["rows"]] == [
        ("Formula", "January 2027", None),
        ("Source", None, None),
        ("Unit", None, "the system is new"),
    ]


@pytest.mark.parametrize("reason", ["Homework", "Huiswerk"])
def test_that_it_is_homework_is_no_reason_and_columns_that_nobody_filled_are_left_out(reason: str) -> None:
    (group,) = homework(parked("Formula", owner="CFO", reason=reason))
    assert [field for field, _ in group["columns"]] == ["about", "fields_text"]


def test_what_nobody_owns_comes_last() -> None:
    told = homework(parked("Formula"), parked("Source", owner="CFO"), language="nl")
    assert [group["owner_text"] for group in told] == ["CFO", "Nog niemand"]


def test_an_answer_that_was_there_already_is_told() -> None:
    (group,) = homework(parked("Formula", owner="CFO", answer="visits per week"))
    assert group["rows"][0]["fields_text"] == "Formula (so far: visits per week)"


def test_what_nobody_answered_is_told_once_for_all_items() -> None:
    points = tuple(
        parked(short, about).model_copy(update={"kind": "open"})
        for about in (KPI, "O1.2 Slots")
        for short in ("Formula", "Source")
    )
    document = whole(Strategy(), Notes(points=points))
    assert "- **Formula, source** – About: O1.1 Median days; O1.2 Slots\n" in document
    assert "4 points still ask for attention" in document


ROOM = (Participant(id="T1", name="karin de Wit", role="scribe"),)


@pytest.mark.parametrize(
    ("by", "told"),
    [
        ("root", False),
        ("someone", False),
        ("karin", True),
        ("scribe", True),
        ("Ann", True),
        ("ann lee", True),
    ],
)
def test_the_login_name_of_a_machine_said_nothing(by: str, told: bool) -> None:
    notes = Notes(
        points=(Point(kind="declined", section="s", question="q", reason="no", by=by, on="2026-11-18"),),
        kept=(KeptAnswer(answer="a", remark="r", reason="b", by=by),),
        muted=(MutedRule(rule="O09", reason="b", by=by),),
    )
    document = whole(Strategy(participants=ROOM), notes)
    assert document.count(f"Kept by: {by}") == (2 if told else 0)
    assert (f"Said by: {by}, 18 November 2026" in document) is told
