"""The record of a session: what was said and when, what took its place and why, what was taken back."""

from __future__ import annotations

from datetime import timedelta, timezone

from bsc_coach.interview.facts.agenda import AskInFull, PlanAgenda, Replan, TakeTime
from bsc_coach.interview.facts.answers import Confirm, Decline, Park, Reopen, SlotAnswered, StillRight
from bsc_coach.interview.facts.coaching import KeepAnswer, MuteRule
from bsc_coach.interview.facts.lists import RemoveItem, RestoreItem
from bsc_coach.interview.facts.session import Undo
from bsc_coach.interview.minutes import to_minutes
from bsc_coach.interview.state import Break
from bsc_coach.strategy.notes import Minute
from tests.support.clock import START
from tests.support.room import Room, baked
from tests.support.scripts import bakery

O1 = "clusters[operations]/candidates[O1]"


def last(room: Room) -> Minute:
    return to_minutes(room.plan).said[-1]


def test_an_answer_stands_with_its_question_its_section_its_time_and_who_gave_it() -> None:
    room = baked()
    first = to_minutes(room.plan).said[0]
    assert (first.section, first.question, first.short, first.said) == (
        "About", "Which bakery?", "Name", "Korenaar",
    )  # fmt: skip
    assert (first.at, first.by, first.kind) == ("2026-11-18T09:00:20+00:00", "ann", "answered")


def test_a_new_wording_tells_the_one_before() -> None:
    room = baked()
    room.say("organisation.values", "Fresh and fair")
    told = last(room)
    assert (told.kind, told.before, told.said) == ("reworded", "Fresh only", "Fresh and fair")


def test_a_new_wording_tells_what_the_coach_had_said_of_the_one_before() -> None:
    room = baked()
    room.say(f"{O1}/candidates.title", "Achieve excellence")
    room.say(f"{O1}/candidates.title", "Shorten the night shift")
    told = last(room)
    assert told.before == "Achieve excellence"
    assert "excellence" in (told.remark or "")


def test_what_the_coach_says_of_both_wordings_is_no_reason_for_the_second() -> None:
    """The control: a rewording that does not heal anything has no reason from the coach."""
    room = baked()
    room.say(f"{O1}/candidates.title", "Achieve excellence")
    assert last(room).remark is None
    room.say(f"{O1}/candidates.title", "Achieve more excellence")
    assert last(room).remark is None


def test_the_same_answer_again_is_not_told_again() -> None:
    room = baked()
    before = len(to_minutes(room.plan).said)
    slot = room.slot("organisation.values")
    room.happen(SlotAnswered(slot, "Fresh only"))
    assert len(to_minutes(room.plan).said) == before
    room.happen(SlotAnswered(slot, "Fresh, only"))
    assert len(to_minutes(room.plan).said) == before + 1


def test_what_was_taken_back_stays_and_says_so() -> None:
    room = baked()
    room.say("organisation.values", "Fresh and fair")
    room.do(Undo())
    assert last(room).undone
    room.say("organisation.values", "Fair")
    assert not last(room).undone
    assert last(room).before == "Fresh only"


def test_parked_and_declined_tell_why_who_and_when() -> None:
    room = baked()
    room.do(Park(room.slot("organisation.values"), "not sure", "Ann", "2027-01"))
    told = last(room)
    assert (told.kind, told.reason, told.owner, told.due) == ("parked", "not sure", "Ann", "2027-01")
    room.do(Decline(room.slot("motto"), "we have none"))
    assert (last(room).kind, last(room).reason) == ("declined", "we have none")


def test_items_that_go_and_come_back_are_told_by_name_in_their_section() -> None:
    room = baked()
    cake = room.item("P2")
    room.do(RemoveItem(cake))
    assert (last(room).kind, last(room).said, last(room).section) == ("removed", "P2 Cake", "Shop")
    room.do(RestoreItem(cake))
    assert (last(room).kind, last(room).said) == ("restored", "P2 Cake")


def test_a_list_left_empty_on_purpose_tells_why() -> None:
    room = Room(bakery())
    room.close("clusters[customer]/candidates", "our regulars are fine")
    assert (last(room).kind, last(room).reason) == ("left_empty", "our regulars are fine")


def test_an_answer_looked_at_again_and_one_opened_again_are_told() -> None:
    room = baked()
    room.say("organisation.year", 2031)
    room.do(StillRight(room.slot("organisation.ambition")))
    assert (last(room).kind, last(room).said) == ("affirmed", "Bread at every door")
    room.do(Reopen(room.slot("organisation.ambition")))
    assert (last(room).kind, last(room).before) == ("reopened", "Bread at every door")
    room.say("organisation.ambition", "Bread at every door")
    assert last(room).kind == "answered"


def test_what_was_kept_or_muted_tells_the_rule_and_why_there_is_one() -> None:
    room = baked()
    room.say(f"{O1}/candidates.title", "Achieve excellence")
    room.do(KeepAnswer(room.slot(f"{O1}/candidates.title"), "O02", "our programme is called so"))
    told = last(room)
    assert (told.kind, told.said, told.reason) == ("kept", "O02", "our programme is called so")
    assert told.remark
    room.do(MuteRule("O02", "we list topics today"))
    assert (last(room).kind, last(room).said, last(room).remark) == ("muted", "O02", told.remark)


def test_a_confirmation_is_told() -> None:
    room = baked()
    room.do(Confirm(room.slot("ending.confirm")))
    assert last(room).kind == "confirmed"


def test_the_time_of_each_part_stands_beside_what_was_planned() -> None:
    first = to_minutes(baked().plan).sections[0]
    assert (first.title, first.minutes_planned) == ("About", 10)
    assert first.minutes_elapsed == round(8 * 20 / 60)


def a_late_morning() -> Room:
    """A slot that is planned, coffee that takes long, talk beside it, and a replan that is taken back."""
    room = Room(bakery())
    room.attempt(
        PlanAgenda("half_day", START.astimezone(timezone(timedelta(hours=2))), 210, 7, (Break(90, 15),))
    )
    room.clock.now = START + timedelta(minutes=120)
    room.attempt(TakeTime("break", START + timedelta(minutes=95)))
    room.clock.now = START + timedelta(minutes=140)
    room.attempt(TakeTime("talk", START + timedelta(minutes=130), "the new oven"))
    room.attempt(AskInFull())
    room.attempt(Replan("leave", {room.script.steps[0].id: "leave"}))
    room.attempt(Undo())
    return room


def test_what_was_decided_about_the_time_is_told_with_breaks_and_talk() -> None:
    planned, coffee, talk, in_full, replanned = to_minutes(a_late_morning().plan).time
    assert (planned.kind, planned.how, planned.minutes) == ("planned", "half_day", 210)
    assert (planned.people, planned.breaks, planned.begin) == (7, 15, "2026-11-18T09:00:00+00:00")
    assert (coffee.kind, coffee.at, coffee.minutes) == ("break", "2026-11-18T10:35:00+00:00", 25)
    assert (talk.kind, talk.about, talk.minutes) == ("talk", "the new oven", 10)
    assert (in_full.kind, in_full.undone) == ("in_full", False)
    assert (replanned.kind, replanned.how, replanned.undone) == ("replanned", "leave", True)


def test_a_session_in_which_nobody_spoke_of_time_tells_nothing_of_it() -> None:
    assert to_minutes(baked().plan).time == ()
