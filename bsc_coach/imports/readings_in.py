"""Readings that come back: the rows of a workbook that are filled in, each a reading or why it is none.

The sheet is known by its name or by its headings, in any language of the program. A row that says what is
known already is no news; of several rows about one KPI on one day the lowest one counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from bsc_coach.documents.context.words import DocumentWords
from bsc_coach.errors import ImportFileError
from bsc_coach.imports.cells import DateOrder, date_order, day_first
from bsc_coach.imports.fractions import may_be_fraction
from bsc_coach.imports.workbook import Sheet, Value, Workbook
from bsc_coach.interview.values import RefusedError, read_date, read_number
from bsc_coach.strategy.dates import first_day, last_day
from bsc_coach.strategy.measures import Kpi
from bsc_coach.strategy.reading_lines import in_order
from bsc_coach.strategy.readings import Reading
from bsc_coach.text import normal, one_line, shorten
from bsc_coach.words import languages, number_said, say

_HEADINGS = {
    "kpi": ("document.label.kpi", "document.label.id"),
    "date": ("office.column.date", "office.column.measured_on"),
    "value": ("office.column.value",),
    "note": ("office.column.note",),
    "source": ("document.label.source",),
}
"""What the columns are called: the first three are needed."""
_NEEDED = ("kpi", "date", "value")
_HEAD_WITHIN = 12
"""Rows from the top in which the headings are looked for."""
_FIRST_SERIAL, _LAST_SERIAL = 36_526, 73_050
"""Days of a spreadsheet's calendar from 2000 to 2099: a date that lost its looks."""
_EPOCH = date(1899, 12, 30)
_QUOTED = 40
_FAR_OFF = 100
"""Times the largest of baseline, target and red line."""


@dataclass(frozen=True)
class FoundReading:
    """A reading that is new, or otherwise than the one that is known of that day."""

    kpi: Kpi
    reading: Reading
    row: int
    """As the spreadsheet counts it, from 1."""
    before: Reading | None = None
    typed: str = ""
    """What stands in its cell, where that is a text: the formulas of a workbook find no number in it."""


@dataclass(frozen=True)
class LeftRow:
    """A row that is no reading: where it stands, and why it was left."""

    row: int
    key: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class ReadingsFound:
    """What a workbook says of readings."""

    sheet: str
    found: tuple[FoundReading, ...] = ()
    known: int = 0
    """Rows that say what is known already."""
    left: tuple[LeftRow, ...] = ()
    order: DateOrder = field(default_factory=DateOrder)
    """How the dates of its column were read."""

    def together(self) -> dict[str, tuple[Reading, ...]]:
        """Return all readings of each KPI that has new ones, the known ones among them."""
        kpis = {one.kpi.id: one.kpi for one in self.found}
        return {
            name: in_order((*_without(kpi.readings, self.found, kpi), *_new(self.found, kpi)))
            for name, kpi in kpis.items()
        }


def _new(found: Iterable[FoundReading], kpi: Kpi) -> Iterator[Reading]:
    return (one.reading for one in found if one.kpi.id == kpi.id)


def _without(known: Iterable[Reading], found: Sequence[FoundReading], kpi: Kpi) -> Iterator[Reading]:
    """Yield the known readings but those that a row says otherwise."""
    replaced = [one.before for one in found if one.kpi.id == kpi.id]
    return (one for one in known if one not in replaced)


class _RowLeftError(Exception):
    """A row that is no reading; says why."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key, self.values = key, values


def readings_in(
    book: Workbook,
    kpis: Sequence[Kpi],
    *,
    today: date,
    language: str,
    name: str,
    month_first: bool | None = None,
) -> ReadingsFound:
    """Return the readings in ``book``, a file called ``name``. Raises ImportFileError where none stand."""
    # The sheet, by its name or by what stands above its columns.
    found = next(((one, head) for one in _likely_first(book) if (head := _head_of(one)) is not None), None)
    if found is None:
        raise ImportFileError(
            "imports.readings.no_sheet", path=name, sheet=say("office.sheet.readings", language)
        )
    sheet, (at, columns) = found
    cells = (sheet.value(row, columns["date"]) for row in range(at + 1, len(sheet.rows)))
    dates = date_order(cells, month_first)
    names = {normal(one): kpi for kpi in kpis for one in _names(kpi)}
    reading = _SheetRows(sheet, columns, names, today, language, dates)
    # Its rows from the top: of two about one day the lower one counts.
    rows: dict[tuple[str, date | None], FoundReading] = {}
    left: list[LeftRow] = []
    for row in range(at + 1, len(sheet.rows)):
        try:
            if (one := reading.row(row, name)) is None:
                continue
            day = (one.kpi.id, last_day(one.reading.date))
            if day in rows:
                left.append(LeftRow(rows[day].row, "further_down", {"other": row + 1}))
            rows[day] = one
        except _RowLeftError as why:
            left.append(LeftRow(row + 1, why.key, why.values))
    # What is known already is no news; the rest in the order of the KPIs, by date.
    told = [_against_known(one) for one in rows.values()]
    order = [kpi.id for kpi in kpis]
    new = tuple(
        sorted(
            (one for one in told if one is not None),
            key=lambda one: (order.index(one.kpi.id), str(last_day(one.reading.date))),
        )
    )
    left.sort(key=lambda one: one.row)
    return ReadingsFound(sheet.name, new, len(told) - len(new), tuple(left), dates)


def _likely_first(book: Workbook) -> list[Sheet]:
    """Return the sheets, the one that is called as ours first."""
    names = {normal(say("office.sheet.readings", one)) for one in languages()}
    return sorted(book.sheets, key=lambda sheet: normal(sheet.name) not in names)


def _head_of(sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    """Return the row of the headings and the place of each column; None for a sheet without them."""
    words = {
        normal(say(key, language)): column
        for column, keys in _HEADINGS.items()
        for key in keys
        for language in languages()
    }
    for at, row in enumerate(sheet.rows[:_HEAD_WITHIN]):
        columns: dict[str, int] = {}
        for place, cell in enumerate(row):
            if isinstance(cell, str) and (column := words.get(normal(cell))) is not None:
                columns.setdefault(column, place)
        if all(name in columns for name in _NEEDED):
            return at, columns
    return None


def _names(kpi: Kpi) -> Iterator[str]:
    yield kpi.id
    if kpi.name:
        yield kpi.name
        yield f"{kpi.id} {one_line(kpi.name)}"


def _against_known(one: FoundReading) -> FoundReading | None:
    """Return what a row says beside the reading that is known of its day; None where that says the same."""
    day = last_day(one.reading.date)
    before = next((known for known in one.kpi.readings if last_day(known.date) == day), None)
    if before is None:
        return one
    # A workbook tells a month by its last day: the known date is the one that was said.
    reading = one.reading.model_copy(update={"date": before.date})
    same = (before.value, before.note) == (reading.value, reading.note)
    return None if same else replace(one, reading=reading, before=before)


@dataclass(frozen=True)
class _SheetRows:
    """A sheet being read, row by row."""

    sheet: Sheet
    columns: Mapping[str, int]
    kpis: Mapping[str, Kpi]
    """Every KPI by its id, and by what it is called."""
    today: date
    language: str
    order: DateOrder

    def row(self, row: int, name: str) -> FoundReading | None:
        """Return the reading of a row, None for an empty one. Raises _RowLeftError."""
        said = {column: self.sheet.value(row, place) for column, place in self.columns.items()}
        # What only has a KPI, filled in beforehand, is waiting for its figure.
        if all(said.get(column) in (None, "") for column in ("date", "value", "note")):
            if any((row, self.columns[column]) in self.sheet.formulas for column in ("date", "value")):
                raise _RowLeftError("not_calculated")
            return None
        kpi = self._kpi(said["kpi"])
        on, value = self._date(row, said["date"]), self._value(row, said["value"], kpi)
        if _is_far_off(value, kpi):
            raise _RowLeftError("far_off", value=number_said(value, self.language), unit=kpi.unit or "–")
        if self._may_be_fraction(row, said["value"], value, kpi):
            whole = number_said(_plain(round(value * 100, 9)), self.language)
            raise _RowLeftError("fraction", value=number_said(value, self.language), whole=whole)
        place = say("imports.readings.place", self.language, file=name, sheet=self.sheet.name, row=row + 1)
        note, source = (_text(said.get(column)) for column in ("note", "source"))
        told = Reading(date=on, value=value, note=note, source=source or place)
        typed = said["value"] if isinstance(said["value"], str) else ""
        return FoundReading(kpi, told, row + 1, typed=_quoted(typed))

    def _may_be_fraction(self, row: int, cell: Value, value: float, kpi: Kpi) -> bool:
        """Tell whether nobody can say whether 0.48 is 48% or 0.48%: it has no percent sign."""
        seen = (row, self.columns["value"]) in self.sheet.percents or "%" in str(cell)
        if seen or not (kpi.unit or "").startswith("%"):
            return False
        return any(may_be_fraction(value, one) for one in _known_of(kpi))

    def _kpi(self, cell: Value) -> Kpi:
        kpi = self.kpis.get(normal(str(cell))) if cell is not None else None
        if kpi is None:
            raise _RowLeftError("no_kpi" if cell is None else "other_kpi", kpi=_quoted(cell))
        return kpi

    def _date(self, row: int, cell: Value) -> str:
        """Return the date of a reading: of a day, or of a period that is not still to come."""
        if cell is None:
            not_there = (row, self.columns["date"]) in self.sheet.formulas
            raise _RowLeftError("not_calculated" if not_there else "no_date")
        found = self._said_date(cell)
        first = first_day(found)
        if found is None or first is None:
            raise _RowLeftError("bad_date", date=_quoted(cell))
        if first > self.today and (first.year, first.month) > (self.today.year, self.today.month):
            raise _RowLeftError("to_come", date=DocumentWords(self.language).date(found))
        return found

    def _said_date(self, cell: Value) -> str | None:
        if isinstance(cell, date):
            return cell.isoformat()
        if isinstance(cell, int | float) and not isinstance(cell, bool):
            serial = _FIRST_SERIAL <= cell <= _LAST_SERIAL
            cell = (_EPOCH + timedelta(days=int(cell))).isoformat() if serial else f"{cell:g}"
        try:
            return read_date(day_first(str(cell), month_first=self.order.month_first), self.language)
        except RefusedError:
            return None

    def _value(self, row: int, cell: Value, kpi: Kpi) -> int | float:
        place = (row, self.columns["value"])
        if cell is None:
            raise _RowLeftError("not_calculated" if place in self.sheet.formulas else "no_value")
        if isinstance(cell, int | float) and not isinstance(cell, bool):
            # What is seen as 85% is 85 to a KPI that counts in %.
            in_hundredths = place in self.sheet.percents and (kpi.unit or "").startswith("%")
            return _plain(round(cell * 100, 9)) if in_hundredths else _plain(cell)
        try:
            return read_number(_without_unit(str(cell), kpi.unit), self.language)
        except RefusedError as refused:
            raise _RowLeftError("bad_value", value=_quoted(cell)) from refused


def _without_unit(text: str, unit: str | None) -> str:
    """Return a number as it was typed, without the unit of its KPI behind it: "28 days"."""
    typed, word = normal(text), normal(unit or "")
    return typed.removesuffix(word).strip() if word and typed != word else text


def _is_far_off(value: float, kpi: Kpi) -> bool:
    """Tell whether a reading is so large beside what is known of its KPI that it is in another unit."""
    known = _known_of(kpi)
    return bool(known) and abs(value) > _FAR_OFF * max(known)


def _known_of(kpi: Kpi) -> list[float]:
    """Return how large the numbers are that are known of a KPI."""
    return [abs(one) for one in (kpi.baseline, kpi.target, kpi.red) if one]


def _plain(value: float) -> int | float:
    return int(value) if value == int(value) else value


def _text(cell: Value) -> str | None:
    """Return a remark as it is kept: on one line, without the mark that stands between two of them."""
    return None if cell is None else one_line(str(cell)).replace("|", "¦") or None


def _quoted(cell: Value) -> str:
    return shorten(one_line(str(cell)), _QUOTED)
