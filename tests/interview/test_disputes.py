"""What two copies of a session say differently, case by case: answers, items and lists."""

from __future__ import annotations

import pytest

from bsc_coach.interview.facts.answers import Decline, Park, Pass, StillRight
from bsc_coach.interview.facts.lists import (
    CloseList,
    RemoveItem,
    StillHold,
    TakeSide,
)
from bsc_coach.interview.facts.session import (
    Undo,
)
from bsc_coach.interview.navigation import next_slot, resume_slot
from bsc_coach.interview.notes import to_notes
from bsc_coach.interview.projection import to_strategy
from bsc_coach.script.slots import Slot, StepId
from bsc_coach.strategy.strategy_file import file_of
from bsc_coach.strategy.toml import read_file, text_of
from tests.support.copies import Copy, frames, plenary, sides, together, two
from tests.support.room import baked

# Answers


def test_one_question_answered_on_both_sides_is_in_dispute_with_both_wordings() -> None:
    ann, bea = two()
    ann.say("slogan", "Warm all day")
    bea.say("slogan", "Warm at dawn")
    plan = together(ann, bea)
    status = plan.statuses[Slot(StepId("slogan"))]
    assert sides(plan, "slogan") == [("ann", "answered", "Warm all day"), ("bea", "answered", "Warm at dawn")]
    assert status.needs_asking
    assert not status.settled
    assert resume_slot(plan) == status.slot
    assert next_slot(plan, None) == status.slot
    point = next(one for one in to_notes(plan).points if one.kind == "disputed")
    assert [(side.said, side.by) for side in point.sides] == [
        ("Warm all day", "ann"),
        ("Warm at dawn", "bea"),
    ]
    text = text_of(file_of(to_strategy(plan), to_notes(plan)))
    assert read_file(text.encode()).points[0].sides == point.sides


@pytest.mark.parametrize(("number", "expected"), [(1, "Warm all day"), (2, "Warm at dawn")])
def test_a_side_is_taken_by_its_number(number: int, expected: str) -> None:
    ann, bea = two()
    ann.say("slogan", "Warm all day")
    bea.say("slogan", "Warm at dawn")
    everybody = plenary(ann, bea)
    slot = Slot(StepId("slogan"))
    assert everybody.refusal(TakeSide(slot, 3)) == "no_such_side"
    assert everybody.refusal(TakeSide(slot, 0)) == "no_such_side"
    assert everybody.refusal(StillRight(slot)) == "disputed"
    assert everybody.refusal(StillHold((slot,))) == "disputed"
    everybody.do(TakeSide(slot, number))
    assert everybody.plan.answer(slot) == expected
    assert everybody.plan.state.disputed == {}
    assert everybody.refusal(TakeSide(slot, 1)) == "nothing_disputed"


def test_new_words_decide_as_well_and_undo_opens_it_again() -> None:
    ann, bea = two()
    ann.say("slogan", "Warm all day")
    bea.say("slogan", "Warm at dawn")
    everybody = plenary(ann, bea)
    everybody.say("slogan", "Warm from dawn to dusk")
    assert everybody.plan.state.disputed == {}
    everybody.do(Undo())
    assert len(sides(everybody.plan, "slogan")) == 2


def test_the_same_answer_on_both_sides_is_no_dispute_and_one_who_passed_says_nothing_against_it() -> None:
    ann, bea = two()
    ann.say("slogan", "Warm all day")
    bea.say("slogan", "Warm all day")
    assert together(ann, bea).state.disputed == {}
    first = tuple(action for action in ann.begun if "opened" not in str(action.do))
    cor, dan = Copy("cor", first, 0), Copy("dan", first, 0)
    cor.say("opened", "1999-02")
    dan.attempt(Pass(Slot(StepId("opened"))))
    assert together(cor, dan).state.disputed == {}
    assert together(cor, dan).answer(Slot(StepId("opened"))) == "1999-02"


def test_put_off_on_one_side_and_answered_on_the_other_is_a_dispute() -> None:
    ann, bea = two()
    ann.do(Park(Slot(StepId("slogan")), "ask the bakers", "Bea", "2028"))
    bea.say("slogan", "Warm at dawn")
    plan = together(ann, bea)
    assert sides(plan, "slogan") == [("ann", "parked", "ask the bakers"), ("bea", "answered", "Warm at dawn")]
    everybody = plenary(ann, bea)
    everybody.do(TakeSide(Slot(StepId("slogan")), 1))
    status = everybody.plan.statuses[Slot(StepId("slogan"))]
    assert (status.answer_state, status.fact and status.fact.owner) == ("parked", "Bea")


def test_what_was_declined_on_one_side_can_be_taken() -> None:
    ann, bea = two()
    ann.do(Decline(Slot(StepId("slogan")), "we need none"))
    bea.say("slogan", "Warm at dawn")
    everybody = plenary(ann, bea)
    everybody.do(TakeSide(Slot(StepId("slogan")), 1))
    assert everybody.plan.statuses[Slot(StepId("slogan"))].answer_state == "declined"


# Items and lists


def test_an_item_taken_off_on_one_side_stays_while_the_other_works_on_it() -> None:
    ann, bea = two()
    ann.do(RemoveItem(ann.item("P2")))
    bea.say("goods[P2]/goods.name", "Cheesecake")
    plan = together(ann, bea)
    assert [one.says for one in plan.statuses[Slot(StepId("goods"))].disputes[0].sides] == ["removed", "kept"]
    assert "P2" in frames(plan)
    for number, stays in ((1, False), (2, True)):
        everybody = plenary(ann, bea)
        everybody.do(TakeSide(Slot(StepId("goods")), number))
        assert ("P2" in frames(everybody.plan)) == stays
        assert everybody.plan.state.disputed == {}


def test_an_item_taken_off_on_both_sides_is_gone() -> None:
    ann, bea = two()
    ann.do(RemoveItem(ann.item("P2")))
    bea.do(RemoveItem(bea.item("P2")))
    plan = together(ann, bea)
    assert "P2" not in frames(plan)
    assert plan.state.disputed == {}


def test_an_undo_that_would_take_an_item_away_waits_for_whoever_worked_on_it() -> None:
    begun = baked()
    begun.add("goods", name="Tart")
    ann, bea = Copy("ann", tuple(begun.actions), 0), Copy("bea", tuple(begun.actions), 0)
    ann.do(Undo())
    bea.say("goods[P3]/goods.value", "waste")
    plan = together(ann, bea)
    assert "P3" in frames(plan)
    assert [one.says for one in plan.statuses[Slot(StepId("goods"))].disputes[0].sides] == ["removed", "kept"]
    everybody = plenary(ann, bea)
    everybody.do(TakeSide(Slot(StepId("goods")), 1))
    assert "P3" not in frames(everybody.plan)


def test_a_list_that_is_empty_on_purpose_on_one_side_and_has_items_on_the_other_is_a_dispute() -> None:
    begun = tuple(action for action in baked().actions if "'candidates'" not in str(action.do))
    begun = tuple(action for action in begun if "'vital'" not in str(action.do))
    ann, bea = Copy("ann", begun, 0), Copy("bea", begun, 0)
    path = "clusters[operations]/candidates"
    slot = ann.slot(path)
    ann.do(CloseList(slot, "not ours to do"))
    bea.add(path, title="Bake for the school")
    plan = together(ann, bea)
    (dispute,) = plan.statuses[slot].disputes
    assert [(side.says, side.reason) for side in dispute.sides] == [
        ("closed", "not ours to do"),
        ("added", ""),
    ]
    assert plan.members[StepId("candidates")]
    everybody = plenary(ann, bea)
    assert everybody.refusal(CloseList(slot)) == "disputed"
    everybody.do(TakeSide(slot, 1))
    assert everybody.plan.state.list_at(slot).live == ()
    assert everybody.plan.state.list_at(slot).reason == "not ours to do"


def test_a_list_that_one_side_finished_is_open_again_where_the_other_added_to_it() -> None:
    ann, bea = two()
    ann.add("goods", name="Tart")
    ann.close("goods")
    bea.add("goods", name="Bun")
    plan = together(ann, bea)
    assert plan.statuses[Slot(StepId("goods"))].answer_state == "open"
    assert plan.state.disputed == {}
