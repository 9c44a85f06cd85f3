"""Homework: questions that are answered by their owners after the session, put off or left aside for them."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bsc_coach.derived import once
from bsc_coach.interview.plan import Plan, SlotStatus
from bsc_coach.script.slots import Frame, Slot, StepId
from bsc_coach.text import normal
from bsc_coach.words import languages, say

_OWNER = ".owner_role"
"""How the field of the strategy ends that holds who owns an item."""
NOBODY = ""
"""Whose homework it is that nobody owns."""


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
    for step in _owner_steps(plan):
        answer = plan.answer(Slot(step, frame))
        if answer is not None:
            return str(answer)
    return NOBODY


@once
def _owner_steps(plan: Plan) -> Sequence[StepId]:
    return tuple(step.id for step in plan.script.asked() if (step.field or "").endswith(_OWNER))


def may_be_owned(plan: Plan, frame: Frame) -> bool:
    """Tell whether the item inside ``frame`` has a question for who owns it."""
    return bool(frame) and any(plan.script.step(one).within == frame[-1][0] for one in _owner_steps(plan))


def homework_owner(plan: Plan, status: SlotStatus) -> str | None:
    """Return whose homework a question is that was left aside; None where nobody owns it, and for others."""
    return (owner_of(plan, status.slot.frame) or None) if status.aside == "homework" else None


@once
def homework_by_role(plan: Plan) -> Mapping[str, Sequence[SlotStatus]]:
    """Return the questions that each role took home, in the order of asking, and those that nobody owns.

    What was put off without a name waits for an owner, too, as it does in the documents. Roles are the same
    that differ in capitals and blanks only; they are spelled as first met.
    """
    spelled: dict[str, str] = {normal(NOBODY): NOBODY}
    found: dict[str, list[SlotStatus]] = {}
    for status in plan.statuses.values():
        if status.active and (status.answer_state == "parked" or is_homework(status)):
            named = "" if status.fact is None else status.fact.owner
            owner = homework_owner(plan, status) or named
            found.setdefault(spelled.setdefault(normal(owner), owner), []).append(status)
    return found


def homework_of(plan: Plan, role: str) -> Sequence[SlotStatus]:
    """Return the questions that are the homework of a role, in the order of asking."""
    by_role = homework_by_role(plan).items()
    return next((asked for name, asked in by_role if normal(name) == normal(role)), ())


def homework_command(folder: str, role: str | None = None) -> str:
    """Return the line for a shell that begins the homework of a role; without one, lists whose there is."""
    whose = "--nobody" if role == NOBODY else shlex.quote(role or "")
    return " ".join(("bsc-coach homework", shlex.quote(folder), *((whose,) if role is not None else ())))


@dataclass(frozen=True)
class HomeworkRound:
    """One role going through its own questions: what was open when it began, and what is open still."""

    role: str
    """``NOBODY`` for what nobody owns."""
    begun: tuple[Slot, ...]
    """The questions that were open at the beginning, in the order of asking."""
    active: frozenset[Slot]
    """All that applied then: what comes in later does so because of an answer."""
    last: int
    """Number of the last action before it; what was put off after that is not asked again."""

    def open(self, plan: Plan) -> tuple[Slot, ...]:
        """Return the questions that are to be asked yet, in the order of asking.

        Those that came in because of an answer are asked as well where they are about the same items.
        """
        own = {status.slot for status in homework_of(plan, self.role) if self._not_put_off(status)}
        return tuple(
            slot for slot, status in plan.statuses.items() if slot in own or self._came_in(slot, status)
        )

    def done(self, plan: Plan) -> int:
        """Return how many of the questions at the beginning have an answer, or do not apply any more."""
        statuses = (plan.status(slot) for slot in self.begun)
        return sum(one is None or not one.active or one.settled for one in statuses)

    def _not_put_off(self, status: SlotStatus) -> bool:
        return status.answer_state != "parked" or status.fact is None or status.fact.number <= self.last

    def _came_in(self, slot: Slot, status: SlotStatus) -> bool:
        asked = status.active and status.answer_state == "open" and not (status.passed or status.step.unasked)
        if not asked or status.aside == "sitting" or slot in self.active:
            return False
        return any(_is_inside(slot, one) for one in self.begun)


def begin_homework(plan: Plan, role: str) -> HomeworkRound:
    """Return the round of a role through its questions as they are now."""
    return HomeworkRound(
        role,
        begun=tuple(status.slot for status in homework_of(plan, role)),
        active=frozenset(slot for slot, status in plan.statuses.items() if status.active),
        last=plan.state.actions[-1].number if plan.state.actions else 0,
    )


def _is_inside(slot: Slot, other: Slot) -> bool:
    """Tell whether a slot is about the item of another one, or about an item of the list that this is."""
    depth = len(other.frame)
    listed = len(slot.frame) > depth and slot.frame[depth][0] == other.step
    return slot.frame[:depth] == other.frame and (depth > 0 or listed)
