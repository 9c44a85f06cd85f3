"""From answers to a strategy: what is active and answered, in the field its step names, and nothing else."""

from __future__ import annotations

import types
from typing import Any, Union, get_args, get_origin

import pytest
from pydantic import BaseModel

from bsc_coach.interview.facts.answers import Confirm, Decline, Park, Reopen
from bsc_coach.interview.facts.coaching import KeepAnswer
from bsc_coach.interview.facts.lists import MoveItem, RemoveItem
from bsc_coach.interview.notes import to_notes
from bsc_coach.interview.projection import strategy_table, to_strategy, value_in_words
from bsc_coach.script.fields import field_of, parse_field
from bsc_coach.script.model import CollectStep, ConfirmStep, Fixed, ForEach, PickStep, QuestionStep, Step
from bsc_coach.strategy.model import Strategy
from bsc_coach.strategy.toml import read_toml, write_toml
from tests.support.riverbend import riverbend_plan, strategy_map
from tests.support.room import Room, baked
from tests.support.scripts import BAKERY, bakery, head, script_of

O1 = "clusters[operations]/candidates[O1]"
O2 = "clusters[operations]/candidates[O2]"
FIELDS = [step for step in strategy_map().steps if field_of(step) is not None]


def inner_model(annotation: Any) -> type[BaseModel] | None:
    """Return the model that an annotation is, or holds in a tuple or beside None."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if get_origin(annotation) in (tuple, Union, types.UnionType):
        return next((found for part in get_args(annotation) if (found := inner_model(part))), None)
    return None


def field_exists(model: type[BaseModel], names: tuple[str, ...]) -> bool:
    """Tell whether a model has a field under nested names."""
    for name in names[:-1]:
        inside = inner_model(model.model_fields[name].annotation) if name in model.model_fields else None
        if inside is None:
            return False
        model = inside
    return names[-1] in model.model_fields


def item_model(names: tuple[str, ...]) -> type[BaseModel] | None:
    """Return the model of the items of a list of the strategy."""
    model: type[BaseModel] | None = Strategy
    for name in names:
        assert model is not None
        if name not in model.model_fields:
            return None
        model = inner_model(model.model_fields[name].annotation)
    return model


@pytest.mark.parametrize("step", FIELDS, ids=[step.id for step in FIELDS])
def test_every_step_names_a_field_that_exists(step: Step) -> None:
    path = field_of(step)
    assert path is not None
    if not path.in_list:
        assert field_exists(Strategy, path.outer)
        return
    item = item_model(path.outer)
    assert item is not None
    assert not path.inner or field_exists(item, path.inner)
    if isinstance(step, CollectStep) and step.parent is not None:
        assert field_exists(item, (step.parent,))
    if isinstance(step, CollectStep) and step.empty_field is not None:
        told = parse_field(step.empty_field)
        around = item_model(told.outer)
        assert around is not None
        assert field_exists(around, told.inner)


def test_a_field_that_does_not_exist_would_be_noticed() -> None:
    assert not field_exists(Strategy, ("organisation", "nmae"))
    assert not field_exists(Strategy, ("orgnisation", "name"))
    assert item_model(("candidats",)) is None


def test_every_answered_step_of_the_bundled_script_names_a_field_of_its_own() -> None:
    steps = [step for step in strategy_map().asked() if not isinstance(step, ConfirmStep)]
    assert [step.id for step in steps if step.field is None] == []
    giving = [step for step in steps if isinstance(step, PickStep) and step.gives is not None]
    assert {step.field for step in giving} < {step.field for step in steps if step not in giving}
    fields = [step.field for step in steps if not isinstance(step, CollectStep) and step not in giving]
    assert len(fields) == len(set(fields))


def test_every_field_of_the_strategy_is_filled_by_some_step() -> None:
    def leaves(model: type[BaseModel], around: str = "") -> set[str]:
        found: set[str] = set()
        for name, info in model.model_fields.items():
            inside = inner_model(info.annotation)
            many = "tuple" in str(info.annotation)
            if inside is None or name == "readings":  # all of them are one answer
                found.add(f"{around}{name}")
            else:
                found |= leaves(inside, f"{around}{name}{'[]' if many else ''}.")
        return found

    filled = {step.field for step in strategy_map().steps if isinstance(step, QuestionStep | Fixed | ForEach)}
    filled |= {step.empty_field for step in strategy_map().steps if isinstance(step, CollectStep)}
    by_the_engine = {"format", "language", "candidates[].cluster", "kpis[].measures"}
    lacking = {
        field
        for field in leaves(Strategy) - filled - by_the_engine
        if not field.endswith(".id") and not field.startswith(("extra[]", "names."))
    }
    assert lacking == set()


def test_answers_stand_in_their_fields() -> None:
    strategy = to_strategy(baked().plan)
    assert strategy.organisation.name == "Korenaar"
    assert strategy.organisation.horizon_year == 2030
    assert [(process.id, process.name) for process in strategy.processes] == [("P1", "Rye"), ("P2", "Cake")]
    assert [(one.id, one.cluster, one.selected) for one in strategy.candidates] == [
        ("O1", "operations", False), ("O2", "operations", True), ("CM1", "customer", True),
    ]  # fmt: skip
    assert [(one.id, one.title) for one in strategy.objectives] == [
        ("O2", "Halve the bread thrown away"), ("CM1", "Know regulars by name"),
    ]  # fmt: skip
    assert strategy.objectives[0].effects == ("quality", "cost")
    assert [(kpi.id, kpi.measures, kpi.target, kpi.process) for kpi in strategy.kpis] == [
        ("O2.1", "O2", 12.5, "P1"), ("CM1.1", "CM1", 12.5, "P1"),
    ]  # fmt: skip


def test_what_has_no_field_is_extra() -> None:
    strategy = to_strategy(baked().plan)
    assert [(one.step, one.answer) for one in strategy.extra] == [
        ("slogan", "Still warm"), ("motto", "Rise early"), ("opened", "1998-05"),
    ]  # fmt: skip
    assert strategy.extra[0].question == "Which slogan?"


def test_what_fell_away_is_not_in_the_strategy() -> None:
    room = baked()
    room.say("organisation.kind", "public")
    assert "opened" not in [one.step for one in to_strategy(room.plan).extra]
    room.say("clusters[operations]/vital", ["O1"])
    strategy = to_strategy(room.plan)
    assert [one.id for one in strategy.objectives] == ["O1", "CM1"]
    assert [one.id for one in strategy.kpis] == ["CM1.1"]
    room.do(RemoveItem(room.item("O1")))
    assert [one.id for one in to_strategy(room.plan).candidates] == ["O2", "CM1"]


def test_a_pass_that_does_not_apply_makes_no_items() -> None:
    toml = BAKERY.replace(
        'over = [ { list = "candidates", each_when = { item_in = "vital" } } ]',
        'over = [ { list = "candidates", each_when = { item_in = "vital" } } ]\n'
        'when = { answer = "organisation.kind", is = "business" }',
    )
    room = baked(script_of(toml))
    assert [one.id for one in to_strategy(room.plan).objectives] == ["O2", "CM1"]
    room.say("organisation.kind", "public")
    assert to_strategy(room.plan).objectives == ()


def test_what_is_parked_declined_or_open_again_is_not_in_the_strategy() -> None:
    room = baked()
    room.do(Park(room.slot("organisation.name")), Decline(room.slot("organisation.year"), "no plan"))
    room.do(Reopen(room.slot("slogan")))
    strategy = to_strategy(room.plan)
    assert strategy.organisation.name is None
    assert strategy.organisation.horizon_year is None
    assert "slogan" not in [one.step for one in strategy.extra]


def test_a_removed_item_is_not_among_what_was_picked() -> None:
    room = baked()
    room.do(RemoveItem(room.item("P1")))
    assert [kpi.process for kpi in to_strategy(room.plan).kpis] == [None, None]


def test_items_stand_in_the_order_of_their_list() -> None:
    room = baked()
    room.do(MoveItem(room.item("P2"), 0))
    assert [one.id for one in to_strategy(room.plan).processes] == ["P2", "P1"]


def test_why_a_list_was_left_empty_is_told() -> None:
    room = Room(bakery())
    room.close("clusters[customer]/candidates", "The shop is small")
    told = {one.id: one.empty_because for one in to_strategy(room.plan).clusters}
    assert told == {"operations": None, "customer": "The shop is small"}


def test_a_value_that_does_not_fit_its_field_is_extra_and_not_lost() -> None:
    toml = head(
        'id = "name"\nkind = "text"\nask = "Name?"\nfield = "organisation.name"',
        'id = "kind"\nkind = "text"\nask = "Kind?"\nfield = "organisation.kind"',
        'id = "year"\nkind = "text"\nask = "Year?"\nfield = "organisation.horizon_year"',
        'id = "odd"\nkind = "text"\nask = "Odd?"\nfield = "organisation.no_such_field"',
    )
    room = Room(script_of(toml))
    for name, value in (("name", "Korenaar"), ("kind", "a club"), ("year", "soon"), ("odd", "yes")):
        room.say(name, value)
    strategy = to_strategy(room.plan)
    assert strategy.organisation.name == "Korenaar"
    assert strategy.organisation.kind is None
    assert {(one.step, one.answer) for one in strategy.extra} == {
        ("kind", "a club"), ("year", "soon"), ("odd", "yes"),
    }  # fmt: skip


def test_a_value_inside_an_item_that_does_not_fit_is_extra_with_its_item() -> None:
    toml = BAKERY.replace('kind = "number"\nshort = "Target"', 'kind = "text"\nshort = "Target"')
    room = Room(script_of(toml))
    room.add("clusters[operations]/candidates", title="Halve the waste")
    room.close("clusters[operations]/candidates")
    room.say("clusters[operations]/vital", ["O1"])
    room.add(f"{O1}/kpis", name="Bags", target="about ten")
    strategy = to_strategy(room.plan)
    assert [(kpi.id, kpi.name, kpi.target) for kpi in strategy.kpis] == [("O1.1", "Bags", None)]
    assert [(one.step, one.about, one.answer) for one in strategy.extra] == [
        ("kpis.target", "O1.1", "about ten")
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('field = "processes[]"', 'field = "candidates[]"'),
        ('field = "processes[]"', 'field = "cakes[]"'),
        ('parent = "measures"\n', ""),
    ],
)
def test_items_that_fit_no_list_of_the_strategy_keep_all_their_answers_as_extra(old: str, new: str) -> None:
    toml = BAKERY.replace(old, new)
    if "processes" in old:
        toml = toml.replace("processes[].", new.split('"')[1] + ".")
    room = baked(script_of(toml))
    told = to_strategy(room.plan).model_dump_json()
    answers = [s.value for s in room.plan.statuses.values() if s.active and s.value is not None]
    for answer in answers:
        if isinstance(answer, str):
            assert answer in told


def test_a_question_of_ones_own_inside_a_fixed_item_is_extra() -> None:
    toml = BAKERY.replace('field = "candidates[].title"\n', "").replace(
        '[[step]]\nid = "choosing"',
        '[[step]]\nid = "mood"\nin = "clusters"\nkind = "text"\nask = "How is {{ clusters.label }}?"\n\n'
        '[[step]]\nid = "choosing"',
    )
    room = Room(script_of(toml))
    room.say("clusters[customer]/mood", "fine")
    (told,) = to_strategy(room.plan).extra
    assert (told.step, told.answer) == ("mood", "fine")
    assert "Customers" in told.question


@pytest.mark.slow
def test_the_strategy_of_a_bakery_and_a_hospital_survive_toml() -> None:
    for plan in (baked().plan, riverbend_plan()):
        strategy = to_strategy(plan)
        assert read_toml(write_toml(strategy).encode()) == strategy


def test_every_active_answer_of_the_hospital_is_in_its_strategy() -> None:
    table, origins = strategy_table(riverbend_plan())
    assert "extra" not in table
    told = {status.slot for status in origins.values()}
    for status in riverbend_plan().statuses.values():
        marks = isinstance(status.step, PickStep) and status.step.id == "vital"
        if status.active and status.value is not None and not marks:
            assert status.slot in told or isinstance(status.step, ConfirmStep)
        assert status.slot not in told or status.active


def test_answers_are_told_in_the_words_people_read() -> None:
    room = baked()
    assert value_in_words(room.plan, room.at("organisation.kind")) == "To earn a return"
    assert value_in_words(room.plan, room.at(f"{O2}/objective.effects")) == "Quality, Cost"
    assert value_in_words(room.plan, room.at("clusters[operations]/vital")) == (
        "O2 Halve the bread thrown away"
    )
    assert value_in_words(room.plan, room.at("ending.confirm")) == ""


def kinds(room: Room) -> dict[str, str]:
    return {point.question: point.kind for point in to_notes(room.plan).points}


def test_the_notes_name_every_way_in_which_something_is_not_simply_answered() -> None:
    room = baked()
    assert kinds(room) == {}
    room.do(Park(room.slot("organisation.name"), "not sure", "Ann", "2027-01"))
    room.do(Decline(room.slot("slogan"), "we want none"))
    room.say("organisation.year", 2031)
    room.do(RemoveItem(room.item("O2")))
    room.do(Reopen(room.slot("goods[P1]/goods.value")))
    assert kinds(room) == {
        "Which bakery?": "parked", "Which slogan?": "declined", "What do you see in 2031?": "stale",
        "Operations: which few?": "broken", "Would they pay for Rye?": "open",
    }  # fmt: skip
    parked = next(point for point in to_notes(room.plan).points if point.kind == "parked")
    assert (parked.section, parked.reason, parked.owner, parked.due) == (
        "About",
        "not sure",
        "Ann",
        "2027-01",
    )


def test_an_answer_that_waits_for_another_is_told_as_waiting() -> None:
    room = baked()
    room.do(Park(room.slot("organisation.kind")))
    assert kinds(room)["When did you open?"] == "waiting"
    assert "opened" not in [one.step for one in to_strategy(room.plan).extra]


def test_the_notes_tell_what_was_kept_against_a_remark_while_it_stands_so() -> None:
    room = baked()
    slot = room.slot(f"{O1}/candidates.title")
    room.say(f"{O1}/candidates.title", "Achieve excellence")
    room.do(KeepAnswer(slot, "O02", "our programme is called so"))
    (kept,) = to_notes(room.plan).kept
    assert (kept.answer, kept.reason, kept.by) == ("Achieve excellence", "our programme is called so", "ann")
    assert "excellence" in kept.remark
    room.say(f"{O1}/candidates.title", "Shorten the night")
    assert to_notes(room.plan).kept == ()


def test_the_notes_tell_whether_all_was_confirmed_and_when() -> None:
    room = baked()
    assert not to_notes(room.plan).confirmed
    room.do(Confirm(room.slot("ending.confirm")))
    assert to_notes(room.plan).confirmed
    assert to_notes(room.plan).session_date == "2026-11-18"
    assert to_notes(Room(bakery()).plan).session_date is None


def test_the_hospital_has_nothing_left_to_tell() -> None:
    notes = to_notes(riverbend_plan())
    assert notes.confirmed
    assert [point.kind for point in notes.points] == ["declined", "declined"]
