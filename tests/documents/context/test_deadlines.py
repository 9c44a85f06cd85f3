"""What of a strategy has a date, in the order in which it is due."""

from __future__ import annotations

from bsc_coach.documents.context.deadlines import dated_points
from bsc_coach.documents.context.document_context import build_context
from tests.support.strategies import EMPTY, NO_NOTES, RIVERBEND, RIVERBEND_NOTES


def test_every_date_of_a_strategy_is_found_the_earliest_first() -> None:
    found = dated_points(build_context(RIVERBEND, RIVERBEND_NOTES))
    assert [(point.kind, point.id, point.when) for point in found] == [
        ("due", "", "2027-01"),
        ("review", "", "2027-02-15"),
        ("due", "PK4", "2027-02"),
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
