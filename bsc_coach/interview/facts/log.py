"""Event sourcing, the log: what every event and action has, and both as JSON.

One action is what a person did at once, and one line of the journal; it may hold several events.
No event takes anything away: removing, undoing and reopening are facts of their own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from datetime import MAXYEAR, MINYEAR, UTC, datetime, timedelta, timezone
from typing import Any, ClassVar, Literal, Protocol, TypeAlias

from bsc_coach.script.slots import ItemId, Slot, is_item_id, parse_slot
from bsc_coach.text import clean

JsonValue: TypeAlias = "str | int | float | bool | Sequence[JsonValue] | Mapping[str, JsonValue] | None"
Value = str | int | float | tuple[str, ...]
"""An answer: a text, a date or choice id; a number; or several choice or item ids."""

Basis = Mapping[str, str]
"""Digest of each value that an answer was given under, by the path of its slot."""

LONGEST_NUMBER = 12
"""Fewer digits than this has the number of an action."""

_VERSION = re.compile(r"[0-9]{1,4}(\.[0-9]{1,4}){0,3}")

_OFFSET = re.compile(r"(?P<sign>[+-])(?P<h>[01][0-9]|2[0-3]):(?P<m>[0-5][0-9])")

Source = Literal["", "taken", "edit", "save", "filled"]
"""Where the answers of an action come from: the talk, an earlier strategy, a hand edit, the coach, a form."""
TAKEN: Source = "taken"
"""Source of an action whose answers were given elsewhere and taken over."""
EDITED: Source = "edit"
"""Source of an action that takes in what people changed in strategy.toml."""
SAVED: Source = "save"
"""Source of an action by which an answer went where the coach said that it belongs."""
FILLED: Source = "filled"
"""Source of an action that takes in what people filled in elsewhere: a workbook, a page of an owner."""
ELSEWHERE = frozenset((TAKEN, EDITED, FILLED))
"""Sources of what was not said in the talk: it took no time of the talk, which does not go on after it."""

KEY = "key"
"""Metadata of a field that the journal keeps under another name."""

ActionId = tuple[str, int]
"""The identity of an action: who wrote it, and its number. Two copies of a session may both go on at 17."""


class UnreadableEventError(ValueError):
    """A line of the journal holds something that is not an event of this program."""


class UnknownKindError(UnreadableEventError):
    """An event of a kind that this version of the program does not have: a later one wrote it."""


@dataclass(frozen=True)
class Event:
    """A fact of the log: a frozen dataclass in a family, whose fields are its JSON."""

    kind: ClassVar[str]
    """What the journal calls it."""
    since: ClassVar[str] = ""
    """The version of the program that brought it, as in "0.2"; none for those of the first version."""
    moves_no_slot: ClassVar[bool] = False
    """Whether every slot stands where it stood before, so that a plan need not be made anew."""
    holds_always: ClassVar[bool] = False
    """Whether it is neither undone nor in the way of undoing: time that was taken, ids that were given."""


@dataclass(frozen=True)
class SlotEvent(Event):
    """An event that changes what was said at one slot and nothing else."""

    slot: Slot


@dataclass(frozen=True)
class Action:
    """One thing that somebody did: what followed from it, who, and when."""

    number: int
    at: datetime
    """As the clock stood where it was done: with its offset, where the journal tells one, else in UTC."""
    by: str
    do: tuple[Event, ...]
    script: int = 1
    source: str = ""
    """Where it came from when it was not said in the interview; one of ``Source``."""
    shown: datetime | None = None
    """When the question that it answers came on the screen (UTC), where that is known."""
    unknown: tuple[str, ...] = ()
    """Kinds of events that it holds as well in the journal, and that this version does not know."""
    writer: str = ""
    """The run of the program that wrote it; with its number that is its identity."""
    after: tuple[ActionId, ...] = ()
    """The actions that it came after, where that is not just the one before it by the same writer."""

    @property
    def id(self) -> ActionId:
        """Who wrote it, and its number."""
        return self.writer, self.number

    @property
    def holds_always(self) -> bool:
        """Whether it is neither undone nor in the way of undoing."""
        return bool(self.do) and all(event.holds_always for event in self.do)


class Placed(Protocol):
    """What has a place in the log: an action, a record of the journal, one side of a dispute."""

    @property
    def number(self) -> int: ...

    @property
    def writer(self) -> str: ...


def log_order(one: Placed) -> tuple[int, str]:
    """Return where something stands in the log, whoever puts which lines together: number, then writer."""
    return one.number, one.writer


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
        told[entry.metadata.get(KEY, entry.name)] = list(value) if isinstance(value, tuple) else value
    return told


def action_body(action: Action) -> dict[str, JsonValue]:
    """Serialise an action for the journal, without its number and time.

    ``needs`` tells an older program which version knows all of it.
    """
    body: dict[str, JsonValue] = {"by": action.by, "script": action.script}
    if action.after:
        body["after"] = ids_as_text(action.after)
    if action.source:
        body["source"] = action.source
    if offset := action.at.strftime("%z").replace("+0000", ""):
        body["offset"] = f"{offset[:3]}:{offset[3:5]}"
    if action.shown is not None:
        body["shown"] = action.shown.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if needed := latest(event.since for event in action.do):
        body["needs"] = needed
    body["do"] = [event_to_json(event) for event in action.do]
    return body


def ids_as_text(ids: Iterable[ActionId]) -> list[str]:
    """Return the identities of actions as the journal has them; ``read_ids`` reads them."""
    return [f"{writer}:{number}" for writer, number in ids]


def latest(versions: Iterable[str]) -> str:
    """Return the latest of versions like "0.2" and "0.10"; nothing where there is none."""
    told = (version for version in versions if _VERSION.fullmatch(version))
    return max(told, key=lambda version: [int(part) for part in version.split(".")], default="")


def _clean(text: str) -> str:
    return text if text.isprintable() else clean(text).text


def read_text(value: object) -> str:
    """Read a text. Raises UnreadableEventError for anything else, as all of these readers do."""
    if not isinstance(value, str):
        raise UnreadableEventError(repr(value)[:80])
    return _clean(value)


def read_whole(value: object) -> int:
    """Read a whole number."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise UnreadableEventError(repr(value)[:80])
    return value


def read_moment(value: object) -> datetime:
    """Read a moment with its zone, as in "2026-11-22T09:14:03Z"."""
    try:
        moment = datetime.fromisoformat(read_text(value))
    except ValueError as error:
        raise UnreadableEventError(repr(value)[:80]) from error
    if moment.tzinfo is None:
        raise UnreadableEventError(repr(value)[:80])
    return in_any_zone(moment)


def in_any_zone(moment: datetime) -> datetime:
    """Return a moment that can be told in each zone and with hours added.

    One in the first or last year that a datetime holds is told a year nearer: only a clock that is wrong by
    centuries says so.
    """
    nearest = min(max(moment.year, MINYEAR + 1), MAXYEAR - 1)
    return moment if nearest == moment.year else moment.replace(year=nearest, day=min(moment.day, 28))


def read_offset(value: object) -> timezone:
    """Read the offset of a clock from UTC, as in "+01:00"."""
    told = _OFFSET.fullmatch(read_text(value))
    if told is None:
        raise UnreadableEventError(repr(value)[:80])
    away = timedelta(hours=int(told["h"]), minutes=int(told["m"]))
    return timezone(-away if told["sign"] == "-" else away)


def read_ids(value: object) -> tuple[ActionId, ...]:
    """Read the identities of actions, each as in "3fa2.07:17"."""
    found = []
    for told in _texts(value):
        writer, _, number = told.rpartition(":")
        if not (number.isascii() and number.isdecimal() and len(number) < LONGEST_NUMBER):
            raise UnreadableEventError(repr(told)[:80])
        found.append((writer, int(number)))
    return tuple(found)


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise UnreadableEventError(repr(value)[:80])
    return value


def _slot(value: object) -> Slot:
    try:
        return parse_slot(read_text(value))
    except ValueError as error:
        raise UnreadableEventError(repr(value)[:80]) from error


def _item(value: object) -> ItemId:
    """Read the id of an item: one that no slot can name is none."""
    item = read_text(value)
    if not is_item_id(item):
        raise UnreadableEventError(repr(value)[:80])
    return ItemId(item)


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list | tuple):
        raise UnreadableEventError(repr(value)[:80])
    return tuple(read_text(part) for part in value)


def _table(value: object) -> dict[str, str]:
    if not isinstance(value, Mapping):
        raise UnreadableEventError(repr(value)[:80])
    return {read_text(key): read_text(inner) for key, inner in value.items()}


def _answer(value: object) -> Value:
    if isinstance(value, str):
        return _clean(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    return _texts(value)


_READERS: dict[str, Callable[[object], Any]] = {
    "Slot": _slot,
    "ItemId": _item,
    "Value": _answer,
    "Basis": _table,
    "Mapping[str, str]": _table,
    "tuple[str, ...]": _texts,
    "str": read_text,
    "int": read_whole,
    "bool": _flag,
}
"""How a field of an event is read, by its annotation as it is written."""


def readers_of(made: type[Event]) -> tuple[tuple[str, str, Callable[[object], Any]], ...]:
    """For each field of a kind of event: its key in the journal, its name, and how it is read."""
    return tuple(
        (entry.metadata.get(KEY, entry.name), entry.name, _READERS[str(entry.type)]) for entry in fields(made)
    )
