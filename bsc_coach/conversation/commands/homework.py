"""Leaving the rest of a KPI (or other card) to its owner: offered once the owner is known."""

from __future__ import annotations

from bsc_coach.conversation.commands.answers import owner_meant
from bsc_coach.conversation.reply import Followup, Reply
from bsc_coach.conversation.talk import Talk
from bsc_coach.conversation.transcript import Turn, slot_of
from bsc_coach.interview.commands import Park, Several
from bsc_coach.interview.events import Action
from bsc_coach.script.model import CollectStep


def homework_offer(talk: Talk, action: Action) -> Followup | None:
    """Say, once a KPI has an owner, that the rest of it may be left to that role."""
    slot = slot_of(action)
    status = None if slot is None else talk.plan.status(slot)
    if status is None or status.step.field != "kpis[].owner_role" or status.value is None:
        return None
    return Followup((Turn("note", talk.say("homework.offer", owner=status.value), slot),))


def homework(talk: Talk, rest: str) -> Reply:
    """Park what is still open of the KPI (or other card) we are at, as homework of its owner."""
    slot = talk.at
    around = talk.plan.script.step(slot.frame[-1][0]) if slot is not None and slot.frame else None
    if slot is None or not isinstance(around, CollectStep) or around.layout != "card":
        return talk.note("homework.no_card")
    meant = owner_meant(talk, slot, rest.strip())
    if isinstance(meant, Reply):
        return meant
    owner, left = meant.role, []
    for status in talk.plan.statuses.values():
        if status.slot.frame != slot.frame or isinstance(status.step, CollectStep):
            continue
        if (status.step.field or "").endswith(".owner_role") and status.value is not None:
            owner = owner or str(status.value)
        if status.active and status.answer_state == "open":
            left.append(status.slot)
    if not left:
        return talk.note("homework.nothing_left")
    talk.position.stand_at(left[-1])
    reason = talk.say("homework.reason")
    parks = tuple(Park(open_slot, reason, owner) for open_slot in left)
    return talk.do(Several(parks)).telling(*meant.said)
