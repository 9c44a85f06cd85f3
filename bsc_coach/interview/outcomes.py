"""Outcomes of ballots: their scale, spread, middle and mean at a slot, as numbers and in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bsc_coach.interview.ballots import BallotScale, is_possible, scale_of
from bsc_coach.interview.conditions import offer_at
from bsc_coach.interview.members import prepared_by
from bsc_coach.interview.plan import Plan
from bsc_coach.script.model import BallotStep, PickStep
from bsc_coach.script.slots import Frame, ItemId, Slot
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


def sound_ballots(plan: Plan, slot: Slot, ballots: object) -> tuple[str, ...]:
    """Return the ballots of a slot that its scale has; a journal from elsewhere may hold anything there."""
    scale = scale_at(plan, slot)
    if scale is None or not isinstance(ballots, tuple | list):
        return ()
    return tuple(one for one in ballots if is_possible(one, scale))


def _numbers(plan: Plan, slot: Slot, ballots: Sequence[str]) -> list[float]:
    scale = scale_at(plan, slot)
    return [] if scale is None else [scale.number_of(one) for one in sound_ballots(plan, slot, ballots)]


def spread_of(plan: Plan, slot: Slot, ballots: Sequence[str]) -> float | None:
    """Return how far apart the ballots of a slot are; None where that is not told."""
    scale = scale_at(plan, slot)
    if scale is None or divides(plan, slot):
        return None
    return spread(_numbers(plan, slot, ballots), scale.low, scale.high)


def divides(plan: Plan, slot: Slot) -> bool:
    """Tell whether people divide dots or points at a slot: they are added up, and differ by their nature."""
    step = plan.script.by_id.get(slot.step)
    return isinstance(step, BallotStep) and step.each is not None


def middle_of(plan: Plan, slot: Slot, ballots: Sequence[str]) -> str:
    """Return the middle of ballots as one answer: a choice, or a whole number."""
    scale, numbers = scale_at(plan, slot), _numbers(plan, slot, ballots)
    if scale is None or not numbers:
        return ""
    number = int(middle(numbers) + 0.5)  # half of one is rounded up
    return scale.choices[min(number, len(scale.choices) - 1)].id if scale.choices else str(number)


def given_in_all(plan: Plan, step: PickStep, frame: Frame) -> Mapping[ItemId, float]:
    """Return what everybody gave each item of a pick, together and the most first; empty before that."""
    sums: dict[ItemId, float] = {}
    for slot in prepared_by(plan, step, frame):
        ballots = plan.answer(slot)
        if isinstance(ballots, tuple) and slot.item is not None:
            sums[slot.item] = round(sum(_numbers(plan, slot, ballots)), 1)
    best = _better(plan, step)
    return dict(sorted(sums.items(), key=lambda one: -best * one[1]))


def _better(plan: Plan, step: PickStep) -> int:
    """Return 1 where more is better, and -1 where the first place is."""
    ballot = None if step.together is None else plan.script.step(step.together)
    return -1 if isinstance(ballot, BallotStep) and ballot.rank else 1


def most_wanted(plan: Plan, step: PickStep, frame: Frame) -> tuple[ItemId, ...]:
    """Return the items of a pick that got more than an even share; of equals all or none are among them."""
    given = given_in_all(plan, step, frame)
    share = mean(list(given.values())) if given else 0.0
    best = _better(plan, step)
    wanted = [item for item, number in given.items() if best * number > best * share]
    most = step.count.max
    if most is not None and len(wanted) > most:
        wanted = [item for item in wanted if best * given[item] > best * given[wanted[most]]]
    return tuple(wanted) if len(wanted) >= step.count.min else ()


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
    """Return the mean of ballots with one digit, the sum of dots, or the lower middle one of choices."""
    scale, numbers = scale_at(plan, slot), _numbers(plan, slot, ballots)
    if scale is None or not numbers:
        return ""
    if divides(plan, slot):
        given = round(sum(numbers), 1)
        number = number_in_words(given, plan.language)
        return say("interview.outcome.dots", plan.language, n=given, number=number)
    if scale.choices:
        return scale.choices[int(sorted(numbers)[(len(numbers) - 1) // 2])].text
    return number_in_words(mean(numbers), plan.language)


def ballots_in_a_cell(plan: Plan, slot: Slot, ballots: Sequence[str]) -> str:
    """Return what ballots came to in a few characters: the mean, and how far apart they are."""
    apart, told = spread_of(plan, slot, ballots), mean_in_words(plan, slot, ballots)
    return told if apart is None else f"{told} ±{spread_in_words(apart, plan.language)}"


def spread_in_words(number: float, language: str) -> str:
    """Return a spread with two digits, and the decimal sign of the language."""
    return f"{number:.2f}".replace(".", say("document.format.decimal", language))


def ballots_in_words(plan: Plan, slot: Slot, ballots: Sequence[str]) -> str:
    """Return what ballots came to on one line: mean, how many, and how far apart where that is told."""
    ballots = sound_ballots(plan, slot, ballots)
    if not ballots or divides(plan, slot):
        return mean_in_words(plan, slot, ballots)
    told = {"n": len(ballots), "mean": mean_in_words(plan, slot, ballots)}
    apart, scale = spread_of(plan, slot, ballots), scale_at(plan, slot)
    chosen = "_choice" if scale is not None and scale.choices else ""
    if apart is None:
        return say(f"interview.outcome.few{chosen}", plan.language, **told)
    spread_said = spread_in_words(apart, plan.language)
    return say(f"interview.outcome.told{chosen}", plan.language, **told, spread=spread_said)
