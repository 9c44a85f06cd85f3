"""When the coach is heard on a choice: as soon as it is whole, and not before."""

from __future__ import annotations

from pathlib import Path

import pytest

from bsc_coach.conversation.submit import start_talk
from bsc_coach.conversation.talk import Talk
from bsc_coach.interview.facts.answers import Accept
from bsc_coach.interview.remarks import remarks
from bsc_coach.script.slots import Slot, parse_slot
from bsc_coach.script.source import bundled_source
from bsc_coach.session.opening import create_session
from bsc_coach.session.session import Session
from tests.support.people import Person
from tests.support.sessions import same_environment


def test_what_a_list_lacks_is_not_missed_while_it_is_open(tmp_path: Path) -> None:
    session = create_session(tmp_path / "session", bundled_source(), same_environment())
    person = Person(start_talk(session))
    person.types("/jump segments", "Families with two wages who book online", "/edit SEG1")
    choice = next(slot for slot in session.plan.order if slot.step == "segments.choice")
    person.talk.position.go_to(choice)
    person.types("1")
    assert remarks(session.plan, choice) == ()
    person.types("/jump segments", "People over 75 who live alone in the valley", "/done")
    second = [slot for slot in session.plan.order if slot.step == "segments.choice"][-1]
    person.talk.position.go_to(second)
    person.types("2")
    assert [one.rule for one in remarks(session.plan, second)] == ["V16"]


def heard(talk: Talk, at: Slot) -> list[str]:
    return [one.rule for one in remarks(talk.plan, at)]


@pytest.mark.parametrize(
    ("path", "value", "rule"),
    [
        ("review.first", "2028-11", "M40"),
        ("proposition.type", "leadership", "V17"),
        ("review.first", "2027-01", None),
    ],
)
def test_a_rule_on_the_map_is_heard_at_the_answer(
    own: Session, path: str, value: str, rule: str | None
) -> None:
    slot = parse_slot(path)
    assert remarks(own.plan, slot) == ()
    own.do(Accept(slot, value))
    assert [one.rule for one in remarks(own.plan, slot)] == ([rule] if rule else [])


def test_who_is_not_served_is_asked_at_the_last_group(own: Session) -> None:
    slots = [slot for slot in own.plan.statuses if slot.step == "segments.choice"]
    for slot in slots:
        assert remarks(own.plan, slot) == ()
        own.do(Accept(slot, "target"))
    assert [heard(start_talk(own), slot) for slot in slots[:-1]] == [[]] * (len(slots) - 1)
    assert "V16" in heard(start_talk(own), slots[-1])


@pytest.mark.parametrize(
    ("step", "value", "rule"),
    [
        ("kpis.name", "Number of meetings", "K15"),
        ("kpis.target", 900, "K03"),
        ("kpis.benchmark_value", 900, None),
        ("kpis.benchmark_year", 2025, None),
    ],
)
def test_a_kpi_is_looked_at_field_by_field(own: Session, step: str, value: object, rule: str | None) -> None:
    slot = next(slot for slot in own.plan.statuses if slot.step == step)
    assert remarks(own.plan, slot) == ()
    own.do(Accept(slot, value))
    assert [one.rule for one in remarks(own.plan, slot)] == ([rule] if rule else [])
