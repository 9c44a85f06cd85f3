"""The line on top of the screen: whose map, where we are, and how far. It needs no strategy to be made."""

from __future__ import annotations

from dataclasses import dataclass

from bsc_coach.interview.facts.log import Value
from bsc_coach.interview.navigation import Progress, agenda, entry_of, progress_of
from bsc_coach.interview.plan import Plan
from bsc_coach.script.slots import Slot, StepId
from bsc_coach.words import say


@dataclass(frozen=True)
class Headline:
    """The line on top: whose map, where we are, and how far."""

    organisation: str
    title: str
    section: str
    progress: Progress
    minutes_planned: float
    minutes_elapsed: float


def _text(value: Value | None) -> str:
    return value if isinstance(value, str) else ""


def answer_of(plan: Plan, step: str) -> str:
    """Return the text that was answered to a step outside every list, or nothing."""
    return _text(plan.answer(Slot(StepId(step))))


def said_progress(progress: Progress, language: str) -> str:
    """Say how far something is: "16 of 16 done", "16 done, still 53 to 56 to go"."""
    settled = progress.settled
    least, most = progress.certain - settled, progress.possible - settled
    if not most:
        return say("talk.progress.all" if settled else "talk.progress.nothing", language, n=settled)
    key = "left" if least == most else "left_between" if least else "left_at_most"
    return say(f"talk.progress.{key}", language, settled=settled, least=least, most=most)


def said_position(plan: Plan, at: Slot) -> str:
    """Say in one line where somebody at ``at`` is: which part, which question, how far, how long yet."""
    entries, here = agenda(plan), entry_of(plan.script, at)
    entry = next(one for one in entries if (one.step, one.item) == here)
    part = entry.progress
    minutes = sum(
        max(one.minutes_planned - one.minutes_elapsed, 0) for one in entries if one.status != "settled"
    )
    return say(
        "talk.progress.position" if minutes >= 1 else "talk.progress.position_untimed",
        plan.language,
        section=entry.title,
        number=min(part.settled + 1, part.certain),
        of=part.certain,
        progress=said_progress(progress_of(plan), plan.language),
        minutes=round(minutes),
    )


def headline(plan: Plan, at: Slot | None) -> Headline:
    """Return the line on top for somebody who is at ``at``."""
    entries = agenda(plan)
    here = entry_of(plan.script, at) if at is not None else None
    entry = next((one for one in entries if (one.step, one.item) == here), None)
    return Headline(
        organisation=answer_of(plan, "organisation.name"),
        title=plan.script.header.title,
        section=entry.title if entry is not None else "",
        progress=progress_of(plan),
        minutes_planned=entry.minutes_planned if entry is not None else 0,
        minutes_elapsed=entry.minutes_elapsed if entry is not None else 0,
    )
