"""Turns that an answer adds to the conversation: the reply, a new section, what others wrote."""

from __future__ import annotations

from collections.abc import Sequence

from bsc_coach.conversation.reply import Reply
from bsc_coach.conversation.transcript import Turn, transcript
from bsc_coach.interview.homework import may_be_owned
from bsc_coach.interview.navigation import layout_of
from bsc_coach.script.model import CollectStep
from bsc_coach.script.slots import Slot
from bsc_coach.tui.view_model import InitialView, Snapshot
from bsc_coach.tui.words import ui


def said_first(opening: InitialView, messages: Sequence[str]) -> list[Turn]:
    """Return what the conversation begins with: all of a new one, of another only what is new in it."""
    now = opening.now
    notes = [Turn("note", message) for message in messages]
    if opening.half_typed:
        told = ui("note.half_typed", now.language, text=opening.half_typed)
        notes.append(Turn("note", told, now.slot))
    if opening.begun:
        return notes
    said = [*transcript(now.plan), *notes]
    welcome = ui("welcome", now.language).strip() + ("\n" if said else "")
    return [Turn("coach", welcome), *said]


def new_turns(reply: Reply, now: Snapshot) -> list[Turn]:
    """Return what is said back, without what the open question says already."""
    shown = {now.asking.text} if now.asking is not None else set()
    if now.prompt is not None and now.asking is None:
        shown |= {finding.say for finding in now.prompt.remarks}
    return [turn for turn in reply.turns if not (turn.speaker == "coach" and turn.text in shown)]


def section_began(before: Snapshot | None, now: Snapshot) -> list[Turn]:
    """Return a line that says so when the talk has come to another part of the agenda."""
    if before is None or now.here is None or before.here == now.here:
        return []
    head = now.headline
    minutes = round(head.minutes_planned)
    key = "section.minutes" if minutes else "section.title"
    return [Turn("note", ui(key, now.language, title=head.section, minutes=minutes))]


def is_link(now: Snapshot, slot: Slot) -> bool:
    """Tell whether a slot stands in a list whose items are read as sentences."""
    if not slot.frame:
        return False
    around = now.plan.script.step(slot.frame[-1][0])
    return isinstance(around, CollectStep) and around.layout == "link"


def is_owned_card(now: Snapshot) -> bool:
    """Tell whether the question stands on a card that has an owner, to whom the rest of it can be left."""
    slot = now.slot
    if slot is None or not slot.frame or now.asking is not None:
        return False
    on_card = layout_of(now.plan, Slot(slot.frame[-1][0])) == "card"
    return on_card and may_be_owned(now.plan, slot.frame)
