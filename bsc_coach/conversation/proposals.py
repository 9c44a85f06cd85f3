"""Queue of what scribes propose, until the driver takes or drops it: bounded, swapped whole under a lock."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bsc_coach.conversation.room_view import Proposal, ProposalKind

MOST_PROPOSALS = 500
LONGEST_PROPOSAL = 280
Listener = Callable[[], None]
"""Called after each change, in the thread that made it."""


@dataclass(frozen=True)
class ProposalQueue:
    """Proposals that nobody has taken or dropped yet, the first one first."""

    waiting: tuple[Proposal, ...] = ()
    last: int = 0
    """The number of the last one that came, whatever became of it."""

    def put(self, kind: ProposalKind, text: str, by: str, at: datetime) -> ProposalQueue | None:
        """Return the queue with one more, or None where it is full or the text is too long or empty."""
        if not text.strip() or len(text) > LONGEST_PROPOSAL or len(self.waiting) >= MOST_PROPOSALS:
            return None
        from bsc_coach.conversation.room_view import Proposal

        number = self.last + 1
        return ProposalQueue((*self.waiting, Proposal(number, kind, text, by, at)), number)

    def without(self, number: int) -> ProposalQueue:
        """Return the queue without one of them."""
        return replace(self, waiting=tuple(one for one in self.waiting if one.number != number))


class Proposals:
    """The queue of one session, in memory only; any thread may put something into it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._queue = ProposalQueue()
        self._listeners: tuple[Listener, ...] = ()

    @property
    def waiting(self) -> tuple[Proposal, ...]:
        """What waits for the driver."""
        return self._queue.waiting

    def put(self, kind: ProposalKind, text: str, by: str, at: datetime) -> bool:
        """Put a proposal at the end; tell whether there was room for it."""
        with self._lock:
            longer = self._queue.put(kind, text, by, at)
            if longer is None:
                return False
            self._queue = longer
        for listener in self._listeners:
            listener()
        return True

    def drop(self, number: int) -> None:
        """Take one out of the queue, because it was taken over or is not wanted."""
        with self._lock:
            self._queue = self._queue.without(number)

    def on_change(self, listener: Listener) -> Callable[[], None]:
        """Have ``listener`` called after each proposal, until what is returned is called."""
        self._listeners = (*self._listeners, listener)

        def stop() -> None:
            self._listeners = tuple(one for one in self._listeners if one is not listener)

        return stop
