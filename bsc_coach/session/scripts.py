"""Script files in a session's folder: the copy it runs on, and earlier ones kept by digest."""

from __future__ import annotations

from pathlib import Path

from bsc_coach.script.source import ScriptSource, read_source
from bsc_coach.session.disk import Disk, private_folder, write_atomically

SCRIPT = "script.toml"


def read_script(folder: Path) -> ScriptSource | None:
    """Read the script in a session's folder with its translations, or None if it is not there."""
    path = folder / SCRIPT
    return read_source(path) if path.is_file() else None


def write_script(folder: Path, source: ScriptSource, disk: Disk) -> None:
    """Write a script and its translations into a folder."""
    write_atomically(disk, folder / SCRIPT, source.base)
    for language, data in source.translations.items():
        write_atomically(disk, folder / f"script.{language}.toml", data)


def _kept_in(folder: Path, digest: str) -> Path:
    return folder / ".local" / "scripts" / digest


def keep_script(folder: Path, source: ScriptSource, disk: Disk) -> None:
    """Keep a script under its digest, so that undo and redo can return to it."""
    target = _kept_in(folder, source.digest)
    if (target / SCRIPT).exists():
        return
    for part in (folder / ".local", folder / ".local" / "scripts", target):
        private_folder(disk, part)
    write_script(target, source, disk)


def kept_digests(folder: Path) -> list[str]:
    """Return the digests of the scripts that are kept for a session."""
    kept = folder / ".local" / "scripts"
    return sorted(one.name for one in kept.iterdir()) if kept.is_dir() else []


def kept_script(folder: Path, digest: str) -> ScriptSource | None:
    """Read a script that was kept under ``digest``, or None."""
    return read_script(_kept_in(folder, digest))
