"""Lists: items are added, removed, restored and moved, and a list is closed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, assert_never, get_args

from bsc_coach.interview.addresses import family, slot_in_words
from bsc_coach.interview.basis import current_basis
from bsc_coach.interview.conditions import offer_at
from bsc_coach.interview.facts.answers import (
    Accept,
    AnswerAffirmed,
    SlotAnswered,
    SlotDeclined,
    SlotParked,
    SlotReopened,
)
from bsc_coach.interview.facts.family import Command, Decider, Family, read_reason
from bsc_coach.interview.facts.log import TAKEN, Action, Event, JsonValue
from bsc_coach.interview.limits import broken_count, broken_limits, most_of
from bsc_coach.interview.plan import Plan
from bsc_coach.interview.same_texts import other_texts
from bsc_coach.interview.state import ListFact
from bsc_coach.interview.state_builder import StateBuilder
from bsc_coach.interview.values import RefusedError
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


@dataclass(frozen=True)
class GiveShortIds(Command):
    """Settle for good which short ids those items have that came second under one of another copy."""


@dataclass(frozen=True)
class TakeSide(Command):
    """Decide what copies of the session say differently at a slot: as the side with this number, from 1."""

    slot: Slot
    number: int


ListCommand = AddItem | RemoveItem | RestoreItem | MoveItem | CloseList | StillHold | TakeSide | GiveShortIds

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


@dataclass(frozen=True)
class ShortIdsGiven(Event):
    """Items that two copies of the session had called the same have these short ids from here on."""

    kind: ClassVar[str] = "renumbered"
    since: ClassVar[str] = "0.2.0"
    holds_always: ClassVar[bool] = True
    moves_no_slot: ClassVar[bool] = True
    shorts: Mapping[str, str]
    """The short id of each such item, by the id of the item."""


ListEvent = ItemAdded | ItemRemoved | ItemRestored | ItemMoved | ListClosed | ShortIdsGiven

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
        case TakeSide():
            return _side_taken(deciding, command)
        case GiveShortIds():
            return (
                ShortIdsGiven({str(item): short for item, short in deciding.plan.state.renumbered.items()}),
            )
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
    contested = any(one.item == command.item for one in state.disputed.get(slot, ()))
    if isinstance(command, RestoreItem):
        if not removed and not contested:
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
    if deciding.plan.state.disputed.get(command.slot):
        raise RefusedError("disputed")
    live = deciding.plan.state.list_at(command.slot).live
    reason = read_reason(command.reason) if command.reason else ""
    if reason and not live:
        return ListClosed(command.slot, reason)
    broken = broken_count(deciding.plan.statuses[command.slot].count, len(live))
    if broken:
        key = "empty_needs_reason" if step.empty_field and not live else broken[0].key
        raise RefusedError(key, **broken[0].values)
    return ListClosed(command.slot)


def _side_taken(deciding: Decider, command: TakeSide) -> tuple[Event, ...]:
    status = deciding.applies(command.slot)
    slot, step = status.slot, status.step
    if not status.disputes:
        raise RefusedError("nothing_disputed")
    dispute = status.disputes[0]
    if not 1 <= command.number <= len(dispute.sides):
        raise RefusedError("no_such_side", n=len(dispute.sides))
    side = dispute.sides[command.number - 1]
    # About an item of the list, about the want of an answer, about the list as a whole, and about an answer.
    match side.says:
        case "removed" | "kept":
            item = dispute.item or ItemId("")
            return ((ItemRemoved if side.says == "removed" else ItemRestored)(slot, item),)
        case "parked":
            return (SlotParked(slot, side.reason, side.owner, side.due),)
        case "declined":
            return (SlotDeclined(slot, side.reason),)
        case "added":
            return (SlotReopened(slot),)
        case "closed":
            live = deciding.plan.state.list_at(slot).live if side.reason else ()
            return (*(ItemRemoved(slot, item) for item in live), ListClosed(slot, side.reason))
        case "answered":
            value = "" if side.value is None else side.value
            others = other_texts(deciding.plan, step, slot)
            broken = broken_limits(step, value, offer_at(deciding.plan, step, slot.frame), others)
            if broken:
                raise RefusedError(broken[0].key, **broken[0].values)
            return (SlotAnswered(slot, value, step.rev, current_basis(deciding.plan, step, slot.frame)),)
        case _:
            assert_never(side.says)


def _still_holding(deciding: Decider, slot: Slot) -> ListClosed | AnswerAffirmed:
    """Return that an answer or a list is as it was; neither changes what the others are based on."""
    plan, status = deciding.plan, deciding.applies(slot)
    if isinstance(status.step, CollectStep):
        return ListClosed(slot, plan.state.list_at(slot).reason)
    if status.disputes:
        raise RefusedError("disputed")
    if status.answer_state == "open" or isinstance(status.step, ConfirmStep):
        raise RefusedError("nothing_to_affirm")
    return AnswerAffirmed(slot, current_basis(plan, status.step, slot.frame), status.step.rev)


# Evolve


def take_short_ids(state: StateBuilder, action: Action) -> None:
    """Take the short ids that an action used up, whether it counts or not: none is used twice."""
    for event in action.do:
        shorts = [event.short] if isinstance(event, ItemAdded) else []
        shorts += event.shorts.values() if isinstance(event, ShortIdsGiven) else []
        for short in shorts:
            use_up(state, short)


def use_up(state: StateBuilder, short: str) -> None:
    """Take a short id out of use: the next one of its family is a higher one."""
    if (parts := _SHORT.fullmatch(short)) is not None:
        minted = state.table("minted")
        minted[parts[1]] = max(minted.get(parts[1], 0), int(parts[2]))


def family_and_number(short: str) -> tuple[str, int]:
    """Return the two parts of a short id, "F" and 4; of one that is none of ours all of it and 1."""
    parts = _SHORT.fullmatch(short)
    return (parts[1], int(parts[2])) if parts else (short, 1)


def items_touched(action: Action) -> frozenset[ItemId]:
    """Return the items that an action says something about: inside them, or by naming them."""
    found: set[ItemId] = set()
    for event in action.do:
        slot, value = getattr(event, "slot", None), getattr(event, "value", None)
        found.update(item for _, item in (slot.frame if isinstance(slot, Slot) else ()))
        found.update(ItemId(one) for one in (value if isinstance(value, tuple) else ()))
    return frozenset(found)


def _evolve(state: StateBuilder, action: Action, event: ListEvent) -> None:
    if isinstance(event, ShortIdsGiven):
        return  # ``fold`` gives short ids whether an action counts or not
    before = state.lists.get(event.slot, ListFact())
    items, removed = list(before.items), set(before.removed)
    closed, reason, taken = before.closed, before.reason, before.taken
    match event:
        case ItemAdded():
            if event.item not in items:
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
