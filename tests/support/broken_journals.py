"""Stores with one planted fault each: a harness that does not catch them proves nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from bsc_coach.session import journal as journal_module
from bsc_coach.session.disk import Disk, write_all
from bsc_coach.session.journal import Journal
from bsc_coach.session.line_format import Record, encode_record, make_record
from bsc_coach.session.recovery import ReadJournal
from tests.support.clock import Clock
from tests.support.faulty_disk import FaultyDisk
from tests.support.journals import opened


class NoSync(FaultyDisk):
    """Says that data is on the medium without asking for it."""

    def fsync(self, fd: int) -> None:
        self.calls.append("fsync")


class NoFolderSync(FaultyDisk):
    """Never makes a name durable."""

    def fsync_folder(self, folder: Path) -> None:
        self.calls.append("fsync_folder")


class RenameBeforeSync(FaultyDisk):
    """Flushes a new file only after it took the old one's name."""

    def __init__(self, inner: Disk) -> None:
        super().__init__(inner)
        self.late: list[Callable[[], None]] = []
        self.fresh: set[int] = set()

    def create(self, path: Path) -> int:
        fd = self.through("create", path)
        self.fresh.add(fd)
        return fd

    def fsync(self, fd: int) -> None:
        if fd not in self.fresh:
            self.through("fsync", fd)

    def close(self, fd: int) -> None:
        if fd in self.fresh:
            self.fresh.discard(fd)
            inner = self.inner
            self.late.append(lambda: (inner.fsync(fd), inner.close(fd)))
        else:
            self.through("close", fd)

    def fsync_folder(self, folder: Path) -> None:
        self.through("fsync_folder", folder)
        for one in self.late:
            one()
        self.late.clear()


class RewriteInPlace(FaultyDisk):
    """Replaces by unlinking the old file first."""

    def replace(self, source: Path, target: Path) -> None:
        if target in getattr(self.inner, "names_now", {}):
            self.through("unlink", target)
            self.inner.fsync_folder(target.parent)
            if self.after is not None:
                self.after()
        self.through("replace", source, target)


class Careless:
    """A bare append-only store; its subclasses leave one thing out."""

    unsaved = 0
    trouble = None

    def __init__(self, path: Path, disk: Disk) -> None:
        self.path, self.disk, self.clock = path, disk, Clock()
        self.records: list[Record] = list(opened(path, disk)[0].records)
        self.fd = disk.open_append(path)

    def append(self, body: Mapping[str, Any]) -> Record:
        """Write ``body`` in this store's careless way."""
        record = make_record(len(self.records) + 1, "w1", self.clock(), body)
        self.records.append(record)
        self.put(encode_record(record))
        return record

    def put(self, line: bytes) -> None:
        """Write and flush, and believe in it."""
        write_all(self.disk, self.fd, line)
        self.disk.fsync(self.fd)

    def retry(self) -> bool:
        """Do nothing."""
        return True


class AckEarly(Careless):
    """Acknowledges a record before the flush, which comes with the next one."""

    def put(self, line: bytes) -> None:
        self.disk.fsync(self.fd)
        write_all(self.disk, self.fd, line)


class Buffered(Careless):
    """Keeps eight records in memory before it writes them."""

    def __init__(self, path: Path, disk: Disk) -> None:
        super().__init__(path, disk)
        self.waiting: list[bytes] = []

    def put(self, line: bytes) -> None:
        self.waiting.append(line)
        if len(self.waiting) == 8:
            write_all(self.disk, self.fd, b"".join(self.waiting))
            self.disk.fsync(self.fd)
            self.waiting.clear()


class KeepsDescriptor(Careless):
    """After a failure tries again on the same descriptor, and believes the second flush."""

    def put(self, line: bytes) -> None:
        for _ in range(3):
            try:
                write_all(self.disk, self.fd, line)
                self.disk.fsync(self.fd)
            except OSError:
                line = b""
            else:
                return


class SwallowsErrors(Careless):
    """Goes on as if a failed write had worked."""

    def put(self, line: bytes) -> None:
        try:
            super().put(line)
        except OSError:
            return


class NoSizeCheck(Journal):
    """Believes that a write landed where it should."""

    def _size_of_same_file(self) -> int:
        return self._size

    def _write_line(self, line: bytes) -> None:
        assert self._fd is not None
        write_all(self._disk, self._fd, line)
        self._disk.fsync(self._fd)
        self._size += len(line)


class ForgivingJournal(Journal):
    """After a failed flush flushes the same descriptor again, and believes the answer."""

    def _write_line(self, line: bytes) -> None:
        try:
            super()._write_line(line)
        except OSError:
            assert self._fd is not None
            self._disk.fsync(self._fd)
            self._size = self._size_of_same_file()


class HopefulJournal(Journal):
    """Takes a failed write for a success."""

    def _write_line(self, line: bytes) -> None:
        try:
            super()._write_line(line)
        except OSError:
            self._size += len(line)


class HastyJournal(Journal):
    """Acknowledges each record before its flush, which comes with the next one."""

    def _write_line(self, line: bytes) -> None:
        assert self._fd is not None
        self._disk.fsync(self._fd)
        write_all(self._disk, self._fd, line)
        self._size += len(line)


def opened_as(store: type[Journal]) -> Callable[[Path, Disk], Journal]:
    """Return an opener of journals of the kind ``store``."""

    def opener(path: Path, disk: Disk) -> Journal:
        kept = journal_module.Journal
        journal_module.Journal = store  # type: ignore[misc]
        try:
            return opened(path, disk)[0]
        finally:
            journal_module.Journal = kept  # type: ignore[misc]

    return opener


class FlushingJournal(Journal):
    """At opening flushes what it read, instead of writing it once more."""

    def _settle(self, reading: ReadJournal, present: bytes, *, missing: bool) -> None:
        if missing or reading.needs_repair or not reading.records:
            super()._settle(reading, present, missing=missing)
        else:
            self._fd = self._disk.open_append(self._path)
            self._disk.fsync(self._fd)


def sound(path: Path, disk: Disk) -> Journal:
    """Open the real journal."""
    return opened(path, disk)[0]


without_size_check = opened_as(NoSizeCheck)
flushing_at_opening = opened_as(FlushingJournal)
