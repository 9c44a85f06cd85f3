"""Lists as people keep them: years under one heading, groups written once, doubles, dates in short."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import cast

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from bsc_coach.errors import ImportFileError
from bsc_coach.imports.cells import Notation, date_in
from bsc_coach.imports.entries import ListReading
from bsc_coach.imports.making import Made, RowTold, make
from bsc_coach.imports.page import render_page
from bsc_coach.imports.reading import read_list
from bsc_coach.script.loader import bundled_script
from bsc_coach.strategy.model import Strategy

DUTCH = Notation(comma=True, month_first=False, language="nl")
TODAY = date(2026, 11, 30)


def taken(path: Path, language: str = "nl", before: Strategy | None = None) -> tuple[ListReading, Made]:
    reading = read_list(path, language, lambda: TODAY)
    return reading, make(reading, bundled_script(), before or Strategy(language=language), (), path.name)


def row_of(made: Made, line: int) -> RowTold:
    return next(row for row in made.rows if row.place.line == line)


def book_of(path: Path, rows: list[tuple[object, ...]], merged: tuple[str, ...] = ()) -> Path:
    book = openpyxl.Workbook()
    sheet = cast(Worksheet, book.active)
    for row in rows:
        sheet.append(row)
    for cells in merged:
        sheet.merge_cells(cells)
    book.save(path)
    return path


@pytest.fixture
def by_year(tmp_path: Path) -> Path:
    """Targets of three years under one merged heading, the baseline among them."""
    rows: list[tuple[object, ...]] = [
        ("Bibliotheek Maas & Waal: prestatie-indicatoren",),
        ("Doelstelling", "Indicator", "Eenheid", None, "Streefwaarde", None, None, "Verantwoordelijke"),
        (None, None, None, "2024 (Nulmeting)", "2025", "2026", "2027", None),
        ("Meer kinderen lezen", "Jeugdleden", "aantal", "4.310", "4.500", "4.800", "5.200", "Hfd. Jeugd"),
        (None, "Schoolbezoeken", "aantal", "212", "230", "250", "n.t.b.", "Hfd. Jeugd"),
        ("TOTAAL",),
        ("Meer kinderen lezen", "jeugdleden ", "aantal", "4.310", "4.500", "4.800", "5.300", "hoofd jeugd"),
    ]
    return book_of(tmp_path / "pi.xlsx", rows, ("A1:H1", "E2:G2"))


def test_the_last_year_with_a_number_is_the_target(by_year: Path) -> None:
    reading, made = taken(by_year)
    first, second = made.strategy.kpis
    assert (first.baseline, first.target, first.target_date) == (4310, 5200, "2027")
    assert (second.baseline, second.target, second.target_date) == (212, 250, "2026")
    page = render_page(reading, made.rows, "pi.xlsx", "nl")
    assert "Streefwaarde 2025: 4.500; Streefwaarde 2026: 4.800" in page
    assert row_of(made, 3).fate == "aside"


def test_a_kpi_that_is_named_again_is_told_with_what_differs(by_year: Path) -> None:
    reading, made = taken(by_year)
    assert len(made.strategy.kpis) == 2
    again = row_of(made, 7)
    assert again.fate == "partly"
    assert [one.id for one in again.became] == ["O1", "O1.1"]
    page = render_page(reading, made.rows, "pi.xlsx", "nl")
    assert "Is O1.1 al" in page
    assert "Eigenaar: hoofd jeugd" in page
    assert "Streefwaarde: 5300" in page


@pytest.mark.parametrize(
    ("said", "is_past", "wanted"),
    [
        ("nov-25", True, "2025-11"),
        ("dec-25", True, "2025-12"),
        ("jan 25", True, "2025-01"),
        ("nov '25", True, "2025-11"),
        ("Q3-25", True, "2025-09"),
        ("11-25", True, "2025-11"),
        ("3-4-25", True, "2025-04-03"),
        ("31-12", True, "2025-12-31"),
        ("31-12", False, "2026-12-31"),
        ("week 48", True, None),
        ("11-27", True, None),
        ("dec-27", False, "2027-12"),
    ],
)
def test_a_date_in_short(said: str, is_past: bool, wanted: str | None) -> None:
    assert date_in(said, DUTCH, lambda: TODAY, past=is_past) == wanted


def test_a_date_of_a_reading_is_read_or_told(tmp_path: Path) -> None:
    path = tmp_path / "stand.csv"
    path.write_text(
        "KPI;Stand;Peildatum;Norm\nRitten;5;nov-25;6\nKlachten;5;vlak na de storm;6\n", encoding="utf-8"
    )
    read, unread = taken(path)[1].strategy.old_kpis
    assert "Datum van de stand: 2025-11" in str(read.note)
    assert "Datum van de stand: vlak na de storm" in str(unread.note)


def test_a_date_of_a_reading_has_no_place_on_the_map_and_is_told(tmp_path: Path) -> None:
    path = tmp_path / "stand.csv"
    path.write_text(
        "Doel;KPI;Stand;Peildatum;Norm\nBeter rijden;Ritten;5;nov-25;6\nSchoner rijden;Uitstoot;5;??-25;6\n",
        encoding="utf-8",
    )
    reading, made = taken(path)
    page = render_page(reading, made.rows, path.name, "nl")
    assert "Datum van de stand: 2025-11" in page
    assert "Datum van de stand: ??-25" in page


@pytest.fixture
def groups(tmp_path: Path) -> Path:
    """Themes that are written once, one of them merged, with a subtotal between them."""
    rows: list[tuple[object, ...]] = [
        ("Thema", "KPI", "Eenheid", "Norm", "Eigenaar"),
        ("Reiziger", "Stiptheid", "%", "90", "Exploitatie"),
        (None, "Uitval", "%", "1", "Exploitatie"),
        ("Financiën", "Kosten per uur", "€", "122", "Controller"),
        (None, "Opbrengsten", "€", "20", "Controller"),
        (None, "Subtotaal financieel"),
        ("Personeel", "Verzuim", "%", "6", "HR"),
        (None, "Verloop", "%", "8", "HR"),
        (None, "stiptheid", "%", "90", "Planner"),
    ]
    return book_of(tmp_path / "groepen.xlsx", rows, ("A2:A3",))


def test_a_group_goes_down_and_a_subtotal_heads_nothing(groups: Path) -> None:
    reading, made = taken(groups)
    themes = {one.name: str(one.note).split("\n")[0] for one in made.strategy.old_kpis}
    assert themes["Uitval"] == "Thema of groep: Reiziger"
    assert themes["Opbrengsten"] == "Thema of groep: Financiën"
    assert themes["Verloop"] == "Thema of groep: Personeel"
    assert row_of(made, 6).fate == "aside"
    assert [remark.key for remark in row_of(made, 6).remarks] == ["total"]
    assert "Is K1 al" in render_page(reading, made.rows, groups.name, "nl")
    assert len(made.strategy.old_kpis) == 6


def test_two_of_one_name_in_two_groups_are_told(tmp_path: Path) -> None:
    path = tmp_path / "two.csv"
    path.write_text("Theme;KPI;Target\nNorth;Sick leave;5\nSouth;Sick leave;7\n", encoding="utf-8")
    reading, made = taken(path, "en")
    assert [one.target for one in made.strategy.old_kpis] == ["5", "7"]
    page = render_page(reading, made.rows, path.name, "en")
    assert (
        "Has the name of K1 too, and came in beside it. It differs by: Target: 7; Theme or group: South"
        in page
    )


@pytest.mark.parametrize(
    ("name", "text", "key"),
    [
        ("leeg.csv", "Doel,KPI,Norm\n", "only_headings"),
        ("tekst.txt", "zomaar tekst\nzonder iets\n", "loose"),
        ("prose.md", "We met last week.\nNobody knew who pays. So\nlunch was served.\n", "loose"),
        ("titled.md", "# Our plan\nWe met last week.\n\nThen lunch was served.\n", "nothing"),
    ],
)
def test_what_is_no_list_brings_nothing(tmp_path: Path, name: str, text: str, key: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ImportFileError, match=f"imports.file.{key}"):
        taken(path)


def test_a_fraction_beside_a_percentage_is_doubtful(tmp_path: Path) -> None:
    path = tmp_path / "num.csv"
    path.write_text("KPI;Eenheid;Nulmeting;Norm\nDekking;%;0,412;45%\nUitval;%;0,8;0,5\n", encoding="utf-8")
    reading, made = taken(path)
    assert [remark.key for remark in row_of(made, 2).remarks] == ["fraction"]
    assert row_of(made, 3).remarks == ()
    assert "Nulmeting is ‘0,412’ naast ‘45%’" in render_page(reading, made.rows, path.name, "nl")


@pytest.mark.parametrize("kind", ["business", "public", None])
def test_the_same_file_again_adds_nothing(tmp_path: Path, groups: Path, kind: str | None) -> None:
    plan = tmp_path / "plan.md"
    plan.write_text(
        "# Plan\nMissie: Iedereen leest.\n## 1. Proces\n- Doel: Sneller uitlenen\n"
        "  - Wachttijd van 8 naar 5 dagen\n",
        encoding="utf-8",
    )
    before = Strategy.model_validate({"language": "nl", "organisation": {"kind": kind} if kind else {}})
    for path in (plan, groups):
        once = taken(path, before=before)[1].strategy
        again = taken(path, before=once)[1]
        assert again.strategy == once
        assert not [row for row in again.rows if row.fate in ("in", "partly")]
        before = once
    assert [one.title for one in before.missions] == ["Iedereen leest."]


def test_three_lines_that_are_no_sentences_are_a_list(tmp_path: Path) -> None:
    path = tmp_path / "list.md"
    path.write_text("Keep nurses\nShorten the wait, e.g. by calling\nFewer returns.\n", encoding="utf-8")
    assert [one.title for one in taken(path, "en")[1].strategy.candidates] == [
        "Keep nurses", "Shorten the wait, e.g. by calling", "Fewer returns.",
    ]  # fmt: skip


def test_what_nobody_knows_is_no_owner_no_unit_and_no_target(tmp_path: Path) -> None:
    """Said in several ways in one cell it is blank; with a word more, that stands in the note."""
    rows: list[tuple[object, ...]] = [
        ("KPI", "Eigenaar", "Streefwaarde", "Eenheid", "Opmerking", "Kleur"),
        ("Wacht", "weet niet / tbd", "n.v.t. (nog)", "Weet niet", "don’t know yet", 12.5),
        ("Klachten", "tbd Jonas", "geen klachten", "n.v.t. of %", "tbd by Ann", None),
        ("Storing", "Jonas (harbour master)", 0.125, "%", None, None),
        ("Kas", "Inkoop (manager)", "12", "Tbd's", None, None),
    ]
    path = book_of(tmp_path / "open.xlsx", rows)
    book = openpyxl.load_workbook(path)
    cast(Worksheet, book.active)["C4"].number_format = "0.0%"
    book.save(path)
    told = [(one.owner_role, one.target, one.unit, one.note) for one in taken(path)[1].strategy.old_kpis]
    assert told == [
        (None, None, None, "Kleur: 12,5"),
        (None, "geen klachten", None, "tbd by Ann\nEigenaar: tbd Jonas\nEenheid: n.v.t. of %"),
        ("harbour master", "12,5%", "%", "Eigenaar: Jonas"),
        ("Inkoop (manager)", "12", "Tbd's", None),
    ]


@pytest.mark.parametrize(
    ("typed", "baseline", "target", "unit"),
    [
        ("Waiting time 5.2 > 4.0 days", 5.2, 4.0, "days"),
        ("Waiting time 5.2 days > 4 days", 5.2, 4.0, "days"),
        ("Visitors who come back 41% > 60%", 41.0, 60.0, "%"),
        ("Activation in week-1 > 60%", None, 60.0, "%"),
        ("Members in 2027 > 500", None, 500.0, None),
        ("Members from 2000 to 3000", 2000.0, 3000.0, None),
    ],
)
def test_a_key_result_tells_where_it_stands_before_the_sign(
    tmp_path: Path, typed: str, baseline: float | None, target: float, unit: str | None
) -> None:
    path = tmp_path / "okr.md"
    path.write_text(f"# OKRs\n\n## Objective 1: A first week without waiting\n\n- KR1: {typed}\n", "utf-8")
    _, made = taken(path, "en")
    (kpi,) = made.strategy.kpis
    assert (kpi.baseline, kpi.target, kpi.unit) == (baseline, target, unit)
