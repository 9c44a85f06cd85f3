"""Satisfiability of conditions: choices that exclude each other, counts out of every range.

A condition is split into the ways it can come true; each way is held against what one answer, one
item or one count can be. It errs on the side of "it can": only what is certainly impossible is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bsc_coach.script.model import ChoiceStep, CollectStep, Fixed, SeveralStep
from bsc_coach.script.predicates import (
    AllOf,
    AnswerIs,
    AnyOf,
    Count,
    IsAnswered,
    IsParked,
    ItemIn,
    ItemIs,
    Not,
    Predicate,
    named_step,
)
from bsc_coach.script.slots import StepId
from bsc_coach.script.validation.outline import Chains, Outline

Leaf = AnswerIs | IsAnswered | IsParked | Count | ItemIn | ItemIs
Way = tuple[tuple[Leaf, bool], ...]
"""Predicates that must hold, or must not, all together."""

MOST_WAYS = 300
_PARKED, _DECLINED, _OTHER, _NOWHERE = "\0parked", "\0declined", "\0other", "\0nowhere"


@dataclass(frozen=True)
class Facts:
    """What is known of a script about the place of a condition."""

    outline: Outline
    frames: Chains
    blamed: set[int]
    counts: bool = True
    """Whether counts are looked at: as seen from two places, one list has two numbers."""

    def most(self, list_id: StepId) -> int | None:
        """Return the largest number of items that a list can have as seen from here, if there is one."""
        entry = self.outline.by_id[list_id]
        chains = self.outline.inside(entry)
        if self.frames is None or chains is None:
            return None
        most = 0
        for chain in chains:
            product = 1
            for name in chain:
                if name != list_id and all(name in frame for frame in self.frames):
                    continue
                size = self._size(name)
                if size is None:
                    return None
                product *= size
            most += product
        return most

    def _size(self, list_id: StepId) -> int | None:
        entry = self.outline.by_id[list_id]
        if isinstance(entry.step, Fixed):
            return None if entry.lacks("items") else len(entry.step.items)
        if isinstance(entry.step, CollectStep) and not entry.lacks("count"):
            return entry.step.count.max
        return None


class _TooManyWaysError(Exception):
    pass


def can_hold(conditions: Sequence[Predicate], facts: Facts) -> bool:
    """Tell whether all of ``conditions`` can hold together."""
    try:
        ways: list[Way] = [()]
        for condition in conditions:
            ways = _combined(ways, _ways(condition, True, facts))
    except _TooManyWaysError:
        return True
    return any(_possible(way, facts) for way in ways)


def _combined(some: list[Way], others: list[Way]) -> list[Way]:
    if len(some) * len(others) > MOST_WAYS:
        raise _TooManyWaysError
    return [(*one, *other) for one in some for other in others]


def _ways(condition: Predicate, wanted: bool, facts: Facts) -> list[Way]:
    """Return the ways in which a condition is true, or false."""
    match condition:
        case Not():
            return _ways(condition.not_, not wanted, facts)
        case AllOf() | AnyOf():
            inner = condition.all if isinstance(condition, AllOf) else condition.any
            if isinstance(condition, AllOf) is wanted:
                ways: list[Way] = [()]
                for part in inner:
                    ways = _combined(ways, _ways(part, wanted, facts))
                return ways
            found = [way for part in inner for way in _ways(part, wanted, facts)]
            if len(found) > MOST_WAYS:
                raise _TooManyWaysError
            return found
        case _ if id(condition) in facts.blamed:
            return [()]
        case Count() if not facts.counts:
            return [()]
        case Count() if not wanted:
            return _outside(condition)
        case _:
            return [((condition, wanted),)]


def _outside(condition: Count) -> list[Way]:
    """Return the ways in which a number is below one bound or above the other."""
    ways: list[Way] = []
    if condition.at_least:
        ways.append(((Count(count=condition.count, at_most=condition.at_least - 1), True),))
    if condition.at_most is not None:
        ways.append(((Count(count=condition.count, at_least=condition.at_most + 1), True),))
    return ways


def _possible(way: Way, facts: Facts) -> bool:
    """Tell whether nothing in one way contradicts the rest of it."""
    by_step: dict[StepId, list[tuple[Leaf, bool]]] = {}
    for leaf, wanted in way:
        by_step.setdefault(named_step(leaf), []).append((leaf, wanted))
    return all(_about_one(name, claims, facts) for name, claims in by_step.items())


def _about_one(name: StepId, claims: list[tuple[Leaf, bool]], facts: Facts) -> bool:
    counts = [leaf for leaf, _ in claims if isinstance(leaf, Count)]
    if counts:
        low = max(leaf.at_least or 0 for leaf in counts)
        highs = [leaf.at_most for leaf in counts if leaf.at_most is not None]
        most = facts.most(name)
        if low > min([*highs, *([most] if most is not None else [])], default=low):
            return False
    items = [(leaf, wanted) for leaf, wanted in claims if isinstance(leaf, ItemIs)]
    if items and not _item_left(name, items, facts):
        return False
    rest = [(leaf, wanted) for leaf, wanted in claims if not isinstance(leaf, Count | ItemIs)]
    return _state_left(name, rest, facts)


def _item_left(name: StepId, claims: list[tuple[ItemIs, bool]], facts: Facts) -> bool:
    """Tell whether there is an item that all claims about it fit."""
    left = set(facts.outline.fixed_items(name) or [_OTHER])
    if facts.frames is None or any(name not in frame for frame in facts.frames):
        left.add(_NOWHERE)
    for leaf, wanted in claims:
        left = left & set(leaf.wanted) if wanted else left - set(leaf.wanted)
    return bool(left) or _OTHER in (facts.outline.fixed_items(name) or [_OTHER])


def _state_left(name: StepId, claims: Sequence[tuple[Leaf, bool]], facts: Facts) -> bool:
    """Tell whether a step can be in a state that all claims about it fit."""
    step = facts.outline.by_id[name].step
    single = isinstance(step, ChoiceStep) and not facts.outline.by_id[name].lacks("choices")
    values = {value for leaf, _ in claims if isinstance(leaf, AnswerIs) for value in leaf.wanted}
    if single and isinstance(step, ChoiceStep):
        values = {choice.id for choice in step.choices}
    else:
        values.add(_OTHER)
    left = {*values, _PARKED, _DECLINED}
    several = isinstance(step, SeveralStep) or not single
    for leaf, wanted in claims:
        match leaf:
            case IsParked():
                left &= {_PARKED} if wanted else left - {_PARKED}
            case IsAnswered():
                left -= {_PARKED, _DECLINED} if wanted else {_PARKED, *values}
            case AnswerIs() if several:
                # Several values may hold at once, and a text may be any: only the state is known.
                left -= {_PARKED, _DECLINED} if wanted else {_PARKED}
            case AnswerIs():
                left = left & set(leaf.wanted) if wanted else left - set(leaf.wanted) - {_PARKED}
            case _:
                left -= {_PARKED, _DECLINED} if wanted else {_PARKED}
    return bool(left)
