"""What a document opens with: the summary, what was decided, and the words of the team in it."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from bsc_coach.documents.context.document_context import build_context
from bsc_coach.documents.context.sentences import quoted_inside
from bsc_coach.strategy.model import Candidate, Organisation, Proposition, PropositionType, Strategy
from bsc_coach.strategy.notes import Alarm, Notes
from tests.support.pages import whole
from tests.support.strategies import NO_NOTES, RIVERBEND, RIVERBEND_NOTES

PASTED = (
    "“By 2030 every child in the valley has a story of its own.”\n"
    "• No branch will have closed\n"
    "• People come back"
)


def opening_of(document: str) -> str:
    """Return what stands above the map."""
    return document.partition("\n## The strategy map\n")[0]


def warned(document: str) -> str:
    """Return what the coach still warns of."""
    return document.partition("\n## What the coach still warns of\n\n")[2].partition("\n## ")[0].strip()


def test_the_vital_few_and_the_decisions_stand_above_the_map_and_the_alarms_below_it() -> None:
    document = whole(RIVERBEND, RIVERBEND_NOTES)
    told = opening_of(document)
    assert "- Operations: O1 Shorten the wait for a first specialist visit" in told
    assert "- D2 Price is a threshold" in told
    assert warned(document).splitlines() == [
        "- **F2 Keep regional care in the region:** Nothing on this map leads to it. Who brings it about?",
        "- Half of the objectives have one owner.",
    ]


def test_an_alarm_does_not_say_a_title_twice() -> None:
    alarm = Alarm(
        rule="M05", severity="warn", say="Where will “Keep the van” come from?", about="F2 Keep the van"
    )
    document = whole(RIVERBEND, Notes(alarms=(alarm,)))
    assert "- **F2:** Where will “Keep the van” come from?" in warned(document)


def test_without_an_alarm_nothing_is_said_of_alarms() -> None:
    calm = RIVERBEND_NOTES.model_copy(update={"alarms": ()})
    assert "warns" not in whole(RIVERBEND, calm)


def test_where_nothing_was_decided_nothing_claims_it() -> None:
    assert "What was decided" not in whole(Strategy(), NO_NOTES)


def test_a_pasted_list_is_told_as_sentences_without_marks() -> None:
    strategy = Strategy(organisation=Organisation(horizon_year=2030, ambition=PASTED))
    context = build_context(strategy, NO_NOTES)
    assert context["summary"] == (
        "Our ambition for 2030 is “By 2030 every child in the valley has a story of its own. "
        "No branch will have closed. People come back”."
    )


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("“Help is near”", "Help is near"),
        ('"Help is near"', "Help is near"),
        ("‘Help is near’", "Help is near"),
        ("“Near” and “fast”", "‘Near’ and ‘fast’"),
        ('We say "hello" first', "We say ‘hello’ first"),
        ('A 15" pipe and a 17" one', 'A 15" pipe and a 17" one'),
        ("'s Avonds open", "'s Avonds open"),
        ("Shorten the\nwait", "Shorten the wait"),
        ("We keep: \n1. our people\n2. our word", "We keep: our people; our word"),
        ("- A - B", "- A - B"),
        ("“", "“"),
        ("", ""),
    ],
)
def test_a_quotation_has_one_pair_of_marks_around_it(said: str, told: str) -> None:
    assert quoted_inside(said) == told


@pytest.mark.parametrize(("language", "because"), [("en", "because"), ("nl", "omdat")])
@pytest.mark.parametrize("kind", get_args(PropositionType))
def test_a_proposition_is_told_as_a_reason_and_not_as_its_name(
    kind: Any, language: str, because: str
) -> None:
    chosen = Strategy(
        language=language,
        organisation=Organisation(customer_word="bibliotheekleden"),
        proposition=Proposition(type=kind),
    )
    context = build_context(chosen, NO_NOTES)
    assert context["summary"].startswith("Bibliotheekleden ")
    assert f" {because} " in context["summary"]
    assert context["proposition"]["type_text"].lower() not in context["summary"].lower()


def test_the_team_reads_its_own_word_for_customers_in_headings() -> None:
    document = whole(RIVERBEND, NO_NOTES)
    assert "## What patients can count on" in document
    nameless = RIVERBEND.model_copy(update={"organisation": Organisation()})
    assert "## What customers can count on" in whole(nameless, NO_NOTES)
    dutch = Strategy(language="nl", organisation=Organisation(customer_word="gasten"))
    assert "## Waar gasten op kunnen rekenen" in whole(dutch, NO_NOTES)


@pytest.mark.parametrize("language", ["en", "nl"])
def test_a_public_body_has_no_price_for_people_and_no_cash_at_the_end(language: str) -> None:
    def told(kind: Any) -> str:
        organisation = Organisation(kind=kind, customer_word="leden", customer_value_note="zo'n 9.000")
        strategy = Strategy(language=language, organisation=organisation, processes=RIVERBEND.processes)
        return whole(strategy, NO_NOTES)

    cash = {"en": "From first contact to cash", "nl": "Van eerste contact tot betaling"}[language]
    assert "9.000" in told("business")
    assert cash in told("business")
    assert "9.000" not in told("public")
    assert cash not in told("public")


def test_the_number_of_clusters_is_told_as_people_say_it() -> None:
    assert "in three of the four clusters" in build_context(RIVERBEND, NO_NOTES)["summary"]
    one = Strategy(language="nl", objectives=RIVERBEND.objectives[:1])
    assert "in één van de vier clusters" in build_context(one, NO_NOTES)["summary"]


@pytest.mark.parametrize(("chosen", "told"), [(True, None), (False, "low priority")])
def test_what_was_chosen_is_not_called_of_low_priority(chosen: bool, told: str | None) -> None:
    candidate = Candidate(
        id="O1", cluster="operations", title="Answer", influence=2, performance=2, selected=chosen
    )
    (row,) = build_context(Strategy(candidates=(candidate,)), NO_NOTES)[
        "vital_few" if chosen else "trivial_many"
    ]
    assert row["quadrant"] == "low"
    assert row["quadrant_text"] == told
    assert ("low priority" in row["scores_text"]) is not chosen


def test_what_is_left_is_counted_apart() -> None:
    summary = build_context(RIVERBEND, RIVERBEND_NOTES)["summary"]
    assert summary.endswith(
        "One field is with its owner. 2 points still ask for attention; they stand at the end."
    )
    settled = build_context(RIVERBEND, Notes(recorded=True, confirmed="2026-11-18"))["summary"]
    assert "owner" not in settled
    assert "attention" not in settled
