"""Evaluating conditions of a script in three-valued logic, and the choices and items that they offer.

Kleene's logic: an input that is open, parked or dormant is unknown, and unknown stays unknown
under a bare "not". Names resolve in their own frame.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bsc_coach.interview.asides import in_full
from bsc_coach.interview.plan import Plan
from bsc_coach.interview.state import Aside
from bsc_coach.interview.values import Offer
from bsc_coach.script.model import (
    Answerable,
    BallotStep,
    ChoiceStep,
    CollectStep,
    ForEach,
    PickStep,
    Script,
    Section,
    SeveralStep,
    Step,
)
from bsc_coach.script.predicates import (
    AllOf,
    AnswerIs,
    AnyOf,
    Count,
    IsAnswered,
    IsParked,
    ItemIn,
    ItemIs,
    Not,
    Predicate,
)
from bsc_coach.script.slots import Frame, Slot, StepId
from bsc_coach.script.step_parts import Choice, Source


def slot_in_frame(script: Script, step_id: StepId, frame: Frame) -> Slot:
    """Return the slot of ``step_id`` as it is meant at ``frame``: each name resolves in its own frame."""
    lists = tuple([list_id for list_id, _ in frame])
    for chain in script.frames_of(script.step(step_id)):
        if chain == lists[: len(chain)]:
            return Slot(step_id, frame[: len(chain)])
    return Slot(step_id, ())


def consistent(member: Frame, frame: Frame) -> bool:
    """Tell whether a frame does not contradict another: same item wherever both have the list."""
    for list_id, item in member:
        for other, there in frame:
            if other == list_id and there != item:
                return False
    return True


def may_be_empty(plan: Plan, step: Step, frame: Frame) -> bool:
    """Tell whether a list is one here that is asked only where everything is, and nobody has to fill."""
    return (
        isinstance(step, CollectStep)
        and step.full_when is not None
        and truth(plan, step.full_when, frame) is True
    )


def kept_for_full(plan: Plan, step: Step, frame: Frame, aside: Aside) -> Aside:
    """Return where a step goes: a list that is asked here only where everything is, is not offered else."""
    if aside or not may_be_empty(plan, step, frame) or in_full(plan.script, plan.state.agenda, step):
        return aside
    return "unasked"


def truth(plan: Plan, predicate: Predicate, frame: Frame) -> bool | None:
    """Return whether a predicate holds at ``frame``: true, false, or None for not known yet."""
    match predicate:
        case AllOf():
            return _all_of([truth(plan, inner, frame) for inner in predicate.all])
        case AnyOf():
            return _any_of([truth(plan, inner, frame) for inner in predicate.any])
        case Not():
            inner = truth(plan, predicate.not_, frame)
            return None if inner is None else not inner
        case ItemIs():
            return dict(frame).get(predicate.item) in predicate.wanted
        case Count():
            return _counted(plan, predicate, frame)
        case AnswerIs() | IsAnswered() | IsParked() | ItemIn():
            return _about_answer(plan, predicate, frame)


def _all_of(truths: list[bool | None]) -> bool | None:
    if False in truths:
        return False
    return None if None in truths else True


def _any_of(truths: list[bool | None]) -> bool | None:
    if True in truths:
        return True
    return None if None in truths else False


def _about_answer(
    plan: Plan, predicate: AnswerIs | IsAnswered | IsParked | ItemIn, frame: Frame
) -> bool | None:
    match predicate:
        case AnswerIs():
            step_id = predicate.answer
        case IsAnswered():
            step_id = predicate.answered
        case IsParked():
            step_id = predicate.parked
        case ItemIn():
            step_id = predicate.item_in
    status = plan.statuses.get(slot_in_frame(plan.script, step_id, frame))
    if status is None or not status.active:
        return None
    picks_none = isinstance(predicate, ItemIn) and status.step.optional
    if status.answer_state == "open":
        # What was passed or set aside is known: nobody answered it. Of an optional pick, nobody was picked so
        # far, open or put off.
        return False if status.passed or status.aside or picks_none else None
    if isinstance(predicate, IsParked):
        return status.answer_state == "parked"
    if status.answer_state == "parked":
        return False if picks_none else None
    if isinstance(predicate, IsAnswered):
        return status.answer_state == "answered"
    if status.answer_state == "declined" or status.value is None:
        return False
    values = status.value if isinstance(status.value, tuple) else (str(status.value),)
    if isinstance(predicate, AnswerIs):
        return any(value in predicate.wanted for value in values)
    return any(item in values for _, item in frame)


def _counted(plan: Plan, predicate: Count, frame: Frame) -> bool | None:
    members = [member for member in plan.members.get(predicate.count, ()) if consistent(member[:-1], frame)]
    lists = [
        status
        for slot, status in plan.statuses.items()
        if slot.step == predicate.count and consistent(slot.frame, frame)
    ]
    is_list = isinstance(plan.script.step(predicate.count), CollectStep)
    if is_list and (not lists or any(not status.active for status in lists)):
        return None
    # A list that does not apply to this team, or that nobody is asked for, is known: it holds what it holds.
    still_open = any(
        status.answer_state not in ("answered", "declined") and not (status.aside or status.step.unasked)
        for status in lists
    )
    enough = predicate.at_least is None or len(members) >= predicate.at_least
    too_many = predicate.at_most is not None and len(members) > predicate.at_most
    if too_many:
        return False
    if still_open and (not enough or predicate.at_most is not None):
        return None
    return enough


def offer_at(plan: Plan, step: Answerable, frame: Frame) -> Offer:
    """Return what ``step`` offers at ``frame``: its choices that apply, or items to pick."""
    match step:
        case ChoiceStep() | SeveralStep():
            return Offer(
                choices=tuple(
                    choice
                    for choice in _as_read(plan, step)
                    if choice.when is None or truth(plan, choice.when, frame) is not False
                )
            )
        case BallotStep():
            asked = plan.script.choosing(step)
            return Offer(choices=_as_read(plan, step)) if asked is step else offer_at(plan, asked, frame)
        case PickStep():
            items, names = {}, {}
            for source in step.source:
                for member in source_frames(plan, source, seen_from(plan.script, step, source, frame)):
                    items[member[-1][1]] = plan.state.shorts.get(member[-1][1], member[-1][1])
                    names[member[-1][1]] = plan.label(member)
            return Offer(items=items, names=names)
        case _:
            return Offer()


def _as_read(plan: Plan, step: ChoiceStep | SeveralStep | BallotStep) -> tuple[Choice, ...]:
    """Return the choices in the words that people read, since they are also named by how they begin."""
    texts = plan.script.translations.get(plan.language, {}).get(step.id)
    if not texts:
        return step.choices
    return tuple(
        replace(choice, text=texts.get(f"choice.{choice.id}", choice.text)) for choice in step.choices
    )


def is_in_reach(member: Frame, frame: Frame) -> bool:
    """Tell whether an item of a list may be meant at ``frame``; inside that list, any other one but this."""
    list_id, item = member[-1]
    place = next((place for place, (here, _) in enumerate(frame) if here == list_id), None)
    if place is None:
        return consistent(member, frame)
    return frame[place][1] != item and consistent(member[:-1], frame[:place])


def seen_from(script: Script, step: PickStep, source: Source, frame: Frame) -> Frame:
    """Return the frame from which a pick sees a list: in a pass over that list, the place of the pass.

    So an item may name every other one there, whatever each of them stands in.
    """
    if not frame or frame[-1][0] != source.list or step.within is None:
        return frame
    around = script.step(step.within)
    while isinstance(around, Section) and around.within is not None:
        around = script.step(around.within)
    if not isinstance(around, ForEach):
        return frame
    outside = 0 if around.within is None else len(script.chains[around.within][0])
    return (*frame[:outside], frame[-1])


def source_frames(plan: Plan, source: Source, frame: Frame) -> Iterator[Frame]:
    """Yield the frames of the live items of a source that are meant at ``frame``."""
    for member in plan.members.get(source.list, ()):
        if is_in_reach(member, frame) and (
            source.each_when is None or truth(plan, source.each_when, member) is True
        ):
            yield member
