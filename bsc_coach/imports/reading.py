"""The one way in: a file that somebody brings, of whatever kind, as what it says row by row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bsc_coach.errors import ImportFileError
from bsc_coach.imports.cells import Notation, notation_of
from bsc_coach.imports.columns import Layout, OnlyHeadingsError, layout_of
from bsc_coach.imports.decoding import text_of
from bsc_coach.imports.delimited import TextTable, markdown_tables, table_in
from bsc_coach.imports.entries import BroughtItem, ColumnTold, ListReading, Remark, SourcePlace
from bsc_coach.imports.files import kind_of, read_bytes
from bsc_coach.imports.outline import aim_of, is_labelled, tree_of, without_comments
from bsc_coach.imports.outline_meaning import OutlineMeaning
from bsc_coach.imports.owners import with_role
from bsc_coach.imports.stratml import is_stratml, read_stratml
from bsc_coach.imports.table_rows import TableRows
from bsc_coach.imports.workbook import Sheet, Value, Workbook, workbook_of
from bsc_coach.interview.understanding.readings import Today
from bsc_coach.strategy.toml import looks_like_strategy

_WEB_PAGE = re.compile(r"\A\s*<(?:!doctype html|html|table|body|div|meta)", re.IGNORECASE)
_ENDS_SENTENCE = re.compile(r"[^\W\d_]{2}[.!?](?:\s+[^\W\d_a-z]|[\"”’)]*$)")
_ALIKE = 0.6
_LOOKED_AT = 400
_OF_AIMS = ("kpi", "initiative")
_LOOSE = 2
"""So few lines without a heading are no list of objectives."""


def is_strategy_file(path: Path) -> bool:
    """Tell whether a file is meant to be a strategy.toml: by its name, or by what stands in it."""
    if path.suffix.casefold() == ".toml":
        return True
    try:
        return looks_like_strategy(read_bytes(path))
    except ImportFileError:
        return False


@dataclass(frozen=True)
class _Wishes:
    """What is known of a file before it is read: its language, the day, and what somebody says of it."""

    language: str
    today: Today
    chosen: Mapping[str, str] | None
    month_first: bool | None


def read_list(
    path: Path,
    language: str,
    today: Today,
    chosen: Mapping[str, str] | None = None,
    month_first: bool | None = None,
) -> ListReading:
    """Return what a list or plan says. Raises BscCoachError.

    ``chosen`` tells what columns are, ``month_first`` how dates are written; None is found out.
    """
    try:
        return _read(read_bytes(path), path, _Wishes(language, today, chosen, month_first))
    except OnlyHeadingsError as error:
        raise ImportFileError("imports.file.only_headings", path=path) from error


def _read(data: bytes, path: Path, wishes: _Wishes) -> ListReading:
    kind = kind_of(data)
    if kind == "workbook" or (kind != "text" and path.suffix.casefold() in (".xlsx", ".xlsm", ".xls")):
        reading = _of_workbook(workbook_of(data, path), wishes)
    elif kind != "text":
        raise ImportFileError(f"imports.workbook.{kind}", path=path)
    else:
        reading = _of_text(data, path, wishes)
    if not any(entry.kind != "other" for entry in reading.entries):
        hidden = next((one.values["sheet"] for one in reading.remarks if one.key == "hidden_sheet"), None)
        key = "nothing" if hidden is None else "nothing_visible"
        raise ImportFileError(f"imports.file.{key}", path=path, sheet=hidden)
    return replace(reading, entries=tuple(with_role(entry, wishes.language) for entry in reading.entries))


def _of_text(data: bytes, path: Path, wishes: _Wishes) -> ListReading:
    text, encoding = text_of(data, path)
    if is_stratml(text):
        return read_stratml(data, path, wishes.today)
    if text.lstrip().startswith("<?xml"):
        raise ImportFileError("imports.file.other_xml", path=path)
    if _WEB_PAGE.match(text):
        raise ImportFileError("imports.file.web_page", path=path)
    if text.lstrip().startswith("{"):
        raise ImportFileError("imports.file.json", path=path)
    has_bars = any(line.strip().startswith("|") for line in text.split("\n"))
    is_outline = path.suffix.casefold() in (".md", ".markdown") or _share_outlined(text) >= _ALIKE
    table = None if is_outline else table_in(text, path)
    if table is not None:
        told = _of_table(table, wishes)
        if told is not None:
            return replace(told, encoding=encoding)
    if has_bars or _share_outlined(text) > 0.1:
        return replace(_of_outline(text, wishes), encoding=encoding)
    lines = _lines_as_table(text)
    told = _of_table(lines, wishes)
    n = len(lines.lines)
    is_loose = n <= _LOOSE or _is_prose(text)
    if is_loose and not wishes.chosen and told is not None and _only_guessed(told):
        raise ImportFileError("imports.file.loose", path=path, n=n)
    if told is None:
        return replace(_of_outline(text, wishes), encoding=encoding)
    return replace(told, kind="lines", encoding=encoding)


def _only_guessed(reading: ListReading) -> bool:
    """Tell whether lines were only taken for objectives because they are lines."""
    return all(column.guessed and column.meaning == "objective" for column in reading.columns)


def _is_prose(text: str) -> bool:
    """Tell whether lines are sentences that run on, and no list: half of them end one, or break within."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    return 2 * sum(_ENDS_SENTENCE.search(line) is not None for line in lines) >= len(lines)


def _share_outlined(text: str) -> float:
    lines = [line for line in text.split("\n") if line.strip()]
    return sum(map(is_labelled, lines[:_LOOKED_AT])) / len(lines[:_LOOKED_AT]) if lines else 0.0


def _lines_as_table(text: str) -> TextTable:
    """Return a plain list of lines as a table of one column."""
    lines = [(at, line.strip()) for at, line in enumerate(text.split("\n"), start=1) if line.strip()]
    sheet = Sheet("", tuple((line,) for _, line in lines))
    return TextTable(sheet, tuple(at for at, _ in lines), "")


def _of_table(table: TextTable, wishes: _Wishes) -> ListReading | None:
    layout = layout_of(table.sheet, wishes.chosen, wishes.language)
    if layout is None:
        return None
    notation = notation_of(_cells(table.sheet), wishes.language, table.separator, wishes.month_first)
    rows = TableRows(table.sheet, layout, notation, wishes.today, table.lines)
    columns = tuple(_columns(table.sheet, layout))
    return ListReading("table", tuple(rows.entries()), columns, tuple(_doubtful_dates(notation)))


def _of_workbook(book: Workbook, wishes: _Wishes) -> ListReading:
    """Return what the sheets of a workbook say; objectives come first, so that KPIs find theirs."""
    entries: list[BroughtItem] = []
    columns: list[ColumnTold] = []
    remarks = [Remark("macros")] if book.has_macros else []
    notation = notation_of(
        (cell for sheet in book.sheets for cell in _cells(sheet)),
        wishes.language,
        month_first=wishes.month_first,
    )
    remarks.extend(_doubtful_dates(notation))
    layouts = list(_layouts(book, wishes))
    has_headings = any(layout is not None and layout.header is not None for _, layout in layouts)
    for sheet, layout in sorted(layouts, key=_order):
        # Beside a table with headings, one without is no list whose columns can be guessed.
        guessed = has_headings and layout is not None and layout.header is None and not wishes.chosen
        if layout is None or guessed or (sheet.hidden and len(book.sheets) > 1):
            key = "hidden_sheet" if sheet.hidden else "no_table"
            remarks.append(Remark(key, {"sheet": sheet.name, "n": len(sheet.rows)}))
            continue
        named = sheet if len(layouts) > 1 else replace(sheet, name="")
        entries.extend(TableRows(named, layout, notation, wishes.today).entries())
        columns.extend(_columns(named, layout))
    return ListReading("workbook", tuple(entries), tuple(columns), tuple(remarks))


def _layouts(book: Workbook, wishes: _Wishes) -> Iterator[tuple[Sheet, Layout | None]]:
    """Yield how each sheet is laid out; a sheet with only headings counts where no other has rows."""
    only_headings: OnlyHeadingsError | None = None
    found = False
    for sheet in book.sheets:
        layout = None
        try:
            layout = layout_of(sheet, wishes.chosen, wishes.language) if sheet.rows else None
        except OnlyHeadingsError as error:
            only_headings = error
        found = found or layout is not None
        if sheet.rows:
            yield sheet, layout
    if only_headings is not None and not found:
        raise only_headings


def _order(told: tuple[Sheet, Layout | None]) -> int:
    """Return where a sheet comes: objectives, KPIs with theirs, then what is left, and links at the end."""
    layout = told[1]
    if layout is None or layout.has("cause"):
        return 5
    if not layout.has("objective"):
        return 4
    # What names the perspectives of objectives comes before what only names objectives.
    return 2 * (not layout.has("perspective")) + layout.has("kpi")


def _cells(sheet: Sheet) -> Sequence[Value]:
    return [cell for row in sheet.rows for cell in row]


def _columns(sheet: Sheet, layout: Layout) -> list[ColumnTold]:
    """Return what each column with anything in it was taken for."""
    filled = {at for row in sheet.rows[layout.first :] for at, cell in enumerate(row) if cell is not None}
    return [
        ColumnTold(sheet.name, column.letter, column.heading, column.meaning, column.guessed)
        for column in layout.columns
        if column.at in filled
    ]


def _of_outline(text: str, wishes: _Wishes) -> ListReading:
    """Return what a plan in text says: its tables by their columns, all else by how its lines stand."""
    lines = without_comments(text).split("\n")
    entries: list[BroughtItem] = []
    columns: list[ColumnTold] = []
    remarks: list[Remark] = []
    in_tables: set[int] = set()
    for first, end, table in markdown_tables(lines):
        try:
            told = _of_table(table, wishes)
        except OnlyHeadingsError:
            told = None
        in_tables.update(range(first, end))
        above = next((at for at in range(first - 1, -1, -1) if lines[at].strip()), None)
        # A heading that is an aim has what the table lists; any other is told as one.
        head = lines[above] if above is not None and lines[above].lstrip().startswith("#") else ""
        if told is not None and (aim := aim_of(head)):
            measured = (
                replace(one, of=one.of or aim) if one.kind in _OF_AIMS else one for one in told.entries
            )
            told = replace(told, entries=tuple(measured))
        elif told is not None and above is not None and head:
            in_tables.add(above)
            said = lines[above].strip("# ")
            entries.append(_aside(above + 1, said, "group"))
        if told is not None:
            entries.extend(told.entries)
            columns.extend(told.columns)
            remarks.extend(told.remarks)
        else:
            entries.extend(
                _aside(at, "; ".join(str(cell) for cell in row if cell), "no_columns")
                for at, row in zip(table.lines, table.sheet.rows, strict=True)
            )
    # What stands in no table is read by its marks and labels, and how far down it stands.
    rest = [(at + 1, line) for at, line in enumerate(lines) if at not in in_tables]
    notation = notation_of([line for _, line in rest], wishes.language, month_first=wishes.month_first)
    meaning = OutlineMeaning(notation, wishes.today)
    plan = _without_front_matter(rest)
    before = rest[: len(rest) - len(plan)]
    entries.extend(_aside(at, line, "title") for at, line in before if line.strip(" -"))
    entries.extend(meaning.entries(tree_of(plan)))
    in_lines = tuple(sorted(entries, key=lambda entry: entry.place.line))
    return ListReading("outline", in_lines, tuple(columns), tuple(remarks))


def _doubtful_dates(notation: Notation) -> Iterator[Remark]:
    """Yield a remark on how dates were read that no cell tells the order of."""
    if notation.doubt:
        yield Remark("month_first" if notation.month_first else "day_first", {"said": notation.doubt})


def _aside(line: int, said: str, key: str) -> BroughtItem:
    return BroughtItem("other", SourcePlace(line, is_row=False), {"said": said}, remarks=(Remark(key),))


def _without_front_matter(lines: Sequence[tuple[int, str]]) -> Sequence[tuple[int, str]]:
    """Return lines without the settings between dashes that some programs put before a text."""
    if not lines or lines[0][1].strip() != "---":
        return lines
    end = next((at for at, (_, line) in enumerate(lines[1:], start=1) if line.strip() == "---"), 0)
    return lines[end + 1 :] if end else lines
