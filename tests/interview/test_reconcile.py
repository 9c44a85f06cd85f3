"""From an edited strategy back to answers: what differs is said, and nothing is lost or made up."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bsc_coach.interview.differences import Difference
from bsc_coach.interview.facts.answers import SlotAnswered
from bsc_coach.interview.facts.lists import CloseList, RemoveItem
from bsc_coach.interview.facts.log import Event
from bsc_coach.interview.facts.provenance import TakeOver
from bsc_coach.interview.facts.session import Undo
from bsc_coach.interview.plan import Plan
from bsc_coach.interview.projection import to_strategy
from bsc_coach.interview.reconcile import Import, import_strategy
from bsc_coach.session.opening import create_session, open_session
from bsc_coach.strategy.model import Strategy
from tests.support.clock import item_ids
from tests.support.own_questions import answered, answered_folder, own_source
from tests.support.riverbend import riverbend_plan, strategy_map
from tests.support.room import Room, baked
from tests.support.scripts import bakery
from tests.support.sessions import same_environment

O2 = "clusters[operations]/candidates[O2]"


def edited(room: Room, **changes: Any) -> Strategy:
    """Return the strategy of a room with some of its fields changed as in an editor."""
    table = to_strategy(room.plan).model_dump(mode="json", exclude_none=True)
    return Strategy.model_validate({**table, **changes})


def table_of(room: Room) -> dict[str, Any]:
    return to_strategy(room.plan).model_dump(mode="json", exclude_none=True, exclude_defaults=True)


def take(room: Room, strategy: Strategy) -> Import:
    """Take an edited strategy in; afterwards the room says what it says, apart from what is left."""
    found = import_strategy(room.plan, strategy, room.stamp.ids)
    if found.events:
        room.happen(*found.events)
    if not any(difference.kind == "left" for difference in found.differences):
        assert to_strategy(room.plan) == strategy
    assert bool(found.events) <= bool(found.differences)
    return found


def told(found: Import) -> list[tuple[str, str]]:
    return [(difference.kind, difference.what) for difference in found.differences]


def comes_back(plan: Plan, taking: Any = import_strategy) -> Plan:
    """Take the strategy of a plan into an empty session of the same script."""
    room = Room(plan.script)
    strategy = to_strategy(plan)
    found = taking(room.plan, strategy, item_ids("new"))
    room.happen(*found.events)
    assert to_strategy(room.plan) == strategy
    assert [difference for difference in found.differences if difference.kind == "left"] == []
    return room.plan


@pytest.mark.slow
def test_the_hospital_comes_back_from_its_strategy_alone() -> None:
    again = comes_back(riverbend_plan())
    wrong = [s for s in again.statuses.values() if s.active and (s.stale or s.refusals)]
    assert wrong == []
    assert {s.slot.step for s in again.statuses.values() if s.needs_asking} <= {
        "organisation.customer_value", "participants.vote", "readback.confirm", "closing.confirm",
    }  # fmt: skip


def test_the_bakery_comes_back_from_its_strategy_alone() -> None:
    comes_back(baked().plan)


def test_an_import_that_drops_an_answer_is_noticed() -> None:
    def careless(plan: Plan, strategy: Strategy, ids: Any) -> Import:
        found = import_strategy(plan, strategy, ids)
        answered = next(event for event in found.events if isinstance(event, SlotAnswered))
        return Import(found.differences, tuple(event for event in found.events if event is not answered))

    with pytest.raises(AssertionError):
        comes_back(baked().plan, careless)


def test_what_is_unchanged_is_no_difference() -> None:
    for plan in (riverbend_plan(), baked().plan, Room(strategy_map()).plan):
        assert import_strategy(plan, to_strategy(plan), item_ids()) == Import()


def test_a_changed_text_is_an_answer() -> None:
    room = baked()
    table = table_of(room)
    table["organisation"]["name"] = "Korenaar Bakeries"
    table["candidates"][1]["title"] = "Halve what we throw away"
    found = take(room, Strategy.model_validate(table))
    assert found.differences == (
        Difference("changed", "Name", "Korenaar", "Korenaar Bakeries"),
        Difference(
            "changed", "O2 Halve the bread thrown away · Title", "Halve the waste", "Halve what we throw away"
        ),
    )  # fmt: skip
    assert room.at(f"{O2}/objective.title").stale


def test_what_was_edited_together_is_not_stale_by_it() -> None:
    room = baked()
    table = table_of(room)
    table["organisation"].update(horizon_year=2032, ambition="Bread at every window")
    take(room, Strategy.model_validate(table))
    assert not room.at("organisation.ambition").stale


def test_a_value_that_is_gone_opens_its_question_again() -> None:
    room = baked()
    table = table_of(room)
    del table["organisation"]["ambition"]
    assert told(take(room, Strategy.model_validate(table))) == [("withdrawn", "Ambition")]
    assert room.at("organisation.ambition").answer_state == "open"
    room.do(Undo())
    assert room.at("organisation.ambition").value == "Bread at every door"


def test_an_item_that_is_gone_is_removed_with_all_about_it() -> None:
    room = baked()
    table = table_of(room)
    table["candidates"] = [one for one in table["candidates"] if one["id"] != "O1"]
    assert told(take(room, Strategy.model_validate(table))) == [("removed", "O1")]
    assert room.item("O1") in room.plan.state.list_at(room.slot("clusters[operations]/candidates")).removed


def test_an_item_that_is_new_is_added_under_its_own_short_id() -> None:
    room = baked()
    table = table_of(room)
    table["processes"].append({"id": "P7", "name": "Buns", "value_type": "value"})
    found = take(room, Strategy.model_validate(table))
    assert ("added", "P7") in told(found)
    assert room.at("goods[P7]/goods.name").value == "Buns"
    assert room.at("goods").answer_state == "answered"
    room.add("goods", name="Pies")
    assert "P8" in room.plan.state.shorts.values()


def test_a_measure_that_is_new_goes_to_its_objective() -> None:
    room = baked()
    table = table_of(room)
    table["kpis"].insert(1, {"id": "O2.2", "measures": "O2", "name": "Bags a day", "target": 3})
    found = take(room, Strategy.model_validate(table))
    assert ("added", "O2.2") in told(found)
    assert room.at(f"{O2}/kpis[O2.2]/kpis.target").value == 3
    assert room.at(f"{O2}/kpis").answer_state == "answered"


def test_an_item_that_was_removed_is_restored_when_it_stands_in_the_file_again() -> None:
    room = baked()
    before = to_strategy(room.plan)
    item = room.item("P2")
    room.do(RemoveItem(item))
    assert told(take(room, before))[0] == ("added", "P2")
    assert room.item("P2") == item


def test_the_order_of_the_file_is_taken_over() -> None:
    room = baked()
    table = table_of(room)
    table["processes"].reverse()
    assert told(take(room, Strategy.model_validate(table))) == [("moved", "Goods")]
    assert [one.id for one in to_strategy(room.plan).processes] == ["P2", "P1"]


def test_the_order_is_taken_over_where_items_were_removed_before() -> None:
    room = Room(bakery())
    for name in ("Rye", "Cake", "Buns", "Rolls"):
        room.add("goods", name=name)
    room.close("goods")
    room.do(RemoveItem(room.item("P1")))
    table = table_of(room)
    table["processes"].reverse()
    take(room, Strategy.model_validate(table))
    assert [one.id for one in to_strategy(room.plan).processes] == ["P4", "P3", "P2"]


def test_a_new_item_in_the_middle_stands_in_the_middle() -> None:
    room = baked()
    table = table_of(room)
    table["processes"].insert(0, {"id": "P5", "name": "Buns"})
    take(room, Strategy.model_validate(table))
    assert [one.id for one in to_strategy(room.plan).processes] == ["P5", "P1", "P2"]


def test_marking_another_candidate_changes_the_pick() -> None:
    room = baked()
    table = table_of(room)
    table["candidates"][0]["selected"] = True
    table["objectives"].insert(0, {"id": "O1", "title": "Shorten the night"})
    found = take(room, Strategy.model_validate(table))
    assert found.differences[0].kind == "changed"
    assert room.at("clusters[operations]/vital").value == (room.item("O1"), room.item("O2"))
    assert room.at("clusters[operations]/candidates[O1]/objective.title").value == "Shorten the night"


def test_marking_none_any_more_opens_the_pick() -> None:
    room = baked()
    table = table_of(room)
    del table["candidates"][2]["selected"]
    table["objectives"] = [one for one in table["objectives"] if one["id"] != "CM1"]
    table["kpis"] = [one for one in table["kpis"] if one["measures"] != "CM1"]
    found = import_strategy(room.plan, Strategy.model_validate(table), room.stamp.ids)
    room.happen(*found.events)
    assert room.at("clusters[customer]/vital").answer_state == "open"
    assert [one.id for one in to_strategy(room.plan).objectives] == ["O2"]


def test_why_a_cluster_is_empty_comes_and_goes() -> None:
    room = Room(bakery())
    table: dict[str, Any] = table_of(room)
    table["clusters"] = [{"id": "operations"}, {"id": "customer", "empty_because": "The shop is small"}]
    found = take(room, Strategy.model_validate(table))
    assert [difference.now for difference in found.differences] == ["The shop is small"]
    assert room.at("clusters[customer]/candidates").settled
    del table["clusters"][1]["empty_because"]
    found = take(room, Strategy.model_validate(table))
    assert [difference.kind for difference in found.differences] == ["withdrawn"]
    assert room.at("clusters[customer]/candidates").answer_state == "open"


def test_an_extra_answer_can_be_changed_and_taken_out() -> None:
    room = baked()
    table = table_of(room)
    table["extra"][0]["answer"] = "Warmer still"
    assert told(take(room, Strategy.model_validate(table))) == [("changed", "Slogan")]
    table["extra"] = [one for one in table["extra"] if one["step"] != "motto"]
    assert told(take(room, Strategy.model_validate(table))) == [("withdrawn", "Motto")]
    assert room.at("motto").answer_state == "open"


def test_other_words_for_a_choice_alone_go_nowhere_and_that_is_said() -> None:
    room = answered()
    table = table_of(room)
    (heavy,) = (one for one in table["extra"] if one["step"] == "own.weight")
    heavy["said"] = "Heavier than lead"
    assert ("left", "extra own.weight") in told(take(room, Strategy.model_validate(table)))
    heavy |= {"answer": "zz_light", "said": "Hardly at all"}
    assert [kind for kind, _ in told(take(room, Strategy.model_validate(table)))] == ["changed"]


@pytest.mark.parametrize(
    ("where", "entry", "what"),
    [
        ("participants", {"id": "T1", "name": "Ann"}, "participants T1"),
        ("candidates", {"id": "S1", "cluster": "social", "title": "Warm the street"}, "S1"),
        ("candidates", {"id": "CM9", "cluster": "operations", "title": "Bake"}, "CM9"),
        ("objectives", {"id": "X9", "title": "Bake at night"}, "X9"),
        ("kpis", {"id": "O7.1", "measures": "O7", "name": "Bags"}, "O7.1"),
        ("kpis", {"id": "P1.1", "measures": "P1", "name": "Bags"}, "P1.1"),
        ("extra", {"step": "no.such", "question": "?", "answer": "x"}, "?"),
        ("extra", {"step": "goods.name", "question": "?", "answer": "x"}, "?"),
        ("extra", {"step": "slogan", "about": "P1", "question": "?", "answer": "x"}, "?"),
    ],
)
def test_what_has_no_place_here_is_said(where: str, entry: dict[str, Any], what: str) -> None:
    room = baked()
    table = table_of(room)
    table[where] = [*table.get(where, []), entry]
    found = take(room, Strategy.model_validate(table))
    assert ("left", what) in told(found)
    assert room.plan.retired() == ()


def test_a_pick_of_what_is_not_there_is_said() -> None:
    room = baked()
    table = table_of(room)
    table["kpis"][0]["process"] = "P9"
    assert ("left", "O2.1 Measure of O2 · Process") in told(take(room, Strategy.model_validate(table)))
    assert room.at(f"{O2}/kpis[O2.1]/kpis.process").value == (room.item("P1"),)


def test_what_fell_away_with_what_was_taken_out_is_said() -> None:
    room = baked()
    table = table_of(room)
    table["candidates"] = [one for one in table["candidates"] if one["id"] != "O2"]
    found = take(room, Strategy.model_validate(table))
    assert ("removed", "O2") in told(found)
    assert any(kind == "left" and "objectives" in what for kind, what in told(found))
    assert any(kind == "left" and "kpis" in what for kind, what in told(found))


def test_a_value_that_breaks_a_limit_comes_in_and_is_shown_as_such() -> None:
    room = baked()
    table = table_of(room)
    table["organisation"]["name"] = "K" * 60
    take(room, Strategy.model_validate(table))
    assert [refusal.key for refusal in room.at("organisation.name").refusals] == ["too_long"]


def test_another_language_of_the_script_is_taken_over_and_others_are_said() -> None:
    room = baked()
    found = import_strategy(room.plan, edited(room, language="nl"), room.stamp.ids)
    assert [(d.kind, d.what, d.now) for d in found.differences] == [("left", "language", "nl")]


def test_what_does_not_apply_as_things_stand_is_said() -> None:
    room = Room(strategy_map())
    table = {"proposition": {"attributes": [{"id": "price", "role": "differentiator", "good_enough": "Low"}]}}
    found = take(room, Strategy.model_validate(table))
    assert ("left", "attributes price.good_enough") in told(found)


def test_an_import_is_one_action_that_undo_takes_back() -> None:
    room = baked()
    before = to_strategy(room.plan)
    table = table_of(room)
    table["processes"].append({"id": "P3", "name": "Buns"})
    table["organisation"]["name"] = "Other"
    take(room, Strategy.model_validate(table))
    room.do(Undo())
    assert to_strategy(room.plan) == before


def test_a_list_is_only_finished_by_a_file_that_adds_to_it() -> None:
    room = Room(bakery())
    room.add("goods", name="Rye")
    table = table_of(room)
    table["processes"][0]["name"] = "Rye bread"
    take(room, Strategy.model_validate(table))
    assert room.at("goods").answer_state == "open"
    room.do(CloseList(room.slot("goods")))
    events: tuple[Event, ...] = import_strategy(room.plan, to_strategy(room.plan), item_ids()).events
    assert events == ()


def test_own_lists_come_over_to_a_new_session_on_the_same_script(tmp_path: Path) -> None:
    earlier = open_session(answered_folder(tmp_path / "first"), same_environment(), read_only=True)
    earlier.close()
    session = create_session(tmp_path / "next", own_source(), same_environment(ids="n"))
    taken = session.take_over(earlier.strategy(), TakeOver("first", "ab"))
    assert [one for one in taken.differences if one.kind == "left"] == []
    before, after = earlier.strategy().extra, session.strategy().extra
    assert [(one.step, one.about, one.answer, one.said) for one in after] == [
        (one.step, one.about, one.answer, one.said) for one in before
    ]
    assert len(before) > 10
    session.close()
