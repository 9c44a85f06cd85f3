"""Beginning with an earlier strategy: what came over waits until somebody here says that it still holds."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from bsc_coach.cli.sources import read_strategy_at
from bsc_coach.conversation.ending import the_end
from bsc_coach.conversation.submit import start_talk
from bsc_coach.documents.reports.minutes import render_minutes
from bsc_coach.interview.facts.answers import Accept
from bsc_coach.interview.facts.provenance import TakeOver
from bsc_coach.interview.navigation import agenda, progress_of
from bsc_coach.interview.provenance import answers_given, unconfirmed
from bsc_coach.interview.reconcile import import_strategy
from bsc_coach.script.model import ConfirmStep
from bsc_coach.script.slots import parse_slot
from bsc_coach.session.environment import Environment
from bsc_coach.session.opening import open_session
from bsc_coach.session.session import Session
from bsc_coach.strategy.closing import Review
from bsc_coach.strategy.model import Organisation, Participant, Segment, Strategy
from tests.support.clock import Clock
from tests.support.pages import whole
from tests.support.people import Person
from tests.support.sessions import new_session, same_environment

NEXT_YEAR = Clock(datetime(2027, 11, 24, 9, tzinfo=timezone(timedelta(hours=1))))
EARLIER = Strategy(
    organisation=Organisation(
        name="Ferry Line", kind="public", customer_word="passengers", purpose="sail or not"
    ),
    participants=(Participant(id="T1", name="Last Year's Captain", role="Captain", part="decider", vote=5),),
    segments=(Segment(id="SEG1", name="Islanders", choice="primary"), Segment(id="SEG2", name="Cyclists")),
    review=Review(first="2027-02-15", rhythm="monthly", contribution="It was good"),
)
ORIGIN = TakeOver("last-year/strategy.toml", "abcd", "2026-11-18")


@pytest.fixture
def begun(tmp_path: Path) -> Session:
    environment = replace(same_environment("Ann"), clock=NEXT_YEAR)
    session = new_session(tmp_path / "next", environment)
    taken = session.take_over(EARLIER, ORIGIN)
    assert [one for one in taken.differences if one.kind == "left"] == []
    return session


@pytest.fixture
def person(begun: Session) -> Person:
    talk = start_talk(begun)
    talk.resume()
    return Person(talk)


def waiting(session: Session) -> int:
    return sum(1 for _ in unconfirmed(session.plan))


def test_it_is_one_action_with_one_fact_of_where_it_comes_from(begun: Session) -> None:
    (action,) = begun.actions
    assert action.source == "taken"
    assert [event.kind for event in action.do].count("took_over") == 1
    taken = begun.state.taken_over
    assert taken is not None
    assert (taken.source, taken.as_of, taken.by) == ("last-year/strategy.toml", "2026-11-18", "Ann")
    assert answers_given(begun.state) == 0


def test_what_belongs_to_the_session_it_was_said_in_stays_there(begun: Session) -> None:
    strategy = begun.strategy()
    assert strategy.organisation == EARLIER.organisation
    assert strategy.segments == EARLIER.segments
    assert strategy.participants == ()
    assert strategy.review == Review(rhythm="monthly")


def test_the_first_question_is_one_that_was_taken_over_and_enter_says_it_still_holds(person: Person) -> None:
    assert person.at == "organisation.name"
    assert (
        "From last-year/strategy.toml (as of 18 November 2026), not yet confirmed."
        in person.prompt.unconfirmed
    )
    assert "/right Ambition" in person.prompt.unconfirmed
    before = waiting(person.talk.session)
    person.types("")
    assert waiting(person.talk.session) == before - 1
    assert person.at == "organisation.kind"
    fact = person.state.facts[parse_slot("organisation.name")]
    assert (fact.value, fact.source, fact.by) == ("Ferry Line", "", "Ann")


def test_an_answer_given_anew_is_said_here(person: Person) -> None:
    person.types("Ferry Line North")
    assert person.state.facts[parse_slot("organisation.name")].source == ""
    assert person.prompt.unconfirmed != ""
    assert answers_given(person.state) == 1


@pytest.mark.parametrize("words", ["still true", "Yes, still right!", "unchanged", "Same as last year."])
def test_words_say_that_it_still_holds_as_well(words: str, person: Person) -> None:
    person.types(words.replace(",", ""))
    fact = person.state.facts[parse_slot("organisation.name")]
    assert (fact.value, fact.source) == ("Ferry Line", "")


def test_the_same_words_are_an_answer_where_nothing_waits(person: Person) -> None:
    """The control."""
    person.types("/right all", "/edit organisation.name", "Unchanged")
    assert person.value("organisation.name") == "Unchanged"


def test_undoing_all_that_was_taken_over_is_asked_back(person: Person) -> None:
    before = waiting(person.talk.session)
    person.types("/undo")
    assert "Taken over from last-year/strategy.toml" in person.heard()
    person.types("")
    assert waiting(person.talk.session) == before
    person.types("/undo", "y")
    assert person.state.facts == {}
    person.types("/redo")
    assert waiting(person.talk.session) == before


def test_a_list_with_too_few_items_can_be_confirmed_and_is_asked_for_more(tmp_path: Path) -> None:
    session = new_session(tmp_path / "few")
    session.take_over(Strategy(segments=(Segment(id="SEG1", name="Islanders"),)), ORIGIN)
    talk = start_talk(session)
    talk.resume()
    one = Person(talk)
    one.types("/right all")
    assert "still right" in one.heard()
    assert [str(status.slot) for status in unconfirmed(session.plan) if not status.refusals] == []


def test_confirming_a_part_one_is_not_in_does_not_pass_over_the_question(person: Person) -> None:
    assert person.at == "organisation.name"
    person.types("/right segments")
    assert person.at == "organisation.name"


def test_the_look_back_and_the_end_do_not_claim_that_nothing_waits(person: Person) -> None:
    talk = person.talk
    slot = next(slot for slot, one in talk.plan.statuses.items() if isinstance(one.step, ConfirmStep))
    talk.position.go_to(slot)
    assert person.prompt.waiting > 0
    assert talk.say("end.finished") not in [line.text for line in the_end(talk).opening]
    assert any("not confirmed" in line.text for line in the_end(talk).todo)
    person.types("/right all")
    talk.position.go_to(slot)
    assert person.prompt.waiting == 0


def test_what_is_confirmed_at_once_is_one_line_of_the_minutes(person: Person) -> None:
    person.types("/right all")
    session = person.talk.session
    minutes = render_minutes(session.strategy(), session.notes(), session.minutes())
    assert "taken over and confirmed at once, not gone through one by one: 4" in minutes
    assert "looked at again" not in minutes
    begun_again = session.minutes()
    assert len([one for one in begun_again.said if one.kind == "affirmed"]) > 3


def test_a_second_year_says_what_was_older_still(begun: Session, tmp_path: Path) -> None:
    begun.do(Accept(parse_slot("organisation.name"), "Ferry Line North"))
    begun.write_strategy()
    source = read_strategy_at(begun.folder, Namespace(by=None, debug=False))
    third = new_session(tmp_path / "third")
    third.take_over(source.material.strategy, source.taken_over_into(third.folder))
    taken = third.notes().taken_over
    assert taken is not None
    assert (taken.source, taken.as_of) == ("next", "2027-11-24")
    assert taken.unconfirmed_there == taken.answers - 1
    told = whole(third.strategy(), third.notes())
    assert "had not been confirmed there either" in told
    assert "from next, not yet confirmed" in told
    assert "from 2027" not in told


def test_the_history_of_an_answer_says_what_was_taken_over(person: Person) -> None:
    person.types("Ferry Line North")
    person.types("/back", "/history")
    first, second, *_ = (turn.text for turn in person.last.turns)
    assert "Ann: Ferry Line (taken over)" in first
    assert second.endswith("Ann: Ferry Line North")


def test_a_point_that_waits_for_a_look_names_nobody_of_this_session(begun: Session) -> None:
    begun.do(Accept(parse_slot("organisation.kind"), "business"))
    assert [one for one in begun.notes().points if one.by and one.kind != "open"] == []


def test_a_whole_part_a_point_and_everything_at_once(person: Person) -> None:
    person.types("/right ambition")
    assert "4 answers are still right" in person.heard()
    assert person.at not in {"organisation.kind", "organisation.customers"}
    before = waiting(person.talk.session)
    person.types("/right seg1")
    assert waiting(person.talk.session) == before - 2
    person.types("/right all")
    assert waiting(person.talk.session) == 0
    person.types("/right all")
    assert "Nothing there waits" in person.heard()


def test_one_undo_takes_a_whole_part_back(person: Person) -> None:
    before = waiting(person.talk.session)
    person.types("/right ambition", "/undo")
    assert waiting(person.talk.session) == before


def test_a_name_that_is_neither_a_part_nor_a_point_is_asked_back(person: Person) -> None:
    before = waiting(person.talk.session)
    person.types("/right nothing of the kind")
    assert "neither a part of the agenda nor a point" in person.heard()
    assert waiting(person.talk.session) == before


def test_a_finished_list_waits_too_and_takes_more(person: Person) -> None:
    person.types("/right ambition", "/jump segments")
    assert person.at == "segments"
    assert person.labels() == ["Islanders", "Cyclists"]
    assert person.prompt.unconfirmed != ""
    person.types("Hauliers")
    named = [one.name for one in person.talk.session.strategy().segments]
    assert named == ["Islanders", "Cyclists", "Hauliers"]


def test_nothing_of_it_counts_as_settled_and_the_agenda_wants_a_look(begun: Session) -> None:
    assert progress_of(begun.plan).settled == 0
    assert progress_of(begun.plan).unconfirmed == waiting(begun) - 1  # the list itself is no answer
    assert {entry.status for entry in agenda(begun.plan)} >= {"check_again", "untouched"}
    assert all(entry.minutes_elapsed == 0 for entry in agenda(begun.plan))


def test_the_control_what_is_said_here_is_settled_at_once(tmp_path: Path) -> None:
    session = new_session(tmp_path / "plain")
    session.do(Accept(parse_slot("organisation.name"), "Ferry Line"))
    assert progress_of(session.plan).settled == 1
    assert waiting(session) == 0


def test_it_is_the_same_after_reopening(begun: Session) -> None:
    plan, folder, environment = begun.plan, begun.folder, begun.environment
    begun.close()
    again = open_session(folder, environment)
    assert again.plan == plan
    assert again.notes() == begun.notes()
    again.close()


def as_the_first_version_wrote(session: Session) -> Session:
    """Return a session whose journal has the same answers as an old one: from a "file", with no more told."""
    (action,) = session.actions
    old = new_session(session.folder.parent / "old", replace(session.environment, by="Ann"))
    old.record([event for event in action.do if event.kind != "took_over"], source="file")
    return old


def test_a_journal_of_the_first_version_says_as_much_as_it_knows(begun: Session) -> None:
    old = as_the_first_version_wrote(begun)
    folder, environment = old.folder, old.environment
    old.close()
    old = open_session(folder, environment)
    taken = old.notes().taken_over
    assert taken is not None
    assert old.state.taken_over is not None
    assert (taken.source, taken.as_of, taken.on, taken.by) == ("", None, "2027-11-24", "Ann")
    assert taken.unconfirmed == taken.answers > 0
    assert old.notes().answers == 0


def test_a_change_by_hand_later_is_one_and_was_not_taken_over(begun: Session) -> None:
    renamed = EARLIER.model_copy(
        update={"participants": (), "organisation": Organisation(name="Ferry Line North")}
    )
    begun.take_edits(import_strategy(begun.plan, renamed, begun.environment.ids))
    fact = begun.state.facts[parse_slot("organisation.name")]
    assert fact.source == "edit"
    minutes = [one for one in begun.minutes().said if one.kind == "reworded"]
    assert [(one.said, one.origin) for one in minutes] == [("Ferry Line North", "edit")]


@pytest.mark.parametrize("zone", [UTC, timezone(timedelta(hours=-5, minutes=-30))], ids=["UTC", "UTC-5:30"])
def test_times_are_those_of_the_place(zone: timezone, tmp_path: Path) -> None:
    start = datetime(2026, 11, 18, 23, 30, tzinfo=zone)
    session = new_session(tmp_path / "far", Environment(clock=Clock(start), by="Ann"))
    session.do(Accept(parse_slot("organisation.name"), "Ferry Line"))
    folder, environment = session.folder, session.environment
    session.close()
    again = open_session(folder, environment, read_only=True)
    assert again.notes().session_date == "2026-11-18"
    (sitting,) = again.notes().sittings
    assert sitting.begin.startswith("2026-11-18T23:30")
    assert sitting.begin.endswith("+00:00" if zone is UTC else "-05:30")


def sittings_of(gaps: list[timedelta], tmp_path: Path) -> list[int]:
    """Return how many answers each sitting has when answers are so far apart."""
    clock = Clock(datetime(2026, 11, 18, 9, tzinfo=UTC))
    session = new_session(tmp_path / "sittings", Environment(clock=clock, by="Ann"))
    for number, gap in enumerate(gaps):
        clock.now += gap
        session.do(Accept(parse_slot("organisation.name"), f"Ferry Line {number}"))
    return [one.answers for one in session.notes().sittings]


@pytest.mark.parametrize(
    ("gaps", "expected"),
    [([0, 1, 1], [3]), ([0, 3.9, 1], [3]), ([0, 4.1, 1], [1, 2]), ([0, 24, 24], [1, 1, 1])],
    ids=str,
)
def test_a_sitting_ends_with_a_break_of_four_hours(
    gaps: list[float], expected: list[int], tmp_path: Path
) -> None:
    assert sittings_of([timedelta(hours=gap) for gap in gaps], tmp_path) == expected
