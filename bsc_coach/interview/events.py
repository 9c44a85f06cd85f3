"""Event sourcing: the events as frozen dataclasses, the actions that hold them, and both as JSON.

One action is what a person did at once, and one line of the journal; it may hold several events.
No event takes anything away: removing, undoing and reopening are facts of their own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields
from datetime import datetime
from typing import Any, ClassVar, TypeAlias, get_args

from bsc_coach.script.slots import ItemId, Slot, parse_slot
from bsc_coach.text import clean

JsonValue: TypeAlias = "str | int | float | bool | Sequence[JsonValue] | Mapping[str, JsonValue] | None"
Value = str | int | float | tuple[str, ...]
"""An answer: a text, a date or choice id; a number; or several choice or item ids."""

Basis = Mapping[str, str]
"""Digest of each value that an answer was given under, by the path of its slot."""

_KEY = "key"
"""Metadata of a field that the journal keeps under another name."""


class UnreadableEventError(ValueError):
    """A line of the journal holds something that is not an event of this program."""


@dataclass(frozen=True)
class SlotAnswered:
    """A slot was answered; ``same`` says that only the wording changed, not what is meant."""

    kind: ClassVar[str] = "answered"
    slot: Slot
    value: Value
    rev: int = 1
    basis: Basis = field(default_factory=dict)
    same: bool = False
    typed: str = ""
    """What was typed, where it was understood as this value and reads otherwise: undo gives it back."""


@dataclass(frozen=True)
class SlotParked:
    """A slot was put off, perhaps with someone to bring it back and a date."""

    kind: ClassVar[str] = "parked"
    slot: Slot
    reason: str = ""
    owner: str = ""
    due: str = ""


@dataclass(frozen=True)
class SlotPassed:
    """An optional slot was passed without an answer: it stays open, and is not offered again."""

    kind: ClassVar[str] = "passed"
    slot: Slot


@dataclass(frozen=True)
class SlotDeclined:
    """A slot does not apply to this team, for a reason."""

    kind: ClassVar[str] = "declined"
    slot: Slot
    reason: str


@dataclass(frozen=True)
class SlotReopened:
    """A slot is open again; what was said stays in its history."""

    kind: ClassVar[str] = "reopened"
    slot: Slot


@dataclass(frozen=True)
class AnswerAffirmed:
    """A stale answer was looked at and is still right."""

    kind: ClassVar[str] = "affirmed"
    slot: Slot
    basis: Basis = field(default_factory=dict)
    rev: int = 1


@dataclass(frozen=True)
class ItemAdded:
    """An item was added to a list, with the short id that people will say aloud."""

    kind: ClassVar[str] = "added"
    slot: Slot
    """The slot of the list itself."""
    item: ItemId
    short: str


@dataclass(frozen=True)
class ItemRemoved:
    """An item was taken off a list; it and its answers come back when it is restored."""

    kind: ClassVar[str] = "removed"
    slot: Slot
    item: ItemId


@dataclass(frozen=True)
class ItemRestored:
    """A removed item is back."""

    kind: ClassVar[str] = "restored"
    slot: Slot
    item: ItemId


@dataclass(frozen=True)
class ItemMoved:
    """An item stands at another place in its list, counted from 0."""

    kind: ClassVar[str] = "moved"
    slot: Slot
    item: ItemId
    to: int


@dataclass(frozen=True)
class ListClosed:
    """A list is finished; ``reason`` says why it is deliberately empty."""

    kind: ClassVar[str] = "closed"
    slot: Slot
    reason: str = ""


@dataclass(frozen=True)
class RemarkKept:
    """An answer was kept against a remark of the coach, for a reason, in exactly this wording."""

    kind: ClassVar[str] = "kept"
    slot: Slot
    rule: str = field(metadata={_KEY: "check"})
    """Written under the name that it had in the first version."""
    digest: str
    reason: str


@dataclass(frozen=True)
class RuleMuted:
    """A rule of the coach is silent from here on, for a reason; without one it speaks again."""

    kind: ClassVar[str] = "muted"
    rule: str
    reason: str = ""


@dataclass(frozen=True)
class LookBackConfirmed:
    """A look back was confirmed over the answers with this digest, with these points still open."""

    kind: ClassVar[str] = "confirmed"
    slot: Slot
    digest: str
    open: tuple[str, ...] = ()


@dataclass(frozen=True)
class LanguageSet:
    """The session goes on in another language, or only its documents do; answers are never translated."""

    kind: ClassVar[str] = "language"
    language: str
    documents: bool = False


@dataclass(frozen=True)
class ScriptAdopted:
    """From here on the session runs on another version of the script."""

    kind: ClassVar[str] = "adopted"
    version: int
    digest: str
    renames: Mapping[str, str] = field(default_factory=dict)
    before: str = ""
    """Digest of the script that it took the place of, so that undo can go back to it."""


@dataclass(frozen=True)
class ActionUndone:
    """The action with this number no longer counts."""

    kind: ClassVar[str] = "undone"
    number: int


@dataclass(frozen=True)
class ActionRedone:
    """The undone action with this number counts again."""

    kind: ClassVar[str] = "redone"
    number: int


Event = (
    SlotAnswered | SlotParked | SlotPassed | SlotDeclined | SlotReopened | AnswerAffirmed | LookBackConfirmed
    | ItemAdded | ItemRemoved | ItemRestored | ItemMoved | ListClosed | RemarkKept | RuleMuted
    | LanguageSet | ScriptAdopted | ActionUndone | ActionRedone
)  # fmt: skip
_KINDS: dict[str, type[Event]] = {event.kind: event for event in get_args(Event)}


@dataclass(frozen=True)
class Action:
    """One thing that somebody did: what followed from it, who, and when (UTC)."""

    number: int
    at: datetime
    by: str
    do: tuple[Event, ...]
    script: int = 1
    source: str = ""
    """Where it came from, when not from the interview: "file" for an edited strategy.toml."""


def event_to_json(event: Event) -> dict[str, JsonValue]:
    """Serialise an event as a JSON object; what is empty is left out."""
    told: dict[str, JsonValue] = {"t": event.kind}
    for entry in fields(event):
        value = getattr(event, entry.name)
        if isinstance(value, Slot):
            value = str(value)
        if entry.default_factory is not MISSING and not value:
            continue
        if entry.default is not MISSING and value == entry.default:
            continue
        told[entry.metadata.get(_KEY, entry.name)] = list(value) if isinstance(value, tuple) else value
    return told


def event_from_json(told: object) -> Event:
    """Deserialise an event from a JSON object. Raises UnreadableEventError when it tells none."""
    if not isinstance(told, Mapping):
        raise UnreadableEventError(repr(told)[:80])
    kind = told.get("t")
    made = _KINDS.get(kind) if isinstance(kind, str) else None
    if made is None:
        raise UnreadableEventError(repr(kind)[:80])
    values: dict[str, Any] = {name: read(told[key]) for key, name, read in _FIELDS[made] if key in told}
    try:
        return made(**values)
    except TypeError as error:
        raise UnreadableEventError(str(error)) from error


def _clean(text: str) -> str:
    return text if text.isprintable() else clean(text).text


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise UnreadableEventError(repr(value)[:80])
    return _clean(value)


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise UnreadableEventError(repr(value)[:80])
    return value


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise UnreadableEventError(repr(value)[:80])
    return value


def _slot(value: object) -> Slot:
    try:
        return parse_slot(_text(value))
    except ValueError as error:
        raise UnreadableEventError(repr(value)[:80]) from error


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list | tuple):
        raise UnreadableEventError(repr(value)[:80])
    return tuple(_text(part) for part in value)


def _table(value: object) -> dict[str, str]:
    if not isinstance(value, Mapping):
        raise UnreadableEventError(repr(value)[:80])
    return {_text(key): _text(inner) for key, inner in value.items()}


def _value(value: object) -> Value:
    if isinstance(value, str):
        return _clean(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    return _texts(value)


_READERS = {
    "slot": _slot, "item": lambda value: ItemId(_text(value)), "value": _value,
    "same": _flag, "documents": _flag,
    "rev": _whole, "to": _whole, "number": _whole, "version": _whole,
    "basis": _table, "renames": _table, "open": _texts,
    "reason": _text, "owner": _text, "due": _text, "short": _text, "rule": _text,
    "digest": _text, "before": _text, "language": _text, "typed": _text,
}  # fmt: skip


_FIELDS = {
    made: tuple(
        (entry.metadata.get(_KEY, entry.name), entry.name, _READERS[entry.name]) for entry in fields(made)
    )
    for made in _KINDS.values()
}
"""For each kind of event: the key in the journal, the field, and how it is read."""


def action_body(action: Action) -> dict[str, JsonValue]:
    """Serialise an action for the journal, without its number and time."""
    body: dict[str, JsonValue] = {"by": action.by, "script": action.script}
    if action.source:
        body["source"] = action.source
    body["do"] = [event_to_json(event) for event in action.do]
    return body


def action_from_body(number: int, at: datetime, body: Mapping[str, object]) -> Action:
    """Deserialise the action of a journal record. Raises UnreadableEventError when it holds none."""
    do = body.get("do")
    if not isinstance(do, list):
        raise UnreadableEventError(repr(do)[:80])
    return Action(
        number=number,
        at=at,
        by=_text(body.get("by", "")),
        do=tuple(event_from_json(told) for told in do),
        script=_whole(body.get("script", 1)),
        source=_text(body.get("source", "")),
    )
