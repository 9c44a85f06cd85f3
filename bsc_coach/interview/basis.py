"""Basis of an answer: digests of the earlier answers that it rests on, and which of them have changed since.

What an answer was given under is kept with it; putting the old value back makes it right again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bsc_coach.digest import digest_of
from bsc_coach.interview.conditions import slot_in_frame
from bsc_coach.interview.facts.log import Basis
from bsc_coach.interview.plan import Plan
from bsc_coach.interview.state import Fact
from bsc_coach.script.dependencies import gathered
from bsc_coach.script.model import Answerable, CollectStep, PickStep
from bsc_coach.script.slots import Frame, ItemId, Slot, StepId


def stale_because(plan: Plan, step: Answerable, slot: Slot, fact: Fact) -> tuple[Slot, ...]:
    """Return what an answer rests on that has changed since it was given.

    What was not looked at then (an older script) does not make it doubtful.
    """
    if step.on_stale == "keep" or not step.basis:
        return ()
    slots = (slot_in_frame(plan.script, name, slot.frame) for name in step.basis)
    return tuple(
        based_on
        for based_on in slots
        if (digest := fact.basis.get(str(based_on))) is not None and digest not in _digests_at(plan, based_on)
    )


def current_basis(plan: Plan, step: Answerable, frame: Frame) -> Basis:
    """Digest the values that an answer to ``step`` depends on now, to tell later whether they changed.

    What a step names in lists that the answer is not about (another kind of point) is left out.
    """
    slots = (slot_in_frame(plan.script, name, frame) for name in step.basis)
    return {str(slot): _digests_at(plan, slot)[0] for slot in slots if _is_there(plan, step, slot)}


def _is_there(plan: Plan, step: Answerable, slot: Slot) -> bool:
    """Tell whether an answer can rest on a slot: there is one, or all answers to its step count as one."""
    return slot in plan.statuses or (step.id, slot.step) in gathered(plan.script)


def _digests_at(plan: Plan, slot: Slot) -> tuple[str, ...]:
    """Return the digest of what stands at a slot; after it those that mean the same in older journals.

    A list and a pick count with the names of their items: what rests on them rests on what they say. A step
    inside lists that one is not in counts with all its answers.
    """
    status = plan.statuses.get(slot)
    if status is None:
        return (digest_of([_meaning(plan, Slot(slot.step, frame)) for frame in _frames(plan, slot.step)]),)
    if not status.active:
        return ("",)
    if isinstance(status.step, CollectStep):
        live = plan.state.list_at(slot).live
        return digest_of(_named(plan, live)), digest_of(live)
    if status.answer_state == "declined":
        return ("declined",)
    meaning = status.fact.meaning if status.fact is not None else ""
    if isinstance(status.step, PickStep) and isinstance(status.value, tuple):
        return digest_of(_named(plan, status.value)), meaning
    return (meaning,)


def _frames(plan: Plan, step_id: StepId) -> Sequence[Frame]:
    """Return the frames of the live items that a step stands in."""
    within = plan.script.frames_of(plan.script.step(step_id))[0]
    return plan.members.get(within[-1], ()) if within else ()


def _named(plan: Plan, items: Iterable[str]) -> list[tuple[str, str]]:
    """Return items with the digest of what names each of them."""
    named = []
    for item in items:
        frame = plan.state.frames.get(ItemId(item), ())
        meanings = (_meaning(plan, slot) for slot in plan.naming(frame))
        named.append((str(item), next((meaning for meaning in meanings if meaning), "")))
    return named


def _meaning(plan: Plan, slot: Slot) -> str:
    """Return the digest of an answer by what was said alone, whenever the walk comes to its slot."""
    fact = plan.state.facts.get(slot)
    return "" if fact is None else fact.meaning
