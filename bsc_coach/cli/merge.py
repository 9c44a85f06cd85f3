"""``merge`` and ``merge-driver``: copies of a session that went on separately, put together."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from bsc_coach import sizes
from bsc_coach.cli import output
from bsc_coach.cli.output import environment_for
from bsc_coach.errors import EXIT_FINDINGS, EXIT_FINE, FolderError
from bsc_coach.interview.fold import fold
from bsc_coach.interview.planner import make_plan
from bsc_coach.session.copies import Came, merge_into, union
from bsc_coach.session.disk import Disk, write_atomically
from bsc_coach.session.document_on_disk import DocumentOnDisk
from bsc_coach.session.opening import open_session
from bsc_coach.session.parts_back import add_parts_back, called_there
from bsc_coach.session.recovery import ReadJournal, read_lines
from bsc_coach.session.session import Session
from bsc_coach.session.strategy_on_disk import StrategyOnDisk, is_changed_by_hand
from bsc_coach.words import say, spoken


def merge(options: argparse.Namespace) -> int:
    """Put copies of a session into the one in a folder, and tell what came and what is to be decided."""
    from bsc_coach.conversation.putting_together import told_of_merge

    environment = environment_for(options)
    before = open_session(options.folder, environment, read_only=True)
    output.speak_as(options, before.plan.language)
    copies = options.copies or before.copies_beside()
    if not copies:
        raise FolderError("session.merge.none_beside", path=options.folder)
    came = merge_into(options.folder, copies, environment, unrelated=options.unrelated)
    session = open_session(options.folder, environment, read_only=True)
    # What came, then the documents with all of it, then what is to be decided.
    for line in told_of_merge(session.plan, before.plan, came):
        output.show(line)
    there = (options.folder, session.disk, session.plan, session.actions)
    DocumentOnDisk(*there).write_anew(environment.clock())
    if StrategyOnDisk(*there).write_anew(environment.clock()):
        output.show(say("cli.merge.written", session.plan.language, folder=options.folder))
    _tell_next(options.folder, session, came)
    session.close()
    before.close()
    return EXIT_FINE


def _tell_next(folder: Path, session: Session, came: Sequence[Came]) -> None:
    """Say what is to be gone through or decided when the session is opened, where anything is."""
    command, language = f"bsc-coach open {folder}", session.plan.language
    if (part_of := session.plan.part_of) is not None:
        output.show(say("breakouts.merge.into_part", language, path=folder, of=part_of.of))
    elif waiting := _keep_parts(folder, session, came):
        output.show(say("breakouts.merge.next", language, n=waiting, command=command))
        return
    if session.state.disputed:
        output.show(say("session.merge.next", language, command=command))


def _keep_parts(folder: Path, session: Session, came: Sequence[Came]) -> int:
    """Keep which parts came back; return how many the plenary has not gone through yet."""
    sides = [make_plan(session.script, fold(one.whole)) for one in came]
    called = [called_there(session.plan, side, one) for side, one in zip(sides, came, strict=True)]
    parts = add_parts_back(folder, came, called, session.environment.disk)
    return sum(not part.walked for part in parts)


def merge_driver(options: argparse.Namespace) -> int:
    """Put two versions of a file of a session together where git asks for it; the outcome is in ``ours``.

    A journal is the union of both. What the program writes from a journal is written anew when the session is
    opened: ours stays, unless only theirs was changed by hand. Both changed by hand is a conflict.
    """
    disk = Disk()
    versions = [_read(disk, path) for path in (options.ours, options.theirs)]
    readings = [read_lines(data) for data in versions]
    if all(_is_journal(reading) for reading in readings):
        write_atomically(disk, options.ours, union(readings))
        return EXIT_FINE
    ours, theirs = (is_changed_by_hand(data) for data in versions)
    if ours and theirs and versions[0] != versions[1]:
        output.tell(say("cli.merge.both_by_hand", spoken(), path=options.path or options.ours))
        return EXIT_FINDINGS
    if theirs:
        write_atomically(disk, options.ours, versions[1])
    return EXIT_FINE


def _read(disk: Disk, path: Path) -> bytes:
    try:
        return disk.read(path, most=sizes.JOURNAL_FILE)
    except FileNotFoundError as error:
        raise FolderError("cli.no_such_file", path=path) from error


def _is_journal(reading: ReadJournal) -> bool:
    return bool(reading.records) and reading.newer is None
