"""The journal, an append-only log: one line an action, flushed to the disk before it counts.

``append`` returns a record that is either durable or counted in ``unsaved``; it is never neither. After
any failure the descriptor in use is given up for good (a second fsync on it may lie), and all records
are written to a new file that takes the old one's place. Lines that others added are kept.

A Journal belongs to one thread at a time. It takes no lock: see ``lock``.
"""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from bsc_coach import sizes
from bsc_coach.errors import FolderError
from bsc_coach.interview.facts.log import JsonValue, log_order
from bsc_coach.session.disk import (
    Disk,
    close_quietly,
    private_folder,
    sweep,
    write_again,
    write_all,
    write_atomically,
    write_new,
)
from bsc_coach.session.line_format import (
    Record,
    encode_record,
    make_record,
    utc_stamp,
)
from bsc_coach.session.path_walk import InTheWayError
from bsc_coach.session.recovery import ReadJournal, Recovery, read_lines, reason, refuse_what_is_not_ours

JOURNAL = "journal.jsonl"
LOCAL = ".local"
# What a refusal at opening is called when it happens in the middle of a session.
_REFUSED = {
    "session.foreign_journal": "session.trouble.replaced",
    "session.newer_format": "session.trouble.newer",
}


class Journal:
    """The records of one session and the file that they live in; made by ``open_journal``."""

    def __init__(
        self, path: Path, *, writer: str, clock: Callable[[], datetime], disk: Disk, read_only: bool
    ) -> None:
        self._path = path
        self._writer = writer
        self._clock = clock
        self._disk = disk
        self._read_only = read_only
        self._fd: int | None = None
        self._size = 0
        self._ends_whole = True
        self._records: list[Record] = []
        self._lines: list[bytes] = []
        self._foreign: list[Record] = []
        self._foreign_lines: list[bytes] = []
        self._known: set[bytes] = set()
        self._last = 0
        self._unsaved = 0
        self._trouble: str | None = None
        self._copy: Path | None = None
        self._copied = b""

    @property
    def path(self) -> Path:
        """The file of the journal."""
        return self._path

    @property
    def records(self) -> tuple[Record, ...]:
        """What was read at opening and appended since, in the order of the numbers."""
        return tuple(self._records)

    @property
    def foreign(self) -> tuple[Record, ...]:
        """What another program added to the file while it was open here; kept there, not in ``records``."""
        return tuple(self._foreign)

    @property
    def unsaved(self) -> int:
        """How many records are in memory only."""
        return self._unsaved

    @property
    def trouble(self) -> str | None:
        """The words key of why the file cannot be written; its text takes ``n``. None when all is well."""
        return self._trouble

    @property
    def read_only(self) -> bool:
        """Whether this journal was opened for reading only."""
        return self._read_only

    def look_for_others(self) -> tuple[Record, ...]:
        """Take in what another program added since, and return all that it added so far. Never raises."""
        if self._fd is not None:
            self._look_for_others()
        return self.foreign

    def append(self, body: Mapping[str, JsonValue]) -> Record:
        """Keep ``body`` as the next record. Durable on return, unless ``unsaved`` says otherwise.

        Raises FolderError for a journal opened read-only and for a body larger than sizes.JOURNAL_LINE;
        then nothing has changed.
        """
        if self._read_only:
            raise FolderError("session.read_only", path=self._path)
        if self._fd is not None:
            self._look_for_others()
        record = make_record(self._last + 1, self._writer, self._clock(), body)
        line = encode_record(record)
        if len(line) > sizes.JOURNAL_LINE:
            raise FolderError("session.record_too_big", most=sizes.JOURNAL_LINE // 2**20)
        behind = self._unsaved > 0
        self._remember(record, line[:-1])
        self._unsaved += 1
        if self._fd is None or behind:
            self.retry()
            return record
        try:
            self._write_line(line)
        except OSError:
            self._give_up()
            self.retry()
        else:
            self._unsaved = 0
        return record

    def retry(self) -> bool:
        """If anything is amiss, write all records to a new file in place of the old; True if all is saved.

        Never raises; ``trouble`` says why it did not work.
        """
        if self._read_only or (not self._unsaved and not self._trouble):
            return True
        return self._write_anew()

    def take_copy(self, reading: ReadJournal) -> bool:
        """Take the lines of another copy of this session in, as lines of others; True if all is saved.

        Raises FolderError for a journal opened read-only.
        """
        if self._read_only:
            raise FolderError("session.read_only", path=self._path)
        self._adopt(reading)
        return self._write_anew()

    def _write_anew(self) -> bool:
        self._give_up()
        try:
            self._save()
        except OSError as error:
            self._trouble = reason(error)
        except FolderError as refusal:
            self._trouble = _REFUSED[refusal.key]
        else:
            self._unsaved = 0
            self._trouble = None
            self._reopen()
        return self._trouble is None

    def move_to(self, path: Path) -> bool:
        """Go on in another file, with all records in it; True if they are durable there.

        The folder is made if it is missing. When it fails, everything stays as it was. Raises
        FolderError if something already stands there.
        """
        if self._read_only:
            raise FolderError("session.read_only", path=self._path)
        try:
            if not path.parent.exists():
                private_folder(self._disk, path.parent)
            disk = self._disk.below(path.parent)
            if self._content(path).strip():
                raise FolderError("session.target_taken", path=path)
            data = self._everything()
            write_atomically(disk, path, data)
        except OSError:
            return False
        self._give_up()
        self._disk = disk
        self._path, self._size, self._ends_whole = path, len(data), True
        self._unsaved, self._trouble = 0, None
        self._reopen()
        return True

    def go_on_as(self, writer: str, clock: Callable[[], datetime]) -> None:
        """Sign and date the records to come otherwise: after a recorded session was played."""
        self._writer = writer
        self._clock = clock

    def stop_writing(self) -> None:
        """Be from here on as if it had been opened for reading only."""
        self._give_up()
        self._read_only = True

    def close(self) -> None:
        """Give the file back, after a last attempt to save what is not; ``unsaved`` tells the outcome."""
        if self._unsaved:
            self.retry()
        self._give_up()

    # Inside

    def _remember(self, record: Record, line: bytes) -> None:
        self._records.append(record)
        self._lines.append(line)
        self._known.add(line)
        self._last = max(self._last, record.number)

    def _start(self, reading: ReadJournal, size: int) -> None:
        """Take what was read at opening as ours."""
        for record, line in zip(reading.records, reading.lines, strict=True):
            self._remember(record, line)
        self._size, self._ends_whole = size, reading.ends_whole

    def _adopt(self, reading: ReadJournal) -> None:
        """Remember the lines of others, so that no rewriting loses them and no number is used twice."""
        for record, line in zip(reading.records, reading.lines, strict=True):
            if line not in self._known:
                self._known.add(line)
                self._foreign.append(record)
                self._foreign_lines.append(line)
                self._last = max(self._last, record.number)

    def _give_up(self) -> None:
        close_quietly(self._disk, self._fd)
        self._fd = None

    def _look_for_others(self) -> None:
        """Before writing: is it still our file, and does it end where we left it?"""
        try:
            size = self._size_of_same_file()
            if size != self._size:
                self._read_growth(size)
        except OSError:
            self._give_up()

    def _size_of_same_file(self) -> int:
        """Return the size of the open file; ESTALE if the path leads to another one by now."""
        assert self._fd is not None
        facts = self._disk.facts(self._fd)
        if self._disk.facts_at(self._path).identity != facts.identity:
            raise OSError(errno.ESTALE, os.strerror(errno.ESTALE))
        return facts.size

    def _read_growth(self, size: int) -> ReadJournal:
        """Take in whole lines that somebody added; EIO when the file is in any other state."""
        if size < self._size:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        added = self._disk.read(self._path, start=self._size, most=sizes.JOURNAL_FILE)
        reading = read_lines(added)
        if reading.needs_repair or len(added) != size - self._size:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        self._adopt(reading)
        self._size, self._ends_whole = size, reading.ends_whole
        return reading

    def _write_line(self, line: bytes) -> None:
        """Append ``line``, make it durable, and see that it landed where it should."""
        assert self._fd is not None
        data = line if self._ends_whole else b"\n" + line
        write_all(self._disk, self._fd, data)
        self._disk.fsync(self._fd)
        size = self._size_of_same_file()
        if size == self._size + len(data):
            self._size, self._ends_whole = size, True
        elif line[:-1] not in self._read_growth(size).lines:
            raise OSError(errno.EIO, os.strerror(errno.EIO))

    def _content(self, path: Path) -> bytes:
        try:
            return self._disk.read(path, most=sizes.JOURNAL_FILE)
        except FileNotFoundError:
            return b""

    def _save(self) -> None:
        """Write all lines, ours and others', in the place of the file. Raises OSError or FolderError."""
        present = self._content(self._path)
        reading = read_lines(present)
        refuse_what_is_not_ours(self._path, reading)
        self._adopt(reading)
        if self._unexplained(reading):
            self._keep_copy(present)
        data = self._everything()
        write_atomically(self._disk, self._path, data)
        self._size, self._ends_whole = len(data), True

    def _unexplained(self, reading: ReadJournal) -> bool:
        """Tell whether the file holds anything but whole lines and the torn beginning of an unsaved one."""
        waiting = self._lines[-self._unsaved :] if self._unsaved else []
        torn = all(any(line.startswith(bad.piece) for line in waiting) for bad in reading.bad)
        rest = reading.duplicates or reading.disorder or reading.marks & {"utf16", "zeros"}
        return bool(rest) or not torn

    def _everything(self) -> bytes:
        pairs = [*zip(self._records, self._lines, strict=True)]
        pairs += zip(self._foreign, self._foreign_lines, strict=True)
        pairs.sort(key=lambda pair: (log_order(pair[0]), pair[1]))
        return b"".join(line + b"\n" for _, line in pairs)

    def _keep_copy(self, present: bytes) -> None:
        """Put the file as it is beside, once; whoever wants a lost line back finds it there."""
        digest = hashlib.sha256(present).digest()
        if digest == self._copied:
            return
        local = self._path.parent / LOCAL
        private_folder(self._disk, local)
        moment = utc_stamp(self._clock()).replace("-", "").replace(":", "")
        taken = set(self._disk.names(local))
        names = (f"damaged-{moment}" + (f"-{turn}" if turn > 1 else "") for turn in range(1, 10_000))
        copy = local / next(name for name in names if name not in taken)
        write_new(self._disk, copy, present)
        self._disk.fsync_folder(local)
        self._copy, self._copied = copy, digest

    def _reopen(self) -> None:
        """Get a descriptor for the next append; without one that append writes the file anew."""
        try:
            self._fd = self._disk.open_append(self._path)
            if self._size_of_same_file() != self._size:
                self._give_up()
        except OSError:
            self._give_up()

    def _settle(self, reading: ReadJournal, present: bytes, *, missing: bool) -> None:
        """At opening: repair if needed and get ready to write; sets ``trouble`` if that cannot be."""
        try:
            if missing:
                # Not in place of anything: somebody may have made it since we looked.
                write_new(self._disk, self._path, b"")
                self._disk.fsync_folder(self._path.parent)
            elif reading.needs_repair:
                self._save()
            elif self._records:
                # What a killed process wrote last, and the name it gave the file, may have been read
                # from memory only: what we show as kept must be.
                write_again(self._disk, self._path, present)
                self._disk.fsync_folder(self._path.parent)
        except OSError as error:
            self._give_up()
            self._trouble = reason(error)
            return
        if self._records:
            # An empty journal stays closed: its first record is written as a whole new file, so that
            # not even the first line can be torn.
            self._reopen()


def open_journal(
    path: Path,
    *,
    writer: str,
    clock: Callable[[], datetime],
    disk: Disk | None = None,
    read_only: bool = False,
) -> tuple[Journal, Recovery]:
    """Open the journal at ``path``, made if missing, repaired if damaged (the original is copied first).

    When the disk does not play along, the journal works in memory and the report says why. With
    ``read_only`` nothing is written at all. Raises FolderError, the file untouched, for a file that is
    not a journal of ours, was written by a later version, or is larger than sizes.JOURNAL_FILE.
    """
    used = Disk() if disk is None else disk
    journal = Journal(path, writer=writer, clock=clock, disk=used, read_only=read_only)
    # A file that cannot be read for another reason than its size leaves a session in memory only.
    missing = False
    present = b""
    try:
        present = used.read(path, most=sizes.JOURNAL_FILE)
    except FileNotFoundError:
        missing = True
    except InTheWayError:
        raise
    except OSError as error:
        if error.errno == errno.EFBIG:
            raise FolderError("session.journal_too_big", path=path) from error
        key = journal._trouble = reason(error)
        return journal, Recovery(path, memory_only=key, unread=True)
    # Understood first, then written: a foreign file is refused before anything of it is touched.
    reading = read_lines(present)
    refuse_what_is_not_ours(path, reading)
    journal._start(reading, len(present))
    if not read_only:
        sweep(used, path)
        journal._settle(reading, present, missing=missing)
    return journal, Recovery.of(path, reading, copy=journal._copy, memory_only=journal._trouble)
