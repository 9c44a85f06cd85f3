"""A session as a list shows it, kept beside its journal so that a list need not open the session whole.

The summary is derived data: it names the journal and the questions that it was made from (size and end of the
one, digest of the other), and counts only as long as both are still the same. A summary that is missing,
damaged or behind is no summary; then the session is opened.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bsc_coach import __version__, sizes
from bsc_coach.interview.breakouts import named_with_part, slots_of_part
from bsc_coach.interview.facts.log import JsonValue
from bsc_coach.interview.navigation import Progress, progress
from bsc_coach.script.slots import Slot, StepId
from bsc_coach.session.disk import Disk, private_folder, write_atomically
from bsc_coach.session.journal import JOURNAL, LOCAL
from bsc_coach.session.line_format import Record, decode_line, encode_record, make_record
from bsc_coach.session.scripts import SCRIPT
from bsc_coach.session.session import Session
from bsc_coach.text import clean

NAME = "summary.json"
_TIMELESS = datetime(1970, 1, 1, tzinfo=UTC)
_END = 4096
"""Bytes at the end of a journal that are looked at: some actions, each with a checksum and a number."""
_COUNTS = ("settled", "certain", "possible", "stale", "parked", "unconfirmed")


@dataclass(frozen=True)
class SessionInfo:
    """A session as a list shows it; ``progress`` is None where it cannot be read."""

    folder: Path
    organisation: str
    progress: Progress | None
    last: str
    """ISO date of the last answer, or nothing."""
    copies: int = 0
    """How many copies of its journal lie beside it with more answers."""


def describe(session: Session) -> SessionInfo:
    """Return an open session as a list shows it."""
    name = session.plan.answer(Slot(StepId("organisation.name")))
    effective, plan = session.state.effective, session.plan
    asked = plan.statuses if plan.part_of is None else slots_of_part(plan)
    return SessionInfo(
        folder=session.folder,
        organisation=named_with_part(plan, name if isinstance(name, str) else ""),
        progress=progress(plan.statuses[slot] for slot in asked),
        last=effective[-1].at.date().isoformat() if effective else "",
    )


def keep_summary(session: Session) -> None:
    """Keep how a list shows ``session``; that it cannot be kept harms nobody."""
    if session.read_only or session.journal.unsaved or session.journal.foreign:
        return
    disk, info = session.disk, describe(session)
    counts: dict[str, JsonValue] = {name: getattr(info.progress, name) for name in _COUNTS}
    body: dict[str, JsonValue] = {**counts, "organisation": info.organisation, "last": info.last}
    try:
        body["of"] = _fingerprint(session.folder, disk)
        private_folder(disk, session.folder / LOCAL)
        record = make_record(1, "summary", _TIMELESS, body)
        write_atomically(disk, session.folder / LOCAL / NAME, encode_record(record))
    except OSError:
        return


def kept_summary(folder: Path, disk: Disk) -> SessionInfo | None:
    """Return what was kept of the session in ``folder``; None where that does not fit it any more."""
    disk = disk.below(folder)
    try:
        record = decode_line(disk.read(folder / LOCAL / NAME, most=sizes.JOURNAL_LINE).strip())
        if not isinstance(record, Record) or record.body.get("of") != _fingerprint(folder, disk):
            return None
    except OSError:
        return None
    counts = [record.body.get(name) for name in _COUNTS]
    name, last = record.body.get("organisation"), record.body.get("last")
    numbers = [count for count in counts if isinstance(count, int)]
    if len(numbers) < len(_COUNTS) or not isinstance(name, str) or not isinstance(last, str):
        return None
    return SessionInfo(folder, clean(name).text, Progress(*numbers), clean(last).text)


def _fingerprint(folder: Path, disk: Disk) -> str:
    """Return what tells one state of a session from another. Raises OSError."""
    size = disk.facts_at(folder / JOURNAL).size
    end = disk.read(folder / JOURNAL, start=max(size - _END, 0), most=2 * _END)
    script = disk.read(folder / SCRIPT, most=sizes.SCRIPT_FILE)
    hashed = hashlib.blake2s(digest_size=16)
    for part in (__version__.encode(), str(size).encode(), end, script):
        hashed.update(hashlib.blake2s(part).digest())
    return hashed.hexdigest()
