"""Tables in text: CSV with any separator, tables out of Markdown, columns pasted from a mail."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bsc_coach import sizes
from bsc_coach.errors import ImportFileError
from bsc_coach.imports.workbook import Sheet

SEPARATORS = (";", "\t", ",", "|")
_TOLD = re.compile(r"\Asep=(.)\r?\n", re.IGNORECASE)
"""What Excel puts before a table to tell its separator."""
_QUOTED = re.compile(r"^(?:> ?)+", re.MULTILINE)
"""What mail programs put before the lines that somebody else wrote."""
_SPACED = re.compile(r"(?<=\S)(?: {3,}|\s*\t\s*)(?=\S)")
_RULE = re.compile(r"[\s|:+=\-–—_]+")
_MOST_LINES_LOOKED_AT = 200
_ALIKE = 0.6
"""Share of the lines that must have the same number of columns for a text to be a table."""


@dataclass(frozen=True)
class TextTable:
    """A table that was found in a text, the line of each of its rows, and what stood between the cells."""

    sheet: Sheet
    lines: tuple[int, ...]
    separator: str


def table_in(text: str, path: Path) -> TextTable | None:
    """Return the table that a text is; None where it is none. Raises ImportFileError for one too large."""
    told = _TOLD.match(text)
    skipped = 0
    if told is not None:
        text, skipped = text[told.end() :], 1
    elif all(line.startswith(">") for line in text.split("\n") if line.strip()):
        text = _QUOTED.sub("", text)
    separators = SEPARATORS if told is None else (told[1],)
    best: tuple[float, list[tuple[int, list[str]]], str] | None = None
    for separator in separators:
        rows = list(_rows(text, separator))
        score = _evenness(rows)
        if rows and score >= _ALIKE and (best is None or score * _width(rows) > best[0]):
            best = (score * _width(rows), rows, separator)
    if best is None:
        rows = [(at, _SPACED.split(line.strip())) for at, line in _lines(text)]
        if _evenness(rows) < _ALIKE or len(rows) < 2:
            return None
        best = (1.0, rows, "   ")
    if len(best[1]) > sizes.SHEET_ROWS:
        raise ImportFileError("imports.file.rows", path=path, most=sizes.SHEET_ROWS)
    return _table(best[1], best[2], skipped)


def _table(rows: Sequence[tuple[int, list[str]]], separator: str, skipped: int = 0) -> TextTable:
    kept = [(at, cells) for at, cells in rows if not all(_RULE.fullmatch(cell) or not cell for cell in cells)]
    sheet = Sheet("", tuple(tuple(cell.strip() or None for cell in cells) for _, cells in kept))
    return TextTable(sheet, tuple(at + skipped for at, _ in kept), separator)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for at, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield at, line


def _rows(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a text with the line that each begins on, cells in quotes with all their lines."""
    if separator == "|" and text.lstrip().startswith("|"):
        for at, line in _lines(text):
            inner = line.strip()
            yield at, [cell.strip() for cell in inner.removeprefix("|").removesuffix("|").split("|")]
        return
    lines = text.split("\n")
    reader = csv.reader((f"{line}\n" for line in lines), delimiter=separator)
    before = 0
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:  # a cell longer than any: no table by this separator
            return
        if any(cell.strip() for cell in row):
            yield before + 1, [cell.strip() for cell in row]
        before = reader.line_num


def _evenness(rows: Sequence[tuple[int, list[str]]]) -> float:
    """Return the share of rows that have the usual number of cells; 0 where that is one."""
    widths = [len(_filled(cells)) for _, cells in rows[:_MOST_LINES_LOOKED_AT]]
    full = [len(cells) for _, cells in rows[:_MOST_LINES_LOOKED_AT]]
    if not widths or max(widths) < 2:
        return 0.0
    usual = max(set(full), key=full.count)
    return full.count(usual) / len(full) if usual > 1 else 0.0


def _width(rows: Sequence[tuple[int, list[str]]]) -> int:
    widths = [len(cells) for _, cells in rows[:_MOST_LINES_LOOKED_AT]]
    return max(set(widths), key=widths.count)


def _filled(cells: Sequence[str]) -> list[str]:
    return [cell for cell in cells if cell.strip()]


def markdown_tables(lines: Sequence[str]) -> Iterator[tuple[int, int, TextTable]]:
    """Yield the tables with bars in Markdown: first line, line behind the last, and what each holds."""
    at = 0
    while at < len(lines):
        if not lines[at].strip().startswith("|"):
            at += 1
            continue
        end = at
        while end < len(lines) and lines[end].strip().startswith("|"):
            end += 1
        rows = [(nr + 1, row) for nr, row in enumerate(map(_cells, lines[at:end]), start=at)]
        if len(rows) > 1:
            yield at, end, _table(rows, "|")
        at = end


def _cells(line: str) -> list[str]:
    inner = line.strip().removeprefix("|").removesuffix("|")
    return [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", inner)]
