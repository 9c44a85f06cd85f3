"""``plan``: agenda and room checklist of a session, printed before it as Markdown."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bsc_coach.cli import output
from bsc_coach.cli.output import environment_for
from bsc_coach.cli.packs import script_at
from bsc_coach.coach.context import customers_in_general
from bsc_coach.conversation.time_words import time_of_day
from bsc_coach.documents.context.tables import label
from bsc_coach.documents.templating.markdown import tidy
from bsc_coach.documents.templating.render import render
from bsc_coach.errors import EXIT_FINE, FolderError, UsageError
from bsc_coach.interview.consequences import after
from bsc_coach.interview.decide import Stamp, decide
from bsc_coach.interview.facts.agenda import PlanAgenda
from bsc_coach.interview.facts.session import LanguageSet
from bsc_coach.interview.fold import fold
from bsc_coach.interview.navigation import minutes_to_go
from bsc_coach.interview.plan import Plan
from bsc_coach.interview.planner import make_plan
from bsc_coach.interview.presets import PRESETS
from bsc_coach.interview.projection import to_strategy
from bsc_coach.interview.state import AgendaFact, Break
from bsc_coach.interview.timetable import NotAsked, Timetable, TimetableRow, timetable
from bsc_coach.interview.understanding.time_slots import read_time_slot
from bsc_coach.script.loader import load_script
from bsc_coach.script.source import bundled_source, read_source
from bsc_coach.session.opening import open_session
from bsc_coach.strategy.model import Strategy
from bsc_coach.words import say, spoken, texts

TEMPLATE = "record/plan.md.j2"
USUAL = "half_day"
"""The preset where neither a slot nor a preset is given."""
_BREAK = re.compile(r"(?:(?P<hour>\d{1,2})[:.](?P<minute>\d{2})|(?P<after>\d{1,3}))\+(?P<length>\d{1,3})")


def plan(options: argparse.Namespace) -> int:
    """Print agenda and checklist for a new session, or for what is left of one, which is only read."""
    started = _of_session(options) if options.folder is not None else _of_nobody(options)
    asked, time = _slot(options, started)
    output.show(_document(asked, time).rstrip("\n"))
    return EXIT_FINE


def _of_nobody(options: argparse.Namespace) -> Plan:
    """Return the plan of a session that nobody has said anything in."""
    source = bundled_source() if options.script is None else read_source(script_at(options.script))
    script = load_script(source)
    known = script.header.languages
    language = spoken() if spoken() in known else known[0]
    return _in_language(make_plan(script, fold(())), options.lang or language)


def _of_session(options: argparse.Namespace) -> Plan:
    if options.script is not None:
        raise UsageError("plan.folder_or_script")
    session = open_session(options.folder, environment_for(options), read_only=True)
    for message in session.messages:
        output.tell(message)
    session.close()
    return _in_language(session.plan, options.lang or session.plan.language)


def _in_language(started: Plan, language: str) -> Plan:
    if language not in started.script.header.languages:
        raise FolderError("session.no_such_language", language=language)
    return started if language == started.language else after(started, (LanguageSet(language),))


def _slot(options: argparse.Namespace, started: Plan) -> tuple[Plan, AgendaFact]:
    """Return a plan that asks what fits, and the time there is for it.

    A session that was planned before keeps its depth, and what it left out, unless a preset is named, or
    nothing of it is left: then all is asked that was left out.
    """
    # What the options say, as the command that /clock would give.
    now = environment_for(options).clock().astimezone()
    said = PlanAgenda(USUAL)
    if options.slot is not None:
        read = read_time_slot(options.slot, started.language, now)
        if read is None:
            raise UsageError("plan.not_read", given=options.slot[:40])
        said = read
    preset: str | None = options.preset
    if preset is None and started.state.agenda.preset and not minutes_to_go(started):
        preset = "everything"  # all that was asked is through: what is left is what was left aside
    if preset is not None:
        said = replace(said, preset=output.one_of("--preset", preset, tuple(PRESETS)))
    length = said.minutes or PRESETS[said.preset].minutes
    breaks = tuple(_break(given, said.begin, length) for given in options.breaks or ())
    said = replace(said, people=_people(options.people), breaks=(*said.breaks, *breaks))
    # What comes of it, as if it had been said.
    verdict = decide(started, said, Stamp(iter(())))
    for refusal in verdict.refusals:
        raise UsageError(f"interview.refusal.{refusal.key}", **refusal.values)
    planned = after(started, verdict.events)
    time = replace(planned.state.agenda, begin=said.begin)
    before = started.state.agenda
    if not before.preset or preset is not None:
        return planned, time
    minutes = time.minutes if options.slot is not None else 0
    kept = replace(before, begin=said.begin, minutes=minutes, sittings=1, breaks=time.breaks)
    return started, replace(kept, people=time.people or before.people)


def _people(given: str | None) -> int:
    if given is None:
        return 0
    if not (given.isascii() and given.isdecimal()):
        raise UsageError("plan.no_people", given=given[:40])
    return int(given)


def _break(given: str, begin: datetime | None, length: int) -> Break:
    """Read a break, like "10:30+15" or "90+15"; it begins within the slot, where its length is known."""
    read = _BREAK.fullmatch(given.strip())
    if read is None:
        raise UsageError("plan.no_break", given=given[:40])
    if read["after"] is not None:
        start = int(read["after"])
    elif begin is not None:
        start = (int(read["hour"]) - begin.hour) * 60 + int(read["minute"]) - begin.minute
    else:
        start = -1
    if start < 0 or (length and start >= length):
        raise UsageError("plan.break_outside", given=given[:40])
    return Break(start, int(read["length"]))


def _document(asked: Plan, time: AgendaFact) -> str:
    """Return agenda and checklist as Markdown."""
    language, strategy, table = asked.language, to_strategy(asked), timetable(asked, time)
    name = strategy.organisation.name
    return tidy(
        render(
            TEMPLATE,
            {
                "words": texts("plan", language),
                "title": say("plan.title_of", language, name=name) if name else say("plan.title", language),
                "slot": _slot_said(time, language),
                "lacking": say("plan.lacking", language, n=table.lacking) if table.lacking else None,
                "sittings": [
                    _sitting(number, rows, time, language)
                    for number, rows in enumerate(table.sittings, start=1)
                ],
                "answers": say("plan.answers", language),
                "not_asked": list(_not_asked(table, language)),
                "checklist": list(_checklist(strategy, time, language)),
            },
        )
    )


def _slot_said(time: AgendaFact, language: str) -> str:
    slot = ""
    if time.sittings > 1:
        slot = say("plan.lengths", language, sittings=time.sittings, n=time.minutes)
    elif time.minutes and time.begin is not None:
        slot = say("agenda.slot", language, begin=_clock(time, 0), end=_clock(time, time.minutes))
    elif time.minutes and time.minutes != PRESETS[time.preset].minutes:
        slot = say("plan.length", language, n=time.minutes)
    people = say("agenda.people", language, n=time.people) if time.people else ""
    preset = say(f"agenda.preset.{time.preset}", language)
    return say("plan.slot", language, preset=preset, slot=slot, people=people)


def _clock(time: AgendaFact, minutes: int) -> str:
    """Return a time of day; hours and minutes from the beginning where nobody said when that is."""
    if time.begin is not None:
        return time_of_day(time.begin + timedelta(minutes=minutes))
    return f"{minutes // 60}:{minutes % 60:02}"


def _sitting(number: int, rows: Sequence[TimetableRow], time: AgendaFact, language: str) -> dict[str, object]:
    minutes = sum(row.minutes for row in rows)
    return {
        "title": say("plan.sitting", language, n=number),
        "rows": [
            {
                "time": _clock(time, row.begin),
                "minutes": row.minutes,
                "title": _row_title(row, language),
                "answers": row.answers,
            }
            for row in rows
        ],
        "end": _clock(time, minutes),
        "minutes": minutes,
        "answers": sum(row.answers for row in rows),
    }


def _row_title(row: TimetableRow, language: str) -> str:
    if row.kind == "part":
        return say("plan.goes_on", language, part=row.title) if row.goes_on else row.title
    return say("plan.pause" if row.kind == "break" else "plan.spare", language)


def _not_asked(table: Timetable, language: str) -> Iterator[dict[str, object]]:
    """Yield what is not asked by where it goes, homework first."""
    for goes in ("homework", "sitting", "leave"):
        parts = [_part(one, language) for one in table.not_asked if one.goes == goes]
        if parts:
            title, means = (say(f"plan.{key}.{goes}", language) for key in ("goes", "means"))
            yield {"title": title, "means": means, "parts": parts}


def _part(one: NotAsked, language: str) -> dict[str, str]:
    questions = ", ".join(one.questions) or say("plan.whole", language)
    return {"parts": ", ".join(one.parts), "questions": questions}


def _checklist(strategy: Strategy, time: AgendaFact, language: str) -> Iterator[dict[str, object]]:
    """Yield the groups of the checklist with their lines."""
    customers = strategy.organisation.customer_word or customers_in_general(language)
    values = {"customers": customers, "n": time.people}
    for group in ("who", "figures", "wall", "table", "screen", "first", "after"):
        lines = [
            say(f"plan.{group}.{name}", language, **values)
            for name in texts("plan", language)[group]
            if name not in ("title", "today", "today_by") and (time.people or name != "chairs")
        ]
        if group == "figures":
            lines += _figures_of_today(strategy, language)
        yield {"title": say(f"plan.{group}.title", language), "lines": lines}


def _figures_of_today(strategy: Strategy, language: str) -> list[str]:
    """Return the KPIs that stand without the figure of today."""
    return [
        say(
            f"plan.figures.{'today_by' if kpi.owner_role else 'today'}",
            language,
            kpi=label(kpi.id, kpi.name),
            owner=kpi.owner_role,
        )
        for kpi in strategy.kpis
        if kpi.baseline is None
    ]
