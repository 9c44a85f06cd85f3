"""Short addresses of questions, as people and programs write them.

A question is addressed by ``step`` and, inside a list, ``of``: the short id of the innermost item
(O1), the id of a fixed item (operations), or its random id.
"""

from __future__ import annotations

from bsc_coach.interview.plan import Plan
from bsc_coach.interview.texts import text_of
from bsc_coach.interview.values import RefusedError
from bsc_coach.script.model import CollectStep, Fixed
from bsc_coach.script.slots import Frame, ItemId, Slot, StepId
from bsc_coach.script.step_parts import TextRole
from bsc_coach.text import shorten_at_word
from bsc_coach.words import say

NAMING: tuple[TextRole, ...] = ("short", "ask", "title")
"""The texts that name a question to somebody who typed its id, the shortest first."""
_LONGEST = 120


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


def slot_in_words(plan: Plan, slot: Slot) -> str:
    """Return a question as people know it, for a refusal: its short name or itself, and what it is about."""
    step = plan.script.by_id.get(slot.step)
    texts = () if step is None else (text_of(plan, step, slot.frame, role) for role in NAMING)
    question = shorten_at_word(next((text for text in texts if text), slot.step), _LONGEST)
    if slot.item is None:
        return say("interview.question_named", plan.language, question=question)
    short = plan.state.shorts.get(slot.item, "")
    label = plan.label(slot.frame) if slot.frame[-1][0] in plan.script.by_id else ""
    about = (short if label == short else f"{short} {label}".strip()) or slot.item
    return say(
        "interview.question_about", plan.language, question=question, about=shorten_at_word(about, _LONGEST)
    )


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
