"""``diff`` of every part of a strategy and every field of it, made from the model: what is new, gone, other.

Two strategies differ in one thing; exactly that one is told, as JSON and in words of both languages, with the
id of the item and what the values mean. A field that is added to the model is among them without being named.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, get_args

import pytest
from pydantic import BaseModel

from bsc_coach.documents.context import tables
from bsc_coach.documents.context.words import DocumentWords
from bsc_coach.documents.reports import changes
from bsc_coach.documents.reports.changes import as_markdown, told_apart
from bsc_coach.strategy.agreement import FEWEST
from bsc_coach.strategy.comparison import Change, compare
from bsc_coach.strategy.model import Participant, Promise, PropositionType, Strategy
from bsc_coach.strategy.reading_lines import line_of
from bsc_coach.words import say
from tests.support.any_strategies import (
    NO_PARTS,
    TITLE,
    Place,
    an_item,
    choices,
    holding,
    is_several,
    models,
    places,
    refers,
    two_values,
    with_value,
)

Compare = Callable[[Strategy, Strategy], tuple[Change, ...]]
LANGUAGES = ("en", "nl")
OWN = "extra"
"""Answers to questions of one's own are known by their question, and told with the answer."""
PLACES = [place for place in places() if place.part != OWN or place.field == "answer"]
LISTS = [part for part in models() if is_several(part) and part not in ("attributes", "clusters")]
UNSAID = {"candidates.selected"}
"""Told as an objective that is new or gone."""
REWORDED = {*LISTS} - {"participants"}
OTHER_WORDS: dict[str, tuple[str, ...]] = {
    "segments.choice": ("served", "not_served", "changed"),
    "links.confidence": ("surer", "less_sure", "changed"),
    "kpis.target": ("moved",),
    "kpis.target_date": ("moved",),
}
"""What is more than that something changed, beside owners and wordings."""


def value_at(strategy: Strategy, place: Place) -> tuple[BaseModel, Any]:
    """Return the part of a part that a place is in, and what stands there."""
    part: Any = (
        strategy.proposition.attributes if place.part == "attributes" else getattr(strategy, place.part)
    )
    inner = part[-1] if isinstance(part, tuple) else part
    *path, last = place.field.split(".")
    for name in path:
        inner = getattr(inner, name)
    told = getattr(inner, last)
    if place.name == "readings":
        told = tuple(line_of(one) for one in told)
    return inner, None if told == () else told


def words_of(strategy: Strategy, place: Place, language: str) -> str:
    """Return how a reader says what stands at a place: in the words that documents have for it."""
    speak = DocumentWords(language)
    inner, value = value_at(strategy, place)
    if value is None:
        return say("diff.empty", language)
    told = tables.plain(inner, speak)
    if place.name == "dots" or place.name.endswith("_votes"):
        assert isinstance(value, tuple)
        assert len(value) < FEWEST, "the spread of so many ballots is told as well"
        found = sum(value) / len(value) if isinstance(value[0], int | float) else None
        mean = speak.choice("confidence", value[0]) if found is None else speak.number(round(found, 1))
        key = "few" if found is not None else "few_choices"
        return speak.say(f"sentence.outcome_{key}", mean=mean, n=len(value))
    if place.name == "readings" or place.name.endswith("written"):
        is_text = place.name != "readings"
        return say("diff.texts", language, n=len(value)) if is_text else reading_in_words(inner, speak)
    if f"{place.name}_text" in told:
        text = told[f"{place.name}_text"]
        return text if isinstance(text, str) else speak.listing(text)
    assert not choices(place), f"{place} has choices, and documents no words for them"
    if place.field == "points":
        each = zip(value.split(), get_args(PropositionType), strict=True)
        told_each = [(n, speak.choice("proposition", one)) for n, one in each]
        return speak.listing(
            [speak.say("sentence.points_for", n=n, type=one[:1].lower() + one[1:]) for n, one in told_each]
        )
    if refers(place):
        titles = {one.id: f"{one.id} {one.title}" for one in strategy.objectives}
        return speak.listing([titles[one] for one in (value if isinstance(value, tuple) else (value,))])
    if isinstance(value, int | float):
        return str(value) if place.name.endswith("year") else speak.number(value)
    return str(value)


def reading_in_words(kpi: Any, speak: DocumentWords) -> str:
    """Return the one reading of a KPI as a reader says it."""
    (reading,) = kpi.readings
    note = f" ({reading.note})" if reading.note else ""
    return f"{speak.date(reading.date)}: {speak.number(reading.value)}{note}"


def one_line(one: Strategy, other: Strategy, language: str, compared: Compare = compare) -> str:
    """Return the one line that the difference comes to, which also stands in the page."""
    found = compared(one, other)
    groups = told_apart(found, one, other, language)
    (line,) = [line for group in groups for line in group.lines]
    page = as_markdown(groups, None, language)
    assert [told for told in page.splitlines() if told.startswith("- ")] == [f"- {line}"]
    assert page.count("\n## ") == 1
    return line


def pairs_at(place: Place) -> list[tuple[Strategy, Strategy]]:
    """Return strategies that differ in one field only: another value, none before, none after."""
    first, second = two_values(place)
    values = [(first, second), (second, first)]
    if not place.model.model_fields[place.name].is_required():
        values += [(None, second), (first, None)]
    return [(with_value(place, one), with_value(place, other)) for one, other in values]


def what_of(place: Place, before: object, after: object) -> tuple[str, ...]:
    if place.name in ("title", "name") and place.part in REWORDED and before and after:
        return ("reworded",)
    if place.name in ("owner_role", "owner"):
        return ("other_owner",)
    return OTHER_WORDS.get(str(place), ("changed",))


def check_json(place: Place, one: Strategy, other: Strategy, compared: Compare = compare) -> None:
    """Hold the one change against what was made otherwise."""
    (change,) = compared(one, other)
    before, after = (value_at(side, place)[1] for side in (one, other))
    told = (
        (change.date_before, change.date) if place.field == "target_date" else (change.before, change.after)
    )
    assert (change.part, *told) == (place.part, before, after)
    assert change.field == ("target" if place.field == "target_date" else place.field)
    assert change.what in what_of(place, before, after)
    assert (
        change.id == (an_item(place.part).get("id") if is_several(place.part) else None) or place.part == OWN
    )


def check_words(place: Place, one: Strategy, other: Strategy, language: str) -> str:
    """Hold the line against what was made otherwise; return it without the values."""
    line = one_line(one, other, language)
    before, after = (words_of(side, place, language) for side in (one, other))
    assert before in line
    assert after in line
    assert "None" not in line
    known_by = an_item(place.part).get("id", "") if is_several(place.part) else ""
    if place.part in ("attributes", "clusters"):
        known_by = DocumentWords(language).choice(place.part.removesuffix("s"), known_by)
    assert known_by in line
    named_otherwise = ("attributes", "clusters", "links", OWN)
    if place.name not in ("title", "name") and place.part not in named_otherwise:
        assert not is_several(place.part) or TITLE in line
    return line.replace(before, "…").replace(after, "…")


@pytest.mark.parametrize("place", [one for one in PLACES if str(one) not in UNSAID], ids=str)
def test_another_value_of_a_field_is_the_one_change(place: Place) -> None:
    for number, (one, other) in enumerate(pairs_at(place)):
        check_json(place, one, other)
        check_words(place, one, other, LANGUAGES[number % 2])
        assert compare(one, one.model_copy()) == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_fields_of_a_part_are_called_the_same(language: str) -> None:
    told: dict[tuple[str, str], Place] = {}
    for place in PLACES:
        if str(place) not in UNSAID | {"kpis.target_date"}:
            frame = check_words(place, *pairs_at(place)[0], language)
            assert (place.part, frame) not in told, f"{place} and {told[place.part, frame]}: {frame}"
            told[place.part, frame] = place


@pytest.mark.parametrize("part", LISTS)
def test_what_is_new_or_gone_is_the_one_change(part: str) -> None:
    without, with_it = holding(part), holding(part, an_item(part))
    for one, other, what in (
        (without, with_it, "new"),
        (with_it, without, "dropped"),
    ):
        (change,) = compare(one, other)
        assert (change.part, change.what) == (part, what)
        assert change.id == an_item(part).get("id", change.id)
        for language in LANGUAGES:
            line = one_line(one, other, language)
            assert line.startswith(say(f"diff.said.{what}", language, label=""))
            assert an_item(part).get("id", "") in line
            titled = {"title", "name"} & an_item(part).keys()
            assert TITLE in line or not titled


@pytest.mark.parametrize("part", LISTS)
def test_the_order_of_a_list_is_no_change(part: str) -> None:
    items = [an_item(part, item_id, title) for item_id, title in (("Z7", TITLE), ("Z8", "Second MRI"))]
    if part == OWN:
        items[1] |= {"step": "own.other"}
    if part == "links":
        items[1] |= {"cause": "O1", "effect": "O2"}
    assert compare(holding(part, *items), holding(part, *reversed(items))) == ()


@pytest.mark.parametrize("part", [part for part in LISTS if {"title", "name"} & an_item(part).keys()])
def test_another_id_of_the_same_words_is_the_one_change(part: str) -> None:
    one, other = holding(part, an_item(part, "Z7")), holding(part, an_item(part, "Z8"))
    if part == "participants":
        assert compare(one, other) == ()  # nobody is called by that id
        return
    (change,) = compare(one, other)
    assert (change.part, change.what, change.before, change.after) == (part, "renumbered", "Z7", "Z8")
    for language in LANGUAGES:
        line = one_line(one, other, language)
        assert "Z7" in line
        assert f"Z8 {TITLE}" in line


def test_a_target_that_has_only_a_date_is_told_by_the_date() -> None:
    place = next(place for place in places() if str(place) == "kpis.target_date")
    dated = [with_value(place, date) for date in (None, "2027-05", "2028-06")]
    assert one_line(dated[1], dated[2], "en") == f"Z7 {TITLE}: target date from May 2027 to June 2028"
    assert one_line(dated[0], dated[2], "nl") == f"Z7 {TITLE}: streefdatum van niets naar juni 2028"
    aimed = holding("kpis", an_item("kpis") | {"target": 14, "target_date": "2028-06"})
    assert one_line(dated[1], aimed, "en") == f"Z7 {TITLE}: target from nothing to 14 by June 2028"


def test_a_person_is_known_by_name_or_by_role() -> None:
    def room(**told: str) -> Strategy:
        return Strategy(participants=(Participant(id="PP3", **told),))

    assert one_line(Strategy(), room(role="Treasurer"), "en") == "New: PP3 Treasurer"
    assert one_line(room(name="Ann"), room(name="Bo"), "en") == "PP3 Bo, name: “Ann” → “Bo”"


def test_choosing_a_candidate_is_a_new_objective() -> None:
    place = next(place for place in places() if str(place) == "candidates.selected")
    one, other = with_value(place, False), with_value(place, True)
    assert one_line(one, other, "en") == f"New: Z7 {TITLE}"
    assert one_line(other, one, "en") == f"Dropped: Z7 {TITLE}"


def test_every_part_and_field_of_the_model_is_among_them() -> None:
    every = {name for name in Strategy.model_fields if name not in NO_PARTS}
    assert {place.part for place in places()} == every | {"attributes"}
    for part, model in models().items():
        told = {place.field.partition(".")[0] for place in places() if place.part == part}
        assert told | {"id", "attributes"} >= set(model.model_fields)
    assert len(PLACES) > 120


class Moody(Promise):
    """A promise with a field that nobody has given words to."""

    mood: Literal["gay", "grave"] | None = None


class MoodyStrategy(Strategy):
    """A model to which somebody added a field."""

    promises: tuple[Moody, ...] = ()


def test_a_field_that_was_added_has_to_have_words() -> None:
    (added,) = [place for place in places(MoodyStrategy) if place not in places() and place.name == "mood"]
    assert two_values(added) == ("gay", "grave")
    strategy = MoodyStrategy(promises=(Moody(id="C1", title=TITLE, mood="gay"),))
    with pytest.raises(AssertionError, match="no words"):
        words_of(strategy, added, "en")


def nothing_nested(old: Strategy, new: Strategy) -> tuple[Change, ...]:
    return tuple(one for one in compare(old, new) if "." not in (one.field or ""))


def everything_twice(old: Strategy, new: Strategy) -> tuple[Change, ...]:
    return compare(old, new) * 2


@pytest.mark.parametrize("compared", [nothing_nested, everything_twice])
def test_a_comparison_that_tells_less_or_more_is_found_out(compared: Compare) -> None:
    place = next(place for place in places() if str(place) == "kpis.benchmark.source")
    with pytest.raises(ValueError, match="to unpack"):
        check_json(place, *pairs_at(place)[0], compared)
    with pytest.raises(ValueError, match="to unpack"):
        one_line(*pairs_at(place)[0], "en", compared)


FAULTS = {
    "CHOICES": ({}, "outcomes.horizon"),
    "DATES": ({}, "assumptions.test_date"),
    "REFERENCES": (frozenset(), "kpis.process"),
    "points_listed": (lambda points, _: points, "proposition.points"),
    "within": (lambda _: "field", "kpis.formula"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_ids_where_words_should_be_are_found_out(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    broken, path = FAULTS[name]
    place = next(place for place in places() if str(place) == path)
    if name == "within":
        monkeypatch.setattr(changes, name, broken)
        with pytest.raises(AssertionError, match="field"):
            test_no_two_fields_of_a_part_are_called_the_same("en")
        return
    check_words(place, *pairs_at(place)[0], "en")
    monkeypatch.setattr(changes, name, broken)
    with pytest.raises(AssertionError):
        check_words(place, *pairs_at(place)[0], "en")
