"""The days that a partial date means: the first, the last, and the one for a meeting."""

from __future__ import annotations

from datetime import date

import pytest

from bsc_coach.strategy.dates import date_parts, first_day, last_day, meeting_day, months_between


@pytest.mark.parametrize(
    ("partial", "first", "last"),
    [
        ("2028", date(2028, 1, 1), date(2028, 12, 31)),
        ("2028-02", date(2028, 2, 1), date(2028, 2, 29)),
        ("2027-02-31", date(2027, 2, 28), date(2027, 2, 28)),
        ("0000", None, None),
        (None, None, None),
        ("soon", None, None),
        ("2028-13", None, None),
        ("2028-05-32", None, None),
        ("2028\n", None, None),
    ],
)
def test_days(partial: str | None, first: date | None, last: date | None) -> None:
    assert first_day(partial) == first
    assert last_day(partial) == last


@pytest.mark.parametrize(
    ("partial", "parts"),
    [
        ("2028", ("2028", None, None)),
        ("2028-06", ("2028", "06", None)),
        ("2028-06-30", ("2028", "06", "30")),
        ("2028-6", None),
        ("in 2028", None),
    ],
)
def test_parts(partial: str, parts: tuple[str, str | None, str | None] | None) -> None:
    assert date_parts(partial) == parts


def test_months_are_counted_forwards_and_backwards() -> None:
    assert months_between(date(2026, 11, 18), date(2025, 11, 18)) == pytest.approx(-12, abs=0.1)
    assert months_between(date(2026, 1, 1), date(2026, 7, 2)) == pytest.approx(6, abs=0.1)


@pytest.mark.parametrize(
    ("when", "day"),
    [
        ("2027-03-05", date(2027, 3, 5)),
        ("2027-02", date(2027, 2, 28)),
        ("2028-02", date(2028, 2, 29)),
        ("2027", date(2027, 12, 31)),
        ("2027-02-31", date(2027, 2, 28)),
        ("0000", None),
        ("2027-13", None),
        ("soon", None),
        ("", None),
    ],
)
def test_what_is_due_is_due_on_the_last_day(when: str, day: date | None) -> None:
    assert last_day(when) == day


@pytest.mark.parametrize(
    ("when", "day"),
    [
        ("2027-02-13", date(2027, 2, 13)),  # a Saturday that people chose
        ("2027-01", date(2027, 1, 4)),  # the 2nd is a Saturday
        ("2027-05", date(2027, 5, 3)),  # the 2nd is a Sunday
        ("2027-03", date(2027, 3, 2)),
        ("2027", date(2027, 1, 4)),
        ("soon", None),
    ],
)
def test_a_meeting_is_early_in_its_month_and_never_on_the_first_or_in_a_weekend(
    when: str, day: date | None
) -> None:
    assert meeting_day(when) == day
