"""Commands: what somebody wants to do, before ``decide`` turns it into events or refuses it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bsc_coach.interview.events import JsonValue
from bsc_coach.script.slots import ItemId, Slot, StepId


@dataclass(frozen=True)
class Accept:
    """Answer a slot; ``same`` says that only the wording changes, so nothing becomes stale."""

    slot: Slot
    value: JsonValue
    same: bool = False
    typed: str = ""
    """What was typed, where the value was understood from it and reads otherwise."""


@dataclass(frozen=True)
class Fill:
    """Answer several slots at once, as one action: a table or a card."""

    answers: tuple[tuple[Slot, JsonValue], ...]


@dataclass(frozen=True)
class Park:
    """Put a slot off."""

    slot: Slot
    reason: str = ""
    owner: str = ""
    due: str = ""


@dataclass(frozen=True)
class Pass:
    """Go past an optional slot: it stays open, and is not offered again."""

    slot: Slot


@dataclass(frozen=True)
class Decline:
    """Say that a slot does not apply, and why."""

    slot: Slot
    reason: str


@dataclass(frozen=True)
class Reopen:
    """Make a slot open again; what was said stays in its history."""

    slot: Slot


@dataclass(frozen=True)
class AddItem:
    """Add an item to a list, with first answers inside it by step."""

    slot: Slot
    answers: Mapping[StepId, JsonValue] = field(default_factory=dict)
    typed: str = ""
    """The line that was typed or pasted, where the answers were understood from it and read otherwise."""
    short: str = ""
    """A short id that the item has already (from an edited file); normally minted."""


@dataclass(frozen=True)
class RemoveItem:
    """Take an item off its list; it can be restored."""

    item: ItemId


@dataclass(frozen=True)
class RestoreItem:
    """Bring a removed item back."""

    item: ItemId


@dataclass(frozen=True)
class MoveItem:
    """Put an item at another place of its list, counted from 0."""

    item: ItemId
    to: int


@dataclass(frozen=True)
class CloseList:
    """Say that a list is finished; ``reason`` says why it is deliberately empty."""

    slot: Slot
    reason: str = ""


@dataclass(frozen=True)
class KeepAnswer:
    """Keep an answer against a remark of the coach, because …"""

    slot: Slot
    rule: str
    reason: str


@dataclass(frozen=True)
class MuteRule:
    """Let a rule of the coach be silent in this session, because …; without a reason it speaks again."""

    rule: str
    reason: str = ""


@dataclass(frozen=True)
class StillRight:
    """Say that a stale answer is still right."""

    slot: Slot


@dataclass(frozen=True)
class Confirm:
    """Confirm a look back."""

    slot: Slot


@dataclass(frozen=True)
class SetLanguage:
    """Go on in another language of the script, or write only the documents in it."""

    language: str
    documents: bool = False


@dataclass(frozen=True)
class AdoptScript:
    """Go on with another version of the script."""

    version: int
    digest: str
    renames: Mapping[str, str] = field(default_factory=dict)
    before: str = ""


@dataclass(frozen=True)
class Several:
    """Do several things as one action: the changes of an edited file."""

    commands: tuple[Command, ...]


@dataclass(frozen=True)
class Undo:
    """Take back the last action that counts."""


@dataclass(frozen=True)
class Redo:
    """Bring back the last action that was undone."""


Command = (
    Accept | Fill | Park | Pass | Decline | Reopen | AddItem | RemoveItem | RestoreItem | MoveItem | CloseList
    | KeepAnswer | MuteRule | StillRight | Confirm | SetLanguage | AdoptScript | Several | Undo | Redo
)  # fmt: skip
