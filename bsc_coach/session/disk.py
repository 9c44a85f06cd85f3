"""File system calls of the store in one class, so that a test can watch or break every one.

``Disk`` is the real thing, and the one door to everything that is written. It follows no symlink at the end
of a path nor, ``below`` a folder, on the way there; makes files 0600 and folders 0700 whatever the umask; and
raises plain OSError, whose meaning its callers decide. What is no plain file or folder is an InTheWayError.
A subclass that records or fails these methods sees everything the store does.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
import time
from contextlib import suppress
from copy import copy
from pathlib import Path
from typing import NamedTuple, Self

from bsc_coach.session.path_walk import NO_FOLLOW, InTheWayError, entry_of

FILE_MODE = 0o600
FOLDER_MODE = 0o700
_USUAL_FILE_MODE = 0o664
_USUAL_FOLDER_MODE = 0o775
"""What the umask takes from; a file that everybody may write is never meant."""
_CHUNK = 1 << 20
# Flags that only some systems have; without them the rest of the check (kind of file) still holds.
_PRIVATE = getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOINHERIT", 0)
_NO_WAIT = getattr(os, "O_NONBLOCK", 0)
# A virus scanner or a synchroniser may hold a target on Windows for a moment (WinError 5, 32, 33).
_REPLACE_PATIENCE = tuple(0.05 * 1.35**step for step in range(10))
# Network file systems that cannot flush a folder say so with these; there is nothing to wait for then.
_NO_FOLDER_FLUSH = (errno.EINVAL, errno.ENOTSUP)
_NO_LOCKS = (errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP)
# Windows locks bytes, and nobody may read a locked byte: lock one far behind the text.
_LOCKED_BYTE = 1 << 30


class FileFacts(NamedTuple):
    """What the store must know of a file: bytes, which file it is, whether it is a folder or a link, and when
    it was changed last (nanoseconds; only ever compared with what it was before)."""

    size: int
    identity: tuple[int, int]
    is_folder: bool
    is_link: bool
    changed: int = 0


class Disk:
    """File calls on the real file system; every method raises OSError when the system does."""

    root: Path | None = None
    """The folder below which no link is followed; None where that holds for the end of a path only."""
    folder_mode = FOLDER_MODE

    def below(self, folder: Path) -> Self:
        """Return the same disk for what lies below ``folder``, which may itself be or lie behind a link."""
        other = copy(self)
        other.root = folder
        return other

    def create(self, path: Path) -> int:
        """Open a file that must not exist yet for writing, readable by its owner only."""
        fd = self._open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
        if sys.platform != "win32":
            os.fchmod(fd, FILE_MODE)  # a umask like 0777 would have taken the owner's bits away
        return fd

    def open_append(self, path: Path) -> int:
        """Open an existing plain file so that every write lands at its end."""
        return _plain(self._open(path, os.O_WRONLY | os.O_APPEND | _NO_WAIT), path)

    def open_over(self, path: Path) -> int:
        """Open an existing plain file so that writing begins at its start and cuts nothing off."""
        return _plain(self._open(path, os.O_WRONLY | _NO_WAIT), path)

    def open_lock(self, path: Path) -> int:
        """Open a lock file for reading and writing, made when missing."""
        return _plain(self._open(path, os.O_RDWR | os.O_CREAT | _NO_WAIT), path)

    def _open(self, path: Path, flags: int, mode: int = FILE_MODE) -> int:
        with entry_of(path, self.root) as entry:
            return os.open(entry.name, flags | NO_FOLLOW | _PRIVATE, mode, dir_fd=entry.at)

    def write(self, fd: int, data: bytes) -> int:
        """Hand ``data`` to the system; return how many bytes it took."""
        return os.write(fd, data)

    def overwrite(self, fd: int, data: bytes) -> None:
        """Make ``data`` the whole content of an open file (for the few bytes of a lock)."""
        os.ftruncate(fd, 0)
        os.lseek(fd, 0, os.SEEK_SET)
        os.write(fd, data)

    def fsync(self, fd: int) -> None:
        """Flush the bytes of ``fd`` to the medium (fsync), as far as the system can promise it."""
        if sys.platform == "darwin":
            import fcntl

            try:
                # Plain fsync leaves the data in the drive's own cache on macOS.
                fcntl.fcntl(fd, fcntl.F_FULLFSYNC)
            except OSError as error:
                if error.errno not in (*_NO_FOLDER_FLUSH, errno.ENOTTY):
                    raise
            else:
                return
        os.fsync(fd)

    def fsync_folder(self, folder: Path) -> None:
        """Flush the names in ``folder`` to the medium (fsync); Windows has no such call."""
        if sys.platform == "win32":
            return
        fd = self._open_folder(folder)
        try:
            self.fsync(fd)
        except OSError as error:
            if error.errno not in _NO_FOLDER_FLUSH:
                raise
        finally:
            os.close(fd)

    def _open_folder(self, folder: Path) -> int:
        if folder == self.root:
            return os.open(folder, os.O_RDONLY | os.O_DIRECTORY | _PRIVATE)  # whoever named it meant it
        with entry_of(folder, self.root) as entry:
            own = NO_FOLLOW if self.root is not None and folder.is_relative_to(self.root) else 0
            return os.open(entry.name, os.O_RDONLY | os.O_DIRECTORY | own | _PRIVATE, dir_fd=entry.at)

    def close(self, fd: int) -> None:
        """Give ``fd`` back."""
        os.close(fd)

    def facts(self, fd: int) -> FileFacts:
        """Return what is known of an open file."""
        return _facts(os.fstat(fd))

    def facts_at(self, path: Path) -> FileFacts:
        """Return what is known of ``path`` itself, a link not followed."""
        with entry_of(path, self.root) as entry:
            return _facts(os.stat(entry.name, dir_fd=entry.at, follow_symlinks=False))

    def read(self, path: Path, *, most: int, start: int = 0) -> bytes:
        """Read the bytes of a plain file from ``start``; EFBIG if there are more than ``most``."""
        fd = _plain(self._open(path, os.O_RDONLY | _NO_WAIT), path)
        try:
            os.lseek(fd, start, os.SEEK_SET)
            chunks: list[bytes] = []
            got = 0
            while chunk := os.read(fd, _CHUNK):
                got += len(chunk)
                if got > most:
                    raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(path))
                chunks.append(chunk)
            return b"".join(chunks)
        finally:
            os.close(fd)

    def replace(self, source: Path, target: Path) -> None:
        """Give ``source`` the name ``target`` in one step. Raises InTheWayError for a link there."""
        if self._is_link(target):
            raise InTheWayError("link", target)
        for pause in _REPLACE_PATIENCE if sys.platform == "win32" else ():
            try:
                self._replace(source, target)
            except PermissionError:
                time.sleep(pause)
            else:
                return
        self._replace(source, target)

    def _replace(self, source: Path, target: Path) -> None:
        with entry_of(source, self.root) as old, entry_of(target, self.root) as new:
            os.replace(old.name, new.name, src_dir_fd=old.at, dst_dir_fd=new.at)

    def _is_link(self, path: Path) -> bool:
        try:
            return Disk.facts_at(self, path).is_link
        except FileNotFoundError:
            return False

    def unlink(self, path: Path) -> None:
        """Remove the name ``path``."""
        with entry_of(path, self.root) as entry:
            os.unlink(entry.name, dir_fd=entry.at)

    def make_folder(self, path: Path) -> None:
        """Make one folder for its owner only; it must not exist."""
        with entry_of(path, self.root) as entry:
            os.mkdir(entry.name, self.folder_mode, dir_fd=entry.at)
            if self.folder_mode == FOLDER_MODE:
                os.chmod(entry.name, FOLDER_MODE, dir_fd=entry.at)  # the umask may have narrowed it

    def names(self, folder: Path) -> list[str]:
        """List the names in ``folder``, sorted."""
        if sys.platform == "win32":
            with entry_of(folder / "any", self.root):
                return sorted(os.listdir(folder))
        fd = self._open_folder(folder)
        try:
            return sorted(os.listdir(fd))
        finally:
            os.close(fd)

    def lock(self, fd: int) -> bool:
        """Take the exclusive lock of an open file without waiting; False if another holds it.

        Raises OSError ENOLCK where the file system knows no locks.
        """
        try:
            _lock(fd)
        except (BlockingIOError, PermissionError):
            return False
        except OSError as error:
            if error.errno in _NO_LOCKS:
                raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK)) from error
            raise
        return True


class UsualModes(Disk):
    """File calls for documents outside a session: permissions are what the umask of the user makes them.

    A file that is replaced keeps the permissions that somebody gave it.
    """

    folder_mode = _USUAL_FOLDER_MODE

    def create(self, path: Path) -> int:
        """Open a file that must not exist yet for writing."""
        return self._open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _USUAL_FILE_MODE)

    def replace(self, source: Path, target: Path) -> None:
        """Give ``source`` the name and the permissions of ``target`` in one step."""
        with suppress(FileNotFoundError), entry_of(target, self.root) as entry:
            found = os.stat(entry.name, dir_fd=entry.at, follow_symlinks=False)
            if stat.S_ISREG(found.st_mode):
                with entry_of(source, self.root) as beside:
                    os.chmod(beside.name, stat.S_IMODE(found.st_mode), dir_fd=beside.at)
        super().replace(source, target)


def _lock(fd: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        os.lseek(fd, _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        # flock, not lockf: the latter is lost when any descriptor of the file is closed.
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _facts(found: os.stat_result) -> FileFacts:
    return FileFacts(
        found.st_size,
        (found.st_dev, found.st_ino),
        stat.S_ISDIR(found.st_mode),
        stat.S_ISLNK(found.st_mode),
        found.st_mtime_ns,
    )


def _plain(fd: int, path: Path) -> int:
    """Return ``fd`` if it is an ordinary file: a pipe would hang us, a device is nobody's session."""
    mode = os.fstat(fd).st_mode
    if not stat.S_ISREG(mode):
        os.close(fd)
        raise InTheWayError("folder" if stat.S_ISDIR(mode) else "special", path)
    return fd


def write_all(disk: Disk, fd: int, data: bytes) -> None:
    """Write every byte of ``data``, going on after a short write. OSError EIO if nothing moves."""
    rest = memoryview(data)
    while rest:
        taken = disk.write(fd, bytes(rest))
        if taken <= 0:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        rest = rest[taken:]


def close_quietly(disk: Disk, fd: int | None) -> None:
    """Close a descriptor whose last words do not matter: what counted was fsynced before."""
    if fd is None:
        return
    try:
        disk.close(fd)
    except OSError:
        return


def write_new(disk: Disk, path: Path, data: bytes) -> None:
    """Write ``data`` durably to a file that must not exist yet; nothing half-written stays behind."""
    fd = disk.create(path)
    try:
        try:
            write_all(disk, fd, data)
            disk.fsync(fd)
            if disk.facts(fd).size != len(data):  # a write that claimed more than it did
                raise OSError(errno.EIO, os.strerror(errno.EIO))
        finally:
            close_quietly(disk, fd)
    except OSError:
        unlink_quietly(disk, path)
        raise


def write_atomically(disk: Disk, path: Path, data: bytes) -> None:
    """Make ``data`` the content of ``path``: afterwards it holds all of the old or all of the new.

    Returns once the new content would survive a power cut. Raises OSError; the old content then still
    stands, or (when only the last flush failed) the new one stands without that promise.
    """
    # A name that cannot be guessed: nobody can put a link there beforehand.
    beside = path.with_name(f".{path.name}.{os.urandom(8).hex()}.tmp")
    write_new(disk, beside, data)
    try:
        disk.replace(beside, path)
    except OSError:
        unlink_quietly(disk, beside)
        raise
    disk.fsync_folder(path.parent)


def write_passing(disk: Disk, path: Path, data: bytes) -> None:
    """Make ``data`` the content of ``path`` in one step, for what is worth nothing after a power cut.

    Nothing is flushed, so that no answer on its way to the same disk waits for it. Raises OSError.
    """
    beside = path.with_name(f".{path.name}.{os.urandom(8).hex()}.tmp")
    fd = disk.create(beside)
    try:
        try:
            write_all(disk, fd, data)
        finally:
            close_quietly(disk, fd)
        disk.replace(beside, path)
    except OSError:
        unlink_quietly(disk, beside)
        raise


def write_again(disk: Disk, path: Path, data: bytes) -> None:
    """Write ``data``, just read from ``path``, over itself, and return once it is durable.

    A flush alone would not do: where one failed before, the system shows bytes that it no longer means
    to write, and calls them clean. Nothing else in the file can change, whenever this stops.
    """
    fd = disk.open_over(path)
    try:
        write_all(disk, fd, data)
        disk.fsync(fd)
    finally:
        close_quietly(disk, fd)


def unlink_quietly(disk: Disk, path: Path) -> None:
    """Remove a name that only we use; that it stays behind is untidy and harmless."""
    try:
        disk.unlink(path)
    except OSError:
        return


def sweep(disk: Disk, path: Path) -> None:
    """Remove what an interrupted ``write_atomically`` of ``path`` left beside it."""
    try:
        names = disk.names(path.parent)
    except OSError:
        return
    for name in names:
        if name.startswith(f".{path.name}.") and name.endswith(".tmp"):
            unlink_quietly(disk, path.with_name(name))


def private_folder(disk: Disk, path: Path) -> None:
    """Make sure that ``path`` is a real folder: made if missing; InTheWayError for a link or a file."""
    try:
        found = disk.facts_at(path)
    except FileNotFoundError:
        try:
            disk.make_folder(path)
        except FileExistsError:
            found = disk.facts_at(path)  # another process was a moment earlier
        else:
            disk.fsync_folder(path.parent)
            return
    if not found.is_folder:
        raise InTheWayError("link" if found.is_link else "file", path)
