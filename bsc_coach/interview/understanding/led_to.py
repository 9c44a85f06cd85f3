"""The id of an item typed at a choice: it makes the choice that leads to picking that item, and picks it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bsc_coach.interview.conditions import offer_at
from bsc_coach.interview.plan import Plan
from bsc_coach.script.model import ChoiceStep, PickStep
from bsc_coach.script.predicates import AllOf, AnswerIs
from bsc_coach.script.slots import Slot


def picked_by_id(plan: Plan, slot: Slot, text: str) -> tuple[str, Slot, str] | None:
    """Return the choice at ``slot`` that a typed id makes, the pick it leads to, and the id in full.

    None where the question is no choice, or no pick that one of its choices leads to offers such an item.
    """
    wanted = text.strip().casefold()
    for choice, pick, shorts in _picks_after(plan, slot):
        short = next((one for one in shorts if one.casefold() == wanted), None)
        if short is not None:
            return choice, pick, short
    return None


def ids_to_type(plan: Plan, slot: Slot) -> tuple[str, ...]:
    """Return ids that may be typed at a choice, as examples: the first of each pick that it leads to."""
    return tuple(shorts[0] for _, _, shorts in _picks_after(plan, slot) if shorts)


def _picks_after(plan: Plan, slot: Slot) -> Iterator[tuple[str, Slot, Sequence[str]]]:
    """Yield each choice at ``slot`` that leads to a pick, with that pick and the ids that it offers."""
    status = plan.status(slot)
    if status is None or not isinstance(status.step, ChoiceStep):
        return
    offered = {choice.id for choice in offer_at(plan, status.step, slot.frame).choices}
    for pick in plan.script.inside(status.step.within):
        choice = _leading_to(pick, slot) if isinstance(pick, PickStep) else None
        if isinstance(pick, PickStep) and choice is not None and choice in offered:
            yield choice, Slot(pick.id, slot.frame), tuple(offer_at(plan, pick, slot.frame).items.values())


def _leading_to(pick: PickStep, slot: Slot) -> str | None:
    """Return the choice at ``slot`` that a pick is asked after, if it is one alone."""
    conditions = pick.when.all if isinstance(pick.when, AllOf) else (pick.when,)
    asked = (one for one in conditions if isinstance(one, AnswerIs) and one.answer == slot.step)
    return next((one.wanted[0] for one in asked if len(one.wanted) == 1), None)
