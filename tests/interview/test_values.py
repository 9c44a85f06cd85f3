"""Answers as people type them: numbers and dates of several countries, choices and picks."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bsc_coach.interview.conditions import offer_at
from bsc_coach.interview.facts.log import JsonValue
from bsc_coach.interview.limits import broken_limits
from bsc_coach.interview.values import (
    Offer,
    Refusal,
    RefusedError,
    read_date,
    read_number,
    read_value,
)
from bsc_coach.script.model import NumberStep, PickStep, SeveralStep, TextStep
from bsc_coach.script.slots import ItemId, StepId
from bsc_coach.script.step_parts import Limit
from tests.support.room import Room, baked
from tests.support.scripts import bakery, head, script_of


def refusal_of_number(raw: JsonValue, language: str = "en") -> str:
    with pytest.raises(RefusedError) as refused:
        read_number(raw, language)
    return refused.value.refusal.key


def refusal_of_date(raw: JsonValue, language: str = "en") -> str:
    with pytest.raises(RefusedError) as refused:
        read_date(raw, language)
    return refused.value.refusal.key


@pytest.mark.parametrize("language", ["en", "nl", "de"])
@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("12", 12), ("12.5", 12.5), ("12,5", 12.5), ("-3", -3), ("−3,25", -3.25), ("+4", 4), ("0,125", 0.125),
        ("0.125", 0.125), ("1 234", 1234), ("1\u00a0234,5", 1234.5), ("1\u202f234.5", 1234.5),
        ("1.234.567", 1234567), ("1,234,567", 1234567), ("1,234.5", 1234.5), ("1.234,5", 1234.5),
        ("85 %", 85), ("12,5%", 12.5), ("€ 12,50", 12.5), ("$3", 3), ("1234,567", 1234.567), ("007", 7),
    ],
)  # fmt: skip
def test_numbers_are_read_as_either_side_of_the_sea_writes_them(
    typed: str, number: float, language: str
) -> None:
    assert read_number(typed, language) == number


@pytest.mark.parametrize(
    ("typed", "english", "dutch"),
    [("1,234", 1234, 1.234), ("-9,876", -9876, -9.876), ("1.234", None, None), ("-9.876", None, None)],
)
def test_a_lone_comma_is_read_as_the_language_writes_it_and_a_lone_point_is_asked_about(
    typed: str, english: float | None, dutch: float | None
) -> None:
    for language, number in (("en", english), ("nl", dutch)):
        if number is None:
            assert refusal_of_number(typed, language) == "ambiguous_number"
        else:
            assert read_number(typed, language) == number


@pytest.mark.parametrize("language", ["en", "nl", "de"])
def test_both_ways_out_of_an_ambiguous_number_work(language: str) -> None:
    with pytest.raises(RefusedError) as refused:
        read_number("1.234", language)
    told = refused.value.refusal.values
    assert read_number(str(told["whole"]), language) == 1234
    assert read_number(str(told["fraction"]), language) == 1.234
    assert (told["fraction"] == "1,234") == (language == "nl")


@pytest.mark.parametrize(
    "typed",
    ["twelve", "1e5", "12 kg", "1.23.4", "1,23,4", "--3", "3-4", "NaN", "inf", "0x10", "1..2", ",", "1_000"],
)
def test_what_is_no_number_is_refused(typed: str) -> None:
    assert refusal_of_number(typed) == "not_a_number"


def test_numbers_that_cannot_be_kept_exactly_are_refused() -> None:
    assert refusal_of_number("9007199254740993") == "number_too_large"
    assert refusal_of_number(10**400) == "number_too_large"
    assert refusal_of_number("9" * 400) == "number_too_large"
    assert refusal_of_number(math.inf) == "not_a_number"
    assert refusal_of_number(True) == "not_a_number"
    assert refusal_of_number("") == "empty"


@given(
    st.decimals(min_value=-99999, max_value=99999, places=2, allow_nan=False), st.sampled_from(["en", "nl"])
)
def test_two_decimals_come_through_with_a_point_or_a_comma(number: object, language: str) -> None:
    typed = str(number)
    assert read_number(typed, language) == float(typed)
    assert read_number(typed.replace(".", ","), language) == float(typed)


@given(st.text(max_size=12))
def test_any_text_is_a_number_or_refused_in_words(text: str) -> None:
    try:
        said = str(read_number(text, "en"))
    except RefusedError as refused:
        said = refused.refusal.sentence("en")
    assert said not in ("", "nan", "inf", "-inf")


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2028", "2028"), ("2028-06", "2028-06"), ("2028-6-3", "2028-06-03"), ("2028-06-30", "2028-06-30"),
        ("30-06-2028", "2028-06-30"), ("30/6/2028", "2028-06-30"), ("30.06.2028", "2028-06-30"),
        ("06-2028", "2028-06"), ("June 2028", "2028-06"), ("30 june 2028", "2028-06-30"),
        ("3 Sep 2028", "2028-09-03"), ("dec 2028", "2028-12"), (" 29-02-2028 ", "2028-02-29"),
    ],
)  # fmt: skip
def test_dates_are_kept_as_coarse_as_they_were_written(typed: str, day: str) -> None:
    assert read_date(typed, "en") == day
    assert read_date(day, "en") == day


MONTHS = "jan feb mrt apr mei jun jul aug sep okt nov dec"


@pytest.mark.parametrize(("number", "month"), list(enumerate(MONTHS.split(), start=1)))
def test_months_are_shortened_as_the_dutch_do(number: int, month: str) -> None:
    for typed in (f"{month} 2028", f"{month}. 2028", f"{month.upper()} 2028", f"{month}-2028"):
        assert read_date(typed, "nl") == f"2028-{number:02d}"
    for typed in (f"3 {month} 2028", f"3 {month}. 2028", f"03-{month}-2028", f"3. {month}. 2028"):
        assert read_date(typed, "nl") == f"2028-{number:02d}-03"


def test_a_month_is_not_shortened_to_what_another_language_shortens_it_to() -> None:
    assert refusal_of_date("mrt 2028", "en") == "not_a_date"


@pytest.mark.parametrize("typed", ["2028-06-31", "29-02-2027", "2028-13", "00-2028", "0000", "32 june 2028"])
def test_days_that_the_calendar_lacks_are_refused(typed: str) -> None:
    assert refusal_of_date(typed) == "no_such_day"


@pytest.mark.parametrize("typed", ["soon", "Q3 2028", "28", "2028-06-30-01", "ju 2028", "30 brumaire 2028"])
def test_what_is_no_date_is_refused(typed: str) -> None:
    assert refusal_of_date(typed) == "not_a_date"


def test_a_year_may_come_as_a_number() -> None:
    assert read_date(2028, "en") == "2028"


@given(st.dates())
def test_every_day_is_read_in_both_orders(day: object) -> None:
    written = str(day)
    year, month, number = written.split("-")
    assert read_date(written, "en") == read_date(f"{number}-{month}-{year}", "en") == written


def test_choices_are_named_by_number_beginning_or_id() -> None:
    room = Room(bakery())
    for typed in ("public", "2", "to fulfil", "To FULFIL a mission", "  Public "):
        room.say("organisation.kind", typed)
        assert room.at("organisation.kind").value == "public"


@pytest.mark.parametrize("typed", ["3", "0", "to", "mission", "-1", "1.0"])
def test_a_choice_that_is_not_there_or_not_clear_is_refused(typed: str) -> None:
    room = Room(bakery())
    with pytest.raises(RefusedError) as refused:
        read_value(
            room.script.step(StepId("organisation.kind")),  # type: ignore[arg-type]
            typed,
            offer_at(room.plan, room.at("organisation.kind").step, ()),
            "en",
        )
    assert refused.value.refusal.key == "not_a_choice"


def test_an_id_that_is_a_number_comes_before_the_place_in_the_list() -> None:
    choices = '[ { id = "0", text = "None" }, { id = "1", text = "Some" } ]'
    room = Room(script_of(head(f'id = "vote"\nkind = "choice"\nask = "Vote?"\nchoices = {choices}')))
    room.say("vote", "1")
    assert room.at("vote").value == "1"


def test_choices_are_named_by_their_beginning_in_the_language_of_the_session() -> None:
    choices = '[ { id = "fresh", text = "Fresh" }, { id = "old", text = "Old" } ]'
    toml = head(f'id = "kind"\nkind = "choice"\nask = "Kind?"\nchoices = {choices}').replace('"en"', '"nl"')
    room = Room(script_of(toml, {"nl": {"kind": {"choice.fresh": "Vers", "choice.old": "Oudbakken"}}}))
    room.say("kind", "oud")
    assert room.at("kind").value == "old"


def test_picks_are_named_by_short_id_in_any_letters_and_kept_as_items() -> None:
    room = baked()
    item = room.item("O1")
    for typed in ("O1", "o1", ["O1"], "1", item):
        room.say("clusters[operations]/vital", typed)
        assert room.at("clusters[operations]/vital").value == (item,)


def test_several_are_separated_by_blanks_or_commas_and_said_once() -> None:
    room = baked()
    slot = "clusters[operations]/candidates[O2]/objective.effects"
    room.say(slot, "1, cost;cost  speed")
    assert room.at(slot).value == ("quality", "cost", "speed")


PEOPLE = {"i1": "Hilde de Vries", "i2": "Jan Jansen", "i3": "Anna Jansen", "i4": "Jan"}


@pytest.mark.parametrize(
    ("typed", "picked"),
    [
        ("hilde", ("i1",)), ("Vries", ("i1",)), ("hilde de vries", ("i1",)),
        ("Anna Jansen, hilde", ("i3", "i1")),
        ("anna en hilde", ("i3", "i1")), ("hil", ("i1",)), ("anna and P2", ("i3", "i2")), ("jan", ("i4",)),
        ("2", ("i2",)),
        ("P1 3", ("i1", "i3")),
    ],
)  # fmt: skip
def test_a_pick_takes_a_name_that_fits_one_item(typed: str, picked: tuple[str, ...]) -> None:
    step = baked().at("clusters[operations]/vital").step
    offer = Offer(
        items={ItemId(item): f"P{n}" for n, item in enumerate(PEOPLE, start=1)},
        names={ItemId(item): name for item, name in PEOPLE.items()},
    )
    assert read_value(step, typed, offer, "en") == picked


@pytest.mark.parametrize("typed", ["jansen", "peter", "hilde, peter", "ilde", "an"])
def test_a_name_that_fits_none_or_several_is_refused(typed: str) -> None:
    step = baked().at("clusters[operations]/vital").step
    offer = Offer(
        items={ItemId(item): f"P{n}" for n, item in enumerate(PEOPLE, start=1)},
        names={ItemId(item): name for item, name in PEOPLE.items()},
    )
    with pytest.raises(RefusedError) as refused:
        read_value(step, typed, offer, "en")
    assert refused.value.refusal.key == "not_an_item"


@pytest.mark.parametrize(
    ("short", "sentence"),
    [
        ("T3", "“CM1” is none of the items to choose from. Type its short id, like T3, or its number."),
        ("price", "“CM1” is none of those to choose from. Type the number of one, or its name."),
    ],
)
def test_a_pick_from_elsewhere_is_refused_with_a_way_out_that_is_there(short: str, sentence: str) -> None:
    step = baked().at("clusters[operations]/vital").step
    with pytest.raises(RefusedError) as refused:
        read_value(step, "CM1", Offer(items={ItemId("i1"): short}), "en")
    assert refused.value.refusal.sentence("en") == sentence


@pytest.mark.parametrize("raw", ["", "  \n ", "\x00", "\x1b"])
def test_empty_text_is_never_an_answer(raw: str) -> None:
    step = bakery().step(StepId("organisation.name"))
    with pytest.raises(RefusedError) as refused:
        read_value(step, raw, Offer(), "en")  # type: ignore[arg-type]
    assert refused.value.refusal.key == "empty"


@pytest.mark.parametrize("raw", [None, True, ["a"], {"a": 1}])
def test_what_is_no_text_is_refused(raw: JsonValue) -> None:
    step = bakery().step(StepId("organisation.name"))
    with pytest.raises(RefusedError) as refused:
        read_value(step, raw, Offer(), "en")  # type: ignore[arg-type]
    assert refused.value.refusal.key == "not_a_text"


def test_a_line_is_one_line_and_a_long_text_keeps_its_lines() -> None:
    room = Room(bakery())
    room.say("organisation.name", "  Korenaar\n Bakeries ")
    room.say("organisation.ambition", "\nBread\n  at every door \n")
    assert room.at("organisation.name").value == "Korenaar Bakeries"
    assert room.at("organisation.ambition").value == "Bread\n  at every door"


def keys(refusals: tuple[Refusal, ...]) -> list[str]:
    return [refusal.key for refusal in refusals]


def test_limits_of_texts_are_inclusive() -> None:
    step = TextStep(id=StepId("a"), kind="text", ask="?", limit=Limit(min_chars=3, max_chars=5))
    told = [keys(broken_limits(step, "x" * n, Offer())) for n in (2, 3, 5, 6)]
    assert told == [["too_short"], [], [], ["too_long"]]


def test_limits_of_numbers_are_inclusive() -> None:
    step = NumberStep(id=StepId("a"), kind="number", ask="?", limit=Limit(min=0, max=10, integer=True))
    told = [keys(broken_limits(step, n, Offer())) for n in (-1, 0, 2.5, 10, 11)]
    assert told == [["too_low"], [], ["not_whole"], [], ["too_high"]]


def test_uniqueness_looks_past_letters_and_blanks() -> None:
    step = TextStep(id=StepId("a"), kind="text", ask="?", limit=Limit(unique_in=StepId("goods")))
    assert keys(broken_limits(step, "cafe\u0301 AU  lait", Offer(), ["Café au lait"])) == ["already_there"]
    assert keys(broken_limits(step, "Café", Offer(), ["Café au lait"])) == []


def test_how_many_may_be_chosen_is_a_limit() -> None:
    script = baked()
    pick = script.script.step(StepId("vital"))
    several = script.script.step(StepId("objective.effects"))
    assert isinstance(pick, PickStep)
    assert isinstance(several, SeveralStep)
    offer = Offer(items={ItemId(f"i{n}"): f"O{n}" for n in range(4)})
    told = [keys(broken_limits(pick, tuple(f"i{n}" for n in range(count)), offer)) for count in (0, 1, 2, 3)]
    assert told == [["too_few"], [], [], ["too_many"]]
    assert keys(broken_limits(several, ("smell",), Offer(choices=several.choices))) == ["choice_gone"]
    assert keys(broken_limits(pick, ("i9",), offer)) == ["item_gone"]


@given(
    st.sampled_from(["too_short", "too_long", "too_few", "too_many", "list_full", "item_gone"]),
    st.integers(0, 3),
)
def test_every_refusal_with_a_number_has_a_sentence(key: str, n: int) -> None:
    assert str(n) in Refusal(key, {"n": n, "have": 7}).sentence("en") or key in ("item_gone", "list_full")
