"""What was said and still counts: a function of the actions and of nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

import pytest

from bsc_coach.digest import digest_of
from bsc_coach.interview.facts.answers import Accept, Park, Reopen, SlotAnswered, SlotParked
from bsc_coach.interview.facts.coaching import KeepAnswer
from bsc_coach.interview.facts.lists import ItemAdded, MoveItem, RemoveItem, RestoreItem
from bsc_coach.interview.facts.log import Action
from bsc_coach.interview.facts.session import ActionRedone, ActionUndone, AdoptScript, Redo, SetLanguage, Undo
from bsc_coach.interview.fold import MOST_EARLIER, fold
from bsc_coach.interview.state import State
from bsc_coach.script.slots import ItemId, StepId, parse_slot
from tests.support.clock import START
from tests.support.room import Room, baked
from tests.support.scripts import bakery


def said(state: State) -> tuple[object, ...]:
    """Return what a state says, apart from the log it comes from."""
    return (dict(state.facts), dict(state.lists), dict(state.frames), dict(state.kept), state.language)


def undo_all_and_redo_all(room: Room) -> None:
    """Take everything back and bring it again, which must be as if nothing had been."""
    before, shorts = said(room.plan.state), dict(room.plan.state.shorts)
    steps = len(room.plan.state.effective)
    for _ in range(steps):
        room.do(Undo())
    assert room.plan.state.effective == ()
    assert said(room.plan.state) == said(fold(()))
    for _ in range(steps):
        room.do(Redo())
    assert said(room.plan.state) == before
    assert dict(room.plan.state.shorts) == shorts


def test_undoing_and_redoing_everything_is_as_if_nothing_had_been() -> None:
    room = baked()
    room.do(Park(room.slot("slogan"), "later", "Ann", "2027"), RemoveItem(room.item("P2")))
    title = room.slot("clusters[operations]/candidates[O1]/candidates.title")
    room.do(Accept(title, "Supplier reliability"), KeepAnswer(title, "O01", "ok"))
    undo_all_and_redo_all(room)


def test_a_fold_that_redoes_the_wrong_thing_is_noticed() -> None:
    def forgetful(actions: Iterable[Action]) -> State:
        """Brings back what was undone first instead of last, like a queue."""
        log = list(actions)
        undone = [a.do[0].number for a in log if isinstance(a.do[0], ActionUndone)]
        swapped = iter(undone)
        return fold(
            Action(a.number, a.at, a.by, (ActionRedone(next(swapped)),))
            if isinstance(a.do[0], ActionRedone)
            else a
            for a in log
        )

    room = Room(bakery(), folding=forgetful)
    room.say("organisation.name", "Korenaar")
    room.say("organisation.year", 2030)
    with pytest.raises(AssertionError):
        undo_all_and_redo_all(room)


def test_undo_takes_back_one_action_and_the_log_only_grows() -> None:
    room = Room(bakery())
    room.say("organisation.name", "Korenaar")
    room.say("organisation.name", "Korenaar Bakeries")
    room.do(Undo())
    assert room.at("organisation.name").value == "Korenaar"
    room.do(Undo())
    assert room.at("organisation.name").answer_state == "open"
    assert [action.number for action in room.plan.state.actions] == [1, 2, 3, 4]
    assert room.refusal(Undo()) == "nothing_to_undo"


def test_undo_takes_back_all_that_one_action_did() -> None:
    room = Room(bakery())
    room.add("goods", name="Rye", value="value")
    room.do(Undo())
    assert room.plan.state.facts == {}
    assert room.plan.state.list_at(room.slot("goods")).items == ()


def test_a_new_action_leaves_nothing_to_redo() -> None:
    room = Room(bakery())
    room.say("organisation.name", "Korenaar")
    room.do(Undo())
    room.say("organisation.year", 2030)
    assert room.refusal(Redo()) == "nothing_to_redo"
    assert "Korenaar" in [
        event.value for a in room.actions for event in a.do if isinstance(event, SlotAnswered)
    ]


def test_what_was_undone_is_gone_for_redo_after_a_new_action_in_a_fold_as_well() -> None:
    room = baked()
    room.do(Undo(), Undo())
    assert len(fold(room.actions).undone) == 2
    room.say("slogan", "Warm at seven")
    assert room.plan.state.undone == fold(room.actions).undone == ()
    assert room.refusal(Redo()) == "nothing_to_redo"


def test_undo_goes_back_further_than_the_states_at_hand() -> None:
    room = Room(bakery())
    for number in range(MOST_EARLIER + 10):
        room.say("organisation.name", f"Korenaar {number}")
    for _ in range(MOST_EARLIER + 5):
        room.do(Undo())
        assert room.plan.state == fold(room.actions)
    for _ in range(25):
        room.do(Redo())
        assert room.plan.state == fold(room.actions)
    room.say("slogan", "Warm at seven")
    assert room.plan.state == fold(room.actions)


def test_undo_and_redo_of_something_else_than_the_last_thing_change_nothing() -> None:
    room = Room(bakery())
    room.say("organisation.name", "Korenaar")
    room.say("organisation.year", 2030)
    before = said(room.plan.state)
    room.happen(ActionUndone(1))
    room.happen(ActionRedone(1))
    assert said(room.plan.state) == before


def test_a_short_id_is_never_used_twice() -> None:
    room = Room(bakery())
    room.add("goods", name="Rye")
    room.add("goods", name="Cake")
    room.do(RemoveItem(room.item("P2")))
    room.do(RestoreItem(room.item("P2")))
    room.do(Undo(), Undo(), Undo())
    assert room.plan.state.item_by_name("P2") is None
    room.add("goods", name="Buns")
    assert set(room.plan.state.shorts.values()) == {"P1", "P3"}


def test_numbers_are_counted_for_each_family_of_short_ids() -> None:
    room = baked()
    assert sorted(room.plan.state.shorts.values()) == ["CM1", "CM1.1", "O1", "O2", "O2.1", "P1", "P2"]
    room.add("clusters[operations]/candidates[O2]/kpis", name="Bags a day")
    assert "O2.2" in room.plan.state.shorts.values()


def test_a_removed_item_keeps_its_place_its_answers_and_its_short_id() -> None:
    room = baked()
    item, before = room.item("P1"), said(room.plan.state)
    room.do(RemoveItem(item))
    assert room.plan.state.list_at(room.slot("goods")).live == (room.item("P2"),)
    assert room.at("goods[P1]/goods.name").value == "Rye"
    assert room.at("goods[P1]/goods.name").relevance == "dormant"
    room.do(RestoreItem(item))
    assert said(room.plan.state) == before


def test_items_move_without_anything_else_changing() -> None:
    room = Room(bakery())
    first, second, third = (room.add("goods", name=name) for name in ("Rye", "Cake", "Buns"))
    facts = room.plan.state.facts
    room.do(MoveItem(third, 0))
    assert room.plan.state.list_at(room.slot("goods")).live == (third, first, second)
    assert room.plan.state.facts == facts
    assert [slot.item for slot in room.plan.order if slot.step == "goods.name"] == [third, first, second]


def test_adding_to_a_finished_list_reopens_it() -> None:
    room = Room(bakery())
    room.add("goods", name="Rye")
    room.close("goods")
    assert room.at("goods").answer_state == "answered"
    room.add("goods", name="Cake")
    assert room.at("goods").answer_state == "open"


def test_a_parked_list_that_is_added_to_and_finished_is_answered() -> None:
    room = Room(bakery())
    room.do(Park(room.slot("goods"), "the baker knows"))
    assert room.at("goods").answer_state == "parked"
    room.add("goods", name="Rye")
    assert room.at("goods").answer_state == "open"
    room.do(Park(room.slot("goods")))
    room.close("goods")
    assert room.at("goods").answer_state == "answered"


def test_a_list_can_be_opened_again() -> None:
    room = Room(bakery())
    room.close("clusters[operations]/candidates", "We bake elsewhere")
    room.do(Reopen(room.slot("clusters[operations]/candidates")))
    assert room.at("clusters[operations]/candidates").answer_state == "open"
    assert room.plan.state.list_at(room.slot("clusters[operations]/candidates")).reason == ""


def test_the_last_thing_said_about_a_slot_is_what_counts() -> None:
    room = Room(bakery())
    room.say("organisation.name", "Korenaar")
    room.do(Park(room.slot("organisation.name"), "not sure", "Ann", "june 2027"))
    parked = room.at("organisation.name")
    assert parked.answer_state == "parked"
    assert parked.fact is not None
    assert (parked.fact.reason, parked.fact.owner, parked.fact.due) == ("not sure", "Ann", "2027-06")
    room.do(Reopen(room.slot("organisation.name")))
    assert room.at("organisation.name").answer_state == "open"


def test_what_was_said_is_read_under_the_new_names_of_the_steps() -> None:
    room = baked()
    title = room.slot("clusters[operations]/candidates[O1]/candidates.title")
    room.do(Accept(title, "Supplier reliability"), KeepAnswer(title, "O01", "ok"))
    renames = {"candidates": "long_list", "candidates.title": "long_list.name", "organisation.year": "year"}
    before = room.plan.state
    room.do(AdoptScript(2, "d2", renames, "d1"))
    state = room.plan.state
    item = next(item for item, short in state.shorts.items() if short == "O1")
    title = parse_slot(f"clusters[operations]/long_list[{item}]/long_list.name")
    assert state.facts[title].value == "Supplier reliability"
    assert state.frames[item] == ((StepId("clusters"), ItemId("operations")), (StepId("long_list"), item))
    assert set(state.lists) == {
        parse_slot(str(slot).replace("candidates", "long_list")) for slot in before.lists
    }
    assert (title, "O01") in state.kept
    assert set(state.facts[parse_slot("organisation.ambition")].basis) == {"year"}
    assert len(state.facts) == len(before.facts)
    room.do(Undo())
    assert said(room.plan.state) == said(before)


def test_nothing_is_lost_when_an_event_comes_twice_or_names_what_is_not_there() -> None:
    room = Room(bakery())
    slot, item = room.slot("goods"), ItemId("i9")
    room.happen(SlotAnswered(parse_slot("gone.step"), "kept"))
    assert room.plan.retired() == (parse_slot("gone.step"),)
    room.happen(ItemAdded(slot, item, "P9"))
    room.happen(SlotParked(parse_slot("goods[i9]/goods.value")))
    assert room.at("goods[P9]/goods.value").answer_state == "parked"


def test_the_clock_of_the_actions_decides_nothing() -> None:
    room = baked()
    turned = [Action(a.number, START - timedelta(days=a.number), "bob", a.do, a.script) for a in room.actions]
    state = fold(turned)
    assert {slot: fact.value for slot, fact in state.facts.items()} == {
        slot: fact.value for slot, fact in room.plan.state.facts.items()
    }
    assert dict(state.lists) == dict(room.plan.state.lists)


def test_the_language_is_that_of_the_last_change_that_counts() -> None:
    room = Room(bakery())
    assert room.plan.language == "en"
    room.do(SetLanguage("en"))
    room.do(Accept(room.slot("organisation.name"), "Korenaar"))
    assert room.plan.state.language == "en"
    room.do(Undo(), Undo())
    assert room.plan.state.language is None


@pytest.mark.parametrize(("one", "other"), [("a", "b"), (1, "1"), (("a", "b"), ("b", "a")), ("a", ("a",))])
def test_different_values_have_different_digests(one: object, other: object) -> None:
    assert digest_of(one) != digest_of(other)
    assert digest_of(one) == digest_of(one)
