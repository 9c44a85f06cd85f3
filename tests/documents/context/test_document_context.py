"""The context of templates: plain, complete in words, and described in docs/templates.md."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import pytest
from pydantic import BaseModel

from bsc_coach.documents.context.document_context import CONTEXT_VERSION, build_context
from bsc_coach.documents.context.open_points import POINT_ORDER
from bsc_coach.documents.context.scores import quadrant
from bsc_coach.documents.context.tables import CHOICES, DATES
from bsc_coach.documents.context.words import DocumentWords
from bsc_coach.strategy import model
from bsc_coach.strategy.model import Organisation, Strategy
from bsc_coach.strategy.notes import Notes, PointKind
from tests.support.strategies import EMPTY, NO_NOTES, RIVERBEND, RIVERBEND_NOTES

ENGLISH = DocumentWords("en")
GUIDE = Path(__file__).parents[3] / "docs" / "templates.md"


def choice_ids(annotation: Any) -> Iterator[object]:
    """Every choice id that a field with ``annotation`` may hold."""
    if get_origin(annotation) is Literal:
        yield from get_args(annotation)
    for inner in get_args(annotation):
        yield from choice_ids(inner)


def fields() -> Iterator[tuple[type[BaseModel], str, Any]]:
    parts = [kind for kind in vars(model).values() if isinstance(kind, type) and issubclass(kind, model.Part)]
    for part in parts:
        for name, field in part.model_fields.items():
            yield part, name, field.annotation


def test_every_choice_of_the_model_has_words() -> None:
    for part, name, annotation in fields():
        if part is Strategy or not (ids := list(choice_ids(annotation))):
            continue
        group = CHOICES[part][name]
        assert all(ENGLISH.choice(group, choice) for choice in ids)


def test_every_coarse_date_of_the_model_has_words() -> None:
    for part, name, annotation in fields():
        if "[0-9]{4}(-" in str(annotation):
            assert name in DATES[part]


def test_every_kind_of_point_has_its_place_and_words() -> None:
    assert set(POINT_ORDER) == set(get_args(PointKind))
    assert all(ENGLISH.choice("point", kind) for kind in POINT_ORDER)


def only_plain(value: Any) -> bool:
    if isinstance(value, dict):
        return all(type(key) is str and only_plain(inner) for key, inner in value.items())
    if isinstance(value, tuple):
        return all(only_plain(inner) for inner in value)
    return value is None or type(value) in (str, int, float, bool)


@pytest.mark.parametrize(
    ("strategy", "notes"), [(EMPTY, NO_NOTES), (RIVERBEND, RIVERBEND_NOTES)], ids=["empty", "riverbend"]
)
def test_the_context_is_plain_data(strategy: Strategy, notes: Notes) -> None:
    context = build_context(strategy, notes)
    assert context["context"] == CONTEXT_VERSION
    assert only_plain(context)
    json.dumps(context)


def test_an_empty_strategy_has_the_same_names_as_a_full_one() -> None:
    assert build_context(EMPTY, NO_NOTES).keys() == build_context(RIVERBEND, RIVERBEND_NOTES).keys()


def names(value: Any) -> Iterator[str]:
    """Every name in the context, but for words and ids, which are looked up and not named."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in ("words", "board"):
                continue
            if not re.fullmatch(r"[A-Z]+[0-9.]+", key):
                yield key
            yield from names(inner)
    elif isinstance(value, tuple):
        for inner in value:
            yield from names(inner)


def test_every_name_of_the_context_is_described() -> None:
    described = set(re.findall(r"[a-z_]+", " ".join(re.findall(r"`([^`]*)`", GUIDE.read_text()))))
    told = set(names(build_context(RIVERBEND, RIVERBEND_NOTES)))
    by_rule = {name for name in told if name.endswith("_text") and name.removesuffix("_text") in described}
    assert told - described - by_rule == set()


def test_blank_text_counts_as_absent_and_control_characters_go() -> None:
    strategy = Strategy(organisation=Organisation(name=" \n ", ambition="a\x1b[2Jb"))
    organisation = build_context(strategy, NO_NOTES)["organisation"]
    assert organisation["name"] is None
    assert organisation["ambition"] == "a[2Jb"


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (14200, "14,200"),
        (13900.0, "13,900"),
        (0.8, "0.8"),
        (-5, "−5"),
        (0, "0"),
        (1234567.25, "1,234,567.25"),
        (10**400, "1.000000e+400"),
        (5e-324, "5.000000e−324"),
    ],
)
def test_numbers_have_the_separators_of_the_language(value: float, told: str) -> None:
    assert ENGLISH.number(value) == told


@pytest.mark.parametrize(
    ("unit", "told"),
    [
        (None, "8.1"),
        ("%", "8.1%"),
        ("% points", "8.1% points"),
        ("$", "$8.10"),
        ("€ per visit", "€8.10 per visit"),
        ("€ mln", "€8.1 mln"),
        ("min", "8.1 min"),
    ],
)
def test_units_stand_where_the_language_puts_them(unit: str | None, told: str) -> None:
    assert ENGLISH.amount(8.1, unit) == told


@pytest.mark.parametrize(
    ("date", "told"),
    [
        ("2028", "2028"),
        ("2028-06", "June 2028"),
        ("2028-06-03", "3 June 2028"),
        ("2028-13", "2028-13"),
        ("soon", "soon"),
    ],
)
def test_dates_are_as_coarse_as_they_were_given(date: str, told: str) -> None:
    assert ENGLISH.date(date) == told


@pytest.mark.parametrize(
    ("influence", "performance", "told"),
    [
        (5, 3, "concentrate"),
        (4, 4, "protect"),
        (3, 3, "low"),
        (3, 4, "overkill"),
        (None, 4, None),
        (4, None, None),
    ],
)
def test_quadrants(influence: int | None, performance: int | None, told: str | None) -> None:
    assert quadrant(influence, performance) == told
