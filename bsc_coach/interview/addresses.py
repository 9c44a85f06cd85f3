"""Short addresses of questions, as people and programs write them.

A question is addressed by ``step`` and, inside a list, ``of``: the short id of the innermost item
(O1), the id of a fixed item (operations), or its random id.
"""

from __future__ import annotations

from bsc_coach.interview.plan import Plan
from bsc_coach.interview.values import RefusedError
from bsc_coach.script.model import CollectStep, Fixed
from bsc_coach.script.slots import Frame, ItemId, Slot, StepId


def address(plan: Plan, step_name: str, of: str | None) -> Slot:
    """Return the slot of a step in the item ``of``. Raises RefusedError when there is none."""
    step_id = StepId(step_name)
    if step_id not in plan.script.by_id:
        raise RefusedError("no_such_question", slot=step_name[:120])
    if of is None:
        return Slot(step_id)
    chains = plan.script.frames_of(plan.script.step(step_id))
    item = plan.state.item_by_name(of)
    if item is not None:
        return Slot(step_id, plan.state.frames[item])
    for chain in chains:
        around = plan.script.step(chain[-1]) if chain else None
        if isinstance(around, Fixed) and any(entry.id == of for entry in around.items):
            return Slot(step_id, ((around.id, ItemId(of)),))
    raise RefusedError("no_such_item", item=of[:40])


def short_address(plan: Plan, slot: Slot) -> dict[str, str]:
    """Return the address of a slot as requests use it: its step, and the short id of its item."""
    told: dict[str, str] = {
        "step" if not isinstance(plan.script.step(slot.step), CollectStep) else "list": slot.step
    }
    if slot.item is not None:
        told["of"] = plan.state.shorts.get(slot.item, slot.item)
    return told


def family(plan: Plan, step: CollectStep, frame: Frame) -> str:
    """Return the letters that short ids of a list begin with: its own, its fixed item's, or "O1."."""
    if step.prefix is not None:
        return step.prefix
    list_id, item = frame[-1]
    if item in plan.state.shorts:
        return f"{plan.state.shorts[item]}."
    around = plan.script.step(list_id)
    items = getattr(around, "items", ())
    return next((entry.prefix for entry in items if entry.id == item and entry.prefix), "X")
