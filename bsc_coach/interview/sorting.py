"""The sorting of old KPIs on its way: what is asked of each, what is open still, and where one cannot go."""

from __future__ import annotations

from bsc_coach.interview.facts.log import Value
from bsc_coach.interview.plan import Plan
from bsc_coach.interview.values import Refusal
from bsc_coach.script.slots import ItemId, Slot

VERDICT = "old_kpis[].verdict"
KEEPS_FOR = "old_kpis[].keeps_for"
MERGED_INTO = "old_kpis[].merged_into"


def verdict_on(plan: Plan, item: ItemId) -> Slot | None:
    """Return where an old KPI is sorted; None for any other item, and where none of them is sorted now."""
    verdict, frame = plan.script.filling(VERDICT), plan.state.frames.get(item, ())
    status = None if verdict is None else plan.status(Slot(verdict.id, frame))
    return None if status is None or not status.active or status.aside else status.slot


def passed_in_sorting(plan: Plan) -> tuple[Slot, ...]:
    """Return where a verdict, or what an old KPI stays for or goes into, was passed and is open still."""
    asked = (plan.script.filling(field) for field in (VERDICT, KEEPS_FOR, MERGED_INTO))
    slots = (slot for step in asked if step is not None for slot in plan.index.of_step.get(step.id, ()))
    statuses = (plan.statuses[slot] for slot in slots)
    return tuple(one.slot for one in statuses if one.active and one.answer_state == "open" and one.passed)


def goes_nowhere(plan: Plan, slot: Slot, value: Value) -> Refusal | None:
    """Return why an old KPI cannot go into another: that one is retired, or leads back to it."""
    into, verdict = plan.script.filling(MERGED_INTO), plan.script.filling(VERDICT)
    if into is None or verdict is None or slot.step != into.id:
        return None
    seen: set[str] = set()
    goal: Value | None = value
    # From one to the next that it goes into, until one stays, or was met before.
    while isinstance(goal, tuple) and len(goal) == 1 and goal[0] not in seen:
        other = ItemId(goal[0])
        seen.add(other)
        frame = plan.state.frames.get(other, ())
        became = plan.answer(Slot(verdict.id, frame))
        goal = plan.answer(Slot(into.id, frame)) if became == "merge" else None
        short, label = plan.state.shorts.get(other, ""), plan.label(frame) if frame else ""
        if became == "retire":
            return Refusal("merged_into_retired", {"short": short, "name": label})
        if isinstance(goal, tuple) and slot.item in goal:
            return Refusal("merged_in_circle", {"short": short, "name": label})
    return None
