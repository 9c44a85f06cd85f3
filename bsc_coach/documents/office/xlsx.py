"""kpis.xlsx: a scorecard that follows what is measured, the registers behind it, and a sheet to fill in.

``bsc-coach readings`` reads back what was filled in there.
"""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any

import xlsxwriter

from bsc_coach.documents.brand import PLAIN, Brand
from bsc_coach.documents.context.document_context import build_context
from bsc_coach.documents.context.now import COLOURS
from bsc_coach.documents.context.words import DocumentWords
from bsc_coach.documents.exchange.kpi_table import Register, register_of
from bsc_coach.documents.exchange.registers import links, others, points, readings
from bsc_coach.documents.office.book import LARGEST, Book
from bsc_coach.documents.office.book_look import dress
from bsc_coach.documents.office.sanitise import date_of, without_timestamps, xml_safe
from bsc_coach.documents.office.scorecard_sheet import FormulaPlaces, scorecard_sheet, trend_sheet
from bsc_coach.strategy.model import Strategy
from bsc_coach.strategy.notes import Notes
from bsc_coach.text import one_line

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_CHOICES = {
    "direction": ("up", "down"),
    "frequency": ("daily", "weekly", "monthly", "quarterly", "half_yearly", "yearly", "per_project"),
    "lead_lag": ("lead", "lag"),
}
_ROWS_TO_FILL_IN = 200
_ROWS_PRINTED = 30
"""Of these, as many as are printed to be filled in by hand."""
_ROWS_LOOKED_AT = 2_000
"""How far down the formulas look for readings: also behind the end of the table, where people paste."""
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
    book = Book(workbook, strategy.language)
    # The scorecard comes first and is filled last: it looks at all that stands behind it.
    scorecard = workbook.add_worksheet(book.name("scorecard"))
    register, measured = register_of(context), readings(context, to_fill_in=_ROWS_TO_FILL_IN)
    kpis = book.sheet("kpis", register, beside=2)
    filled_in = book.sheet("readings", measured, beside=2)
    _to_fill_in(book, filled_in, measured, register)
    printed = len(measured.rows) - _ROWS_TO_FILL_IN + _ROWS_PRINTED
    filled_in.print_area(0, 0, printed, len(measured.columns) - 1)
    book.sheet("objectives", points(context), beside=1)
    book.sheet("links", links(context))
    for name, other in others(context).items():
        book.sheet(name, other, beside=2 if other.columns[0].name == "id" else 1)
    # What nobody reads: the words to choose from, and what is worked out on the way.
    speak = DocumentWords(strategy.language)
    words = {name: [speak.choice(name, one) for one in choices] for name, choices in _CHOICES.items()}
    words["status"] = [speak.choice("standing", one) for one in COLOURS]
    book.choices(kpis, register, words)
    places = _places(book, register, measured, words)
    trend_sheet(book, strategy.kpis, places)
    scorecard_sheet(book, scorecard, context, strategy.kpis, places)
    dress(workbook, brand)
    workbook.close()
    return without_timestamps(made.getvalue())


def _places(book: Book, register: Register, measured: Register, words: dict[str, list[str]]) -> FormulaPlaces:
    """Return where the formulas of the scorecard look."""
    rows = len(measured.rows) + _ROWS_LOOKED_AT
    return FormulaPlaces(
        kpis={
            column.name: book.cells("kpis", at, len(register.rows))
            for at, column in enumerate(register.columns)
        },
        readings={
            column.name: book.cells("readings", at, rows) for at, column in enumerate(measured.columns)
        },
        lists={
            name: [f"{book.of('lists')}${'ABCDEFGH'[at]}${row}" for row, _ in enumerate(told, start=2)]
            for at, (name, told) in enumerate(words.items())
        },
        trend=book.of("trend"),
    )


def _to_fill_in(book: Book, sheet: Any, measured: Register, register: Register) -> None:
    """Let readings be filled in with a KPI that is there, a date and a number; the name comes by itself."""
    ids = book.cells("kpis", 0, len(register.rows))
    names = book.cells("kpis", 1, len(register.rows))
    limits = {"criteria": "between", "minimum": -LARGEST, "maximum": LARGEST}
    book.validate(sheet, measured, "kpi", {"validate": "list", "source": f"={ids}"})
    book.validate(sheet, measured, "date", {"validate": "date", "criteria": ">=", "value": _FIRST_DATE})
    book.validate(sheet, measured, "value", {"validate": "decimal", **limits})
    for at, row in enumerate(measured.rows, start=1):
        name = f'=IFERROR(INDEX({names},MATCH($A{at + 1},{ids},0)),"")'
        sheet.write_formula(at, 1, name, book.text, row[1] or "")
