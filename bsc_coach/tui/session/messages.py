"""Turns that an answer adds to the conversation: the reply, a new section, what others wrote."""

from __future__ import annotations

from bsc_coach.conversation.reply import Reply
from bsc_coach.conversation.transcript import Turn
from bsc_coach.script.model import CollectStep
from bsc_coach.script.slots import Slot
from bsc_coach.tui.view_model import Snapshot
from bsc_coach.tui.words import ui
from bsc_coach.words import say


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


def others_noticed(before: Snapshot | None, now: Snapshot) -> list[Turn]:
    """Return a line that says so when another program has written to the journal."""
    if now.foreign == (0 if before is None else before.foreign):
        return []
    return [Turn("note", say("session.others.noticed", now.language, n=now.foreign))]


def is_link(now: Snapshot, slot: Slot) -> bool:
    """Tell whether a slot stands in a list whose items are read as sentences."""
    if not slot.frame:
        return False
    around = now.plan.script.step(slot.frame[-1][0])
    return isinstance(around, CollectStep) and around.layout == "link"
