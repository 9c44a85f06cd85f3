"""Tables of a script: frozen dataclasses that pydantic and the reader without it make alike."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields, replace
from typing import Annotated, Any, Literal, TypeAlias, get_args

import pytest
from pydantic import TypeAdapter, ValidationError

from bsc_coach.script.model import KIND_MODELS, Answerable, DateStep, PickStep, QuestionStep, Section
from bsc_coach.script.predicates import FORM_MODELS, FORMS, Not, Predicate
from bsc_coach.script.step_parts import Choice
from bsc_coach.script.tables import Check, UnionByKind, members_of
from bsc_coach.script.unchecked import build


class RatingStep(QuestionStep):
    """A kind of question that the program does not have."""

    kind: Literal["rating"] = "rating"
    stars: Annotated[int, Check(ge=2)] = 5
    weights: tuple[float, ...] = ()
    instead: Choice | None = None


WithRating: TypeAlias = Annotated[Section | DateStep | RatingStep, UnionByKind()]
RATING = {
    "kind": "rating",
    "id": "visit.rating",
    "in": "visit",
    "ask": "How was it?",
    "stars": 3,
    "weights": [1, 2.5],
    "instead": {"id": "none", "text": "No idea", "when": {"not": {"any": [{"answer": "a", "is": "b"}]}}},
}


def faults(told: dict[str, Any]) -> list[tuple[str, tuple[int | str, ...]]]:
    """Return what pydantic finds wrong with a table."""
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(WithRating).validate_python(told)
    return [(fault["type"], fault["loc"]) for fault in caught.value.errors()]


def test_a_new_kind_is_known_by_standing_in_the_union() -> None:
    assert list(members_of(WithRating)) == ["section", "date", "rating"]
    checked = TypeAdapter(WithRating).validate_python(RATING)
    assert isinstance(checked, RatingStep)
    unchecked = build(RatingStep, RATING)
    assert (checked, repr(checked), hash(checked)) == (unchecked, repr(unchecked), hash(unchecked))
    assert (checked.within, checked.weights, checked.rev) == ("visit", (1.0, 2.5), 1)
    assert checked.instead is not None
    assert isinstance(checked.instead.when, Not)


def test_its_constraints_hold_in_files_of_people() -> None:
    assert faults({**RATING, "stars": 1}) == [("greater_than_equal", ("rating", "stars"))]
    assert faults({**RATING, "starz": 4}) == [("unexpected_keyword_argument", ("rating", "starz"))]
    assert faults({key: value for key, value in RATING.items() if key != "ask"}) == [
        ("missing", ("rating", "ask"))
    ]
    assert faults({**RATING, "kind": "stars"})[0][0] == "union_tag_invalid"


def test_every_question_and_every_condition_is_known() -> None:
    assert set(get_args(Answerable)) < set(KIND_MODELS.values())
    assert list(FORM_MODELS.values()) == list(get_args(get_args(Predicate)[0]))
    assert FORMS == ("answer", "answered", "parked", "count", "item_in", "item", "all", "any", "not")


def test_a_table_is_frozen_and_compares_by_what_it_holds() -> None:
    choice = Choice(id="a", text="A")
    assert choice == Choice(text="A", id="a")
    assert {choice, Choice(id="a", text="A")} == {choice}
    assert replace(choice, text="B") == Choice(id="a", text="B") != choice
    assert choice != Section(id="a", title="A")
    with pytest.raises(FrozenInstanceError):
        choice.text = "B"  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        del choice.text
    assert choice.text == "A"


@pytest.mark.parametrize("values", [{"id": "a"}, {"id": "a", "text": "A", "color": "red"}, {}])
def test_a_table_with_other_fields_than_its_own_cannot_be_made(values: dict[str, str]) -> None:
    with pytest.raises(TypeError, match="Choice"):
        Choice(**values)  # type: ignore[arg-type]


def test_a_base_with_a_default_does_not_make_a_needed_field_optional() -> None:
    needed = {one.name for one in fields(PickStep) if one.name in PickStep._required}  # type: ignore[arg-type]
    assert needed == {"id", "ask", "source"}
