"""File lock for one writer a session; the system gives it back by itself when its holder dies.

The lock is on ``.local/lock``, never on a file that is replaced. The file also says in JSON who holds
it, for the person who finds the session busy; that text is for reading only and proves nothing.
"""

from __future__ import annotations

import errno
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bsc_coach.session.disk import Disk, close_quietly, private_folder
from bsc_coach.session.environment import Environment, host_name, login_name
from bsc_coach.session.journal import LOCAL
from bsc_coach.session.line_format import utc_stamp
from bsc_coach.session.path_walk import InTheWayError
from bsc_coach.text import clean, shorten

_MOST = 4096
_TRIES = 3
_LONGEST = 120


@dataclass(frozen=True)
class HeldBy:
    """Who has the session open; "" or 0 where that could not be read."""

    pid: int = 0
    host: str = ""
    since: str = ""
    """ISO date and time, in UTC."""
    by: str = ""

    @property
    def words(self) -> str:
        """The words key of the sentence about it: with what is known of the holder, or that nothing is."""
        return "session.lock.held" if self.pid else "session.lock.held_by_another"

    @property
    def since_here(self) -> str:
        """Since when, as the clock stands here: "2026-11-29 17:30"; what is no time stays as it is."""
        try:
            return datetime.fromisoformat(self.since).astimezone().strftime("%Y-%m-%d %H:%M")
        except ValueError:
            return self.since


@dataclass
class Lock:
    """Our claim on a session. ``warning`` is a words key when the claim could not be made sure."""

    _disk: Disk
    _fd: int | None
    warning: str | None = None

    @property
    def sure(self) -> bool:
        """Whether the system really keeps others out."""
        return self._fd is not None and self.warning is None

    def release(self) -> None:
        """Let others in; releasing twice does no harm."""
        if self._fd is not None:
            with suppress(OSError):
                self._disk.overwrite(self._fd, b"")  # whoever comes next must not read that we have it
        close_quietly(self._disk, self._fd)
        self._fd = None


def acquire(
    folder: Path, *, by: str, clock: Callable[[], datetime], disk: Disk | None = None
) -> Lock | HeldBy:
    """Claim the session in ``folder`` or say who has it. Never waits.

    Raises InTheWayError where a link, or what is no plain file, stands in the place of the lock. Where no
    lock can be had (a network folder without locks, a disk that cannot be written) the session goes on with
    a Lock that is not ``sure``; the journal notices other writers by itself.
    """
    used = (Disk() if disk is None else disk).below(folder)
    path = folder / LOCAL / "lock"
    try:
        private_folder(used, path.parent)
        for _ in range(_TRIES):
            claimed = _claim(used, path, by=by, clock=clock)
            if claimed is not None:
                return claimed
    except InTheWayError:
        raise
    except OSError as error:
        return Lock(used, None, _warning(error))
    return Lock(used, None, "session.lock.unsure")


def claim(folder: Path, environment: Environment) -> Lock | HeldBy:
    """Claim the session in ``folder`` for whoever types in ``environment``, or say who has it."""
    by = environment.by or login_name()
    return acquire(folder, by=by, clock=environment.clock, disk=environment.disk)


@contextmanager
def released_on_fault(lock: Lock | HeldBy | None) -> Iterator[None]:
    """Let others in when something goes wrong while a session is made or opened under ``lock``."""
    try:
        yield
    except BaseException:
        release(lock)
        raise


def release(lock: Lock | HeldBy | None) -> None:
    """Let others in, where it was us who kept them out."""
    if isinstance(lock, Lock):
        lock.release()


def holder(folder: Path, *, disk: Disk | None = None) -> HeldBy:
    """Return who wrote the lock file last, as far as it can be read; not whether it is still held."""
    used = (Disk() if disk is None else disk).below(folder)
    try:
        found = json.loads(used.read(folder / LOCAL / "lock", most=_MOST))
    except (OSError, ValueError, RecursionError):
        return HeldBy()
    if not isinstance(found, dict):
        return HeldBy()
    pid = found.get("pid")
    told = (_told(found.get(name)) for name in ("host", "since", "by"))
    return HeldBy(pid if isinstance(pid, int) and 0 < pid < 2**32 else 0, *told)


def _claim(disk: Disk, path: Path, *, by: str, clock: Callable[[], datetime]) -> Lock | HeldBy | None:
    """Try once; None if the file was taken away under our hands."""
    fd = disk.open_lock(path)
    try:
        if not disk.lock(fd):
            close_quietly(disk, fd)
            told = holder(path.parent.parent, disk=disk)
            # The lock is held, but not by a process that is dead: its successor has no card there yet.
            return HeldBy() if _is_dead(told) else told
        if disk.facts_at(path).identity != disk.facts(fd).identity:
            close_quietly(disk, fd)
            return None
    except OSError:
        close_quietly(disk, fd)
        raise
    card = {"pid": os.getpid(), "host": host_name(), "since": utc_stamp(clock()), "by": _told(by)}
    try:
        disk.overwrite(fd, json.dumps(card).encode("ascii") + b"\n")
    except OSError:
        # The claim holds; only the card for others stays blank.
        return Lock(disk, fd)
    return Lock(disk, fd)


def _is_dead(card: HeldBy) -> bool:
    """Tell whether a card is surely of a process of this machine that has ended."""
    if sys.platform == "win32" or not card.pid or card.host != host_name():
        return False  # on Windows this way of asking would end the other
    try:
        os.kill(card.pid, 0)
    except (ProcessLookupError, OverflowError):
        return True
    except OSError:
        return False  # somebody else's
    return False


def _warning(error: OSError) -> str:
    return "session.lock.unsure" if error.errno == errno.ENOLCK else "session.lock.unwritable"


def _told(value: object) -> str:
    return shorten(clean(value).text, _LONGEST) if isinstance(value, str) else ""
