"""Power cuts: run a session on a recording disk, cut at every call, and look at every disk that remains."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bsc_coach.session.disk import Disk
from tests.support.broken_journals import sound
from tests.support.faulty_disk import FaultyDisk, Plan, never
from tests.support.journals import HOME, PATH, body, opened
from tests.support.memory_disk import Files, MemoryDisk

Opener = Callable[[Path, Disk], Any]


@dataclass
class Session:
    """A scripted session: what stands on the disk before, what is said, and how the disk fails meanwhile."""

    said: list[dict]
    before: bytes | None = None
    plan: Plan = never
    opener: Opener = sound
    disk: type[FaultyDisk] = FaultyDisk
    move_after: int | None = None


@dataclass
class Remains:
    """Every distinct disk after a cut, with what had been acknowledged by then."""

    states: dict[tuple, tuple[Files, tuple[Path, ...], int]] = field(default_factory=dict)
    cuts: int = 0
    path: Path = PATH


def run(session: Session, *, inner: MemoryDisk | None = None) -> Remains:
    """Play ``session`` and collect the remains of a cut after each of its calls."""
    files = {} if session.before is None else {PATH: session.before}
    memory = inner or MemoryDisk(files, folders=(HOME, Path("/")))
    disk = session.disk(memory)
    disk.plan = session.plan
    remains = Remains()
    acked = 0

    def collect() -> None:
        remains.cuts += 1
        for found, folders in memory.crash_states():
            key = (tuple(sorted(found.items())), folders, acked)
            remains.states.setdefault(key, (found, folders, acked))

    disk.after = collect
    journal = session.opener(PATH, disk)
    known = len(journal.records)
    for at, one in enumerate(session.said):
        journal.append(one)
        if not journal.unsaved:
            acked = len(journal.records) - known
        collect()
        if at == session.move_after:
            assert journal.move_to(HOME / "other" / "journal.jsonl")
            remains.path = journal.path
            remains.states.clear()
    return remains


def losses(session: Session, remains: Remains, *, before: int = 0) -> list[str]:
    """Open the journal on every remaining disk; return what went wrong.

    ``before`` is how many records the disk held at the start; each of them must be there as well.
    """
    wrong = []
    for files, folders, acked in remains.states.values():
        disk = MemoryDisk(files, folders=folders)
        journal, report = opened(remains.path, disk)
        told = [record.body for record in journal.records][before:]
        if len(journal.records) < before:
            wrong.append(f"{before - len(journal.records)} old records lost")
        elif told[:acked] != session.said[:acked]:
            wrong.append(f"acknowledged {acked}, found {len(told)}")
        elif told != session.said[: len(told)]:
            wrong.append("records altered or out of order")
        elif report.memory_only or not _goes_on(disk, remains.path, journal):
            wrong.append("cannot go on")
    return wrong


def _goes_on(disk: MemoryDisk, path: Path, journal: Any) -> bool:
    """Tell whether one more answer is kept and a second opening finds nothing to repair."""
    journal.append(body("one more"))
    journal.close()
    again, report = opened(path, disk)
    return again.records == journal.records and not (report.copy or report.dropped or report.doubtful)
