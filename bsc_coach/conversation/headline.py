"""The line on top of the screen: whose map, where we are, and how far. It needs no strategy to be made."""

from __future__ import annotations

from dataclasses import dataclass

from bsc_coach.conversation.time_words import left_said
from bsc_coach.interview.breakouts import (
    agenda_here,
    is_elsewhere,
    minutes_here,
    named_with_part,
    part_name_of,
)
from bsc_coach.interview.facts.log import Value
from bsc_coach.interview.navigation import entry_of, section_title
from bsc_coach.interview.plan import Plan
from bsc_coach.script.slots import Slot, StepId
from bsc_coach.words import say


@dataclass(frozen=True)
class Headline:
    """The line on top: whose map, where we are, and how far."""

    organisation: str
    title: str
    section: str
    part: int
    """The place of the part of the agenda where we are, from 1; 0 where we are in none."""
    parts: int
    minutes_left: int
    """What all questions are still likely to take."""
    minutes_planned: int
    """Of the part where we are."""
    minutes_elapsed: float


def _text(value: Value | None) -> str:
    return value if isinstance(value, str) else ""


def answer_of(plan: Plan, step: str) -> str:
    """Return the text that was answered to a step outside every list, or nothing."""
    return _text(plan.answer(Slot(StepId(step))))


def said_position(plan: Plan, at: Slot) -> str:
    """Say in one line where somebody at ``at`` is: which part of how many, and how long it still takes."""
    entries, here = agenda_here(plan), entry_of(plan.script, at)
    if is_elsewhere(plan, at):
        return say("breakouts.elsewhere", plan.language, part=part_name_of(plan))
    at_entry = ((number, one) for number, one in enumerate(entries, start=1) if (one.step, one.item) == here)
    number, entry = next(at_entry, (0, None))
    if entry is None:
        return section_title(plan, at)  # a part that is on no agenda, as nothing in it applies
    left = left_said(plan)
    return say(
        "talk.progress.position" if left else "talk.progress.position_alone",
        plan.language,
        section=entry.title,
        number=number,
        of=len(entries),
        minutes=round(entry.minutes_left),
        left=left,
    )


def headline(plan: Plan, at: Slot | None) -> Headline:
    """Return the line on top for somebody who is at ``at``."""
    entries = agenda_here(plan)
    here = entry_of(plan.script, at) if at is not None else None
    part, entry = next(
        ((n, one) for n, one in enumerate(entries, start=1) if (one.step, one.item) == here), (0, None)
    )
    return Headline(
        organisation=named_with_part(plan, answer_of(plan, "organisation.name")),
        title=plan.script.header.title,
        section=entry.title if entry is not None else "",
        part=part,
        parts=len(entries),
        minutes_left=round(minutes_here(plan)),
        minutes_planned=entry.minutes_planned if entry is not None else 0,
        minutes_elapsed=entry.minutes_elapsed if entry is not None else 0,
    )
