"""kpis.csv and kpis.xlsx: numbers are numbers, dates are dates, and no text becomes a formula."""

from __future__ import annotations

import csv
import shutil
import subprocess
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from lxml import etree

from bsc_coach.documents.context.words import DocumentWords
from bsc_coach.documents.exchange.kpi_table import render_csv
from bsc_coach.documents.office.xlsx import render_xlsx
from bsc_coach.strategy.measures import Benchmark, Kpi
from bsc_coach.strategy.model import Strategy
from bsc_coach.strategy.notes import Notes
from tests.documents.office.reading import ATTACKS, STRATEGIES, made, parts, xml_of

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
Value = str | float | None


def rows_of_csv(which: str) -> list[dict[str, str]]:
    read = made("csv", which).decode("utf-8-sig")
    return list(csv.DictReader(StringIO(read, newline="")))


def names_of(data: bytes) -> list[str]:
    """Return the names of the sheets of a workbook, in their order."""
    return [str(one.get("name")) for one in xml_of(data)["xl/workbook.xml"].iter(f"{SHEET}sheet")]


def sheet(which: str, name: str) -> etree._Element:
    data = made("xlsx", which)
    return xml_of(data)[f"xl/worksheets/sheet{names_of(data).index(name) + 1}.xml"]


def cells(which: str, name: str) -> list[list[Value]]:
    """Return what stands in a sheet: text, numbers, and None."""
    strings = [
        "".join(one.itertext())
        for one in xml_of(made("xlsx", which))["xl/sharedStrings.xml"].iter(f"{SHEET}si")
    ]

    def value(cell: Any) -> Value:
        told = cell.find(f"{SHEET}v")
        if told is None or not told.text:
            return None
        kinds = {"s": lambda: strings[int(told.text)], "str": lambda: str(told.text)}
        return kinds.get(cell.get("t"), lambda: float(told.text))()

    return [[value(cell) for cell in row] for row in sheet(which, name).iter(f"{SHEET}row")]


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


def as_kpis(names: Iterable[str]) -> Strategy:
    """Return a strategy of KPIs that are alike in everything but what people typed."""
    kpis = (Kpi(id=f"O{n}.1", measures=f"O{n}", name=one, unit=one[:30]) for n, one in enumerate(names, 1))
    return Strategy(kpis=tuple(kpis))


def test_no_word_of_anybody_gets_into_a_formula() -> None:
    """What is worked out looks at cells only: the same formulas stand there whatever people call things."""
    attacks = [one for one in ATTACKS if one.strip()]
    told = formulas_in(render_xlsx(as_kpis(attacks), Notes()))
    assert told == formulas_in(render_xlsx(as_kpis("x" * len(attacks)), Notes()))
    assert len(told) > len(attacks)


def test_one_word_in_a_formula_would_be_seen() -> None:
    """The control."""
    three, four = (formulas_in(render_xlsx(as_kpis("x" * n), Notes())) for n in (3, 4))
    assert three != four


@pytest.mark.parametrize("which", tuple(STRATEGIES))
def test_no_cell_of_the_workbook_is_a_link(which: str) -> None:
    assert not any(sheet(which, name).findall(f"{SHEET}hyperlinks") for name in names_of(made("xlsx", which)))


def test_a_formula_in_a_workbook_is_found() -> None:
    """The control: left to itself the library makes one."""
    book = BytesIO()
    with xlsxwriter.Workbook(book) as workbook:
        workbook.add_worksheet().write(0, 0, "=1+1")
    assert formulas_in(book.getvalue()) == ["1+1"]


def test_numbers_are_numbers_and_dates_are_dates() -> None:
    heads, first, second, third = cells("riverbend", "KPIs")
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
    *_, last = cells("hostile", "KPIs")
    assert "2027-02-31" in last
    assert str(10**305) in last


def test_every_attack_is_in_its_cell() -> None:
    written = {cell for row in cells("hostile", "KPIs") for cell in row}
    assert {'=HYPERLINK("http://example.org","x")', "+1+1", "@SUM(A1)"} <= written


@pytest.mark.parametrize("which", tuple(STRATEGIES))
def test_every_sheet_is_a_table_with_headings_that_stay(which: str) -> None:
    for number, name in enumerate(names_of(made("xlsx", which))[1:5], start=1):
        pane = next(sheet(which, name).iter(f"{SHEET}pane"))
        assert (pane.get("state"), pane.get("ySplit")) == ("frozen", "1")
        table = xml_of(made("xlsx", which))[f"xl/tables/table{number}.xml"]
        heads = [column.get("name") for column in table.iter(f"{SHEET}tableColumn")]
        assert heads == cells(which, name)[0]
        assert table.find(f"{SHEET}autoFilter") is not None


def test_what_is_printed_is_on_a3_with_the_names_on_every_page() -> None:
    book = xml_of(made("xlsx", "riverbend"))["xl/workbook.xml"]
    repeated = {
        one.get("localSheetId"): one.text
        for one in book.iter(f"{SHEET}definedName")
        if one.get("name") == "_xlnm.Print_Titles"
    }
    names = names_of(made("xlsx", "riverbend"))
    hidden = {one.get("name") for one in book.iter(f"{SHEET}sheet") if one.get("state") == "hidden"}
    assert hidden == {"Lists", "Trend"}
    for number, name in enumerate(names):
        if name not in hidden:
            paper = next(sheet("riverbend", name).iter(f"{SHEET}pageSetup"))
            assert (paper.get("paperSize"), paper.get("orientation")) == ("8", "landscape")
            assert f"'{name}'!$" in (repeated[str(number)] or "").replace(f"{name}!", f"'{name}'!")
            # In type of more than eight points: 75% of eleven; what fits on a page stands on one.
            scale = "75" if name == "KPIs" else None
            assert (paper.get("scale"), paper.get("fitToHeight")) == (scale, None if scale else "0")
    assert "KPIs!$A:$B" in (repeated["1"] or "")


def test_choices_come_from_a_list() -> None:
    told = [
        rule.find(f"{SHEET}formula1").text
        for rule in sheet("riverbend", "KPIs").iter(f"{SHEET}dataValidation")
    ]
    assert told == ["'Lists'!$A$2:$A$3", "'Lists'!$B$2:$B$8", "'Lists'!$C$2:$C$3"]
    lists = cells("riverbend", "Lists")
    assert lists[1] == [
        "higher is better",
        "daily",
        "lead: it moves before the result does",
        "target reached",
    ]


def test_readings_take_a_kpi_a_date_and_a_number() -> None:
    rules = list(sheet("riverbend", "Readings").iter(f"{SHEET}dataValidation"))
    assert [rule.get("type") for rule in rules] == ["list", "date", "decimal"]
    assert rules[0].find(f"{SHEET}formula1").text == "'KPIs'!$A$2:$A$4"
    assert cells("riverbend", "Readings")[0] == ["KPI", "Indicator", "Date", "Value", "Remark", "Source"]


def test_objectives_and_links_have_a_sheet() -> None:
    objectives = {row[0]: row for row in cells("riverbend", "Objectives")}
    assert {"M1", "F1", "C1", "O1", "L2"} <= objectives.keys()
    assert objectives["O1"][1:3] == [
        "Internal processes: Operations",
        "Shorten the wait for a first specialist visit",
    ]
    links = cells("riverbend", "Links")
    assert len(links) == 1 + len(STRATEGIES["riverbend"][0].links)


def test_sheets_are_named_in_the_language_of_the_strategy() -> None:
    book = parts(made("xlsx", "large"))["xl/workbook.xml"].decode()
    assert all(
        f'name="{name}"' in book for name in ("KPI-register", "Scorecard", "Metingen", "Doelen", "Verbanden")
    )


def test_every_field_of_a_kpi_that_documents_tell_is_in_the_register() -> None:
    """Each field is filled in with a word of its own, and the word looked for."""
    words = {"name", "owner_role", "formula", "unit", "source", "guard", "gaming", "decision"}
    told = {name: f"said of {name}" for name in words}
    kpi = Kpi(
        id="O1.1", measures="O1", baseline=11, target=12, red=13, amber=14, target_date="2027-12",
        benchmark=Benchmark(value=15, source="said of benchmark"), kind="efficiency", lead_lag="lag",
        gap="first", frequency="weekly", direction="up", **told,
    )  # fmt: skip
    text = render_csv(Strategy(kpis=(kpi,)), Notes()).decode("utf-8-sig")
    speak = DocumentWords("en")
    kinds = {"kpi_kind": "efficiency", "lead_lag": "lag", "gap": "first", "frequency": "weekly"}
    assert [
        one
        for one in (*told.values(), "said of benchmark", "11,", "12,", "13,", "14,", "15,")
        if one not in text
    ] == []
    assert [one for name, one in kinds.items() if speak.choice(name, one) not in text] == []


def with_readings(language: str = "en") -> Strategy:
    """Return a strategy whose KPIs stand in every way beside their red line and target."""
    line = {"measures": "O1", "unit": "days", "direction": "down", "baseline": 31, "target": 14, "red": 24}
    march, june = ({"date": f"2027-0{month}", "value": value} for month, value in ((3, 30), (6, 20)))
    return Strategy.model_validate(
        {
            "language": language,
            "kpis": [
                {"id": "O1.1", **line, "readings": [march, june], "name": "Between the lines"},
                {"id": "O1.2", **line, "readings": [march], "name": "Past the red line"},
                {"id": "O1.3", **line, "readings": [june, {"date": "2027-09", "value": 14}]},
                {"id": "O1.4", **line, "amber": 21, "readings": [june], "name": "Better than amber"},
                {"id": "O1.5", **line, "name": "Not measured"},
                {"id": "O1.6", "measures": "O1", "name": "Nothing known"},
            ],
        }
    )


STANDING = [
    "not there yet",
    "past the red line",
    "target reached",
    "on course",
    "not measured since",
    "not measured yet",
]


@pytest.mark.filterwarnings("ignore:.*extension is not supported")
def test_the_scorecard_tells_the_last_reading_and_its_status() -> None:
    """The results beside the formulas, for programs that calculate nothing."""
    book = openpyxl.load_workbook(BytesIO(render_xlsx(with_readings(), Notes())), data_only=True)
    heads, *rows = book["Scorecard"].iter_rows(min_row=4, values_only=True)
    told = [dict(zip(heads, row, strict=True)) for row in rows]
    assert [one["Status"] for one in told] == STANDING
    first = told[0]
    assert (first["Now"], first["Measured on"], first["To go"]) == (20, datetime(2027, 6, 30), 6)
    assert first["Way covered"] == pytest.approx(11 / 17)
    assert (first["Baseline and last readings"], told[4]["Baseline and last readings"]) == ("█▇▁", None)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:.*extension is not supported")
@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
def test_a_spreadsheet_works_out_what_stands_beside_the_formulas(tmp_path: Path) -> None:
    """LibreOffice works out every formula anew; one reading more, typed there, changes what it should."""
    profile = tmp_path / "profile" / "user"
    profile.mkdir(parents=True)
    (profile / "registrymodifications.xcu").write_text(ALWAYS_ANEW, encoding="utf-8")
    (tmp_path / "kpis.xlsx").write_bytes(render_xlsx(with_readings(), Notes()))
    book = openpyxl.load_workbook(tmp_path / "kpis.xlsx")
    sheet = book["Readings"]
    empty = next(row for row in range(2, 100) if sheet.cell(row, 1).value is None)
    rows = (("O1.5", datetime(2027, 9, 30), 12), ("O1.1", datetime(2027, 9, 30), "about 12"),
            ("O1.2", datetime(2020, 1, 31), "12 %"))  # fmt: skip
    for row, (kpi, on, value) in enumerate(rows, start=empty):
        for column, told in ((1, kpi), (3, on), (4, value)):
            sheet.cell(row, column).value = told
    book.save(tmp_path / "more.xlsx")
    found = {}
    for name in ("kpis", "more"):
        command = ["soffice", f"-env:UserInstallation={profile.parent.as_uri()}", "--headless"]
        command += ["--convert-to", "xlsx", "--outdir", str(tmp_path / "out"), str(tmp_path / f"{name}.xlsx")]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        made = openpyxl.load_workbook(tmp_path / "out" / f"{name}.xlsx", data_only=True)["Scorecard"]
        found[name] = [row[11] for row in made.iter_rows(min_row=5, values_only=True)]
    assert found["kpis"] == STANDING
    # A text behind the last reading is no number; one before it changes nothing.
    unread = "no number – see the readings"
    assert found["more"] == [unread, *STANDING[1:4], "target reached", STANDING[5]]


ALWAYS_ANEW = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>
"""
