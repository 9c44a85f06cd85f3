"""Leaving the rest of a KPI (or other card) to its owner: offered once the owner is known."""

from __future__ import annotations

from bsc_coach.conversation.commands.answers import owner_meant
from bsc_coach.conversation.reply import Followup, Reply
from bsc_coach.conversation.talk import Talk
from bsc_coach.conversation.transcript import Turn, slot_of
from bsc_coach.interview.consequences import after
from bsc_coach.interview.facts.answers import Park
from bsc_coach.interview.facts.family import Several
from bsc_coach.interview.facts.log import Action
from bsc_coach.interview.homework import owner_of
from bsc_coach.interview.plan import Plan
from bsc_coach.script.model import CollectStep
from bsc_coach.script.slots import Frame, Slot


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
    owner = meant.role or owner_of(talk.plan, slot.frame)
    reason = talk.say("homework.reason")
    # What comes in because another field was put off (by when it will be measured) goes home with it.
    parked: tuple[Park, ...] = ()
    plan = talk.plan
    while left := _left_open(plan, slot.frame):
        parked += tuple(Park(open_slot, reason, owner) for open_slot in left)
        verdict = talk.session.decide(Several(parked))
        if not verdict.events:
            break
        plan = after(talk.plan, verdict.events)
    if not parked:
        return talk.note("homework.nothing_left")
    talk.position.stand_at(parked[-1].slot)
    return talk.do(Several(parked)).telling(*meant.said)


def _left_open(plan: Plan, frame: Frame) -> list[Slot]:
    """Return the questions of a card that apply, are open, and are not homework anyway."""
    inside = (status for status in plan.statuses.values() if status.slot.frame == frame)
    return [
        status.slot
        for status in inside
        if status.active
        and status.answer_state == "open"
        and not (status.aside or status.step.unasked)
        and not isinstance(status.step, CollectStep)
    ]
