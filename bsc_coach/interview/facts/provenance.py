"""Provenance: that a session took its first answers over from an earlier strategy, and from which."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import ClassVar

from bsc_coach import sizes
from bsc_coach.interview.facts.family import Command, Decider, Family
from bsc_coach.interview.facts.log import EDITED, TAKEN, Action, Event
from bsc_coach.interview.state import TakenOverFact
from bsc_coach.interview.state_builder import StateBuilder
from bsc_coach.strategy.dates import date_parts
from bsc_coach.text import clean, one_line

_FROM_FILE = "file"


@dataclass(frozen=True)
class TakeOver(Command):
    """Take over what an earlier strategy says; its answers are events of the same action."""

    source: str
    digest: str
    as_of: str = ""
    folder: str = ""
    redacted: bool = False
    edited: bool = False
    unconfirmed: int = 0


@dataclass(frozen=True)
class TookOver(Event):
    """The answers of this action were given elsewhere, and nobody has confirmed them here yet."""

    kind: ClassVar[str] = "took_over"
    since: ClassVar[str] = "0.2.0"
    source: str
    """Name of the file or folder; empty where the first version of the program wrote it down."""
    digest: str
    """Of the bytes of its strategy.toml."""
    as_of: str = ""
    """ISO date of the last answer in it, where it told."""
    folder: str = ""
    """Where the older session lies, seen from this one; nothing where there was only a file."""
    redacted: bool = False
    edited: bool = False
    """Whether it was changed by hand since its session wrote it."""
    unconfirmed: int = 0
    """How many of its answers were older still, and had not been confirmed there either."""


def _decide(_: Decider, command: TakeOver) -> tuple[Event, ...]:
    told = (command.source, command.digest, command.as_of, command.folder)
    source, digest, as_of, folder = (one_line(clean(text).text)[: sizes.SHORT_TEXT] for text in told)
    redacted, edited, n = command.redacted, command.edited, command.unconfirmed
    return (TookOver(source, digest, as_of, folder, redacted, edited, n),)


def _evolve(state: StateBuilder, action: Action, event: TookOver) -> None:
    state.taken_over = TakenOverFact(
        action.number,
        action.at,
        action.by,
        event.source,
        event.digest,
        event.as_of if date_parts(event.as_of) else "",
        event.folder,
        event.redacted,
        event.edited,
        event.unconfirmed,
    )


PROVENANCE: Family[TakeOver, TookOver] = Family((TakeOver,), (TookOver,), _decide, _evolve)


def as_told_today(actions: Iterable[Action]) -> list[Action]:
    """Return a log in the words of today, where the first version of the program wrote it.

    That said "file" of a session that began with an earlier strategy, and told no more of it, and of changes
    by hand: what came before anything was said was taken over.
    """
    told: list[Action] = []
    anything_said = False
    for action in actions:
        if action.source == _FROM_FILE and anything_said:
            told.append(replace(action, source=EDITED))
        elif action.source == _FROM_FILE:
            told.append(replace(action, source=TAKEN, do=(TookOver("", ""), *action.do)))
        else:
            told.append(action)
        anything_said = anything_said or any(hasattr(event, "slot") for event in action.do)
    return told
