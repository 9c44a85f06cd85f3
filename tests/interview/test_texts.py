"""Questions as they are asked: earlier answers in place, other words where a condition holds."""

from __future__ import annotations

from bsc_coach.interview.facts.answers import Decline, Park
from bsc_coach.interview.texts import choice_help, choice_text, text_of
from bsc_coach.script.placeholders import PLACEHOLDER
from bsc_coach.script.slots import StepId
from bsc_coach.script.step_parts import TextRole
from tests.support.room import Room, baked
from tests.support.scripts import BAKERY, bakery, head, script_of

CHOICES = 'choices = [{id="a",text="A {{ name }}",help="H"},{id="b",text="B"}]'
KIND = f'id = "kind"\nkind = "choice"\nask = "Kind?"\n{CHOICES}'
VARIED = head(
    'id = "name"\nkind = "text"\nask = "Name?"\nstand_in = "somebody"',
    KIND,
    'id = "goal"\nkind = "text"\nask = "Goal of {{ name }}?"\ngood = "Good"\n'
    '  [[step.variants]]\n  when = { answer = "kind", is = "b" }\n  ask = "Mission of {{name}}?"\n'
    '  [[step.variants]]\n  when = { answered = "kind" }\n  ask = "Aim of {{ name }}?"\n  good = "Better"',
)


def asked(room: Room, path: str, role: TextRole = "ask") -> str | None:
    slot = room.slot(path)
    return text_of(room.plan, room.script.step(slot.step), slot.frame, role)


def test_an_earlier_answer_stands_in_the_question() -> None:
    room = Room(bakery())
    assert asked(room, "organisation.kind") == "What is the bakery there for?"
    room.say("organisation.name", "Korenaar {{ organisation.year }} [b]")
    assert asked(room, "organisation.kind") == "What is Korenaar {{ organisation.year }} [b] there for?"


def test_an_answer_of_several_lines_stands_on_one() -> None:
    script = script_of(BAKERY.replace("Which slogan?", "Which slogan for “{{ organisation.ambition }}”?"))
    room = Room(script)
    room.say("organisation.ambition", "Bread\n  at every door")
    assert asked(room, "slogan") == "Which slogan for “Bread at every door”?"


def test_until_there_is_an_answer_something_stands_in_for_it() -> None:
    room = Room(bakery())
    assert asked(room, "organisation.ambition") == "What do you see in that year?"
    room.do(Park(room.slot("organisation.year")))
    assert asked(room, "organisation.ambition") == "What do you see in that year?"
    room.do(Decline(room.slot("organisation.year"), "none"))
    assert asked(room, "organisation.ambition") == "What do you see in that year?"
    room.say("organisation.year", 2030)
    assert asked(room, "organisation.ambition") == "What do you see in 2030?"


def test_without_a_stand_in_there_are_dots() -> None:
    room = Room(script_of(BAKERY.replace('stand_in = "that year"\n', "")))
    assert asked(room, "organisation.ambition") == "What do you see in …?"


def test_each_name_means_the_answer_of_ones_own_item() -> None:
    room = Room(bakery())
    room.add("goods", name="Rye")
    room.add("goods", name="Cake")
    assert asked(room, "goods[P1]/goods.value") == "Would they pay for Rye?"
    assert asked(room, "goods[P2]/goods.value") == "Would they pay for Cake?"


def test_items_are_named_by_their_label() -> None:
    room = baked()
    assert asked(room, "clusters[customer]/candidates") == "Customers: what must go better?"
    around = "clusters[operations]/candidates[O2]"
    assert asked(room, f"{around}/objective.title") == "How do you word “Halve the bread thrown away”?"
    assert asked(room, f"{around}/kpis", "more") == "Another one for “Halve the bread thrown away”?"


def test_the_first_variant_that_holds_gives_the_words() -> None:
    room = Room(script_of(VARIED))
    assert asked(room, "goal") == "Goal of somebody?"
    room.say("name", "Ann")
    room.say("kind", "a")
    assert (asked(room, "goal"), asked(room, "goal", "good")) == ("Aim of Ann?", "Better")
    room.say("kind", "b")
    assert (asked(room, "goal"), asked(room, "goal", "good")) == ("Mission of Ann?", "Better")
    assert asked(room, "goal", "poor") is None


def test_choices_have_their_words_and_their_help() -> None:
    room = Room(script_of(VARIED))
    step = room.at("kind").step
    first, second = step.choices  # type: ignore[union-attr]
    assert choice_text(room.plan, step, first, ()) == "A somebody"
    assert (choice_help(room.plan, step, first, ()), choice_help(room.plan, step, second, ())) == ("H", "")


def test_a_translation_is_used_in_its_language_and_falls_back_to_the_base() -> None:
    dutch = {
        "goal": {"ask": "Doel van {{ name }}?", "variant.0.ask": "Missie van {{ name }}?"},
        "kind": {"choice.a": "Aa", "choice.a.help": "Hulp"},
        "name": {"stand_in": "iemand"},
    }
    room = Room(script_of(VARIED.replace('["en"]', '["nl"]'), {"nl": dutch}))
    assert asked(room, "goal") == "Doel van iemand?"
    assert asked(room, "goal", "help") == "Say it in your own words."
    step = room.at("kind").step
    first, second = step.choices  # type: ignore[union-attr]
    assert [choice_text(room.plan, step, one, ()) for one in (first, second)] == ["Aa", "B"]
    assert choice_help(room.plan, step, first, ()) == "Hulp"
    room.say("kind", "b")
    assert asked(room, "goal") == "Missie van iemand?"
    room.say("kind", "a")
    assert asked(room, "goal") == "Aim of iemand?"


def test_items_of_a_fixed_list_are_translated() -> None:
    script = script_of(BAKERY.replace('["en"]', '["nl"]'), {"nl": {"clusters": {"item.customer": "Klanten"}}})
    room = Room(script)
    assert asked(room, "clusters[customer]/candidates") == "Klanten: what must go better?"
    assert asked(room, "clusters[operations]/candidates") == "Operations: what must go better?"


def test_references_are_found_in_a_text() -> None:
    assert PLACEHOLDER.findall("{{ a.b }} and {{c}}, { d } {{ E }}") == ["a.b", "c"]


def test_every_question_of_the_bakery_has_words_at_every_slot() -> None:
    room = baked()
    for slot in room.plan.order:
        text = text_of(room.plan, room.script.step(StepId(slot.step)), slot.frame, "ask")
        assert text
        assert "{{" not in text
