"""Reading a session out of a zip that somebody sent: in memory, within limits, and nothing is unpacked.

A zip comes from another machine, so nothing in it is believed: no name that leads out of it, no link, no size
that it tells of itself, and not that it holds one session only.
"""

from __future__ import annotations

import io
import re
import stat
import zipfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Final

from bsc_coach import sizes
from bsc_coach.errors import FolderError
from bsc_coach.session.breakout import BREAKOUT
from bsc_coach.session.disk import Disk
from bsc_coach.session.journal import JOURNAL
from bsc_coach.session.owned_files import STRATEGY
from bsc_coach.session.scripts import SCRIPT
from bsc_coach.zip_told import ZIP_FAULTS, told_of_entries

_BEGINS: Final = b"PK\x03\x04"
_ENCRYPTED: Final = 0x1
_SCRIPT_FILE = re.compile(r"script(\.[a-z]{2})?\.toml")
_MOST: Mapping[str, int] = {
    JOURNAL: sizes.ZIPPED_JOURNAL,
    BREAKOUT: sizes.SCRIPT_FILE,
    STRATEGY: sizes.STRATEGY_FILE,
    SCRIPT: sizes.SCRIPT_FILE,
}
"""Bytes of each file that is read; translations of a script are as long as the script."""


def is_zip(path: Path) -> bool:
    """Tell whether a file is meant to be a zip: by its name, or by how it begins."""
    if not path.is_file():
        return False
    if path.suffix.casefold() == ".zip":
        return True
    try:
        with path.open("rb") as file:
            return file.read(len(_BEGINS)) == _BEGINS
    except OSError:
        return False


def files_in_zip(path: Path, disk: Disk) -> dict[str, bytes]:
    """Return the files of the one session in a zip, by name. Raises FolderError in one sentence."""
    try:
        data = disk.read(path, most=sizes.ZIP_FILE)
    except OSError as error:
        raise FolderError("breakouts.zip.unread", path=path, why=error.strerror or "") from error
    if told_of_entries(data) > sizes.ZIP_TOLD:
        raise FolderError("breakouts.zip.too_much", path=path)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _files_of(path, archive)
    except ZIP_FAULTS as error:
        raise FolderError("breakouts.zip.damaged", path=path) from error


def _files_of(path: Path, archive: zipfile.ZipFile) -> dict[str, bytes]:
    named = [(_name_of(path, entry), entry) for entry in archive.infolist()]
    entries = [(name, entry) for name, entry in named if not entry.is_dir()]
    journals = [name for name, _ in entries if name.name == JOURNAL and not _is_hidden(name)]
    if len(journals) != 1:
        raise FolderError(f"breakouts.zip.{'several' if journals else 'no_journal'}", path=path)
    found: dict[str, bytes] = {}
    for name, entry in entries:
        is_ours = name.name in _MOST or _SCRIPT_FILE.fullmatch(name.name) is not None
        if is_ours and name.parent == journals[0].parent:
            most = _MOST.get(name.name, sizes.SCRIPT_FILE)
            found[name.name] = _read(path, archive, entry, most)
    return found


def _name_of(path: Path, entry: zipfile.ZipInfo) -> PurePosixPath:
    """Return the name of an entry. Raises FolderError for one that leads elsewhere, or that is a link."""
    told = entry.filename.replace("\\", "/")
    name = PurePosixPath(told)
    drive = len(told) > 1 and told[1] == ":"
    mode = entry.external_attr >> 16
    odd = bool(mode) and stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR)
    if name.is_absolute() or drive or ".." in name.parts or odd or not told.isprintable():
        raise FolderError("breakouts.zip.leads_out", path=path)
    return name


def _is_hidden(name: PurePosixPath) -> bool:
    """Tell whether a file is one of those that systems and the program keep beside what people see."""
    return any(part.startswith((".", "__")) for part in name.parts)


def _read(path: Path, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> bytes:
    """Return the bytes of an entry, whatever size it tells of itself. Raises FolderError for too many."""
    if entry.flag_bits & _ENCRYPTED:
        raise FolderError("breakouts.zip.locked", path=path)
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise FolderError("breakouts.zip.damaged", path=path)
    with archive.open(entry) as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise FolderError("breakouts.zip.too_much", path=path)
    return data
