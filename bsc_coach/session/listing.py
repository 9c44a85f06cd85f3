"""Which sessions there are: in a folder, and those opened lately elsewhere."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from bsc_coach.errors import BscCoachError
from bsc_coach.resources import user_state_dir
from bsc_coach.session.copies import copies_beside
from bsc_coach.session.disk import Disk, private_folder, write_atomically
from bsc_coach.session.environment import Environment
from bsc_coach.session.journal import JOURNAL
from bsc_coach.session.opening import open_session
from bsc_coach.session.summary import SessionInfo, describe, kept_summary
from bsc_coach.text import clean

MOST_RECENT = 20
_LARGEST = 100_000


def session_info(folder: Path, environment: Environment) -> SessionInfo:
    """Return what a list shows of the session in ``folder``, without touching it."""
    copies = len(copies_beside(folder, environment.disk))
    kept = kept_summary(folder, environment.disk)
    if kept is not None:
        return replace(kept, copies=copies)
    try:
        session = open_session(folder, environment, read_only=True)
    except (BscCoachError, OSError):
        return SessionInfo(folder, "", None, "")
    info = describe(session)
    session.close()
    return replace(info, copies=copies)


def sessions_in(folder: Path) -> list[Path]:
    """Return the session folders directly inside ``folder`` (and itself), by name."""
    try:
        inside = sorted(path for path in folder.iterdir() if path.is_dir() and not path.is_symlink())
        return [path for path in (folder, *inside) if (path / JOURNAL).is_file()]
    except OSError:
        return []


def _recent_file() -> Path:
    return user_state_dir() / "recent.json"


def recent_folders() -> list[Path]:
    """Return the folders opened lately that are still there, the latest first."""
    try:
        told = json.loads(Disk().read(_recent_file(), most=_LARGEST))
    except (OSError, ValueError, RecursionError):
        return []
    if not isinstance(told, list):
        return []
    paths = [Path(clean(one).text) for one in told if isinstance(one, str)]
    return [path for path in paths if (path / JOURNAL).is_file()][:MOST_RECENT]


def remember_folder(folder: Path) -> None:
    """Put a folder on top of those opened lately; that it cannot be kept harms nobody."""
    folder = folder.resolve()
    kept = [str(folder), *(str(path) for path in recent_folders() if path != folder)]
    try:
        _recent_file().parent.parent.mkdir(parents=True, exist_ok=True)
        private_folder(Disk(), _recent_file().parent)
        write_atomically(Disk(), _recent_file(), json.dumps(kept[:MOST_RECENT]).encode())
    except OSError:
        return
