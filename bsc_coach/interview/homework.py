"""Homework: questions that are answered by their owners after the session, put off or left aside for them."""

from __future__ import annotations

from collections.abc import Iterator

from bsc_coach.interview.plan import Plan, SlotStatus
from bsc_coach.script.model import QuestionStep
from bsc_coach.script.slots import Frame, Slot
from bsc_coach.text import normal
from bsc_coach.words import languages, say

_OWNER = ".owner_role"
"""How the field of the strategy ends that holds who owns an item."""


def is_homework(status: SlotStatus) -> bool:
    """Tell whether a question was left to an owner with its card, also where nobody is named yet."""
    if status.aside == "homework":
        return True
    fact = status.fact
    if status.answer_state != "parked" or fact is None:
        return False
    return fact.reason in {say("talk.homework.reason", language) for language in languages()}


def taken_home(status: SlotStatus) -> bool:
    """Tell whether somebody took a question home: as homework, or parked with a name."""
    fact = status.fact
    named = status.answer_state == "parked" and fact is not None and bool(fact.owner)
    return named or is_homework(status)


def owner_of(plan: Plan, frame: Frame) -> str:
    """Return the role that owns the item inside ``frame``, or nothing while nobody does."""
    for step in plan.script.asked():
        if (step.field or "").endswith(_OWNER):
            answer = plan.answer(Slot(step.id, frame))
            if answer is not None:
                return str(answer)
    return ""


def may_be_owned(plan: Plan, frame: Frame) -> bool:
    """Tell whether the item inside ``frame`` has a question for who owns it."""
    inside = plan.script.inside(frame[-1][0]) if frame else ()
    return any((step.field or "").endswith(_OWNER) for step in inside if isinstance(step, QuestionStep))


def homework_owner(plan: Plan, status: SlotStatus) -> str | None:
    """Return whose homework a question is that was left aside; None where nobody owns it, and for others."""
    return (owner_of(plan, status.slot.frame) or None) if status.aside == "homework" else None


def homework_of(plan: Plan, role: str) -> Iterator[SlotStatus]:
    """Yield the questions that are the homework of a role, in the order of asking."""
    wanted = normal(role)
    for status in plan.statuses.values():
        if not status.active or not taken_home(status):
            continue
        fact = status.fact
        owner = homework_owner(plan, status) or (fact.owner if fact is not None else "")
        if normal(owner) == wanted:
            yield status
