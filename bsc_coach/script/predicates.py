"""The forms a condition in a script can take: eight predicates, and nothing that computes.

All names are known at load, so a condition about a step that does not exist is found before anybody
is interviewed. ``conditions`` says what they mean for a session.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag

from bsc_coach.script.slots import StepId


class _Form(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, defer_build=True)


class AnswerIs(_Form):
    """The answer to a step is one value, one of several, or (for several choices) holds a value."""

    answer: StepId
    is_: str | None = Field(default=None, alias="is")
    any_of: tuple[str, ...] = ()
    has: str | None = None

    @property
    def wanted(self) -> tuple[str, ...]:
        """Every value that makes this true."""
        single = tuple(value for value in (self.is_, self.has) if value is not None)
        return single + self.any_of


class IsAnswered(_Form):
    """A step is answered; false once it was declined."""

    answered: StepId


class IsParked(_Form):
    """A step is parked."""

    parked: StepId


class Count(_Form):
    """A list has at least or at most so many items."""

    count: StepId
    at_least: int | None = Field(default=None, ge=0)
    at_most: int | None = Field(default=None, ge=0)


class ItemIn(_Form):
    """The innermost item is one of those picked in a step."""

    item_in: StepId


class ItemIs(_Form):
    """The item of a fixed list around this step is the one named."""

    item: StepId
    is_: str | None = Field(default=None, alias="is")
    any_of: tuple[str, ...] = ()

    @property
    def wanted(self) -> tuple[str, ...]:
        """Every item id that makes this true."""
        return (() if self.is_ is None else (self.is_,)) + self.any_of


class AllOf(_Form):
    """Every one of several predicates holds."""

    all: tuple[Predicate, ...] = Field(min_length=1)


class AnyOf(_Form):
    """At least one of several predicates holds."""

    any: tuple[Predicate, ...] = Field(min_length=1)


class Not(_Form):
    """A predicate does not hold; unknown stays unknown."""

    not_: Predicate = Field(alias="not")


FORMS = ("answer", "answered", "parked", "count", "item_in", "item", "all", "any", "not")


def _form(value: Any) -> str | None:
    """Tell the form by its key, so that a misspelt neighbour is reported under the right form."""
    names = value if isinstance(value, dict) else {*getattr(type(value), "model_fields", ()), "not"}
    return next((form for form in FORMS if form in names), None)


Predicate = Annotated[
    Annotated[AnswerIs, Tag("answer")]
    | Annotated[IsAnswered, Tag("answered")]
    | Annotated[IsParked, Tag("parked")]
    | Annotated[Count, Tag("count")]
    | Annotated[ItemIn, Tag("item_in")]
    | Annotated[ItemIs, Tag("item")]
    | Annotated[AllOf, Tag("all")]
    | Annotated[AnyOf, Tag("any")]
    | Annotated[Not, Tag("not")],
    Discriminator(_form),
]


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
    """Return the step that a leaf predicate is about."""
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
