"""Slips and worksheets as data: the rounds that are open or to come, and the questions that are open."""

from __future__ import annotations

from collections.abc import Iterator

from bsc_coach.interview.ballots import kind_of_vote
from bsc_coach.interview.codes import code_of
from bsc_coach.interview.conditions import offer_at
from bsc_coach.interview.members import RoundMembers, members_at, open_round
from bsc_coach.interview.navigation import asks_itself, entry_of, part_name, section_title
from bsc_coach.interview.outcomes import scale_at
from bsc_coach.interview.plan import Plan, SlotStatus
from bsc_coach.interview.projection import about_of, item_in_words, question_of
from bsc_coach.interview.provenance import answers_given
from bsc_coach.interview.texts import choice_text, text_of
from bsc_coach.script.model import (
    BallotStep,
    CollectStep,
    ConfirmStep,
    LongTextStep,
    PickStep,
    RoundStep,
)
from bsc_coach.script.slots import Slot
from bsc_coach.strategy.paper import Paper, SheetQuestion, SlipLine, VoteSlip
from bsc_coach.text import one_line


def to_paper(plan: Plan) -> Paper:
    """Return what can be printed of a session as it stands."""
    present = [slot for slot in plan.statuses if plan.statuses[slot].step.field == "participants[]"]
    seated = len(plan.state.list_at(present[0]).live) if present else 0
    return Paper(
        answers=answers_given(plan.state),
        people=plan.state.agenda.people or seated,
        recorded=True,
        slips=tuple(_slip(plan, members) for members in rounds_to_come(plan)),
        questions=tuple(_question(plan, status) for status in open_questions(plan)),
    )


def rounds_to_come(plan: Plan) -> Iterator[RoundMembers]:
    """Yield the rounds and ballots that are open, or that can be opened as things stand, in their order."""
    seen: set[Slot] = set()
    for slot, status in plan.statuses.items():
        waits = status.active and status.answer_state == "open" and not status.aside
        if not waits or not isinstance(status.step, RoundStep | BallotStep):
            continue
        members = members_at(plan, slot)
        if members is not None and members.slots and members.key not in seen:
            seen.add(members.key)
            yield members


def open_questions(plan: Plan) -> Iterator[SlotStatus]:
    """Yield the questions that a session still asks and that one person can answer on paper."""
    for status in plan.statuses.values():
        on_slips = isinstance(status.step, RoundStep | BallotStep | ConfirmStep)
        if not on_slips and status.answer_state == "open" and asks_itself(status):
            yield status


def _slip(plan: Plan, members: RoundMembers) -> VoteSlip:
    slot = members.slots[0]
    step = plan.statuses[slot].step
    ballot = step if isinstance(step, BallotStep) else None
    texts = step if isinstance(step, RoundStep) else None
    several = len(members.slots) > 1
    around = plan.script.by_id[members.key.step]
    title = text_of(plan, around, members.key.frame, "title") if several else None
    return VoteSlip(
        title=section_title(plan, slot),
        question=one_line(title or text_of(plan, step, slot.frame, "ask") or ""),
        help=one_line(text_of(plan, step, slot.frame, "help") or ""),
        lines=() if texts is not None else tuple(_line(plan, one) for one in members.slots),
        each=(ballot.each or 0) if ballot is not None else 0,
        minutes=round(step.minutes or 0),
        texts=texts.most if texts is not None else 0,
        sentence=ballot is not None and ballot.sentences is not None,
        is_open=open_round(plan, slot) is not None,
    )


def _line(plan: Plan, slot: Slot) -> SlipLine:
    step, scale = plan.statuses[slot].step, scale_at(plan, slot)
    if not isinstance(step, BallotStep) or scale is None:
        raise TypeError(step)
    asked = plan.script.choosing(step)
    return SlipLine(
        kind=kind_of_vote(step, scale),
        about=(about_of(plan, slot) or "") if slot.frame else "",
        asked=text_of(plan, step, slot.frame, "short") or "",
        low=scale.low,
        high=scale.high,
        choices=tuple(choice_text(plan, asked, one, slot.frame) for one in scale.choices),
    )


def _question(plan: Plan, status: SlotStatus) -> SheetQuestion:
    slot, step = status.slot, status.step
    return SheetQuestion(
        code=code_of(plan, slot),
        part=part_name(*entry_of(plan.script, slot)),
        section=section_title(plan, slot),
        question=one_line(question_of(plan, slot)),
        short=text_of(plan, step, slot.frame, "short") or "",
        about=(about_of(plan, slot) or "") if slot.frame else "",
        choices=tuple(_choices(plan, status)),
        is_list=isinstance(step, CollectStep),
        is_long=isinstance(step, LongTextStep),
    )


def _choices(plan: Plan, status: SlotStatus) -> Iterator[str]:
    """Yield what can be answered, where that is a choice or one of the items that there are."""
    offer = offer_at(plan, status.step, status.slot.frame)
    if isinstance(status.step, PickStep):
        yield from (item_in_words(plan, item) for item in offer.items)
    else:
        yield from (choice_text(plan, status.step, one, status.slot.frame) for one in offer.choices)
