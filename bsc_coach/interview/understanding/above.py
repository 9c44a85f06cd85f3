"""The answer that "same as above" means."""

from __future__ import annotations

from bsc_coach.interview.facts.log import Value
from bsc_coach.interview.plan import Plan
from bsc_coach.script.model import Answerable, CollectStep, DateStep, Step, TextStep
from bsc_coach.script.slots import Slot


def answer_above(plan: Plan, slot: Slot) -> Value | None:
    """Return the wording that the question quotes, the answer of the item before, or the last role or date.

    An objective is worded anew from what it was called when it was chosen: there, that is what stands above.
    """
    step = plan.script.step(slot.step)
    if isinstance(step, CollectStep):
        return None
    quoted = _quoted(plan, slot, step)
    if quoted is not None:
        return quoted
    before = plan.order[: _place(plan, slot)]
    same = (one for one in reversed(before) if one.step == slot.step)
    like = (one for one in reversed(before) if _is_like(plan.statuses[one].step, step))
    answers = (plan.answer(one) for one in (*same, *like))
    return next((answer for answer in answers if answer is not None), None)


def _place(plan: Plan, slot: Slot) -> int | None:
    """Return where a slot stands in the order of asking; that of an item to be added, behind its list."""
    place = plan.index.position.get(slot)
    if place is not None or not slot.frame:
        return place
    list_id, around = slot.frame[-1][0], slot.frame[:-1]
    depth = len(around)
    inside = (
        number
        for one, number in plan.index.position.items()
        if one == Slot(list_id, around)
        or (one.frame[:depth] == around and len(one.frame) > depth and one.frame[depth][0] == list_id)
    )
    return max(inside, default=-1) + 1 or None


def _quoted(plan: Plan, slot: Slot, step: Step) -> Value | None:
    """Return the name that the item around has by now, where this question words it anew."""
    for list_id, _ in reversed(slot.frame):
        around = plan.script.step(list_id)
        labels = around.label if isinstance(around, CollectStep) else ()
        if step.id in labels[:-1]:
            depth = [one for one, _ in slot.frame].index(list_id) + 1
            frame = slot.frame[:depth]
            named = (plan.answer(Slot(label, frame)) for label in labels[labels.index(step.id) + 1 :])
            return next((answer for answer in named if answer is not None), None)
    return None


def _is_like(other: Answerable, step: Step) -> bool:
    """Tell whether two steps ask for the same thing of different items: a role, or a date."""
    if isinstance(step, TextStep) and isinstance(other, TextStep):
        return bool(step.offer_from) and other.offer_from == step.offer_from
    return isinstance(step, DateStep) and isinstance(other, DateStep)
