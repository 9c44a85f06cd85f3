"""When the coach is heard on a choice: as soon as it is whole, and not before."""

from __future__ import annotations

from pathlib import Path

from bsc_coach.conversation.talk import Talk
from bsc_coach.interview.coaching import remarks
from bsc_coach.script.source import bundled_source
from bsc_coach.session.session import create_session
from tests.support.people import Person
from tests.support.sessions import same_environment


def test_what_a_list_lacks_is_not_missed_while_it_is_open(tmp_path: Path) -> None:
    session = create_session(tmp_path / "session", bundled_source(), same_environment())
    person = Person(Talk(session))
    person.types("/jump segments", "Families with two wages who book online", "/edit SEG1")
    choice = next(slot for slot in session.plan.order if slot.step == "segments.choice")
    person.talk.go_to(choice)
    person.types("1")
    assert remarks(session.plan, choice) == ()
    person.types("/jump segments", "People over 75 who live alone in the valley", "/done")
    second = [slot for slot in session.plan.order if slot.step == "segments.choice"][-1]
    person.talk.go_to(second)
    person.types("2")
    assert [one.rule for one in remarks(session.plan, second)] == ["V16"]
