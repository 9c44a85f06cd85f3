"""Provenance: that a session took its first answers over from an earlier strategy, and from which."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bsc_coach.interview.facts.family import SHORT_TEXT, Command, Decider, Family
from bsc_coach.interview.facts.log import EDITED, FROM_FILE, TAKEN, Action, Event
from bsc_coach.interview.state import TakenOverFact
from bsc_coach.interview.state_builder import StateBuilder
from bsc_coach.text import clean, one_line


@dataclass(frozen=True)
class TakeOver(Command):
    """Take over what an earlier strategy says; its answers are events of the same action."""

    source: str
    digest: str
    as_of: str = ""
    folder: str = ""
    redacted: bool = False


@dataclass(frozen=True)
class TookOver(Event):
    """The answers of this action were given elsewhere, and nobody has confirmed them here yet."""

    kind: ClassVar[str] = "took_over"
    since: ClassVar[str] = "0.2.0"
    source: str
    """Name of the file or folder."""
    digest: str
    """Of the bytes of its strategy.toml."""
    as_of: str = ""
    """ISO date of the last answer in it, where it told."""
    folder: str = ""
    """Where the older session lies, seen from this one; nothing where there was only a file."""
    redacted: bool = False


def _decide(_: Decider, command: TakeOver) -> tuple[Event, ...]:
    source = one_line(clean(command.source).text)[:SHORT_TEXT]
    return (TookOver(source, command.digest, command.as_of, command.folder, command.redacted),)


def _evolve(state: StateBuilder, action: Action, event: TookOver) -> None:
    state.taken_over = TakenOverFact(
        action.number,
        action.at,
        action.by,
        event.source,
        event.digest,
        event.as_of,
        event.folder,
        event.redacted,
    )


PROVENANCE: Family[TakeOver, TookOver] = Family((TakeOver,), (TookOver,), _decide, _evolve)


def with_origin(state: StateBuilder, action: Action) -> Action:
    """Return an action with the source that says where its answers come from.

    The first version wrote "file" both for a session that began with an earlier strategy, of which nothing
    else is known then, and for changes by hand: what came before anything was said was taken over.
    """
    if action.source != FROM_FILE:
        return action
    if state.facts or state.lists:
        return action.from_source(EDITED)
    state.taken_over = TakenOverFact(action.number, action.at, action.by)
    return action.from_source(TAKEN)
