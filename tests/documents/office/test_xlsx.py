"""kpis.csv and kpis.xlsx: numbers are numbers, dates are dates, and no text becomes a formula."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from io import BytesIO, StringIO
from typing import Any

import pytest
import xlsxwriter
from lxml import etree

from bsc_coach.documents.exchange.kpi_table import render_csv
from bsc_coach.strategy.measures import Kpi
from bsc_coach.strategy.model import Strategy
from bsc_coach.strategy.notes import Notes
from tests.documents.office.reading import STRATEGIES, made, parts, xml_of

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
Value = str | float | None


def rows_of_csv(which: str) -> list[dict[str, str]]:
    read = made("csv", which).decode("utf-8-sig")
    return list(csv.DictReader(StringIO(read, newline="")))


def sheet(which: str, number: int) -> etree._Element:
    return xml_of(made("xlsx", which))[f"xl/worksheets/sheet{number}.xml"]


def cells(which: str, number: int) -> list[list[Value]]:
    """Return what stands in a sheet: text, numbers, and None."""
    strings = [
        "".join(one.itertext())
        for one in xml_of(made("xlsx", which))["xl/sharedStrings.xml"].iter(f"{SHEET}si")
    ]

    def value(cell: Any) -> Value:
        told = cell.find(f"{SHEET}v")
        if told is None:
            return None
        return strings[int(told.text)] if cell.get("t") == "s" else float(told.text)

    return [[value(cell) for cell in row] for row in sheet(which, number).iter(f"{SHEET}row")]


def formulas_in(data: bytes) -> list[str]:
    return [
        formula.text or ""
        for name, part in xml_of(data).items()
        if name.startswith("xl/worksheets/")
        for formula in part.iter(f"{SHEET}f")
    ]


def test_the_register_begins_so_that_excel_reads_it_as_unicode() -> None:
    assert made("csv", "riverbend").startswith("\ufeff".encode())
    assert made("csv", "riverbend").endswith(b"\r\n")


def test_the_register_has_a_row_for_each_kpi() -> None:
    first, second, third = rows_of_csv("riverbend")
    assert first["Indicator"] == "Median days from referral to first visit"
    assert first["Category"] == "Internal processes: Operations"
    assert (first["Baseline"], first["Target"], first["Red line"]) == ("31", "14", "24")
    assert (first["Target date"], first["Direction"]) == ("2027-12", "lower is better")
    assert second["Category"] == "Financial"
    assert (third["Baseline"], third["Baseline known by"]) == ("", "2027-03")


def in_dutch(language: str) -> list[str]:
    """Return the lines of a register with half a day in it, a comma and a semicolon."""
    kpi = Kpi(id="O1.1", measures="O1", name="Wacht, in dagen", unit="a;b", baseline=-9.5, target=1200)
    strategy = Strategy(language=language, kpis=(kpi,))
    return render_csv(strategy, Notes()).decode("utf-8-sig").split("\r\n")


def test_a_dutch_register_opens_in_a_dutch_excel() -> None:
    heads, row, _ = in_dutch("nl")
    (read,) = csv.DictReader([heads, row], delimiter=";")
    assert read["Indicator"] == "Wacht, in dagen"
    assert (read["Eenheid"], read["Nulmeting"], read["Streefwaarde"]) == ("a;b", "-9,5", "1200")
    assert '"a;b"' in row
    (same,) = csv.DictReader(in_dutch("en")[:2])
    assert (same["Indicator"], same["Baseline"], same["Target"]) == ("Wacht, in dagen", "-9.5", "1200")


def test_commas_would_be_one_column_there() -> None:
    """The control: what a Dutch Excel made of the register in English notation."""
    assert len(next(csv.reader(in_dutch("en")[:1], delimiter=";"))) == 1


def test_no_cell_of_the_register_is_a_formula_for_a_spreadsheet() -> None:
    names = [kpi.name or "" for kpi in STRATEGIES["hostile"][0].kpis]
    rows = rows_of_csv("hostile")
    assert len(rows) == len(names)
    numbers = {"Baseline", "Target"}
    live = [
        told
        for row in rows
        for heading, told in row.items()
        if told.startswith(FORMULA_STARTS) and heading not in numbers
    ]
    assert live == []
    defused = [row["Unit"] or row["Indicator"] for row in rows]
    assert any(told.startswith("'=") for row in rows for told in row.values()), defused
    assert rows[-1]["Baseline"] == "-5"


def test_the_attacks_would_have_been_formulas() -> None:
    """The control."""
    kpis = STRATEGIES["hostile"][0].kpis
    texts = [text or "" for kpi in kpis for text in (kpi.name, kpi.unit, kpi.guard)]
    assert any(text.startswith("=") for text in texts)


@pytest.mark.parametrize("which", tuple(STRATEGIES))
def test_no_cell_of_the_workbook_is_a_formula_or_a_link(which: str) -> None:
    assert formulas_in(made("xlsx", which)) == []
    assert not any(sheet(which, number).findall(f"{SHEET}hyperlinks") for number in range(1, 6))


def test_a_formula_in_a_workbook_is_found() -> None:
    """The control: left to itself the library makes one."""
    book = BytesIO()
    with xlsxwriter.Workbook(book) as workbook:
        workbook.add_worksheet().write(0, 0, "=1+1")
    assert formulas_in(book.getvalue()) == ["1+1"]


def test_numbers_are_numbers_and_dates_are_dates() -> None:
    heads, first, second, third = cells("riverbend", 1)
    row = dict(zip(heads, first, strict=True))
    assert (row["Baseline"], row["Target"], row["Red line"], row["Unit"]) == (31, 14, 24, "days")
    assert day(row["Target date"]) == date(2027, 12, 31)
    assert day(dict(zip(heads, second, strict=True))["Target date"]) == date(2030, 12, 31)
    assert day(dict(zip(heads, third, strict=True))["Target date"]) == date(2027, 12, 31)


def day(serial: Value) -> date:
    """Return the day that a spreadsheet counts from the end of 1899."""
    assert isinstance(serial, float)
    return date(1899, 12, 30) + timedelta(days=int(serial))


def test_what_is_no_number_or_day_for_a_spreadsheet_stays_text() -> None:
    *_, last = cells("hostile", 1)
    assert "2027-02-31" in last
    assert str(10**305) in last


def test_every_attack_is_in_its_cell() -> None:
    written = {cell for row in cells("hostile", 1) for cell in row}
    assert {'=HYPERLINK("http://example.org","x")', "+1+1", "@SUM(A1)"} <= written


@pytest.mark.parametrize("which", tuple(STRATEGIES))
def test_every_sheet_is_a_table_with_headings_that_stay(which: str) -> None:
    for number in range(1, 5):
        pane = next(sheet(which, number).iter(f"{SHEET}pane"))
        assert (pane.get("state"), pane.get("ySplit")) == ("frozen", "1")
        table = xml_of(made("xlsx", which))[f"xl/tables/table{number}.xml"]
        heads = [column.get("name") for column in table.iter(f"{SHEET}tableColumn")]
        assert heads == cells(which, number)[0]
        assert table.find(f"{SHEET}autoFilter") is not None


def test_choices_come_from_a_list() -> None:
    told = [
        rule.find(f"{SHEET}formula1").text for rule in sheet("riverbend", 1).iter(f"{SHEET}dataValidation")
    ]
    assert told == ["'Lists'!$A$2:$A$3", "'Lists'!$B$2:$B$8", "'Lists'!$C$2:$C$3"]
    lists = cells("riverbend", 5)
    assert lists[1] == ["higher is better", "daily", "lead: it moves before the result does"]


def test_readings_take_a_kpi_a_date_and_a_number() -> None:
    rules = list(sheet("riverbend", 2).iter(f"{SHEET}dataValidation"))
    assert [rule.get("type") for rule in rules] == ["list", "date", "decimal"]
    assert rules[0].find(f"{SHEET}formula1").text == "'KPIs'!$A$2:$A$4"
    assert cells("riverbend", 2)[0] == ["KPI", "Date", "Value", "Remark"]


def test_objectives_and_links_have_a_sheet() -> None:
    objectives = {row[0]: row for row in cells("riverbend", 3)}
    assert {"M1", "F1", "C1", "O1", "L2"} <= objectives.keys()
    assert objectives["O1"][1:3] == [
        "Internal processes: Operations",
        "Shorten the wait for a first specialist visit",
    ]
    links = cells("riverbend", 4)
    assert len(links) == 1 + len(STRATEGIES["riverbend"][0].links)


def test_sheets_are_named_in_the_language_of_the_strategy() -> None:
    book = parts(made("xlsx", "large"))["xl/workbook.xml"].decode()
    assert all(f'name="{name}"' in book for name in ("KPI-register", "Metingen", "Doelen", "Verbanden"))
