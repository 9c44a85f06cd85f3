"""Copies of one session: other journals of it, and putting them together into one.

Putting together is the union of all lines, in the order in which they are folded: whoever does it, in
whatever order and however often, comes to the same file. What the lines come to, ``interview.fold`` knows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bsc_coach import sizes
from bsc_coach.errors import FolderError
from bsc_coach.interview.facts.log import Action, log_order
from bsc_coach.session.actions import actions_of
from bsc_coach.session.disk import Disk, private_folder, write_atomically
from bsc_coach.session.environment import Environment
from bsc_coach.session.journal import JOURNAL, LOCAL
from bsc_coach.session.line_format import Record, utc_stamp
from bsc_coach.session.lock import HeldBy, claim
from bsc_coach.session.owned_files import free_name, keep_to_this_machine
from bsc_coach.session.recovery import Reading, read_lines, refuse_what_is_not_ours
from bsc_coach.session.scripts import keep_script, kept_digests, kept_script, read_script


@dataclass(frozen=True)
class Came:
    """What came from one copy: where it is, and its actions that were not here yet."""

    path: Path
    actions: tuple[Action, ...]
    whole: tuple[Action, ...] = ()
    """All that the copy holds, in order."""

    @property
    def people(self) -> tuple[str, ...]:
        """Who said them, each once."""
        return tuple(dict.fromkeys(action.by for action in self.actions if action.by))


def union(readings: Iterable[Reading]) -> bytes:
    """Return all lines of some journals, each once, in the order in which they are folded."""
    lines: dict[bytes, Record] = {}
    for reading in readings:
        lines.update(zip(reading.lines, reading.records, strict=True))
    ordered = sorted(lines.items(), key=lambda entry: (log_order(entry[1]), entry[0]))
    return b"".join(line + b"\n" for line, _ in ordered)


def read_copy(path: Path, disk: Disk) -> Reading:
    """Read the journal of a copy: of a folder, or a file. Raises FolderError where there is none of ours."""
    journal = path / JOURNAL if path.is_dir() else path
    try:
        reading = read_lines(disk.read(journal, most=sizes.JOURNAL_FILE))
    except FileNotFoundError as error:
        raise FolderError("session.merge.no_journal", path=path) from error
    refuse_what_is_not_ours(journal, reading)
    return reading


def is_same_session(one: Reading, other: Reading) -> bool:
    """Tell whether two journals have a line in common: nobody writes the same one twice."""
    return not set(one.lines).isdisjoint(other.lines)


def copies_beside(folder: Path, disk: Disk) -> list[Path]:
    """Return copies of the journal in a folder that hold lines which it has not, by name. Never raises.

    Synchronised folders and browsers leave them there: "journal (Ann's conflicted copy).jsonl",
    "journal-DESKTOP.jsonl", "journal.sync-conflict-20261130-0915.jsonl", "journal (1).jsonl".
    """
    try:
        names = [name for name in disk.names(folder) if _may_be_a_copy(name)]
        ours = read_copy(folder, disk) if names else Reading()
    except (OSError, FolderError):
        return []
    found = []
    for name in sorted(names):
        try:
            reading = read_copy(folder / name, disk)
        except (OSError, FolderError):
            continue
        if is_same_session(ours, reading) and not set(reading.lines) <= set(ours.lines):
            found.append(folder / name)
    return found


def _may_be_a_copy(name: str) -> bool:
    stem, _, ending = JOURNAL.rpartition(".")
    folded = name.casefold()
    return name != JOURNAL and not name.startswith(".") and stem in folded and f".{ending}" in folded


def new_in_copies(folder: Path, copies: Sequence[Path], disk: Disk) -> tuple[Came, ...]:
    """Return what copies hold that the journal in a folder has not. Raises FolderError where one is none."""
    ours, readings = read_copy(folder, disk), [read_copy(path, disk) for path in copies]
    for path, reading in zip(copies, readings, strict=True):
        if not is_same_session(ours, reading):
            raise FolderError("session.merge.unrelated", path=path)
    return tuple(_came(ours, copies, readings))


def merge_into(
    folder: Path, others: Sequence[Path], environment: Environment, *, unrelated: bool = False
) -> tuple[Came, ...]:
    """Put the lines of other copies into the journal in ``folder``; return what came from each of them.

    The journal as it was is kept in .local/ first. Raises FolderError, and nothing is changed, where somebody
    has the session open, or a copy is none: unless ``unrelated`` allows for one without a line in common.
    """
    disk = environment.disk.below(folder)
    # Everything is read and understood before anything is written.
    if not (folder / JOURNAL).exists():
        raise FolderError("session.none_here", path=folder)
    lock = claim(folder, environment)
    if isinstance(lock, HeldBy):
        raise FolderError(
            "session.merge.held", by=lock.by, host=lock.host, since=lock.since_here, pid=lock.pid
        )
    try:
        before = disk.read(folder / JOURNAL, most=sizes.JOURNAL_FILE)
        ours = read_lines(before)
        refuse_what_is_not_ours(folder / JOURNAL, ours)
        readings = [read_copy(path, disk) for path in others]
        for path, reading in zip(others, readings, strict=True):
            if not unrelated and not is_same_session(ours, reading):
                raise FolderError("session.merge.unrelated", path=path)
        after = union([ours, *readings])
        keep_to_this_machine(folder, disk)
        # The questions that a copy went on with come along, for the answers to them do.
        for path in others:
            if path.is_dir() and path.resolve() != folder.resolve():
                _bring_scripts(path, folder, disk)
        if after != before:
            _keep_journal(folder, before, environment, disk)
            write_atomically(disk, folder / JOURNAL, after)
    finally:
        lock.release()
    return tuple(_came(ours, others, readings))


def _came(ours: Reading, others: Sequence[Path], readings: Sequence[Reading]) -> Iterable[Came]:
    known = set(ours.lines)
    for path, reading in zip(others, readings, strict=True):
        fresh = [
            record for line, record in zip(reading.lines, reading.records, strict=True) if line not in known
        ]
        known.update(reading.lines)
        yield Came(path, tuple(actions_of(fresh)[0]), tuple(actions_of(reading.records)[0]))


def _bring_scripts(other: Path, folder: Path, disk: Disk) -> None:
    """Keep the scripts of another copy that are not kept here, so that undo and the journal find them."""
    found = [kept_script(other, digest) for digest in kept_digests(other)]
    for source in (read_script(other), *found):
        if source is not None:
            keep_script(folder, source, disk)


def _keep_journal(folder: Path, before: bytes, environment: Environment, disk: Disk) -> None:
    """Put the journal as it was into .local/."""
    local = folder / LOCAL
    private_folder(disk, local)
    moment = utc_stamp(environment.clock()).replace("-", "").replace(":", "")
    write_atomically(disk, free_name(local, f"before-merge-{moment}", "jsonl"), before)
