"""How a round stands at a slot, and what a question starts from: ballots, an earlier answer, two numbers."""

from __future__ import annotations

from bsc_coach.coach.formulas import direction_of
from bsc_coach.conversation.prompt import RoundState
from bsc_coach.interview.conditions import slot_in_frame
from bsc_coach.interview.keeping import starts_from
from bsc_coach.interview.members import members_at, open_round, prepared_by
from bsc_coach.interview.outcomes import given_in_all, middle_of, most_wanted, number_in_words, scale_at
from bsc_coach.interview.plan import Plan, SlotStatus
from bsc_coach.interview.projection import about_of, item_in_words, value_in_words
from bsc_coach.script.model import Answerable, BallotStep, ChoiceStep, PickStep, RoundStep
from bsc_coach.script.slots import Frame, Slot

_DIRECTION = "kpis[].direction"
_TODAY_AND_TARGET = ("kpis[].baseline", "kpis[].target")
"""Fields of the strategy that tell between them which way a KPI should go."""


def may_be_together(plan: Plan, step: Answerable) -> bool:
    """Tell whether everybody could answer a question at once; said until it was answered once."""
    if step.together is None or step.together in plan.state.together:
        return False
    return all(plan.statuses[slot].answer_state == "open" for slot in plan.index.of_step.get(step.id, ()))


def start_of(plan: Plan, status: SlotStatus) -> str:
    """Return what Enter alone takes of an open question: an earlier answer, what ballots or numbers tell."""
    step, slot = status.step, status.slot
    if status.answer_state != "open":
        return ""
    if isinstance(step, ChoiceStep) and step.together is not None:
        ballots = plan.answer(voted := slot_in_frame(plan.script, step.together, slot.frame))
        return middle_of(plan, voted, ballots) if isinstance(ballots, tuple) else ""
    if isinstance(step, ChoiceStep) and step.field == _DIRECTION:
        return _direction_meant(plan, slot.frame)
    if isinstance(step, PickStep):
        return " ".join(plan.state.shorts.get(item, item) for item in most_wanted(plan, step, slot.frame))
    start = starts_from(plan, status)
    answer = None if start is None else plan.answer(start)
    return answer if isinstance(answer, str) else ""


def _direction_meant(plan: Plan, frame: Frame) -> str:
    """Return the direction that leads from today to the target of a KPI; nothing while one is not known."""
    steps = filter(None, map(plan.script.filling, _TODAY_AND_TARGET))
    known = [plan.answer(slot_in_frame(plan.script, step.id, frame)) for step in steps]
    numbers = [value for value in known if isinstance(value, int | float)]
    return (direction_of(numbers[0], numbers[1]) or "") if len(numbers) == 2 else ""


def ballots_before(plan: Plan, status: SlotStatus) -> str:
    """Return what everybody's ballots came to that a question was prepared by."""
    if isinstance(status.step, PickStep):
        given = given_in_all(plan, status.step, status.slot.frame)
        told = {item_in_words(plan, item): number_in_words(n, plan.language) for item, n in given.items()}
        return "; ".join(f"{item}: {n}" for item, n in told.items())
    slots = prepared_by(plan, status.step, status.slot.frame)
    voted = plan.status(slots[0]) if slots else None
    if voted is None or not isinstance(voted.step, BallotStep):
        return ""
    return value_in_words(plan, voted) if voted.active else ""


def round_state(plan: Plan, slot: Slot) -> RoundState | None:
    """Return how the round stands that a slot belongs to; None where it is answered in another way."""
    step = plan.statuses[slot].step
    members = members_at(plan, slot) if isinstance(step, RoundStep | BallotStep) else None
    if members is None or not isinstance(step, RoundStep | BallotStep):
        return None
    opened = open_round(plan, slot)
    scale = scale_at(plan, slot)
    items = dict.fromkeys(about_of(plan, one) or "" for one in members.slots)
    return RoundState(
        open=opened is not None,
        names=opened.names if opened is not None else step.names,
        minutes=(opened.minutes if opened is not None else step.minutes) or 0,
        members=tuple(items) if len(members.slots) > 1 else (),
        scale=None if scale is None or scale.choices else (scale.low, scale.high),
        divides=isinstance(step, BallotStep) and step.each is not None,
        sentence=isinstance(step, BallotStep) and step.sentences is not None,
        passes=step.optional and step.id not in plan.script.prepared and opened is None,
    )
