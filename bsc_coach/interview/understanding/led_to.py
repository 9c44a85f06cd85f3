"""The id of an item typed at a choice: it makes the choice that leads to picking that item, and picks it."""

from __future__ import annotations

from bsc_coach.interview.conditions import offer_at
from bsc_coach.interview.plan import Plan
from bsc_coach.script.model import ChoiceStep, PickStep
from bsc_coach.script.predicates import AnswerIs
from bsc_coach.script.slots import Slot


def picked_by_id(plan: Plan, slot: Slot, text: str) -> tuple[str, Slot, str] | None:
    """Return the choice at ``slot`` that a typed id makes, the pick it leads to, and the id in full.

    None where the question is no choice, or no pick that one of its choices leads to offers such an item.
    """
    status, wanted = plan.status(slot), text.strip().casefold()
    if status is None or not isinstance(status.step, ChoiceStep):
        return None
    offered = {choice.id for choice in offer_at(plan, status.step, slot.frame).choices}
    for step in plan.script.inside(status.step.within):
        if not isinstance(step, PickStep) or not isinstance(step.when, AnswerIs):
            continue
        if step.when.answer != slot.step or len(step.when.wanted) != 1 or step.when.wanted[0] not in offered:
            continue
        shorts = offer_at(plan, step, slot.frame).items.values()
        short = next((one for one in shorts if one.casefold() == wanted), None)
        if short is not None:
            return step.when.wanted[0], Slot(step.id, slot.frame), short
    return None
