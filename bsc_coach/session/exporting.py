"""Exporting documents of a session in the formats asked for, without overwriting what people changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from bsc_coach.session.disk import Disk, UsualModes, write_atomically
from bsc_coach.session.folders import folders_down_to, made_folder
from bsc_coach.session.journal import JOURNAL
from bsc_coach.session.owned_files import STRATEGY, put_document

if TYPE_CHECKING:
    from bsc_coach.session.session import Session


_PAGES = "owners"
"""The folder of the only format that makes a page for each of those it finds."""


@dataclass(frozen=True)
class Exported:
    """What was written, and what was put aside because it was not ours."""

    folder: Path
    files: tuple[PurePosixPath, ...]
    kept: tuple[Path, ...]
    left: tuple[Path, ...] = ()
    """Pages of owners from before that were not made now."""
    held: bool = False
    """Whether strategy.toml was asked for and stays as it is, because people made faults in it."""


def export(session: Session, names: tuple[str, ...]) -> Exported:
    """Write the formats called ``names`` into the folder of ``session``.

    Raises UsageError for an unknown one, MissingExtraError where something has to be installed first, and
    OSError when the disk does not take them.
    """
    from bsc_coach.documents.formats import files_of

    files = files_of(names, session.material())
    others = {path: data for path, data in files.items() if path.name != STRATEGY}
    kept = put_all(
        session.folder,
        others,
        session.disk,
        moment=session.environment.clock(),
        number=session.number,
    )
    left = left_from_before(session.folder, files)
    if len(others) == len(files):
        return Exported(session.folder, tuple(others), kept, left)
    # A strategy.toml with faults of people stays as it is.
    held, aside = session.file_is_held, session.write_strategy()
    written = tuple(others) if held else tuple(files)
    return Exported(session.folder, written, kept if aside is None else (*kept, aside), left, held)


def left_from_before(folder: Path, files: Mapping[PurePosixPath, bytes]) -> tuple[Path, ...]:
    """Return pages of owners that stand beside those just written and were not made: what they say is old."""
    beside = {name.parent for name in files if name.parent.name == _PAGES}
    found = {name / path.name for name in beside for path in (folder / name).glob("*.md")}
    return tuple(sorted(folder / name for name in found - files.keys()))


def disk_for(folder: Path) -> Disk:
    """Return how to write below ``folder``: inside a session for its owner only, elsewhere as is usual."""
    place = folder.resolve()
    inside = any((one / JOURNAL).is_file() for one in (place, *place.parents))
    return (Disk() if inside else UsualModes()).below(folder)


def put_outside(folder: Path, files: Mapping[PurePosixPath, bytes]) -> None:
    """Write documents into a folder of people's own, each whole or not at all. Raises OSError."""
    disk = disk_for(folder)
    made_folder(disk, folder)
    for name, data in files.items():
        path = folder / name
        folders_down_to(disk, folder, path.parent)
        write_atomically(disk, path, data)


def put_all(
    folder: Path, files: Mapping[PurePosixPath, bytes], disk: Disk, *, moment: datetime, number: int
) -> tuple[Path, ...]:
    """Write documents into a session's folder; return where versions that are not ours were put."""
    kept = []
    for path, data in files.items():
        kept.append(put_document(folder, str(path), data, disk, moment=moment, number=number))
    return tuple(path for path in kept if path is not None)
