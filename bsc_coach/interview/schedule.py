"""The schedule of a session: planned minutes of each part, minutes left, and whether they fit the slot.

Pure functions of the plan and of the time of day, which is handed in. A part takes the sum of its questions;
what the slot has beyond that is spare, and where it has less, questions are shortened towards their least
minutes. So parts, breaks and spare time add up to the slot exactly.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bsc_coach.interview.forecast import Expected, Part, forecast
from bsc_coach.interview.plan import Plan, SlotStatus, once_for_slots
from bsc_coach.interview.state import AgendaFact, Break
from bsc_coach.script.slots import StepId

LONGEST_OVERTIME = timedelta(hours=6)
"""So long after the end of a slot its clock no longer runs: the session was taken up on another day."""


@dataclass(frozen=True)
class Pace:
    """How the minutes of questions follow from the slot."""

    share: float
    """How far questions take their usual minutes rather than their least: 1 where the slot is long enough."""
    squeezed: float
    """What even the least minutes are to be multiplied with; 1 but for slots that are far too short."""
    spare: int
    """Minutes of the slot that no question needs."""
    lacking: int
    """Minutes by which even the least that is asked does not fit."""

    def minutes(self, one: Expected) -> float:
        """Return the minutes that a question takes each time."""
        return (one.least + self.share * (one.usual - one.least)) * self.squeezed


def talking_time(agenda: AgendaFact) -> int:
    """Return the minutes of all sittings without their breaks; 0 where nobody said how long there is."""
    return max(agenda.sittings * (agenda.minutes - sum(one.minutes for one in agenda.breaks)), 0)


@once_for_slots
def pace(plan: Plan) -> Pace:
    """Return how long questions may take, so that they fit the slot."""
    asked = [one for inside in forecast(plan).values() for one in inside.values()]
    return pace_of(asked, room_for_questions(plan), short=plan.state.agenda.short)


def room_for_questions(plan: Plan) -> int:
    """Return the minutes that questions have to fit; 0 where the script says how long its parts take."""
    said = any(plan.script.step(part).minutes for part, _ in forecast(plan))
    return 0 if said else talking_time(plan.state.agenda)


def pace_of(asked: Iterable[Expected], room: int, *, short: bool) -> Pace:
    """Return how long questions may take, so that they fit so many minutes; 0 are as many as it takes."""
    each = list(asked)
    usual, least = (sum(one.times * one.usual for one in each), sum(one.times * one.least for one in each))
    if short:
        usual = least
    if not room:
        return Pace(share=0.0 if short else 1.0, squeezed=1.0, spare=0, lacking=0)
    if usual <= room:
        return Pace(0.0 if short else 1.0, 1.0, spare=room - whole_minutes(usual), lacking=0)
    if least <= room:
        return Pace((room - least) / (usual - least), 1.0, spare=0, lacking=0)
    return Pace(0.0, room / least, spare=0, lacking=round(least - room))


@once_for_slots
def minutes_of_parts(plan: Plan) -> Mapping[Part, float]:
    """Return how many minutes each part takes: what the script says of it, else the sum of its questions."""
    at = pace(plan)
    return {
        part: plan.script.step(part[0]).minutes or sum(one.times * at.minutes(one) for one in asked.values())
        for part, asked in forecast(plan).items()
    }


@once_for_slots
def planned_minutes(plan: Plan) -> Mapping[Part, int]:
    """Return the minutes of each part as whole ones that add up to those of the slot."""
    told = minutes_of_parts(plan)
    return dict(zip(told, in_whole_minutes(told.values()), strict=True))


def whole_minutes(minutes: float) -> int:
    """Round minutes. A sum of the same questions in another order, a hair apart, gives the same."""
    return round(round(minutes, 6))


def in_whole_minutes(minutes: Iterable[float]) -> list[int]:
    """Round minutes so that their sum is the rounded sum: the largest remainders are rounded up."""
    exact = list(minutes)
    whole = [int(one) for one in exact]
    by_remainder = sorted(range(len(exact)), key=lambda place: whole[place] - exact[place])
    for place in by_remainder[: whole_minutes(sum(exact)) - sum(whole)]:
        whole[place] += 1
    return whole


def minutes_left(plan: Plan, part: Part, statuses: Iterable[SlotStatus], *, through: bool) -> float:
    """Return the minutes that a part still takes: of each question as often as it was not settled yet.

    ``statuses`` are those of the part; ``through`` says that nothing in it asks for an answer any more. More
    items than usual take no time off the others, so an answer never makes it longer.
    """
    if through:
        return 0.0
    return minutes_of(plan, part, questions_left(plan, part, statuses), pace(plan))


def questions_left(plan: Plan, part: Part, statuses: Iterable[SlotStatus]) -> dict[StepId, Expected]:
    """Return what is likely to be asked yet in a part: each question as often as it was not settled."""
    settled: dict[StepId, int] = {}
    for status in statuses:
        if status.active and (status.passed or status.answer_state != "open") and not status.unconfirmed:
            settled[status.step.id] = settled.get(status.step.id, 0) + 1
    return {
        step: replace(one, times=max(one.times - settled.get(step, 0), 0))
        for step, one in forecast(plan).get(part, {}).items()
    }


def minutes_of(plan: Plan, part: Part, questions: Mapping[StepId, Expected], at: Pace) -> float:
    """Return the minutes of questions of a part: their own, or their share of what the script says of it."""
    said = plan.script.step(part[0]).minutes
    taking = sum(one.times * at.minutes(one) for one in questions.values())
    if said is None or not taking:
        return taking
    return said * taking / sum(one.times * at.minutes(one) for one in forecast(plan)[part].values())


@dataclass(frozen=True)
class ClockTime:
    """How the time of a slot stands at a moment."""

    left: int
    """Minutes of the slot that are left for questions: without the breaks that are still to come."""
    behind: int
    """Minutes by which the questions that are left take longer than that; 0 or less: in time."""


def clock_time(plan: Plan, left: float, now: datetime) -> ClockTime | None:
    """Return how the time stands when ``left`` minutes of questions are left; None while no clock runs."""
    agenda = plan.state.agenda
    if agenda.begin is None or not agenda.minutes or agenda.sittings > 1:
        return None
    end = agenda.begin + timedelta(minutes=agenda.minutes)
    if not agenda.begin <= now <= end + LONGEST_OVERTIME:
        return None
    gone = (now - agenda.begin).total_seconds() / 60
    time = agenda.minutes - gone - breaks_to_come(agenda.breaks, gone)
    return ClockTime(left=round(time), behind=round(left - time))


def breaks_to_come(breaks: Iterable[Break], gone: float) -> int:
    """Return the minutes of the breaks that begin later than so many minutes after the beginning."""
    return sum(one.minutes for one in breaks if one.after > gone)
