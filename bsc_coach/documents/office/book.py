"""A workbook being written: its sheets, the looks of its cells, and how it comes out of a printer."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from bsc_coach.documents.exchange.kpi_table import Cell, Kind, KpiColumn, Register
from bsc_coach.documents.map.style import EDGE, INK
from bsc_coach.documents.office.text_metrics import lines_in
from bsc_coach.text import one_line
from bsc_coach.words import say

LARGEST = 1e300
"""A spreadsheet has no number beyond about this."""
LINE = 15.0
_DATE_FORMATS = {4: "yyyy", 7: "yyyy-mm", 10: "yyyy-mm-dd"}
"""How a date is shown, by the length of its text: as coarse as it is known."""
_WIDTHS = {
    "id": 8, "kpi": 8, "objective": 34, "indicator": 38, "formula": 34, "category": 24, "title": 44,
    "description": 50, "unit": 12, "guard": 34, "benchmark_source": 44, "source": 30, "lead_lag": 20,
    "because": 50, "section": 26, "about": 34, "distribution": 50, "voted_on": 24, "question": 50,
    "answer": 60, "cause": 36, "effect": 36, "leads_to": 40, "became_text": 44, "measured_by": 40,
    "initiatives": 40, "note": 44,
    "gaming": 34, "decision": 34, "process_text": 24, "gap_text": 30, "objectives_text": 40, "removes": 34,
    "resources": 34, "reason": 44, "evidence": 44, "test": 44, "alternatives": 40, "dissent": 40,
    "replaces_text": 30, "cluster_text": 24, "subprocess_text": 28, "quadrant_text": 24, "votes_text": 34,
    "baseline": 12, "target": 12, "red": 12, "amber": 12, "benchmark": 12, "direction": 14, "frequency": 14,
    "influence": 10, "performance": 12, "priority": 10, "chosen": 10, "start": 12, "end": 12, "date": 12,
}  # fmt: skip
_WIDTH = 16
_LETTER = 5.6
"""A width of one is about so many points."""
_SIZE, _TALLEST = 11.0, 400.0
_A3 = 8
_PRINTED_AT = 75
"""Percent at which a sheet is printed that one page cannot hold: type of more than eight points."""
_LETTERS_A_PAGE = 280
"""Widths that stand beside each other on A3 across at that size."""
_LONGEST_UNIT = 10
_CURRENCIES = "$€£¥"
_OF_ITS_UNIT = frozenset({"baseline", "target", "red", "amber", "benchmark"})
"""Numbers that are shown with the unit of their KPI."""


class Book:
    """A workbook being written, and the looks of its cells."""

    def __init__(self, workbook: Any, language: str) -> None:
        self.workbook = workbook
        self.language = language
        self.line = {"valign": "top", "bottom": 1, "bottom_color": EDGE}
        # What stands in a cell was typed by people: it is shown as it is, whatever it looks like.
        self.text = workbook.add_format(
            {**self.line, "text_wrap": True, "num_format": "@", "align": "left", "indent": 1}
        )
        head = {"text_wrap": True, "valign": "top", "bold": True, "bg_color": EDGE, "font_color": INK}
        self.head = workbook.add_format({**head, "align": "left", "indent": 1})
        self.head_of_numbers = workbook.add_format({**head, "align": "right"})
        self._dates = {
            length: workbook.add_format({**self.line, "align": "right", "num_format": shown})
            for length, shown in _DATE_FORMATS.items()
        }
        self._numbers: dict[str, Any] = {}

    def name(self, sheet: str) -> str:
        """Return what a sheet is called."""
        return say(f"office.sheet.{sheet}", self.language)

    def number(self, unit: str | None = None) -> Any:
        """Return the look of a number with a unit behind it, or the sign of a currency in front."""
        shown = number_format(unit)
        if shown not in self._numbers:
            self._numbers[shown] = self.workbook.add_format({**self.line, "num_format": shown})
        return self._numbers[shown]

    def date(self, told: Cell) -> Any:
        """Return the look of a date as coarse as its text is."""
        return self._dates[len(str(told)) if _DATE_FORMATS.get(len(str(told))) and day_of(told) else 10]

    def sheet(self, name: str, register: Register, *, beside: int = 1) -> Any:
        """Add a sheet with a table: filter, headings that stay, columns wide enough to read.

        The first ``beside`` columns stay as well, and are printed on every page.
        """
        sheet = self.workbook.add_worksheet(self.name(name))
        widths = [_WIDTHS.get(column.name, _WIDTH) for column in register.columns]
        for at, width in enumerate(widths):
            sheet.set_column(at, at, width)
        sheet.set_row(0, 2 * LINE)
        units = [column.name for column in register.columns].index("unit") if _has_unit(register) else None
        for at, row in enumerate(register.rows, start=1):
            sheet.set_row(at, _height(register, row))
            unit = None if units is None else str(row[units] or "")
            for column_at, (column, cell) in enumerate(zip(register.columns, row, strict=True)):
                of_unit = unit if column.name in _OF_ITS_UNIT else None
                self.write(sheet, at, column_at, column.kind, cell, of_unit)
        heads = [
            {
                "header": one.heading,
                "header_format": self.head if one.kind == "text" else self.head_of_numbers,
            }
            for one in register.columns
        ]
        last_row, last_column = max(len(register.rows), 1), len(register.columns) - 1
        sheet.add_table(0, 0, last_row, last_column, {"columns": heads, "style": "Table Style Light 9"})
        sheet.freeze_panes(1, beside)
        sheet.repeat_rows(0)
        self.print_on_a3(sheet, widths, beside)
        return sheet

    def print_on_a3(self, sheet: Any, widths: Sequence[float], beside: int) -> None:
        """Print a sheet across on A3; what is too wide to be read on one page goes on beside it."""
        sheet.set_landscape()
        sheet.set_paper(_A3)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        if sum(widths) <= _LETTERS_A_PAGE:
            sheet.fit_to_pages(1, 0)
        else:
            sheet.set_print_scale(_PRINTED_AT)
        sheet.repeat_columns(0, beside - 1)
        sheet.set_footer("&L&A&R&P / &N")

    def choices(self, sheet: Any, register: Register, choices: Mapping[str, Sequence[str]]) -> None:
        """Let columns with choices be filled in from a list, which stands on a hidden sheet of its own."""
        lists = self.workbook.add_worksheet(self.name("lists"))
        lists.hide()
        names = [column.name for column in register.columns]
        for at, (name, words) in enumerate(choices.items()):
            lists.set_column(at, at, 40)
            heading = register.columns[names.index(name)].heading if name in names else None
            lists.write_string(0, at, heading or say(f"document.label.{name}", self.language), self.head)
            for row, word in enumerate(words, start=1):
                lists.write_string(row, at, word, self.text)
            if name in names:
                source = f"={self.cells('lists', at, len(words))}"
                self.validate(sheet, register, name, {"validate": "list", "source": source})

    def validate(self, sheet: Any, register: Register, column: str, rule: Mapping[str, object]) -> None:
        """Let a column of a table be filled in by a rule."""
        at = [one.name for one in register.columns].index(column)
        sheet.data_validation(1, at, max(len(register.rows), 1), at, rule)

    def cells(self, sheet: str, column: int, rows: int) -> str:
        """Return the cells of a column below its heading, for a formula on another sheet."""
        letter = letter_of(column)
        return f"{self.of(sheet)}${letter}$2:${letter}${max(rows, 1) + 1}"

    def of(self, sheet: str) -> str:
        """Return the name of a sheet as formulas write it."""
        return "'" + self.name(sheet).replace("'", "''") + "'!"

    def write(
        self, sheet: Any, row: int, column: int, kind: Kind, cell: Cell, unit: str | None = None
    ) -> None:
        """Write a cell as what it is: a date, a number with its unit, a text, or nothing."""
        if kind == "date" and (day := day_of(cell)) is not None:
            sheet.write_datetime(row, column, day, self.date(cell))
        elif kind == "number" and isinstance(cell, (int, float)) and abs(cell) <= LARGEST:
            sheet.write_number(row, column, cell, self.number(unit))
        elif cell is None:
            looks = {"date": self._dates[10], "number": self.number(unit), "text": self.text}
            sheet.write_blank(row, column, None, looks[kind])
        else:
            sheet.write_string(row, column, str(cell), self.text)


def _has_unit(register: Register) -> bool:
    return any(column.name == "unit" for column in register.columns)


def letter_of(column: int) -> str:
    """Return the letters of a column, which is counted from 0: A, …, Z, AA."""
    before, last = divmod(column, 26)
    return (letter_of(before - 1) if before else "") + chr(ord("A") + last)


def stands_behind(unit: str) -> bool:
    """Tell whether a unit is short enough to stand behind each number."""
    return len(unit) <= _LONGEST_UNIT


def number_format(unit: str | None) -> str:
    """Return how a spreadsheet shows a number of a unit; thousands are grouped, fractions as they are."""
    told = one_line(unit or "").replace('"', "")
    if not told or not stands_behind(told):
        before = behind = ""
    elif told[0] in _CURRENCIES:
        before, behind = f'"{told[0]}"', f'"{told[1:]}"' if told[1:].strip() else ""
    else:
        before, behind = "", f'"{told}"' if told.startswith("%") else f'" {told}"'
    return f"[>=1000]{before}#,##0{behind};{before}General{behind}"


def _height(register: Register, row: Sequence[Cell]) -> float:
    """Return the height of a row whose text is wrapped; not every program works it out by itself."""
    told = [(column, cell) for column, cell in zip(register.columns, row, strict=True)]
    return max(height_of(cell, width_of(column)) for column, cell in told)


def width_of(column: KpiColumn) -> float:
    """Return how wide a column is."""
    return _WIDTHS.get(column.name, _WIDTH)


def height_of(cell: Cell, width: float) -> float:
    """Return how high a row must be for a cell of a width."""
    if not isinstance(cell, str):
        return LINE
    room = (width - 2) * _LETTER
    lines = sum(len(lines_in(line, room, _SIZE)) for line in cell.split("\n"))
    return min(max(lines, 1) * LINE, _TALLEST)


def day_of(cell: Cell) -> datetime | None:
    """Return the last day of what an ISO date names, be it a year or a month; None for no such day."""
    try:
        year, month, day = (*(int(part) for part in str(cell or "0").split("-")), 0, 0)[:3]
        month = month or 12
        return datetime(year, month, day or monthrange(year, month)[1])
    except ValueError:
        return None
