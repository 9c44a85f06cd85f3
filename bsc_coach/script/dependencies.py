"""Which steps of a script look at the answers of which others: the static dependency graph.

A plan is made anew from this: an answer that nothing refers to changes nothing but its own status.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bsc_coach.derived import once
from bsc_coach.script.model import (
    ChoiceStep,
    CollectStep,
    ConfirmStep,
    ForEach,
    LongTextStep,
    PickStep,
    QuestionStep,
    Script,
    SeveralStep,
    TextStep,
)
from bsc_coach.script.predicates import Predicate, leaves, named_step
from bsc_coach.script.slots import StepId


@dataclass(frozen=True)
class Dependencies:
    """Who looks at the answers of whom, by the step that is looked at."""

    deciding: frozenset[StepId]
    """Steps whose answers decide what is asked, in which order, or what may be picked or said twice."""
    judging: dict[StepId, frozenset[StepId]]
    """For other steps: those whose own answers are judged by them (their basis, choices offered by them)."""


@once
def dependencies(script: Script) -> Dependencies:
    """Return who looks at whom in a script."""
    deciding: set[StepId] = set()
    judging: dict[StepId, set[StepId]] = {}
    for step in script.steps:
        predicates = [step.when, getattr(step, "offered_when", None), getattr(step, "full_when", None)]
        if isinstance(step, ForEach):
            predicates.extend(source.each_when for source in step.over)
        if isinstance(step, PickStep):
            predicates.extend(source.each_when for source in step.source)
        deciding.update(_named(predicates))
        if isinstance(step, TextStep | LongTextStep) and step.limit.unique_in is not None:
            deciding.add(step.id)  # its answers are judged by one another
        if isinstance(step, QuestionStep) and step.together is not None:
            deciding.add(step.together)  # while it is open, its question is not asked
        if isinstance(step, QuestionStep):
            looks_at = {name for based_on in step.basis for name in _read_at(script, based_on)}
            if isinstance(step, ChoiceStep | SeveralStep):
                looks_at.update(_named([choice.when for choice in step.choices]))
            for other in looks_at:
                judging.setdefault(other, set()).add(step.id)
    return Dependencies(frozenset(deciding), {step: frozenset(others) for step, others in judging.items()})


@once
def standing_alone(script: Script) -> frozenset[StepId]:
    """Return the steps whose answers are judged by themselves: no basis, nothing they are held to."""
    return frozenset(step.id for step in script.asked() if _stands_alone(step))


def _stands_alone(step: QuestionStep) -> bool:
    """Tell whether the standing of an answer depends on that answer alone."""
    if isinstance(step, CollectStep | PickStep | ConfirmStep):
        return False
    if step.basis and step.on_stale != "keep":
        return False
    if isinstance(step, TextStep | LongTextStep) and step.limit.unique_in is not None:
        return False
    return not isinstance(step, ChoiceStep | SeveralStep) or all(c.when is None for c in step.choices)


def _read_at(script: Script, based_on: StepId) -> Iterator[StepId]:
    """Yield the steps whose answers a basis reads: the step itself, and what names the items it is about."""
    yield based_on
    step = script.by_id.get(based_on)
    lists = [based_on] if isinstance(step, CollectStep) else []
    if isinstance(step, PickStep):
        lists = [source.list for source in step.source]
    for list_id in lists:
        listed = script.by_id.get(list_id)
        if isinstance(listed, CollectStep):
            yield from listed.label


@once
def gathered(script: Script) -> frozenset[tuple[StepId, StepId]]:
    """Return (step, named) where a basis names a step from outside its lists: all its answers count."""
    found = set()
    for step in script.asked():
        here = [set(chain) for chain in script.chains[step.id]]
        for name in step.basis:
            chains = script.frames_of(script.step(name))
            if not any(set(chain) <= inside for chain in chains for inside in here):
                found.add((step.id, name))
    return frozenset(found)


def _named(predicates: list[Predicate | None]) -> Iterator[StepId]:
    for predicate in predicates:
        if predicate is not None:
            yield from (named_step(leaf) for leaf in leaves(predicate))
