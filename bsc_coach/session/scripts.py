"""Script files in a session's folder: the copy it runs on, and earlier ones kept by digest."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from bsc_coach import sizes
from bsc_coach.errors import FolderError
from bsc_coach.script.source import ScriptSource
from bsc_coach.session.disk import Disk, write_atomically
from bsc_coach.session.folders import folders_down_to
from bsc_coach.session.journal import LOCAL

SCRIPT = "script.toml"
GIT_ATTRIBUTES = ".gitattributes"
MERGED_BY_US = tuple(
    f"{name} merge=bsc-coach\n"
    for name in ("journal.jsonl", "strategy.*", "strategy-map.svg", "kpis.md", "annex.md")
)
"""Which files ``bsc-coach merge-driver`` puts together, as git is told of it."""
_TRANSLATION = re.compile(r"script\.([a-z]{2})\.toml")
_LARGEST = 64_000_000


def read_script(folder: Path, disk: Disk | None = None) -> ScriptSource | None:
    """Read the script in a session's folder with its translations, or None if it is not there.

    Raises InTheWayError for what is no plain file, and OSError for what cannot be read.
    """
    return _read(folder, (Disk() if disk is None else disk).below(folder))


def _read(folder: Path, disk: Disk) -> ScriptSource | None:
    try:
        base = disk.read(folder / SCRIPT, most=_LARGEST)
    except (FileNotFoundError, NotADirectoryError):
        return None
    found = (_TRANSLATION.fullmatch(name) for name in disk.names(folder))
    translations = {one[1]: disk.read(folder / one[0], most=_LARGEST) for one in found if one is not None}
    return ScriptSource(SCRIPT, base, translations)


def write_script(folder: Path, source: ScriptSource, disk: Disk) -> None:
    """Write a script and its translations into a folder."""
    for name, data in script_files(source).items():
        write_atomically(disk, folder / name, data)


def script_files(source: ScriptSource) -> dict[str, bytes]:
    """Return the files of a script and its translations, by name."""
    translations = {f"script.{language}.toml": data for language, data in source.translations.items()}
    return {SCRIPT: source.base, **translations}


def script_of(files: Mapping[str, bytes]) -> ScriptSource | None:
    """Return the script among some files, by name; None where there is none."""
    if SCRIPT not in files:
        return None
    found = (_TRANSLATION.fullmatch(name) for name in files)
    return ScriptSource(SCRIPT, files[SCRIPT], {one[1]: files[one[0]] for one in found if one is not None})


def refuse_another_script(folder: Path, source: ScriptSource, disk: Disk) -> None:
    """Raise FolderError where a script of other questions lies in the folder of a new session."""
    there = read_script(folder, disk)
    if there is not None and there.base != source.base:
        raise FolderError("session.another_script", path=folder / SCRIPT)


def lay_out(folder: Path, source: ScriptSource, disk: Disk) -> None:
    """Put into the folder of a new session what stands beside its journal. Raises FolderError, OSError."""
    refuse_another_script(folder, source, disk)
    # What is in .local/ belongs to this machine; version control leaves it out without being told.
    write_atomically(disk, folder / LOCAL / ".gitignore", b"*\n")
    tell_git(folder, disk)
    write_script(folder, source, disk)


def tell_git(folder: Path, disk: Disk) -> None:
    """Say in .gitattributes which files we put together, behind what somebody said there already."""
    try:
        there = disk.read(folder / GIT_ATTRIBUTES, most=sizes.DOCUMENT_FILE).decode("utf-8", "replace")
    except FileNotFoundError:
        there = ""
    missing = [line for line in MERGED_BY_US if line.strip() not in there.splitlines()]
    if missing:
        before = f"{there.rstrip()}\n" if there.strip() else ""
        write_atomically(disk, folder / GIT_ATTRIBUTES, (before + "".join(missing)).encode())


def _kept_in(folder: Path, digest: str) -> Path:
    return folder / ".local" / "scripts" / digest


def keep_script(folder: Path, source: ScriptSource, disk: Disk) -> None:
    """Keep a script under its digest, so that undo and redo can return to it."""
    target = _kept_in(folder, source.digest)
    if (target / SCRIPT).exists():
        return
    folders_down_to(disk, folder, target)
    write_script(target, source, disk)


def kept_digests(folder: Path) -> list[str]:
    """Return the digests of the scripts that are kept for a session."""
    kept = folder / ".local" / "scripts"
    return sorted(one.name for one in kept.iterdir()) if kept.is_dir() else []


def kept_script(folder: Path, digest: str) -> ScriptSource | None:
    """Read a script that was kept under ``digest``, or None."""
    return _read(_kept_in(folder, digest), Disk().below(folder))
