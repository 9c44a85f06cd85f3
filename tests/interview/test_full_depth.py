"""What only full depth asks: never in the room, passed with Enter, and back from strategy.toml as it was."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest

from bsc_coach.interview.explanation import explain
from bsc_coach.interview.facts.agenda import AskInFull, PlanAgenda
from bsc_coach.interview.facts.lists import AddItem, CloseList
from bsc_coach.interview.navigation import asks_itself
from bsc_coach.interview.notes import to_notes
from bsc_coach.interview.plan import Plan
from bsc_coach.interview.projection import to_strategy
from bsc_coach.interview.reconcile import import_strategy
from bsc_coach.interview.replans import ways_out
from bsc_coach.script.model import QuestionStep, Script
from bsc_coach.script.slots import StepId
from bsc_coach.strategy.model import Strategy
from tests.support.clock import item_ids
from tests.support.full_depth import with_all_that_full_depth_asks
from tests.support.riverbend import riverbend_plan, strategy_map
from tests.support.room import Room
from tests.support.sentinels import PlayedSession, play_everything

ROOM = "half_day"
PICKS = {"links.cause": "O1", "links.effect": "C1", "kpis.process": "P1"}


@cache
def in_the_room() -> PlayedSession:
    return play_everything(strategy_map(), "en", PICKS, preset=ROOM)


def left_out_without_a_word(script: Script) -> Iterator[StepId]:
    """Yield the questions that are dropped where not everything is asked, or stand inside one that is."""
    for step in script.steps:
        around = step
        while around.late != "drop" and around.within is not None:
            around = script.step(around.within)
        if isinstance(step, QuestionStep) and around.late == "drop":
            yield step.id


def test_the_room_is_asked_none_of_it_and_the_document_does_not_mention_it() -> None:
    script, played = strategy_map(), in_the_room()
    dropped = set(left_out_without_a_word(script))
    assert {"themes", "risks", "kpis.amber", "initiatives.amount", "promises.owner_role"} <= dropped
    assert not dropped & played.asked.keys()
    assert played.plan is not None
    shorts = {step.short for step in script.steps if step.id in dropped} - {"Description", "Owner role"}
    told = {one.name for part in to_notes(played.plan).not_discussed for one in part.questions}
    assert told
    assert not told & shorts


def test_in_the_room_it_would_be_told_if_it_were_merely_left() -> None:
    """The control: what is left, and not dropped, is printed as not discussed."""
    played = in_the_room()
    assert played.plan is not None
    told = {one.name for part in to_notes(played.plan).not_discussed for one in part.questions}
    assert "Lever" in told


def test_at_full_depth_enter_passes_each_of_them() -> None:
    script = strategy_map()
    questions = [script.step(one) for one in left_out_without_a_word(script)]
    outer = [
        one for one in questions if isinstance(one, QuestionStep) and one.within not in ("themes", "risks")
    ]
    assert len(outer) > 20
    assert [one.id for one in outer if not one.optional] == []
    inside = [
        one for one in questions if one.within in ("themes", "risks") and not getattr(one, "optional", True)
    ]
    assert {one.id for one in inside} == {"themes.title", "risks.title"}


def firm() -> Room:
    room = Room(strategy_map())
    room.say("organisation.kind", "business")
    return room


def test_a_firm_may_have_a_mission_where_everything_is_asked() -> None:
    room = firm()
    missions = room.at("missions")
    assert (missions.optional, missions.needs_asking, asks_itself(missions)) == (True, False, True)
    room.do(AddItem(room.slot("missions"), {StepId("missions.title"): "Nobody has to leave the valley"}))
    room.close("missions")
    assert [one.title for one in to_strategy(room.plan).missions] == ["Nobody has to leave the valley"]


def test_a_firm_without_a_mission_closes_the_list_and_a_public_body_cannot() -> None:
    room = firm()
    room.do(CloseList(room.slot("missions")))
    assert room.at("missions").refusals == ()
    room.say("organisation.kind", "public")
    missions = room.at("missions")
    assert not missions.optional
    assert [one.key for one in missions.refusals] == ["too_few"]


def test_in_the_room_a_firm_is_asked_no_mission_and_a_public_body_is() -> None:
    room = firm()
    room.do(PlanAgenda(ROOM))
    assert not asks_itself(room.at("missions"))
    room.do(AskInFull("results"))
    assert asks_itself(room.at("missions"))
    public = Room(strategy_map())
    public.say("organisation.kind", "public")
    public.do(PlanAgenda(ROOM))
    assert asks_itself(public.at("missions"))


def test_what_is_dropped_goes_when_a_session_at_full_depth_is_late() -> None:
    room = firm()
    room.do(PlanAgenda("half_day"), AskInFull())
    assert asks_itself(room.at("themes"))
    home, left, _ = ways_out(room.plan, room.clock(), None)
    assert "themes" not in home.command.cut
    room.do(left.command)
    assert not asks_itself(room.at("themes"))


def whole() -> Strategy:
    return with_all_that_full_depth_asks(to_strategy(riverbend_plan()))


def taken_in(plan: Plan, strategy: Strategy) -> Room:
    """Take an edited strategy into a session; nothing of it is left out."""
    room = Room(plan.script)
    first = import_strategy(room.plan, to_strategy(plan), item_ids("new"))
    room.happen(*first.events)
    found = import_strategy(room.plan, strategy, item_ids("next"))
    assert [one for one in found.differences if one.kind == "left"] == []
    room.happen(*found.events)
    return room


@pytest.mark.slow
def test_all_of_it_comes_in_from_the_file_and_goes_out_as_it_was() -> None:
    room = taken_in(riverbend_plan(), whole())
    assert to_strategy(room.plan) == whole()
    assert [one.slot for one in room.plan.statuses.values() if one.refusals] == []
    theme, risk = explain(room.plan, "TH1"), explain(room.plan, "R1")
    assert theme is not None
    assert risk is not None
    assert (theme.kind, risk.kind, risk.owner) == ("themes", "risks", "COO")
    assert {"O1", "C1", "F1", "L1"} <= {one.id for one in theme.themed}
    point = explain(room.plan, risk_point := whole().risks[0].threatens or "")
    assert point is not None, risk_point
    assert [one.id for one in point.risks] == ["R1"]


def test_a_kpi_may_be_guarded_by_one_of_another_point() -> None:
    asked = play_everything(strategy_map(), "en", PICKS | {"kpis.guard_kpi": "C1"}, preset="").strategy
    guards = {one.id: one.guard_kpi for one in asked.kpis}
    assert guards["F1.1"] == guards["O1.1"] == "C1.1"
    assert guards["C1.1"] == "C1.2"


def test_links_are_told_by_two_picks_and_one_by_itself() -> None:
    played = play_everything(
        strategy_map(), "en", PICKS | {"links.holding": "X2"}, passed=("links.enabling",)
    )
    assert [one.kind for one in played.strategy.links] == [None, "holds_back"]


def test_a_theme_is_asked_of_points_only_where_there_are_themes() -> None:
    themed = {StepId(f"{name}.theme") for name in ("objective", "promises", "outcomes", "enablers")}
    played = play_everything(strategy_map(), "en", PICKS)
    assert themed <= played.asked.keys()
    without = play_everything(strategy_map(), "en", PICKS, empty=("themes",))
    assert not themed & without.asked.keys()
    assert without.strategy.themes == ()
