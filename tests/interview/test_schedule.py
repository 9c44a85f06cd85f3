"""The schedule fills any slot: parts, breaks and spare time add up to it, whatever was answered before."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from random import Random

import pytest

from bsc_coach.interview import schedule
from bsc_coach.interview.consequences import after
from bsc_coach.interview.decide import Stamp, decide
from bsc_coach.interview.facts.agenda import PlanAgenda
from bsc_coach.interview.fold import fold
from bsc_coach.interview.navigation import agenda
from bsc_coach.interview.plan import Plan
from bsc_coach.interview.planner import make_plan
from bsc_coach.interview.presets import PRESETS
from bsc_coach.interview.schedule import in_whole_minutes, pace, planned_minutes, whole_minutes
from bsc_coach.interview.state import Break
from tests.support.clock import item_ids
from tests.support.riverbend import riverbend_plan, strategy_map

SLOTS = 200


@cache
def begun() -> tuple[Plan, ...]:
    """Plans to put a slot on: nothing said, a third of the recorded session, all of it."""
    actions = riverbend_plan().state.actions
    counts = (0, len(actions) // 3, len(actions))
    return tuple(make_plan(strategy_map(), fold(actions[:count])) for count in counts)


def any_slot(random: Random) -> Plan:
    """Return a plan with minutes, people, breaks and a preset that nobody thought of."""
    minutes = random.randint(20, 900)
    pauses = [random.randint(1, max(minutes // 8, 1)) for _ in range(random.randint(0, 3))]
    breaks = tuple(Break(random.randint(0, minutes), length) for length in pauses)
    command = PlanAgenda(random.choice(list(PRESETS)), None, minutes, random.randint(0, 30), breaks)
    plan = random.choice(begun())
    events = decide(plan, command, Stamp(item_ids())).events
    assert events
    return after(plan, events)


def off_by(plan: Plan) -> int:
    """Return by how many minutes parts, breaks and spare time miss the slot."""
    time = plan.state.agenda
    pauses = sum(one.minutes for one in time.breaks)
    parts = sum(entry.minutes_planned for entry in agenda(plan))
    return parts + pace(plan).spare + time.sittings * (pauses - time.minutes)


def test_parts_breaks_and_spare_time_are_the_slot_for_any_of_them() -> None:
    random, lacking, spare, short = Random(7), 0, 0, 0
    for _ in range(SLOTS):
        plan = any_slot(random)
        assert off_by(plan) == 0, plan.state.agenda
        at = pace(plan)
        assert not (at.spare and at.lacking)
        assert all(minutes >= 0 for minutes in planned_minutes(plan).values())
        lacking, spare, short = lacking + bool(at.lacking), spare + bool(at.spare), short + (0 < at.share < 1)
    assert min(lacking, spare, short) > 5  # too little, too much and just enough were all among them


def test_parts_that_are_rounded_one_by_one_would_miss_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control."""

    def one_by_one(minutes: Iterable[float]) -> list[int]:
        return [round(one) for one in minutes]

    monkeypatch.setattr(schedule, "in_whole_minutes", one_by_one)
    random = Random(7)
    assert any(off_by(any_slot(random)) for _ in range(SLOTS // 4))


@pytest.mark.parametrize("seed", range(5))
def test_whole_minutes_are_less_than_one_off_and_add_up(seed: int) -> None:
    random = Random(seed)
    exact = [random.uniform(0, 40) for _ in range(random.randint(1, 30))]
    whole = in_whole_minutes(exact)
    assert sum(whole) == whole_minutes(sum(exact))
    assert all(abs(one - other) < 1 for one, other in zip(exact, whole, strict=True))
