"""Where the interview goes after an answer: stays in an open list, comes back to it, or goes on."""

from __future__ import annotations

from bsc_coach.interview.navigation import entry_of, next_slot
from bsc_coach.interview.plan import Plan
from bsc_coach.script.model import CollectStep
from bsc_coach.script.slots import Slot


def layout_of(plan: Plan, slot: Slot) -> str:
    """Return how the list at ``slot`` is filled in; "list" for what is no list."""
    return getattr(plan.script.step(slot.step), "layout", "list")


def is_open_list(plan: Plan, slot: Slot | None) -> bool:
    """Tell whether ``slot`` is a list that is still open: one stays there until it is finished."""
    status = None if slot is None else plan.status(slot)
    return status is not None and isinstance(status.step, CollectStep) and status.answer_state == "open"


def leaves_its_part(plan: Plan, slot: Slot | None, target: Slot | None) -> bool:
    """Tell whether going to ``target`` leaves the part of the agenda that ``slot`` is in."""
    if slot is None or target is None:
        return True
    return entry_of(plan.script, slot) != entry_of(plan.script, target)


def following(plan: Plan, slot: Slot | None) -> Slot | None:
    """Return the question after ``slot``: the list itself while it is open, else what comes next."""
    if is_open_list(plan, slot):
        return slot
    target = next_slot(plan, _end_of_cards(plan, slot))
    if slot is not None and slot.frame:
        around = Slot(slot.frame[-1][0], slot.frame[:-1])
        inside = target is not None and target.frame[: len(slot.frame)] == slot.frame
        if not inside and is_open_list(plan, around):
            return around
    return target


def _end_of_cards(plan: Plan, slot: Slot | None) -> Slot | None:
    """Return the slot to go on from: past the cards of a finished list, which were all gone through.

    What must be answered on one of them is not passed over.
    """
    if slot is None or slot not in plan.statuses or layout_of(plan, slot) == "list":
        return slot
    end, depth = slot, len(slot.frame)
    for place in range(plan.index.position[slot] + 1, len(plan.order)):
        inner = plan.order[place]
        lists = [list_id for list_id, _ in inner.frame[depth:]]
        on_a_card = inner.frame[:depth] == slot.frame and lists[:1] == [slot.step]
        if not on_a_card or plan.statuses[inner].needs_asking:
            break
        end = inner
    return end


def resume_slot(plan: Plan) -> Slot | None:
    """Return where a session goes on when nothing else is known: after the last thing said."""
    for action in reversed(plan.state.effective):
        for event in reversed(action.do):
            slot = getattr(event, "slot", None)
            if isinstance(slot, Slot) and slot in plan.statuses:
                return following(plan, slot)
    return next_slot(plan, None)
