"""The time there is, as people say it: slots, lengths, people and breaks, in both languages."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bsc_coach.interview.understanding.time_slots import read_time_slot

NOW = datetime(2026, 11, 30, 8, 55, tzinfo=UTC)


def read(text: str, language: str = "en") -> tuple[str, str, int, int, list[tuple[int, int]]]:
    """Return what a text says: preset, beginning, minutes, people, and breaks as (after, minutes)."""
    found = read_time_slot(text, language, NOW)
    assert found is not None, text
    begin = "" if found.begin is None else found.begin.strftime("%H:%M")
    return found.preset, begin, found.minutes, found.people, [(b.after, b.minutes) for b in found.breaks]


@pytest.mark.parametrize(
    ("text", "language", "said"),
    [
        ("9:00-12:30 7 people", "en", ("half_day", "09:00", 210, 7, [])),
        ("9.00 - 12.30, 7 people, break 10:30 15", "en", ("half_day", "09:00", 210, 7, [(90, 15)])),
        ("from 9 to 12, eight? no: 8 people", "en", ("half_day", "09:00", 180, 8, [])),
        ("13:00 to 16:30 8 people breaks 14:15 15 and 15:30 10", "en",
         ("half_day", "13:00", 210, 8, [(75, 15), (150, 10)])),
        ("9:00–12:30, 15 min break, 7 people", "en", ("half_day", "09:00", 210, 7, [(105, 15)])),
        ("9:00-17:00 12 people lunch 12:00 45", "en", ("everything", "09:00", 480, 12, [(180, 45)])),
        ("13:00-16:15 7 people brake 14:30 15", "en", ("half_day", "13:00", 195, 7, [(90, 15)])),
        ("90 minutes, 5 of us", "en", ("90_minutes", "", 90, 5, [])),
        ("an hour and a half", "en", ("90_minutes", "", 0, 0, [])),
        ("3 hours", "en", ("half_day", "", 180, 0, [])),
        ("2.5 hours 6 people", "en", ("half_day", "", 150, 6, [])),
        ("Half a day", "en", ("half_day", "", 0, 0, [])),
        ("two sittings, 9 persons", "en", ("two_sittings", "", 0, 9, [])),
        ("everything", "en", ("everything", "", 0, 0, [])),
        ("1", "en", ("90_minutes", "", 0, 0, [])),
        ("4", "en", ("everything", "", 0, 0, [])),
        ("7 people", "en", ("half_day", "", 0, 7, [])),
        ("23:00-1:00", "en", ("90_minutes", "23:00", 120, 0, [])),
        ("9:00-12:30 met 7 mensen en pauze om 10:30 van 15 minuten", "nl",
         ("half_day", "09:00", 210, 7, [(90, 15)])),
        ("9u tot 12u 6 man", "nl", ("half_day", "09:00", 180, 6, [])),
        ("13.30 tot 17.00 uur, 8 deelnemers, koffie 15:00", "nl", ("half_day", "13:30", 210, 8, [(90, 15)])),
        ("anderhalf uur", "nl", ("90_minutes", "", 0, 0, [])),
        ("twee dagdelen 9 mensen", "nl", ("two_sittings", "", 0, 9, [])),
        ("een dagdeel", "nl", ("half_day", "", 0, 0, [])),
        ("alles", "nl", ("everything", "", 0, 0, [])),
        ("2,5 uur", "nl", ("half_day", "", 150, 0, [])),
    ],
)  # fmt: skip
def test_what_is_said_of_the_time_is_read(
    text: str, language: str, said: tuple[str, str, int, int, list[tuple[int, int]]]
) -> None:
    assert read(text, language) == said


@pytest.mark.parametrize("text", ["dunno", "", "tomorrow", "25:00-26:00", "7", "the usual", "O1", "\u202e9"])
def test_what_says_nothing_of_the_time_is_not_read(text: str) -> None:
    assert read_time_slot(text, "en", NOW) is None
