"""Conditions are true, false or not known yet; each form, and whose answers a name means."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from bsc_coach.interview.conditions import offer_at, truth
from bsc_coach.interview.facts.answers import Decline, Park
from bsc_coach.interview.facts.lists import RemoveItem
from bsc_coach.script.predicates import FORMS, Predicate, leaves, named_step
from bsc_coach.script.slots import Frame
from tests.support.room import Room, baked
from tests.support.scripts import bakery, head, script_of

READ: TypeAdapter[Any] = TypeAdapter(Predicate)
TRUE = {"answer": "organisation.kind", "is": "business"}
FALSE = {"answer": "organisation.kind", "is": "public"}
UNKNOWN = {"answered": "organisation.year"}
TRUTHS = {True: TRUE, False: FALSE, None: UNKNOWN}


def holds(room: Room, told: object, frame: Frame = ()) -> bool | None:
    return truth(room.plan, READ.validate_python(told), frame)


@pytest.fixture
def room() -> Room:
    """Only the kind is answered: a business."""
    room = Room(bakery())
    room.say("organisation.kind", "business")
    return room


@pytest.mark.parametrize(("one", "other"), list(itertools.product(TRUTHS, TRUTHS)))
def test_all_any_and_not_follow_kleene(room: Room, one: bool | None, other: bool | None) -> None:
    both = [TRUTHS[one], TRUTHS[other]]
    rank = {False: 0, None: 1, True: 2}
    assert holds(room, {"all": both}) is min(one, other, key=rank.__getitem__)
    assert holds(room, {"any": both}) is max(one, other, key=rank.__getitem__)
    assert holds(room, {"not": TRUTHS[one]}) is {True: False, False: True, None: None}[one]


def test_an_answer_is_compared_once_it_is_there(room: Room) -> None:
    assert holds(room, {"answer": "organisation.name", "is": "Korenaar"}) is None
    room.say("organisation.name", "Korenaar")
    assert holds(room, {"answer": "organisation.name", "is": "Korenaar"}) is True
    assert holds(room, {"answer": "organisation.name", "any_of": ["Other", "Korenaar"]}) is True
    assert holds(room, {"answer": "organisation.name", "is": "Other"}) is False
    room.say("organisation.year", 2030)
    assert holds(room, {"answer": "organisation.year", "is": "2030"}) is True


def test_parked_is_unknown_and_declined_is_no() -> None:
    room = Room(bakery())
    slot = room.slot("organisation.name")
    about: dict[str, object] = {"answer": "organisation.name", "is": "Korenaar"}
    assert holds(room, {"parked": "organisation.name"}) is None
    room.do(Park(slot))
    assert holds(room, about) is None
    assert holds(room, {"answered": "organisation.name"}) is None
    assert holds(room, {"parked": "organisation.name"}) is True
    room.do(Decline(slot, "we have none"))
    assert holds(room, about) is False
    assert holds(room, {"answered": "organisation.name"}) is False
    assert holds(room, {"parked": "organisation.name"}) is False
    room.say("organisation.name", "Korenaar")
    assert holds(room, {"answered": "organisation.name"}) is True


def test_a_list_that_does_not_apply_holds_nothing_and_is_no_longer_waited_for() -> None:
    room = Room(bakery())
    few = {"count": "goods", "at_least": 1}
    room.do(Park(room.slot("goods")))
    assert holds(room, few) is None  # the control: what was put off may still be answered
    room.do(Decline(room.slot("goods"), "we make nothing"))
    assert holds(room, few) is False
    assert holds(room, {"count": "goods", "at_most": 1}) is True
    room.do(Decline(room.slot("clusters[customer]/candidates"), "we have none"))
    assert room.at("clusters[customer]/vital").relevance == "dormant"
    room.add("goods", name="Rye")
    assert holds(room, few) is True


def test_what_fell_away_is_unknown(room: Room) -> None:
    room.say("opened", "1998")
    assert holds(room, {"answered": "opened"}) is True
    room.say("organisation.kind", "public")
    assert room.at("opened").value == "1998"
    assert holds(room, {"answered": "opened"}) is None


def test_one_of_several_choices(room: Room) -> None:
    room = baked()
    frame = room.slot("clusters[operations]/candidates[O2]/objective.effects").frame
    assert holds(room, {"answer": "objective.effects", "has": "cost"}, frame) is True
    assert holds(room, {"answer": "objective.effects", "has": "speed"}, frame) is False


def test_counting_an_open_list_is_known_only_once_it_cannot_change() -> None:
    room = Room(bakery())
    more, few = {"count": "goods", "at_least": 2}, {"count": "goods", "at_most": 1}
    assert (holds(room, more), holds(room, few)) == (None, None)
    room.add("goods", name="Rye")
    assert (holds(room, more), holds(room, few)) == (None, None)
    room.add("goods", name="Cake")
    assert (holds(room, more), holds(room, few)) == (True, False)
    room.close("goods")
    assert (holds(room, more), holds(room, few)) == (True, False)
    room.do(RemoveItem(room.item("P2")))
    assert (holds(room, more), holds(room, few)) == (False, True)


def test_counting_a_list_in_an_item_counts_the_list_of_that_item() -> None:
    room = baked()
    at_least: dict[str, object] = {"count": "candidates", "at_least": 2}
    assert holds(room, at_least, room.slot("clusters[operations]/vital").frame) is True
    assert holds(room, at_least, room.slot("clusters[customer]/vital").frame) is False
    assert holds(room, {"count": "candidates", "at_least": 3}) is True


def test_the_item_of_a_fixed_list() -> None:
    room = baked()
    frame = room.slot("clusters[customer]/candidates[CM1]/candidates.title").frame
    assert holds(room, {"item": "clusters", "is": "customer"}, frame) is True
    assert holds(room, {"item": "clusters", "any_of": ["operations", "social"]}, frame) is False
    assert holds(room, {"item": "clusters", "is": "customer"}) is False


def test_an_item_is_in_what_was_picked() -> None:
    room = baked()
    picked = room.slot("clusters[operations]/candidates[O2]/candidates.title").frame
    left = room.slot("clusters[operations]/candidates[O1]/candidates.title").frame
    assert holds(room, {"item_in": "vital"}, picked) is True
    assert holds(room, {"item_in": "vital"}, left) is False
    room.do(Park(room.slot("clusters[operations]/vital")))
    assert holds(room, {"item_in": "vital"}, picked) is None


def test_a_name_means_the_answer_of_ones_own_item() -> None:
    room = Room(bakery())
    room.add("goods", name="Rye", value="value")
    room.add("goods", name="Paper hats", value="waste")
    assert room.at("goods[P1]/goods.waste").relevance == "dormant"
    assert room.at("goods[P2]/goods.waste").relevance == "active"
    room.add("goods", name="Buns")
    assert room.at("goods[P3]/goods.waste").relevance == "pending"


def test_choices_are_offered_where_their_condition_is_not_false() -> None:
    told = head(
        'id = "kind"\nkind = "choice"\nask = "?"\nchoices = [{id="a",text="A"},{id="b",text="B"}]',
        'id = "part"\nkind = "choice"\nask = "?"\nchoices = [ { id = "x", text = "X", '
        'when = { answer = "kind", is = "a" } }, { id = "y", text = "Y" } ]',
    )
    room = Room(script_of(told))

    def offered() -> list[str]:
        return [choice.id for choice in offer_at(room.plan, room.at("part").step, ()).choices]

    assert offered() == ["x", "y"]
    room.say("kind", "b")
    assert offered() == ["y"]
    room.say("kind", "a")
    assert offered() == ["x", "y"]


def test_only_live_items_of_ones_own_frame_are_offered() -> None:
    room = baked()
    pick = room.at("clusters[operations]/vital")
    assert list(offer_at(room.plan, pick.step, pick.slot.frame).items.values()) == ["O1", "O2"]
    room.do(RemoveItem(room.item("O1")))
    assert list(offer_at(room.plan, pick.step, pick.slot.frame).items.values()) == ["O2"]


@pytest.mark.parametrize(
    ("told", "named"),
    [
        ({"answer": "a", "is": "x"}, ["a"]), ({"answered": "b"}, ["b"]), ({"parked": "c"}, ["c"]),
        ({"count": "d", "at_least": 1}, ["d"]), ({"item_in": "e"}, ["e"]), ({"item": "f", "is": "x"}, ["f"]),
        ({"not": {"any": [{"answered": "g"}, {"all": [{"parked": "h"}]}]}}, ["g", "h"]),
    ],
)  # fmt: skip
def test_every_name_in_a_condition_can_be_found(told: object, named: list[str]) -> None:
    assert [named_step(leaf) for leaf in leaves(READ.validate_python(told))] == named


@pytest.mark.parametrize("form", FORMS)
def test_a_misspelt_key_beside_a_form_is_refused_under_that_form(form: str) -> None:
    with pytest.raises(ValidationError) as refused:
        READ.validate_python(
            {form: {"answered": "a"} if form == "not" else "organisation.kind", "iz": "business"}
        )
    assert any(form in error["loc"] and "iz" in error["loc"] for error in refused.value.errors())


@pytest.mark.parametrize("told", [{}, {"answr": "a"}, {"all": []}, {"any": []}, {"not": {}}, {"count": 3}])
def test_what_is_no_condition_is_refused(told: object) -> None:
    with pytest.raises(ValidationError):
        READ.validate_python(told)
