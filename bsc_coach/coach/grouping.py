"""Findings of one rule that miss the same of several items, told together: "No KPI yet: CM1, CM2"."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from bsc_coach.coach.rule import Finding, Severity

Held = TypeVar("Held")


@dataclass(frozen=True)
class FindingGroup(Generic[Held]):
    """One or more findings that are said in one sentence."""

    members: tuple[Held, ...]
    say: str


def grouped(found: Iterable[Held], finding_of: Callable[[Held], Finding]) -> tuple[FindingGroup[Held], ...]:
    """Return findings with those together that miss the same, each group where the first of it stood.

    A rule without a sentence for several, and what is about no item, is said one by one. ``finding_of``
    gives the finding of each.
    """
    groups: dict[object, list[Held]] = {}
    for number, one in enumerate(found):
        finding = finding_of(one)
        key: tuple[str, Severity, str] | int = number
        if finding.many and finding.about:
            key = (finding.rule, finding.severity, finding.many)
        groups.setdefault(key, []).append(one)
    return tuple(
        FindingGroup(tuple(those), _sentence([finding_of(one) for one in those])) for those in groups.values()
    )


def told_together(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings with one in the place of each group, about the items of all of it."""
    return tuple(
        group.members[0]
        if len(group.members) == 1
        else replace(group.members[0], say=group.say, about=_firsts(group.members), word="")
        for group in grouped(found, lambda one: one)
    )


def _sentence(found: Sequence[Finding]) -> str:
    if len(found) == 1:
        return found[0].say
    items = _firsts(found)
    words = ", ".join(dict.fromkeys(one.word for one in found if one.word))
    return found[0].many.format(n=len(items), items=", ".join(items), words=words)


def _firsts(found: Iterable[Finding]) -> tuple[str, ...]:
    """Return the item to go to of each finding, each item once."""
    return tuple(dict.fromkeys(one.about[0] for one in found))
