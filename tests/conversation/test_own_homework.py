"""One role going through its own homework: only that is asked, signed by it; the room stays where it was."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from random import Random

import pytest

from bsc_coach.conversation.ending import the_end
from bsc_coach.conversation.rehearsal.path import WalkedPath, answer_all
from bsc_coach.conversation.rehearsal.plausible_answers import PlausibleAnswers
from bsc_coach.conversation.submit import start_homework, start_talk
from bsc_coach.conversation.talk import Talk
from bsc_coach.interview.facts.answers import Reopen
from bsc_coach.interview.homework import NOBODY, homework_by_role, homework_of, owner_of
from bsc_coach.interview.plan import Plan
from bsc_coach.script.slots import Slot, StepId
from bsc_coach.session.environment import Environment
from bsc_coach.session.opening import open_session
from tests.support.clock import Clock, item_ids
from tests.support.people import Person
from tests.support.rooms_in_time import in_the_room

ROLE, OTHER = "Head of Pharmacy", "CFO"


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A half-day session, confirmed: what was not asked is the homework of owners."""
    folder = tmp_path_factory.mktemp("room") / "session"
    session = in_the_room(folder)
    talk = start_talk(session)
    talk.resume()
    talk.remember()
    session.close()
    return folder


Begin = Callable[[str], Person]


@pytest.fixture
def begin(room: Path, tmp_path: Path) -> Iterator[Begin]:
    """Begin the homework of a role in a copy of that session."""
    opened = []

    def begin_in_copy(role: str) -> Person:
        folder = tmp_path / f"copy{len(opened)}"
        shutil.copytree(room, folder)
        session = open_session(folder, Environment(Clock(), item_ids("h"), by=role or "Scribe"))
        opened.append(session)
        return Person(start_homework(session, role))

    yield begin_in_copy
    for session in opened:
        session.close()


def questions(plan: Plan, role: str) -> list[Slot]:
    return [status.slot for status in homework_of(plan, role)]


def answer_everything(talk: Talk) -> list[Slot]:
    """Answer every question that comes; return them."""
    asked: list[Slot] = []

    class Walk(WalkedPath):
        def type(self, line: str) -> bool:
            if talk.at is not None and talk.at not in asked:
                asked.append(talk.at)
            return super().type(line)

    path = Walk(talk)
    answers = PlausibleAnswers(Random(1), talk.language, date(2026, 1, 5), passed_by=0, put_off=0)
    answer_all(path, answers)
    assert not path.troubles
    return asked


def test_a_role_is_asked_its_own_questions_and_no_others(begin: Begin) -> None:
    person = begin(ROLE)
    plan, others = person.talk.plan, questions(person.talk.plan, OTHER)
    mine, before = questions(plan, ROLE), len(person.state.actions)
    assert mine
    assert others
    asked = answer_everything(person.talk)
    position = person.talk.plan.index.position
    assert set(mine) <= set(asked)
    assert all(owner_of(person.talk.plan, slot.frame) == ROLE for slot in asked)
    assert [position[slot] for slot in asked] == sorted(position[slot] for slot in asked)
    assert questions(person.talk.plan, ROLE) == []
    assert questions(person.talk.plan, OTHER) == others
    assert {action.by for action in person.state.actions[before:]} == {ROLE}


def test_without_homework_nothing_of_it_is_asked(begin: Begin) -> None:
    """The control: the session is finished, so whoever merely opens it is asked nothing."""
    talk = start_talk(begin(ROLE).talk.session)
    talk.resume()
    assert talk.prompt() is None


def test_what_comes_in_because_of_an_answer_is_asked_as_well(begin: Begin) -> None:
    person = begin(ROLE)
    found = next(one for one in questions(person.talk.plan, ROLE) if one.step == "kpis.benchmark_found")
    value = Slot(StepId("kpis.benchmark_value"), found.frame)
    assert value not in questions(person.talk.plan, ROLE)
    person.talk.position.jump(found)
    person.types("found", "")  # the coach asks who says so; Enter goes on
    assert person.prompt.slot == value
    person.types("12")
    assert person.talk.plan.answer(value) == 12


def test_enter_passes_what_is_optional_for_good(begin: Begin) -> None:
    person = begin(ROLE)
    slot = next(s for s in questions(person.talk.plan, ROLE) if person.talk.plan.statuses[s].step.optional)
    person.talk.position.jump(slot)
    person.types("")
    assert person.prompt.slot != slot
    assert slot not in questions(person.talk.plan, ROLE)
    person.types("/undo")
    assert person.prompt.slot == slot


def test_what_must_be_answered_may_be_put_off_declined_or_kept_for_later(begin: Begin) -> None:
    person = begin(ROLE)
    first, second, third, fourth = questions(person.talk.plan, ROLE)[:4]
    assert person.prompt.slot == first
    person.types("/next")
    assert person.prompt.slot == second
    person.types("/back")
    assert person.prompt.slot == first
    person.types("/park the laboratory knows", ROLE, "")
    assert person.prompt.slot == second
    person.types("/na not here")
    assert person.prompt.slot == third
    person.types("/why", "/next")
    assert person.prompt.slot == fourth
    person.types("/undo")  # takes back the last thing said: that it does not apply
    assert person.prompt.slot == second
    # What was put off now is not asked twice, but it is homework still, and asked next time.
    assert first not in person.talk.homework.open(person.talk.plan)  # type: ignore[union-attr]
    again = start_homework(person.talk.session, ROLE)
    assert again.prompt().slot == first  # type: ignore[union-attr]


def test_the_last_question_kept_for_later_comes_back_to_the_first(begin: Begin) -> None:
    person = begin(ROLE)
    mine = questions(person.talk.plan, ROLE)
    for slot in mine:
        assert person.prompt.slot == slot
        person.types("/next")
    assert person.prompt.slot == mine[0]


def test_one_goes_elsewhere_and_comes_back(begin: Begin) -> None:
    person = begin(ROLE)
    here = person.prompt.slot
    person.types("/edit organisation.name")
    assert person.at == "organisation.name"
    person.types("Riverbend Hospital")
    assert person.prompt.slot == here
    person.types("/jump organisation.ambition")
    assert person.at == "organisation.ambition"
    person.types("/next")
    assert person.prompt.slot == here


def test_its_end_tells_how_much_is_done_and_is_not_that_of_the_room(begin: Begin) -> None:
    person = begin(ROLE)
    total = len(questions(person.talk.plan, ROLE))
    person.types("/na not ours")
    so_far = the_end(person.talk)
    assert f"1 of {total}" in so_far.opening[0].text
    while person.talk.prompt() is not None:
        person.types("/na not ours")
    end = the_end(person.talk)
    assert f"{total} of {total}" in end.opening[0].text
    assert not end.alarms
    assert not end.todo
    assert "homework" in end.goodbye[0].text
    assert ROLE in end.goodbye[0].text
    assert person.types("").screen == "end"
    assert person.types("t").screen is None  # the room tidies wordings with it
    assert person.types("q").screen == "quit"


def test_the_room_goes_on_where_it_was(begin: Begin) -> None:
    person = begin(ROLE)
    session = person.talk.session
    room = start_talk(session)
    room.resume()
    room.position.jump(Slot(StepId("organisation.values")))
    room.remember()
    person.types("/na not ours")
    person.talk.remember()
    room = start_talk(session)
    room.resume()
    assert room.at == Slot(StepId("organisation.values"))


def test_what_nobody_owns_is_asked_of_whoever_takes_it(begin: Begin) -> None:
    person = begin(OTHER)
    plan = person.talk.plan
    owner = next(s for s in plan.statuses if s.step == "kpis.owner_role" and plan.answer(s) == OTHER)
    person.talk.session.do(Reopen(owner))
    assert NOBODY in homework_by_role(person.talk.plan)
    nobody = Person(start_homework(person.talk.session, NOBODY))
    asked = answer_everything(nobody.talk)
    assert {slot.frame for slot in asked} == {owner.frame}
    assert NOBODY not in homework_by_role(nobody.talk.plan)
