"""Event sourcing, decide: a command and the plan give events, or refusals that say why.

Pure: item ids come in from outside, and whoever calls writes the events down. What a command leads to is
known by its family (``facts``); here is what is about several commands at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from bsc_coach.interview.consequences import after
from bsc_coach.interview.facts.answers import Accept
from bsc_coach.interview.facts.family import Command, Decider, Several
from bsc_coach.interview.facts.log import Event
from bsc_coach.interview.facts.registry import family_of_command
from bsc_coach.interview.facts.session import Redo, Undo
from bsc_coach.interview.plan import Plan
from bsc_coach.interview.values import Refusal, RefusedError
from bsc_coach.script.slots import ItemId


@dataclass(frozen=True)
class Stamp:
    """What a decision needs from outside: item ids nobody has used. The engine has no random source."""

    ids: Iterator[ItemId]


@dataclass(frozen=True)
class Verdict:
    """Events to write down, or why nothing happens."""

    events: tuple[Event, ...] = ()
    refusals: tuple[Refusal, ...] = ()


def decide(plan: Plan, command: Command, stamp: Stamp) -> Verdict:
    """Decide a command: validate it under ``plan`` and return its events or refusals. Changes nothing."""
    try:
        return Verdict(events=_Deciding(plan, stamp.ids).events_of(command))
    except RefusedError as refused:
        return Verdict(refusals=(refused.refusal,))


class _Deciding(Decider):
    """One decision, by the families of its commands."""

    def __init__(self, plan: Plan, ids: Iterator[ItemId]) -> None:
        self.plan = plan
        self.ids = ids

    def events_of(self, command: Command) -> tuple[Event, ...]:
        if isinstance(command, Several):
            return self.in_order(command.commands)
        return family_of_command(command).decide(self, command)

    def in_order(self, commands: Sequence[Command]) -> tuple[Event, ...]:
        events: list[Event] = []
        first = self.plan
        planned = 0
        try:
            for command in commands:
                if isinstance(command, Undo | Redo):
                    # They are about whole actions; inside one they would hide what stands beside them.
                    raise RefusedError("nothing_to_undo" if isinstance(command, Undo) else "nothing_to_redo")
                if planned < len(events) and self._looks_at_others(command):
                    self.plan = after(first, tuple(events))
                    planned = len(events)
                events.extend(self.events_of(command))
        finally:
            self.plan = first
        if not events:
            raise RefusedError("empty")
        return tuple(events)

    @contextmanager
    def supposing(self, *events: Event) -> Iterator[None]:
        plan = self.plan
        self.plan = after(plan, events)
        try:
            yield
        finally:
            self.plan = plan

    def _looks_at_others(self, command: Command) -> bool:
        """Tell whether what was said just before may matter: not for a plain answer on its own."""
        if not isinstance(command, Accept):
            return True
        status = self.plan.status(command.slot)
        if status is None or not status.active:
            return True
        if any(choice.when is not None for choice in getattr(status.step, "choices", ())):
            return True
        limit = getattr(status.step, "limit", None)
        return bool(status.step.basis) or getattr(limit, "unique_in", None) is not None
