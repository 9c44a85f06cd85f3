"""After taking over: every sentence that names an author or a date of this session is about this session."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from bsc_coach.conversation.submit import start_talk, submit
from bsc_coach.documents.formats import DocumentInput, files_of, known_formats
from bsc_coach.documents.reports.explanation import explained
from bsc_coach.interview.explanation import explain, points_like
from bsc_coach.interview.facts.answers import Accept, StillRight
from bsc_coach.interview.facts.provenance import TakeOver
from bsc_coach.interview.provenance import unconfirmed
from bsc_coach.script.slots import parse_slot
from bsc_coach.session.environment import Environment
from bsc_coach.session.opening import open_session
from bsc_coach.session.session import Session
from tests.support.clock import Clock
from tests.support.pages import whole
from tests.support.sessions import new_session, same_environment

AUTHOR = "Quirina Vanderlaan"
TODAY = datetime(2033, 3, 14, 9, tzinfo=UTC)
OF_TODAY = re.compile(rf"{AUTHOR}|2033-03-14|14 March 2033|14 maart 2033|20330314")
ABOUT_TAKING_OVER = re.compile(
    r"taken over|overgenomen|not been confirmed|niet bevestigd|^on = |^by = |DTSTAMP|LAST-MODIFIED|<dct|<dc"
)
"""What may name today and whoever typed: that something was taken over, and when a file was made."""
Folders = Callable[[str], Path]


def next_year(sample: Path, folder: Path) -> Session:
    """Return a new session that began with a recorded one, in which nothing was said yet."""
    earlier = open_session(sample, Environment(by="Tester"), read_only=True)
    environment = replace(same_environment(AUTHOR), clock=Clock(TODAY))
    session = new_session(folder / "next", environment)
    session.take_over(earlier.strategy(), TakeOver("last-year", "ab", "2026-11-18"))
    earlier.close()
    return session


def sentences(material: DocumentInput, name: str = "all") -> Iterator[tuple[str, str]]:
    """Yield every line of every document, with the file it stands in; Office files as their texts."""
    for path, data in files_of([name], material).items():
        if path.suffix == ".pdf":
            continue  # compressed; it is made from the same context as the Word file
        if path.suffix in (".docx", ".pptx", ".xlsx"):
            with ZipFile(BytesIO(data)) as packed:
                parts = b"\n".join(packed.read(name) for name in packed.namelist() if name.endswith(".xml"))
            text = re.sub(r"</(?:w:p|a:p|si|c)>", "\n", parts.decode("utf-8"))
        else:
            text = data.decode("utf-8").replace("\r\n ", "")
        for line in re.sub(r"<[^>]*>", "", unescape(text)).splitlines():
            yield str(path), line


def untrue(material: DocumentInput) -> list[tuple[str, str]]:
    """Return the lines that name today or whoever typed, and are not about the taking over."""
    return [
        (path, line)
        for path, line in sentences(material)
        if OF_TODAY.search(line) and not ABOUT_TAKING_OVER.search(line)
    ]


@pytest.mark.parametrize("sample", ["riverbend", "brakelman"])
def test_nothing_that_came_over_is_told_as_said_here(
    sample: str, sample_folder: Folders, tmp_path: Path
) -> None:
    session = next_year(sample_folder(sample), tmp_path)
    material = session.material()
    assert untrue(material) == []
    session.close()


def test_the_control_what_is_said_here_names_its_author(sample_folder: Folders, tmp_path: Path) -> None:
    session = next_year(sample_folder("riverbend"), tmp_path)
    session.do(Accept(parse_slot("organisation.name"), "Riverbend North"))
    assert {path for path, _ in untrue(session.material())} >= {"minutes.md", "strategy.toml"}
    session.close()


@pytest.mark.parametrize("sample", ["riverbend", "brakelman"])
def test_why_tells_of_every_point_that_it_was_taken_over(
    sample: str, sample_folder: Folders, tmp_path: Path
) -> None:
    session = next_year(sample_folder(sample), tmp_path)
    strategy = session.strategy()
    for point in points_like(session.plan, "anything at all"):
        about = explain(session.plan, point)
        assert about is not None
        for line in explained(about, strategy):
            assert not OF_TODAY.search(line) or ABOUT_TAKING_OVER.search(line), (point, line)
    session.close()


def test_attendance_and_votes_of_last_year_stand_nowhere(sample_folder: Folders, tmp_path: Path) -> None:
    earlier = open_session(sample_folder("riverbend"), Environment(by="Tester"), read_only=True)
    people = [one.name for one in earlier.strategy().participants if one.name]
    earlier.close()
    assert len(people) == 8
    session = next_year(sample_folder("riverbend"), tmp_path)
    told = "\n".join(line for _, line in sentences(session.material()))
    assert [name for name in people if name in told] == []
    session.close()


def rows(markdown: str) -> list[str]:
    """Return the rows of the tables of KPIs, initiatives and so on that begin with an id."""
    return [line for line in markdown.splitlines() if re.match(r"\| [A-Z]{1,3}\d+(\.\d+)? \|", line)]


def test_every_row_says_that_nobody_has_confirmed_it_until_somebody_does(
    sample_folder: Folders, tmp_path: Path
) -> None:
    session = next_year(sample_folder("riverbend"), tmp_path)
    told = rows(whole(session.strategy(), session.notes()))
    assert len(told) > 40
    assert [line for line in told if "from 2026, not yet confirmed" not in line] == []
    scorecard = whole(session.strategy(), session.notes()).partition("## Scorecard")[2].partition("\n## ")[0]
    assert scorecard.count("from 2026, not yet confirmed") == 1
    assert scorecard.count("†") == 1 + len(session.strategy().kpis)
    kpi = [one.slot for one in unconfirmed(session.plan) if one.slot.step.startswith("kpis.")]
    short = session.state.shorts[kpi[0].frame[-1][1]]
    for slot in kpi:
        if slot.frame == kpi[0].frame:
            session.do(StillRight(slot))
    again = rows(whole(session.strategy(), session.notes()))
    unmarked = [line for line in again if "not yet confirmed" not in line]
    assert [line.split()[1] for line in unmarked] == [short]
    session.close()


def test_the_minutes_of_a_session_in_which_nothing_was_said_say_so(
    sample_folder: Folders, tmp_path: Path
) -> None:
    session = next_year(sample_folder("riverbend"), tmp_path)
    (minutes,) = files_of(["minutes"], session.material()).values()
    assert b"Nothing has been said in this session yet." in minutes
    assert b"Held on" not in minutes
    assert b"What was said, section by section" not in minutes
    session.do(Accept(parse_slot("organisation.name"), "Riverbend North"))
    (minutes,) = files_of(["minutes"], session.material()).values()
    assert b"Held on 14 March 2033" in minutes
    assert b"One answer was given" in minutes
    session.close()


NO_STATEMENTS = ("pdf", "board-pdf", "svg", "slips", "worksheet")


@pytest.mark.parametrize("name", [name for name in known_formats() if name not in NO_STATEMENTS])
def test_every_document_says_that_nobody_has_confirmed_it(
    name: str, sample_folder: Folders, tmp_path: Path
) -> None:
    """But for pictures without words of their own, what is compressed, and papers to write answers on."""
    session = next_year(sample_folder("riverbend"), tmp_path)
    told = "\n".join(line for _, line in sentences(session.material(), name))
    assert re.search("not yet confirmed|not been confirmed|unconfirmed", told)
    earlier = open_session(sample_folder("riverbend"), Environment(by="Tester"), read_only=True)
    told = "\n".join(line for _, line in sentences(earlier.material(), name))
    assert not re.search("not yet confirmed|not been confirmed|unconfirmed", told)
    for one in (session, earlier):
        one.close()


def test_each_row_of_the_register_and_each_date_says_so(sample_folder: Folders, tmp_path: Path) -> None:
    session = next_year(sample_folder("riverbend"), tmp_path)
    (register,) = files_of(["csv"], session.material()).values()
    head, *told = register.decode("utf-8-sig").splitlines()
    assert head.endswith(",From")
    assert [line for line in told if not line.endswith(',"from 2026, not yet confirmed"')] == []
    (report,) = files_of(["iso"], session.material()).values()
    headings = [line for line in report.decode().splitlines() if re.match(r"## [A-Z]{1,2}\d", line)]
    assert len(headings) > 5
    assert [line for line in headings if not line.endswith("(from 2026, not yet confirmed)")] == []
    slides = "\n".join(line for _, line in sentences(session.material(), "pptx"))
    assert slides.count("from 2026, not yet confirmed") > 40
    (calendar,) = files_of(["ics"], session.material()).values()
    events = calendar.decode().replace("\r\n ", "").split("BEGIN:VEVENT")[1:]
    assert len(events) > 20
    assert [one for one in events if "not yet confirmed" not in one] == []
    session.close()


def test_what_a_change_made_doubtful_is_left_by_a_confirmation_of_all(
    sample_folder: Folders, tmp_path: Path
) -> None:
    session = next_year(sample_folder("riverbend"), tmp_path)
    session.do(Accept(parse_slot("proposition.type"), "low_cost"))
    doubtful = {one.slot for one in unconfirmed(session.plan) if one.stale or one.refusals}
    assert len(doubtful) > 3
    reply = submit(start_talk(session, parse_slot("organisation.name")), "/right all")
    assert "want a look of their own" in reply.turns[-1].text
    assert {one.slot for one in unconfirmed(session.plan)} == doubtful
    session.close()
