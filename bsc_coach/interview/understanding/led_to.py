"""The id of an item typed at a choice: it makes the choice that leads to picking that item, and picks it."""

from __future__ import annotations

from bsc_coach.interview.conditions import offer_at
from bsc_coach.interview.plan import Plan
from bsc_coach.script.model import ChoiceStep, PickStep
from bsc_coach.script.predicates import AllOf, AnswerIs
from bsc_coach.script.slots import Slot


def picked_by_id(plan: Plan, slot: Slot, text: str) -> tuple[str, Slot, str] | None:
    """Return the choice at ``slot`` that a typed id makes, the pick it leads to, and the id in full.

    None where the question is no choice, or no pick that one of its choices leads to offers such an item.
    """
    status, wanted = plan.status(slot), text.strip().casefold()
    if status is None or not isinstance(status.step, ChoiceStep):
        return None
    offered = {choice.id for choice in offer_at(plan, status.step, slot.frame).choices}
    for pick in plan.script.inside(status.step.within):
        if not isinstance(pick, PickStep) or (choice := _leading_to(pick, slot)) not in offered:
            continue
        shorts = offer_at(plan, pick, slot.frame).items.values()
        short = next((one for one in shorts if one.casefold() == wanted), None)
        if short is not None:
            return str(choice), Slot(pick.id, slot.frame), short
    return None


def _leading_to(pick: PickStep, slot: Slot) -> str | None:
    """Return the choice at ``slot`` that a pick is asked after, if it is one alone."""
    conditions = pick.when.all if isinstance(pick.when, AllOf) else (pick.when,)
    asked = (one for one in conditions if isinstance(one, AnswerIs) and one.answer == slot.step)
    return next((one.wanted[0] for one in asked if len(one.wanted) == 1), None)
