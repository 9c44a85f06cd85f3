"""Readings out of a workbook: what is filled in is found, and every row that is none says why."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bsc_coach.documents.office.xlsx import render_xlsx
from bsc_coach.errors import ImportFileError
from bsc_coach.imports.readings_in import ReadingsFound, readings_in
from bsc_coach.imports.workbook import Sheet, Value, Workbook, workbook_of
from bsc_coach.strategy.measures import Kpi
from bsc_coach.strategy.model import Strategy
from bsc_coach.strategy.notes import Notes
from bsc_coach.strategy.readings import Reading

TODAY = date(2027, 6, 15)
KNOWN = Reading(date="2027-03", value=9.5, note="by hand")
KPIS = (
    Kpi(id="O1.1", measures="O1", name="Days to a visit", unit="days", readings=(KNOWN,)),
    Kpi(id="O1.2", measures="O1", name="Slots kept", unit="%", target=85),
    Kpi(id="O1.3", measures="O1", name="Sold in service", unit="€ m", baseline=8.1, target=13),
)
HEAD: tuple[Value, ...] = ("KPI", "Indicator", "Date", "Value", "Remark", "Source")


def found_in(*rows: tuple[Value, ...], language: str = "en", **looks: object) -> ReadingsFound:
    sheet = Sheet("Readings", (HEAD, *rows), **looks)  # type: ignore[arg-type]
    return readings_in(Workbook((sheet,)), KPIS, today=TODAY, language=language, name="kpis.xlsx")


def told(found: ReadingsFound) -> list[tuple[str, str, float]]:
    return [(one.kpi.id, one.reading.date, one.reading.value) for one in found.found]


@pytest.mark.parametrize(
    ("row", "language", "wanted"),
    [
        (("O1.1", None, date(2027, 4, 30), 8), "en", ("O1.1", "2027-04-30", 8)),
        (("o1.1 ", None, "2027-04", "8.25"), "en", ("O1.1", "2027-04", 8.25)),
        (("Days to a visit", None, "april 2027", "8,25"), "nl", ("O1.1", "2027-04", 8.25)),
        (("O1.1 Days to a visit", None, 46507, 8.0), "en", ("O1.1", "2027-04-30", 8)),
        (("O1.1", None, "2027-04", "28 Days"), "en", ("O1.1", "2027-04", 28)),
        (("O1.3", None, "2027-04", "€ 1,300"), "en", ("O1.3", "2027-04", 1300)),
        (("O1.1", None, 2026, "1.200,5"), "nl", ("O1.1", "2026", 1200.5)),
        (("O1.2", None, "2027-04", "0,48%"), "nl", ("O1.2", "2027-04", 0.48)),
        (("O1.1", None, "2027-04", 0.48), "en", ("O1.1", "2027-04", 0.48)),
    ],
    ids=str,
)
def test_a_row_is_read_as_people_write_it(
    row: tuple[Value, ...], language: str, wanted: tuple[str, str, float]
) -> None:
    found = found_in(row, language=language)
    assert (told(found), found.left) == ([wanted], ())


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ((None, None, date(2027, 4, 30), 8), "no_kpi"),
        (("O9.9", None, date(2027, 4, 30), 8), "other_kpi"),
        (("O1.1", None, None, 8), "no_date"),
        (("O1.1", None, "soon", 8), "bad_date"),
        (("O1.1", None, date(2027, 7, 1), 8), "to_come"),
        (("O1.1", None, date(2027, 4, 30), None), "no_value"),
        (("O1.1", None, date(2027, 4, 30), "about 8 or 9"), "bad_value"),
        (("O1.1", None, date(2027, 4, 30), "1.234"), "bad_value"),
        (("O1.1", None, date(2027, 4, 30), True), "bad_value"),
        (("O1.3", None, date(2027, 4, 30), 8_250_000), "far_off"),
        (("O1.2", None, date(2027, 4, 30), 0.48), "fraction"),
        (("O1.2", None, date(2027, 4, 30), "0.48"), "fraction"),
    ],
    ids=str,
)
def test_a_row_that_is_no_reading_says_why(row: tuple[Value, ...], why: str) -> None:
    found = found_in(row)
    assert (found.found, [(one.row, one.key) for one in found.left]) == ((), [(2, why)])


def test_a_formula_without_its_result_is_named_and_not_taken_for_empty() -> None:
    found = found_in(("O1.1", None, date(2027, 4, 30)), formulas=frozenset({(1, 3)}))
    assert [one.key for one in found.left] == ["not_calculated"]


def test_what_is_seen_as_a_percentage_is_one() -> None:
    """Of a KPI that counts in %; 0.85 days stay 0.85."""
    rows = (("O1.2", None, date(2027, 4, 30), 0.85), ("O1.1", None, date(2027, 4, 30), 0.85))
    found = found_in(*rows, percents=frozenset({(1, 3), (2, 3)}))
    assert sorted(one.reading.value for one in found.found) == [0.85, 85]


def test_a_known_reading_is_no_news_and_another_value_of_its_day_replaces_it() -> None:
    same = found_in(("O1.1", None, date(2027, 3, 31), 9.5, "by hand"))
    assert (same.known, same.found) == (1, ())
    other = found_in(("O1.1", None, date(2027, 3, 31), 9.0, "by hand"))
    assert other.found[0].before == KNOWN
    assert other.together() == {"O1.1": (other.found[0].reading,)}
    assert other.found[0].reading.date == "2027-03", "a month stays a month"


def test_of_two_rows_about_one_day_the_lower_one_counts_and_the_other_says_so() -> None:
    found = found_in(("O1.1", None, "2027-04", 8), ("O1.1", None, date(2027, 4, 30), 7))
    assert told(found) == [("O1.1", "2027-04-30", 7)]
    assert [(one.row, one.key) for one in found.left] == [(2, "further_down")]


def test_dates_are_read_as_fits_all_cells_of_the_column_and_what_fits_both_ways_is_told() -> None:
    """One cell that can only be a month first tells of the others; without any the day is first, and told."""

    def dates(*said: str, month_first: bool | None = None) -> tuple[list[str], str]:
        sheet = Sheet("Readings", (HEAD, *(("O1.1", None, one, at) for at, one in enumerate(said))))
        kept = readings_in(
            Workbook((sheet,)), KPIS, today=TODAY, language="en", name="k.xlsx", month_first=month_first
        )
        return [one.reading.date for one in kept.found], kept.order.doubt

    assert dates("3/14/2026", "3/4/2026") == (["2026-03-04", "2026-03-14"], "")
    assert dates("14/3/2026", "3/4/2026") == (["2026-03-14", "2026-04-03"], "")
    assert dates("3/4/2026") == (["2026-04-03"], "3/4/2026")
    assert dates("3/4/2026", month_first=True) == (["2026-03-04"], "")
    assert dates("3.4.2026", "5/5/2026") == (["2026-04-03", "2026-05-05"], ""), "nothing is open"
    assert dates("14/3/2026", "3/14/2025", "3/4/2026")[1] == "3/4/2026", "one column, two orders"


def test_a_number_out_of_a_text_says_so() -> None:
    found = found_in(("O1.2", None, "2027-04", "12 %"), ("O1.2", None, "2027-03", 12))
    assert [(one.reading.value, one.typed) for one in found.found] == [(12, ""), (12, "12 %")]


def test_what_was_known_stays_beside_what_is_new() -> None:
    found = found_in(("O1.1", None, date(2027, 4, 30), 8))
    assert [one.date for one in found.together()["O1.1"]] == ["2027-03", "2027-04-30"]


def test_where_a_reading_stood_is_told_unless_somebody_says_where_it_comes_from() -> None:
    rows = (("O1.1", None, "2027-04", 8), ("O1.1", None, "2027-05", 7, None, "gate | log"))
    places = [one.reading.source for one in found_in(*rows).found]
    assert places == ["kpis.xlsx, Readings, row 2", "gate ¦ log"]


def test_a_workbook_without_readings_is_refused() -> None:
    book = Workbook((Sheet("Lunch", (("Dish", "Price"), ("Soup", 4))),))
    with pytest.raises(ImportFileError):
        readings_in(book, KPIS, today=TODAY, language="en", name="lunch.xlsx")


@pytest.mark.parametrize("language", ["en", "nl"])
def test_our_own_workbook_says_nothing_new(language: str) -> None:
    strategy = Strategy(language=language, kpis=KPIS)
    book = workbook_of(render_xlsx(strategy, Notes()), Path("kpis.xlsx"))
    found = readings_in(book, KPIS, today=TODAY, language=language, name="kpis.xlsx")
    assert (found.found, found.known, found.left) == ((), 1, ())
