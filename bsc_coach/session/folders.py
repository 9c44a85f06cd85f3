"""Folders on the way to a file that is written: made where they are missing, never through a link."""

from __future__ import annotations

from pathlib import Path

from bsc_coach.session.disk import Disk, private_folder
from bsc_coach.session.path_walk import InTheWayError


def folders_down_to(disk: Disk, folder: Path, path: Path) -> None:
    """Make sure that each folder from below ``folder`` down to ``path`` is a real one, made if missing."""
    for part in reversed([path, *path.parents]):
        if part != folder and part.is_relative_to(folder):
            private_folder(disk, part)


def made_folder(disk: Disk, folder: Path) -> None:
    """Make sure that a folder which a person named is there; it, or one above it, may be a link to one."""
    missing = [part for part in (folder, *folder.parents) if not part.exists()]
    for part in reversed(missing):
        disk.make_folder(part)


def refuse_obstacles(disk: Disk, folder: Path, path: Path) -> None:
    """Raise InTheWayError unless a plain file stands or can be made at ``path`` below ``folder``."""
    if folder.exists() and not folder.is_dir():
        raise InTheWayError("file", folder)
    used = disk.below(folder)
    try:
        used.read(path, most=0)
    except InTheWayError:
        raise
    except OSError:
        return  # nothing there, or a plain file
