"""Documents in a session's folder: written so that what people changed in them is never lost.

``.local/written.json`` remembers what the program wrote last. A file that differs from that was changed
by somebody: it is copied into ``.local/`` before it is written anew.
"""

from __future__ import annotations

import hashlib
import itertools
import json
from datetime import datetime
from pathlib import Path

from bsc_coach.session.disk import Disk, private_folder, write_atomically

_MEMORY = "written.json"
_LARGEST = 64_000_000


def _digest(data: bytes) -> str:
    return hashlib.blake2s(data, digest_size=16).hexdigest()


def _remembered(folder: Path, disk: Disk) -> dict[str, str]:
    try:
        told = json.loads(disk.read(folder / ".local" / _MEMORY, most=100_000))
    except (OSError, ValueError, RecursionError):
        return {}
    return {str(name): str(digest) for name, digest in told.items()} if isinstance(told, dict) else {}


def present(folder: Path, name: str, disk: Disk) -> bytes | None:
    """Return a document as it stands in ``folder``, or None. Raises OSError when it cannot be read."""
    try:
        return disk.read(folder / name, most=_LARGEST)
    except FileNotFoundError:
        return None


def changed_by_hand(folder: Path, name: str, disk: Disk) -> bool:
    """Tell whether a document differs from what the program last wrote there."""
    data = present(folder, name, disk)
    return data is not None and _remembered(folder, disk).get(name) != _digest(data)


def put_document(folder: Path, name: str, data: bytes, disk: Disk, moment: datetime) -> Path | None:
    """Write a document into a session's folder; return where the version changed by hand was put, if any.

    Raises OSError when the disk does not take it.
    """
    before = present(folder, name, disk)
    if before == data:
        if _remembered(folder, disk).get(name) != _digest(data):
            _remember(folder, name, data, disk)
        return None
    kept = None
    if before is not None and changed_by_hand(folder, name, disk):
        stem, _, suffix = name.rpartition(".")
        private_folder(disk, folder / ".local")
        kept = _free_name(folder / ".local", f"{stem}-edited-{moment.strftime('%Y%m%dT%H%M%S')}", suffix)
        write_atomically(disk, kept, before)
    write_atomically(disk, folder / name, data)
    _remember(folder, name, data, disk)
    return kept


def _free_name(folder: Path, stem: str, suffix: str) -> Path:
    """Return a path that nothing stands at: two versions may be put aside in one second."""
    names = (f"{stem}.{suffix}" if turn == 1 else f"{stem}-{turn}.{suffix}" for turn in itertools.count(1))
    return next(folder / name for name in names if not (folder / name).exists())


def _remember(folder: Path, name: str, data: bytes, disk: Disk) -> None:
    known = {**_remembered(folder, disk), name: _digest(data)}
    private_folder(disk, folder / ".local")
    write_atomically(disk, folder / ".local" / _MEMORY, json.dumps(known, sort_keys=True).encode())
