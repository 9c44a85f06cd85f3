"""Lists: items are added, removed, restored and moved, and a list is closed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, assert_never, get_args

from bsc_coach.interview.addresses import family, slot_in_words
from bsc_coach.interview.basis import current_basis
from bsc_coach.interview.facts.answers import Accept, AnswerAffirmed
from bsc_coach.interview.facts.family import Command, Decider, Family, read_reason
from bsc_coach.interview.facts.log import TAKEN, Action, Event, JsonValue
from bsc_coach.interview.plan import Plan
from bsc_coach.interview.state import ListFact
from bsc_coach.interview.state_builder import StateBuilder
from bsc_coach.interview.values import RefusedError, broken_count, most_of
from bsc_coach.script.model import CollectStep, ConfirmStep
from bsc_coach.script.slots import Frame, ItemId, Slot, StepId

_SHORT = re.compile(r"(.*?[A-Z.])([0-9]+)")

# Commands


@dataclass(frozen=True)
class AddItem(Command):
    """Add an item to a list, with first answers inside it by step."""

    slot: Slot
    answers: Mapping[StepId, JsonValue] = field(default_factory=dict)
    typed: str = ""
    """The line that was typed or pasted, where the answers were understood from it and read otherwise."""
    short: str = ""
    """A short id that the item has already (from an edited file); normally minted."""


@dataclass(frozen=True)
class RemoveItem(Command):
    """Take an item off its list; it can be restored."""

    item: ItemId


@dataclass(frozen=True)
class RestoreItem(Command):
    """Bring a removed item back."""

    item: ItemId


@dataclass(frozen=True)
class MoveItem(Command):
    """Put an item at another place of its list, counted from 0."""

    item: ItemId
    to: int


@dataclass(frozen=True)
class CloseList(Command):
    """Say that a list is finished; ``reason`` says why it is deliberately empty."""

    slot: Slot
    reason: str = ""


@dataclass(frozen=True)
class StillHold(Command):
    """Say of answers and of finished lists, as one action, that they still hold as they are."""

    slots: tuple[Slot, ...]


ListCommand = AddItem | RemoveItem | RestoreItem | MoveItem | CloseList | StillHold

# Events


@dataclass(frozen=True)
class ItemAdded(Event):
    """An item was added to a list, with the short id that people will say aloud."""

    kind: ClassVar[str] = "added"
    slot: Slot
    """The slot of the list itself."""
    item: ItemId
    short: str


@dataclass(frozen=True)
class ItemRemoved(Event):
    """An item was taken off a list; it and its answers come back when it is restored."""

    kind: ClassVar[str] = "removed"
    slot: Slot
    item: ItemId


@dataclass(frozen=True)
class ItemRestored(Event):
    """A removed item is back."""

    kind: ClassVar[str] = "restored"
    slot: Slot
    item: ItemId


@dataclass(frozen=True)
class ItemMoved(Event):
    """An item stands at another place in its list, counted from 0."""

    kind: ClassVar[str] = "moved"
    slot: Slot
    item: ItemId
    to: int


@dataclass(frozen=True)
class ListClosed(Event):
    """A list is finished; ``reason`` says why it is deliberately empty."""

    kind: ClassVar[str] = "closed"
    slot: Slot
    reason: str = ""


ListEvent = ItemAdded | ItemRemoved | ItemRestored | ItemMoved | ListClosed

# Decide


def _decide(deciding: Decider, command: ListCommand) -> tuple[Event, ...]:
    match command:
        case AddItem():
            return _added(deciding, command)
        case CloseList():
            return (_closed(deciding, command),)
        case StillHold():
            return tuple(_still_holding(deciding, slot) for slot in command.slots)
        case RemoveItem() | RestoreItem() | MoveItem():
            return (_about_item(deciding, command),)
        case _:
            assert_never(command)


def _about_item(deciding: Decider, command: RemoveItem | RestoreItem | MoveItem) -> ListEvent:
    state = deciding.plan.state
    frame = state.frames.get(command.item)
    if frame is None:
        raise RefusedError("no_such_item", item=command.item[:40])
    slot = Slot(frame[-1][0], frame[:-1])
    listed = state.list_at(slot)
    removed = command.item in listed.removed
    if isinstance(command, RestoreItem):
        if not removed:
            raise RefusedError("not_removed")
        return ItemRestored(slot, command.item)
    if removed:
        raise RefusedError("already_removed")
    if isinstance(command, RemoveItem):
        return ItemRemoved(slot, command.item)
    if not 0 <= command.to < len(listed.items):
        raise RefusedError("no_such_place", n=len(listed.items))
    return ItemMoved(slot, command.item, command.to)


def _list_step(deciding: Decider, slot: Slot) -> CollectStep:
    step = deciding.applies(slot).step
    if not isinstance(step, CollectStep):
        raise RefusedError("not_a_list", slot=slot_in_words(deciding.plan, slot))
    return step


def _added(deciding: Decider, command: AddItem) -> tuple[Event, ...]:
    step = _list_step(deciding, command.slot)
    live = deciding.plan.state.list_at(command.slot).live
    if len(live) >= most_of(step.count):
        raise RefusedError("list_full", n=most_of(step.count))
    item = next(deciding.ids)
    frame: Frame = (*command.slot.frame, (step.id, item))
    added = ItemAdded(command.slot, item, _short_id(deciding.plan, step, command))
    answers = [
        Accept(Slot(name, frame), value, typed="" if number else command.typed)
        for number, (name, value) in enumerate(command.answers.items())
    ]
    if not answers:
        return (added,)
    with deciding.supposing(added):
        return (added, *deciding.in_order(answers))


def _short_id(plan: Plan, step: CollectStep, command: AddItem) -> str:
    prefix = family(plan, step, command.slot.frame)
    if command.short:
        taken = command.short in plan.state.shorts.values()
        number = command.short.removeprefix(prefix)
        if command.short.startswith(prefix) and number.isdecimal() and not taken:
            return command.short
    return f"{prefix}{plan.state.minted.get(prefix, 0) + 1}"


def _closed(deciding: Decider, command: CloseList) -> ListClosed:
    step = _list_step(deciding, command.slot)
    live = deciding.plan.state.list_at(command.slot).live
    reason = read_reason(command.reason) if command.reason else ""
    if reason and not live:
        return ListClosed(command.slot, reason)
    broken = broken_count(step.count, len(live))
    if broken:
        key = "empty_needs_reason" if step.empty_field and not live else broken[0].key
        raise RefusedError(key, **broken[0].values)
    return ListClosed(command.slot)


def _still_holding(deciding: Decider, slot: Slot) -> ListClosed | AnswerAffirmed:
    """Return that an answer or a list is as it was; neither changes what the others are based on."""
    plan, status = deciding.plan, deciding.applies(slot)
    if isinstance(status.step, CollectStep):
        return ListClosed(slot, plan.state.list_at(slot).reason)
    if status.answer_state == "open" or isinstance(status.step, ConfirmStep):
        raise RefusedError("nothing_to_affirm")
    return AnswerAffirmed(slot, current_basis(plan, status.step, slot.frame), status.step.rev)


# Evolve


def take_short_ids(state: StateBuilder, action: Action) -> None:
    """Take the short ids that an action used up, whether it counts or not: none is used twice."""
    for event in action.do:
        if isinstance(event, ItemAdded) and (parts := _SHORT.fullmatch(event.short)):
            minted = state.table("minted")
            minted[parts[1]] = max(minted.get(parts[1], 0), int(parts[2]))


def _evolve(state: StateBuilder, action: Action, event: ListEvent) -> None:
    before = state.lists.get(event.slot, ListFact())
    items, removed = list(before.items), set(before.removed)
    closed, reason, taken = before.closed, before.reason, before.taken
    match event:
        case ItemAdded():
            items.append(event.item)
            state.table("shorts")[event.item] = event.short
            state.table("frames")[event.item] = (*event.slot.frame, (event.slot.step, event.item))
            closed, reason = False, ""
            # Whoever adds to a parked or declined list has taken it up again.
            state.table("facts").pop(event.slot, None)
        case ItemRemoved():
            removed.add(event.item)
        case ItemRestored():
            removed.discard(event.item)
        case ItemMoved():
            if event.item in items:
                items.remove(event.item)
                items.insert(event.to, event.item)
        case ListClosed():
            closed, reason, taken = True, event.reason, action.source == TAKEN
            state.table("facts").pop(event.slot, None)
        case _:
            assert_never(event)
    state.table("lists")[event.slot] = ListFact(tuple(items), frozenset(removed), closed, reason, taken)


LISTS: Family[ListCommand, ListEvent] = Family(get_args(ListCommand), get_args(ListEvent), _decide, _evolve)
