"""``readings``: what was measured comes in from a workbook, shown before it is taken."""

from __future__ import annotations

import argparse

from bsc_coach.cli import output
from bsc_coach.cli.leaving import write_documents
from bsc_coach.cli.taking import are_taken, month_first, session_to_fill, taken_in
from bsc_coach.documents.context.now import reading_told, status_of
from bsc_coach.documents.context.words import DocumentWords
from bsc_coach.errors import EXIT_FINDINGS, EXIT_FINE, ImportFileError
from bsc_coach.imports.readings_in import FoundReading, ReadingsFound, readings_in
from bsc_coach.imports.workbook import read_workbook
from bsc_coach.interview.facts.answers import Accept
from bsc_coach.interview.facts.family import Several
from bsc_coach.interview.plan import Plan
from bsc_coach.interview.projection import to_strategy
from bsc_coach.script.slots import Slot
from bsc_coach.session.session import Session
from bsc_coach.strategy.reading_lines import lines_of
from bsc_coach.text import one_line, shorten
from bsc_coach.words import say

FIELD = "kpis[].readings"
_TOLD = 200
"""Rows told one by one; of the others, their number."""


def readings(options: argparse.Namespace) -> int:
    """Read a workbook, show what is new in it, and take it once somebody says so, or with ``--yes``."""
    with session_to_fill(options) as session:
        return EXIT_FINDINGS if session.read_only else _readings(options, session)


def _readings(options: argparse.Namespace, session: Session) -> int:
    plan, language = session.plan, session.plan.language
    if plan.script.filling(FIELD) is None:
        raise ImportFileError("imports.readings.no_place")
    found = readings_in(
        read_workbook(options.file),
        to_strategy(plan).kpis,
        today=session.environment.clock().date(),
        language=language,
        name=options.file.name,
        month_first=month_first(options),
    )
    _show(found, language)
    if not found.found:
        return EXIT_FINDINGS if found.left else EXIT_FINE
    if not are_taken(options, say("imports.readings.take", language, n=len(found.found)), language):
        return EXIT_FINDINGS
    if not taken_in(session, Several(tuple(_commands(plan, found)))):
        return EXIT_FINDINGS
    output.show(say("imports.readings.taken", language, n=len(found.found)))
    return EXIT_FINE if write_documents(session) and not found.left else EXIT_FINDINGS


def _commands(plan: Plan, found: ReadingsFound) -> list[Accept]:
    """Return the answers that the readings come to: one for each KPI, with what was known."""
    step = plan.script.filling(FIELD)
    items = {short: item for item, short in plan.state.shorts.items()}
    return [
        Accept(Slot(step.id, plan.state.frames[items[kpi]]), lines_of(told))
        for kpi, told in found.together().items()
        if step is not None
    ]


def _show(found: ReadingsFound, language: str) -> None:
    """Show what is new, KPI by KPI, what is known, and which rows were left, and why."""
    speak = DocumentWords(language)
    named = ""
    for one in found.found[:_TOLD]:
        if named != one.kpi.id:
            output.show(f"{one.kpi.id} {shorten(one_line(one.kpi.name or ''), 80)}".rstrip())
            named = one.kpi.id
        output.show(f"  {_told(one, speak)}")
    if (more := len(found.found) - _TOLD) > 0:
        output.show(say("imports.readings.more", language, n=more))
    if found.order.doubt:
        key = "month_first" if found.order.month_first else "day_first"
        output.show(say(f"imports.remark.{key}", language, said=found.order.doubt))
    if found.known:
        output.show(say("imports.readings.known", language, n=found.known))
    for left in found.left[:_TOLD]:
        why = say(f"imports.readings.left.{left.key}", language, **left.values)
        output.show(say("imports.readings.left_row", language, row=left.row, why=why))
    if (more := len(found.left) - _TOLD) > 0:
        output.show(say("imports.readings.more_left", language, n=more))
    if not found.found and not found.known and not found.left:
        output.show(say("imports.readings.none", language, sheet=found.sheet))


def _told(one: FoundReading, speak: DocumentWords) -> str:
    """Return a reading as a line: what it says, what that means, and what was known of that day."""
    told = reading_told(one.reading, one.kpi.unit, speak)
    status = status_of(one.kpi, one.reading)
    parts = [say("imports.readings.row", speak.language, row=one.row)]
    if one.typed:
        parts.append(say("imports.readings.typed", speak.language, typed=one.typed))
    if one.before is not None:
        before = speak.amount(one.before.value, one.kpi.unit)
        parts.append(say("imports.readings.before", speak.language, value=before))
    return f"{told} – {speak.choice('standing', status)} ({', '.join(parts)})"
