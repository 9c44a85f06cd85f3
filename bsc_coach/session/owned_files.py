"""Writing documents into a session's folder without losing what people changed in them.

``.local/written.json`` remembers what the program wrote last, and after which action. A file that
differs from that was changed by somebody; one that is ahead of the journal holds what a damaged journal
lost. Either is copied into ``.local/`` before it is written anew.
"""

from __future__ import annotations

import hashlib
import itertools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

from bsc_coach import sizes
from bsc_coach.errors import StrategyFileError
from bsc_coach.interview.facts.log import ActionId, UnreadableEventError, ids_as_text, read_ids
from bsc_coach.session.disk import Disk, private_folder, write_atomically
from bsc_coach.session.folders import folders_down_to
from bsc_coach.session.path_walk import InTheWayError

STRATEGY = "strategy.toml"
_MEMORY = "written.json"


@dataclass(frozen=True)
class WrittenFile:
    """What the program wrote last: a digest of its bytes, and the number of the last action in it.

    ``heads`` are the last actions of the branches of the log that it was made from.
    """

    digest: str
    number: int
    heads: tuple[ActionId, ...] = ()


def digest_of_bytes(data: bytes) -> str:
    """Return the digest of a document as it was written."""
    return hashlib.blake2s(data, digest_size=16).hexdigest()


def _remembered(folder: Path, disk: Disk) -> dict[str, WrittenFile]:
    try:
        told = json.loads(disk.below(folder).read(folder / ".local" / _MEMORY, most=100_000))
    except (OSError, ValueError, RecursionError):
        return {}
    found = {}
    for name, entry in told.items() if isinstance(told, dict) else ():
        match entry:
            case {"digest": str(digest), "number": int(number)}:
                found[name] = WrittenFile(digest, number, _heads_of(entry))
    return found


def _heads_of(entry: Mapping[str, object]) -> tuple[ActionId, ...]:
    try:
        return read_ids(entry.get("heads", []))
    except UnreadableEventError:
        return ()


def present(folder: Path, name: str, disk: Disk) -> bytes | None:
    """Return a document as it stands in ``folder``, or None. Raises OSError when it cannot be read."""
    try:
        return disk.below(folder).read(folder / name, most=sizes.DOCUMENT_FILE)
    except FileNotFoundError:
        return None


def read_strategy_file(path: Path, disk: Disk) -> bytes | None:
    """Return the bytes of a strategy.toml, or None. Raises StrategyFileError when they cannot be read."""
    try:
        return disk.read(path, most=sizes.STRATEGY_FILE + 1)
    except FileNotFoundError:
        return None
    except InTheWayError as error:
        raise StrategyFileError(error.key, **error.values) from error
    except OSError as error:
        raise StrategyFileError("strategy.unreadable", fault=error.strerror or "") from error


def is_ours(folder: Path, name: str, disk: Disk, number: int) -> bool:
    """Tell whether a document is as the program wrote it, at action ``number`` of the journal or before."""
    data = present(folder, name, disk)
    known = _remembered(folder, disk).get(name)
    if data is None or known is None:
        return data is None
    return known.digest == digest_of_bytes(data) and known.number <= number


def written_last(folder: Path, name: str, disk: Disk) -> WrittenFile | None:
    """Return what the program remembers of a document that it wrote last."""
    return _remembered(folder, disk).get(name)


def keep_to_this_machine(folder: Path, disk: Disk) -> None:
    """Have git leave out ``.local/``, also where a clone or a copy came without it; harms nobody if not."""
    told = folder / ".local" / ".gitignore"
    try:
        if not told.exists():
            private_folder(disk, told.parent)
            write_atomically(disk, told, b"*\n")
    except OSError:
        return


def put_schema(folder: Path, disk: Disk) -> None:
    """Write the JSON Schema that strategy.toml names in its first line, unless it is there already."""
    from bsc_coach.strategy.schema import SCHEMA_FILE, schema_text

    data = schema_text().encode()
    if present(folder, SCHEMA_FILE, disk) != data:
        write_atomically(disk.below(folder), folder / SCHEMA_FILE, data)


def with_kept_comments(name: str, before: bytes | None, data: bytes) -> bytes:
    """Return a strategy.toml with the comments that people wrote into the one before; others as they are."""
    if before is None or PurePosixPath(name).name != STRATEGY:
        return data
    from bsc_coach.strategy.comments import with_comments

    try:
        return with_comments(before.decode("utf-8-sig").replace("\r\n", "\n"), data.decode()).encode()
    except UnicodeDecodeError:
        return data


def put_document(
    folder: Path,
    name: str,
    data: bytes,
    disk: Disk,
    *,
    moment: datetime,
    number: int,
    heads: tuple[ActionId, ...] = (),
    same: bool = False,
) -> Path | None:
    """Write a document as of action ``number``; return where a version that is not ours was put, if any.

    ``same`` says that the one that is there says the same, whoever wrote it: nothing of it would be lost.
    Raises OSError when the disk does not take it, InTheWayError among them.
    """
    disk = disk.below(folder)
    folders_down_to(disk, folder, (folder / name).parent)
    before = present(folder, name, disk)
    data = with_kept_comments(name, before, data)
    kept = None
    if before != data:
        if before is not None and not same and not is_ours(folder, name, disk, number):
            kept = put_aside(folder, name, before, disk, moment)
        write_atomically(disk, folder / name, data)
    written = WrittenFile(digest_of_bytes(data), number, heads)
    if _remembered(folder, disk).get(name) != written:
        _remember(folder, name, written, disk)
    return kept


def put_aside(folder: Path, name: str, data: bytes, disk: Disk, moment: datetime) -> Path:
    """Keep a version of a document in .local/, whatever comes in its place; return where."""
    stem, _, suffix = name.replace("/", "-").rpartition(".")
    private_folder(disk, folder / ".local")
    kept = free_name(folder / ".local", f"{stem}-edited-{moment.strftime('%Y%m%dT%H%M%S')}", suffix)
    write_atomically(disk, kept, data)
    return kept


def free_name(folder: Path, stem: str, suffix: str) -> Path:
    """Return a path that nothing stands at: two versions may be put aside in one second."""
    names = (f"{stem}.{suffix}" if turn == 1 else f"{stem}-{turn}.{suffix}" for turn in itertools.count(1))
    return next(folder / name for name in names if not (folder / name).exists())


def _remember(folder: Path, name: str, written: WrittenFile, disk: Disk) -> None:
    known = {**_remembered(folder, disk), name: written}
    told = {
        file: {"digest": entry.digest, "number": entry.number, "heads": ids_as_text(entry.heads)}
        for file, entry in sorted(known.items())
    }
    private_folder(disk, folder / ".local")
    write_atomically(disk, folder / ".local" / _MEMORY, json.dumps(told).encode())
