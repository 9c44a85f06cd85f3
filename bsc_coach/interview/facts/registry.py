"""Event sourcing, the registry: all families of facts, to whom a command or an event belongs, and JSON read.

A new family is one entry in ``FAMILIES`` and one in ``AnyEvent``; no family imports this module.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast

from bsc_coach.interview.facts.agenda import AGENDA, AgendaEvent
from bsc_coach.interview.facts.answers import ANSWERS, AnswerEvent
from bsc_coach.interview.facts.coaching import COACHING, CoachEvent
from bsc_coach.interview.facts.family import Command, Family
from bsc_coach.interview.facts.lists import LISTS, ListEvent
from bsc_coach.interview.facts.log import (
    Action,
    Event,
    UnknownKindError,
    UnreadableEventError,
    in_any_zone,
    read_ids,
    read_moment,
    read_offset,
    read_text,
    read_whole,
    readers_of,
)
from bsc_coach.interview.facts.provenance import PROVENANCE, TookOver
from bsc_coach.interview.facts.rounds import ROUNDS, RoundEvent
from bsc_coach.interview.facts.session import SESSION, SessionEvent

FAMILIES: tuple[Family[Any, Any], ...] = (ANSWERS, LISTS, COACHING, AGENDA, ROUNDS, PROVENANCE, SESSION)
AnyEvent = AnswerEvent | ListEvent | CoachEvent | AgendaEvent | RoundEvent | TookOver | SessionEvent
"""The events of all families: with it mypy tells which one a ``match`` forgot."""

EVENTS: Mapping[str, type[Event]] = {event.kind: event for family in FAMILIES for event in family.events}
"""Every event by its kind, as the journal calls it."""

_BY_COMMAND = {command: family for family in FAMILIES for command in family.commands}
_BY_EVENT = {event: family for family in FAMILIES for event in family.events}
_READERS = {event: readers_of(event) for event in EVENTS.values()}


def family_of_command(command: Command) -> Family[Any, Any]:
    """Return the family that decides a command."""
    return _BY_COMMAND[type(command)]


def family_of_event(event: Event) -> Family[Any, Any]:
    """Return the family that knows what an event changes."""
    return _BY_EVENT[type(event)]


def as_any(event: Event) -> AnyEvent:
    """Return an event as one of the union of all of them."""
    return cast("AnyEvent", event)


def event_from_json(told: object) -> Event:
    """Deserialise an event from a JSON object.

    Raises UnknownKindError for a kind that this version does not have, UnreadableEventError for no event.
    """
    kind = told.get("t") if isinstance(told, Mapping) else None
    if not isinstance(told, Mapping) or not isinstance(kind, str):
        raise UnreadableEventError(repr(told)[:80])
    made = EVENTS.get(kind)
    if made is None:
        raise UnknownKindError(read_text(kind)[:80])
    values = {name: read(told[key]) for key, name, read in _READERS[made] if key in told}
    try:
        return made(**values)
    except TypeError as error:
        raise UnreadableEventError(str(error)) from error


def action_from_body(number: int, at: datetime, body: Mapping[str, object], writer: str = "") -> Action:
    """Deserialise the action of a journal record. Raises UnreadableEventError when it holds none.

    Of an action from a later version the events that are known count, the kinds of the others are noted.
    """
    do = body.get("do")
    if not isinstance(do, list):
        raise UnreadableEventError(repr(do)[:80])
    events: list[Event] = []
    unknown: list[str] = []
    for told in do:
        try:
            events.append(event_from_json(told))
        except UnknownKindError as error:
            unknown.append(str(error))
    at = in_any_zone(at)
    return Action(
        number=number,
        at=at.astimezone(read_offset(body["offset"])) if "offset" in body else at,
        by=read_text(body.get("by", "")),
        do=tuple(events),
        script=read_whole(body.get("script", 1)),
        source=read_text(body.get("source", "")),
        shown=read_moment(body["shown"]) if "shown" in body else None,
        unknown=tuple(unknown),
        writer=writer,
        after=read_ids(body["after"]) if "after" in body else (),
    )
