"""The day that a coarse date means."""

from __future__ import annotations

from datetime import date

import pytest

from bsc_coach.documents.context.document_context import build_context
from bsc_coach.documents.reports.deadlines import dated_points, last_day, meeting_day
from tests.support.strategies import EMPTY, NO_NOTES, RIVERBEND, RIVERBEND_NOTES


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


def test_every_date_of_a_strategy_is_found_the_earliest_first() -> None:
    found = dated_points(build_context(RIVERBEND, RIVERBEND_NOTES))
    assert [(point.kind, point.id, point.when) for point in found] == [
        ("due", "", "2027-01"),
        ("review", "", "2027-02-15"),
        ("baseline", "CM1.1", "2027-03"),
        ("due", "PK1", "2027-03"),
        ("test", "A1", "2027-03"),
        ("end", "N1", "2027-06"),
        ("end", "N2", "2027-09"),
        ("target", "CM1.1", "2027"),
        ("target", "O1.1", "2027-12"),
        ("target", "F1.1", "2030-12-31"),
    ]
    assert dated_points(build_context(EMPTY, NO_NOTES)) == ()
