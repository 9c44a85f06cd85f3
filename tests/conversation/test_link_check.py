"""A cause-and-effect link that is whole is read back, and the room says whether it holds."""

from __future__ import annotations

import pytest

from bsc_coach.conversation.submit import start_talk, submit
from bsc_coach.conversation.talk import Talk
from bsc_coach.interview.facts.answers import Accept
from bsc_coach.script.slots import Slot, StepId, parse_slot
from bsc_coach.session.session import Session


@pytest.fixture
def link(own: Session) -> tuple[Talk, Slot, str]:
    """Somebody who just gave the last answer of a link: the talk, the link's last slot, and its short id."""
    talk = start_talk(own)
    slot = next(slot for slot in talk.plan.statuses if slot.step == "links.delay")
    talk.position.go_to(slot)
    talk.do(Accept(slot, 7))
    return talk, slot, talk.plan.state.shorts[slot.frame[-1][1]]


def test_a_whole_link_is_read_aloud_and_the_room_says_whether_it_holds(own: Session) -> None:
    talk = start_talk(own)
    slot = next(slot for slot in talk.plan.statuses if slot.step == "links.delay")
    talk.position.go_to(slot)
    sentence, asked = talk.do(Accept(slot, 7)).turns[-2:]
    assert sentence.text.startswith("If we ")
    assert "because" in sentence.text
    assert "7 months" in sentence.text
    assert talk.asking is not None
    assert talk.asking.text == asked.text
    here = talk.at
    submit(talk, "")
    assert (talk.asking, talk.at) == (None, here)


def test_a_link_nobody_has_seen_becomes_a_guess_with_a_test(link: tuple[Talk, Slot, str]) -> None:
    talk, slot, _ = link
    before = talk.session.strategy()
    submit(talk, "g")
    strategy = talk.session.strategy()
    short = talk.plan.state.shorts[slot.frame[-1][1]]
    assert next(one.confidence for one in strategy.links if one.id == short) == "low"
    added = strategy.assumptions[-1]
    assert added.title is not None
    assert added.title.startswith("If we ")
    assert talk.asking is None
    submit(talk, "/undo")
    assert talk.session.strategy() == before


def test_a_link_that_nobody_believes_is_dropped(link: tuple[Talk, Slot, str]) -> None:
    talk, _, short = link
    submit(talk, "d")
    assert short not in [one.id for one in talk.session.strategy().links]


def test_another_because_goes_to_it_and_comes_back(link: tuple[Talk, Slot, str]) -> None:
    talk, slot, _ = link
    here = talk.at
    submit(talk, "w")
    assert talk.at == Slot(StepId("links.because"), slot.frame)
    submit(talk, "the schedule is full of holes that nobody sees")
    submit(talk, "")  # it touches nothing, and is read aloud again
    assert talk.at == here


def test_anything_else_is_asked_again(link: tuple[Talk, Slot, str]) -> None:
    talk, _, _ = link
    assert submit(talk, "perhaps").keep_text
    assert talk.asking is not None


def test_half_a_link_is_not_read(talk: Talk) -> None:
    assert len(talk.do(Accept(parse_slot("organisation.name"), "Acme")).turns) == 2
