"""A disk in memory that knows what a power cut would leave of it.

A write is in the file at once but on the medium only after fsync; a name is in the folder at once but on
the medium only after fsync_folder. ``crash_states`` lists every disk that a cut at this moment may leave:
each unsynced write kept, lost, kept by half or turned to zeros, and any prefix of the unsynced names. Nothing
but fsync_folder of the same folder makes a name sure.
"""

from __future__ import annotations

import errno
import itertools
import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from bsc_coach.session.disk import Disk, FileFacts

Files = dict[Path, bytes]


class Inode:
    """The content of a file now, on the medium, and what was written since the last fsync."""

    def __init__(self, content: bytes = b"") -> None:
        self.content = content
        self.durable = content
        self.pending: list[bytes] = []
        self.forgotten = 0
        self.rewritten = 0

    def flush(self) -> None:
        """Bring what is pending to the medium; what a failed flush forgot stays a hole there.

        Only what was written over itself since, from the start, fills the holes.
        """
        if self.pending:
            self.durable += bytes(self.forgotten) + b"".join(self.pending)
            self.pending, self.forgotten = [], 0
        if self.rewritten:
            self.forgotten -= max(0, min(self.forgotten, self.rewritten - len(self.durable)))
            self.durable = self.content[: self.rewritten] + self.durable[self.rewritten :]
            self.rewritten = 0

    def write_over(self, start: int, data: bytes) -> None:
        """Take bytes that stand there already."""
        assert self.content[start : start + len(data)] == data
        self.rewritten = start + len(data)

    def forget(self) -> None:
        """Count the pending bytes as clean though they never were written: Linux after a failed fsync."""
        self.forgotten += sum(map(len, self.pending))
        self.pending, self.rewritten = [], 0

    def versions(self) -> set[bytes]:
        """Return what a cut may leave of the content."""
        ways = [(piece, b"", piece[: len(piece) // 2], bytes(len(piece))) for piece in self.pending]
        hole = bytes(self.forgotten) if self.pending else b""
        return {self.durable + hole + b"".join(parts) for parts in itertools.product(*ways)}


class Change(NamedTuple):
    """Names that appeared in a folder, and one that went."""

    folder: Path
    added: dict[Path, Inode | None]
    removed: Path | None

    def applied(self, names: dict[Path, Inode | None]) -> dict[Path, Inode | None]:
        """Return ``names`` after the change."""
        after = {**names, **self.added}
        after.pop(self.removed, None)
        return after


class MemoryDisk(Disk):
    """Implements every call of Disk over dictionaries."""

    def __init__(self, files: Files | None = None, folders: tuple[Path, ...] = ()) -> None:
        self.names_now: dict[Path, Inode | None] = {}
        for folder in folders:
            self.names_now[folder] = None
        for path, content in (files or {}).items():
            for above in path.parents:
                self.names_now.setdefault(above, None)
            self.names_now[path] = Inode(content)
        self.names_durable = dict(self.names_now)
        self.name_changes: list[Change] = []
        self.open_files: dict[int, Inode] = {}
        self.places: dict[int, int] = {}
        self.fds = itertools.count(100)
        self.locked: dict[int, Inode] = {}

    def below(self, folder: Path) -> MemoryDisk:
        """Return itself: there are no links here."""
        return self

    def files(self) -> Files:
        """Return every file as a program sees it now."""
        return {path: inode.content for path, inode in self.names_now.items() if inode is not None}

    # Names

    def _inode(self, path: Path) -> Inode:
        if path not in self.names_now:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))
        inode = self.names_now[path]
        if inode is None:
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), str(path))
        return inode

    def _change(self, folder: Path, change: dict[Path, Inode | None], removed: Path | None = None) -> None:
        """Apply a change of names at once, and remember it as not yet on the medium."""
        made = Change(folder, change, removed)
        self.names_now = made.applied(self.names_now)
        self.name_changes.append(made)

    def create(self, path: Path) -> int:
        if path in self.names_now:
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
        if path.parent not in self.names_now:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))
        inode = Inode()
        self._change(path.parent, {path: inode})
        return self._open(inode)

    def _open(self, inode: Inode) -> int:
        fd = next(self.fds)
        self.open_files[fd] = inode
        return fd

    def open_append(self, path: Path) -> int:
        return self._open(self._inode(path))

    def open_over(self, path: Path) -> int:
        fd = self._open(self._inode(path))
        self.places[fd] = 0
        return fd

    def open_lock(self, path: Path) -> int:
        return self.open_append(path) if path in self.names_now else self.create(path)

    def replace(self, source: Path, target: Path) -> None:
        self._change(target.parent, {target: self._inode(source)}, removed=source)

    def unlink(self, path: Path) -> None:
        self._inode(path)
        self._change(path.parent, {}, removed=path)

    def make_folder(self, path: Path) -> None:
        if path in self.names_now:
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
        self._change(path.parent, {path: None})

    def names(self, folder: Path) -> list[str]:
        if folder not in self.names_now:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(folder))
        return sorted(path.name for path in self.names_now if path.parent == folder and path != folder)

    def fsync_folder(self, folder: Path) -> None:
        for change in self.name_changes:
            if change.folder == folder:
                self.names_durable = change.applied(self.names_durable)
        self.name_changes = [change for change in self.name_changes if change.folder != folder]

    # Contents

    def write(self, fd: int, data: bytes) -> int:
        inode = self.open_files[fd]
        if fd in self.places:
            inode.write_over(self.places[fd], data)
            self.places[fd] += len(data)
        else:
            inode.content += data
            inode.pending.append(data)
        return len(data)

    def overwrite(self, fd: int, data: bytes) -> None:
        inode = self.open_files[fd]
        inode.content, inode.durable, inode.pending = data, b"", [data]

    def fsync(self, fd: int) -> None:
        self.open_files[fd].flush()

    def forget_dirty(self, fd: int) -> None:
        """Fail to flush, the Linux way."""
        self.open_files[fd].forget()

    def close(self, fd: int) -> None:
        self.locked.pop(fd, None)
        self.places.pop(fd, None)
        del self.open_files[fd]

    def facts(self, fd: int) -> FileFacts:
        inode = self.open_files[fd]
        return FileFacts(len(inode.content), (0, id(inode)), False, False)

    def facts_at(self, path: Path) -> FileFacts:
        if path in self.names_now and self.names_now[path] is None:
            return FileFacts(0, (0, hash(path)), True, False)
        inode = self._inode(path)
        return FileFacts(len(inode.content), (0, id(inode)), False, False)

    def read(self, path: Path, *, most: int, start: int = 0) -> bytes:
        content = self._inode(path).content[start:]
        if len(content) > most:
            raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(path))
        return content

    def lock(self, fd: int) -> bool:
        inode = self.open_files[fd]
        if any(held is inode for other, held in self.locked.items() if other != fd):
            return False
        self.locked[fd] = inode
        return True

    # Power cuts

    def crash_states(self) -> Iterator[tuple[Files, tuple[Path, ...]]]:
        """Return (files, folders) of every disk that a power cut now may leave behind."""
        named = self.names_durable
        for change in (None, *self.name_changes):
            named = change.applied(named) if change else named
            reached = {
                path: inode for path, inode in named.items() if all(up in named for up in path.parents)
            }
            folders = tuple(path for path, inode in reached.items() if inode is None)
            files = [(path, inode) for path, inode in reached.items() if inode is not None]
            for contents in itertools.product(*(sorted(inode.versions()) for _, inode in files)):
                found = zip(files, contents, strict=True)
                yield {path: content for (path, _), content in found}, folders
