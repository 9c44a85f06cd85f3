"""The schedule of a session as lines to be shown: when each part comes, how it stands, what is not asked.

Plain data for a screen; the minutes are those of ``interview/timetable``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bsc_coach.conversation.time_words import planned_said, time_of_day
from bsc_coach.interview.forecast import Part
from bsc_coach.interview.navigation import AgendaEntry, agenda
from bsc_coach.interview.plan import Plan
from bsc_coach.interview.state import AgendaFact
from bsc_coach.interview.timetable import NotAsked, TimetableRow, whole_timetable
from bsc_coach.words import say


@dataclass(frozen=True)
class ScheduleLine:
    """A line of the schedule: when it begins, what it is, how long it takes, and the part that it begins."""

    time: str
    title: str
    minutes: int
    entry: AgendaEntry | None = None
    """The line of the agenda; None for a break, spare time, and a part that goes on."""


@dataclass(frozen=True)
class ScheduleBlock:
    """A sitting, or what goes the same way instead of being asked."""

    title: str
    """Nothing where there is one sitting."""
    lines: tuple[ScheduleLine, ...] = ()
    told: tuple[tuple[str, str], ...] = ()
    """Parts, and the questions of them that are not asked."""


@dataclass(frozen=True)
class ScheduleView:
    """The whole schedule: the slot in words, each sitting, and what is not asked by where it goes."""

    slot: str
    sittings: tuple[ScheduleBlock, ...]
    left_out: tuple[AgendaEntry, ...]
    """Parts in which nothing is asked today."""
    not_asked: tuple[ScheduleBlock, ...]


def schedule_of(plan: Plan, now: datetime) -> ScheduleView:
    """Return the schedule of a session from its beginning; the minutes of a sitting add up to its slot."""
    time, language, table = plan.state.agenda, plan.language, whole_timetable(plan)
    several = len(table.sittings) > 1
    entries: dict[Part | None, AgendaEntry] = {(entry.step, entry.item): entry for entry in agenda(plan)}
    return ScheduleView(
        slot=planned_said(plan, now) if time.preset else say("agenda.no_plan", language),
        sittings=tuple(
            ScheduleBlock(
                say("plan.sitting", language, n=number) if several else "",
                tuple(_lines(rows, time, entries, language)),
            )
            for number, rows in enumerate(table.sittings, start=1)
        ),
        left_out=tuple(entry for entry in entries.values() if entry.left_out),
        not_asked=tuple(_not_asked(table.not_asked, language)),
    )


def _lines(
    rows: Sequence[TimetableRow], time: AgendaFact, entries: Mapping[Part | None, AgendaEntry], language: str
) -> Iterator[ScheduleLine]:
    """Yield the lines of a sitting, and as the last one when it ends and how long it is."""
    for row in rows:
        begins = row.kind == "part" and not row.goes_on
        yield ScheduleLine(
            time=_clock(time, row.begin),
            title=_title(row, language),
            minutes=row.minutes,
            entry=entries[row.part] if begins else None,
        )
    whole = sum(row.minutes for row in rows)
    yield ScheduleLine(_clock(time, whole), say("plan.column.total", language), whole)


def _title(row: TimetableRow, language: str) -> str:
    if row.kind == "part":
        return say("plan.goes_on", language, part=row.title) if row.goes_on else row.title
    return say("plan.pause" if row.kind == "break" else "plan.spare", language)


def _clock(time: AgendaFact, minutes: int) -> str:
    """Return a time of day; hours and minutes from the beginning where nobody said when that is."""
    if time.begin is not None and time.minutes and time.sittings == 1:
        return time_of_day(time.begin + timedelta(minutes=minutes))
    return f"{minutes // 60}:{minutes % 60:02}"


def _not_asked(not_asked: Sequence[NotAsked], language: str) -> Iterator[ScheduleBlock]:
    """Yield what is not asked by where it goes, homework first."""
    for goes in ("homework", "sitting", "leave"):
        told = tuple(
            (", ".join(one.parts), ", ".join(one.questions) or say("plan.whole", language))
            for one in not_asked
            if one.goes == goes
        )
        if told:
            yield ScheduleBlock(say(f"plan.goes.{goes}", language), told=told)
