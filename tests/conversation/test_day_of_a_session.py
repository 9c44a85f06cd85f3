"""A day acted out with a clock that is set: each minute is charged to where it was spent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bsc_coach.conversation.submit import start_talk
from bsc_coach.interview.fold import LONGEST_PAUSE, fold
from bsc_coach.interview.navigation import minutes_per_entry
from bsc_coach.interview.state import State
from bsc_coach.script.loader import bundled_source
from bsc_coach.script.slots import Slot, StepId
from bsc_coach.session.environment import Environment
from bsc_coach.session.opening import create_session, open_session
from tests.support.clock import SetClock, item_ids
from tests.support.people import Person


class Day:
    """A session on the bundled questions, and the clock on the wall of its room."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.clock = folder, SetClock()
        self.environment = Environment(self.clock, item_ids(), by="ann")
        self.person = self.sits_down()

    def sits_down(self) -> Person:
        """Open the session, or make it, and look at the question there is."""
        there = self.folder.exists()
        made = open_session if there else lambda f, e: create_session(f, bundled_source(), e)
        talk = start_talk(made(self.folder, self.environment))
        talk.resume()
        talk.prompt()
        return Person(talk)

    def leaves(self) -> None:
        self.person.leaves()

    def after(self, minutes: float, *lines: str) -> None:
        """Type lines once so many minutes have passed; the next question is looked at straight away."""
        self.clock.on(minutes)
        self.person.types(*lines)
        self.person.talk.prompt()

    def goes_to(self, step: str) -> None:
        self.person.talk.position.jump(Slot(StepId(step)))
        self.person.talk.prompt()

    @property
    def state(self) -> State:
        return self.person.state

    def minutes(self, state: State | None = None) -> dict[str, float]:
        """Return the minutes of each part of the agenda, to a tenth; parts without any are left out."""
        script = self.person.talk.plan.script
        spent = minutes_per_entry(script, state or self.state)
        return {step: round(time, 1) for (step, _), time in spent.items() if round(time, 1)}

    def as_it_was_charged_before(self) -> dict[str, float]:
        """Return the minutes as they were before an action said when its question was shown."""
        return self.minutes(fold(replace(action, shown=None) for action in self.state.actions))


@pytest.fixture
def day(tmp_path: Path) -> Iterator[Day]:
    made = Day(tmp_path / "session")
    yield made
    made.person.talk.session.close()


def test_a_debate_before_a_choice_counts_whole_and_where_the_choice_is(day: Day) -> None:
    day.after(2, "Larkfield Tool Library")
    day.goes_to("proposition.type")
    day.after(38, "1")
    assert day.minutes() == {"ambition": 2, "proposition": 38}
    assert day.as_it_was_charged_before()["proposition"] == LONGEST_PAUSE / timedelta(minutes=1) == 15


def test_a_break_while_a_question_stands_there_is_charged_to_nobody(day: Day) -> None:
    day.after(2, "Larkfield Tool Library")
    day.after(3, "/break")
    day.after(20, "")
    day.after(4, "2")
    assert day.minutes() == {"ambition": 2 + 3 + 4}
    (apart,) = day.state.apart
    assert (apart.why, apart.end - apart.begin) == ("break", timedelta(minutes=20))
    # Before, the break ran on as ambition, up to a quarter of an hour.
    without = fold(one for one in day.state.actions if one.do[0].kind != "time")
    assert day.minutes(without) == {"ambition": 29}


def test_talk_about_something_else_is_charged_to_nobody(day: Day) -> None:
    day.after(2, "Larkfield Tool Library")
    day.after(5, "/talk the merger")
    day.after(12, "")
    day.after(1, "/break")
    day.after(10, "")
    day.after(3, "2")
    assert day.minutes() == {"ambition": 2 + 5 + 1 + 3}
    assert [(one.why, one.about) for one in day.state.apart] == [("talk", "the merger"), ("break", "")]


def test_eleven_days_between_two_sittings_are_charged_to_nobody(day: Day) -> None:
    day.after(2, "Larkfield Tool Library")
    day.clock.on(6)  # the question stood there, and nobody answered it
    day.leaves()
    day.clock.on(11 * 24 * 60)
    day.person = day.sits_down()
    day.after(9, "2")
    assert day.minutes() == {"ambition": 2 + 9}
    assert day.as_it_was_charged_before()["ambition"] == pytest.approx(1 / 3 + 15, abs=0.1)


def test_an_answer_that_was_undone_took_its_time(day: Day) -> None:
    day.after(2, "Larkfield Tool Library")
    day.goes_to("proposition.type")
    day.after(10, "1")
    day.after(1, "/undo")
    day.after(7, "2")
    # The minute between is the question after it, which nobody answered.
    assert day.minutes() == {"ambition": 2, "proposition": 17}


def test_a_look_elsewhere_is_charged_where_the_answer_is_given(day: Day) -> None:
    day.after(2, "Larkfield Tool Library")
    day.clock.on(5)
    day.goes_to("proposition.type")  # what was not answered before took nothing
    day.after(4, "1")
    assert day.minutes() == {"ambition": 2, "proposition": 4}


def test_a_whole_day_adds_up(day: Day) -> None:
    """Nine to a quarter past ten, acted out; and taken up again eleven days later."""
    begin = day.clock.now
    day.after(3, "Larkfield Tool Library")
    day.after(1, "2")
    day.after(2, "/talk who pays for lunch")
    day.after(4, "")
    day.goes_to("proposition.type")
    day.after(38, "1")
    day.after(2, "/break")
    day.after(20, "")
    day.goes_to("organisation.year")
    day.after(5, "2030")
    assert day.clock.now - begin == timedelta(minutes=75)
    assert day.minutes() == {"ambition": 3 + 1 + 5, "proposition": 38}
    apart = sum(((one.end - one.begin) for one in day.state.apart), timedelta())
    assert apart == timedelta(minutes=24)
    day.leaves()
    day.clock.on(11 * 24 * 60)
    day.person = day.sits_down()
    day.goes_to("organisation.year")
    day.after(6, "2031")
    assert day.minutes() == {"ambition": 3 + 1 + 5 + 6, "proposition": 38}
    # What is folded from the journal alone is the same.
    assert day.minutes(fold(day.state.actions)) == day.minutes()
