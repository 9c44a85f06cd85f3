"""A whole line typed again where the name of an item is worded: "members who leave, 3.1% > 2.5%"."""

from __future__ import annotations

from bsc_coach.conversation.commands.answers import accept
from bsc_coach.conversation.commands.lists import say_left_in_name
from bsc_coach.conversation.reply import Reply
from bsc_coach.conversation.talk import Talk
from bsc_coach.interview.facts.answers import Accept
from bsc_coach.script.model import CollectStep, PickStep
from bsc_coach.script.slots import Slot


def answer_line_anew(talk: Talk, slot: Slot, text: str) -> Reply | None:
    """Answer the name of an item and what else a line says of it, as one action; None where it is a name."""
    from bsc_coach.interview.understanding.rows import read_row

    listed = talk.plan.script.step(slot.frame[-1][0]) if slot.frame else None
    if not isinstance(listed, CollectStep) or listed.row[:1] != (slot.step,):
        return None
    around = Slot(listed.id, slot.frame[:-1])
    row = read_row(talk.plan, around, text, talk.session.environment.today)
    if row is None or isinstance(talk.plan.script.step(slot.step), PickStep):
        return None
    (_, name), *others = row
    also = tuple(
        Accept(one, value)
        for step, value in others
        if talk.plan.answer(one := Slot(step, slot.frame)) != value
    )
    reply = accept(talk, slot, name, also, typed=text.strip())
    return say_left_in_name(talk, around, reply, [str(name)])
