"""The timetable: it fills the slot to the minute, breaks included, and what it leaves out is told."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from random import Random

import pytest

from bsc_coach.interview.consequences import after
from bsc_coach.interview.facts.agenda import PlanAgenda, Replan
from bsc_coach.interview.facts.answers import SlotReopened
from bsc_coach.interview.forecast import forecast
from bsc_coach.interview.navigation import agenda, title_of
from bsc_coach.interview.plan import Plan
from bsc_coach.interview.presets import PRESETS
from bsc_coach.interview.schedule import planned_minutes
from bsc_coach.interview.state import AgendaFact, Break
from bsc_coach.interview.timetable import SLIVER, Timetable, timetable
from bsc_coach.script.model import CollectStep, Step
from bsc_coach.script.slots import Slot, StepId
from tests.support.riverbend import riverbend_plan, strategy_map
from tests.support.room import Room


def planned(preset: str, minutes: int = 0, people: int = 7, breaks: tuple[Break, ...] = ()) -> Room:
    """Return the room of a new session that was planned so."""
    room = Room(strategy_map())
    room.do(PlanAgenda(preset, None, minutes, people, breaks))
    return room


def reopened(plan: Plan) -> Plan:
    """Return the plan of a finished session whose last confirmation was taken back."""
    return after(plan, (SlotReopened(Slot(StepId("closing.confirm"))),))


def of(room: Room) -> Timetable:
    return timetable(room.plan, room.plan.state.agenda)


def faults(table: Timetable, time: AgendaFact) -> list[str]:
    """Return what does not add up in a timetable."""
    found = []
    for rows in table.sittings:
        if time.minutes and sum(row.minutes for row in rows) != time.minutes:
            found.append("the sum")
        if rows and rows[0].begin:
            found.append("the beginning")
        if any(one.begin + one.minutes != then.begin for one, then in pairwise(rows)):
            found.append("the clock")
        breaks = sorted(row.minutes for row in rows if row.kind == "break")
        if breaks != sorted(one.minutes for one in time.breaks):
            found.append("the breaks")
    if len(table.sittings) != time.sittings:
        found.append("the sittings")
    return found


def any_slot(random: Random) -> Room:
    """Return a session with a slot, breaks and people that nobody thought of."""
    minutes = random.randint(60, 600)
    breaks = tuple(
        Break(random.randint(0, minutes - 1), random.randint(1, 19)) for _ in range(random.randint(0, 3))
    )
    return planned(random.choice(list(PRESETS)), minutes, random.randint(0, 12), breaks)


def test_parts_breaks_and_spare_time_add_up_to_any_slot() -> None:
    random = Random(11)
    for _ in range(200):
        room = any_slot(random)
        assert faults(of(room), room.plan.state.agenda) == [], room.plan.state.agenda


def test_a_minute_too_many_is_found() -> None:
    """The control."""
    room = planned("half_day", 210, breaks=(Break(90, 15),))
    time, (rows,) = room.plan.state.agenda, of(room).sittings
    longer = (replace(rows[0], minutes=rows[0].minutes + 1), *rows[1:])
    assert faults(Timetable((longer,), (), 0), time) == ["the sum", "the clock"]
    without = tuple(row for row in rows if row.kind != "break")
    assert "the breaks" in faults(Timetable((without,), (), 0), time)


def test_a_break_comes_at_its_time_or_at_the_end_of_a_part_close_to_it() -> None:
    random = Random(12)
    for _ in range(100):
        minutes, after = random.randint(120, 600), random.randint(30, 90)
        room = planned(random.choice(list(PRESETS)), minutes, breaks=(Break(after, 15),))
        for rows in of(room).sittings:
            (pause,) = (row.begin for row in rows if row.kind == "break")
            assert abs(pause - after) <= SLIVER
            assert all(row.minutes > SLIVER or row.begin != pause + 15 for row in rows if row.goes_on)


@pytest.mark.parametrize(("preset", "minutes"), [("half_day", 180), ("half_day", 120), ("90_minutes", 60)])
def test_a_new_session_takes_what_the_schedule_plans(preset: str, minutes: int) -> None:
    room = planned(preset, minutes)
    (rows,) = of(room).sittings
    told = [row.minutes for row in rows if row.kind == "part"]
    asked = [part for part, questions in forecast(room.plan).items() if questions]
    assert told == [planned_minutes(room.plan)[part] for part in asked]


def test_without_a_length_it_takes_as_long_as_it_takes() -> None:
    room = planned("everything")
    (rows,) = of(room).sittings
    assert {row.kind for row in rows} == {"part"}
    assert sum(row.minutes for row in rows) == sum(planned_minutes(room.plan).values())


def is_merely_offered(step: Step) -> bool:
    """Tell whether a question is dropped, or is in a list or pass that is."""
    only_in_full = isinstance(step, CollectStep) and step.full_when is not None
    if step.late == "drop" or only_in_full or step.within is None:
        return step.late == "drop" or only_in_full
    return is_merely_offered(strategy_map().step(step.within))


def test_what_is_asked_and_what_is_not_are_all_that_there_is() -> None:
    everything = forecast(planned("everything").plan)
    for preset in ("90_minutes", "half_day"):
        room = planned(preset)
        asked, left_out = forecast(room.plan), of(room).not_asked
        titles = {title for one in left_out for title in one.parts}
        passes = {"KPIs (Promises)", "KPIs (Enablers)"}
        for part, questions in everything.items():
            gone = questions.keys() - asked[part].keys()
            title = title_of(room.plan, strategy_map().step(part[0]))
            title = title if part[1] is None else room.plan.label(((part[0], part[1]),))
            assert (title in titles) == bool(gone)
            names = {name for one in left_out if title in one.parts for name in one.questions}
            steps = [strategy_map().step(step) for step in gone]
            # What is dropped, and a list that only full depth asks for, goes nowhere.
            outer = [step for step in steps if step.within not in gone and not is_merely_offered(step)]
            assert not names or names - passes == {title_of(room.plan, step) for step in outer}
        assert passes <= {name for one in left_out for name in one.questions}


def test_where_it_goes_is_told() -> None:
    room = planned("half_day")
    goes = {(one.goes, part) for one in of(room).not_asked for part in one.parts}
    assert ("homework", "KPIs") in goes
    assert ("leave", "Initiatives") in goes
    assert not any(aside == "sitting" for aside, _ in goes)
    room.do(Replan("sitting", {"measures": "sitting"}))
    (later,) = (one for one in of(room).not_asked if one.goes == "sitting")
    assert (later.parts, later.questions) == (("KPIs",), ())
    assert "KPIs" not in {row.title for row in of(room).sittings[0]}


def test_nothing_is_left_out_where_everything_is_asked() -> None:
    assert of(planned("everything")).not_asked == ()
    assert of(Room(strategy_map())).not_asked == ()


def test_a_slot_that_is_too_short_says_by_how_much() -> None:
    assert of(planned("half_day", 180)).lacking == 0
    room = planned("half_day", 40)
    assert of(room).lacking > 0
    assert faults(of(room), room.plan.state.agenda) == []


def test_parts_that_are_through_take_no_time() -> None:
    plan = reopened(riverbend_plan())
    through = {one.title for one in agenda(plan) if not one.minutes_left}
    (rows,) = timetable(plan, AgendaFact(minutes=60)).sittings
    assert len(through) > 4
    assert not through & {row.title for row in rows}
    assert sum(row.minutes for row in rows) == 60


def test_what_was_answered_takes_no_time_any_more() -> None:
    room = planned("half_day", 180)
    before = of(room).sittings[0]
    room.say("organisation.name", "Riverbend")
    room.say("organisation.kind", "public")
    room.say("organisation.ambition", "Care within two weeks for everybody in the valley")
    now = of(room).sittings[0]
    assert now[0].title == before[0].title
    assert now[0].minutes < before[0].minutes
    assert now[0].answers == before[0].answers - 3
    assert faults(of(room), room.plan.state.agenda) == []
    assert StepId("organisation.name") in forecast(room.plan)[StepId("ambition"), None]
