"""Lists in the talk: adding, pasting, cards, picking, removing, leaving empty on purpose."""

from __future__ import annotations

from pathlib import Path

import pytest

from bsc_coach.conversation.talk import Talk
from bsc_coach.script.slots import Slot, StepId
from tests.support.people import ABOUT, ALL, CHOICE, CUSTOMER, OPERATIONS, SHOP, Person, begins

O2 = "clusters[operations]/candidates[O2]"


@pytest.fixture
def person(tmp_path: Path) -> Person:
    """Somebody at the first list of candidates."""
    person = begins(tmp_path)
    person.types(*ABOUT, *SHOP)
    assert person.at == "clusters[operations]/candidates"
    return person


def test_a_list_goes_on_until_enter_finishes_it(person: Person) -> None:
    assert person.prompt.ask == "Operations: what must go better?"
    person.types("Shorten the night shift")
    assert person.prompt.ask == "What else in Operations?"
    person.types("Halve the waste")
    assert person.labels() == ["Shorten the night shift", "Halve the waste"]
    person.types("")
    assert person.at == "clusters[customer]/candidates"


@pytest.mark.parametrize("yes", ["", "y"])
def test_pasted_lines_become_items_once_that_is_confirmed(person: Person, yes: str) -> None:
    pasted = "- Shorten the night shift\n\n  * Halve the waste\n•Know each oven\n-"
    assert "3" in person.types(pasted).turns[0].text
    assert person.labels() == []
    person.types(yes)
    assert person.labels() == ["Shorten the night shift", "Halve the waste", "Know each oven"]
    person.types("/undo")
    assert person.labels() == []


def test_pasted_lines_can_stay_one_item(person: Person) -> None:
    person.types("Shorten the\nnight shift", "1")
    assert person.labels() == ["Shorten the night shift"]


def test_pasted_lines_can_be_left_and_are_kept_at_hand(person: Person) -> None:
    pasted = "Shorten the night shift\nHalve the waste"
    slot = person.prompt.slot
    person.types(pasted, "c")
    assert person.labels() == []
    assert person.at == "clusters[operations]/candidates"
    assert person.talk.session.drafts.get(str(slot)) == pasted
    person.types(pasted, "")
    assert person.talk.session.drafts.get(str(slot)) is None


def test_what_looks_like_a_bullet_but_is_none_stays(person: Person) -> None:
    person.types("-5 % of waste\nBake 4*\n1. Know each oven", "", "")
    assert person.labels() == ["-5 % of waste", "Bake 4*", "1. Know each oven"]


def test_a_paste_that_does_not_fit_adds_nothing(person: Person) -> None:
    person.types("Halve the waste\nHalve the waste")
    assert "Halve the waste" in person.tries("")
    person.types("/next", "/back")
    assert person.labels() == []
    person.types("One thing\nTwo things\nThree things\nFour things")
    assert person.tries("")


def test_a_cluster_is_left_empty_with_a_reason_only(person: Person) -> None:
    person.types("")
    assert person.talk.asking is not None
    person.types("")
    assert person.at == "clusters[operations]/candidates"
    assert person.talk.plan.statuses[person.prompt.slot].answer_state == "open"
    person.types("", "We bake elsewhere")
    assert person.at == "clusters[customer]/candidates"
    (empty,) = [listed for listed in person.state.lists.values() if listed.reason]
    assert empty.reason == "We bake elsewhere"
    person.types(*CUSTOMER)
    assert person.at == "clusters[customer]/vital"


def test_a_list_that_needs_something_says_so(tmp_path: Path) -> None:
    person = begins(tmp_path)
    person.types(*ABOUT)
    assert person.at == "goods"
    assert "1" in person.tries("")


def test_a_full_list_says_so(person: Person) -> None:
    person.types("Shorten the night", "Halve the waste", "Know each oven")
    assert "3" in person.tries("Bake less")


def test_each_item_of_a_card_list_is_gone_through_before_the_next(tmp_path: Path) -> None:
    person = begins(tmp_path)
    person.types(*ABOUT, "Rye")
    assert person.at == "goods[P1]/goods.value"
    assert [(cell.name, cell.answer, cell.here) for cell in person.prompt.card] == [
        ("Name", "Rye", False), ("Value", "", True), ("Waste", "", False),
    ]  # fmt: skip
    person.types("3")
    assert person.at == "goods[P1]/goods.waste"
    person.types("They like it")
    assert person.at == "goods"
    assert person.prompt.ask == "What else?"


def test_items_are_removed_restored_and_moved_by_short_id(person: Person) -> None:
    person.types("Shorten the night", "Halve the waste", "Know each oven")
    person.types("/remove o2")
    assert person.labels() == ["Shorten the night", "Know each oven"]
    person.types("/restore O2")
    assert person.labels() == ["Shorten the night", "Halve the waste", "Know each oven"]
    person.types("/move O3 1")
    assert person.labels() == ["Know each oven", "Shorten the night", "Halve the waste"]
    assert person.at == "clusters[operations]/candidates"


@pytest.mark.parametrize("line", ["/remove", "/remove O9", "/restore", "/move O1", "/move O1 up", "/move"])
def test_an_item_that_is_not_named_is_asked_for(person: Person, line: str) -> None:
    person.types("Shorten the night")
    person.types(line)
    assert person.labels() == ["Shorten the night"]
    assert "O2" in person.heard()


def test_done_finishes_a_list_from_inside_a_card(tmp_path: Path) -> None:
    person = begins(tmp_path)
    person.types(*ABOUT, "Rye")
    assert person.at == "goods[P1]/goods.value"
    person.types("/done")
    assert person.talk.plan.statuses[person.talk.plan.order[8]].answer_state == "answered"


def test_the_few_are_picked_by_short_id_or_number(person: Person) -> None:
    person.types(*OPERATIONS, *CUSTOMER)
    assert [(option.number, option.text) for option in person.prompt.options] == [
        (1, "O1 Shorten the night shift"), (2, "O2 Halve the waste"),
    ]  # fmt: skip
    assert "O9" in person.tries("O9")
    assert person.tries("CM1")
    person.types("2, o1")
    operations = person.talk.plan.statuses[person.talk.position.trail[-1]]
    assert operations.value == tuple(person.state.item_by_name(short) for short in ("O2", "O1"))
    person.types("CM1", "/back")
    assert person.prompt.answer == "CM1"
    assert [option.chosen for option in person.prompt.options] == [True]


def test_a_pick_whose_item_was_removed_is_asked_again(tmp_path: Path) -> None:
    person = begins(tmp_path)
    person.types(*ALL, "", "/remove O2", "")
    assert person.at == "clusters[operations]/vital"
    assert [refusal.key for refusal in person.prompt.refusals] == ["item_gone"]
    person.types("O1", "")
    assert person.at == "clusters[operations]/candidates[O1]/objective.title"


def test_what_is_confirmed_is_shown_with_what_is_still_open(tmp_path: Path) -> None:
    person = begins(tmp_path)
    person.types("/park later", "Ann", "", *ABOUT[1:], *SHOP, *OPERATIONS, *CUSTOMER, *CHOICE)
    person.types("/jump ending")
    assert person.prompt.kind == "confirm"
    shown = {(cell.name, cell.status) for cell in person.prompt.review}
    assert ("Name", "parked") in shown
    assert ("O2 Halve the waste · Objective", "open") in shown
    person.types("")
    fact = person.state.facts[person.talk.plan.order[-1]]
    assert fact.open_points[0] == "organisation.name"
    assert person.talk.plan.statuses[person.talk.plan.order[-1]].answer_state == "answered"


def test_an_item_in_a_pass_is_named_in_the_question(tmp_path: Path) -> None:
    person = begins(tmp_path)
    person.types(*ABOUT, *SHOP, *OPERATIONS, *CUSTOMER, *CHOICE)
    assert person.at == f"{O2}/objective.title"
    assert person.prompt.ask == "How do you word “Halve the waste”?"
    assert person.prompt.about == "O2 Halve the waste"


def test_after_a_pasted_list_one_goes_from_card_to_card_and_then_back_to_the_list(talk: Talk) -> None:
    person = Person(talk)
    talk.position.jump(Slot(StepId("participants")))
    person.types("Ann\nBob\nCem", "")
    asked = []
    for line in ("Director", "Nurse", "Porter"):
        asked.append(person.at)
        person.types(line)
    names = [path.partition("]")[0].partition("[")[2] for path in asked]
    assert names == ["T1", "T2", "T3"]
    assert person.at == "participants"
    person.types("Dot", "Cook")
    assert person.at == "participants"


def test_an_item_taken_off_elsewhere_leaves_one_at_the_question(talk: Talk) -> None:
    person = Person(talk)
    talk.position.jump(Slot(StepId("participants")))
    person.types("Ann\nBob", "")
    assert person.at == "participants[T1]/participants.role"
    person.types("/remove T2", "")
    assert person.at == "participants[T1]/participants.role"
    person.types("/restore T2", "/move T2 1")
    assert person.at == "participants[T1]/participants.role"
    person.types("/remove T1", "")
    assert person.at != "participants[T1]/participants.role"


def test_who_decides_is_picked_by_a_first_name(talk: Talk) -> None:
    person = Person(talk)
    person.types("/clock everything", "/edit participants")
    person.types("Hilde de Vries, Director", "Jan Smit, Planner", "Anna Smit, Nurse", "")
    person.types("/edit participants.decider")
    person.tries("smit")
    person.types("hilde")
    assert [one.part for one in talk.session.strategy().participants] == ["decider", None, None]
