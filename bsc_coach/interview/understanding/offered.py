"""Answers of other steps that are offered by number, such as the roles in the room: ``offer_from``."""

from __future__ import annotations

from dataclasses import dataclass

from bsc_coach.interview.plan import Plan
from bsc_coach.script.model import Answerable, TextStep


@dataclass(frozen=True)
class OfferedAnswer:
    """An answer that others gave, and the item it is about: a role and whose it is."""

    text: str
    name: str


def offered_from(plan: Plan, step: Answerable) -> tuple[OfferedAnswer, ...]:
    """Return the answers that a step offers from other steps, each once, in the order of their items."""
    found: dict[str, OfferedAnswer] = {}
    for source in step.offer_from if isinstance(step, TextStep) else ():
        for slot in plan.index.of_step.get(source, ()):
            answer = plan.answer(slot)
            if isinstance(answer, str) and answer not in found:
                found[answer] = OfferedAnswer(answer, plan.label(slot.frame) if slot.frame else "")
    return tuple(found.values())
