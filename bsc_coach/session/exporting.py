"""Exporting documents of a session in the formats asked for, without overwriting what people changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from bsc_coach.session.disk import Disk
from bsc_coach.session.owned_files import STRATEGY, put_document

if TYPE_CHECKING:
    from bsc_coach.session.session import Session


@dataclass(frozen=True)
class Exported:
    """What was written, and what was put aside because it was not ours."""

    folder: Path
    files: tuple[PurePosixPath, ...]
    kept: tuple[Path, ...]
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
        session.environment.disk,
        moment=session.environment.clock(),
        number=session.number,
    )
    if len(others) == len(files):
        return Exported(session.folder, tuple(others), kept)
    # A strategy.toml with faults of people stays as it is.
    held, aside = session.file_is_held, session.write_strategy()
    written = tuple(others) if held else tuple(files)
    return Exported(session.folder, written, kept if aside is None else (*kept, aside), held)


def put_all(
    folder: Path, files: Mapping[PurePosixPath, bytes], disk: Disk, *, moment: datetime, number: int
) -> tuple[Path, ...]:
    """Write documents into a session's folder; return where versions that are not ours were put."""
    kept = []
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        kept.append(put_document(folder, str(path), data, disk, moment=moment, number=number))
    return tuple(path for path in kept if path is not None)
