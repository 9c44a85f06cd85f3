"""Who wants all four propositions divides ten points, and the most points make the choice."""

from __future__ import annotations

import pytest

from bsc_coach.conversation.submit import submit
from bsc_coach.conversation.talk import Talk
from bsc_coach.interview.facts.session import SetLanguage
from bsc_coach.script.slots import parse_slot

TYPE = parse_slot("proposition.type")


@pytest.mark.parametrize("all_of_them", ["all of them", "All four!", "a mix"])
def test_who_wants_all_four_divides_ten_points_and_the_most_decide(talk: Talk, all_of_them: str) -> None:
    assert "10 points" in submit(talk, all_of_them).turns[-1].text
    submit(talk, "2 5 2 1")
    assert talk.plan.answer(TYPE) == "leadership"


def test_in_dutch_too(talk: Talk) -> None:
    talk.do(SetLanguage("nl"))
    talk.position.go_to(TYPE)
    assert "10 punten" in submit(talk, "allemaal").turns[-1].text
    submit(talk, "1 1 3 5")
    assert talk.plan.answer(TYPE) == "lock_in"


@pytest.mark.parametrize("points", ["5 3 3 1", "5 5", "most for the first", "10"])
def test_points_that_do_not_add_up_are_asked_again(talk: Talk, points: str) -> None:
    submit(talk, "all")
    assert submit(talk, points).keep_text
    assert talk.asking is not None
    submit(talk, "7 1 1 1")
    assert talk.plan.answer(TYPE) == "low_cost"


def test_a_draw_is_no_choice(talk: Talk) -> None:
    submit(talk, "all")
    reply = submit(talk, "4 4 1 1")
    assert reply.keep_text
    assert "Lowest total cost, Product leadership" in reply.turns[-1].text


def test_enter_leaves_the_choice_open(talk: Talk) -> None:
    submit(talk, "all")
    submit(talk, "")
    assert talk.asking is None
    assert talk.plan.answer(TYPE) is None


def test_all_is_no_answer_to_other_choices(talk: Talk) -> None:
    talk.position.go_to(parse_slot("organisation.kind"))
    assert submit(talk, "all").keep_text
    assert talk.asking is None
