"""strategy.md: what executives find in it, whatever was settled and whatever was typed."""

from __future__ import annotations

import re
from functools import cache

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from bsc_coach.strategy.model import Candidate, Objective, Strategy
from bsc_coach.strategy.notes import Notes
from tests.documents.filling import with_text
from tests.support.hostile import FIXED, Seen, as_read, hostile_text, see
from tests.support.pages import whole
from tests.support.strategies import EMPTY, NO_NOTES, RIVERBEND, RIVERBEND_NOTES

CLUSTER_HEADINGS = (
    "### Operations",
    "### Customer management",
    "### Innovation",
    "### Social and societal",
)


@pytest.fixture(scope="module")
def riverbend_text() -> str:
    return whole(RIVERBEND, RIVERBEND_NOTES)


@pytest.fixture(scope="module")
def empty() -> str:
    return whole(EMPTY, NO_NOTES)


def section(document: str, heading: str) -> str:
    """Return what stands under ``heading``, up to the next heading of its level or above."""
    level = len(heading) - len(heading.lstrip("#"))
    after = document.split(f"\n{heading}\n", 1)[1]
    return re.split(rf"\n#{{1,{level}}} ", after, maxsplit=1)[0]


@pytest.mark.parametrize("heading", CLUSTER_HEADINGS)
def test_all_four_clusters_have_their_heading(riverbend_text: str, empty: str, heading: str) -> None:
    assert f"\n{heading}\n" in riverbend_text
    assert f"\n{heading}\n" in empty


def test_a_deliberately_empty_cluster_says_why(riverbend_text: str) -> None:
    told = section(riverbend_text, "### Social and societal").strip()
    assert told == "Deliberately empty, because the county plan comes in May; we choose after it."


def test_a_cluster_nobody_spoke_of_says_so(empty: str) -> None:
    assert section(empty, "### Innovation").strip() == "Nothing has been settled in this cluster."


def test_an_objective_tells_who_when_how_and_what_for(riverbend_text: str) -> None:
    told = section(riverbend_text, "#### O1 Shorten the wait for a first specialist visit")
    for line in (
        "From the day the referral arrives to the day somebody looks the patient in the eye.",
        "- **Sub-process:** Production",
        "- **Horizon:** within a year",
        "- **Owner:** Director Outpatient Care",
        "- **Scores:** influence 5, performance 2, priority 20: concentrate here",
        "- **Leads to:** C1 “See me within two weeks”",
        "- **Measured by:** O1.1 Median days from referral to first visit",
    ):
        assert line in told


def test_what_was_chosen_but_not_described_stands_in_its_cluster() -> None:
    chosen = Candidate(id="S1", cluster="social", title="Keep experienced nurses", selected=True)
    told = whole(Strategy(candidates=(chosen,)), NO_NOTES)
    assert "#### S1 Keep experienced nurses" in section(told, "### Social and societal")


def test_an_objective_without_a_cluster_is_not_lost() -> None:
    told = whole(Strategy(objectives=(Objective(id="X1", title="Halve rework"),)), NO_NOTES)
    assert "#### X1 Halve rework" in section(told, "### Outside the four clusters")


def test_whom_we_do_not_serve_stands_apart(riverbend_text: str) -> None:
    told = section(riverbend_text, "### Whom we deliberately do not serve")
    assert "- **Transplant and complex oncology**\n  - Why: agreed transfers to the city exist\n" in told
    assert "- **Cosmetic surgery**" in told
    assert "Families" not in told


def test_thresholds_say_what_good_enough_means(riverbend_text: str) -> None:
    assert "| Quality | must be good enough | no worse than the state median |" in riverbend_text


def test_links_read_as_sentences_from_people_to_results(riverbend_text: str) -> None:
    sentences = [
        line for line in section(riverbend_text, "## Cause and effect").splitlines() if "If we" in line
    ]
    assert sentences[0] == (
        "- If we have a certified care coordinator on every high-risk ward (L1), then we prevent avoidable "
        "returns in the month after discharge (CM1), because coordinators make the 48-hour call; expected "
        "within one month; confidence: likely."
    )
    assert sentences[1].endswith(
        "then we keep the promise “See me within two weeks” (C1), because fewer days waiting is the promise "
        "itself; we would see it in fewer calls that ask when it will be; expected within 6 months; "
        "confidence: seen before."
    )
    assert [re.findall(r"\(([A-Z]+[0-9])\)", sentence)[0] for sentence in sentences] == [
        "L1",
        "O1",
        "CM1",
        "C1",
        "F2",
        "F1",
    ]


def test_the_lists_of_vital_few_and_trivial_many_show_scores_and_reasons(riverbend_text: str) -> None:
    few, many = section(riverbend_text, "### The vital few"), section(riverbend_text, "### The trivial many")
    assert (
        "| CM1 | Prevent avoidable returns in the month after discharge | Customer management | 5 | 2 | 20 "
        "| concentrate here | nobody calls after discharge |"
    ) in few
    assert "| 5 | 4 | 10 | protect and keep up | our strength; kept up, not changed |" in many
    priorities = [int(row.split(" | ")[5]) for row in many.splitlines() if re.search(r"\| \d", row)]
    assert priorities == sorted(priorities, reverse=True)
    assert "| O3 | Catering | Operations | 2 | 4 | 4 | possibly overdone | a nicety |" in many


def test_a_kpi_sheet_speaks_in_units_and_dates(riverbend_text: str) -> None:
    told = section(riverbend_text, "### F1.1 Cost per adjusted discharge")
    assert "| Baseline | \\$14,200 |" in told
    assert "| Target | \\$13,100 by 31 December 2030 |" in told
    assert "| Red line | above \\$13,900 |" in told
    assert "| Benchmark | none found |" in told
    assert "unknown; measured by March 2027" in section(
        riverbend_text, "### CM1.1 High-risk discharges contacted within 48 hours"
    )


def test_decisions_show_dissent(riverbend_text: str) -> None:
    told = section(riverbend_text, "## Decisions")
    assert "- **D1 Billing clarity is not chosen**" in told
    assert "  - Dissent: the CFO dissents: it costs us goodwill" in told


def test_points_stand_by_kind_with_owner_and_date(riverbend_text: str) -> None:
    told = section(riverbend_text, "## Points that are not settled")
    assert re.findall(r"^### (.*)$", told, re.MULTILINE) == [
        "Still open",
        "To be checked again",
    ]
    assert "- **Who owns this KPI?** – About: CM1.1" in section(told, "### Still open")
    assert (
        "- **Which promise does O1 serve?** (Operations) – Answer so far: See me within two weeks "
        "· Owner: CEO; by 1 December 2026"
    ) in section(told, "### To be checked again")
    assert "- **What do they earn?** (Segments) – Why: care is for all" in section(
        riverbend_text, "## What does not apply to us"
    )


def test_homework_is_told_by_owner(riverbend_text: str) -> None:
    assert section(riverbend_text, "## Homework by owner").strip().splitlines() == [
        "| Owner | Point | To fill in | By | Why |",
        "|:---|:---|:---|:---|:---|",
        "| Chief Medical Officer | C3 Tell me by tomorrow | What does C3 need? | January 2027 "
        "| the practices were not in the room |",
    ]


def test_votes_review_parking_and_kept_answers_are_told(riverbend_text: str) -> None:
    assert "5, 3, 4." in section(riverbend_text, "## Consensus")
    assert "**First review:** 15 February 2027" in section(riverbend_text, "## Review")
    parked = section(riverbend_text, "## Parking lot")
    assert "| PK1 | Merge with the county clinic? |  | CEO | March 2027 |" in parked
    assert "| PK2 | Evening surgery hours |  | nobody named |  |" in parked
    answered = "answered: Only with the university, from 2028"
    assert f"| PK3 | Do we train doctors? | {answered} |  |  |" in parked
    assert "| PK5 | A second helicopter | dropped | CEO | May 2027 |" in parked
    assert "PK4" not in parked
    assert "| PK4 | Ask the county for the van | CFO | February 2027 |" in section(
        riverbend_text, "## Actions"
    )
    assert "Because: it is a financial outcome" in section(
        riverbend_text, "## Kept against the coach’s advice"
    )
    assert "Riverbend and Milltown" in section(riverbend_text, "## Further answers")


def test_the_summary_tells_the_strategy_in_one_paragraph(riverbend_text: str) -> None:
    summary = riverbend_text.split("\n\n")[1]
    assert "\n" not in summary
    assert "Patients choose us because we take care of all they need" in summary
    assert "We deliberately do not serve transplant and complex oncology; cosmetic surgery." in summary
    assert "3 objectives in three of the four clusters" in summary


@pytest.mark.parametrize(
    "word", ["TBD", "to be determined", "n/a", "None", "placeholder", "lorem", "???", "{"]
)
def test_no_placeholder_stands_in_for_an_answer(riverbend_text: str, empty: str, word: str) -> None:
    assert word not in riverbend_text
    assert word not in empty


def test_the_source_is_tidy(riverbend_text: str, empty: str) -> None:
    for document in (riverbend_text, empty):
        assert document.endswith("\n")
        assert not document.endswith("\n\n")
        assert "\n\n\n" not in document
        assert not re.search(r"[ \t]$", document, re.MULTILINE)


def test_every_table_row_has_as_many_cells_as_its_heading(riverbend_text: str) -> None:
    tables = re.findall(r"(?:^\|.*\|\n)+", riverbend_text, re.MULTILINE)
    assert len(tables) > 10
    for table in tables:
        assert len({len(re.findall(r"(?<!\\)\|", row)) for row in table.splitlines()}) == 1


def test_the_same_answers_give_the_same_bytes(riverbend_text: str) -> None:
    again = Strategy.model_validate(RIVERBEND.model_dump())
    assert whole(again, Notes.model_validate(RIVERBEND_NOTES.model_dump())) == riverbend_text


def test_an_unknown_language_speaks_english(empty: str) -> None:
    assert whole(Strategy(language="xx"), NO_NOTES) == empty


def filled_with(text: str) -> str:
    strategy = Strategy.model_validate(with_text(RIVERBEND.model_dump(), text))
    return whole(strategy, Notes.model_validate(with_text(RIVERBEND_NOTES.model_dump(), text)))


@cache
def expected_document() -> Seen:
    return see(filled_with("word"))


def check_document(text: str) -> None:
    expected, found = expected_document(), see(filled_with(text))
    assert found.blocks == expected.blocks
    assert found.inlines == expected.inlines
    assert as_read(text) in found.texts


@pytest.mark.parametrize("text", FIXED)
def test_known_attacks_leave_the_document_as_it_is(text: str) -> None:
    check_document(text)


def test_the_check_catches_a_document_without_escaping(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bsc_coach.documents.templating.environment.escape", str)
    for text in ("a\n\n# b", "*a*"):
        with pytest.raises(AssertionError):
            check_document(text)


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=hostile_text)
def test_hostile_answers_leave_the_document_as_it_is(text: str) -> None:
    assume(as_read(text))
    check_document(text)


@pytest.mark.slow
@settings(max_examples=1_000, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=hostile_text)
def test_hostile_answers_leave_the_document_as_it_is_in_thousands_of_tries(text: str) -> None:
    assume(as_read(text))
    check_document(text)


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(number=st.one_of(st.integers(), st.floats(allow_nan=False, allow_infinity=False)))
def test_any_number_can_be_told(number: float) -> None:
    kpis = (RIVERBEND.kpis[0].model_copy(update={"baseline": number}),)
    assert "Baseline" in whole(Strategy(kpis=kpis), NO_NOTES)
