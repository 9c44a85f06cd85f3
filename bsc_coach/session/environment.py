"""Dependencies of a session on the outside, in one object that tests replace: clock, ids, names, disk."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from bsc_coach.script.slots import ItemId
from bsc_coach.session.disk import Disk
from bsc_coach.text import clean, shorten

_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without letters and digits that look alike: ids stand in files that people read."""


def now() -> datetime:
    """Return the time, as the clock stands here, with its offset from UTC."""
    return datetime.now(UTC).astimezone()


def random_ids() -> Iterator[ItemId]:
    """Yield item ids that nobody has used: 31⁸ possibilities each."""
    import secrets

    while True:
        yield ItemId("".join(secrets.choice(_ALPHABET) for _ in range(8)))


def login_name() -> str:
    """Return who is logged in, or "someone" where the system does not tell."""
    import getpass

    try:
        return shorten(clean(getpass.getuser()).text, 60) or "someone"
    except (OSError, KeyError, ImportError):
        return "someone"


def host_name() -> str:
    """Ask the system what this machine is called, without the sockets that few commands need."""
    if hasattr(os, "uname"):
        return os.uname().nodename
    import socket

    return socket.gethostname()


def writer_id() -> str:
    """Return a short id for this run of the program by this person on this machine, without telling either.

    No two runs have the same: what each of them wrote can be told apart wherever journals are put together.
    """
    told = f"{login_name()}@{host_name()}"
    return f"{hashlib.blake2s(told.encode(), digest_size=4).hexdigest()}.{os.urandom(4).hex()}"


@dataclass(frozen=True)
class Environment:
    """The clock (local, with its offset), the source of item ids, who types, the writer's id, the disk."""

    clock: Callable[[], datetime] = now
    ids: Iterator[ItemId] = field(default_factory=random_ids)
    by: str | None = None
    """Name given for the session; None means the scribe among the participants, else the login name."""
    writer: str = field(default_factory=writer_id)
    disk: Disk = field(default_factory=Disk)
    listens: bool = False
    """Whether the coach listens with its second ear, which takes time and memory to load."""

    def today(self) -> date:
        """Return the day it is here, for dates such as tomorrow."""
        return self.clock().astimezone().date()
