"""The ladder between cause and effect: "so that what?" goes up from a point, "how?" goes down."""

from __future__ import annotations

import pytest

from bsc_coach.conversation.submit import start_talk, submit
from bsc_coach.conversation.talk import Talk
from bsc_coach.script.slots import Slot, StepId
from bsc_coach.session.session import Session


@pytest.fixture
def at_o1(own: Session) -> Talk:
    """Somebody who is at the first objective of the hospital."""
    item = own.plan.state.item_by_name("O1")
    assert item is not None
    return start_talk(own, at=Slot(StepId("objective.title"), own.plan.state.frames[item]))


def test_so_that_what_draws_a_link_and_comes_back(at_o1: Talk) -> None:
    talk, here = at_o1, at_o1.at
    before = len(talk.session.strategy().links)
    assert "C3" in submit(talk, "/up").turns[-1].text
    submit(talk, "c3")
    assert talk.at is not None
    assert talk.at.step == "links.because"
    for line in ("referrers read the letter sooner", "2", "", "6", ""):
        submit(talk, line)
    last = talk.session.strategy().links[-1]
    assert (len(talk.session.strategy().links), last.cause, last.effect) == (before + 1, "O1", "C3")
    assert talk.at == here


def test_so_that_what_takes_a_point_of_the_map_only(at_o1: Talk) -> None:
    before = at_o1.session.strategy()
    submit(at_o1, "/up")
    assert submit(at_o1, "everyone is happier").keep_text
    submit(at_o1, "")
    assert at_o1.session.strategy() == before


def test_how_takes_what_somebody_will_do_as_an_initiative(at_o1: Talk) -> None:
    here = at_o1.at
    submit(at_o1, "/down")
    submit(at_o1, "Open the schedule on Sundays too")
    begun = at_o1.session.strategy().initiatives[-1]
    assert (begun.title, begun.objectives) == ("Open the schedule on Sundays too", ("O1",))
    assert at_o1.at == here


def test_how_takes_what_helps_as_a_link(at_o1: Talk) -> None:
    submit(at_o1, "/down")
    submit(at_o1, "L2")
    last = at_o1.session.strategy().links[-1]
    assert (last.cause, last.effect) == ("L2", "O1")


@pytest.mark.parametrize("line", ["/up", "/down", "/up Z9", "/down X1"])
def test_from_nowhere_there_is_no_step(talk: Talk, line: str) -> None:
    submit(talk, line)
    assert talk.asking is None
