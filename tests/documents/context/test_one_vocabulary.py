"""One vocabulary for every choice: what a question offers is what minutes, documents and legend say of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from typing import get_args

import pytest
from pydantic import BaseModel

from bsc_coach.documents.context.tables import CHOICES
from bsc_coach.documents.map.svg import render_svg
from bsc_coach.documents.reports.minutes import render_minutes
from bsc_coach.documents.web.html import render_html
from bsc_coach.interview.minutes import to_minutes
from bsc_coach.interview.notes import to_notes
from bsc_coach.interview.projection import to_strategy
from bsc_coach.strategy.model import Strategy
from bsc_coach.text import normal
from bsc_coach.words import texts
from tests.support.riverbend import riverbend_plan, strategy_map

LANGUAGES = ("en", "nl")
Words = Mapping[str, Mapping[str, str]]
"""The words of each choice, by the group they stand in and the id of the choice."""


def groups_of(field: str) -> Sequence[str]:
    """Return the group of words that says the choices of a field, as scripts name fields; or nothing."""
    kind: type[BaseModel] = Strategy
    *way, last = field.replace("[]", "").split(".")
    for name in way:
        inner = kind.model_fields[name].annotation
        found = [one for one in (inner, *get_args(inner)) if isinstance(one, type)]
        kind = next(one for one in found if issubclass(one, BaseModel))
    return [CHOICES[kind][last]] if last in CHOICES.get(kind, {}) else []


def offered(language: str) -> Iterator[tuple[str, str, str]]:
    """Yield what the questions offer: the group of a choice, its id and its words."""
    script = strategy_map()
    for step in script.steps:
        translated = script.translations.get(language, {}).get(step.id, {})
        for group in groups_of(step.field) if getattr(step, "choices", ()) and step.field else ():
            for choice in step.choices:  # type: ignore[union-attr]
                yield group, choice.id, translated.get(f"choice.{choice.id}", choice.text)


def told_otherwise(language: str, words: Words) -> list[str]:
    """Return the choices that ``words`` tell otherwise than the questions offer them."""
    return [
        f"{group}.{choice}: {text} / {words[group].get(choice)}"
        for group, choice, text in offered(language)
        if normal(words[group].get(choice, "").removeprefix(f"{choice} – ")) != normal(text)
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_documents_say_every_choice_in_the_words_of_its_question(language: str) -> None:
    assert len({group for group, _, _ in offered(language)}) > 20
    words = texts("document", language)["choice"]
    assert told_otherwise(language, words) == []
    other = {**words, "horizon": {**words["horizon"], "short": "soon"}}  # the control
    assert {one.split(":")[0] for one in told_otherwise(language, other)} == {"horizon.short"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_legend_of_the_map_has_the_words_of_the_questions(language: str) -> None:
    strategy = to_strategy(riverbend_plan()).model_copy(update={"language": language})
    drawn = normal(render_svg(strategy))
    for group, choice, text in offered(language):
        if group in ("horizon", "confidence"):
            assert normal(text) in drawn, f"{group}.{choice}"
    assert normal("whenever it suits") not in drawn  # the control


def test_minutes_and_document_tell_what_was_chosen_in_one_way() -> None:
    plan = riverbend_plan()
    strategy, notes = to_strategy(plan), to_notes(plan)
    told = {
        "minutes": normal(render_minutes(strategy, notes, to_minutes(plan))),
        "document": normal(unescape(render_html(strategy, notes))),
    }
    chosen = {
        (group, getattr(part, name))
        for parts in (
            strategy.outcomes,
            strategy.promises,
            strategy.objectives,
            strategy.enablers,
            strategy.links,
            strategy.kpis,
        )
        for part in parts
        for name, group in CHOICES.get(type(part), {}).items()
        if isinstance(getattr(part, name), str)
    }
    words = {(group, choice): normal(text) for group, choice, text in offered("en")}
    said = {words[one] for one in chosen}
    assert len(said) > 15
    assert {name: [one for one in said if one not in text] for name, text in told.items()} == {
        "minutes": [], "document": [],
    }  # fmt: skip
    assert not any("served first" in text for text in told.values())  # the control: what it once was called
