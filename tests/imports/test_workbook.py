"""Workbooks as they come: plain values of what is sound, one sentence for what is hostile or none."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from bsc_coach import sizes
from bsc_coach.errors import BscCoachError, ImportFileError
from bsc_coach.imports.workbook import Workbook, WorkbookError, read_workbook
from bsc_coach.words import languages, say_error


def saved(path: Path, fill: Callable[[Worksheet], object]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    fill(sheet)
    book.save(path)
    return path


def with_entries(path: Path, entries: Mapping[str, bytes]) -> Path:
    """The same workbook with other bytes for some of what is packed in it."""
    data = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if entry.filename not in entries:
                new.writestr(entry, old.read(entry))
        for name, content in entries.items():
            new.writestr(name, content)
    path.write_bytes(data.getvalue())
    return path


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    """A workbook with a cell of each kind: look, do not touch."""

    def fill(sheet: Worksheet) -> None:
        sheet.title = "Cockpit"
        sheet.append(["Goal", "Value", "When"])
        sheet.append(["  Grow ", 0.85, datetime(2027, 3, 31, 14, 5)])
        sheet.append([None, 3.0, date(2028, 1, 1)])
        sheet.append(["Sum", "=SUM(B2:B3)", True])
        sheet["B2"].number_format = "0.0%"
        sheet["B3"].number_format = '0"%"'
        sheet.merge_cells("A2:A3")
        other = sheet.parent.create_sheet("Old")
        other.sheet_state = "hidden"
        other["B2"] = "kept out of sight"

    return read_workbook(saved(tmp_path_factory.mktemp("workbooks") / "sound.xlsx", fill))


def test_values_come_as_what_they_are(sound: Workbook) -> None:
    sheet = sound.sheets[0]
    assert sheet.name == "Cockpit"
    assert sheet.rows == (
        ("Goal", "Value", "When"),
        ("Grow", 0.85, date(2027, 3, 31)),
        (None, 3, date(2028, 1, 1)),
        ("Sum", None, True),
    )


def test_what_a_cell_shows_and_hides_is_told(sound: Workbook) -> None:
    sheet = sound.sheets[0]
    assert sheet.percents == {(1, 1)}  # 3 shown as "3%" is 3
    assert sheet.formulas == {(3, 1)}
    assert sheet.merged == (((1, 0), (2, 0)),)
    assert (sheet.value(3, 0), sheet.value(3, 9), sheet.value(99, 0)) == ("Sum", None, None)
    assert [(one.name, one.hidden) for one in sound.sheets] == [("Cockpit", False), ("Old", True)]
    assert sound.sheet("old") is sound.sheets[1]
    assert not sound.has_macros


def test_a_formula_counts_by_its_saved_result(tmp_path: Path) -> None:
    path = saved(tmp_path / "kpis.xlsx", lambda sheet: sheet.append(["=1+1", "=HYPERLINK(A1)"]))
    with zipfile.ZipFile(path) as archive:
        text = archive.read("xl/worksheets/sheet1.xml")
    worked_out = re.sub(rb"(<f>1\+1</f>)<v ?(/>|></v>)", rb"\1<v>2</v>", text)
    assert worked_out != text
    sheet = read_workbook(with_entries(path, {"xl/worksheets/sheet1.xml": worked_out})).sheets[0]
    assert sheet.rows == ((2,),)
    assert sheet.formulas == {(0, 1)}


def test_macros_are_left_alone_and_told(tmp_path: Path) -> None:
    path = saved(tmp_path / "kpis.xlsm", lambda sheet: sheet.append(["KPI"]))
    book = read_workbook(with_entries(path, {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0 Sub Auto_Open()"}))
    assert book.has_macros
    assert book.sheets[0].rows == (("KPI",),)


def test_a_wrong_word_of_its_own_size_hides_no_row(tmp_path: Path) -> None:
    path = saved(tmp_path / "kpis.xlsx", lambda sheet: [sheet.append([nr]) for nr in range(5)])
    with zipfile.ZipFile(path) as archive:
        text = archive.read("xl/worksheets/sheet1.xml")
    lying = text.replace(b'ref="A1:A5"', b'ref="A1"')
    assert lying != text
    assert len(read_workbook(with_entries(path, {"xl/worksheets/sheet1.xml": lying})).sheets[0].rows) == 5


BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "'
    + b"&a;" * 50
    + b'">'
    + (b'<!ENTITY c "' + b"&b;" * 50 + b'"><!ENTITY d "' + b"&c;" * 50 + b'">]>')
)


def hostile_files(folder: Path) -> dict[str, tuple[Path, str]]:
    """Each hostile file, with the fault that is to be told of it."""

    def plain(name: str) -> Path:
        return saved(folder / name, lambda sheet: sheet.append(["KPI", 1]))

    def raw(name: str, data: bytes) -> Path:
        (folder / name).write_bytes(data)
        return folder / name

    sheet = "xl/worksheets/sheet1.xml"
    whole = plain("whole.xlsx").read_bytes()
    entity = (
        BOMB
        + b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        + (b'<row r="1"><c r="A1" t="inlineStr"><is><t>&d;</t></is></c></row></sheetData></worksheet>')
    )
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100)
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr("notes.txt", "no workbook")
    odt = io.BytesIO()
    with zipfile.ZipFile(odt, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    return {
        "bomb": (
            with_entries(plain("bomb.xlsx"), {"xl/media/x.bin": bytes(sizes.WORKBOOK_UNPACKED)}),
            "large",
        ),
        "entities": (with_entries(plain("entities.xlsx"), {sheet: entity}), "damaged"),
        "cut": (raw("cut.xlsx", whole[: len(whole) // 2]), "damaged"),
        "no sheet": (with_entries(plain("bare.xlsx"), {"xl/workbook.xml": b"<workbook/>"}), "damaged"),
        "password": (raw("locked.xlsx", locked + "EncryptedPackage".encode("utf-16-le")), "locked"),
        "old": (raw("old.xls", locked), "old_excel"),
        "pdf": (raw("plan.xlsx", b"%PDF-1.7 ..."), "pdf"),
        "picture": (raw("photo.xlsx", b"\x89PNG\r\n\x1a\n"), "picture"),
        "zip": (raw("notes.zip", zipped.getvalue()), "zip"),
        "ods": (raw("list.ods", odt.getvalue()), "other_office"),
        "text": (raw("list.xlsx", b"KPI;Target\r\nx;1\r\n"), "text"),
    }


def test_what_is_hostile_or_none_is_told_in_one_sentence(tmp_path: Path) -> None:
    told: dict[str, str] = {}
    wanted: dict[str, str] = {}
    for name, (path, fault) in hostile_files(tmp_path).items():
        wanted[name] = f"imports.workbook.{fault}"
        with pytest.raises(WorkbookError) as caught:
            read_workbook(path)
        told[name] = caught.value.key
        for language in languages():
            assert path.name in say_error(caught.value, language)
    assert told == wanted


def test_no_file_at_all_is_told_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "empty.xlsx").write_bytes(b"\n")
    for path in (tmp_path, tmp_path / "gone.xlsx", tmp_path / "empty.xlsx", Path("a\0b")):
        with pytest.raises(ImportFileError) as caught:
            read_workbook(path)
        assert isinstance(caught.value, BscCoachError)


def test_empty_rows_with_a_colour_are_no_rows(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["KPI", "Target"])
        sheet.append(["Waiting time", 5])
        for row in range(3, 3_000):
            sheet.cell(row, 1).fill = openpyxl.styles.PatternFill("solid", fgColor="FFFF00")

    assert len(read_workbook(saved(tmp_path / "kpis.xlsx", fill)).sheets[0].rows) == 2


def test_more_rows_than_people_write_are_told_and_not_cut_off(tmp_path: Path) -> None:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Register")
    for nr in range(sizes.SHEET_ROWS + 1):
        sheet.append([nr])
    book.save(tmp_path / "register.xlsx")
    with pytest.raises(WorkbookError) as caught:
        read_workbook(tmp_path / "register.xlsx")
    assert caught.value.key == "imports.workbook.rows"
    assert "Register" in say_error(caught.value, "en")
