"""Homework: questions that were put off to be answered by their owners after the session."""

from __future__ import annotations

from bsc_coach.interview.plan import SlotStatus
from bsc_coach.words import languages, say


def is_homework(status: SlotStatus) -> bool:
    """Tell whether a question was left to an owner with its card, also where nobody is named yet."""
    fact = status.fact
    if status.answer_state != "parked" or fact is None:
        return False
    return fact.reason in {say("talk.homework.reason", language) for language in languages()}


def taken_home(status: SlotStatus) -> bool:
    """Tell whether somebody took a question home: as homework, or parked with a name."""
    fact = status.fact
    named = status.answer_state == "parked" and fact is not None and bool(fact.owner)
    return named or is_homework(status)
