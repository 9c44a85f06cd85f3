"""reviews.ics, read by a small reader of its own that knows the rules of RFC 5545 about lines."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bsc_coach.documents.exchange.calendar import calendar_of
from bsc_coach.strategy.closing import Review
from bsc_coach.strategy.measures import Kpi
from bsc_coach.strategy.model import Organisation, Parked, Strategy
from bsc_coach.strategy.notes import Notes, Point
from tests.documents.templating.test_render import with_text
from tests.support.hostile import hostile_text
from tests.support.strategies import EMPTY, NO_NOTES, RIVERBEND, RIVERBEND_NOTES

Component = dict[str, str]
_NAMES = {
    "BEGIN", "END", "VERSION", "PRODID", "CALSCALE", "X-WR-CALNAME", "UID", "DTSTAMP", "DTSTART", "DTEND",
    "RRULE", "SUMMARY", "DESCRIPTION", "TRANSP", "SEQUENCE", "LAST-MODIFIED",
}  # fmt: skip
DAY = timedelta(days=1)
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
        dated = name in ("DTSTART", "DTEND") and open_parts[-1] == "VEVENT"
        assert parameter == ("VALUE=DATE" if dated else "")
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
        ("20270129", "To be brought back: C3 Tell me by tomorrow: What does C3 need?"),
        ("20270215", "Strategy review: the map on the table"),
        ("20270226", "To be brought back: PK4 Ask the county for the van"),
        ("20270331", "Baseline due: CM1.1 High-risk discharges contacted within 48 hours"),
        ("20270331", "To be brought back: PK1 Merge with the county clinic?"),
        ("20270331", "Test of assumption: A1 Waiting is the main reason for leaving"),
        ("20270630", "To be finished: N1 Open the schedule 10 weeks ahead"),
        ("20270930", "To be finished: N2 48-hour call team"),
        ("20271231", "Target due: CM1.1 High-risk discharges contacted within 48 hours"),
        ("20271231", "Target due: O1.1 Median days from referral to first visit"),
        ("20301231", "Target due: F1.1 Cost per adjusted discharge"),
    ]


def day_of(value: str) -> date:
    return date(int(value[:4]), int(value[4:6]), int(value[6:]))


def ends(events: list[Component]) -> list[Component]:
    """Return the events that do not end where the day after them begins."""
    return [
        one for one in events if "DTEND" not in one or day_of(one["DTEND"]) - day_of(one["DTSTART"]) != DAY
    ]


def test_every_event_has_an_end() -> None:
    assert ends(riverbend_events()) == []
    without = [{name: value for name, value in one.items() if name != "DTEND"} for one in riverbend_events()]
    assert ends(without) == without  # the control


@given(st.dates(date(1990, 1, 1), date(2100, 12, 31)))
def test_what_is_due_at_a_weekend_stands_on_the_friday_before(day: date) -> None:
    event = only(Strategy(parking=(Parked(id="Q1", due=day.isoformat()),)))
    before = [day - n * DAY for n in range(3)]
    assert day_of(event["DTSTART"]) == next(one for one in before if one.strftime("%w") not in "06")
    assert ("Due by: " in event["DESCRIPTION"]) == (day.strftime("%w") in "06")


def test_a_review_stays_on_the_day_that_people_put_it() -> None:
    assert only(Strategy(review=Review(first="2027-02-28")))["DTSTART"] == "20270228"


def test_the_last_day_that_there_is_has_no_day_after_it() -> None:
    event = only(Strategy(parking=(Parked(id="Q1", due="9999-12-31"),)))
    assert (event["DTSTART"], event.get("DTEND")) == ("99991231", None)
    assert only(Strategy(parking=(Parked(id="Q1", due="0990"),)))["DTSTART"] == "09901231"


def test_what_was_parked_is_named_with_what_it_was_asked_of() -> None:
    point = Point(
        kind="parked", section="s", question="What should it become?", due="2027-01", about="target of O1.1"
    )
    event = only(Strategy(), Notes(points=(point,)))
    assert event["SUMMARY"] == "To be brought back: target of O1.1: What should it become?"
    assert "target of O1.1" not in event["DESCRIPTION"]


def test_an_event_tells_more_and_whom_it_concerns() -> None:
    target = next(event for event in riverbend_events() if "O1.1" in event["UID"])
    assert target["DESCRIPTION"].split("\n")[:2] == [
        "14 days by December 2027",
        "Owner: Director Outpatient Care",
    ]


@pytest.mark.parametrize(
    ("rhythm", "first", "rule"),
    [
        ("weekly", "2027-02-15", "FREQ=WEEKLY;BYDAY=MO"),
        ("monthly", "2027-02-15", "FREQ=MONTHLY;BYDAY=3MO"),
        ("quarterly", "2027-02-28", "FREQ=MONTHLY;INTERVAL=3;BYDAY=4SU"),
        ("half_yearly", "2027-02", "FREQ=MONTHLY;INTERVAL=6;BYDAY=1TU"),
        ("monthly", "2027-03-29", "FREQ=MONTHLY;BYDAY=-1MO"),
        ("quarterly", "2027-01-29", "FREQ=MONTHLY;INTERVAL=3;BYDAY=-1FR"),
        (None, "2027-02-15", None),
    ],
)
def test_the_review_comes_back_in_its_rhythm(rhythm: str | None, first: str, rule: str | None) -> None:
    review = Review.model_validate({"first": first, "rhythm": rhythm})
    assert only(Strategy(review=review)).get("RRULE") == rule


def series(start: date, rule: str, *, months: int) -> list[date]:
    """Return the days of a rule on a weekday of the month in so many months: slowly, day by day."""
    parts = dict(part.split("=") for part in rule.split(";"))
    step, place = int(parts.get("INTERVAL", "1")), parts["BYDAY"]
    found = []
    for count in range(0, months, step):
        year, month = divmod(start.year * 12 + start.month - 1 + count, 12)
        days = [start.replace(year=year, month=month + 1, day=1) + n * DAY for n in range(31)]
        alike = [
            one
            for one in days
            if one.month == month + 1 and one.strftime("%a")[:2].upper() == place.lstrip("-12345")
        ]
        number = int(place[:-2])
        found.append(alike[number if number < 0 else number - 1])
    return found


RHYTHMS = {"monthly": 1, "quarterly": 3, "half_yearly": 6}


@given(st.dates(date(2020, 1, 1), date(2035, 12, 31)), st.sampled_from(sorted(RHYTHMS)))
def test_a_series_of_reviews_begins_on_its_day_and_keeps_the_weekday(day: date, rhythm: str) -> None:
    event = only(Strategy(review=Review.model_validate({"first": day.isoformat(), "rhythm": rhythm})))
    days = series(day, event["RRULE"], months=48)
    assert days[0] == day
    assert {one.weekday() for one in days} == {day.weekday()}
    assert len(days) == 48 // RHYTHMS[rhythm]


def test_a_series_on_the_day_of_the_month_would_wander() -> None:
    """The control."""
    days = [date(2027, month, 15) for month in range(2, 12)]
    assert len({one.weekday() for one in days}) > 1


def test_the_rhythm_ends_with_the_year_that_the_strategy_looks_at() -> None:
    review = Review(first="2027-02-15", rhythm="monthly")
    rule = "FREQ=MONTHLY;BYDAY=3MO"
    for year, expected in ((2030, f"{rule};UNTIL=20301231"), (2020, rule)):
        strategy = Strategy(organisation=Organisation(horizon_year=year), review=review)
        assert only(strategy)["RRULE"] == expected


def test_an_event_keeps_its_uid_when_its_words_and_dates_change() -> None:
    def uid(name: str | None, kpi: str, date: str) -> str:
        told = Kpi(id="O1.1", measures="O1", name=kpi, target_date=date)
        return only(Strategy(organisation=Organisation(name=name), kpis=(told,)))["UID"]

    assert uid("Korenaar", "Days", "2027") == uid("korenaar ", "Median days", "2028-06")
    assert uid("Korenaar", "Days", "2027") != uid("Riverbend", "Days", "2027")
    assert uid(None, "Days", "2027") != uid("Korenaar", "Days", "2027")


def test_of_two_files_the_one_of_the_later_session_wins() -> None:
    strategy = Strategy(parking=(Parked(id="Q1", due="2027"),))
    earlier, later = (only(strategy, Notes(session_date=day)) for day in ("2026-11-18", "2027-03-01"))
    assert earlier["DTSTAMP"] == earlier["LAST-MODIFIED"] == "20261118T000000Z"
    assert earlier["UID"] == later["UID"]
    for name in ("DTSTAMP", "LAST-MODIFIED"):
        assert earlier[name] < later[name]
    assert int(earlier["SEQUENCE"]) < int(later["SEQUENCE"])
    assert calendar_of(strategy, Notes(session_date="2027-03-01")) == calendar_of(
        strategy, Notes(session_date="2027-03-01")
    )


def test_a_file_of_no_known_day_is_older_than_every_other() -> None:
    strategy = Strategy(parking=(Parked(id="Q1", due="2027"),))
    told = only(strategy)
    assert (told["DTSTAMP"], told["SEQUENCE"]) == ("20000101T000000Z", "0")
    assert "LAST-MODIFIED" not in told


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
