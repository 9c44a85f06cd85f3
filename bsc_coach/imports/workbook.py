"""Reading a workbook (.xlsx): sheets of plain values, read in a child process with limits.

Nothing in it is run and nothing of it is believed: formulas count by the results that were saved with them,
macros are left where they are, and what unpacks to more than a workbook of people holds is refused before it
is unpacked. Every fault is a WorkbookError with one sentence.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from bsc_coach import sizes
from bsc_coach.child_process import ChildLimits, run_in_child
from bsc_coach.errors import ImportFileError, MissingExtraError
from bsc_coach.imports.files import kind_of, read_bytes
from bsc_coach.text import clean

LIMITS = ChildLimits(cpu_seconds=40, wall_seconds=60, memory=2_000_000_000, output=sizes.WORKBOOK_UNPACKED)
"""Sixty KPIs take a tenth of a second, fifty thousand rows some seconds; a machine may be slow."""
_CHILD = "bsc_coach.imports.workbook_child"
_SUFFIXES = (".xlsx", ".xlsm")

Value = str | int | float | bool | date | None
"""What stands in a cell; a text is never empty, an hour of the day is dropped from a date, and a date that is
shown as a month or year is that as text: "2028-06"."""
SourcePlace = tuple[int, int]
"""Row and column of a cell, both from 0."""


class WorkbookError(ImportFileError):
    """A workbook cannot be read."""


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook; ``rows[0]`` is the first row of the sheet, with no empty cells at its end."""

    name: str
    rows: tuple[tuple[Value, ...], ...]
    hidden: bool = False
    percents: frozenset[SourcePlace] = frozenset()
    """Numbers that are shown as a percentage: 0.85 is seen as 85%."""
    formulas: frozenset[SourcePlace] = frozenset()
    """Empty cells that hold a formula whose result was not saved."""
    merged: tuple[tuple[SourcePlace, SourcePlace], ...] = ()
    """Cells that are one on the screen, from the first to the last; only the first has the value."""

    def value(self, row: int, column: int) -> Value:
        """Return what stands at a place; nothing for one behind the end."""
        cells = self.rows[row] if row < len(self.rows) else ()
        return cells[column] if column < len(cells) else None


@dataclass(frozen=True)
class Workbook:
    """The sheets of a workbook in their order, and whether it brought macros, which were left alone."""

    sheets: tuple[Sheet, ...]
    has_macros: bool = False

    def sheet(self, name: str) -> Sheet | None:
        """Return the sheet of that name, whatever its capitals."""
        return next((one for one in self.sheets if one.name.casefold() == name.casefold()), None)


def read_workbook(path: Path) -> Workbook:
    """Return the values of a workbook. Raises WorkbookError, ImportFileError and MissingExtraError."""
    return workbook_of(read_bytes(path), path)


def workbook_of(data: bytes, path: Path) -> Workbook:
    """Return the values of a workbook by its bytes; ``path`` is where it was found."""
    kind = kind_of(data)
    if kind != "workbook":
        cut_off = kind == "zip" and path.suffix.casefold() in _SUFFIXES
        raise WorkbookError(f"imports.workbook.{'damaged' if cut_off else kind}", path=path)
    if find_spec("openpyxl") is None or find_spec("defusedxml") is None:
        raise MissingExtraError("imports.needs_extra", path=path)
    child = run_in_child(_CHILD, data, LIMITS)
    match child.ended:
        case "made":
            return _workbook(json.loads(child.told))
        case "fault":
            told = json.loads(child.told)
            raise WorkbookError(f"imports.workbook.{told.pop('fault')}", path=path, **told)
        case "slow":
            raise WorkbookError("imports.workbook.slow", path=path)
        case "crashed":
            raise WorkbookError("imports.workbook.damaged", path=path)


def _workbook(told: dict[str, Any]) -> Workbook:
    return Workbook(tuple(_sheet(one) for one in told["sheets"]), told["has_macros"])


def _sheet(told: dict[str, Any]) -> Sheet:
    return Sheet(
        name=clean(told["name"]).text,
        rows=tuple(tuple(_value(cell) for cell in row) for row in told["rows"]),
        hidden=told["hidden"],
        percents=frozenset((row, column) for row, column in told["percents"]),
        formulas=frozenset((row, column) for row, column in told["formulas"]),
        merged=tuple(((top, left), (bottom, right)) for top, left, bottom, right in told["merged"]),
    )


def _value(cell: Any) -> Value:
    """Return a cell as the child told it: a date comes as a list with its text."""
    if isinstance(cell, list):
        return date.fromisoformat(cell[0])
    if isinstance(cell, str):
        return clean(cell).text.strip() or None
    return cell if isinstance(cell, (int, float, bool)) else None
