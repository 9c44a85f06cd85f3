"""What is voted on or written at once: the slots of a round, and whether it is open.

A round has one slot. Ballots that stand in the same list or pass, under the same items around it, are one
round: the influence and the performance of every candidate of a cluster are scored on one form.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bsc_coach.interview.conditions import slot_in_frame
from bsc_coach.interview.plan import Plan, SlotStatus
from bsc_coach.interview.state import RoundFact
from bsc_coach.script.model import Answerable, BallotStep, CollectStep, ForEach, PickStep, RoundStep
from bsc_coach.script.slots import Frame, Slot


@dataclass(frozen=True)
class RoundMembers:
    """The slots that are answered at once, in the order of asking, and what the round is called by."""

    key: Slot
    """The slot of a round or of a ballot that stands alone; else the list or pass in the frame around it."""
    slots: tuple[Slot, ...]


def members_at(plan: Plan, slot: Slot) -> RoundMembers | None:
    """Return the round that a slot belongs to, by one of its slots or by its key; None where there is none.

    Ballots that are open make up the round; where none is, all of them do, to be given anew.
    """
    step = plan.script.by_id.get(slot.step)
    if isinstance(step, RoundStep):
        return RoundMembers(slot, (slot,) if slot in plan.statuses else ())
    if isinstance(step, CollectStep | ForEach):
        return _inside(plan, slot)
    if not isinstance(step, BallotStep):
        return None
    around = plan.script.by_id.get(step.within) if step.within is not None else None
    if not slot.frame or not isinstance(around, CollectStep | ForEach):
        return RoundMembers(slot, (slot,) if slot in plan.statuses else ())
    return _inside(plan, Slot(around.id, slot.frame[:-1]))


def _inside(plan: Plan, key: Slot) -> RoundMembers | None:
    """Return the ballots right inside a list or pass, in one frame around it."""
    ballots = [
        status
        for status in _all_inside(plan, key)
        if status.active and not _is_asked_by_talking(plan, status)
    ]
    if not ballots:
        return None
    still = [status for status in ballots if status.answer_state == "open"]
    order = plan.index.position
    slots = sorted((status.slot for status in still or ballots), key=order.__getitem__)
    return RoundMembers(key, tuple(slots))


def _all_inside(plan: Plan, key: Slot) -> Iterator[SlotStatus]:
    """Yield all ballots right inside a list or pass, also those that are talked about or were given."""
    depth = len(key.frame) + 1
    for step in plan.script.inside(key.step):
        if isinstance(step, BallotStep):
            for slot in plan.index.of_step.get(step.id, ()):
                if len(slot.frame) == depth and slot.frame[:-1] == key.frame:
                    yield plan.statuses[slot]


def prepared_by(plan: Plan, step: Answerable, frame: Frame) -> tuple[Slot, ...]:
    """Return the slots of the round or ballot that prepares a question at ``frame``.

    It is one, or for a pick one for each item around which the ballot stands.
    """
    if step.together is None:
        return ()
    deeper = [
        chain
        for chain in plan.script.frames_of(plan.script.step(step.together))
        if len(chain) == len(frame) + 1 and chain[:-1] == tuple(list_id for list_id, _ in frame)
    ]
    if not isinstance(step, PickStep) or not deeper:
        return (slot_in_frame(plan.script, step.together, frame),)
    members = [member for chain in deeper for member in plan.members.get(chain[-1], ())]
    return tuple(Slot(step.together, member) for member in members if member[:-1] == frame)


def _is_asked_by_talking(plan: Plan, status: SlotStatus) -> bool:
    """Tell whether the question that a ballot prepares is talked about instead."""
    prepares = status.step.id in plan.script.prepared
    return prepares and status.step.id not in plan.state.together


def open_round(plan: Plan, slot: Slot) -> RoundFact | None:
    """Return how the round at a slot was opened, as long as it is open: nothing of it was answered since.

    A ballot that comes into the list afterwards is no reason to think that it is open again.
    """
    members = members_at(plan, slot)
    opened = plan.state.rounds.get(members.key) if members is not None else None
    if members is None or opened is None or opened.left:
        return None
    given = {*members.slots, *(status.slot for status in _all_inside(plan, members.key))}
    facts = [plan.state.facts.get(one) for one in given]
    since = any(fact is not None and fact.number > opened.number for fact in facts)
    return None if since else opened


def current_round(plan: Plan) -> tuple[RoundMembers, RoundFact] | None:
    """Return the round that is open: the last one opened, nothing of which was answered or left since."""
    opened = [(fact.number, key, fact) for key in plan.state.rounds if (fact := open_round(plan, key))]
    members = members_at(plan, max(opened, key=lambda one: one[0])[1]) if opened else None
    return None if members is None else (members, max(opened, key=lambda one: one[0])[2])
