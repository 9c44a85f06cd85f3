"""Following a session from another process: what its files come to while somebody else writes them.

A follower reads the growth of the journal and the now-file, writes nothing, and takes no lock. Its plan
equals the one that the driver has, whatever happens to the files: lines that are torn yet, a journal that is
written anew or put together with another copy, a newer script in place of its script, a folder that is gone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bsc_coach import sizes
from bsc_coach.errors import BscCoachError, FolderError
from bsc_coach.interview.branches import goes_straight
from bsc_coach.interview.facts.log import Action
from bsc_coach.interview.fold import advance, fold
from bsc_coach.interview.plan import Plan
from bsc_coach.interview.planner import make_plan
from bsc_coach.interview.state import State
from bsc_coach.script.loader import load_script
from bsc_coach.script.model import Script
from bsc_coach.script.source import bundled_source
from bsc_coach.session.actions import actions_of
from bsc_coach.session.disk import Disk, FileFacts
from bsc_coach.session.journal import JOURNAL, LOCAL
from bsc_coach.session.line_format import Record, decode_line
from bsc_coach.session.now_file import NAME, DriverNow, read_now
from bsc_coach.session.opening import first_plan, script_in_use
from bsc_coach.session.recovery import ReadJournal, read_lines, refuse_what_is_not_ours
from bsc_coach.session.scripts import read_script

MOST_ADVANCED = 20
"""Actions that came at once, up to which the state is evolved by each; more are folded with the others."""
_OVERLAP = 256
"""Bytes before the growth of a journal that are read again, to see that it has only grown."""


@dataclass(frozen=True)
class Followed:
    """What a follower knows; another object whenever any of it has changed."""

    plan: Plan | None = None
    """Where everything stands; the last one that was known where the files cannot be read now."""
    now: DriverNow | None = None
    """Where the driver is; None where nobody has told."""
    fault: BscCoachError | None = None
    """Why the files cannot be followed now."""


class Follower:
    """Follows the session in a folder; belongs to one thread at a time."""

    def __init__(self, folder: Path, disk: Disk | None = None) -> None:
        self.folder = folder
        self._disk = (Disk() if disk is None else disk).below(folder)
        self._followed = Followed()
        # The script, and the names and facts of the files that it was read from.
        self._script: Script | None = None
        self._in_folder: Script | None = None
        self._script_files: tuple[tuple[str, FileFacts], ...] | None = None
        # The journal as it was read last, as far as its lines were whole.
        self._journal: FileFacts | None = None
        self._read_to = 0
        self._end = b""
        self._records: list[Record] = []
        self._lines: list[bytes] = []
        self._known: set[bytes] = set()
        self._actions: list[Action] = []
        self._folded = 0
        """How many of the records the plan was made from."""
        self._behind = True
        """Whether the plan is still to be made from what was read."""
        self._now_facts: FileFacts | None = None

    @property
    def actions(self) -> Sequence[Action]:
        """The actions of the log, in order."""
        return tuple(self._actions)

    def look(self) -> Followed:
        """Look at the files once; the same object as before where nothing has changed. Never raises."""
        # First where the driver is: the journal is on the disk before that is told.
        now = self._look_at_now()
        try:
            plan, fault = self._look_at_session(), None
        except BscCoachError as error:
            plan, fault = self._followed.plan, error
        except OSError as error:
            plan, fault = self._followed.plan, FolderError("wall.unreadable", reason=error.strerror or "")
        before = self._followed
        if plan is not before.plan or now != before.now or _told(fault) != _told(before.fault):
            self._followed = Followed(plan, now, fault)
        return self._followed

    # Inside

    def _facts(self, path: Path) -> FileFacts | None:
        try:
            return self._disk.facts_at(path)
        except (FileNotFoundError, NotADirectoryError):
            return None

    def _look_at_now(self) -> DriverNow | None:
        try:
            facts = self._facts(self.folder / LOCAL / NAME)
        except OSError:
            facts = None
        if facts != self._now_facts:
            self._now_facts = facts
            return None if facts is None else read_now(self.folder, self._disk)
        return self._followed.now

    def _look_at_session(self) -> Plan | None:
        """Return the plan as it is now. Raises BscCoachError and OSError for what cannot be followed."""
        if not self.folder.is_dir():
            raise FolderError("wall.gone" if self._records else "session.none_here", path=self.folder)
        journal = self._facts(self.folder / JOURNAL)
        anew = self._look_at_script()
        if journal is None:
            self._journal = None
            raise FolderError("wall.gone" if self._records else "wall.waits", path=self.folder)
        if journal != self._journal:
            self._behind = True
            self._read_journal(journal)
        if not (anew or self._behind):
            return self._followed.plan
        self._behind = True  # also where the plan cannot be made now
        plan = self._plan(anew=anew)
        self._behind = False
        return plan

    # The script

    def _look_at_script(self) -> bool:
        """Read the script in the folder if its files have changed; tell whether it is another one."""
        found = [one for one in self._disk.names(self.folder) if one.startswith("script.")]
        facts = ((name, self._facts(self.folder / name)) for name in found)
        files = tuple((name, told) for name, told in facts if told is not None)
        if files == self._script_files and self._in_folder is not None:
            return False
        self._script_files = files
        before = self._in_folder
        try:
            source = read_script(self.folder, self._disk)
            script = load_script(bundled_source() if source is None else source)
        except BscCoachError:
            if before is None:
                raise
            return False  # one of its files is new, the others are on their way
        if before is not None and script.digest == before.digest:
            return False
        self._in_folder = script
        return True

    # The journal

    def _read_journal(self, facts: FileFacts) -> None:
        """Take in what is new in the journal; all of it where it has not merely grown."""
        before = self._journal
        merely_grown = before is not None and facts.identity == before.identity
        if not (merely_grown and facts.size > self._read_to and self._read_growth()):
            data = self._disk.read(self.folder / JOURNAL, most=sizes.JOURNAL_FILE)
            reading = read_lines(data)
            refuse_what_is_not_ours(self.folder / JOURNAL, reading)
            self._read_whole(data, reading)
        self._journal = facts

    def _read_growth(self) -> bool:
        """Take in the lines behind those that were read; False where these are no longer there."""
        start = self._read_to - len(self._end)
        data = self._disk.read(self.folder / JOURNAL, start=start, most=sizes.JOURNAL_FILE)
        if not data.startswith(self._end):
            return False
        added = data[len(self._end) :]
        whole = added[: len(added) - len(_torn(added))]
        reading = read_lines(whole)
        last = self._records[-1].number if self._records else 0
        if reading.needs_repair or (reading.records and reading.records[0].number <= last):
            return False
        for record, line in zip(reading.records, reading.lines, strict=True):
            if line not in self._known:
                self._remember(record, line)
        self._read_to += len(whole)
        self._end = (self._end + whole)[-_OVERLAP:]
        return True

    def _read_whole(self, data: bytes, reading: ReadJournal) -> None:
        """Take all lines of a journal; where they only go on from those that are known, the new ones."""
        known = len(self._lines)
        if reading.lines[:known] != self._lines:
            self._records, self._lines, self._known, self._actions = [], [], set(), []
            known = self._folded = 0
        for record, line in zip(reading.records[known:], reading.lines[known:], strict=True):
            self._remember(record, line)
        self._read_to = len(data) - len(_torn(data))
        self._end = data[: self._read_to][-_OVERLAP:]

    def _remember(self, record: Record, line: bytes) -> None:
        self._records.append(record)
        self._lines.append(line)
        self._known.add(line)

    # The plan

    def _plan(self, *, anew: bool) -> Plan | None:
        """Return the plan of what was read; evolved from the one before where that is enough."""
        assert self._in_folder is not None
        before = self._followed.plan
        state = None if before is None else self._evolved(before.state)
        if state is None:
            before = None
            self._actions, _ = actions_of(self._records)
            state = fold(self._actions)
        self._folded = len(self._records)
        if before is not None and state is before.state and not anew:
            return before
        if before is None or self._script is None or anew or state.adopted is not before.state.adopted:
            script = script_in_use(self.folder, self._in_folder, state)
            if self._script is None or script.digest != self._script.digest:
                self._script = script
        if self._followed.plan is None:
            return first_plan(self.folder, self._script, state, self._disk)
        return make_plan(self._script, state, before, part_of=self._followed.plan.part_of)

    def _evolved(self, state: State) -> State | None:
        """Return the state after the lines that are new; None where the whole log has to be folded."""
        fresh = self._records[self._folded :]
        as_read = len(self._actions) == self._folded == len(state.actions)
        if not as_read or len(fresh) > MOST_ADVANCED:
            return None
        if any(record.body.get("source") == _FIRST_VERSION for record in fresh):
            return None
        added, unread = actions_of(fresh)
        if unread or not goes_straight([*self._actions[-1:], *added]):
            return None
        for action in added:
            state = advance(state, action)
        self._actions += added
        return state


_FIRST_VERSION = "file"
"""Source of actions whose meaning depends on what came before them, in journals of the first version."""


def _torn(data: bytes) -> bytes:
    """Return what stands behind the last whole line: the beginning of one that is being written."""
    rest = data.rpartition(b"\n")[2]
    return b"" if isinstance(decode_line(rest.strip()), Record) else rest


def _told(fault: BscCoachError | None) -> tuple[object, ...]:
    return () if fault is None else (fault.key, tuple(sorted(map(str, fault.values.items()))))
