"""reviews.ics, read by a small reader of its own that knows the rules of RFC 5545 about lines."""

from __future__ import annotations

import re
from functools import cache

import pytest
from hypothesis import HealthCheck, example, given, settings

from bsc_coach.documents.exchange.calendar import calendar_of
from bsc_coach.strategy.model import Kpi, Organisation, Parked, Review, Strategy
from bsc_coach.strategy.notes import Notes, Point
from tests.documents.templating.test_render import with_text
from tests.support.hostile import hostile_text
from tests.support.strategies import EMPTY, NO_NOTES, RIVERBEND, RIVERBEND_NOTES

Component = dict[str, str]
_NAMES = {
    "BEGIN", "END", "VERSION", "PRODID", "CALSCALE", "X-WR-CALNAME", "UID", "DTSTAMP", "DTSTART", "RRULE",
    "SUMMARY", "DESCRIPTION", "TRANSP",
}  # fmt: skip
_TEXTS = {"SUMMARY", "DESCRIPTION", "X-WR-CALNAME"}


def unfold(calendar: str) -> list[str]:
    """Return the lines of a calendar, after checking how they are ended and folded."""
    assert calendar.endswith("\r\n")
    for piece in calendar.removesuffix("\r\n").split("\r\n"):
        assert len(piece.encode("utf-8")) <= 75
        assert not re.search("[\x00-\x08\x0a-\x1f\x7f]", piece)
    return calendar.replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def unescape(value: str) -> str:
    """Return the text of a value, after checking that each special character is escaped."""
    assert not re.search(r"(?<!\\)(?:\\\\)*[;,]", value)
    assert not re.search(r"(?<!\\)(?:\\\\)*\\(?![\\;,n])", value)
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], value)


def read(calendar: str) -> list[Component]:
    """Return the events of a calendar, each as its properties by name."""
    events: list[Component] = []
    open_parts: list[str] = []
    for line in unfold(calendar):
        name, _, value = line.partition(":")
        name, _, parameter = name.partition(";")
        if open_parts[-1:] != ["STANDARD"] and open_parts[-1:] != ["VTIMEZONE"]:
            assert name in _NAMES, line
        assert parameter == ("VALUE=DATE" if name == "DTSTART" and open_parts[-1] == "VEVENT" else "")
        if name == "BEGIN":
            open_parts.append(value)
            if value == "VEVENT":
                events.append({})
        elif name == "END":
            assert open_parts.pop() == value
        elif open_parts == ["VCALENDAR", "VEVENT"]:
            assert name not in events[-1]
            events[-1][name] = unescape(value) if name in _TEXTS else value
    assert open_parts == []
    assert len({event["UID"] for event in events}) == len(events)
    return events


@cache
def riverbend_events() -> list[Component]:
    return read(calendar_of(RIVERBEND, RIVERBEND_NOTES))


def only(strategy: Strategy, notes: Notes = NO_NOTES) -> Component:
    (event,) = read(calendar_of(strategy, notes))
    return event


def test_every_date_is_an_event_of_a_whole_day() -> None:
    assert [(event["DTSTART"], event["SUMMARY"]) for event in riverbend_events()] == [
        ("20270131", "Comes back: What does C3 need?"),
        ("20270215", "Strategy review: the map on the table"),
        ("20270228", "Comes back: PK4 Ask the county for the van"),
        ("20270331", "Baseline to be known: CM1.1 High-risk discharges contacted within 48 hours"),
        ("20270331", "Comes back: PK1 Merge with the county clinic?"),
        ("20270331", "Tested: A1 Waiting is the main reason for leaving"),
        ("20270630", "Finished: N1 Open the schedule 10 weeks ahead"),
        ("20270930", "Finished: N2 48-hour call team"),
        ("20271231", "Target date: CM1.1 High-risk discharges contacted within 48 hours"),
        ("20271231", "Target date: O1.1 Median days from referral to first visit"),
        ("20301231", "Target date: F1.1 Cost per adjusted discharge"),
    ]


def test_an_event_tells_more_and_whom_it_concerns() -> None:
    target = next(event for event in riverbend_events() if "O1.1" in event["UID"])
    assert target["DESCRIPTION"].split("\n")[:2] == [
        "14 days by December 2027",
        "Owner: Director Outpatient Care",
    ]


@pytest.mark.parametrize(
    ("rhythm", "first", "rule"),
    [
        ("weekly", "2027-02-15", "FREQ=WEEKLY"),
        ("monthly", "2027-02-15", "FREQ=MONTHLY"),
        ("quarterly", "2027-02-28", "FREQ=MONTHLY;INTERVAL=3"),
        ("half_yearly", "2027-02", "FREQ=MONTHLY;INTERVAL=6"),
        ("weekly", "2027-01-31", "FREQ=WEEKLY"),
        ("monthly", "2027-01-31", "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1"),
        ("quarterly", "2027-01-29", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=28,29;BYSETPOS=-1"),
        (None, "2027-02-15", None),
    ],
)
def test_the_review_comes_back_in_its_rhythm(rhythm: str | None, first: str, rule: str | None) -> None:
    review = Review.model_validate({"first": first, "rhythm": rhythm})
    assert only(Strategy(review=review)).get("RRULE") == rule


def test_the_rhythm_ends_with_the_year_that_the_strategy_looks_at() -> None:
    review = Review(first="2027-02-15", rhythm="monthly")
    for year, rule in ((2030, "FREQ=MONTHLY;UNTIL=20301231"), (2020, "FREQ=MONTHLY")):
        strategy = Strategy(organisation=Organisation(horizon_year=year), review=review)
        assert only(strategy)["RRULE"] == rule


def test_an_event_keeps_its_uid_when_its_words_and_dates_change() -> None:
    def uid(name: str | None, kpi: str, date: str) -> str:
        told = Kpi(id="O1.1", measures="O1", name=kpi, target_date=date)
        return only(Strategy(organisation=Organisation(name=name), kpis=(told,)))["UID"]

    assert uid("Korenaar", "Days", "2027") == uid("korenaar ", "Median days", "2028-06")
    assert uid("Korenaar", "Days", "2027") != uid("Riverbend", "Days", "2027")
    assert uid(None, "Days", "2027") != uid("Korenaar", "Days", "2027")


def test_the_stamp_is_the_day_of_the_session_or_always_the_same() -> None:
    strategy = Strategy(parking=(Parked(id="Q1", due="2027"),))
    assert only(strategy, Notes(session_date="2026-11-18"))["DTSTAMP"] == "20261118T000000Z"
    assert only(strategy)["DTSTAMP"] == "20000101T000000Z"


def test_two_things_with_one_id_are_two_events() -> None:
    point = Point(kind="parked", section="s", question="q", due="2027-01")
    strategy = Strategy(parking=(Parked(id="Q1", due="2027"), Parked(id="Q1", due="2028")))
    assert len(read(calendar_of(strategy, Notes(points=(point, point))))) == 4


def test_what_is_no_date_makes_no_event() -> None:
    points = (Point(kind="parked", section="s", question="q", due="soon"),)
    strategy = Strategy(parking=(Parked(id="Q1", due="0000"), Parked(id="Q2")))
    assert read(calendar_of(strategy, Notes(points=points))) == []


def test_a_strategy_without_dates_is_a_calendar_that_holds_something() -> None:
    calendar = calendar_of(EMPTY, NO_NOTES)
    assert read(calendar) == []
    assert "BEGIN:VTIMEZONE" in calendar
    assert "BEGIN:VTIMEZONE" not in calendar_of(RIVERBEND, NO_NOTES)


def check(text: str) -> None:
    strategy = Strategy.model_validate(with_text(RIVERBEND.model_dump(), text))
    notes = Notes.model_validate(with_text(RIVERBEND_NOTES.model_dump(), text))
    found = read(calendar_of(strategy, notes))
    assert [event["DTSTART"] for event in found] == [event["DTSTART"] for event in riverbend_events()]
    assert [event.keys() for event in found] == [event.keys() for event in riverbend_events()]


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(hostile_text)
@example("a\r\nEND:VEVENT\r\nBEGIN:VALARM")
@example("a\nATTACH:x")
@example("a\u2028ATTACH:x")
@example("\\, ; \\n \\")
@example("🙂" * 60 + "é" * 60)
def test_words_stay_words(text: str) -> None:
    check(text)


@pytest.mark.parametrize("text", ["a\nATTACH:x", "a;b", "a\\"])
def test_a_calendar_without_escaping_is_caught(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control."""
    riverbend_events()
    monkeypatch.setattr("bsc_coach.documents.exchange.calendar._escaped", str)
    with pytest.raises(AssertionError):
        check(text)


def test_a_calendar_without_folding_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control."""
    monkeypatch.setattr("bsc_coach.documents.exchange.calendar._folded", str)
    with pytest.raises(AssertionError):
        check("é" * 60)


def test_it_is_in_the_language_of_the_strategy() -> None:
    dutch = read(calendar_of(RIVERBEND.model_copy(update={"language": "nl"}), NO_NOTES))
    assert any(event["SUMMARY"] == "Strategie toetsen: de kaart op tafel" for event in dutch)
