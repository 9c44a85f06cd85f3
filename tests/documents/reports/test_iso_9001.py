"""iso-9001-6.2.2.md: what an auditor reads of each objective, and what is missing."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings

from bsc_coach.documents.brand import Brand
from bsc_coach.documents.reports.iso_9001 import render_iso
from bsc_coach.strategy.measures import Kpi
from bsc_coach.strategy.model import Initiative, Link, Objective, Outcome, Participant, Promise, Strategy
from bsc_coach.strategy.notes import Notes
from tests.documents.structure import caught_without_escaping, same_structure
from tests.documents.templating.test_render import section, with_text
from tests.support.hostile import FIXED, Seen, as_read, hostile_text, see
from tests.support.strategies import EMPTY, NO_NOTES, RIVERBEND, RIVERBEND_NOTES

O1 = "## O1 Halve rework"
OBJECTIVE: dict[str, Any] = {"id": "O1", "title": "Halve rework", "owner_role": "COO", "horizon": "short"}
INITIATIVE: dict[str, Any] = {
    "id": "N1", "title": "Five whys", "objectives": ("O1",), "owner_role": "Head of Quality",
    "end": "2027-06", "resources": "two days a week",
}  # fmt: skip
KPI: dict[str, Any] = {
    "id": "O1.1", "measures": "O1", "name": "Rework hours", "owner_role": "Controller", "unit": "h",
    "formula": "hours a week", "target": 0, "target_date": "2027-12", "frequency": "weekly", "source": "log",
}  # fmt: skip


def strategy(
    objective: dict[str, Any] | None = None,
    initiative: dict[str, Any] | None = None,
    kpi: dict[str, Any] | None = None,
    **told: Any,
) -> Strategy:
    """Return a whole plan for one objective, with some fields changed."""
    return Strategy(
        objectives=(Objective.model_validate({**OBJECTIVE, **(objective or {})}),),
        initiatives=(Initiative.model_validate({**INITIATIVE, **(initiative or {})}),),
        kpis=(Kpi.model_validate({**KPI, **(kpi or {})}),),
        **told,
    )


def gaps(of: Strategy) -> list[str]:
    return [line[2:] for line in section(render_iso(of, NO_NOTES), O1).splitlines() if line.startswith("- ")]


def test_a_whole_plan_answers_all_five_and_has_no_gap() -> None:
    document = render_iso(strategy(), NO_NOTES)
    told = section(document, O1)
    for row in (
        "| a) What will be done? | N1 Five whys |",
        "| b) With what means? | N1 Five whys: two days a week |",
        "| c) Who is responsible? | COO |",
        "| d) When is it finished? | N1 Five whys: until June 2027<br>O1.1 Rework hours: December 2027<br>"
        "Horizon: within a year |",
        "| e) How are results evaluated? | O1.1 Rework hours: hours a week; 0 h by December 2027; weekly; "
        "log |",
    ):
        assert row in told
    assert gaps(strategy()) == []
    assert "All five questions are answered for every objective." in document
    assert "| O1 Halve rework | ✓ | ✓ | ✓ | ✓ | ✓ | 0 |" in document


@pytest.mark.parametrize(
    ("changed", "gap"),
    [
        ({"initiative": {"resources": None}},
         "N1 Five whys has no means set aside. **Ask:** Head of Quality"),
        ({"initiative": {"end": None}}, "N1 Five whys has no end date. **Ask:** Head of Quality"),
        ({"kpi": {"target_date": None}}, "O1.1 Rework hours has no date for its target. **Ask:** Controller"),
        ({"kpi": {"target": None}}, "O1.1 Rework hours has no target. **Ask:** Controller"),
        ({"kpi": {"formula": None, "owner_role": None}},
         "O1.1 Rework hours does not say how it is calculated. **Ask:** COO"),
        ({"kpi": {"frequency": None}},
         "O1.1 Rework hours does not say how often it is looked at. **Ask:** Controller"),
        ({"kpi": {"measures": "O2"}}, "No KPI shows whether it worked. **Ask:** COO"),
        ({"objective": {"owner_role": None}}, "Nobody is responsible for it. **Ask:** the team"),
    ],
)  # fmt: skip
def test_what_is_missing_is_one_gap_with_whom_to_ask(changed: dict[str, Any], gap: str) -> None:
    lacking = strategy(**changed)
    assert gaps(lacking) == [gap]
    assert "There is one gap, in 1 of 1 objectives." in render_iso(lacking, NO_NOTES)


def test_whom_to_ask_is_counted_on_top() -> None:
    lacking = strategy(kpi={"formula": None, "frequency": None}, initiative={"end": None})
    head = render_iso(lacking, NO_NOTES).split("## ", 1)[0]
    assert "| Ask | Gaps |\n|:---|---:|\n| Controller | 2 |\n| Head of Quality | 1 |\n" in head
    assert "| Ask |" not in render_iso(strategy(), NO_NOTES)


def test_where_nobody_owns_anything_the_one_who_decides_is_asked() -> None:
    people = (Participant(id="PP1", name="Ann", role="CEO", part="decider"),)
    assert gaps(strategy(objective={"owner_role": None}, participants=people)) == [
        "Nobody is responsible for it. **Ask:** CEO"
    ]


def test_an_objective_that_nobody_planned_lacks_all_five() -> None:
    bare = Strategy(objectives=(Objective(id="O1", title="Halve rework"),))
    document = render_iso(bare, NO_NOTES)
    assert len(gaps(bare)) == 5
    assert "| O1 Halve rework | open | open | open | open | open | 5 |" in document
    assert "There are 5 gaps, in 1 of 1 objectives." in document
    assert "No review has been agreed on" in document


def test_enablers_are_planned_like_objectives() -> None:
    document = render_iso(RIVERBEND, RIVERBEND_NOTES)
    assert "N2 48-hour call team" in section(
        document, "## L1 A certified care coordinator on every high-risk ward"
    )
    assert "- **Rhythm:** monthly" in section(document, "## When results are looked at")


REACHED: dict[str, Any] = {
    "outcomes": (Outcome(id="F1", title="Cost"),),
    "promises": (Promise(id="C1", title="On time"),),
    "links": (Link(id="R1", cause="O1", effect="C1"), Link(id="R2", cause="C1", effect="F1")),
    "kpis": (
        Kpi.model_validate(KPI),
        Kpi.model_validate({**KPI, "id": "C1.1", "measures": "C1", "name": "Late", "owner_role": "COO"}),
        Kpi.model_validate({**KPI, "id": "F1.1", "measures": "F1", "name": "Cost", "owner_role": "CFO"}),
    ),
}


def test_results_and_promises_are_planned_by_what_leads_to_them() -> None:
    whole = strategy().model_copy(update=REACHED)
    document = render_iso(whole, NO_NOTES)
    assert "All five questions are answered for every objective." in document
    assert "one financial outcome, one promise and one objective of the processes" in document
    for heading, way, who in (
        ("## F1 Cost", "C1 On time", "CFO"),
        ("## C1 On time", "O1 Halve rework", "COO"),
    ):
        told = section(document, heading)
        assert f"| a) What will be done? | {way}: planned below, in the section of that name |" in told
        assert f"\n## {way}\n" in document
        assert "| b) With what means? | planned in the sections named under a) |" in told
        assert f"| c) Who is responsible? | {who} |" in told
    apart = render_iso(whole.model_copy(update={"links": ()}), NO_NOTES)  # the control
    assert "- No initiative works on it. **Ask:** CFO" in section(apart, "## F1 Cost")
    assert "All five questions" not in apart


def test_every_point_of_the_map_below_the_mission_is_planned() -> None:
    planned = re.findall(r"^## ([A-Z]+\d+)\b", render_iso(RIVERBEND, RIVERBEND_NOTES), flags=re.MULTILINE)
    assert planned == [
        one.id
        for kind in (RIVERBEND.outcomes, RIVERBEND.promises, RIVERBEND.objectives, RIVERBEND.enablers)
        for one in kind
    ]


def test_document_control_names_who_approves_and_leaves_blank_what_nobody_said() -> None:
    people = (Participant(id="PP1", name="Ann", role="CEO", part="decider"),)
    head = render_iso(strategy(participants=people), RIVERBEND_NOTES).partition("**")[0]
    assert "| To be approved by | Ann |" in head
    assert "| As of | 18 November 2026 |" in head
    assert "| Approved: signature and date |  |" in head
    assert "| Version |  |" in head
    versioned = render_iso(strategy(participants=people), RIVERBEND_NOTES, Brand(version="1.2"))
    assert "| Version | 1.2 |" in versioned


def test_an_empty_strategy_says_that_nothing_is_there_yet() -> None:
    assert "No objective has been settled yet." in render_iso(EMPTY, NO_NOTES)
    assert "Er ligt nog geen doelstelling vast." in render_iso(Strategy(language="nl"), NO_NOTES)


def filled_with(text: str) -> Seen:
    told = Strategy.model_validate(with_text(RIVERBEND.model_dump(), text))
    return see(render_iso(told, Notes.model_validate(with_text(RIVERBEND_NOTES.model_dump(), text))))


@cache
def expected() -> Seen:
    return filled_with("word")


@pytest.mark.parametrize("text", FIXED)
def test_known_attacks_leave_the_page_as_it_is(text: str) -> None:
    same_structure(filled_with(text), expected())


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=hostile_text)
def test_hostile_words_leave_the_page_as_it_is(text: str) -> None:
    assume(as_read(text))
    same_structure(filled_with(text), expected())


def test_a_page_without_escaping_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    caught_without_escaping(filled_with, expected(), monkeypatch)
