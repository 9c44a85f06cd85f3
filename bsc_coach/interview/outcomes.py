"""Outcomes of ballots: their scale, spread, middle and mean at a slot, as numbers and in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bsc_coach.interview.ballots import BallotScale, scale_of
from bsc_coach.interview.conditions import offer_at
from bsc_coach.interview.plan import Plan
from bsc_coach.script.model import BallotStep
from bsc_coach.script.slots import Slot
from bsc_coach.strategy.agreement import mean, middle, spread
from bsc_coach.words import say


def scale_at(plan: Plan, slot: Slot) -> BallotScale | None:
    """Return what one ballot at a slot may say; None where no ballots are given."""
    step = plan.script.by_id.get(slot.step)
    if not isinstance(step, BallotStep):
        return None
    scale = scale_of(step, offer_at(plan, step, slot.frame).choices)
    if step.rank:
        beside = plan.index.of_step.get(step.id, ())
        among = sum(1 for one in beside if one.frame[:-1] == slot.frame[:-1] and plan.statuses[one].active)
        return replace(scale, high=max(among, scale.low))
    return scale


def spread_of(plan: Plan, slot: Slot, ballots: Sequence[str]) -> float | None:
    """Return how far apart the ballots of a slot are; None where that is not told."""
    scale = scale_at(plan, slot)
    return None if scale is None else spread([scale.number_of(one) for one in ballots], scale.low, scale.high)


def middle_of(plan: Plan, slot: Slot, ballots: Sequence[str]) -> str:
    """Return the middle of ballots as one answer: a choice, or a whole number."""
    scale = scale_at(plan, slot)
    if scale is None:
        return ""
    number = int(middle([scale.number_of(one) for one in ballots]) + 0.5)  # half of one is rounded up
    return scale.choices[min(number, len(scale.choices) - 1)].id if scale.choices else str(number)


def number_in_words(number: float, language: str) -> str:
    """Return a number with one digit, and the decimal sign of the language."""
    return f"{number:.1f}".removesuffix(".0").replace(".", say("document.format.decimal", language))


def one_in_words(plan: Plan, slot: Slot, ballot: str) -> str:
    """Return one kept ballot as people read it."""
    scale = scale_at(plan, slot)
    choices = scale.choices if scale is not None else ()
    text = next((choice.text for choice in choices if choice.id == ballot), "")
    return text or ballot.replace(".", say("document.format.decimal", plan.language))


def mean_in_words(plan: Plan, slot: Slot, ballots: Sequence[str]) -> str:
    """Return the mean of ballots with one digit, or the lower middle one of choices."""
    scale = scale_at(plan, slot)
    if scale is not None and scale.choices:
        return one_in_words(plan, slot, sorted(ballots, key=scale.number_of)[(len(ballots) - 1) // 2])
    numbers = [scale.number_of(one) if scale is not None else float(one) for one in ballots]
    return number_in_words(mean(numbers), plan.language)


def ballots_in_a_cell(plan: Plan, slot: Slot, ballots: Sequence[str]) -> str:
    """Return what ballots came to in a few characters: the mean, and how far apart they are."""
    apart = spread_of(plan, slot, ballots) if ballots else None
    told = mean_in_words(plan, slot, ballots) if ballots else ""
    return told if apart is None else f"{told} ±{_two_digits(apart, plan.language)}"


def _two_digits(number: float, language: str) -> str:
    return f"{number:.2f}".replace(".", say("document.format.decimal", language))


def ballots_in_words(plan: Plan, slot: Slot, ballots: Sequence[str]) -> str:
    """Return what ballots came to on one line: mean, how many, and how far apart where that is told."""
    if not ballots:
        return ""
    told = {"n": len(ballots), "mean": mean_in_words(plan, slot, ballots)}
    apart, scale = spread_of(plan, slot, ballots), scale_at(plan, slot)
    chosen = "_choice" if scale is not None and scale.choices else ""
    if apart is None:
        return say(f"interview.outcome.few{chosen}", plan.language, **told)
    spread_said = _two_digits(apart, plan.language)
    return say(f"interview.outcome.told{chosen}", plan.language, **told, spread=spread_said)
