"""The timer: set by hand or by a round, shown, said to be over once; it closes nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bsc_coach.conversation.submit import start_talk, submit
from bsc_coach.conversation.talk import Talk
from bsc_coach.conversation.timer import MOST, Timer, left_said, read_timer, timer_now
from tests.support.clock import START, SetClock
from tests.support.sessions import new_session, same_environment


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def talk(tmp_path: Path, clock: SetClock) -> Talk:
    talk = start_talk(new_session(tmp_path / "s", replace(same_environment(), clock=clock)))
    talk.prompt()
    return talk


def said(talk: Talk, line: str) -> str:
    return " ".join(turn.text for turn in submit(talk, line).turns)


@pytest.mark.parametrize(
    ("typed", "minutes", "more"),
    [("5", 5, False), ("+2", 2, True), ("2,5", 2.5, False), ("1.5 min", 1.5, False), ("3 minuten", 3, False)],
)
def test_what_people_type(typed: str, minutes: float, more: bool) -> None:
    wish = read_timer(typed)
    assert wish is not None
    assert (wish.minutes, wish.more) == (minutes, more)


@pytest.mark.parametrize("typed", ["", "0", "-3", "+", "241", "9" * 40, "five", "1e3", "٣", "5;5", "5 hours"])
def test_what_is_no_time_of_a_timer(typed: str) -> None:
    assert read_timer(typed) is None


@given(st.floats(0.1, MOST), st.integers(-(10**7), 10**7))
def test_whatever_the_clock_says_what_is_left_is_between_nothing_and_all(minutes: float, jump: int) -> None:
    timer = Timer(START, minutes)
    left = timer.left(START + timedelta(seconds=jump))
    assert timedelta() <= left <= timedelta(minutes=minutes)
    assert timer.is_over(START + timedelta(seconds=jump)) == (not left)


def test_a_clock_shows_what_has_begun_of_a_second() -> None:
    assert left_said(timedelta(minutes=4, seconds=4.2)) == "4:05"
    assert left_said(timedelta(seconds=1)) == "0:01"
    assert left_said(timedelta()) == "0:00"
    assert left_said(timedelta(minutes=100)) == "100:00"


def test_started_lengthened_taken_off(talk: Talk, clock: SetClock) -> None:
    assert "No timer runs" in said(talk, "/timer")
    assert "5 minutes" in said(talk, "/timer 5")
    clock.on(1)
    assert "4:00" in said(talk, "/timer")
    assert "6:00" in said(talk, "/timer +2")
    assert "4:00" not in said(talk, "/where")
    assert "6:00" in said(talk, "/where")
    assert "off" in said(talk, "/timer off")
    assert talk.timer is None
    assert "Timer" not in said(talk, "/where")


def test_in_dutch(talk: Talk) -> None:
    submit(talk, "/language nl")
    assert "2,5 minuten" in said(talk, "/timer 2,5")
    assert "uit" in said(talk, "/timer uit")


def test_more_of_none_or_of_one_that_is_over_begins_now(talk: Talk, clock: SetClock) -> None:
    said(talk, "/timer +2")
    clock.on(10)
    said(talk, "/timer +3")
    assert talk.timer is not None
    assert talk.timer.left(clock()) == timedelta(minutes=3)


def test_a_line_that_is_no_time_changes_nothing(talk: Talk) -> None:
    said(talk, "/timer 5")
    reply = submit(talk, "/timer a while")
    assert reply.keep_text
    assert talk.timer is not None
    assert talk.timer.minutes == 5


def test_over_is_said_once_and_closes_nothing(talk: Talk, clock: SetClock) -> None:
    talk.start_timer(3)
    before, at = len(talk.session.actions), talk.at
    assert "over" not in said(talk, "/where")
    clock.on(3)
    assert "The timer is over" in said(talk, "/where")
    assert (len(talk.session.actions), talk.at) == (before, at)
    now = timer_now(talk.timer, clock(), "en")
    assert now is not None
    assert (now.said, now.runs) == ("Time is up", False)
    assert "over" not in said(talk, "/where")
    assert talk.timer is None


def test_a_clock_that_jumps_changes_nothing_but_what_is_shown(talk: Talk, clock: SetClock) -> None:
    talk.start_timer(5)
    for jump in (-600, 60 * 24 * 400, -60 * 24 * 400):
        clock.on(jump)
        said(talk, "/timer")
    clock.now = START
    assert talk.session.actions == []


def test_a_small_question_still_waits_after_it(talk: Talk) -> None:
    talk.ask("Who says so?", lambda line: talk.note("cancelled"))
    for line in ("/timer 5", "/note a thought", "/notes"):
        submit(talk, line)
        assert talk.asking is not None
    submit(talk, "/where")
    assert talk.asking is None, "the control: another command leaves it"
