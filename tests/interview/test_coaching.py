"""What the coach says of answers: at most two remarks, silent once kept or muted, of KPIs field by field."""

from __future__ import annotations

import pytest

from bsc_coach.coach.rule import RANK
from bsc_coach.interview.coaching import findings_on
from bsc_coach.interview.facts.answers import Accept
from bsc_coach.interview.facts.coaching import KeepAnswer, MuteRule
from bsc_coach.interview.facts.lists import AddItem
from bsc_coach.interview.facts.session import SetLanguage, Undo
from bsc_coach.interview.notes import to_notes
from bsc_coach.interview.remarks import remarks
from bsc_coach.script.slots import StepId
from tests.support.riverbend import strategy_map
from tests.support.room import Room, baked
from tests.support.scripts import head, script_of

O1 = "clusters[operations]/candidates[O1]"
TITLE = f"{O1}/candidates.title"
TOPIC = "Supplier reliability"
COACHED = 'id = "a"\nkind = "text"\nask = "?"\ncoach = "{kind}"'


def rules(room: Room, path: str = TITLE) -> list[str]:
    """Return which rules remark on an answer."""
    return [one.rule for one in remarks(room.plan, room.slot(path))]


def test_at_most_two_remarks_the_most_serious_first() -> None:
    room = Room(script_of(head(COACHED.format(kind="objective"))))
    room.say(
        "a",
        "Try to implement an excellent synergy of CRM and ERP significantly, never late and always on time",
    )
    found = remarks(room.plan, room.slot("a"))
    assert len(found) == 2
    assert [RANK[one.severity] for one in found] == sorted(RANK[one.severity] for one in found)


@pytest.mark.parametrize(
    ("kind", "text", "rule"),
    [
        ("objective", "Grow revenue", "O17"),
        ("outcome", "Grow revenue", None),
        ("promise", "We provide fast care", "O19"),
        ("segment", "Everybody", "V01"),
        ("proposition", "Quality and service for everyone", "V10"),
        ("ambition", "Be the best orchestra in the country", "T01"),
        ("value", "Respect and openness", "T06"),
        ("reason", "Because it is important", "T07"),
        ("closing", "Better preparation", "T10"),
        ("benefit", "Our own fleet of vans", "T12"),
    ],
)
def test_an_answer_is_looked_at_as_what_it_is(kind: str, text: str, rule: str | None) -> None:
    room = Room(script_of(head(COACHED.format(kind=kind))))
    room.say("a", text)
    found = rules(room, "a")
    assert rule in found if rule is not None else "O17" not in found


@pytest.mark.parametrize(("name", "topic"), [("Ravelin", False), ("Someone else", True)])
def test_what_the_organisation_is_called_is_known(name: str, topic: bool) -> None:
    named = 'id = "b"\nkind = "text"\nask = "?"\nfield = "organisation.name"'
    room = Room(script_of(head(COACHED.format(kind="objective"), named)))
    room.say("b", name)
    room.say("a", "Ravelin opens its labs to pupils")
    assert ("O01" in rules(room, "a")) == topic


def test_nothing_is_said_of_an_answer_that_no_rule_is_meant_for() -> None:
    room = Room(script_of(head('id = "a"\nkind = "text"\nask = "?"')))
    room.say("a", TOPIC)
    assert rules(room, "a") == []


def test_keeping_an_answer_silences_the_rule_for_that_wording_and_the_same_word_in_another() -> None:
    room = baked()
    slot = room.slot(TITLE)
    room.do(Accept(slot, TOPIC))
    assert rules(room) == ["O01"]
    room.do(KeepAnswer(slot, "O01", "Everybody here says it so"))
    assert rules(room) == []
    room.do(Accept(slot, f"{TOPIC} and pricing"))
    assert rules(room) == []
    room.do(Accept(slot, "Complaints handling"))
    assert rules(room) == ["O01"]
    room.do(Accept(slot, TOPIC))
    assert rules(room) == []


def test_a_remark_on_no_word_is_kept_for_a_wording_that_is_hardly_another() -> None:
    room = Room(script_of(head(COACHED.format(kind="promise"))))
    room.say("a", "I want you to be fast and friendly")
    said = rules(room, "a")
    assert said == ["V14"]
    room.do(KeepAnswer(room.slot("a"), "V14", "They put it so"))
    room.say("a", "I want you to be really fast and friendly")
    assert rules(room, "a") == []
    room.say("a", "I want to be heard")
    assert rules(room, "a") == said


def test_a_muted_rule_is_silent_everywhere_until_it_is_heard_again() -> None:
    room = baked()
    room.do(Accept(room.slot(TITLE), TOPIC))
    room.do(MuteRule("o01", "We list topics today"))
    assert rules(room) == []
    (muted,) = to_notes(room.plan).muted
    assert (muted.rule, muted.reason, muted.by) == ("O01", "We list topics today", "ann")
    room.do(MuteRule("O01"))
    assert rules(room) == ["O01"]
    assert to_notes(room.plan).muted == ()
    room.do(Undo())
    assert rules(room) == []


def test_muting_needs_a_rule_and_a_reason() -> None:
    room = baked()
    assert room.refusal(MuteRule("O99", "because")) == "no_such_check"
    assert room.refusal(MuteRule("O01")) == "reason_needed"


def test_the_coach_speaks_the_language_of_the_session() -> None:
    room = Room(strategy_map())
    room.do(SetLanguage("nl"))
    room.do(
        AddItem(
            room.slot("clusters[operations]/candidates"), {StepId("candidates.title"): "Klanttevredenheid"}
        )
    )
    (first, *_) = remarks(room.plan, room.slot(TITLE))
    assert "„" in first.say or "“" in first.say or "klant" in first.say.casefold()
    assert "What" not in first.say


def test_what_a_script_calls_a_part_of_a_kpi_and_is_none_is_left_alone() -> None:
    room = Room(script_of(head(COACHED.format(kind="kpi"), COACHED.replace('"a"', '"b"').format(kind="kpi"))))
    room.say("a", "Number of meetings")
    assert rules(room, "a") == []


def test_what_is_asked_next_is_not_missed_yet() -> None:
    room = Room(script_of(head(COACHED.format(kind="segment"))))
    room.say("a", "Cosmetic surgery")
    assert "V02" in [one.rule for one in findings_on(room.plan, room.at("a"))]
    assert rules(room, "a") == []
