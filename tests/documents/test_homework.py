"""Homework in the documents of a finished session: what owners have still to fill in takes little room."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bsc_coach.conversation.submit import start_talk, submit
from bsc_coach.documents.formats import DocumentInput, document_format
from bsc_coach.interview.requests import command_of, read_request
from bsc_coach.script.loader import bundled_source
from bsc_coach.session.opening import create_session
from bsc_coach.session.samples import read_sample
from bsc_coach.session.session import Session
from bsc_coach.strategy.notes import Notes
from bsc_coach.words import say
from tests.support.pages import whole
from tests.support.sessions import same_environment

SAID_IN_THE_ROOM = frozenset(
    f"kpis.{name}"
    for name in (
        "name",
        "unit",
        "direction",
        "baseline",
        "baseline_by",
        "target",
        "target_date",
        "owner_role",
    )
)
SECTIONS = ("homework", "points", "declined")
"""Those that tell what has not been filled in, by the names of their headings."""
MOST = 0.05


def is_homework(step: str) -> bool:
    return step.startswith("kpis.") and step not in SAID_IN_THE_ROOM


def in_the_room(command: dict[str, Any]) -> dict[str, Any] | None:
    """Return a command without the answers that are left to owners, or None where nothing else is in it."""
    if is_homework(command.get("step", "")):
        return None
    match command.get("answers"):
        case dict(answers):
            return {
                **command,
                "answers": {step: one for step, one in answers.items() if not is_homework(step)},
            }
        case list(answers):
            return {**command, "answers": [one for one in answers if not is_homework(one["step"])]}
    return command


def finished(sample: str, folder: Path) -> Session:
    """Return a recorded session, finished, with the rest of every KPI left to its owner in the talk."""
    recorded = read_sample(sample)
    made = create_session(folder, bundled_source(), same_environment(), language=recorded.language)
    for told in recorded.commands:
        command = in_the_room({name: value for name, value in told.items() if name not in ("after", "by")})
        if command is not None:
            made.do(command_of(made.plan, read_request(command)))
    talk = start_talk(made)
    talk.resume()
    for kpi in made.strategy().kpis:
        submit(talk, f"/jump {kpi.id}")
        submit(talk, "/homework")
    return made


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Session:
    """The hospital, finished with homework left open."""
    return finished("riverbend", tmp_path_factory.mktemp("homework") / "session")


def share_about_unfilled_fields(document: str, language: str = "en") -> float:
    """Return which part of the lines stands in sections that tell what has not been filled in."""
    headings = {f"## {say(f'document.heading.{name}', language)}" for name in SECTIONS}
    lines = document.splitlines()
    starts = [at for at, line in enumerate(lines) if line.startswith("## ")]
    ends = [*starts[1:], len(lines)]
    sections = [(start, end) for start, end in zip(starts, ends, strict=True) if lines[start] in headings]
    assert sections
    return sum(end - start for start, end in sections) / len(lines)


def test_homework_left_to_its_owners_takes_a_twentieth_of_the_document_at_most(session: Session) -> None:
    parked = [point for point in session.notes().points if point.kind == "parked"]
    assert len(parked) > 200  # the rest of 24 KPIs
    assert share_about_unfilled_fields(whole(session.strategy(), session.notes())) <= MOST


def test_a_dutch_document_tells_its_homework_as_shortly(tmp_path: Path) -> None:
    session = finished("brakelman", tmp_path / "brakelman")
    parked = [point for point in session.notes().points if point.kind == "parked"]
    document = whole(session.strategy(), session.notes())
    assert share_about_unfilled_fields(document, "nl") <= MOST
    assert f"{len(parked)} onderdelen liggen bij hun eigenaar." in document.split("\n\n")[1]
    assert "nog geen datum" not in document
    assert "Huiswerk |" not in document


def test_fields_that_are_told_one_by_one_take_more_than_that(session: Session) -> None:
    """The measure can fail: reasons that differ keep every field in a row of its own."""
    notes = session.notes()
    points = tuple(one.model_copy(update={"reason": f"reason {at}"}) for at, one in enumerate(notes.points))
    apart = notes.model_copy(update={"points": points})
    assert share_about_unfilled_fields(whole(session.strategy(), apart)) > MOST


def test_no_field_and_no_owner_of_the_homework_is_lost(session: Session) -> None:
    document = whole(session.strategy(), session.notes())
    homework = document.partition("\n## Homework by owner\n")[2].partition("\n## ")[0]
    rows = [line.split(" | ") for line in homework.splitlines() if line.startswith("| ")][1:]
    for kpi in session.strategy().kpis:
        (row,) = [row for row in rows if f"{kpi.id} {kpi.name}" in row[1].split("; ")]
        assert row[0] == f"| {kpi.owner_role}"
        assert "formula, red line, frequency, source, gathers, benchmark" in row[2]


def test_homework_is_no_point_that_asks_for_attention(session: Session) -> None:
    document = whole(session.strategy(), session.notes())
    parked = sum(point.kind == "parked" for point in session.notes().points)
    summary = document.split("\n\n")[1]
    assert f"{parked} fields are with their owners." in summary
    assert "attention" not in summary
    for nothing in ("no date set", "nobody named", "Homework ·", "Why: Homework"):
        assert nothing not in document


def test_homework_of_nobody_waits_for_an_owner(session: Session) -> None:
    points = tuple(one.model_copy(update={"owner": None}) for one in session.notes().points)
    document = whole(session.strategy(), Notes(points=points))
    assert "fields wait for an owner." in document.split("\n\n")[1]
    assert "with their owners" not in document
    assert "| Nobody named | F1.1 Operating margin; " in document


@pytest.mark.parametrize("name", ["html", "minutes"])
def test_other_formats_tell_the_homework_of_an_owner_together(session: Session, name: str) -> None:
    material = DocumentInput(session.strategy(), session.notes(), session.minutes())
    (data,) = document_format(name).make(material).values()
    document = data.decode()
    fields = "Lead or lag, guard, process, formula, red line, frequency, source"
    owners = {kpi.owner_role for kpi in session.strategy().kpis}
    assert document.count(fields) == len(owners)
