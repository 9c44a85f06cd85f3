"""Beginning a session whole or not at all: whatever stops it (Ctrl+C, a fault, a kill) leaves no session.

It is made in a folder of its own inside the one wanted, with all that it begins with. Then its files move to
their places, the journal last: a folder without a journal has no session. What a kill leaves of a session in
the making is taken away by the next beginning in that folder.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from bsc_coach.errors import FolderError
from bsc_coach.script.source import ScriptSource
from bsc_coach.session.disk import Disk, private_folder
from bsc_coach.session.environment import Environment, login_name
from bsc_coach.session.journal import JOURNAL, LOCAL
from bsc_coach.session.lock import HeldBy, Lock, acquire
from bsc_coach.session.names import make_session_folder
from bsc_coach.session.opening import create_session, open_session
from bsc_coach.session.scripts import GIT_ATTRIBUTES, refuse_another_script, tell_git
from bsc_coach.session.session import Session

_IN_THE_MAKING = ".new-"
_T = TypeVar("_T")


def begin_session(
    folder: Path,
    source: ScriptSource,
    environment: Environment,
    fill: Callable[[Session], _T],
    *,
    language: str | None = None,
) -> tuple[Session, _T]:
    """Make a session in a new or empty folder with what ``fill`` does to it; return it open, and its result.

    Raises FolderError, ScriptErrors, and what ``fill`` raises; then the folder is as it was.
    """
    if (folder / JOURNAL).exists():
        raise FolderError("session.already_there", path=folder)
    refuse_another_script(folder, source, environment.disk.below(folder))
    with _folder_of_its_own(folder, environment) as making:
        session = create_session(making, source, environment, language=language)
        try:
            filled = fill(session)
            if session.trouble is not None:
                raise FolderError("session.not_begun", path=folder, trouble=session.trouble)
        finally:
            session.close()
        _put_in_place(making, folder, environment.disk.below(folder))
    return open_session(folder, environment), filled


@contextmanager
def _folder_of_its_own(folder: Path, environment: Environment) -> Iterator[Path]:
    """Give a folder inside ``folder`` to make a session in; nothing of both is left where that fails."""
    made = [one for one in (folder, *folder.parents) if not one.exists()]
    had_local = (folder / LOCAL).exists()
    making = folder / f"{_IN_THE_MAKING}{os.urandom(4).hex()}"
    lock: Lock | HeldBy | None = None
    try:
        make_session_folder(folder)
        lock = acquire(folder, by=login_name(), clock=environment.clock, disk=environment.disk)
        if isinstance(lock, HeldBy):
            raise FolderError("session.already_there", path=folder)  # somebody is making it now
        for left in folder.glob(f"{_IN_THE_MAKING}*") if lock.sure else ():
            shutil.rmtree(left, ignore_errors=True)
        yield making
    except BaseException:
        shutil.rmtree(making, ignore_errors=True)
        if isinstance(lock, Lock) and not had_local and not (folder / JOURNAL).exists():
            shutil.rmtree(folder / LOCAL, ignore_errors=True)
        for one in made:
            with suppress(OSError):  # something else stands in it by now
                one.rmdir()
        raise
    finally:
        if isinstance(lock, Lock):
            lock.release()
    shutil.rmtree(making, ignore_errors=True)


def _put_in_place(making: Path, folder: Path, disk: Disk) -> None:
    """Move the files of a session to their places, the journal last; all of them or none."""
    private_folder(disk, folder / LOCAL)
    names = [Path(LOCAL, name) for name in disk.names(making / LOCAL) if name != "lock"]
    names += [Path(name) for name in disk.names(making) if name not in (LOCAL, JOURNAL, GIT_ATTRIBUTES)]
    before = making / "before"
    disk.make_folder(before)
    disk.make_folder(before / LOCAL)
    try:
        for name in names:
            if (folder / name).exists():
                disk.replace(folder / name, before / name)
            disk.replace(making / name, folder / name)
        if (folder / JOURNAL).exists():
            raise FolderError("session.already_there", path=folder)
        disk.replace(making / JOURNAL, folder / JOURNAL)
    except BaseException:
        for name in names if (making / JOURNAL).exists() else ():
            with suppress(OSError):
                if not (making / name).exists():
                    (folder / name).unlink()
                if (before / name).exists():
                    (before / name).replace(folder / name)
        raise
    with suppress(OSError):
        tell_git(folder, disk)
        disk.fsync_folder(folder)  # it is there, and opening it writes what may be in memory only
