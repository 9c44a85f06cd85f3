"""Syntax tree of a condition in a script: predicates joined by all, any and not; nothing computes.

All names are known at load, so a condition about a step that does not exist is found before anybody
is interviewed. ``conditions`` says what they mean for a session.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, TypeAlias

from bsc_coach.script.slots import StepId
from bsc_coach.script.tables import Check, ScriptTable, UnionByKey, members_of


class AnswerIs(ScriptTable):
    """The answer to a step is one value, one of several, or (for several choices) holds a value."""

    answer: StepId
    is_: str | None = None
    any_of: tuple[str, ...] = ()
    has: str | None = None

    @property
    def wanted(self) -> tuple[str, ...]:
        """Every value that makes this true."""
        single = tuple(value for value in (self.is_, self.has) if value is not None)
        return single + self.any_of


class IsAnswered(ScriptTable):
    """A step is answered; false once it was declined."""

    answered: StepId


class IsParked(ScriptTable):
    """A step is parked."""

    parked: StepId


class Count(ScriptTable):
    """A list has at least or at most so many items."""

    count: StepId
    at_least: Annotated[int, Check(ge=0)] | None = None
    at_most: Annotated[int, Check(ge=0)] | None = None


class ItemIn(ScriptTable):
    """The innermost item is one of those picked in a step."""

    item_in: StepId


class ItemIs(ScriptTable):
    """The item of a fixed list around this step is the one named."""

    item: StepId
    is_: str | None = None
    any_of: tuple[str, ...] = ()

    @property
    def wanted(self) -> tuple[str, ...]:
        """Every item id that makes this true."""
        return (() if self.is_ is None else (self.is_,)) + self.any_of


class AllOf(ScriptTable):
    """Every one of several predicates holds."""

    all: Annotated[tuple[Predicate, ...], Check(min_length=1)]


class AnyOf(ScriptTable):
    """At least one of several predicates holds."""

    any: Annotated[tuple[Predicate, ...], Check(min_length=1)]


class Not(ScriptTable):
    """A predicate does not hold; unknown stays unknown."""

    not_: Predicate


Predicate: TypeAlias = Annotated[
    AnswerIs | IsAnswered | IsParked | Count | ItemIn | ItemIs | AllOf | AnyOf | Not, UnionByKey()
]
FORM_MODELS = members_of(Predicate)
"""The forms by the key that tells each."""
FORMS = tuple(FORM_MODELS)


def leaves(predicate: Predicate) -> Iterator[AnswerIs | IsAnswered | IsParked | Count | ItemIn | ItemIs]:
    """Yield the predicates that name a step, from left to right."""
    match predicate:
        case AllOf():
            for inner in predicate.all:
                yield from leaves(inner)
        case AnyOf():
            for inner in predicate.any:
                yield from leaves(inner)
        case Not():
            yield from leaves(predicate.not_)
        case _:
            yield predicate


def named_step(leaf: AnswerIs | IsAnswered | IsParked | Count | ItemIn | ItemIs) -> StepId:
    """Name the step that a leaf predicate is about."""
    match leaf:
        case AnswerIs():
            return leaf.answer
        case IsAnswered():
            return leaf.answered
        case IsParked():
            return leaf.parked
        case Count():
            return leaf.count
        case ItemIn():
            return leaf.item_in
        case ItemIs():
            return leaf.item
