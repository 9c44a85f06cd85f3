"""Replans of a session that is late: three ways out, what each saves, and what the document will lack by it.

Each is a function of plan and time; choosing one is a fact like any other, and undone like any other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from bsc_coach.interview.consequences import after
from bsc_coach.interview.facts.agenda import AgendaReplanned, Replan
from bsc_coach.interview.forecast import Part, forecast
from bsc_coach.interview.navigation import agenda, asks_itself, entry_of, minutes_to_go, part_name, title_of
from bsc_coach.interview.plan import Plan
from bsc_coach.interview.schedule import clock_time
from bsc_coach.interview.texts import text_of
from bsc_coach.script.model import QuestionStep, Script, Step
from bsc_coach.script.slots import Slot, StepId
from bsc_coach.script.step_parts import Late

HOW = ("homework", "leave", "sitting")
"""The ways out: owners take home what they can, what can wait is left out, the rest waits for another day."""


@dataclass(frozen=True)
class Lost:
    """What a replan leaves out in one part of the agenda: questions by their names, or the whole part."""

    part: str
    questions: tuple[str, ...] = ()


@dataclass(frozen=True)
class WayOut:
    """One replan: the command that carries it out, what it saves, and what is lost by it."""

    command: Replan
    saved: int
    """Minutes of questions that fall away."""
    behind: int | None
    """Minutes by which it is late even then; None while no clock runs."""
    lost: tuple[Lost, ...]


def ways_out(plan: Plan, now: datetime, at: Slot | None) -> tuple[WayOut, ...]:
    """Return the replans for somebody who is at ``at``, in the order of ``HOW``."""
    return tuple(_way_out(plan, now, how, _cut(plan, now, how, at)) for how in HOW)


def _way_out(plan: Plan, now: datetime, how: str, cut: Mapping[str, str]) -> WayOut:
    command = Replan(how, cut, short=True)
    later = after(plan, (AgendaReplanned(how, command.cut, command.short),))
    left = minutes_to_go(later)
    clock = clock_time(later, left, now)
    return WayOut(
        command,
        saved=round(minutes_to_go(plan) - left),
        behind=None if clock is None else clock.behind,
        lost=tuple(_lost(plan, later)),
    )


def _cut(plan: Plan, now: datetime, how: str, at: Slot | None) -> dict[str, str]:
    """Return what a way out leaves out, by step or part, and where it goes."""
    if how == "sitting":
        return dict.fromkeys(_parts_for_another_day(plan, now, at), how)
    goes_so = {"leave", "drop"} if how == "leave" else {how}
    open_still = {step for inside in _asked_by_part(plan).values() for step in inside}
    return {
        step.id: how
        for step in plan.script.steps
        if step.id in open_still and late_of(plan.script, step) in goes_so
    }


def late_of(script: Script, step: Step) -> Late:
    """Return what happens to a step when it is late: what it says, else what it stands in says."""
    if step.late != "shorten" or step.within is None:
        return step.late
    return late_of(script, script.step(step.within))


def _parts_for_another_day(plan: Plan, now: datetime, at: Slot | None) -> list[str]:
    """Return the parts that nobody has begun and that no longer fit, in order; at least the last of them."""
    here = None if at is None else entry_of(plan.script, at)
    clock = clock_time(plan, minutes_to_go(plan), now)
    time = clock.left if clock is not None else minutes_to_go(plan) / 2
    untouched = []
    for entry in agenda(plan):
        time -= entry.minutes_left
        if entry.status == "untouched" and (entry.step, entry.item) != here and entry.minutes_left:
            untouched.append((part_name(entry.step, entry.item), time))
    return [name for name, left in untouched if left < 0] or [name for name, _ in untouched[-1:]]


def _asked_by_part(plan: Plan) -> Mapping[Part, set[StepId]]:
    """Return the questions that are likely to be asked yet, or are open, in each part."""
    through = {(one.step, one.item) for one in agenda(plan) if not one.minutes_left}
    found = {part: set(asked) for part, asked in forecast(plan).items() if part not in through}
    for slot, status in plan.statuses.items():
        if asks_itself(status):
            found.setdefault(entry_of(plan.script, slot), set()).add(slot.step)
    return found


def _lost(plan: Plan, later: Plan) -> Iterator[Lost]:
    """Yield what is asked under one plan and not under the other, part by part."""
    asked, then = _asked_by_part(plan), _asked_by_part(later)
    titles = {(one.step, one.item): one.title for one in agenda(plan)}
    for part, steps in asked.items():
        gone = [plan.script.step(step) for step in steps - then.get(part, set())]
        if not gone:
            continue
        untouched = steps == {step.id for step in gone}
        ordered = sorted(gone, key=plan.script.steps.index)
        names = () if untouched else tuple(dict.fromkeys(_name_of(plan, step) for step in ordered))
        yield Lost(titles[part], names)


def _name_of(plan: Plan, step: Step) -> str:
    """Return how a question is called, without an item."""
    if isinstance(step, QuestionStep):
        return text_of(plan, step, (), "short") or title_of(plan, step)
    return title_of(plan, step)
