"""KPIs at the depth of the room: what the coach says of one typed in a line, and where the talk goes on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bsc_coach.conversation.recording import play_sample
from bsc_coach.conversation.round_words import round_lines
from bsc_coach.conversation.submit import start_talk
from bsc_coach.session.samples import read_sample
from tests.support.people import Person
from tests.support.sessions import same_environment

FIRST = "Median days"
"""How the line begins that the recording answers the first KPI of an objective with."""


@pytest.fixture
def person(tmp_path: Path) -> Iterator[Person]:
    """Somebody at the KPI of the first objective, half a day long."""
    sample = read_sample("riverbend_half_day")
    here = next(at for at, line in enumerate(sample.lines) if line.text.startswith(FIRST))
    session = play_sample(replace(sample, lines=sample.lines[:here]), tmp_path / "s", same_environment())
    talk = start_talk(session)
    talk.resume()
    yield Person(talk)
    session.close()


PERFECT = "Patients seen within 14 days, 27 > 100 % by December 2027, Director Outpatient Care"
PERCENTAGE = "Timely first visits, 27 > 80 % by December 2027, Director Outpatient Care"
KPI = "clusters[operations]/candidates[O1]/kpis[O1.1]"


def test_a_remark_is_met_where_it_is_mended_and_leads_on_to_the_next_objective(person: Person) -> None:
    assert person.at == "clusters[operations]/candidates[O1]/kpis"
    person.types(PERFECT)
    assert "100%" in person.heard()
    assert person.at == "clusters[operations]/candidates[O1]/kpis[O1.1]/kpis.target"
    person.types("/keep because the valley is small enough")
    assert person.at == "clusters[operations]/candidates[O2]/kpis"


def test_where_everything_is_asked_it_leads_back_to_the_same_objective(person: Person) -> None:
    person.types("/depth kpis", PERFECT, "/keep because the valley is small enough")
    assert person.at.startswith("clusters[operations]/candidates[O1]/kpis")


def test_what_an_owner_takes_home_is_not_missed_in_the_room(person: Person) -> None:
    person.types(PERCENTAGE)
    assert "A share of what?" not in person.heard()
    assert person.at == "clusters[operations]/candidates[O2]/kpis"


def test_where_everything_is_asked_it_is_missed(person: Person) -> None:
    person.types("/depth kpis", PERCENTAGE)
    assert "A share of what?" in person.heard()


def test_homework_parks_what_is_asked_here_and_nothing_else(person: Person) -> None:
    person.types("Patients seen within 14 days, target 80 % by December 2027, Director Outpatient Care")
    assert person.at.endswith("kpis.baseline")
    person.types("don't know", "/homework")
    assert person.at == "clusters[operations]/candidates[O2]/kpis"
    parked = [one.slot.step for one in person.talk.plan.statuses.values() if one.answer_state == "parked"]
    assert parked == ["kpis.baseline"]


def asked_in_full(person: Person, *lines: str) -> None:
    """Answer the questions about a new KPI one by one, as far as the lines go."""
    person.types("/depth kpis", "Median days from referral to first visit", *lines)


def test_today_and_target_propose_the_direction(person: Person) -> None:
    asked_in_full(person, "days", "31", "14")
    assert person.at == f"{KPI}/kpis.direction"
    prompt = person.talk.prompt()
    assert prompt is not None
    assert prompt.start == "down"
    assert any("“Lower is better”" in line for line in round_lines(prompt, "en"))
    person.types("")
    assert {one.id: one.direction for one in person.talk.session.strategy().kpis}["O1.1"] == "down"
    assert person.at == f"{KPI}/kpis.target_date"


@pytest.mark.parametrize("numbers", [("31", "31", ""), ("", "", "14")], ids=["the same", "no value of today"])
def test_no_direction_is_proposed_that_the_numbers_do_not_tell(
    person: Person, numbers: tuple[str, ...]
) -> None:
    asked_in_full(person, "days", *numbers)
    prompt = person.talk.prompt()
    assert prompt is not None
    assert (person.at, prompt.start) == (f"{KPI}/kpis.direction", "")


def test_a_target_that_is_worse_is_heard_when_the_direction_is_told(person: Person) -> None:
    asked_in_full(person, "days", "14", "31", "2")
    assert "step back" in person.heard()


def test_a_target_that_is_worse_is_heard_where_it_is_typed(person: Person) -> None:
    asked_in_full(person, "days", "31", "14", "2")
    assert "step back" not in person.heard()
    person.types("/back", "/back", "40")
    assert "step back" in person.heard()


def test_a_deed_typed_as_a_kpi_is_kept_as_an_initiative_and_the_kpi_asked_anew(person: Person) -> None:
    person.types("Introduce an online booking system")
    assert "done once, or by plan" in person.heard()
    person.types("/save")
    assert [one.title for one in person.talk.session.strategy().initiatives] == [
        "Introduce an online booking system"
    ]
    assert person.at == f"{KPI}/kpis.name"
    person.types("Share of first visits booked online")
    assert "done once" not in person.heard()
