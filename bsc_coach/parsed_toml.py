"""Parse the program's own TOML content, with the parsed tables cached per user.

tomllib is written in Python and needs some 40 ms for the script and the words, which every start of the
program would wait for. So the tables are kept with ``marshal`` in the user's cache folder, one file for
each source under a digest of its bytes. The cache is only ever a shortcut: whatever is wrong with it, the
source is parsed again and nobody is told. Only content is kept there, never what a team said.

A cached file counts only if it is a plain file that belongs to this user and that nobody else may write,
and if it carries our header with the right digest of what follows: ``marshal`` must not be given bytes
that somebody else made.
"""

from __future__ import annotations

import hashlib
import marshal
import os
import stat
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from bsc_coach.resources import user_cache_dir

_FORMAT = b"bsc-coach parsed toml 1\n"
_NAME_SUFFIX = f".{sys.implementation.cache_tag}-{sys.hexversion:x}-{marshal.version}.toml-cache"
"""Tells tables of one Python from those of another: only the same one surely reads its ``marshal``."""
_DIGEST_SIZE = 16
_LARGEST = 8_000_000
MOST_FILES = 400
"""Some 50 sources in two languages and 60 templates, for a few versions of the program and of Python."""
_OPEN_FLAGS = sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY"))


def parse_toml(source: bytes) -> dict[str, Any]:
    """Parse a TOML file of the program's own content; do not change the tables it gives.

    Raises ValueError (UnicodeDecodeError, tomllib.TOMLDecodeError) when it is no TOML.
    """
    cached = kept_under(source)
    if cached is not None:
        return cached
    import tomllib

    tables = tomllib.loads(source.decode("utf-8"))
    keep_under(source, tables)
    return tables


def kept_under(source: bytes) -> dict[str, Any] | None:
    """Return what was made of a source before, or None where nothing is kept that may be trusted."""
    folder = cache_folder()
    return None if folder is None else _cached(folder / _name_of(source))


def keep_under(source: bytes, tables: dict[str, Any]) -> None:
    """Keep what was made of a source: anything that ``marshal`` knows, tables and compiled code."""
    folder = cache_folder()
    if folder is not None:
        _keep(folder, _name_of(source), tables)


def _name_of(source: bytes) -> str:
    return hashlib.blake2b(source, digest_size=_DIGEST_SIZE).hexdigest() + _NAME_SUFFIX


def cache_folder() -> Path | None:
    """Return the folder that parsed tables are kept in, or None where the user has none."""
    base = user_cache_dir()
    return base / "parsed" if base.is_absolute() else None


def _checksum(name: str, payload: bytes) -> bytes:
    """Return the digest of a payload under its name, so that tables of another source do not pass for it."""
    return hashlib.blake2b(payload, digest_size=_DIGEST_SIZE, key=name[:64].encode()).digest()


def _cached(path: Path) -> dict[str, Any] | None:
    """Return the tables in a cached file, or None for one that is missing or may not be trusted."""
    try:
        data = _read_own_file(path)
        header, payload = data[: len(_FORMAT) + _DIGEST_SIZE], data[len(_FORMAT) + _DIGEST_SIZE :]
        if header != _FORMAT + _checksum(path.name, payload):
            return None
        tables = marshal.loads(payload)
    except (OSError, ValueError, EOFError, TypeError):
        return None
    return tables if isinstance(tables, dict) else None


def _read_own_file(path: Path) -> bytes:
    """Return the bytes of a plain file of this user. Raises OSError for anything else."""
    fd = os.open(path, os.O_RDONLY | _OPEN_FLAGS)
    try:
        facts = os.fstat(fd)
        ours = not hasattr(os, "geteuid") or (
            facts.st_uid == os.geteuid() and not facts.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
        )
        if not stat.S_ISREG(facts.st_mode) or not ours or facts.st_size > _LARGEST:
            raise PermissionError(str(path))
        return os.read(fd, facts.st_size)
    finally:
        os.close(fd)


def _keep(folder: Path, name: str, tables: dict[str, Any]) -> None:
    """Write tables into the cache, all at once or not at all, and remove the oldest files.

    A cache that cannot be written (a read-only home, a full disk) or tables that ``marshal`` does not know
    (a date) are no fault. Nothing is flushed: after a power cut the checksum tells.
    """
    beside = folder / f"{os.urandom(8).hex()}.tmp"
    try:
        payload = marshal.dumps(tables)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        fd = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _OPEN_FLAGS, 0o600)
        with open(fd, "wb") as file:
            file.write(_FORMAT + _checksum(name, payload) + payload)
        os.replace(beside, folder / name)
        _prune(folder)
    except (OSError, ValueError):
        try:
            beside.unlink(missing_ok=True)
        except OSError:
            return


def _prune(folder: Path) -> None:
    """Remove the files of older versions, and what an interrupted writer left, once there are many.

    Another program may write and prune here at the same moment: what it took away meanwhile is gone.
    """
    files: list[tuple[int, str]] = []
    with os.scandir(folder) as entries:
        for entry in entries:
            with suppress(FileNotFoundError):
                files.append((entry.stat(follow_symlinks=False).st_mtime_ns, entry.path))
    for _, path in sorted(files, reverse=True)[MOST_FILES:]:
        with suppress(FileNotFoundError):
            os.unlink(path)
