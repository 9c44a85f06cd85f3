"""Event sourcing, what a family of facts is: commands, the events they lead to, and what those do to a state.

A family decides and evolves; ``registry`` holds all of them, ``decide`` and ``fold`` ask it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Generic, TypeVar

from bsc_coach import sizes
from bsc_coach.interview.addresses import slot_in_words
from bsc_coach.interview.facts.log import Action, Event
from bsc_coach.interview.plan import Plan, SlotStatus
from bsc_coach.interview.state_builder import StateBuilder
from bsc_coach.interview.values import RefusedError
from bsc_coach.script.slots import ItemId, Slot
from bsc_coach.text import clean, one_line


@dataclass(frozen=True)
class Command:
    """What somebody wants to do, before ``decide`` turns it into events or refuses it."""


@dataclass(frozen=True)
class Several(Command):
    """Do several things as one action: the changes of an edited file."""

    commands: tuple[Command, ...]


class Decider(ABC):
    """One decision: the plan it is taken under, and the item ids it may use."""

    plan: Plan
    ids: Iterator[ItemId]

    @abstractmethod
    def in_order(self, commands: Sequence[Command]) -> tuple[Event, ...]:
        """Decide commands as one action, each under what the ones before it lead to."""

    @abstractmethod
    def supposing(self, *events: Event) -> AbstractContextManager[None]:
        """Decide under the plan as it would be once ``events`` had happened."""

    def known(self, slot: Slot) -> SlotStatus:
        """Return where a slot stands. Raises RefusedError for one that there is not."""
        status = self.plan.status(slot)
        if status is None:
            raise RefusedError("no_such_question", slot=slot_in_words(self.plan, slot))
        return status

    def applies(self, slot: Slot) -> SlotStatus:
        """Return where a slot stands that applies now. Raises RefusedError for any other."""
        status = self.known(slot)
        if not status.active:
            raise RefusedError("does_not_apply_now", slot=slot_in_words(self.plan, slot))
        return status


def read_reason(text: str) -> str:
    """Return a reason on one line. Raises RefusedError when there is none, or too much."""
    reason = one_line(clean(text).text)
    if not reason:
        raise RefusedError("reason_needed")
    if len(reason) > sizes.SHORT_TEXT:
        raise RefusedError("too_long", n=sizes.SHORT_TEXT, have=len(reason))
    return reason


_C = TypeVar("_C", bound=Command)
_E = TypeVar("_E", bound=Event)


@dataclass(frozen=True)
class Family(Generic[_C, _E]):
    """Commands and events that belong together, what a command leads to, and what an event changes."""

    commands: tuple[type[_C], ...]
    events: tuple[type[_E], ...]
    decide: Callable[[Decider, _C], tuple[Event, ...]]
    """The events of a command under the plan of a decision. Raises RefusedError; changes nothing."""
    evolve: Callable[[StateBuilder, Action, _E], None]
    """Take one event of an action that counts into the state that is being built."""
