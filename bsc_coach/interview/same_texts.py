"""Texts of one question at other items of a list: what an answer must not repeat where it must be unique."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bsc_coach.interview.plan import Plan
from bsc_coach.script.model import Answerable, LongTextStep, TextStep
from bsc_coach.script.slots import Frame, Slot


def other_texts(plan: Plan, step: Answerable, slot: Slot) -> list[str]:
    """Return the texts of the same step at other live items, where it must be unique."""
    return _texts_at(plan, step, [frame for frame in _unique_among(plan, step) if frame != slot.frame])


def earlier_texts(plan: Plan, step: Answerable, slot: Slot) -> list[str]:
    """Return the texts at the live items before this one: of two that say the same, the later repeats it."""
    among = _unique_among(plan, step)
    return _texts_at(plan, step, among[: among.index(slot.frame)] if slot.frame in among else among)


def _unique_among(plan: Plan, step: Answerable) -> Sequence[Frame]:
    """Return the live items among which an answer must be unique; none where it need not be."""
    if not isinstance(step, TextStep | LongTextStep) or step.limit.unique_in is None:
        return ()
    return plan.members.get(step.limit.unique_in, ())


def _texts_at(plan: Plan, step: Answerable, frames: Iterable[Frame]) -> list[str]:
    facts = (plan.state.facts.get(Slot(step.id, frame)) for frame in frames)
    return [fact.value for fact in facts if fact is not None and isinstance(fact.value, str)]
