"""Parking a remark without leaving the question, and what becomes of it at the close."""

from __future__ import annotations

import pytest

from bsc_coach.conversation.submit import start_talk
from bsc_coach.conversation.talk import Talk
from bsc_coach.session.session import Session
from tests.support.pages import whole
from tests.support.people import Person

REMARK = "should we merge with the county clinic?"


@pytest.mark.parametrize("lines", [(f"/later {REMARK}",), ("/later", REMARK)])
def test_a_remark_is_parked_without_leaving_the_question(talk: Talk, lines: tuple[str, ...]) -> None:
    person = Person(talk)
    here = person.at
    person.types(*lines)
    assert person.at == here
    assert [one.title for one in talk.session.strategy().parking] == [REMARK]
    person.types("2")
    assert talk.session.strategy().proposition.type == "leadership"
    assert talk.position.returns == []


def test_nothing_is_parked_when_nothing_is_said(talk: Talk) -> None:
    Person(talk).types("/later", "")
    assert talk.session.strategy().parking == ()


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (("1", "The ambition says no."), ("answered", "The ambition says no.", None, None)),
        (("2", "CFO", "2027-03"), ("action", None, "CFO", "2027-03")),
        (("3",), ("dropped", None, None, None)),
        (("4", "CEO", "2027-05"), ("open", None, "CEO", "2027-05")),
    ],
)
def test_at_the_close_each_parked_remark_ends_somewhere(
    talk: Talk, lines: tuple[str, ...], told: tuple[str | None, ...]
) -> None:
    person = Person(talk)
    person.types(f"/later {REMARK}", "/edit parking", "")
    assert person.at == "parking[Q1]/parking.outcome"
    person.types(*lines)
    (parked,) = talk.session.strategy().parking
    assert (parked.outcome, parked.answer, parked.owner, parked.due) == told


def test_what_falls_away_with_an_item_is_shown_before_it_goes(own: Session) -> None:
    person = Person(start_talk(own))
    before = own.strategy()
    person.types("/remove O1")
    assert "O1.1" in person.heard() or "answers fall away" in person.heard()
    assert own.strategy() == before
    person.types("c")
    assert own.strategy() == before
    person.types("/remove O1", "")
    assert "O1" not in [one.id for one in own.strategy().objectives]
    person.types("/undo")
    assert own.strategy() == before


def test_an_item_with_nothing_but_its_name_goes_at_once(talk: Talk) -> None:
    person = Person(talk)
    person.types(f"/later {REMARK}", "/remove Q1")
    assert talk.session.strategy().parking == ()
    assert talk.asking is None


def test_ten_points_are_kept_and_undone_with_the_choice(talk: Talk) -> None:
    person = Person(talk)
    person.types("all of them", "1 4 3 2")
    assert talk.session.strategy().proposition.points == "1 4 3 2"
    assert talk.session.strategy().proposition.type == "leadership"
    person.types("/undo")
    assert talk.session.strategy().proposition.points is None
    assert talk.session.strategy().proposition.type is None


def test_the_points_are_not_asked_of_whoever_chose_at_once(talk: Talk) -> None:
    person = Person(talk)
    person.types("2")
    assert person.at == "proposition.why"
    assert "Ten points" not in whole(talk.session.strategy(), talk.session.notes())
