"""Adding to a list: one item, one per pasted line, or what others have that is offered by its number."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bsc_coach.conversation.prompts import Prompt, first_inside
from bsc_coach.conversation.reply import Question, Reply
from bsc_coach.conversation.transcript import Turn
from bsc_coach.interview.commands import AddItem, Command, Several
from bsc_coach.script.slots import Slot
from bsc_coach.text import normal

if TYPE_CHECKING:
    from bsc_coach.conversation.talk import Talk

_BULLET = re.compile(r"\A\s*(?:[-*–—•·]+(?:\s+|$)|•)")
"""What stands before an item in a pasted list; a minus that belongs to a number stays."""


def offered(prompt: Prompt, text: str) -> str | None:
    """Return the offered answer that a typed number stands for."""
    number = text.strip()
    if not number.isascii() or not number.isdecimal() or not 1 <= int(number) <= len(prompt.offers):
        return None
    return prompt.offers[int(number) - 1]


def add(talk: Talk, slot: Slot, text: str) -> Reply:
    """Add to the list at ``slot``: one item, or one per line once that was confirmed."""
    bare = (_BULLET.sub("", line).strip() for line in text.split("\n"))
    lines = [line for line in bare if line]
    if len(lines) > 1:
        talk.asking = Question(
            talk.say("items.ask", n=len(lines)), lambda line: _added_lines(talk, slot, lines, line)
        )
        talk.hold(slot, text)
        return Reply((Turn("coach", talk.asking.text, slot),))
    return _add_items(talk, slot, lines or [text])


def _added_lines(talk: Talk, slot: Slot, lines: list[str], line: str) -> Reply:
    letter = normal(line)[:1]
    if talk.means(letter, "yes"):
        return _add_items(talk, slot, lines)
    if talk.means(letter, "as_one"):
        return _add_items(talk, slot, [" ".join(lines)])
    return Reply(talk.note("cancelled").turns)


def _add_items(talk: Talk, slot: Slot, texts: list[str]) -> Reply:
    step, _ = first_inside(talk.plan, slot)
    adds: list[Command] = [AddItem(slot, {step.id: text}) for text in texts]
    return talk.do(adds[0] if len(adds) == 1 else Several(tuple(adds)))
