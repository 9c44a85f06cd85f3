"""The comparison of two strategies held against a slow second version, on strategies edited at random."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from bsc_coach.strategy.comparison import Change, compare
from bsc_coach.strategy.model import Strategy
from tests.support.any_strategies import is_list, parts, places, refers, two_values, with_value
from tests.support.oracles.comparison import Told, as_told, differences
from tests.support.strategies import RIVERBEND

Compare = Callable[[Strategy, Strategy], tuple[Change, ...]]
Table = dict[str, Any]
PLACES = [place for place in places() if place.part != "extra" or place.field == "answer"]
LISTS = [part for part in parts() if is_list(part)]
MOVABLE = [part for part in LISTS if part not in ("clusters", "extra")]
LETTERS = {
    part: "".join(filter(str.isalpha, getattr(RIVERBEND, part)[0].id))
    for part in MOVABLE
    if getattr(RIVERBEND, part)
}
LETTERS["growth_levers"] = "G"
"""What the ids of a part begin with."""
TITLES = ["Amber lamps", "Lamps, amber", "Shorten the wait", "A calm night", "Second MRI", ""]


def items(table: Table, part: str) -> list[Table]:
    if part == "attributes":
        return table["proposition"]["attributes"]  # type: ignore[no-any-return]
    return table[part] if isinstance(table[part], list) else [table[part]]


@st.composite
def edited(draw: st.DrawFn) -> Strategy:
    """The sample after a few edits that people make: in the file, or in next year's session."""
    table: Table = RIVERBEND.model_dump(mode="json")
    for _ in range(draw(st.integers(1, 6))):
        draw(st.sampled_from([fill, fill, empty, drop, add, renumber, reorder, choose]))(draw, table)
    table["language"] = draw(st.sampled_from(["en", "nl"]))
    try:
        return Strategy.model_validate(table)
    except ValidationError:
        assume(False)
        raise


def fill(draw: st.DrawFn, table: Table) -> None:
    place = draw(st.sampled_from(PLACES))
    among = items(table, place.part)
    if among:
        *path, last = place.field.split(".")
        target = draw(st.sampled_from(among))
        for name in path:
            target = target.setdefault(name, {})
        titled = place.field in ("title", "name")
        target[last] = draw(st.sampled_from(TITLES if titled else list(two_values(place))))


def empty(draw: st.DrawFn, table: Table) -> None:
    place = draw(
        st.sampled_from([one for one in PLACES if not one.model.model_fields[one.name].is_required()])
    )
    among = items(table, place.part)
    if among and "." not in place.field:
        draw(st.sampled_from(among)).pop(place.field, None)


def drop(draw: st.DrawFn, table: Table) -> None:
    among = table[draw(st.sampled_from(LISTS))]
    if among:
        among.remove(draw(st.sampled_from(among)))


def add(draw: st.DrawFn, table: Table) -> None:
    part = draw(st.sampled_from(MOVABLE))
    made: Table = {"id": f"{LETTERS.get(part, 'O')}{draw(st.integers(7, 9))}"}
    for place in PLACES:
        required = place.model.model_fields[place.name].is_required()
        if place.part == part and (required or place.field in ("title", "name", "cause", "effect")):
            made[place.name] = draw(st.sampled_from(two_values(place)))
    if made["id"] not in [one["id"] for one in table[part]]:
        table[part].append(made)


def renumber(draw: st.DrawFn, table: Table) -> None:
    """Give an item another id, perhaps that of another one, everywhere or only where it stands."""
    part = draw(st.sampled_from(MOVABLE))
    if not table[part]:
        return
    before = draw(st.sampled_from(table[part]))["id"]
    letters = LETTERS.get(part, "O")
    after = draw(st.sampled_from([f"{letters}8", f"{letters}17", table[part][0]["id"]]))
    # An objective has the id of the candidate that it describes.
    for name in ("objectives", "candidates") if part in ("objectives", "candidates") else (part,):
        for other in table[name]:
            swapped = {after: f"{letters}19", before: after}
            other["id"] = swapped.get(other["id"], other["id"])
    if draw(st.booleans()):
        for place in [one for one in PLACES if refers(one)]:
            for other in items(table, place.part):
                told = other.get(place.field)
                if isinstance(told, list):
                    other[place.field] = [after if name == before else name for name in told]
                elif told == before:
                    other[place.field] = after


def reorder(draw: st.DrawFn, table: Table) -> None:
    part = draw(st.sampled_from(LISTS))
    table[part] = draw(st.permutations(table[part]))


def choose(draw: st.DrawFn, table: Table) -> None:
    if table["candidates"]:
        one = draw(st.sampled_from(table["candidates"]))
        one["selected"] = not one.get("selected", False)


def sorted_out(strategy: Strategy) -> bool:
    """Tell whether every id and every wording stands once: else nobody can know which is which."""
    ids: list[str] = [one.id for part in MOVABLE if part != "candidates" for one in getattr(strategy, part)]
    every: list[list[object]] = [ids, [one.id for one in strategy.candidates]]
    every.append([(one.cause, one.effect) for one in strategy.links])
    for part in MOVABLE:
        named = (getattr(one, "title", None) or getattr(one, "name", None) for one in getattr(strategy, part))
        every.append([tuple(sorted(name.lower().replace(",", "").split())) for name in named if name])
    return all(len(told) == len(set(told)) for told in every)


def unlike(
    one: Strategy, other: Strategy, compared: Compare = compare, known: set[Told] | None = None
) -> tuple[object, object]:
    """Return what only the program tells, and what only the oracle does."""
    expected = differences(one, other) if known is None else known
    found = {told for change in compared(one, other) for told in as_told(change)}
    return sorted(found - expected), sorted(expected - found)


ANY = settings(deadline=None, database=None, suppress_health_check=list(HealthCheck))


@cache
def pairs() -> tuple[tuple[Strategy, Strategy, set[Told]], ...]:
    """Return strategies and how they differ: edited at random, the same each time, and for each field."""
    found = []

    @settings(ANY, max_examples=80, derandomize=True, phases=(Phase.generate,))
    @given(edited(), edited())
    def gather(one: Strategy, other: Strategy) -> None:
        if sorted_out(one) and sorted_out(other):
            found.append((one, other))

    gather()
    for place in PLACES:
        one, other = two_values(place)
        found.append((with_value(place, one), with_value(place, other)))
    return tuple((one, other, differences(one, other)) for one, other in found)


def test_any_two_strategies_are_compared_as_the_oracle_says() -> None:
    assert len(pairs()) > len(PLACES) + 50
    for one, other, known in pairs():
        assert unlike(one, other, known=known) == ([], [])


@pytest.mark.slow
@settings(ANY, max_examples=750, derandomize=settings().derandomize)
@given(edited(), edited())
def test_any_two_strategies_are_compared_as_the_oracle_says_for_long(one: Strategy, other: Strategy) -> None:
    assume(sorted_out(one) and sorted_out(other))
    assert unlike(one, other) == ([], [])


# Comparisons with a fault on purpose.


def only(seen: Callable[[Change], bool]) -> Compare:
    """Return a comparison that tells only some of the changes."""
    return lambda old, new: tuple(change for change in compare(old, new) if seen(change))


def as_lists(old: Strategy, new: Strategy) -> tuple[Change, ...]:
    """Tell two items apart by their place in the list."""
    told = list(compare(old, new))
    for part in MOVABLE:
        for one, other in zip(getattr(old, part), getattr(new, part), strict=False):
            if one.id != other.id and not any(change.id == other.id for change in told):
                told.append(Change(part=part, what="changed", id=other.id, field="place"))
    return tuple(told)


def by_id_alone(old: Strategy, new: Strategy) -> tuple[Change, ...]:
    """Know an item again by its id, whatever it is called now."""

    def named(strategy: Strategy) -> Strategy:
        items = tuple(one.model_copy(update={"title": one.id}) for one in strategy.promises)
        return strategy.model_copy(update={"promises": items})

    return compare(named(old), named(new))


FAULTS: dict[str, Compare] = {
    "what was dropped": only(lambda change: change.what != "dropped"),
    "what stands in a part of a part": only(lambda change: "." not in (change.field or "")),
    "attributes of the proposition": only(lambda change: change.part != "attributes"),
    "dates of targets": only(lambda change: change.what != "moved" or change.before != change.after),
    "other ids": only(lambda change: change.what != "renumbered"),
    "references": only(lambda change: change.field not in ("cause", "effect", "objectives", "process")),
    "the order": as_lists,
    "words": by_id_alone,
}


@pytest.mark.parametrize("about", FAULTS)
def test_a_comparison_with_a_fault_is_found_out(about: str) -> None:
    assert any(unlike(one, other, FAULTS[about], known) != ([], []) for one, other, known in pairs())
