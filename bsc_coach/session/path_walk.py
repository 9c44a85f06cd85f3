"""Path walk below a folder that follows no link: part by part, with a descriptor of each folder on the way.

A session is something that people send to each other, so whatever stands below its folder may have been
put there by somebody else. Only the folder that a person named may be, or lie behind, a link. Where the
system has no descriptors of folders (Windows), each part is looked at before it is used.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, NamedTuple

from bsc_coach.errors import FolderError
from bsc_coach.text import clean

Obstacle = Literal["link", "special", "folder", "file"]
"""A link; a pipe or device; a folder where a file has to be; a file where a folder has to be."""

NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
HAS_FOLDER_DESCRIPTORS = {os.open, os.stat, os.mkdir, os.unlink, os.rename} <= os.supports_dir_fd
_FOLDER = getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_CLOEXEC", 0)
# O_PATH needs no right to list the folder, as a path needs none.
_TO_PASS = getattr(os, "O_PATH", os.O_RDONLY)
_ERRORS: dict[Obstacle, int] = {
    "link": errno.ELOOP,
    "special": errno.EINVAL,
    "folder": errno.EISDIR,
    "file": errno.ENOTDIR,
}
_MAY_BE_OBSTACLES = frozenset(
    (errno.ELOOP, errno.EMLINK, errno.ENOTDIR, errno.EISDIR, errno.ENXIO, errno.EINVAL)
)
"""What systems say of a link that is not to be followed, a pipe without a reader, a folder, and the like."""


class InTheWayError(FolderError, OSError):
    """Something that is no plain file or folder stands where the program wants to read or write.

    An OSError for the store, which goes on in memory after any of them, and one sentence for people.
    """

    def __init__(self, obstacle: Obstacle, path: Path) -> None:
        FolderError.__init__(self, f"session.in_the_way.{obstacle}", path=clean(str(path)).text)
        self.obstacle = obstacle
        self.errno = _ERRORS[obstacle]
        self.strerror = os.strerror(self.errno)
        self.filename = str(path)


class Entry(NamedTuple):
    """A name as the calls of the system take it: below the descriptor of its folder, or a whole path."""

    name: str
    at: int | None = None


@contextmanager
def entry_of(path: Path, root: Path | None) -> Iterator[Entry]:
    """Give the way to ``path`` below ``root``, no part of which is a link; what opens it must not follow one.

    Raises InTheWayError, also for a call inside that failed because something else stands at the path itself.
    """
    parts = _parts_below(path, root)
    try:
        if root is None or not parts:
            yield Entry(str(path))
        elif HAS_FOLDER_DESCRIPTORS:
            with _walked(root, parts[:-1]) as at:
                yield Entry(parts[-1], at)
        else:
            _look_at_each(root, parts[:-1])
            yield Entry(str(path))
    except InTheWayError:
        raise
    except OSError as error:
        if error.errno in _MAY_BE_OBSTACLES and (obstacle := _obstacle_at(path)) is not None:
            raise InTheWayError(obstacle, path) from error
        raise


def _parts_below(path: Path, root: Path | None) -> tuple[str, ...]:
    if root is None or not path.is_relative_to(root):
        return ()
    parts = path.relative_to(root).parts
    if ".." in parts:
        raise InTheWayError("link", path)  # leads out, as a link does
    return parts


@contextmanager
def _walked(root: Path, parts: tuple[str, ...]) -> Iterator[int]:
    """Open ``root`` and then each folder below it; give the descriptor of the last."""
    at = os.open(root, _TO_PASS | _FOLDER)
    try:
        for number, part in enumerate(parts, start=1):
            try:
                inner = os.open(part, _TO_PASS | _FOLDER | NO_FOLLOW, dir_fd=at)
            except OSError as error:
                place = root.joinpath(*parts[:number])
                if (obstacle := _kind_of(part, at)) is not None:
                    raise InTheWayError(obstacle, place) from error
                raise
            os.close(at)
            at = inner
        yield at
    finally:
        os.close(at)


def _look_at_each(root: Path, parts: tuple[str, ...]) -> None:
    for number in range(1, len(parts) + 1):
        place = root.joinpath(*parts[:number])
        if (obstacle := _kind_of(str(place), None)) is not None:
            raise InTheWayError(obstacle, place)


def _kind_of(name: str, at: int | None) -> Obstacle | None:
    """Return what keeps a name from being a folder to pass through; None for a folder, and for nothing."""
    try:
        mode = os.stat(name, dir_fd=at, follow_symlinks=False).st_mode
    except OSError:
        return None
    if stat.S_ISDIR(mode):
        return None
    return "link" if stat.S_ISLNK(mode) else "file"


def _obstacle_at(path: Path) -> Obstacle | None:
    """Return what keeps a path from being a plain file; None for a plain file, and for nothing."""
    try:
        mode = os.lstat(path).st_mode
    except OSError:
        return None
    if stat.S_ISREG(mode):
        return None
    if stat.S_ISLNK(mode):
        return "link"
    return "folder" if stat.S_ISDIR(mode) else "special"
