"""Two copies of a session that went on separately, case by case, and what they come to together."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bsc_coach.interview.branches import Branches, heads_of, in_order, known_to
from bsc_coach.interview.decide import decide
from bsc_coach.interview.disputed_words import side_in_words
from bsc_coach.interview.facts.answers import Accept, Park, SlotAnswered
from bsc_coach.interview.facts.lists import (
    GiveShortIds,
    ItemAdded,
    MoveItem,
    RemoveItem,
    RestoreItem,
    TakeSide,
)
from bsc_coach.interview.facts.log import Action, action_body
from bsc_coach.interview.facts.registry import action_from_body
from bsc_coach.interview.facts.session import (
    ActionRedone,
    ActionUndone,
    AdoptScript,
    LanguageSet,
    Redo,
    ScriptAdopted,
    SetLanguage,
    Undo,
)
from bsc_coach.interview.fold import fold
from bsc_coach.interview.minutes import to_minutes
from bsc_coach.interview.navigation import next_slot
from bsc_coach.interview.notes import to_notes
from bsc_coach.interview.overruled import fallen_away, overruled
from bsc_coach.interview.state import Side
from bsc_coach.script.slots import Slot, StepId
from tests.support.clock import START
from tests.support.copies import (
    RENAMES,
    Copy,
    begun_by_all,
    frames,
    merged_plan,
    plenary,
    sides,
    together,
    two,
)
from tests.support.room import baked

# Short ids


def test_two_items_that_were_called_the_same_are_both_there_under_ids_of_their_own() -> None:
    ann, bea = two()
    ann.add("goods", name="Tart", value="value")
    bea.add("goods", name="Bun")
    plan = together(ann, bea)
    names = {plan.state.shorts[frame[-1][1]]: plan.label(frame) for frame in plan.members[StepId("goods")]}
    assert names == {"P1": "Rye", "P2": "Cake", "P3": "Tart", "P4": "Bun"}
    answers = {
        short: plan.answer(Slot(StepId("goods.value"), frame)) for short, frame in frames(plan).items()
    }
    assert (answers["P3"], answers["P4"]) == ("value", None)


def test_what_is_inside_a_renumbered_item_is_called_after_it() -> None:
    ann, bea = two()
    around = "clusters[customer]/candidates"
    ann.add(around, title="Answer at once")
    bea.add(around, title="Greet by name")
    bea.say("clusters[customer]/vital", ["CM1", "CM2"])
    bea.add(f"{around}[CM2]/kpis", name="Greetings", target=3, process="P1")
    plan = together(ann, bea)
    by_name = {plan.label(frame): plan.state.shorts[item] for item, frame in plan.state.frames.items()}
    assert by_name["Answer at once"] == "CM2"
    assert by_name["Greet by name"] == "CM3"
    assert by_name["Greetings"] == "CM3.1"


def test_an_id_that_people_were_told_stays_when_a_third_copy_comes() -> None:
    ann, bea = two()
    cor = Copy("cor", ann.begun, 0)
    for copy, name in ((ann, "Tart"), (bea, "Bun"), (cor, "Pie")):
        copy.add("goods", name=name)
    both = plenary(ann, bea)
    both.do(GiveShortIds())
    assert both.plan.state.renumbered == {}
    lines = [*both.actions, *cor.own]
    plan = merged_plan(lines)
    names = {plan.label(frame): short for short, frame in frames(plan).items()}
    assert names == {"Rye": "P1", "Cake": "P2", "Tart": "P3", "Bun": "P4", "Pie": "P5"}
    # Nobody was told yet: then the order of the log alone decides.
    fresh = together(ann, bea, cor)
    assert sorted(frames(fresh)) == ["P1", "P2", "P3", "P4", "P5"]


def test_ids_go_on_past_all_that_were_given() -> None:
    ann, bea = two()
    ann.add("goods", name="Tart")
    bea.add("goods", name="Bun")
    everybody = plenary(ann, bea)
    everybody.do(RemoveItem(everybody.item("P1")))
    item = everybody.add("goods", name="Roll")
    assert everybody.plan.state.shorts[item] == "P5"


def test_an_item_without_a_short_id_that_can_be_one_is_given_one() -> None:
    begun = tuple(baked().actions)
    odd = [
        replace(
            action,
            do=tuple(
                replace(event, short="../etc") if isinstance(event, ItemAdded) else event
                for event in action.do
            ),
        )
        if "'P1'" in str(action.do)
        else action
        for action in begun
    ]
    assert sorted(frames(merged_plan(odd))) == ["P2", "X1"]


# Undo and redo


def test_one_persons_undo_leaves_what_another_said_under_the_same_number() -> None:
    ann, bea = two()
    ann.add("goods", name="Tart")
    ann.do(Undo())
    bea.add("goods", name="Bun")
    names = [together(ann, bea).label(frame) for frame in frames(together(ann, bea)).values()]
    assert names == ["Rye", "Cake", "Bun"]


def test_a_journal_of_the_first_version_names_numbers_only_and_one_writer_for_both_copies() -> None:
    begun = [replace(action, writer="w1") for action in baked().actions]
    last = begun[-1]
    item = ItemAdded(Slot(StepId("goods")), "a1", "P3")  # type: ignore[arg-type]
    named = SlotAnswered(Slot(StepId("goods.name"), ((StepId("goods"), "a1"),)), "Tart")  # type: ignore[arg-type]
    undone = ActionUndone(last.number + 1)
    hers = [
        Action(last.number + 1, last.at + timedelta(minutes=1), "ann", (item, named), writer="w1"),
        Action(last.number + 2, last.at + timedelta(minutes=2), "ann", (undone,), writer="w1"),
    ]
    his_item = ItemAdded(Slot(StepId("goods")), "b1", "P3")  # type: ignore[arg-type]
    his = Action(last.number + 1, last.at + timedelta(hours=3), "bea", (his_item,), writer="w1")
    for lines in ([*begun, *hers, his], [his, *hers, *begun]):
        state = fold(lines)
        assert state.list_at(Slot(StepId("goods"))).items[-1] == "b1"
        assert "a1" not in state.shorts
        assert {action.writer for action in state.actions} == {"w1", "w1~2"}


def test_undo_and_redo_leave_the_work_of_others_alone() -> None:
    ann, bea = two()
    ann.say("slogan", "Warm all day")
    bea.say("motto", "Rise late")
    everybody = plenary(ann, bea)
    everybody.do(Undo(frozenset({"bea"})))
    assert everybody.plan.answer(Slot(StepId("motto"))) == "Rise late"
    assert everybody.plan.answer(Slot(StepId("slogan"))) == "Still warm"
    everybody.do(Redo(frozenset({"bea"})))
    assert everybody.plan.answer(Slot(StepId("slogan"))) == "Warm all day"


def test_what_others_built_upon_is_not_undone_under_their_hands() -> None:
    ann, _ = two()
    ann.add("goods", name="Tart")
    bea = Copy("bea", tuple(ann.actions), 0)
    bea.say("goods[P3]/goods.value", "waste")
    again = Copy("ann", tuple(bea.actions), 0)
    assert again.refusal(Undo(frozenset({"bea"}))) == "undo_built_upon"


def test_nothing_is_brought_back_once_one_of_two_who_took_it_back_said_something_new() -> None:
    begun = baked()
    begun.say("slogan", "Warm all day")
    for speaks in (0, 1):
        copies = [Copy(name, tuple(begun.actions), 0) for name in ("ann", "bea")]
        for copy in copies:
            copy.do(Undo())
        assert together(*copies).state.undone != ()
        copies[speaks].say("motto", "Rise late")
        assert together(*copies).state.undone == ()


def test_the_minutes_say_of_each_what_was_taken_back() -> None:
    ann, bea = two()
    ann.say("slogan", "Warm all day")
    ann.do(Undo())
    bea.say("slogan", "Warm at dawn")
    said = {one.said: one.undone for one in to_minutes(together(ann, bea)).said if one.by in ("ann", "bea")}
    assert said["Warm all day"] is True
    assert said["Warm at dawn"] is False


# Scripts and settings


def test_answers_under_the_old_names_go_where_a_newer_script_has_them() -> None:
    ann, bea = two()
    ann.do(AdoptScript(2, "later", RENAMES, "earlier"))
    ann.add("wares", name="Tart")
    bea.add("goods", name="Bun")
    bea.say("goods[P1]/goods.name", "Rye bread")
    plan = together(ann, bea)
    names = {plan.label(frame) for frame in plan.members[StepId("wares")]}
    assert names == {"Rye bread", "Cake", "Tart", "Bun"}


def test_settings_of_both_sides_are_told_and_answers_that_fall_away() -> None:
    ann, bea = two()
    ann.say("organisation.kind", "public")
    ann.do(MoveItem(ann.item("P2"), 0))
    bea.do(MoveItem(bea.item("P1"), 1))
    bea.say("organisation.values", "Fresh, and fair")
    plan = together(ann, bea)
    assert overruled(plan) == ("the order of the list “Goods”",)
    (gone,) = fallen_away(plan, [ann.plan, bea.plan])
    assert gone == Slot(StepId("opened"))  # asked of a business only
    everybody = plenary(ann, bea)
    everybody.say("slogan", "Warm")
    assert overruled(everybody.plan) == ()


def test_nothing_is_told_of_settings_that_one_side_changed() -> None:
    ann, bea = two()
    ann.do(SetLanguage("nl")) if "nl" in ann.script.header.languages else ann.do(MoveItem(ann.item("P2"), 0))
    bea.say("slogan", "Warm at dawn")
    assert overruled(together(ann, bea)) == ()


# The log


def test_an_action_says_what_it_came_after_and_reads_it_back() -> None:
    action = Action(7, START, "ann", (), writer="ab.1", after=(("cd:2", 6), ("ef.3", 5)))
    body = action_body(action)
    assert body["after"] == ["cd:2:6", "ef.3:5"]
    assert action_from_body(7, START, body, "ab.1") == action


def test_a_lost_line_hides_no_more_than_itself() -> None:
    ann, bea = two()
    ann.say("organisation.year", 2031)
    ann.say("slogan", "Warm all day")
    ann.say("motto", "Rise late")
    bea.say("motto", "Rise never")
    lines = [*ann.begun, ann.own[0], ann.own[2], *bea.own]
    state = fold(lines)
    (dispute,) = state.disputed[Slot(StepId("motto"))]
    assert [side.value for side in dispute.sides] == ["Rise never", "Rise late"]
    log = in_order(lines)
    assert Branches(log).knew(log[-1], log[0])


def test_the_last_actions_of_all_branches_are_known_by_whoever_goes_on() -> None:
    ann, bea = two()
    ann.say("slogan", "Warm all day")
    bea.say("motto", "Rise late")
    everybody = plenary(ann, bea)
    assert {writer for writer, _ in heads_of(everybody.actions)} == {"ann", "bea"}
    everybody.say("slogan", "Warm")
    assert heads_of(everybody.actions) == (everybody.actions[-1].id,)
    assert known_to(everybody.actions, [bea.own[-1].id]) == (*bea.begun, *bea.own)


def test_a_decision_on_an_item_that_nobody_disputes_is_refused() -> None:
    ann, _ = two()
    verdict = decide(ann.plan, TakeSide(Slot(StepId("goods")), 1), ann.stamp)
    assert [one.key for one in verdict.refusals] == ["nothing_disputed"]


def test_a_side_that_breaks_a_limit_by_now_is_refused() -> None:
    ann, bea = two()
    ann.say("goods[P1]/goods.name", "Spelt")
    bea.say("goods[P1]/goods.name", "Wheat")
    everybody = plenary(ann, bea)
    everybody.do(Accept(everybody.slot("goods[P2]/goods.name"), "Wheat"))
    slot = everybody.slot("goods[P1]/goods.name")
    assert everybody.refusal(TakeSide(slot, 2)) == "already_there"
    everybody.do(TakeSide(slot, 1))
    assert everybody.plan.answer(slot) == "Spelt"


def test_sides_carry_who_said_them_and_when() -> None:
    ann, bea = two()
    ann.say("slogan", "Warm all day")
    bea.say("slogan", "Warm at dawn")
    (dispute,) = together(ann, bea).state.disputed[Slot(StepId("slogan"))]
    assert dispute.sides == tuple(
        Side("answered", copy.name, copy.own[0].number, copy.own[0].at, copy.name, value=text)
        for copy, text in ((ann, "Warm all day"), (bea, "Warm at dawn"))
    )


# Which side, which order, whose time


def test_two_items_in_dispute_on_one_list_are_decided_one_after_the_other() -> None:
    ann, bea = two()
    ann.do(RemoveItem(ann.item("P1")), RemoveItem(ann.item("P2")))
    bea.say("goods[P1]/goods.name", "Rye bread")
    bea.say("goods[P2]/goods.name", "Cheesecake")
    everybody, goods = plenary(ann, bea), Slot(StepId("goods"))
    first, second = everybody.plan.statuses[goods].disputes
    assert first.item is not None
    gone = everybody.plan.state.shorts[first.item]
    everybody.do(TakeSide(goods, 1))
    assert everybody.plan.statuses[goods].disputes == (second,)
    assert set(frames(everybody.plan)) == {"P1", "P2"} - {gone}
    everybody.do(TakeSide(goods, 2))
    assert everybody.plan.statuses[goods].disputes == ()
    assert set(frames(everybody.plan)) == {"P1", "P2"} - {gone}


def test_an_item_in_dispute_can_be_restored_as_well() -> None:
    ann, bea = two()
    ann.do(RemoveItem(ann.item("P2")))
    bea.say("goods[P2]/goods.name", "Cheesecake")
    everybody = plenary(ann, bea)
    everybody.do(RestoreItem(everybody.item("P2")))
    assert everybody.plan.state.disputed == {}
    assert set(frames(everybody.plan)) == {"P1", "P2"}
    assert everybody.refusal(RestoreItem(everybody.item("P2"))) == "not_removed"


def test_the_side_that_keeps_an_item_is_told_by_the_first_who_worked_on_it() -> None:
    ann, bea = two()
    ann.do(RemoveItem(ann.item("P2")))
    bea.say("goods[P2]/goods.name", "Cheesecake")
    bea.do(RemoveItem(bea.item("P2")), RestoreItem(bea.item("P2")))
    (dispute,) = together(ann, bea).statuses[Slot(StepId("goods"))].disputes
    assert [(side.says, side.by, side.number) for side in dispute.sides] == [
        ("removed", "ann", ann.own[0].number),
        ("kept", "bea", bea.own[0].number),
    ]


def test_put_off_on_both_sides_until_another_day_is_a_dispute() -> None:
    ann, bea = two()
    ann.do(Park(Slot(StepId("slogan")), "ask the bakers", "Cor", "2027"))
    bea.do(Park(Slot(StepId("slogan")), "ask the bakers", "Cor", "2028"))
    plan, slot = together(ann, bea), Slot(StepId("slogan"))
    (dispute,) = plan.statuses[slot].disputes
    assert [side.due for side in dispute.sides] == ["2027", "2028"]
    for side in dispute.sides:
        assert f"Cor, {side.due}, ask the bakers" in side_in_words(plan, slot, dispute, side)


def test_where_both_sides_say_the_same_the_later_one_is_whose_answer_it_is() -> None:
    ann, bea = two()
    ann.say("slogan", "Warm all day")
    bea.say("slogan", "Warm all day")
    fact = together(ann, bea).statuses[Slot(StepId("slogan"))].fact
    assert fact is not None
    assert fact.by == "bea"


def test_a_list_put_off_on_both_sides_stands_as_it_was_put_off_first() -> None:
    ann, bea = two()
    goods = Slot(StepId("goods"))
    ann.do(Park(goods, "ask the bakers"))
    bea.do(Park(goods, "ask the shop"))
    status = together(ann, bea).statuses[goods]
    assert [side.reason for side in status.disputes[0].sides] == ["ask the bakers", "ask the shop"]
    assert status.fact is not None
    assert status.fact.reason == "ask the bakers"


def test_a_list_that_is_taken_as_finished_keeps_its_items() -> None:
    ann, bea = two()
    goods = Slot(StepId("goods"))
    ann.do(Park(goods, "ask the bakers"))
    bea.close("goods")
    everybody = plenary(ann, bea)
    assert [side.says for side in everybody.plan.statuses[goods].disputes[0].sides] == ["parked", "closed"]
    everybody.do(TakeSide(goods, 2))
    assert set(frames(everybody.plan)) == {"P1", "P2"}
    assert everybody.plan.statuses[goods].answer_state == "answered"


def test_a_list_that_is_put_off_is_an_open_point_beside_a_dispute_about_an_item() -> None:
    begun = baked()
    begun.do(Park(Slot(StepId("goods")), "ask the bakers"))
    ann, bea = Copy("ann", tuple(begun.actions), 0), Copy("bea", tuple(begun.actions), 0)
    ann.do(RemoveItem(ann.item("P2")))
    bea.say("goods[P2]/goods.name", "Cheesecake")
    points = [one for one in to_notes(together(ann, bea)).points if one.question == "What do you make?"]
    assert [one.kind for one in points] == ["disputed", "parked"]


def test_a_question_that_does_not_apply_any_more_has_no_dispute_in_the_notes() -> None:
    ann, bea = two()
    ann.say("opened", "1999-02")
    bea.say("opened", "2001-03")
    assert [one.kind for one in to_notes(together(ann, bea)).points].count("disputed") == 1
    ann.say("organisation.kind", "public")
    plan = together(ann, bea)
    assert plan.state.disputed
    assert [one.kind for one in to_notes(plan).points].count("disputed") == 0


def test_places_in_dispute_come_round_one_after_the_other() -> None:
    ann, bea = two()
    slots = [Slot(StepId(step)) for step in ("organisation.values", "slogan", "motto")]
    for copy in (ann, bea):
        for slot in slots:
            copy.say(str(slot), f"Warm, says {copy.name}")
    plan = together(ann, bea)
    assert [next_slot(plan, slot) for slot in slots] == [*slots[1:], slots[0]]


def test_a_dispute_goes_along_when_a_newer_script_is_adopted() -> None:
    ann, bea = two()
    ann.do(RemoveItem(ann.item("P2")))
    bea.say("goods[P2]/goods.name", "Cheesecake")
    everybody = plenary(ann, bea)
    everybody.do(AdoptScript(2, "later", RENAMES, "earlier"))
    assert list(everybody.plan.state.disputed) == [Slot(StepId("wares"))]
    assert fold(everybody.actions).disputed == everybody.plan.state.disputed


def test_of_two_newer_scripts_the_latest_version_is_in_use() -> None:
    ann, bea = two()
    ann.happen(ScriptAdopted(3, "third"))
    bea.say("slogan", "Warm at dawn")
    bea.happen(ScriptAdopted(2, "second"))
    adopted = together(ann, bea).state.adopted
    assert adopted is not None
    assert (adopted.version, adopted.digest) == (3, "third")


def test_an_answer_takes_the_time_since_the_one_before_in_its_own_copy() -> None:
    ann, bea = two()
    ann.clock.now, bea.clock.now = START + timedelta(hours=5), START + timedelta(hours=5, minutes=8)
    ann.say("slogan", "Warm all day")
    bea.say("organisation.values", "Fresh, and fair")
    bea.clock.now += timedelta(minutes=7)
    bea.say("motto", "Rise late")
    spent, hers = together(ann, bea).state.spent, bea.plan.state.spent
    for step in ("motto", "organisation.values"):
        assert spent[Slot(StepId(step))] == hers[Slot(StepId(step))]


def test_redo_in_a_log_of_two_copies_brings_back_what_was_undone_last() -> None:
    ann, bea = two()
    ann.say("slogan", "Warm all day")
    bea.say("motto", "Rise late")
    everybody = plenary(ann, bea)
    hers, his = ann.own[0], bea.own[0]
    for event in (
        ActionUndone(his.number, "bea"),
        ActionRedone(his.number, "bea"),
        ActionUndone(hers.number, "ann"),
        ActionUndone(his.number, "bea"),
    ):
        everybody.happen(event)
    assert [action.by for action in fold(everybody.actions).undone] == ["ann", "bea"]
    everybody.do(Redo())
    assert everybody.plan.answer(Slot(StepId("motto"))) == "Rise late"
    assert everybody.plan.answer(Slot(StepId("slogan"))) == "Still warm"


def test_settings_on_which_copies_end_alike_are_not_told() -> None:
    ann, bea = two()
    ann.do(MoveItem(ann.item("P2"), 0), MoveItem(ann.item("P1"), 0))
    bea.do(MoveItem(bea.item("P1"), 0))
    assert overruled(together(ann, bea)) == ()


def test_the_language_of_the_documents_is_a_setting_of_its_own() -> None:
    ann, bea = two()
    ann.happen(LanguageSet("nl", documents=True))
    bea.happen(LanguageSet("en"))
    assert overruled(together(ann, bea)) == ()
    bea.happen(LanguageSet("en", documents=True))
    assert len(overruled(together(ann, bea))) == 1


def test_what_applied_in_no_copy_does_not_fall_away() -> None:
    begun = baked()
    begun.say("organisation.kind", "public")
    ann, bea = Copy("ann", tuple(begun.actions), 0), Copy("bea", tuple(begun.actions), 0)
    ann.say("slogan", "Warm all day")
    bea.say("motto", "Rise late")
    assert list(fallen_away(together(ann, bea), [ann.plan, bea.plan])) == []


def test_what_was_taken_back_goes_along_when_a_newer_script_calls_it_otherwise() -> None:
    begun = baked()
    begun.say("goods[P1]/goods.name", "Spelt")
    ann, bea = Copy("ann", tuple(begun.actions), 0), Copy("bea", tuple(begun.actions), 0)
    ann.do(Undo())
    bea.do(AdoptScript(2, "later", RENAMES, "earlier"))
    bea.say("wares[P1]/wares.name", "Spelt bread")
    plan = together(ann, bea)
    (dispute,) = plan.state.disputed[bea.slot("wares[P1]/wares.name")]
    assert [(side.by, side.value) for side in dispute.sides] == [("ann", "Rye"), ("bea", "Spelt bread")]


def test_an_item_brought_back_in_two_ways_is_there_for_everybody() -> None:
    begun = baked()
    begun.do(RemoveItem(begun.item("P2")))
    ann, bea = Copy("ann", tuple(begun.actions), 0), Copy("bea", tuple(begun.actions), 0)
    ann.do(Undo())
    bea.do(RestoreItem(bea.item("P2")))
    plan = together(ann, bea)
    assert plan.state.disputed == {}
    assert set(frames(plan)) == {"P1", "P2"}


def test_an_answer_that_was_brought_back_again_is_a_side_for_who_did_not_know() -> None:
    begun = baked()
    begun.say("slogan", "Warm all day")
    begun.do(Undo())
    ann, bea = Copy("ann", tuple(begun.actions), 0), Copy("bea", tuple(begun.actions), 0)
    ann.do(Redo())
    bea.say("slogan", "Warm at dawn")
    assert sides(together(ann, bea), "slogan") == [
        ("ann", "answered", "Warm all day"),
        ("bea", "answered", "Warm at dawn"),
    ]


def test_an_undo_of_a_removal_stands_against_who_removes_the_item_again() -> None:
    begun = baked()
    begun.do(RemoveItem(begun.item("P2")))
    ann, bea = Copy("ann", tuple(begun.actions), 0), Copy("bea", tuple(begun.actions), 0)
    ann.do(Undo())
    bea.do(RestoreItem(bea.item("P2")), RemoveItem(bea.item("P2")))
    plan = together(ann, bea)
    (dispute,) = plan.state.disputed[Slot(StepId("goods"))]
    assert [(side.says, side.by) for side in dispute.sides] == [("kept", "ann"), ("removed", "bea")]
    assert "P2" in frames(plan)


def test_redo_brings_nothing_back_once_something_new_was_said_after_both_took_it_back() -> None:
    begun = baked()
    begun.say("slogan", "Warm all day")
    ann, bea = Copy("ann", tuple(begun.actions), 0), Copy("bea", tuple(begun.actions), 0)
    ann.do(Undo())
    bea.do(Undo())
    assert [action.number for action in together(ann, bea).state.undone] == [begun.actions[-1].number]
    bea.say("motto", "Rise late")
    assert together(ann, bea).state.undone == ()
    assert plenary(ann, bea).refusal(Redo()) == "nothing_to_redo"


def test_what_a_lost_line_knew_is_told_by_the_line_before_it() -> None:
    begun = begun_by_all()
    cor = Copy("cor", begun, 0)
    cor.say("slogan", "Warm all day")
    ann = Copy("ann", tuple(cor.actions), 0)
    ann.say("motto", "Rise late")
    ann.say("organisation.values", "Fresh, and fair")
    bea = Copy("bea", tuple(ann.actions), 0)
    bea.say("slogan", "Warm at dawn")
    state = fold([*begun, *cor.own, ann.own[0], *bea.own])
    assert state.disputed == {}
    assert state.facts[Slot(StepId("slogan"))].value == "Warm at dawn"
