"""What the figures on the sheet of a KPI let one compute."""

from __future__ import annotations

from datetime import date

import pytest

from bsc_coach.coach.formulas import better, gap, progress, readings, red_line_fits, stretch

TODAY = date(2026, 11, 18)


def test_formulas() -> None:
    assert better(5, 3, "up")
    assert better(3, 5, "down")
    assert not better(3, 3, "up")
    assert progress(10, 20, 15) == 0.5
    assert progress(31, 14, 31) == 0
    assert progress(5, 5, 5) is None
    assert stretch(31, 14) == pytest.approx(17 / 31)
    assert stretch(-2, 1) == 1.5
    assert stretch(0, 4) is None
    assert gap(70, 77, "up") == 7
    assert gap(31, 28, "down") == 3
    assert red_line_fits(31, 14, 24)
    assert red_line_fits(31, 14, 31)
    assert not red_line_fits(31, 14, 14)
    assert not red_line_fits(31, 14, 10)


def test_readings() -> None:
    assert readings(TODAY, "2028-05", "yearly") == pytest.approx(1.53, abs=0.01)
    assert readings(TODAY, "2027-12", "quarterly") == pytest.approx(4.5, abs=0.1)
    assert readings(TODAY, "2028-05", "per_project") is None
    assert readings(TODAY, "2028-05", None) is None
    assert readings(TODAY, "0000", "monthly") is None
