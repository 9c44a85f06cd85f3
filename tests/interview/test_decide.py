"""From what somebody wants to what happens: every command, accepted and refused."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from bsc_coach.interview.consequences import Consequences, after, consequences
from bsc_coach.interview.facts.answers import (
    Accept,
    Confirm,
    Decline,
    Fill,
    Park,
    Reopen,
    SlotAnswered,
    StillRight,
)
from bsc_coach.interview.facts.coaching import KeepAnswer
from bsc_coach.interview.facts.family import Command, Several
from bsc_coach.interview.facts.lists import (
    AddItem,
    CloseList,
    ItemAdded,
    ListClosed,
    MoveItem,
    RemoveItem,
    RestoreItem,
)
from bsc_coach.interview.facts.session import AdoptScript, Redo, SetLanguage, Undo
from bsc_coach.interview.values import Refusal
from bsc_coach.script.slots import ItemId, Slot, StepId
from tests.support.room import Room, affected, baked
from tests.support.scripts import bakery

O1 = "clusters[operations]/candidates[O1]"
O2 = "clusters[operations]/candidates[O2]"


def accept(path: str, value: object) -> Callable[[Room], Command]:
    return lambda room: Accept(room.slot(path), value)  # type: ignore[arg-type]


REFUSED: list[tuple[Callable[[Room], Command], str]] = [
    (accept("organisation.name", " "), "empty"),
    (accept("organisation.name", "x" * 41), "too_long"),
    (accept("organisation.ambition", "Hm"), "too_short"),
    (accept("organisation.year", "soon"), "not_a_year"),
    (accept("organisation.year", 1999), "too_low"),
    (accept("organisation.year", 2101), "too_high"),
    (accept("organisation.year", 2030.5), "not_whole"),
    (accept("organisation.kind", "charity"), "not_a_choice"),
    (accept("opened", "one day"), "not_a_date"),
    (accept("goods", "Rye"), "not_answered_so"),
    (accept("ending.confirm", "yes"), "not_answered_so"),
    (accept("no.such.step", "x"), "no_such_question"),
    (accept("goods[nobody]/goods.name", "x"), "no_such_question"),
    (accept("goods[P1]/goods.waste", "x"), "does_not_apply_now"),
    (accept("goods[P2]/goods.name", "RYE"), "already_there"),
    (accept("clusters[operations]/vital", ["O1", "CM1"]), "not_an_item"),
    (accept("clusters[operations]/vital", []), "empty"),
    (lambda room: Fill(()), "empty"),
    (lambda room: Several(()), "empty"),
    (lambda room: Park(room.slot("goods[P1]/goods.waste")), "does_not_apply_now"),
    (lambda room: Park(room.slot("slogan"), due="some day"), "not_a_date"),
    (lambda room: Park(room.slot("slogan"), reason="x" * 301), "too_long"),
    (lambda room: Park(room.slot("slogan"), owner="x" * 301), "too_long"),
    (lambda room: Decline(room.slot("slogan"), " \n"), "reason_needed"),
    (lambda room: Decline(room.slot("slogan"), "x" * 301), "too_long"),
    (lambda room: Reopen(Slot(StepId("nothing"))), "no_such_question"),
    (lambda room: StillRight(room.slot("ending.confirm")), "nothing_to_affirm"),
    (lambda room: StillRight(room.slot("goods")), "nothing_to_affirm"),
    (lambda room: Confirm(room.slot("slogan")), "not_answered_so"),
    (lambda room: KeepAnswer(room.slot("slogan"), "O10", "because"), "no_such_check"),
    (lambda room: KeepAnswer(room.slot(f"{O1}/candidates.title"), "O01", ""), "no_such_check"),
    (lambda room: AddItem(room.slot("slogan")), "not_a_list"),
    (lambda room: AddItem(room.slot("goods"), {StepId("goods.name"): "x"}), "too_short"),
    (lambda room: AddItem(room.slot("goods"), {StepId("slogan"): "x"}), "no_such_question"),
    (lambda room: AddItem(room.slot(f"{O1}/kpis")), "does_not_apply_now"),
    (lambda room: CloseList(room.slot("slogan")), "not_a_list"),
    (lambda room: RemoveItem(ItemId("nobody")), "no_such_item"),
    (lambda room: RestoreItem(ItemId("nobody")), "no_such_item"),
    (lambda room: RestoreItem(room.item("P1")), "not_removed"),
    (lambda room: MoveItem(room.item("P1"), 2), "no_such_place"),
    (lambda room: MoveItem(room.item("P1"), -1), "no_such_place"),
    (lambda room: SetLanguage("nl"), "no_such_language"),
    (lambda room: Redo(), "nothing_to_redo"),
]


@pytest.mark.parametrize(("command", "key"), REFUSED)
def test_what_cannot_be_is_refused_in_words_and_leaves_no_trace(
    command: Callable[[Room], Command], key: str
) -> None:
    room = baked()
    meant = command(room)
    assert room.refusal(meant) == key
    sentence = room.decide(meant).refusals[0].sentence("en")
    assert sentence
    assert "{" not in sentence
    assert not re.search(r"\w\[|\]/", sentence)  # no path of a slot, as "goods[…]/goods.waste"
    assert not [item for item in room.plan.state.frames if item in sentence]


def test_a_question_that_is_refused_is_named_with_what_it_is_about() -> None:
    room = baked()
    (refusal,) = room.decide(Accept(room.slot("goods[P1]/goods.waste"), "x")).refusals
    assert refusal.values["slot"] == "“Waste” (P1 Rye)"
    (refusal,) = room.decide(Accept(Slot(StepId("no.such.step")), "x")).refusals
    assert refusal.values["slot"] == "“no.such.step”"


def test_what_cannot_be_with_nothing_said_yet() -> None:
    room = Room(bakery())
    assert room.refusal(Undo()) == "nothing_to_undo"
    assert room.refusal(CloseList(room.slot("goods"))) == "too_few"
    assert room.refusal(CloseList(room.slot("clusters[customer]/candidates"))) == "empty_needs_reason"
    assert room.refusal(StillRight(room.slot("slogan"))) == "nothing_to_affirm"
    assert room.refusal(Accept(room.slot("opened"), "1998")) == "does_not_apply_now"


def test_a_full_list_takes_no_more() -> None:
    room = Room(bakery())
    for name in ("Rye", "Cake", "Buns", "Rolls"):
        room.add("goods", name=name)
    assert room.refusal(AddItem(room.slot("goods"), {StepId("goods.name"): "Pies"})) == "list_full"
    room.do(RemoveItem(room.item("P1")))
    room.add("goods", name="Pies")
    room.do(RestoreItem(room.item("P1")))
    assert room.refusal(CloseList(room.slot("goods"))) == "too_many"


def test_an_item_that_is_removed_is_not_removed_or_moved_again() -> None:
    room = baked()
    item = room.item("P1")
    room.do(RemoveItem(item))
    assert room.refusal(RemoveItem(item)) == "already_removed"
    assert room.refusal(MoveItem(item, 0)) == "already_removed"
    assert room.refusal(Accept(room.slot("goods[P1]/goods.name"), "Oats")) == "does_not_apply_now"


def test_adding_is_one_action_with_the_first_answers_of_the_item() -> None:
    room = Room(bakery())
    room.add("goods", name="Rye", value="1")
    (action,) = room.actions
    added, name, value = action.do
    assert isinstance(added, ItemAdded)
    assert isinstance(name, SlotAnswered)
    assert isinstance(value, SlotAnswered)
    assert added.short == "P1"
    assert (name.value, value.value) == ("Rye", "value")
    assert name.slot.frame == value.slot.frame == ((StepId("goods"), added.item),)


def test_several_things_at_once_are_one_action_each_seeing_those_before() -> None:
    room = Room(bakery())
    slot = room.slot("goods")
    names = ("Rye", "Cake")
    room.do(Several(tuple(AddItem(slot, {StepId("goods.name"): name}) for name in names)))
    assert len(room.actions) == 1
    assert list(room.plan.state.shorts.values()) == ["P1", "P2"]
    twice = tuple(AddItem(slot, {StepId("goods.name"): "Buns"}) for _ in range(2))
    assert room.refusal(Several(twice)) == "already_there"


def test_one_of_several_that_is_refused_refuses_all() -> None:
    room = Room(bakery())
    several = Several((Accept(room.slot("organisation.name"), "Korenaar"), Accept(room.slot("slogan"), "")))
    assert room.refusal(several) == "empty"
    assert room.at("organisation.name").answer_state == "open"


def test_filling_in_answers_each_under_what_the_ones_before_lead_to() -> None:
    room = Room(bakery())
    room.do(
        Fill(
            (
                (room.slot("organisation.kind"), "business"),
                (room.slot("opened"), "1998"),
                (room.slot("organisation.year"), 2030),
                (room.slot("organisation.ambition"), "Bread at every door"),
            )
        )
    )
    assert len(room.actions) == 1
    assert room.at("opened").value == "1998"
    assert not room.at("organisation.ambition").stale


@pytest.mark.parametrize("inner", [Undo(), Redo()])
def test_taking_back_is_never_a_part_of_something_else(inner: Undo | Redo) -> None:
    room = Room(bakery())
    room.say("organisation.name", "Korenaar")
    room.say("organisation.name", "Bakker")
    room.do(Undo())
    for commands in (
        (inner, Accept(room.slot("slogan"), "Warm")),
        (Accept(room.slot("slogan"), "Warm"), inner),
    ):
        assert room.decide(Several(commands)).events == ()


def test_closing_an_empty_list_takes_a_reason_and_keeps_it() -> None:
    room = Room(bakery())
    slot = room.slot("clusters[customer]/candidates")
    assert room.decide(CloseList(slot, " The shop\n is  small ")).events == (
        ListClosed(slot, "The shop is small"),
    )


def test_a_reason_for_an_empty_list_is_not_kept_for_one_with_items() -> None:
    room = Room(bakery())
    room.add("goods", name="Rye")
    slot = room.slot("goods")
    assert room.decide(CloseList(slot, "because")).events == (ListClosed(slot),)


def test_what_was_typed_is_cleaned() -> None:
    room = Room(bakery())
    room.say("organisation.name", "Kor\x1b[31men\x07aar")
    assert room.at("organisation.name").value == "Kor[31menaar"
    room.do(Park(room.slot("slogan"), "not\x00 now", "An\x1bn"))
    fact = room.at("slogan").fact
    assert fact is not None
    assert (fact.reason, fact.owner) == ("not now", "Ann")


def test_adopting_another_version_is_an_action_like_any_other() -> None:
    room = baked()
    room.do(AdoptScript(2, "new", {}, "old"))
    assert room.plan.state.adopted is not None
    assert room.plan.state.adopted.version == 2
    room.do(Undo())
    assert room.plan.state.adopted is None


def paths(slots: tuple[Slot, ...]) -> list[str]:
    return [slot.step for slot in slots]


def test_the_consequences_of_an_edit_are_known_before() -> None:
    room = baked()
    touched = affected(room.plan, Accept(room.slot("organisation.year"), 2031), room.stamp)
    assert paths(touched.stale) == ["organisation.ambition"]
    assert not touched.dormant + touched.active + touched.invalid
    touched = affected(room.plan, Accept(room.slot("organisation.kind"), "public"), room.stamp)
    assert paths(touched.dormant) == ["opened"]
    room.say("organisation.kind", "public")
    touched = affected(room.plan, Accept(room.slot("organisation.kind"), "business"), room.stamp)
    assert paths(touched.active) == ["opened"]
    touched = affected(room.plan, RemoveItem(room.item("O2")), room.stamp)
    assert paths(touched.invalid) == ["vital"]
    assert set(paths(touched.dormant)) >= {"candidates.title", "objective.title", "kpis.name"}


def test_a_mere_rewording_has_no_consequences() -> None:
    room = baked()
    slot = room.slot("organisation.ambition")
    assert affected(room.plan, Accept(slot, "Bread at each door"), room.stamp)
    assert not affected(room.plan, Accept(slot, "Bread at each door", same=True), room.stamp)


EDITS: list[Callable[[Room], Command]] = [
    accept("organisation.year", 2031),
    accept("organisation.ambition", "Cake"),
    accept("organisation.ambition", "Cake for all"),
    accept("organisation.kind", "public"),
    accept("clusters[operations]/vital", ["O1", "O2"]),
    accept(f"{O2}/candidates.title", "Halve what is thrown away"),
    accept("goods[P1]/goods.value", "waste"),
    lambda room: RemoveItem(room.item("O2")),
    lambda room: RemoveItem(room.item("P1")),
    lambda room: Decline(room.slot("organisation.kind"), "neither"),
    lambda room: Park(room.slot("organisation.year")),
    lambda room: Reopen(room.slot("clusters[operations]/vital")),
    lambda room: AddItem(room.slot("goods"), {StepId("goods.name"): "Buns"}),
    lambda room: Undo(),
]


@pytest.mark.parametrize("edit", EDITS)
def test_what_is_said_before_is_what_happens(edit: Callable[[Room], Command]) -> None:
    room = baked()
    meant = edit(room)
    before = room.plan
    said = affected(room.plan, meant, room.stamp)
    room.attempt(meant)
    assert said == consequences(before, room.plan)


def test_a_wrong_prediction_would_be_noticed() -> None:
    room = baked()
    before = room.plan
    said = affected(room.plan, Accept(room.slot("organisation.year"), 2031), room.stamp)
    room.say("organisation.kind", "public")
    assert said != consequences(before, room.plan)
    assert consequences(before, before) == Consequences()


def test_looking_ahead_changes_nothing() -> None:
    room = baked()
    before = (room.plan.state, tuple(room.actions))
    events = room.decide(Accept(room.slot("organisation.year"), 2031)).events
    assert after(room.plan, events).answer(room.slot("organisation.year")) == 2031
    assert (room.plan.state, tuple(room.actions)) == before
    assert room.at("organisation.year").value == 2030


def test_a_refusal_is_a_sentence_with_a_way_out() -> None:
    assert "2028-06-30" in Refusal("not_a_date", {"typed": "soon"}).sentence("en")


@pytest.mark.parametrize(("wanted", "given"), [("P9", "P9"), ("P2", "P3"), ("Q9", "P3")])
def test_an_item_of_an_edited_file_keeps_its_short_id_where_that_is_free_and_one_of_its_list(
    wanted: str, given: str
) -> None:
    room = baked()
    before = set(room.plan.state.shorts)
    room.do(AddItem(room.slot("goods"), {StepId("goods.name"): "Roll"}, short=wanted))
    (item,) = set(room.plan.state.shorts) - before
    assert room.plan.state.shorts[item] == given
    assert room.plan.state.renumbered == {}
