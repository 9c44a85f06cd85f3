"""``import``, and ``new --from`` a list: what people have is read, told of, and taken over unconfirmed."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from bsc_coach import sizes
from bsc_coach.cli import output
from bsc_coach.cli.output import environment_for
from bsc_coach.cli.sources import read_strategy_file
from bsc_coach.cli.taking import are_taken, is_kept, month_first, session_to_fill
from bsc_coach.conversation.ending import opens_again
from bsc_coach.errors import EXIT_FINDINGS, EXIT_FINE, FolderError, UsageError
from bsc_coach.imports.columns import read_choices
from bsc_coach.imports.entries import ListReading
from bsc_coach.imports.files import read_bytes
from bsc_coach.imports.making import Made, RowTold, make
from bsc_coach.imports.page import render_page, told_in_short, without_place
from bsc_coach.imports.reading import is_strategy_file, read_list
from bsc_coach.imports.strategy_in import add_strategy
from bsc_coach.interview.consequences import after
from bsc_coach.interview.facts.answers import SlotAnswered
from bsc_coach.interview.facts.log import TAKEN
from bsc_coach.interview.facts.provenance import TakeOver
from bsc_coach.interview.plan import Plan
from bsc_coach.interview.projection import to_strategy
from bsc_coach.interview.reconcile import Import
from bsc_coach.interview.taking_over import take_in_list, without_what_belongs_to_its_session
from bsc_coach.script.model import Script
from bsc_coach.session.exporting import put_all
from bsc_coach.session.owned_files import digest_of_bytes
from bsc_coach.session.session import Session
from bsc_coach.strategy.model import Strategy
from bsc_coach.strategy.sorting import by_verdict
from bsc_coach.text import clean
from bsc_coach.words import say


@dataclass(frozen=True)
class ImportedList:
    """A list that was read, and the strategy with what is in it."""

    path: Path
    reading: ListReading
    made: Made
    origin: TakeOver


def read_for(
    path: Path, script: Script, before: Strategy, known: Sequence[str], options: argparse.Namespace
) -> ImportedList:
    """Read a list or plan for a session with this script. Raises BscCoachError in one sentence."""
    language = before.language
    if is_strategy_file(path):
        return _strategy_for(path, script, before, known, options)
    chosen = read_choices(options.columns) if getattr(options, "columns", None) else None
    today = environment_for(options).today
    reading = read_list(path, language, today, chosen, month_first(options))
    _check_columns(path, reading, chosen or {})
    name = clean(path.name).text
    made = make(reading, script, before, known, name)
    origin = TakeOver(source=name, digest=digest_of_bytes(read_bytes(path)))
    return ImportedList(path, reading, made, origin)


def _strategy_for(
    path: Path, script: Script, before: Strategy, known: Sequence[str], options: argparse.Namespace
) -> ImportedList:
    """Read another strategy.toml for a session. Raises StrategyFileError."""
    data = read_bytes(path)
    other = without_what_belongs_to_its_session(script, read_strategy_file(path, data, options).strategy)
    made = add_strategy(other, data.decode("utf-8-sig", "replace"), script, before, known)
    origin = TakeOver(source=clean(path.name).text, digest=digest_of_bytes(data))
    return ImportedList(path, ListReading("strategy", ()), made, origin)


def _check_columns(path: Path, reading: ListReading, chosen: dict[str, str]) -> None:
    """Raise UsageError for a column that somebody named and that no table has."""
    known = {one.letter.casefold() for one in reading.columns}
    known |= {one.heading.strip().casefold() for one in reading.columns if one.heading}
    for wanted in chosen:
        if wanted.casefold() not in known and not wanted.isdigit():
            there = ", ".join(f"{one.letter} {one.heading}".strip() for one in reading.columns)
            raise UsageError("imports.columns.unknown", typed=wanted[:60], path=path, known=there)


def import_file(options: argparse.Namespace) -> int:
    """Take a list or plan into a session, once somebody has seen what comes in."""
    with session_to_fill(options) as session:
        return _import(session, options, session.plan.language)


def _import(session: Session, options: argparse.Namespace, language: str) -> int:
    if session.read_only:
        raise FolderError("imports.told.read_only", path=options.folder)
    if session.edited_file() is not None:
        raise FolderError("imports.told.edited", path=options.folder)
    plan = session.plan
    listed = read_for(
        options.file, plan.script, to_strategy(plan), tuple(plan.state.shorts.values()), options
    )
    found = take_in_list(plan, _beside(plan, listed.origin), listed.made.strategy, session.environment.ids)
    later = after(plan, found.events) if found.events else plan
    rows = without_place(listed.made, to_strategy(later))
    for line in _shortened(told_in_short(listed.reading, rows, language), language):
        output.show(line)
    if not found.events:
        if not any(row.fate == "there" for row in rows):
            return EXIT_FINDINGS  # told row by row
        output.show(say("imports.told.nothing_new", language))
        return EXIT_FINE
    for line in opens_again(plan, found.events):
        output.show(line)
    if not are_taken(options, say("imports.told.ask", language), language):
        return EXIT_FINDINGS
    session.record(found.events, source=TAKEN)
    if not is_kept(session):
        return EXIT_FINDINGS
    session.write_strategy()
    session.write_document()
    tell_taken(session, listed, found, rows)
    return EXIT_FINE


def _beside(plan: Plan, origin: TakeOver) -> TakeOver:
    """Name an earlier strategy as well, where the session began with one."""
    before = plan.state.taken_over
    if before is None or not before.source or origin.source in before.source:
        return origin
    source = say("imports.told.several", plan.language, first=before.source, second=origin.source)
    return replace(origin, source=source[: sizes.SHORT_TEXT], redacted=before.redacted)


def tell_new(session: Session, listed: ImportedList, found: Import) -> None:
    """Say what a new session began with, and write the page that tells all of it."""
    rows = without_place(listed.made, session.strategy())
    for line in _shortened(told_in_short(listed.reading, rows, session.plan.language), session.plan.language):
        output.show(line)
    tell_taken(session, listed, found, rows)


def tell_taken(session: Session, listed: ImportedList, found: Import, rows: Sequence[RowTold]) -> None:
    """Say how much was taken over, what is to be sorted, and write the page that tells all of it."""
    language = session.plan.language
    answered = (event.slot for event in found.events if isinstance(event, SlotAnswered))
    statuses = (session.plan.status(slot) for slot in answered)
    if n := sum(status is not None and status.unconfirmed for status in statuses):
        output.show(say("imports.told.taken", language, n=n, source=listed.origin.source))
    if n := len(by_verdict(session.strategy())["unsorted"]):
        part = say("document.heading.sorting", language)
        output.show(say("imports.told.to_sort", language, n=n, part=part))
    page = render_page(listed.reading, rows, clean(listed.path.name).text, language)
    name = PurePosixPath(say("imports.told.page_name", language, name=_plain_name(listed.path)))
    put_all(
        session.folder,
        {name: page.encode()},
        session.disk,
        moment=session.environment.clock(),
        number=session.number,
    )
    output.show(say("imports.told.page", language, path=session.folder / name))


def _plain_name(path: Path) -> str:
    """Return the name of a file as part of another name, on every system."""
    return "".join(letter if letter.isalnum() or letter in "-_" else "-" for letter in clean(path.stem).text)[
        :60
    ]


def _shortened(lines: Iterable[str], language: str) -> Sequence[str]:
    told = list(lines)
    if (more := len(told) - sizes.REMARKS_TOLD) <= 0:
        return told
    return [*told[: sizes.REMARKS_TOLD], say("imports.told.more_out", language, n=more)]
