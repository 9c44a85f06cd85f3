"""Limits of answers: what kind of value a step is answered with, and what makes one impossible."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bsc_coach import sizes
from bsc_coach.interview.ballots import is_possible, scale_of
from bsc_coach.interview.facts.log import Value
from bsc_coach.interview.values import Offer, Refusal
from bsc_coach.script.model import (
    Answerable,
    BallotStep,
    ChoiceStep,
    CollectStep,
    ConfirmStep,
    DateStep,
    LongTextStep,
    NumberStep,
    PickStep,
    RoundStep,
    SeveralStep,
    TextStep,
)
from bsc_coach.script.slots import ItemId
from bsc_coach.script.step_parts import Bounds, Limit
from bsc_coach.strategy.reading_lines import read_line
from bsc_coach.text import normal, shorten_at_word

_ISO_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def is_value_of(step: Answerable, value: object) -> bool:
    """Tell whether a value is of the kind that ``step`` is answered with, whatever its limits.

    It is not where an earlier version of the script asked the same step in another way, or where a program
    or a file answered it.
    """
    match step:
        case NumberStep():
            return isinstance(value, int | float) and not isinstance(value, bool)
        case SeveralStep() | PickStep() | BallotStep() | RoundStep():
            return isinstance(value, tuple)
        case DateStep():
            return isinstance(value, str) and _ISO_DATE.fullmatch(value) is not None
        case TextStep() | LongTextStep() | ChoiceStep() | CollectStep() | ConfirmStep():
            return isinstance(value, str)


def broken_limits(
    step: Answerable, value: Value, offer: Offer, others: Sequence[str] = ()
) -> tuple[Refusal, ...]:
    """Return the limits of ``step`` that ``value`` breaks; ``others`` are texts it may not repeat."""
    if not is_value_of(step, value):
        return (Refusal("other_kind"),)
    match step:
        case LongTextStep() if step.each_line is not None:
            return _broken_readings(str(value))
        case TextStep() | LongTextStep():
            return _broken_text_limits(step.limit, str(value), others)
        case NumberStep() if isinstance(value, int | float):
            return _broken_number_limits(step.limit, value)
        case ChoiceStep():
            if all(choice.id != value for choice in offer.choices):
                return (Refusal("choice_gone"),)
        case _ if isinstance(value, tuple):
            return _broken_limits_of_several(step, value, offer)
        case _:
            pass
    return ()


def _broken_limits_of_several(step: Answerable, value: tuple[str, ...], offer: Offer) -> tuple[Refusal, ...]:
    match step:
        case SeveralStep():
            offered = {choice.id for choice in offer.choices}
            gone = () if offered.issuperset(value) else (Refusal("choice_gone"),)
            return gone or broken_count(step.count, len(value))
        case PickStep():
            missing = sum(1 for item in value if ItemId(item) not in offer.items)
            return (
                (Refusal("item_gone", {"n": missing}),) if missing else broken_count(step.count, len(value))
            )
        case BallotStep():
            scale = scale_of(step, offer.choices)
            return () if all(is_possible(ballot, scale) for ballot in value) else (Refusal("choice_gone"),)
        case RoundStep():
            return _broken_text_limits(step.limit, max(value, key=len, default=""), ())
        case _:
            return ()


def most_of(count: Bounds) -> int:
    """Return how many items a list takes: as many as the script says, and never more than any list."""
    return sizes.LIST if count.max is None else min(count.max, sizes.LIST)


def broken_count(count: Bounds, n: int) -> tuple[Refusal, ...]:
    """Return what is wrong with having ``n`` things where ``count`` are wanted."""
    if n < count.min:
        return (Refusal("too_few", {"n": count.min, "have": n}),)
    if count.max is not None and n > count.max:
        return (Refusal("too_many", {"n": count.max, "have": n}),)
    return ()


def _broken_readings(text: str) -> tuple[Refusal, ...]:
    """Return what is wrong with the lines of a text that should be readings: the first that is none."""
    wrong = next((line for line in text.split("\n") if read_line(line) is None), None)
    return () if wrong is None else (Refusal("not_a_reading", {"typed": shorten_at_word(wrong, 60)}),)


def _broken_text_limits(limit: Limit, text: str, others: Sequence[str]) -> tuple[Refusal, ...]:
    if limit.min_chars is not None and len(text) < limit.min_chars:
        return (Refusal("too_short", {"n": limit.min_chars, "have": len(text)}),)
    if limit.max_chars is not None and len(text) > limit.max_chars:
        return (Refusal("too_long", {"n": limit.max_chars, "have": len(text)}),)
    if limit.unique_in is not None and normal(text) in {normal(other) for other in others}:
        return (Refusal("already_there", {"text": shorten_at_word(text, 80)}),)
    return ()


def _broken_number_limits(limit: Limit, value: float) -> tuple[Refusal, ...]:
    if limit.integer and not isinstance(value, int):
        return (Refusal("not_whole"),)
    if limit.min is not None and value < limit.min:
        return (Refusal("too_low", {"limit": f"{limit.min:g}"}),)
    if limit.max is not None and value > limit.max:
        return (Refusal("too_high", {"limit": f"{limit.max:g}"}),)
    return ()
