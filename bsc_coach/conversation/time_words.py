"""Sentences about the time: what was planned, how much is left, and what a replan leaves out."""

from __future__ import annotations

from datetime import datetime, timedelta

from bsc_coach.interview.breakouts import minutes_here
from bsc_coach.interview.facts.agenda import (
    AgendaEvent,
    AgendaPlanned,
    AgendaReplanned,
    AskedInFull,
    TimeTaken,
    planned_by,
)
from bsc_coach.interview.navigation import AgendaEntry, agenda, minutes_to_go, questions_to_go
from bsc_coach.interview.plan import Plan
from bsc_coach.interview.presets import PRESETS
from bsc_coach.interview.replans import HOW, Lost, WayOut
from bsc_coach.interview.schedule import ClockTime, clock_time, pace_of, planned_minutes, room_for_questions
from bsc_coach.interview.state import AgendaFact
from bsc_coach.words import say


def time_of_day(moment: datetime) -> str:
    """Return a moment as the clock on the wall shows it."""
    return moment.astimezone().strftime("%H:%M")


def agenda_event_said(plan: Plan, event: AgendaEvent) -> str:
    """Return what a decision about the time says in the conversation."""
    language = plan.language
    match event:
        case AgendaPlanned():
            known = [one.at for one in plan.state.actions if event in one.do]
            time = planned_by(event, known[-1]) if known else plan.state.agenda
            return say("agenda.planned", language, **_slot_said(time, language))
        case AgendaReplanned():
            how = event.how if event.how in HOW else "leave"
            return say("agenda.replanned", language, how=say(f"agenda.how.{how}", language))
        case AskedInFull():
            titles = [one.title for one in agenda(plan) if one.step == event.part]
            key = "agenda.in_full" if titles else "agenda.in_full_all"
            return say(key, language, part=", ".join(titles))
        case TimeTaken():
            ended = [one for one in plan.state.apart if one.about == event.about and one.why == event.why]
            minutes = round((ended[-1].end - ended[-1].begin).total_seconds() / 60) if ended else 0
            about = event.about or say("agenda.talk_about", language)
            key = "agenda.talk_over" if event.why == "talk" else "agenda.break_over"
            return say(key, language, n=minutes, about=about)


def planned_said(plan: Plan, now: datetime) -> str:
    """Say how much time there is, whether what is left to ask fits it, and what it leaves out."""
    time, language = plan.state.agenda, plan.language
    told = (
        say("agenda.planned", language, **_slot_said(time, language)),
        clock_said(plan, now) or _fits_said(plan),
        say(f"agenda.depth_{time.depth}", language),
    )
    return " ".join(told)


def _fits_said(plan: Plan) -> str:
    """Say of a slot that has not begun what it has to spare or lacks; what is settled takes none of it."""
    room, minutes = room_for_questions(plan), round(minutes_to_go(plan))
    left = (one for inside in questions_to_go(plan).values() for one in inside.values())
    lacking = pace_of(left, room, short=plan.state.agenda.short).lacking
    rest = ""
    if lacking:
        rest = say("agenda.lacking", plan.language, n=lacking)
    elif room > minutes:
        rest = say("agenda.spare", plan.language, n=room - minutes)
    return say("agenda.fits", plan.language, minutes=minutes, rest=rest)


def _slot_said(time: AgendaFact, language: str) -> dict[str, str]:
    """Return the parts of a sentence on a slot: which preset, from when until when, who, which breaks."""
    slot = ""
    if time.begin is not None and time.minutes and time.sittings == 1:
        end = time.begin + timedelta(minutes=time.minutes)
        slot = say("agenda.slot", language, begin=time_of_day(time.begin), end=time_of_day(end))
    return {
        "preset": say(f"agenda.preset.{time.preset if time.preset in PRESETS else 'everything'}", language),
        "slot": slot,
        "people": say("agenda.people", language, n=time.people) if time.people else "",
        "breaks": "".join(_breaks_said(time, language)),
    }


def _breaks_said(time: AgendaFact, language: str) -> list[str]:
    begin = time.begin
    return [
        say(
            "agenda.break_one",
            language,
            time=time_of_day(begin + timedelta(minutes=one.after)),
            n=one.minutes,
        )
        for one in time.breaks
        if begin is not None
    ]


def left_said(plan: Plan) -> str:
    """Say how many minutes of questions are left; nothing where the questions tell no minutes."""
    minutes = round(minutes_here(plan))
    if not any(planned_minutes(plan).values()):
        return ""
    if not minutes:
        return say("agenda.nothing_left", plan.language)
    return say("agenda.left", plan.language, n=minutes)


def entry_said(entry: AgendaEntry, language: str) -> str:
    """Say of a line of the agenda how long it takes, and how much is left: all of it, where nobody began."""
    untouched = entry.status == "untouched" and entry.minutes_left
    left = entry.minutes_planned if untouched else round(entry.minutes_left)
    if not left and entry.status in ("settled", "begun", "check_again"):
        return say("talk.progress.entry_done", language, title=entry.title)
    if entry.left_out:
        return say("talk.progress.entry_aside", language, title=entry.title)
    if not entry.minutes_planned:
        return entry.title  # its questions tell no minutes
    return say("talk.progress.entry", language, title=entry.title, planned=entry.minutes_planned, left=left)


def clock_said(plan: Plan, now: datetime) -> str:
    """Say whether what is left fits the time that is left; nothing while no clock runs."""
    clock = clock_time(plan, minutes_to_go(plan), now)
    if clock is None:
        return ""
    if clock.behind > 0:
        return say("agenda.behind_long", plan.language, n=clock.behind)
    left = round(minutes_to_go(plan))
    return say("agenda.on_time", plan.language, left=left, time=max(clock.left, 0))


def late_said(plan: Plan, now: datetime) -> str:
    """Say how late it is, or that it is in time; nothing while no clock runs."""
    clock = clock_time(plan, minutes_to_go(plan), now)
    if clock is None or clock.behind <= 0:
        return clock_said(plan, now)
    return say("agenda.late_by", plan.language, n=clock.behind)


def preset_said(plan: Plan, name: str) -> str:
    """Say what a preset stands for: how long it is, and what is asked in it."""
    preset, language = PRESETS[name], plan.language
    minutes = preset.minutes or round(minutes_to_go(plan))
    long = say(f"agenda.preset_long.{name}", language, n=minutes)
    return f"{long}: {say(f'agenda.preset_asks.{name}', language)}"


def is_behind(clock: ClockTime) -> bool:
    """Tell whether a session is late by more than rounding."""
    return clock.behind > 1


def way_out_named(way: WayOut, language: str) -> str:
    """Return the name of a replan as a line begins with it."""
    name = say(f"agenda.how.{way.command.how}", language)
    return name[:1].upper() + name[1:]


def way_out_said(way: WayOut, language: str) -> str:
    """Say what a replan saves, whether it then fits, and what the document will lack: all of it."""
    then = ""
    if way.behind is not None:
        late = way.behind > 0
        key = "agenda.late_then_behind" if late else "agenda.late_then_in_time"
        then = say(key, language, n=way.behind)
    lacks = say("agenda.late_lacks_nothing", language)
    if way.lost:
        what = "; ".join(_lost_said(one, language) for one in way.lost)
        lacks = say("agenda.late_lacks", language, what=what)
    return say("agenda.late_line", language, saved=way.saved, then=then, lacks=lacks)


def _lost_said(lost: Lost, language: str) -> str:
    if not lost.questions:
        return say("agenda.lacks.part", language, part=lost.part)
    return say("agenda.lacks.questions", language, names=", ".join(lost.questions), part=lost.part)
