"""The timetable of a session: which part of the agenda comes when, breaks between, and what is not asked.

Pure functions of a plan and a slot. Parts, breaks and spare time of a sitting add up to its slot exactly.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from bsc_coach.interview.asides import aside_of, aside_of_item, aside_of_source
from bsc_coach.interview.conditions import kept_for_full
from bsc_coach.interview.consequences import after
from bsc_coach.interview.facts.agenda import AskedInFull
from bsc_coach.interview.forecast import Part, forecast
from bsc_coach.interview.navigation import agenda, questions_to_go, title_of
from bsc_coach.interview.plan import Plan
from bsc_coach.interview.schedule import in_whole_minutes, minutes_of, pace, pace_of, talking_time
from bsc_coach.interview.state import AgendaFact, Aside, Break
from bsc_coach.script.model import Fixed, ForEach, Step
from bsc_coach.script.slots import StepId

SLIVER = 3
"""A break moves by so many minutes where a part would otherwise be cut that close to one of its ends."""


@dataclass(frozen=True)
class TimetableRow:
    """A part of the agenda, a break or spare time."""

    kind: Literal["part", "break", "spare"]
    title: str
    """Of a part; empty for the others."""
    minutes: int
    begin: int = 0
    """Minutes after the beginning of the sitting."""
    answers: int = 0
    """How many answers the part is likely to take."""
    goes_on: bool = False
    """Whether it goes on with what was interrupted by a break or by the end of a sitting."""
    part: Part | None = None
    """The part of the agenda that it is."""


@dataclass(frozen=True)
class NotAsked:
    """What parts leave out, and where it goes: questions by their names, or none for all that they ask."""

    parts: tuple[str, ...]
    goes: Aside
    questions: tuple[str, ...]


@dataclass(frozen=True)
class Timetable:
    """The rows of each sitting, and what no sitting comes to."""

    sittings: tuple[tuple[TimetableRow, ...], ...]
    not_asked: tuple[NotAsked, ...]
    lacking: int
    """Minutes by which even the least that is asked does not fit."""


def timetable(plan: Plan, time: AgendaFact) -> Timetable:
    """Return when what is left of a session is asked in the slot that ``time`` tells of.

    What is asked is told by the plan. Without a length the slot is as long as it takes.
    """
    return _in_sittings(plan, time, *_fitted(plan, time))


def whole_timetable(plan: Plan) -> Timetable:
    """Return the timetable of a session from its beginning, with the planned minutes of its agenda."""
    time, at = plan.state.agenda, pace(plan)
    rows = [
        TimetableRow("part", entry.title, entry.minutes_planned, part=(entry.step, entry.item))
        for entry in agenda(plan)
        if not entry.left_out
    ]
    if (spare := talking_time(time) - sum(row.minutes for row in rows)) > 0:
        rows.append(TimetableRow("spare", "", spare))
    return _in_sittings(plan, time, rows, at.lacking)


def _in_sittings(plan: Plan, time: AgendaFact, rows: list[TimetableRow], lacking: int) -> Timetable:
    """Return parts and spare time in sittings, with the breaks between them."""
    queue = deque(rows)
    sittings = [tuple(_sitting(queue, time)) for _ in range(time.sittings if time.minutes else 1)]
    return Timetable(tuple(sittings), tuple(_not_asked(plan)), lacking)


def _fitted(plan: Plan, time: AgendaFact) -> tuple[list[TimetableRow], int]:
    """Return the parts with minutes that fit the slot, spare time behind them, and what is lacking."""
    room, to_go = talking_time(time), questions_to_go(plan)
    at = pace_of((one for asked in to_go.values() for one in asked.values()), room, short=time.short)
    exact = {part: minutes_of(plan, part, asked, at) for part, asked in to_go.items()}
    total = sum(exact.values())
    # A script may say itself how long its parts take, whatever the slot.
    fitting = min(room / total, 1.0) if room and total else 1.0
    whole = in_whole_minutes(minutes * fitting for minutes in exact.values())
    titles = {(one.step, one.item): one.title for one in agenda(plan)}
    rows = []
    for (part, asked), minutes in zip(to_go.items(), whole, strict=True):
        if answers := round(sum(one.times for one in asked.values())):
            rows.append(TimetableRow("part", titles[part], minutes, answers=answers, part=part))
    if (spare := room - sum(row.minutes for row in rows)) > 0:
        rows.append(TimetableRow("spare", "", spare))
    return rows, at.lacking


def _sitting(queue: deque[TimetableRow], time: AgendaFact) -> Iterator[TimetableRow]:
    """Take off the queue what fits a sitting, with its breaks at their times."""
    talk = talking_time(replace(time, sittings=1)) or sum(row.minutes for row in queue)
    breaks, begin = deque(sorted(time.breaks, key=lambda one: one.after)), 0

    def pause(one: Break) -> TimetableRow:
        return TimetableRow("break", "", one.minutes, begin)

    while queue and (talk or not queue[0].minutes):
        row, cut = queue[0], min(queue[0].minutes, talk)
        if breaks and (until := breaks[0].after - begin) < cut:
            if until <= SLIVER:
                yield pause(breaks[0])
                begin += breaks.popleft().minutes
                continue
            cut = until if cut - until > SLIVER else cut
        queue.popleft()
        yield replace(row, minutes=cut, begin=begin)
        if row.minutes > cut:
            queue.appendleft(replace(row, minutes=row.minutes - cut, answers=0, goes_on=True))
        begin, talk = begin + cut, talk - cut
    for one in breaks if time.minutes else ():
        yield pause(one)
        begin += one.minutes


def _not_asked(plan: Plan) -> Iterator[NotAsked]:
    """Yield what would be asked if everything were; parts that leave out the same together."""
    everything, asked = forecast(after(plan, (AskedInFull(),))), forecast(plan)
    titles = {(one.step, one.item): one.title for one in agenda(plan)}
    grouped: dict[tuple[Aside, tuple[str, ...]], list[str]] = {}
    for part, questions in everything.items():
        left_out = _left_out(plan, part, questions.keys() - asked.get(part, {}).keys())
        whole = not asked.get(part) and len(left_out) == 1
        for goes, names in left_out.items():
            grouped.setdefault((goes, () if whole else names), []).append(titles[part])
    for (goes, names), parts in grouped.items():
        yield NotAsked(tuple(parts), goes, names)
    yield from _not_gone_over(plan, titles)


def _not_gone_over(plan: Plan, titles: Mapping[Part, str]) -> Iterator[NotAsked]:
    """Yield the lists that a pass leaves out, with what it would have asked of them: KPIs of promises."""
    script, time = plan.script, plan.state.agenda
    for step in script.steps:
        around = aside_of(script, time, step, "")
        if not isinstance(step, ForEach) or around:
            continue
        for source in step.over:
            if goes := aside_of_source(script, time, step, source, around):
                part = titles.get((script.section_of(step.id), None), "")
                name = f"{title_of(plan, step)} ({title_of(plan, script.step(source.list))})"
                yield NotAsked((part,), goes, (name,))


def _left_out(plan: Plan, part: Part, steps: set[StepId]) -> Mapping[Aside, tuple[str, ...]]:
    """Return the names of questions by where they go, but for those that were answered all the same.

    What is merely not offered here goes nowhere, and a part that leaves out all the rest does so as a whole.
    """
    found: dict[Aside, tuple[str, ...]] = {}
    for step in plan.script.steps:
        slots = plan.index.of_step.get(step.id, ())
        if (
            step.id in steps
            and step.within not in steps
            and not any(plan.statuses[slot].answer_state == "answered" for slot in slots)
        ):
            goes, name = _goes(plan, part, step), title_of(plan, step)
            if goes != "unasked":
                found[goes] = tuple(dict.fromkeys((*found.get(goes, ()), name)))
    return found


def _goes(plan: Plan, part: Part, step: Step) -> Aside:
    """Return where a question of a part goes instead of being asked."""
    script, time = plan.script, plan.state.agenda
    around: Aside = "" if step.within is None else _goes(plan, part, script.step(step.within))
    frame = () if part[1] is None else ((part[0], part[1]),)
    goes = kept_for_full(plan, step, frame, aside_of(script, time, step, around))
    if isinstance(step, Fixed) and step.id == part[0] and part[1] is not None:
        return aside_of_item(time, step, part[1], goes)
    return goes
