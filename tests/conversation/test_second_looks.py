"""What two whole sessions of strangers went wrong with: small questions, confirmations, /edit, homework."""

from __future__ import annotations

import pytest

from bsc_coach.conversation.submit import start_talk
from bsc_coach.conversation.talk import Talk
from bsc_coach.interview.facts.answers import Accept, Reopen
from bsc_coach.script.slots import Slot, StepId, parse_slot
from bsc_coach.session.session import Session
from tests.support.people import Person


def test_words_typed_where_enter_confirms_confirm_nothing(own: Session) -> None:
    person = Person(start_talk(own))
    confirm = parse_slot("closing.confirm")
    own.do(Accept(parse_slot("organisation.values"), "Nobody waits without a name to call"))
    person.talk.position.jump(confirm)
    person.types("no, not yet")
    assert own.plan.statuses[confirm].answer_state == "open"
    person.types("")
    assert own.strategy().parking[-1].title == "no, not yet"
    assert own.plan.statuses[confirm].answer_state == "open"
    person.types("")
    assert own.plan.statuses[confirm].answer_state == "answered"


@pytest.mark.parametrize("line", ["Jonas fin", "another one", "yesterday's list", "Ann", "122"])
def test_what_is_no_letter_of_a_small_question_is_not_taken_for_one(talk: Talk, line: str) -> None:
    """They begin with letters that mean something there, and are a next answer typed early."""
    person = Person(talk)
    talk.position.jump(Slot(StepId("participants")))
    person.types("Ann\nBob")
    asked = person.heard()
    assert line not in person.tries(line)
    assert person.heard() == asked
    person.types("y")
    assert len(talk.session.strategy().participants) == 2


def test_an_objective_is_reworded_where_it_is_worded(own: Session) -> None:
    person = Person(start_talk(own))
    person.types("/edit O1")
    assert person.at.endswith("objective.title")
    person.types("Halve the wait for a first visit")
    if person.talk.asking is not None:
        person.types("")
    assert own.strategy().objectives[0].title == "Halve the wait for a first visit"


def test_a_better_spelling_is_no_second_look(own: Session) -> None:
    """The link is to be checked again because what it starts from was renamed."""
    own.do(Accept(next(s for s in own.plan.order if s.step == "enablers.title"), "Know every night shift"))
    because = next(s for s, st in own.plan.statuses.items() if s.step == "links.because" and st.stale)
    said = own.plan.statuses[because].value
    own.do(Accept(because, f"{said}.", same=True))
    assert own.plan.statuses[because].stale
    own.do(Accept(because, f"{said}, we think"))
    assert not own.plan.statuses[because].stale


def test_homework_takes_along_what_comes_in_by_it(own: Session) -> None:
    frame = next(slot for slot in own.plan.order if slot.step == "kpis.baseline").frame
    baseline, by = Slot(StepId("kpis.baseline"), frame), Slot(StepId("kpis.baseline_by"), frame)
    own.do(Reopen(baseline))
    person = Person(start_talk(own))
    person.talk.position.jump(baseline)
    person.types("/homework")
    assert own.plan.statuses[by].answer_state == "parked"


@pytest.mark.parametrize(
    ("step", "line", "value"),
    [
        ("participants.part", "takes part", "member"),
        ("objective.effects", "1 and 3", ("quality", "cost")),
    ],
)
def test_choices_are_named_as_people_say_them(own: Session, step: str, line: str, value: object) -> None:
    slot = next(s for s in own.plan.order if s.step == step)
    assert own.do(Accept(slot, line)).accepted
    assert own.plan.statuses[slot].value == value


def draft(talk: Talk) -> str | None:
    return None if talk.at is None else talk.session.drafts.get(str(talk.at))


def test_undo_gives_back_a_pasted_list_and_redo_takes_it_again(talk: Talk) -> None:
    person = Person(talk)
    talk.position.jump(Slot(StepId("participants")))
    person.types("Ann\nBob", "", "/undo")
    assert (person.at, draft(talk)) == ("participants", "Ann\nBob")
    person.types("/redo")
    assert talk.session.drafts.get("participants") is None
    assert len(talk.session.strategy().participants) == 2


def test_undo_gives_back_an_answer_in_words(talk: Talk) -> None:
    person = Person(talk)
    person.types("1", "we leave out what others still do", "/undo")
    assert (person.at, draft(talk)) == ("proposition.why", "we leave out what others still do")
    person.types("/redo")
    assert talk.session.drafts.get("proposition.why") is None


def test_undoing_a_rewording_brings_the_earlier_answer_back_and_no_draft(talk: Talk) -> None:
    person = Person(talk)
    person.types("1", "we leave out what others do", "/back", "we do less", "/undo")
    assert person.value("proposition.why") == "we leave out what others do"
    assert talk.session.drafts.get("proposition.why") is None


@pytest.mark.parametrize(
    ("second", "told"),
    [("Know who waits for the boat to the clinic", True), ("Tell passengers by noon", False)],
)
def test_what_a_next_answer_took_the_place_of_is_said(own: Session, second: str, *, told: bool) -> None:
    """The first one is remarked on, and stays open for a better wording."""
    person = Person(start_talk(own))
    person.talk.position.jump(own.plan.index.of_step[StepId("candidates")][0])
    first = "Tell all passengers excellently"
    person.types(first)
    assert person.prompt.remarks
    person.types(second)
    assert (f"in the place of “{first}”" in person.heard()) is told


def test_the_story_is_doubtful_once_a_point_in_it_is_called_otherwise(own: Session) -> None:
    story = own.plan.index.of_step[StepId("review.story")][0]
    assert not own.plan.statuses[story].stale
    title = next(slot for slot in own.plan.order if slot.step == "objective.title")
    assert own.do(Accept(title, "Halve the wait for a first visit")).accepted
    assert own.plan.statuses[story].stale


def test_what_an_edit_touches_is_told_apart_however_long_its_item_is_called(talk: Talk) -> None:
    person = Person(talk)
    talk.position.jump(Slot(StepId("participants")))
    person.types(f"Ann {'van den Berg ' * 5}", "Director")
    person.types("/remove T1")
    assert talk.asking is not None
    assert "· Name" in talk.asking.text
    assert "· Role" in talk.asking.text
