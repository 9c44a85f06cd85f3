"""A disk whose calls fail on command, around any other disk."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bsc_coach.session.disk import Disk

CALLS = (
    "create",
    "open_append",
    "open_over",
    "open_lock",
    "write",
    "overwrite",
    "fsync",
    "fsync_folder",
    "close",
    "facts",
    "facts_at",
    "read",
    "replace",
    "unlink",
    "make_folder",
    "names",
    "lock",
)
ERRORS = (errno.ENOSPC, errno.EIO, errno.EROFS, errno.EACCES, errno.EDQUOT)
# What a call does before it reports its failure.
NOTHING, PARTLY, WHOLLY = "nothing", "partly", "wholly"

Plan = Callable[[int, str], "tuple[int, str] | None"]


def never(_number: int, _name: str) -> None:
    """The plan of a disk in good health."""
    return


def at_call(number: int, error: int, *, for_ever: bool = False, effect: str = NOTHING) -> Plan:
    """Return the plan that fails the call ``number`` (from 1), and with ``for_ever`` all after it."""

    def plan(now: int, _name: str) -> tuple[int, str] | None:
        return (error, effect) if now == number or (for_ever and now > number) else None

    return plan


class FaultyDisk(Disk):
    """Counts every call, asks the plan whether it fails, and otherwise hands it on to ``inner``."""

    def __init__(self, inner: Disk, plan: Plan = never) -> None:
        self.inner = inner
        self.plan = plan
        self.calls: list[str] = []
        self.after: Callable[[], None] | None = None

    def below(self, folder: Path) -> FaultyDisk:
        """Have the disk inside follow no link below ``folder``; calls and plan stay one."""
        self.inner = self.inner.below(folder)
        return self

    def through(self, name: str, *arguments: Any, **options: Any) -> Any:
        """Make one call, or fail it as planned."""
        self.calls.append(name)
        failure = self.plan(len(self.calls), name)
        try:
            if failure is not None:
                self._half_do(name, failure[1], arguments, options)
                raise OSError(failure[0], os.strerror(failure[0]))
            return getattr(self.inner, name)(*arguments, **options)
        finally:
            if self.after is not None:
                self.after()

    def _half_do(self, name: str, effect: str, arguments: tuple[Any, ...], options: dict[str, Any]) -> None:
        if name == "close":
            self.inner.close(*arguments)  # a failing close closes all the same
        elif effect == WHOLLY:
            getattr(self.inner, name)(*arguments, **options)
        elif effect == PARTLY and name == "write":
            fd, data = arguments
            self.inner.write(fd, data[: len(data) // 2])
        elif effect == PARTLY and name == "fsync" and hasattr(self.inner, "forget_dirty"):
            self.inner.forget_dirty(*arguments)


def _handed_on(name: str) -> Callable[..., Any]:
    def call(self: FaultyDisk, *arguments: Any, **options: Any) -> Any:
        return self.through(name, *arguments, **options)

    return call


for _name in CALLS:
    setattr(FaultyDisk, _name, _handed_on(_name))
