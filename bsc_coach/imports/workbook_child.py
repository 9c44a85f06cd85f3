"""The process that reads a workbook: ``workbook`` starts it and reads what it tells.

It gets the bytes of the file on standard input, and writes its sheets as JSON to standard output, or with
exit code ``EXIT_FAULT`` the name of the fault. Nothing is unpacked before it is known how much that is.
"""

from __future__ import annotations

import io
import json
import os
import re
import sys
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from bsc_coach import sizes
from bsc_coach.child_process import EXIT_FAULT, be_a_child
from bsc_coach.zip_told import told_of_entries

_ENCRYPTED = 0x1
_MOST_ENTRIES = 2_000
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell [^>]*?ref=[\"']([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})[\"']")
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")
_MOST_MERGED = 10_000
_SAID_IN_FORMAT = re.compile(r'"[^"]*"|\\.')
"""What a format of numbers only says: 85 shown by 0"%" is 85."""


class FoundFaultError(Exception):
    """The workbook cannot be read, and why: the name of a sentence, and the values in it."""

    def __init__(self, fault: str, **values: object) -> None:
        super().__init__(fault)
        self.told = {"fault": fault, **values}


def main() -> int:
    """Read the workbook on standard input; return the exit code."""
    be_a_child()
    warnings.simplefilter("ignore")  # openpyxl tells what it leaves out: styles, validations, pictures
    data = sys.stdin.buffer.read()
    try:
        told = _read(data)
    except FoundFaultError as fault:
        sys.stdout.buffer.write(json.dumps(fault.told).encode())
        return EXIT_FAULT
    except MemoryError:
        sys.stdout.buffer.write(b'{"fault": "large"}')
        return EXIT_FAULT
    except Exception:  # whatever the library says of bytes that are no workbook, or a damaged one
        sys.stdout.buffer.write(b'{"fault": "damaged"}')
        return EXIT_FAULT
    sys.stdout.buffer.write(json.dumps(told).encode("ascii"))
    return 0


def _read(data: bytes) -> dict[str, Any]:
    names = _checked_names(data)
    os.environ["OPENPYXL_LXML"] = "False"  # with defusedxml it refuses entities, wherever lxml is installed
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    sheets = [
        _sheet(sheet, data)
        for sheet in book.worksheets[: sizes.SHEETS]  # charts on sheets of their own are none of these
    ]
    if not sheets:
        raise FoundFaultError("damaged")
    return {"sheets": sheets, "has_macros": any(name.endswith("vbaProject.bin") for name in names)}


def _checked_names(data: bytes) -> list[str]:
    """Return the names of what is packed in a workbook. Raises FoundFaultError for more than one may hold."""
    if told_of_entries(data) > sizes.ZIP_TOLD:
        raise FoundFaultError("large")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = archive.infolist()
    if len(entries) > _MOST_ENTRIES or sum(entry.file_size for entry in entries) > sizes.WORKBOOK_UNPACKED:
        raise FoundFaultError("large")
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise FoundFaultError("locked")
    return [entry.filename for entry in entries]


def _sheet(sheet: Any, data: bytes) -> dict[str, Any]:
    """Return a sheet as plain values, with the places of what needs to be told of them."""
    # openpyxl tells merged cells only where it reads all at once, so they are looked up where they stand.
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        source = archive.read(sheet._worksheet_path)
    rows: list[list[object]] = []
    percents: list[tuple[int, int]] = []
    for at, cells in enumerate(_rows_of(sheet)):
        row = [_plain(cell) for cell in cells]
        percents.extend(
            (at, column)
            for column, cell in enumerate(cells)
            if isinstance(row[column], (int, float)) and _is_percent(cell.number_format)
        )
        while row and row[-1] is None:
            row.pop()
        rows.append(row)
    unsaved = list(_without_result(rows, sheet.title, data)) if _FORMULA.search(source) else []
    while rows and not rows[-1] and not any(place[0] == len(rows) - 1 for place in unsaved):
        rows.pop()
    return {
        "name": sheet.title,
        "hidden": sheet.sheet_state != "visible",
        "rows": rows,
        "percents": percents,
        "formulas": unsaved,
        "merged": [_place(found) for found in _MERGED.findall(source)[:_MOST_MERGED]],
    }


def _is_percent(number_format: object) -> bool:
    return "%" in _SAID_IN_FORMAT.sub("", str(number_format))


def _rows_of(sheet: Any) -> Iterator[Any]:
    """Yield the rows of a sheet up to the last that says something. Raises FoundFaultError for too many."""
    # What a file says of its own size is often wrong, and then rows would be missing.
    sheet.reset_dimensions()
    waiting: list[Any] = []
    told = 0
    for row in sheet.iter_rows(max_col=sizes.SHEET_COLUMNS):
        # Thousands of empty rows that once had a colour are no list; they count when something comes after.
        waiting.append(row)
        if any(cell.value is not None for cell in row):
            told += len(waiting)
            if told > sizes.SHEET_ROWS:
                raise FoundFaultError("rows", sheet=sheet.title, most=sizes.SHEET_ROWS)
            yield from waiting
            waiting = []
        elif len(waiting) > sizes.SHEET_ROWS:
            return


def _without_result(rows: list[list[object]], title: str, data: bytes) -> Iterator[tuple[int, int]]:
    """Yield the places of formulas without a result: a program wrote them, and none has worked them out."""
    from openpyxl import load_workbook

    as_typed = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)[title]
    as_typed.reset_dimensions()
    for at, cells in enumerate(as_typed.iter_rows(max_row=max(len(rows), 1), max_col=sizes.SHEET_COLUMNS)):
        for column, cell in enumerate(cells):
            if cell.data_type == "f" and (column >= len(rows[at]) or rows[at][column] is None):
                yield at, column


def _place(told: bytes) -> tuple[int, int, int, int]:
    """Return the first and the last cell that "A2:B5" names, rows and columns from 0."""
    from openpyxl.utils import range_boundaries

    left, top, right, bottom = range_boundaries(told.decode("ascii"))
    return top - 1, left - 1, bottom - 1, right - 1


def _plain(cell: Any) -> object:
    """Return a value that JSON has; a day as a list with its text, a month or year as it is seen."""
    value = cell.value
    if isinstance(value, date):  # a datetime is one
        shown = _SAID_IN_FORMAT.sub("", str(cell.number_format)).casefold()
        if "y" in shown and "d" not in shown:
            return f"{value:%Y-%m}" if "m" in shown else f"{value:%Y}"
        return [value.date().isoformat() if isinstance(value, datetime) else value.isoformat()]
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < sizes.INTEGER else value
    return str(value)


if __name__ == "__main__":
    sys.exit(main())
