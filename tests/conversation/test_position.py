"""Where the conversation is: it returns from a detour only to what still applies."""

from __future__ import annotations

from pathlib import Path

import pytest

from bsc_coach.conversation.submit import start_talk, submit
from bsc_coach.interview.facts.answers import Accept, Park, Reopen
from bsc_coach.script.slots import Slot, StepId
from bsc_coach.session.samples import read_sample
from bsc_coach.session.session import Session
from tests.support.people import ABOUT, Person, begins, comes_back
from tests.support.sessions import played, same_environment


@pytest.mark.parametrize(("answer", "returns"), [("target", False), ("not_served", True)])
def test_one_returns_from_a_detour_only_to_a_question_that_applies(
    tmp_path: Path, answer: str, *, returns: bool
) -> None:
    """The reason is asked of segments that are not served; the control changes nothing about that."""
    session = played(tmp_path / "s", len(read_sample("riverbend").commands), same_environment())
    choice = next(slot for slot in session.plan.order if slot.step == "segments.choice")
    reason = Slot(StepId("segments.reason"), choice.frame)
    assert session.do(Accept(choice, "not_served")).accepted
    talk = start_talk(session, reason)
    talk.position.go_to(choice, come_back=True)
    submit(talk, answer)
    if talk.asking is not None:
        submit(talk, "")
    assert talk.at is not None
    assert session.plan.statuses[talk.at].active
    assert (talk.at == reason) is returns


def test_what_was_passed_stays_passed_also_after_reopening(tmp_path: Path) -> None:
    person = begins(tmp_path)
    person.types("Korenaar", "1", "2030", "Bread at every door", "")
    assert person.at == "slogan"
    person.leaves()
    again = comes_back(tmp_path)
    again.types("/jump about", "Still warm")
    assert again.at == "motto"
    values = next(slot for slot in again.talk.plan.order if slot.step == "organisation.values")
    assert again.talk.plan.statuses[values].passed
    asked = [again.at]
    while again.at != "goods":
        again.types({"opened": "1998"}.get(again.at, ""))
        asked.append(again.at)
    assert "organisation.values" not in asked


def test_what_was_only_left_for_later_is_offered_again(tmp_path: Path) -> None:
    person = begins(tmp_path)
    person.types("Korenaar", "1", "2030", "Bread at every door", "/next", "/jump about")
    person.types("Still warm", "/back", "/back")
    assert person.at == "organisation.values"
    person.types("Fresh only")
    assert person.value("organisation.values") == "Fresh only"


def test_passing_is_undone_like_an_answer(tmp_path: Path) -> None:
    person = begins(tmp_path)
    person.types("Korenaar", "1", "2030", "Bread at every door", "", "/undo")
    assert person.at == "organisation.values"
    assert not person.talk.plan.statuses[person.prompt.slot].passed


def test_a_value_nobody_knows_is_asked_when_it_will_be_measured(own: Session) -> None:
    """Enter leaves "What is it today?" open; the next question is by when it will have been measured."""
    person = Person(start_talk(own))
    baseline = next(slot for slot in own.plan.order if slot.step == "kpis.baseline")
    own.do(Reopen(baseline))
    person.talk.position.go_to(baseline)
    person.types("")
    assert person.talk.at == Slot(StepId("kpis.baseline_by"), baseline.frame)


@pytest.mark.parametrize("line", ["/park later", "Enter"])
def test_a_value_left_open_or_parked_can_be_dated_and_an_answered_one_cannot(own: Session, line: str) -> None:
    person = Person(start_talk(own))
    baseline = next(slot for slot in own.plan.order if slot.step == "kpis.baseline")
    by = Slot(StepId("kpis.baseline_by"), baseline.frame)
    assert not own.plan.statuses[by].active
    own.do(Park(baseline) if line.startswith("/park") else Reopen(baseline))
    if line == "Enter":
        assert not own.plan.statuses[by].active
        person.talk.position.go_to(baseline)
        person.types("")
    assert own.plan.statuses[by].active


def test_a_jump_moves_and_does_not_come_back(tmp_path: Path) -> None:
    person = begins(tmp_path)
    person.types(*ABOUT)
    assert person.at == "goods"
    person.types("/jump about")
    assert person.prompt.back_to == ""
    while not person.at.startswith("goods"):
        person.types("")
    assert person.talk.position.returns == []


def test_a_detour_says_where_it_leads_back_to_and_returns_once(tmp_path: Path) -> None:
    person = begins(tmp_path)
    person.types(*ABOUT, "Rye")
    here = person.at
    person.types("/edit organisation.values")
    assert "Rye" in person.prompt.back_to
    person.types("Fresh, always")
    assert person.at == here
    assert person.prompt.back_to == ""


def test_back_works_after_reopening_where_no_way_was_kept(tmp_path: Path) -> None:
    person = begins(tmp_path)
    person.types(*ABOUT[:4])
    person.talk.session.close()  # nothing was remembered: the program was killed
    again = comes_back(tmp_path)
    assert again.at == "organisation.values"
    again.types("/back")
    assert again.at == "organisation.ambition"
    again.types("/back")
    assert again.at == "organisation.year"


def test_after_the_last_confirmation_nothing_is_asked_that_was_left_open(tmp_path: Path) -> None:
    person = begins(tmp_path)
    person.types(*ABOUT[:1], "/next", *ABOUT[2:5], "", "")
    person.types("/jump ending")
    while person.at != "ending.confirm":
        person.types("/next")
    assert not person.talk.ended
    person.types("")
    assert person.talk.ended
    assert person.at == "done"
    person.leaves()
    assert comes_back(tmp_path).talk.ended


def test_before_the_confirmation_what_was_left_for_later_is_asked(tmp_path: Path) -> None:
    person = begins(tmp_path)
    person.types(*ABOUT[:1], "/next")
    assert person.at == "organisation.year"
    person.types("/jump ending")
    while person.at != "ending.confirm":
        person.types("/next")
    person.types("/next")
    assert person.at == "organisation.kind"
