"""The wordings of a session that may be tidied before they are printed, each with what is offered for it."""

from __future__ import annotations

from dataclasses import dataclass

from bsc_coach.coach.tidy import Tidied, Vocabulary, tidied, tidied_customer_word, vocabulary
from bsc_coach.derived import once
from bsc_coach.interview.plan import Plan, SlotStatus
from bsc_coach.script.model import CollectStep, LongTextStep, QuestionStep, TextStep
from bsc_coach.script.slots import Slot, StepId
from bsc_coach.script.step_parts import POINT_ANSWERS

_NAMES = frozenset({"organisation.name", "participants[].name"})
"""Fields of the strategy that hold names: whoever has one spells it as they like."""
_CUSTOMERS = "organisation.customer_word"


@dataclass(frozen=True)
class SlippedWording:
    """A wording with slips, the answers that it stands in, and how it would read without them."""

    text: str
    slots: tuple[Slot, ...]
    tidied: Tidied


@once
def wordings_to_tidy(plan: Plan) -> tuple[SlippedWording, ...]:
    """Return what should be looked at before printing, in the order of asking.

    An answer that stands in several places in the same words (a candidate and its objective) is one wording.
    """
    texts = [(status, status.value) for status in plan.statuses.values() if isinstance(status.value, str)]
    texts = [(status, text) for status, text in texts if _is_text(status)]
    names = [text for status, text in texts if status.step.field in _NAMES]
    customers = next((text for status, text in texts if status.step.field == _CUSTOMERS), "")
    words = vocabulary(plan.language, customers, names, (text for _, text in texts))
    standing_alone = _standing_alone(plan)
    found: dict[str, tuple[list[Slot], Tidied]] = {}
    for status, text in texts:
        if status.step.field in _NAMES:
            continue
        better = _tidied(status, text, words, begins_capital=status.slot.step in standing_alone)
        if better is not None:
            found.setdefault(text, ([], better))[0].append(status.slot)
    return tuple(SlippedWording(text, tuple(slots), better) for text, (slots, better) in found.items())


def _is_text(status: SlotStatus) -> bool:
    text = isinstance(status.step, TextStep | LongTextStep)
    return text and status.active and status.answer_state == "answered"


def _tidied(status: SlotStatus, text: str, words: Vocabulary, *, begins_capital: bool) -> Tidied | None:
    if status.step.field == _CUSTOMERS:
        return tidied_customer_word(text)
    one_line = isinstance(status.step, TextStep)
    return tidied(text, words, one_line=one_line, begins_capital=begins_capital)


def _standing_alone(plan: Plan) -> frozenset[StepId]:
    """Return the steps whose answers stand by themselves on the page: titles and whole texts."""
    script = plan.script
    lists = (step for step in script.steps if isinstance(step, CollectStep) and step.layout != "link")
    labels = {label for one in lists for label in one.label}
    whole = {
        step.id
        for step in script.asked()
        if isinstance(step, LongTextStep) or (isinstance(step, QuestionStep) and step.coach in POINT_ANSWERS)
    }
    return frozenset(labels | whole)
