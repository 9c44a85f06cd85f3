"""kpis.xlsx: the register of KPIs as a real table, and a sheet to fill in what is measured."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

import xlsxwriter

from bsc_coach.documents.brand import PLAIN, Brand
from bsc_coach.documents.context.document_context import build_context, objectives_in
from bsc_coach.documents.context.tables import Table
from bsc_coach.documents.context.words import DocumentWords
from bsc_coach.documents.exchange.kpi_table import (
    Cell,
    Kind,
    Register,
    category_of,
    columns_of,
    register_of,
)
from bsc_coach.documents.map.style import EDGE, INK
from bsc_coach.documents.office.book_look import dress
from bsc_coach.documents.office.sanitise import date_of, without_timestamps, xml_safe
from bsc_coach.documents.office.text_metrics import lines_in
from bsc_coach.strategy.model import Strategy
from bsc_coach.strategy.notes import Notes
from bsc_coach.text import one_line
from bsc_coach.words import say

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_DATE_FORMATS = {4: "yyyy", 7: "yyyy-mm", 10: "yyyy-mm-dd"}
"""How a date is shown, by the length of its text: as coarse as it is known."""
_CHOICES = {
    "direction": ("up", "down"),
    "frequency": ("daily", "weekly", "monthly", "quarterly", "half_yearly", "yearly", "per_project"),
    "lead_lag": ("lead", "lag"),
}
_WIDTHS = {
    "id": 8, "objective": 34, "indicator": 38, "formula": 34, "category": 24, "title": 44, "description": 50,
    "unit": 12, "guard": 34, "benchmark_source": 44, "source": 24, "lead_lag": 20, "because": 50,
    "section": 26, "about": 34, "distribution": 50, "voted_on": 24, "question": 50, "answer": 60,
    "cause": 36, "effect": 36, "leads_to": 40, "measured_by": 40, "initiatives": 40, "note": 60,
}  # fmt: skip
_WIDTH = 16
_LETTER = 5.6
"""A width of one is about so many points."""
_SIZE, _LINE, _TALLEST = 11.0, 15.0, 400.0
_MANY_COLUMNS = 12
"""Printed on two pages beside each other."""
_ROWS_TO_FILL_IN = 200
_LARGEST = 1e300
"""A spreadsheet has no number beyond about this."""
_FIRST_DATE = datetime(2000, 1, 1)


def render_xlsx(strategy: Strategy, notes: Notes, brand: Brand = PLAIN) -> bytes:
    """Return the workbook of ``strategy``; the same bytes for the same answers and brand."""
    strategy, notes = xml_safe(strategy), xml_safe(notes)
    context = build_context(strategy, notes)
    made = BytesIO()
    workbook: Any = xlsxwriter.Workbook(made, _OPTIONS)
    workbook.set_properties(
        {
            "title": context["title"][:255],
            "author": one_line(strategy.organisation.name or "")[:255],
            "created": date_of(notes),
        }
    )
    book = _Book(workbook, strategy.language)
    register = register_of(context)
    kpis = book.sheet("kpis", register)
    readings = book.sheet("readings", _readings(context))
    book.sheet("objectives", _objectives(context))
    book.sheet("links", _links(context))
    book.choices(kpis, register)
    if own := _own_answers(context):
        book.sheet("own", own)
    if dissent := _dissent(context):
        book.sheet("dissent", dissent)
    book.to_fill_in(readings, len(register.rows))
    dress(workbook, brand)
    workbook.close()
    return without_timestamps(made.getvalue())


class _Book:
    """A workbook being written, and the looks of its cells."""

    def __init__(self, workbook: Any, language: str) -> None:
        self._workbook = workbook
        self._language = language
        line = {"valign": "top", "bottom": 1, "bottom_color": EDGE}
        # What stands in a cell was typed by people: it is shown as it is, whatever it looks like.
        self._text = workbook.add_format({**line, "text_wrap": True, "num_format": "@"})
        self._number = workbook.add_format(line)
        self._dates = {
            length: workbook.add_format({**line, "align": "right", "num_format": shown})
            for length, shown in _DATE_FORMATS.items()
        }
        self._head = workbook.add_format(
            {"text_wrap": True, "valign": "top", "bold": True, "bg_color": EDGE, "font_color": INK}
        )

    def sheet(self, name: str, register: Register) -> Any:
        """Add a sheet with a table: filter, headings that stay, columns wide enough to read."""
        sheet = self._workbook.add_worksheet(self._name(name))
        for at, column in enumerate(register.columns):
            sheet.set_column(at, at, _WIDTHS.get(column.name, _WIDTH))
        sheet.set_row(0, 2 * _LINE)
        for at, row in enumerate(register.rows, start=1):
            sheet.set_row(at, _height(register, row))
            for column_at, (column, cell) in enumerate(zip(register.columns, row, strict=True)):
                self._write(sheet, at, column_at, column.kind, cell)
        heads = [{"header": column.heading, "header_format": self._head} for column in register.columns]
        last_row, last_column = max(len(register.rows), 1), len(register.columns) - 1
        sheet.add_table(0, 0, last_row, last_column, {"columns": heads, "style": "Table Style Light 9"})
        sheet.freeze_panes(1, 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1 + len(register.columns) // _MANY_COLUMNS, 0)
        sheet.repeat_columns(0)
        sheet.repeat_rows(0)
        return sheet

    def choices(self, sheet: Any, register: Register) -> None:
        """Let the columns with choices be filled in from a list, which stands on a sheet of its own."""
        lists = self._workbook.add_worksheet(self._name("lists"))
        speak = DocumentWords(self._language)
        for at, (name, choices) in enumerate(_CHOICES.items()):
            column_at = next(nth for nth, one in enumerate(register.columns) if one.name == name)
            lists.set_column(at, at, 40)
            lists.write_string(0, at, register.columns[column_at].heading, self._head)
            for row, choice in enumerate(choices, start=1):
                lists.write_string(row, at, speak.choice(name, choice), self._text)
            letter = "ABC"[at]
            source = f"='{self._name('lists')}'!${letter}$2:${letter}${len(choices) + 1}"
            sheet.data_validation(
                1, column_at, max(len(register.rows), 1), column_at, {"validate": "list", "source": source}
            )

    def to_fill_in(self, sheet: Any, kpis: int) -> None:
        """Let the readings be filled in with a KPI that is there, a date and a number."""
        last = _ROWS_TO_FILL_IN
        source = f"='{self._name('kpis')}'!$A$2:$A${max(kpis, 1) + 1}"
        sheet.data_validation(1, 0, last, 0, {"validate": "list", "source": source})
        sheet.data_validation(1, 1, last, 1, {"validate": "date", "criteria": ">=", "value": _FIRST_DATE})
        sheet.data_validation(
            1, 2, last, 2,
            {"validate": "decimal", "criteria": "between", "minimum": -_LARGEST, "maximum": _LARGEST},
        )  # fmt: skip

    def _name(self, sheet: str) -> str:
        return say(f"office.sheet.{sheet}", self._language)

    def _write(self, sheet: Any, row: int, column: int, kind: Kind, cell: Cell) -> None:
        if kind == "date":
            date = _date(cell)
            shown = self._dates[len(str(cell)) if date else 10]
            if date is not None:
                sheet.write_datetime(row, column, date, shown)
            elif cell is None:
                sheet.write_blank(row, column, None, shown)
            else:
                sheet.write_string(row, column, str(cell), self._text)
        elif kind == "number" and isinstance(cell, (int, float)) and abs(cell) <= _LARGEST:
            sheet.write_number(row, column, cell, self._number)
        elif cell is None:
            sheet.write_blank(row, column, None, self._number if kind == "number" else self._text)
        else:
            sheet.write_string(row, column, str(cell), self._text)


def _height(register: Register, row: Sequence[Cell]) -> float:
    """Return the height of a row whose text is wrapped; not every program works it out by itself."""
    lines = 1
    for column, cell in zip(register.columns, row, strict=True):
        if isinstance(cell, str):
            room = _WIDTHS.get(column.name, _WIDTH) * _LETTER
            lines = max(lines, sum(len(lines_in(line, room, _SIZE)) for line in cell.split("\n")))
    return min(lines * _LINE, _TALLEST)


def _date(cell: Cell) -> datetime | None:
    """Return the last day of what an ISO date names, be it a year or a month; None for no such day."""
    year, month, day = (*(int(part) for part in str(cell or "0").split("-")), 0, 0)[:3]
    try:
        month = month or 12
        return datetime(year, month, day or monthrange(year, month)[1])
    except ValueError:
        return None


def _readings(context: Table) -> Register:
    """Return the table of what is measured, empty."""
    columns = columns_of(context, (("kpi", "text"), ("date", "date"), ("value", "number"), ("note", "text")))
    return Register(columns, ((None,) * len(columns),) * _ROWS_TO_FILL_IN)


def _objectives(context: Table) -> Register:
    """Return every point of the map, from the mission down to the enablers."""
    columns = columns_of(
        context,
        (
            ("id", "text"),
            ("category", "text"),
            ("title", "text"),
            ("description", "text"),
            ("horizon", "text"),
            ("owner_role", "text"),
            ("leads_to", "text"),
            ("measured_by", "text"),
            ("initiatives", "text"),
        ),
    )
    # One row for each point, in the order of the columns; what a kind of point does not have stays empty.
    rows = (
        *context["missions"], *context["outcomes"], *context["promises"],
        *objectives_in(context), *context["enablers"],
    )  # fmt: skip
    return Register(
        columns,
        tuple(
            (
                row["id"], category_of(row["id"], context), row["title"], row.get("description"),
                row["horizon_text"], row.get("owner_role"), _listed(row["leads_to"]),
                _listed(row["measured_by"]), _listed(row["initiatives"]),
            )
            for row in rows
        ),
    )  # fmt: skip


def _links(context: Table) -> Register:
    """Return every link of the map."""
    columns = columns_of(
        context,
        (
            ("id", "text"),
            ("cause", "text"),
            ("effect", "text"),
            ("because", "text"),
            ("confidence", "text"),
            ("delay", "number"),
            ("seen_in", "text"),
        ),
    )
    return Register(
        columns,
        tuple(
            (
                link["id"], link["cause_text"], link["effect_text"], link["because"],
                link["confidence_text"], link["delay_months"], link["seen_in"],
            )
            for link in context["links"]
        ),
    )  # fmt: skip


def _dissent(context: Table) -> Register | None:
    """Return what the ballots are far apart about, the most dissent first."""
    columns = columns_of(
        context,
        (
            ("about", "text"),
            ("voted_on", "text"),
            ("mean", "text"),
            ("spread", "number"),
            ("ballots", "number"),
            ("distribution", "text"),
            ("remark_on", "text"),
        ),
    )
    rows = tuple(
        (
            row["label"], row["voted_on"], row["mean_text"], row["spread"], row["n"],
            row["counts_text"], row["stale_text"],
        )
        for row in (*context["dissent"]["first"], *context["dissent"]["others"])
    )  # fmt: skip
    return Register(columns, rows) if rows else None


def _own_answers(context: Table) -> Register | None:
    """Return the answers to questions of one's own but for those about KPIs, which stand with these."""
    columns = columns_of(
        context, (("section", "text"), ("about", "text"), ("question", "text"), ("answer", "text"))
    )
    kpis = {kpi["id"] for kpi in context["kpis"]}
    rows = tuple(
        (one["section"], one["about_text"], one["question"], one["answer_text"])
        for one in context["extra"]
        if one["about"] not in kpis and one["answer_text"]
    )
    return Register(columns, rows) if rows else None


def _listed(texts: Sequence[str]) -> str | None:
    return "; ".join(texts) or None
