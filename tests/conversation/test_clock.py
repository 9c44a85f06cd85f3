"""The time in the talk: the question at the start, the clock, being late, breaks, and asking in full."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bsc_coach.conversation.commands.clock import ask_for_time
from bsc_coach.conversation.submit import start_talk, submit
from bsc_coach.conversation.talk import Talk
from bsc_coach.interview.fold import fold
from bsc_coach.interview.navigation import agenda, asks_itself, minutes_to_go
from bsc_coach.interview.replans import ways_out
from bsc_coach.script.slots import Slot, StepId
from bsc_coach.script.source import bundled_source
from bsc_coach.session.opening import create_session
from tests.support.clock import SetClock
from tests.support.people import Person
from tests.support.scripts import BAKERY, source_of
from tests.support.sessions import played, same_environment

ALMOST_ALL = 255
"""Commands of the recorded session, of which few are left then."""


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def talk(tmp_path: Path, clock: SetClock) -> Iterator[Talk]:
    """A new session, at its first question."""
    environment = same_environment()
    session = create_session(tmp_path / "s", bundled_source(), environment)
    session.go_on_as(environment.__class__(**{**environment.__dict__, "clock": clock}))
    talk = start_talk(session)
    talk.resume()
    yield talk
    session.close()


@pytest.fixture
def person(talk: Talk) -> Person:
    return Person(talk)


def asked(talk: Talk) -> set[str]:
    """Return the steps that are asked, or would be once there are items."""
    return {str(slot) for slot, status in talk.plan.statuses.items() if asks_itself(status)}


def test_a_new_session_asks_for_the_time_and_enter_alone_is_half_a_day(talk: Talk, person: Person) -> None:
    ask_for_time(talk)
    assert talk.asking is not None
    assert [option.text for option in talk.asking.options][1] == "Half a day"
    assert "Enter: half a day" in talk.asking.hint
    person.types("")
    assert (talk.plan.state.agenda.preset, talk.plan.state.agenda.depth) == ("half_day", "room")
    assert talk.asking is None
    assert person.at == "organisation.name"


def test_what_cannot_be_read_as_a_time_is_asked_again(talk: Talk, person: Person) -> None:
    ask_for_time(talk)
    assert "9:00-12:30" in person.tries("dunno, as long as it takes?")
    assert talk.asking is not None
    person.types("9:00-12:30, 7 people, break 10:30 15")
    plan = talk.plan.state.agenda
    assert (plan.minutes, plan.people, plan.breaks[0].after) == (210, 7, 90)


def test_at_the_depth_of_the_room_less_is_asked_and_it_can_be_asked_after_all(
    talk: Talk, person: Person
) -> None:
    everything = asked(talk)
    person.types("/clock 2")
    room = asked(talk)
    assert room < everything
    assert "organisation.values" in everything - room
    person.types("/depth ambition")
    assert "organisation.values" in asked(talk)
    assert "proposition.why" not in asked(talk)
    person.types("/depth everything")
    assert asked(talk) == everything
    person.types("/undo", "/undo")
    assert asked(talk) == room
    person.types("/undo")
    assert asked(talk) == everything


def test_a_question_left_aside_can_be_answered_all_the_same(talk: Talk, person: Person) -> None:
    person.types("/clock 2", "/edit organisation.values", "We never sell old bread as fresh")
    assert talk.session.strategy().organisation.values == "We never sell old bread as fresh"


def test_the_clock_says_whether_it_fits(talk: Talk, person: Person, clock: SetClock) -> None:
    person.types("/clock 9:00-12:00 7 people")
    left = round(minutes_to_go(talk.plan))
    person.types("/clock")
    assert f"In time: {left} minutes of questions, 180 minutes of the slot." in person.heard()
    clock.on(120)
    person.types("/clock")
    assert f"{left - 60} minutes late" in person.heard()


def test_late_offers_three_ways_out_and_undo_brings_the_old_plan_back(
    talk: Talk, person: Person, clock: SetClock
) -> None:
    person.types("/clock 9:00-12:00 7 people")
    before, plan = asked(talk), talk.plan.state.agenda
    clock.on(90)
    person.types("/late")
    assert talk.asking is not None
    assert talk.asking.text.endswith("minutes late. Three ways out:")
    home, wait, sitting = talk.asking.options
    assert (home.text, wait.text) == ("Owners take home what they can", "What can wait is left out")
    assert sitting.text == "The rest waits for a second sitting"
    assert "The document will lack Baseline, Target, Target date (KPIs)" in home.help
    for way, option in zip(ways_out(talk.plan, clock(), talk.at), talk.asking.options, strict=True):
        assert f"Saves {way.saved} minutes" in option.help
        assert way.behind is not None
        assert ("and then it fits" in option.help) is (way.behind <= 0)
    person.types("2")
    assert "processes" in before - asked(talk)
    assert talk.plan.state.agenda.short
    person.types("/undo")
    assert (asked(talk), talk.plan.state.agenda) == (before, plan)


def test_leaving_late_with_enter_leaves_everything_as_it_is(talk: Talk, person: Person) -> None:
    person.types("/clock 2")
    before = asked(talk)
    person.types("/late", "")
    assert asked(talk) == before


def test_a_second_sitting_keeps_what_is_begun(talk: Talk, person: Person, clock: SetClock) -> None:
    person.types("/clock 9:00-12:00 7 people", "Larkfield Tool Library")
    clock.on(150)
    person.types("/late", "3")
    status = {entry.title: entry for entry in agenda(talk.plan)}
    assert status["Ambition"].minutes_left > 0
    assert status["KPIs"].minutes_planned == 0
    assert "KPIs" in {one.section for one in talk.session.notes().not_discussed if one.second_sitting}


def test_a_break_is_charged_to_nobody_and_not_undone(talk: Talk, person: Person, clock: SetClock) -> None:
    person.types("Larkfield Tool Library")
    assert person.prompt.slot == Slot(StepId("organisation.kind"))
    clock.on(4)
    person.types("/break")
    clock.on(20)
    person.types("")
    assert "Break over: 20 min." in person.heard()
    clock.on(2)
    person.types("2")
    assert agenda(talk.plan)[0].minutes_elapsed == pytest.approx(6, abs=0.1)
    person.types("/undo")
    assert person.at == "organisation.kind"
    assert len(talk.plan.state.apart) == 1


def test_talk_about_something_else_is_told_with_its_name(talk: Talk, person: Person, clock: SetClock) -> None:
    person.types("/talk merging with the county")
    clock.on(7)
    person.types("")
    assert "Back from merging with the county: 7 min." in person.heard()


def test_a_debate_counts_whole(talk: Talk, person: Person, clock: SetClock) -> None:
    talk.prompt()
    clock.on(38)
    person.types("Larkfield Tool Library")
    assert agenda(talk.plan)[0].minutes_elapsed == pytest.approx(38, abs=0.1)


def test_where_i_am_is_told_in_minutes_and_parts(talk: Talk, person: Person) -> None:
    person.types("/clock 2", "/where")
    parts = len(agenda(talk.plan))
    assert f"part 1 of {parts}" in person.heard()
    assert f"{round(minutes_to_go(talk.plan))} minutes left" in person.heard()


def test_a_script_of_one_depth_says_so(tmp_path: Path) -> None:
    talk = start_talk(create_session(tmp_path / "s", source_of(BAKERY), same_environment()))
    talk.resume()
    person = Person(talk)
    before = asked(talk)
    person.types("/clock 2")
    assert asked(talk) == before
    person.types("/depth everything")
    assert "only one depth" in person.heard()
    assert submit(talk, "/depth nothing").turns
    talk.session.close()


def test_undoing_the_plan_of_a_session_in_which_nothing_was_said_asks_for_it_again(
    talk: Talk, person: Person
) -> None:
    ask_for_time(talk)
    person.types("4:00-7:30, 7 people", "/undo")
    assert talk.asking is not None
    assert "How long have we" in person.heard()
    person.types("9:00-12:00, 7 people")
    assert (talk.plan.state.agenda.minutes, person.at) == (180, "organisation.name")
    # Once something was said it is not asked again, whatever is undone then.
    person.types("Larkfield Tool Library", "/undo")
    assert talk.asking is None
    person.types("Larkfield Tool Library", "/clock 9:00-12:30", "/undo")
    assert talk.asking is None


def test_a_slot_that_is_typed_as_a_name_is_asked_about(talk: Talk, person: Person) -> None:
    person.types("/clock 2", "4:00-7:30, 7 people")
    assert "reads as the time there is" in person.heard()
    assert not talk.session.strategy().organisation.name
    person.types("")
    assert (talk.plan.state.agenda.minutes, person.at) == (210, "organisation.name")
    person.types("4:00-7:30, 7 people", "k")
    assert talk.session.strategy().organisation.name == "4:00-7:30, 7 people"


def test_a_name_with_a_number_in_it_is_a_name(talk: Talk, person: Person) -> None:
    person.types("/clock 2", "Studio 90 minutes")
    assert talk.session.strategy().organisation.name == "Studio 90 minutes"


def test_while_the_clock_runs_one_sentence_says_whether_it_fits(
    talk: Talk, person: Person, clock: SetClock
) -> None:
    person.types("/clock 9:00-12:00 7 people", "Larkfield Tool Library")
    clock.on(5)
    person.types("/clock")
    assert person.heard().count("minutes of questions") == 1
    assert "175 minutes of the slot" in person.heard()
    assert "to spare" not in person.heard()
    clock.on(60)
    person.types("/clock 9:00-10:10")
    assert "minutes late" in person.heard()
    assert "too few" not in person.heard()


def test_before_the_slot_begins_what_is_settled_does_not_count(tmp_path: Path) -> None:
    talk = start_talk(played(tmp_path / "s", ALMOST_ALL, same_environment()))
    talk.resume()
    person = Person(talk)
    person.types("/clock 23:00-23:50 everything")
    assert 0 < minutes_to_go(talk.plan) < 50
    assert "to spare" in person.heard()
    assert "too few" not in person.heard()
    talk.session.close()


def test_a_shorter_slot_in_the_middle_leaves_what_is_asked_as_it_was(talk: Talk, person: Person) -> None:
    person.types("/clock 9:00-12:00 7 people")
    # Nothing was said yet: how long there is chooses what is asked.
    person.types("/clock 9:00-10:00")
    assert talk.plan.state.agenda.preset == "90_minutes"
    person.types("/clock 9:00-12:00", "Larkfield Tool Library", "/depth ambition")
    before, plan = asked(talk), talk.plan.state.agenda
    person.types("/clock 9:00-10:00")
    assert asked(talk) == before
    now = talk.plan.state.agenda
    assert (now.preset, now.minutes, now.people) == ("half_day", 60, 7)
    assert (now.depth, now.short, now.whole) == (plan.depth, plan.short, plan.whole)
    # Only the number of people: the slot stays too.
    person.types("/clock 6 people")
    assert (talk.plan.state.agenda.minutes, talk.plan.state.agenda.begin) == (60, now.begin)
    assert talk.plan.state.agenda.people == 6
    # A preset that is named is chosen.
    person.types("/clock 90 minutes")
    assert asked(talk) < before
    # And the journal says it all.
    again = fold(talk.session.actions)
    assert again.agenda == talk.plan.state.agenda


def test_depth_finds_a_part_as_jump_does(tmp_path: Path) -> None:
    session = create_session(tmp_path / "s", bundled_source(), same_environment(), language="nl")
    talk = start_talk(session)
    talk.resume()
    person = Person(talk)
    for name in ("kpis", "KPI's", "measures", "initiatives"):
        person.types("/clock 2", f"/depth {name}")
        assert "wordt nu alles gevraagd" in person.heard(), name
    assert "Geen deel" in submit(talk, "/depth nergens").turns[0].text
    session.close()
