"""The facts of the agenda: presets, what is left out and asked after all, undo, odd values in a journal."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bsc_coach.conversation.time_words import (
    agenda_event_said,
    clock_said,
    entry_said,
    planned_said,
    way_out_said,
)
from bsc_coach.interview.facts import agenda as facts
from bsc_coach.interview.facts.agenda import AGENDA, AskInFull, PlanAgenda, Replan, TakeTime
from bsc_coach.interview.facts.answers import Accept
from bsc_coach.interview.facts.registry import event_from_json
from bsc_coach.interview.facts.session import Redo, Undo
from bsc_coach.interview.fold import fold
from bsc_coach.interview.navigation import agenda, minutes_to_go
from bsc_coach.interview.notes import to_notes
from bsc_coach.interview.plan import Plan
from bsc_coach.interview.presets import PRESETS
from bsc_coach.interview.replans import ways_out
from bsc_coach.interview.state import Break
from bsc_coach.script.slots import StepId, parse_slot
from tests.support.clock import START
from tests.support.riverbend import strategy_map
from tests.support.room import Room

NAME, YEAR = parse_slot("organisation.name"), parse_slot("organisation.year")


def new() -> Room:
    return Room(strategy_map())


def left_aside(plan: Plan) -> dict[str, str]:
    """Return where each question goes that is not asked by itself, those that never are left out."""
    return {str(slot): one.aside for slot, one in plan.statuses.items() if one.aside not in ("", "unasked")}


# Planning


def test_everything_leaves_nothing_aside_and_shorter_presets_leave_out_more() -> None:
    counts = []
    for preset in ("everything", "half_day", "90_minutes"):
        room = new()
        room.do(PlanAgenda(preset))
        counts.append(len(left_aside(room.plan)))
        assert room.plan.state.agenda.preset == preset
    assert counts[0] == 0
    assert 0 < counts[1] < counts[2]


def test_a_plan_without_figures_takes_those_of_its_preset() -> None:
    for name, preset in PRESETS.items():
        room = new()
        room.do(PlanAgenda(name))
        plan = room.plan.state.agenda
        assert (plan.minutes, plan.sittings, plan.depth) == (preset.minutes, preset.sittings, preset.depth)
        assert plan.begin == room.actions[-1].at  # it begins when it is planned


def test_a_plan_keeps_what_was_said_of_the_slot() -> None:
    room, begin = new(), datetime(2026, 11, 18, 9, 0, tzinfo=UTC)
    room.do(PlanAgenda("half_day", begin, 210, 7, (Break(90, 15), Break(150, 5))))
    plan = fold(room.actions).agenda
    assert (plan.begin, plan.minutes, plan.people) == (begin, 210, 7)
    assert plan.breaks == (Break(90, 15), Break(150, 5))


@pytest.mark.parametrize(
    ("command", "key"),
    [
        (PlanAgenda("a_fortnight"), "agenda_no_preset"), (PlanAgenda(""), "agenda_no_preset"),
        (PlanAgenda("half_day", minutes=24 * 60 + 1), "agenda_slot"),
        (PlanAgenda("half_day", minutes=60, breaks=(Break(10, 60),)), "agenda_slot"),
        (PlanAgenda("half_day", people=61), "agenda_people"),
        (PlanAgenda("half_day", people=-1), "agenda_people"),
        (Replan("leave", {"colours": "leave"}), "agenda_unknown"),
        (Replan("leave", {"clusters[nowhere]": "leave"}), "agenda_unknown"),
        (Replan("leave", {"measures[O1]": "leave"}), "agenda_unknown"),
        (Replan("", {"measures": "leave"}), "agenda_unknown"),
        (AskInFull("kpis.target"), "agenda_unknown"),
    ],
)  # fmt: skip
def test_what_cannot_be_planned_is_refused(command: PlanAgenda | Replan | AskInFull, key: str) -> None:
    assert new().refusal(command) == key


# Replanning, and asking it after all


def test_what_is_left_out_goes_where_the_replan_says() -> None:
    room = new()
    room.do(PlanAgenda("everything"))
    room.do(Replan("x", {"organisation.values": "leave", "clusters[social]": "homework"}))
    aside = left_aside(room.plan)
    assert aside["organisation.values"] == "leave"
    assert {where for path, where in aside.items() if path.startswith("clusters[social]/")} == {"homework"}
    assert not any(path.startswith("clusters[operations]/") for path in aside)


def test_two_replans_add_up_and_the_later_one_counts() -> None:
    room = new()
    room.do(PlanAgenda("everything"))
    room.do(Replan("leave", {"organisation.values": "leave", "organisation.year": "leave"}))
    room.do(Replan("homework", {"organisation.values": "homework"}, short=True))
    aside = left_aside(room.plan)
    assert (aside["organisation.values"], aside["organisation.year"]) == ("homework", "leave")
    assert room.plan.state.agenda.short


def test_an_answer_given_all_the_same_counts_like_any_other() -> None:
    room = new()
    room.do(PlanAgenda("everything"), Replan("leave", {"organisation.year": "leave"}), Accept(YEAR, 2030))
    status = room.plan.statuses[YEAR]
    assert (status.value, status.settled, status.aside) == (2030, True, "")


def test_a_part_asked_in_full_has_nothing_aside_and_the_others_keep_theirs() -> None:
    room = new()
    room.do(PlanAgenda("half_day"))
    before, section = left_aside(room.plan), room.plan.script.section_of
    room.do(AskInFull("ambition"))
    inside = {path for path in before if section(parse_slot(path).step) == "ambition"}
    assert inside
    assert left_aside(room.plan) == {path: where for path, where in before.items() if path not in inside}
    room.do(AskInFull())
    assert left_aside(room.plan) == {}


def test_a_part_that_was_left_to_another_day_is_asked_after_all() -> None:
    room = new()
    room.do(PlanAgenda("everything"), Replan("sitting", {"ambition": "sitting"}))
    assert left_aside(room.plan)[str(NAME)] == "sitting"
    room.do(AskInFull("ambition"))
    assert str(NAME) not in left_aside(room.plan)


# Undo and time


@pytest.mark.parametrize(
    "command",
    [
        PlanAgenda("90_minutes", None, 80, 5, (Break(40, 10),)),
        Replan("sitting", {"measures": "sitting"}, short=True),
        AskInFull("ambition"),
        AskInFull(),
    ],
)
def test_undo_brings_the_old_plan_back_and_redo_the_new_one(
    command: PlanAgenda | Replan | AskInFull,
) -> None:
    room = new()
    room.do(PlanAgenda("half_day", None, 200, 7, (Break(90, 15),)), Replan("leave", {"proposition": "leave"}))
    before = room.plan
    room.do(command)
    later = room.plan
    assert (later.state.agenda, left_aside(later)) != (before.state.agenda, left_aside(before))
    room.do(Undo())
    assert (room.plan.state.agenda, room.plan.statuses) == (before.state.agenda, before.statuses)
    assert minutes_to_go(room.plan) == minutes_to_go(before)
    room.do(Redo())
    assert (room.plan.state.agenda, room.plan.statuses) == (later.state.agenda, later.statuses)


def test_time_that_was_taken_is_neither_undone_nor_in_the_way_of_undo_and_redo() -> None:
    room = new()
    room.do(Accept(NAME, "Korenaar"), TakeTime("break", START, ""))
    assert len(room.plan.state.apart) == 1
    room.do(Undo())
    assert room.plan.answer(NAME) is None
    assert len(room.plan.state.apart) == 1
    room.do(TakeTime("talk", START + timedelta(minutes=1), "the roof"))
    room.do(Redo())  # what was said in between has not emptied the stack
    assert room.plan.answer(NAME) == "Korenaar"
    assert [one.about for one in room.plan.state.apart] == ["", "the roof"]
    assert room.refusal(Redo())
    state = fold(room.actions)
    assert (state.apart, state.facts) == (room.plan.state.apart, room.plan.state.facts)


# What a journal may hold that no command of ours leads to

NOW = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)
ODD_NUMBERS = st.sampled_from([0, -1, 1, 180, 10**9, 2**63, 10**400])
ODD_MOMENTS = st.sampled_from(
    ["", "0", "yesterday", "2026-11-18T09:00", "2026-11-18T09:00:00+00:00", "9999-12-31T23:59:59-12:00",
     "0001-01-01T00:00:00+14:00"]
)  # fmt: skip
ODD_BREAKS = st.lists(
    st.sampled_from(["90+15", "", "+", "x+y", "-5+3", "0+0", "99999+99999", "²+³", "٣+٤", "9" * 500 + "+1"]),
    max_size=3,
)
NAMES = [step.id for step in strategy_map().steps]
ODD_CUT = st.dictionaries(
    st.sampled_from([*NAMES, "", "nowhere", "clusters[", "clusters[social]", "clusters[x]", "[social]"]),
    st.sampled_from(["homework", "leave", "sitting", "unasked", "", "the moon"]),
    max_size=5,
)
ODD_EVENTS: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "planned": st.fixed_dictionaries(
        {"t": st.just("planned"), "preset": st.sampled_from([*PRESETS, "", "a_fortnight", "{n}"])},
        optional={
            "depth": st.sampled_from(["room", "full", "deep"]), "begin": ODD_MOMENTS, "minutes": ODD_NUMBERS,
            "sittings": ODD_NUMBERS, "people": ODD_NUMBERS, "breaks": ODD_BREAKS, "cut": ODD_CUT,
            "short": st.booleans(),
        },
    ),
    "replanned": st.fixed_dictionaries(
        {"t": st.just("replanned"), "how": st.sampled_from(["homework", "leave", "sitting", "", "{n}"])},
        optional={"cut": ODD_CUT, "short": st.booleans()},
    ),
    "in_full": st.fixed_dictionaries(
        {"t": st.just("in_full")}, optional={"part": st.sampled_from([*NAMES, "", "nowhere"])}
    ),
    "time": st.fixed_dictionaries(
        {"t": st.just("time"), "why": st.sampled_from(["break", "talk", "", "sleep"]), "begin": ODD_MOMENTS},
        optional={"about": st.sampled_from(["the roof", "{n}", ""])},
    ),
}  # fmt: skip


def test_each_kind_of_event_is_tried_with_odd_values() -> None:
    assert set(ODD_EVENTS) == {event.kind for event in AGENDA.events}


def looks(told: list[dict[str, Any]]) -> None:
    """Let events of a journal happen, and look at all that is told of the time."""
    room = new()
    for one in told:
        event = event_from_json(json.loads(json.dumps(one)))
        room.happen(event)
        agenda_event_said(room.plan, event)  # type: ignore[arg-type]
    plan = room.plan
    planned_said(plan, NOW)
    clock_said(plan, NOW)
    to_notes(plan)
    for entry in agenda(plan):
        entry_said(entry, "nl")
        assert entry.minutes_planned >= 0
        assert entry.minutes_left >= 0
    for way in ways_out(plan, NOW, None):
        way_out_said(way, "en")
    assert fold(room.actions).agenda == plan.state.agenda


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(st.one_of(*ODD_EVENTS.values()), min_size=1, max_size=3))
def test_odd_values_of_a_journal_are_read_as_something_one_can_plan_with(told: list[dict[str, Any]]) -> None:
    looks(told)


def test_values_that_are_taken_as_they_stand_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: without the limits, minutes beyond all reason end the program."""
    told = {"t": "planned", "preset": "half_day", "minutes": 10**400, "begin": "2026-11-18T09:00:00+00:00"}
    looks([told])
    monkeypatch.setattr(facts, "_within", lambda number, most: number)
    with pytest.raises(OverflowError):
        looks([told])


def test_what_is_not_known_counts_as_not_discussed() -> None:
    room = new()
    room.happen(event_from_json({"t": "replanned", "how": "later", "cut": {"organisation.year": "the moon"}}))
    assert room.plan.statuses[YEAR].aside == "leave"
    assert StepId("organisation.year") in room.plan.state.agenda.cut
