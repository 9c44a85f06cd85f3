"""The open findings of the coach on the whole session, each with the slot of the answer to go to.

What misses the same of several items stands together, and is said once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from bsc_coach.coach.ear.heard import Ear
from bsc_coach.coach.grouping import grouped
from bsc_coach.coach.rule import Severity
from bsc_coach.conversation.prompt_builder import name_of
from bsc_coach.interview.open_findings import OpenFinding, heard_in, open_findings
from bsc_coach.interview.plan import Plan
from bsc_coach.interview.projection import item_in_words, value_in_words
from bsc_coach.script.slots import Slot


@dataclass(frozen=True)
class FindingLine:
    """A finding that was neither followed nor overruled, and the answer to go to (None: the whole map)."""

    rule: str
    severity: Severity
    slot: Slot | None
    name: str
    answer: str
    say: str
    together: str = ""
    """What is said instead of it and its neighbours with the same sentence; empty where it stands alone."""


def findings(plan: Plan, ear: Ear | None = None) -> tuple[FindingLine, ...]:
    """Return what the coach still wonders about in the strategy of a session, most serious first.

    What an ``ear`` hears comes last.
    """
    found = (*open_findings(plan), *heard_in(plan, ear))
    return tuple(
        replace(_line(plan, one), together=group.say if len(group.members) > 1 else "")
        for group in grouped(found, lambda one: one.finding)
        for one in group.members
    )


def in_groups(found: Iterable[FindingLine]) -> Iterator[tuple[FindingLine, ...]]:
    """Yield the lines that are said in one sentence; one that stands alone by itself."""
    for (_, together), neighbours in groupby(found, key=lambda one: (one.rule, one.together)):
        lines = tuple(neighbours)
        yield from [lines] if together else [(line,) for line in lines]


def _line(plan: Plan, one: OpenFinding) -> FindingLine:
    found, slot = one.finding, one.slot
    about = found.about[0] if found.about else ""
    item = plan.state.item_by_name(about)
    name = item_in_words(plan, item) if item is not None else about
    status = None if slot is None else plan.status(slot)
    if status is None:
        return FindingLine(found.rule, found.severity, None, name, "", found.say)
    name = name_of(plan, status.slot) if item is None else name
    answer = value_in_words(plan, status) if status.value is not None else ""
    return FindingLine(found.rule, found.severity, slot, name, answer, found.say)
