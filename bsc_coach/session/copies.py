"""Copies of one session: other journals of it, and putting them together into one.

Putting together is the union of all lines, in the order in which they are folded: whoever does it, in
whatever order and however often, comes to the same file. What the lines come to, ``interview.fold`` knows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from bsc_coach import sizes
from bsc_coach.errors import FolderError
from bsc_coach.interview.facts.log import Action, log_order
from bsc_coach.script.source import ScriptSource
from bsc_coach.session.actions import actions_of
from bsc_coach.session.breakout import BREAKOUT, Breakout, BreakoutFaultError, read_breakout
from bsc_coach.session.disk import Disk, private_folder, write_atomically
from bsc_coach.session.environment import Environment
from bsc_coach.session.journal import JOURNAL, LOCAL
from bsc_coach.session.line_format import Record, utc_stamp
from bsc_coach.session.lock import HeldBy, claim
from bsc_coach.session.owned_files import STRATEGY, free_name, keep_to_this_machine
from bsc_coach.session.recovery import ReadJournal, read_lines, refuse_what_is_not_ours
from bsc_coach.session.scripts import keep_script, kept_digests, kept_script, read_script, script_of
from bsc_coach.session.strategy_on_disk import is_changed_by_hand
from bsc_coach.session.zipped import files_in_zip, is_zip


@dataclass(frozen=True)
class Copy:
    """A copy of a session as it was found: a folder, a zip of one, or a journal alone."""

    path: Path
    reading: ReadJournal
    scripts: tuple[ScriptSource, ...] = ()
    """The questions that it goes on with, and those that it kept."""
    breakout: Breakout | None = None
    """What it is a part of."""
    unsure: bool = False
    """Whether it cannot say what it is a part of, though it tries to."""
    edited: bool = False
    """Whether its strategy.toml was changed by hand, which nobody has taken into it yet."""


@dataclass(frozen=True)
class Came:
    """What came from one copy: where it is, and its actions that were not here yet."""

    path: Path
    actions: tuple[Action, ...]
    whole: tuple[Action, ...] = ()
    """All that the copy holds, in order."""
    copy: Copy | None = None
    """How it was found, where more than its journal was looked at."""

    @property
    def people(self) -> tuple[str, ...]:
        """Who said them, each once."""
        return tuple(dict.fromkeys(action.by for action in self.actions if action.by))


def union(readings: Iterable[ReadJournal]) -> bytes:
    """Return all lines of some journals, each once, in the order in which they are folded."""
    lines: dict[bytes, Record] = {}
    for reading in readings:
        lines.update(zip(reading.lines, reading.records, strict=True))
    ordered = sorted(lines.items(), key=lambda entry: (log_order(entry[1]), entry[0]))
    return b"".join(line + b"\n" for line, _ in ordered)


def copy_at(path: Path, disk: Disk) -> Copy:
    """Read a copy of a session: a folder, a zip of one, or a journal. Raises FolderError where it is none."""
    if not path.is_dir() and not is_zip(path):
        return Copy(path, read_copy(path, disk))
    if path.is_dir():
        files = _files_in(path, disk)
        scripts = (read_script(path), *(kept_script(path, digest) for digest in kept_digests(path)))
        reading = read_copy(path, disk)
    else:
        files = files_in_zip(path, disk)
        scripts, reading = (script_of(files),), read_lines(files[JOURNAL])
        refuse_what_is_not_ours(path, reading)
    breakout, unsure = None, False
    try:
        breakout = read_breakout(files[BREAKOUT]) if BREAKOUT in files else None
    except BreakoutFaultError:
        unsure = True
    return Copy(
        path,
        reading,
        tuple(script for script in scripts if script is not None),
        breakout,
        unsure,
        STRATEGY in files and is_changed_by_hand(files[STRATEGY]),
    )


def _files_in(folder: Path, disk: Disk) -> dict[str, bytes]:
    """Return the files beside the journal in the folder of a copy; what cannot be read is left out."""
    found = {}
    for name, most in ((BREAKOUT, sizes.SCRIPT_FILE), (STRATEGY, sizes.STRATEGY_FILE)):
        with suppress(OSError):
            found[name] = disk.below(folder).read(folder / name, most=most)
    return found


def read_copy(path: Path, disk: Disk) -> ReadJournal:
    """Read the journal of a copy: of a folder, or a file. Raises FolderError where there is none of ours."""
    journal = path / JOURNAL if path.is_dir() else path
    try:
        reading = read_lines(disk.read(journal, most=sizes.JOURNAL_FILE))
    except FileNotFoundError as error:
        raise FolderError("session.merge.no_journal", path=path) from error
    refuse_what_is_not_ours(journal, reading)
    return reading


def is_same_session(one: ReadJournal, other: ReadJournal) -> bool:
    """Tell whether two journals have a line in common: nobody writes the same one twice."""
    return not set(one.lines).isdisjoint(other.lines)


def copies_beside(folder: Path, disk: Disk) -> list[Path]:
    """Return copies of the journal in a folder that hold lines which it has not, by name. Never raises.

    Synchronised folders and browsers leave them there: "journal (Ann's conflicted copy).jsonl",
    "journal-DESKTOP.jsonl", "journal.sync-conflict-20261130-0915.jsonl", "journal (1).jsonl".
    """
    try:
        names = [name for name in disk.names(folder) if _may_be_a_copy(name)]
        ours = read_copy(folder, disk) if names else ReadJournal()
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
        copies = [copy_at(path, environment.disk) for path in others]
        for copy in copies:
            if not unrelated and not is_same_session(ours, copy.reading):
                raise FolderError("session.merge.unrelated", path=copy.path)
        after = union([ours, *(copy.reading for copy in copies)])
        keep_to_this_machine(folder, disk)
        # The questions that a copy went on with come along, for the answers to them do.
        for copy in copies:
            for source in copy.scripts if copy.path.resolve() != folder.resolve() else ():
                keep_script(folder, source, disk)
        if after != before:
            _keep_journal(folder, before, environment, disk)
            write_atomically(disk, folder / JOURNAL, after)
    finally:
        lock.release()
    came = zip(_came(ours, others, [copy.reading for copy in copies]), copies, strict=True)
    return tuple(replace(one, copy=copy) for one, copy in came)


def _came(ours: ReadJournal, others: Sequence[Path], readings: Sequence[ReadJournal]) -> Iterable[Came]:
    known = set(ours.lines)
    for path, reading in zip(others, readings, strict=True):
        fresh = [
            record for line, record in zip(reading.lines, reading.records, strict=True) if line not in known
        ]
        known.update(reading.lines)
        yield Came(path, tuple(actions_of(fresh)[0]), tuple(actions_of(reading.records)[0]))


def _keep_journal(folder: Path, before: bytes, environment: Environment, disk: Disk) -> None:
    """Put the journal as it was into .local/."""
    local = folder / LOCAL
    private_folder(disk, local)
    moment = utc_stamp(environment.clock()).replace("-", "").replace(":", "")
    write_atomically(disk, free_name(local, f"before-merge-{moment}", "jsonl"), before)
