"""Sentences on what was understood of a typed text, or wondered at; the same for every front end."""

from __future__ import annotations

from collections.abc import Iterable

from bsc_coach.documents.context.words import DocumentWords
from bsc_coach.interview.facts.log import JsonValue
from bsc_coach.interview.plan import Plan
from bsc_coach.interview.projection import part_said, said_in_words
from bsc_coach.interview.texts import text_of
from bsc_coach.interview.understanding.readings import AskBack, Understood
from bsc_coach.script.model import ChoiceStep, DateStep, QuestionStep
from bsc_coach.script.slots import Slot
from bsc_coach.text import one_line, shorten
from bsc_coach.words import say

LONGEST_SHOWN = 80


def understood_sentence(plan: Plan, slot: Slot, understood: Understood, typed: str) -> str:
    """Return what was understood of ``typed``, in a sentence."""
    value = choice_in_words(plan, slot, understood.value)
    return say(
        f"typed.understood.{understood.how}",
        plan.language,
        value=shorten(value, LONGEST_SHOWN),
        typed=shorten(typed, LONGEST_SHOWN),
    )


def row_sentence(plan: Plan, answers: Iterable[tuple[Slot, JsonValue]]) -> str:
    """Return what a line was read as that holds several answers about one item, in a sentence."""
    told = []
    for slot, value in answers:
        step = plan.script.by_id.get(slot.step)
        if isinstance(step, QuestionStep):
            name = text_of(plan, step, slot.frame, "short") or step.id
            told.append(f"{name}: {shorten(_in_words(plan, slot, step, value), LONGEST_SHOWN)}")
    return say("typed.understood.row", plan.language, parts=" · ".join(told))


def _in_words(plan: Plan, slot: Slot, step: QuestionStep, value: JsonValue) -> str:
    """Return an answer as people say it; an item that is picked may stand by its short id."""
    if isinstance(step, DateStep):
        return date_in_words(str(value), plan.language)
    if isinstance(value, list | tuple):
        return said_in_words(
            plan, slot, tuple(plan.state.item_by_name(one) or one for one in map(str, value))
        )
    return said_in_words(plan, slot, value if isinstance(value, int | float) else str(value))


def choice_in_words(plan: Plan, slot: Slot, value: JsonValue) -> str:
    """Return a value as it is said: a choice or a date in words, a number as the language writes it."""
    step = plan.script.by_id.get(slot.step)
    if isinstance(step, DateStep):
        return date_in_words(str(value), plan.language)
    if isinstance(step, ChoiceStep):
        return said_in_words(plan, slot, str(value))
    return one_line(part_said(value, plan.language))


def date_in_words(iso: str, language: str) -> str:
    """Return an ISO date as it is said."""
    return DocumentWords(language).date(iso)


def wonder(asked: AskBack, typed: str, language: str) -> str:
    """Return why a text is not taken as it stands, in a sentence."""
    return say(
        f"typed.ask.{asked.kind}",
        language,
        typed=shorten(typed, LONGEST_SHOWN),
        name=asked.name,
        said=asked.reason,
        n=len([line for line in typed.split("\n") if line.strip()]),
    )
