"""Commands about lists and their items: add, finish, take off, bring back, move."""

from __future__ import annotations

import re
from collections.abc import Callable

from bsc_coach.conversation.commands.answers import close, hold
from bsc_coach.conversation.commands.moves import named_item
from bsc_coach.conversation.prompt_builder import first_inside
from bsc_coach.conversation.reply import Reply
from bsc_coach.conversation.talk import Talk
from bsc_coach.interview.commands import AddItem, Command, MoveItem, RemoveItem, RestoreItem, Several
from bsc_coach.script.model import CollectStep
from bsc_coach.script.slots import ItemId, Slot
from bsc_coach.text import normal

_BULLET = re.compile(r"\A\s*(?:[-*–—•·]+(?:\s+|$)|•)")
"""What stands before an item in a pasted list; a minus that belongs to a number stays."""


def add(talk: Talk, slot: Slot, text: str) -> Reply:
    """Add to the list at ``slot``: one item, or one per line once that was confirmed."""
    bare = (_BULLET.sub("", line).strip() for line in text.split("\n"))
    lines = [line for line in bare if line]
    if len(lines) > 1:
        hold(talk, slot, text)
        question = talk.say("items.ask", n=len(lines))
        return talk.ask(question, lambda line: _added_lines(talk, slot, lines, line))
    return _add_items(talk, slot, lines or [text])


def _added_lines(talk: Talk, slot: Slot, lines: list[str], line: str) -> Reply:
    letter = normal(line)[:1]
    if talk.means(letter, "yes"):
        return _add_items(talk, slot, lines)
    if talk.means(letter, "as_one"):
        return _add_items(talk, slot, [" ".join(lines)])
    return talk.note("cancelled")


def _add_items(talk: Talk, slot: Slot, texts: list[str]) -> Reply:
    step, _ = first_inside(talk.plan, slot)
    adds: list[Command] = [AddItem(slot, {step.id: text}) for text in texts]
    return talk.do(adds[0] if len(adds) == 1 else Several(tuple(adds)))


def done(talk: Talk, rest: str) -> Reply:
    """Finish the list we are at, or the one that the item we are in belongs to."""
    slot = talk.at
    if slot is not None and not isinstance(talk.plan.statuses[slot].step, CollectStep) and slot.frame:
        slot = Slot(slot.frame[-1][0], slot.frame[:-1])
    if slot is None or slot not in talk.plan.statuses:
        return talk.note("all_done")
    talk.position.stand_at(slot)
    return close(talk, slot)


def remove(talk: Talk, rest: str) -> Reply:
    """Take an item off its list."""
    return _about_item(talk, "remove", rest, RemoveItem)


def restore(talk: Talk, rest: str) -> Reply:
    """Bring an item back that was taken off."""
    return _about_item(talk, "restore", rest, RestoreItem)


def move(talk: Talk, rest: str) -> Reply:
    """Move an item to a place on its list, counted from one."""
    name, _, place = rest.strip().partition(" ")
    if not place.strip().isdecimal():
        return talk.note("no_item", command="move")
    to = max(int(place) - 1, 0)
    return _about_item(talk, "move", name, lambda item: MoveItem(item, to))


def _about_item(talk: Talk, command: str, name: str, about: Callable[[ItemId], Command]) -> Reply:
    item = named_item(talk, name)
    return talk.note("no_item", command=command) if item is None else talk.do(about(item))
