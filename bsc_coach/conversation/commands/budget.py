"""Commands that shrink a choice over its budget: leave one out, put one off, or merge two."""

from __future__ import annotations

from bsc_coach.conversation.prompt_builder import CHOSEN
from bsc_coach.conversation.reply import Reply
from bsc_coach.conversation.talk import Talk
from bsc_coach.conversation.transcript import Turn
from bsc_coach.interview.facts.answers import Accept
from bsc_coach.interview.facts.family import Command, Several
from bsc_coach.interview.facts.lists import AddItem, RemoveItem
from bsc_coach.script.model import PickStep
from bsc_coach.script.slots import ItemId, Slot


def demote(talk: Talk, rest: str) -> Reply:
    """Leave a process out of the vital few; it stays on the long list."""
    chosen = _chosen(talk, rest)
    return talk.note("budget.not_chosen") if chosen is None else talk.do_here(_without(talk, *chosen))


def shelve(talk: Talk, rest: str) -> Reply:
    """Leave a process out of the vital few, and put it on the parking lot for another time."""
    chosen = _chosen(talk, rest)
    parking, title = (talk.plan.script.filling(field) for field in ("parking[]", "parking[].title"))
    if chosen is None or parking is None or title is None:
        return talk.note("budget.not_chosen")
    label = talk.plan.label(talk.plan.state.frames[chosen[1]])
    parked = AddItem(Slot(parking.id, ()), {title.id: label})
    return talk.do_here(Several((_without(talk, *chosen), parked)))


def merge(talk: Talk, rest: str) -> Reply:
    """Make one of two: the second goes off the list, and the first is worded anew for both."""
    names = rest.replace(",", " ").split()
    items = [talk.plan.state.item_by_name(name.upper()) for name in names]
    if len(items) != 2 or items[0] is None or items[1] is None or items[0] == items[1]:
        return talk.note("budget.merge_how")
    frames = [talk.plan.state.frames[item] for item in items if item is not None]
    if frames[0][-1][0] != frames[1][-1][0]:
        return talk.note("budget.merge_how")
    one, other = (talk.plan.label(frame) for frame in frames)
    chosen = _chosen(talk, names[1])
    gone = RemoveItem(items[1])
    reply = talk.do(gone if chosen is None else Several((_without(talk, *chosen), gone)))
    if reply.keep_text:
        return reply
    first = next(slot for slot in talk.plan.order if slot.frame == frames[0])
    talk.position.go_to(first, come_back=True)
    return Reply((*reply.turns, Turn("coach", talk.say("budget.merged", one=one, other=other), first)))


def _chosen(talk: Talk, name: str) -> tuple[Slot, ItemId] | None:
    """Return the slot whose answer picks the named item for the vital few, and the item."""
    item = talk.plan.state.item_by_name(name.strip().upper())
    for status in talk.plan.statuses.values():
        step, value = status.step, status.value
        is_choice = isinstance(step, PickStep) and step.field == CHOSEN and status.active
        if is_choice and item is not None and isinstance(value, tuple) and item in value:
            return status.slot, item
    return None


def _without(talk: Talk, slot: Slot, item: ItemId) -> Command:
    picked = talk.plan.answer(slot)
    return Accept(slot, [other for other in picked if other != item] if isinstance(picked, tuple) else [])
