"""Which row of a table has the headings, and what each column is: by its heading, or by what stands in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from typing import TypeVar

from bsc_coach.errors import UsageError
from bsc_coach.imports.cells import amount_in, choice_in, notation_of, said_in, text_of, without_year, year_in
from bsc_coach.imports.meanings import meanings, plain
from bsc_coach.imports.workbook import Sheet, Value
from bsc_coach.text import one_line

MEANINGS = (
    "id", "perspective", "theme", "objective", "description", "kpi", "formula", "unit", "direction",
    "baseline", "baseline_date", "current", "current_date", "target", "target_date", "red", "amber",
    "frequency", "owner", "objective_owner", "source", "lead_lag", "guard", "benchmark", "benchmark_source",
    "initiative", "initiative_owner", "start", "end", "resources", "note", "cause", "effect", "because",
    "confidence", "delay", "seen_in", "link_kind", "horizon", "gaming", "decision",
)  # fmt: skip
"""What a column can be; every other one is told as left out."""
_Cell = TypeVar("_Cell")
_LOOKED_AT = 25
_HEADER_ROWS = 3
_SAMPLE = 60
_NUMERIC = ("baseline", "current", "target", "red", "amber", "benchmark", "delay")
_UNIT_IN_HEADING = re.compile(r"[(\[]\s*([%€$£#]|[^\W\d_]{1,12}|[€$£] ?[^\W\d_]{1,6})\s*[)\]]")
_LEFT_OUT = ("", "-", "none", "geen")


class OnlyHeadingsError(Exception):
    """A table has headings, and nothing below them."""


@dataclass(frozen=True)
class Column:
    """A column of a table and what it is taken for; an empty meaning has no place in a strategy."""

    at: int
    heading: str
    meaning: str = ""
    year: str | None = None
    """The year that its heading names: "Target 2027"."""
    unit: str = ""
    guessed: bool = False
    spare: str = ""
    """What it is of an earlier year: it counts in a row where the last year has no number."""

    @property
    def letter(self) -> str:
        """Return what a spreadsheet calls the column."""
        told, rest = "", self.at + 1
        while rest:
            rest, letter = divmod(rest - 1, 26)
            told = chr(65 + letter) + told
        return told


@dataclass(frozen=True)
class Layout:
    """The columns of a table, and where its headings and its first row stand."""

    columns: tuple[Column, ...]
    header: tuple[int, int] | None
    """First row of the headings and the one behind the last; None where there are none."""
    first: int

    def of(self, meaning: str) -> Column | None:
        """Return the column that is something, if one is."""
        return next((column for column in self.columns if column.meaning == meaning), None)

    def spares(self, meaning: str) -> tuple[Column, ...]:
        """Return the columns that are something of earlier years, the last of those first."""
        found = (column for column in self.columns if column.spare == meaning)
        return tuple(sorted(found, key=lambda column: column.year or "", reverse=True))

    def has(self, *wanted: str) -> bool:
        """Tell whether one of the columns is something of this."""
        return any(column.meaning in wanted for column in self.columns)


def layout_of(sheet: Sheet, chosen: Mapping[str, str] | None = None, language: str = "en") -> Layout | None:
    """Return how a sheet is laid out; None where it holds no table that a strategy has a place for.

    ``chosen`` tells by letter, number or heading what somebody wants columns to be.
    """
    width = max((len(row) for row in sheet.rows), default=0)
    if width == 0:
        return None
    header = _header(sheet, width)
    first = header[1] if header is not None else 0
    if header is not None:
        columns = [_named(sheet, header, at) for at in range(width)]
    else:
        columns = [Column(at, "") for at in range(width)]
    if header is not None and not chosen and not _has_rows(sheet, columns, first):
        raise OnlyHeadingsError
    columns = [
        # A weight or a status is a known heading, and has no place.
        column if column.meaning in MEANINGS else replace(column, meaning="", guessed=False)
        for column in _settled(sheet, columns, first)
    ]
    columns = _chosen(columns, chosen or {})
    if header is None and not chosen:
        columns = _by_content(sheet, columns, language)
    things = [column for column in columns if column.meaning in ("kpi", "objective", "initiative", "cause")]
    if not any(_sample(sheet, column.at, first) for column in things):
        return None
    return Layout(tuple(columns), header, first)


def _has_rows(sheet: Sheet, columns: Sequence[Column], first: int) -> bool:
    """Tell whether anything stands below headings; one known heading alone is no row of headings."""
    known = {column.meaning for column in columns if column.meaning}
    return len(known) < 2 or any(cell is not None for row in sheet.rows[first:] for cell in row)


def _header(sheet: Sheet, width: int) -> tuple[int, int] | None:
    """Return the rows that are the headings: the block of one to three with the most that is known."""
    best: tuple[float, int, int] | None = None
    for first in range(min(len(sheet.rows), _LOOKED_AT)):
        for end in range(first + 1, min(first + _HEADER_ROWS, len(sheet.rows)) + 1):
            if not all(_may_be_headings(sheet, row, width) for row in range(first, end)):
                break
            found: dict[str, float] = {}
            for at in range(width):
                meaning, sure = _meaning_of(_headings(sheet, (first, end), at))
                if meaning is not None:
                    found[meaning] = max(sure, found.get(meaning, 0.0))
            score = sum(found.values()) - 0.3 * (end - first)
            enough = len(found) >= 2 or (width == 1 and max(found.values(), default=0.0) == 1.0)
            if enough and (best is None or score > best[0]):
                best = (score, first, end)
    return None if best is None else (best[1], _with_years(sheet, _with_merged(sheet, best[1], best[2])))


def _with_years(sheet: Sheet, end: int) -> int:
    """Return where the headings end: behind a row of years that stands under them."""
    cells = [cell for cell in sheet.rows[end] if cell is not None] if end < len(sheet.rows) else []
    told = [text_of(cell) for cell in cells if not isinstance(cell, float)]
    are_years = len(told) == len(cells) > 1 and all(len(one) <= 30 and year_in(one) for one in told)
    return end + are_years


def _with_merged(sheet: Sheet, first: int, end: int) -> int:
    """Return where the headings end: as far down as the cells that are merged with them go."""
    return max(
        [end, *(bottom + 1 for (top, _), (bottom, _) in sheet.merged if first <= top < end and bottom >= end)]
    )


def _may_be_headings(sheet: Sheet, row: int, width: int) -> bool:
    """Tell whether a row holds short texts, of more than one kind where the table has several columns."""
    cells = [cell for cell in sheet.rows[row] if cell is not None]
    if not cells or (width > 1 and len(cells) < 2 and not _is_wide(sheet, row, width)):
        return False
    return all(isinstance(cell, str) or year_in(text_of(cell)) for cell in cells)


def _is_wide(sheet: Sheet, row: int, width: int) -> bool:
    """Tell whether one heading of a row stands over some columns, and not over all as a title does."""
    return any(
        top == row and bottom == row and 1 < right - left + 1 < width
        for (top, left), (bottom, right) in sheet.merged
    )


def _headings(sheet: Sheet, header: tuple[int, int], at: int) -> list[str]:
    """Return the headings that stand over a column, from the top down; one over several counts for each."""
    told: list[str] = []
    for row in range(*header):
        text = text_of(_seen_at(sheet, row, at))
        if not text and row < header[1] - 1:
            text = _from_the_left(sheet, row, at)
        if text and text not in told:
            told.append(one_line(text))
    return told


def _seen_at(sheet: Sheet, row: int, at: int) -> Value:
    for (top, left), (bottom, right) in sheet.merged:
        if top <= row <= bottom and left <= at <= right:
            return sheet.value(top, left)
    return sheet.value(row, at)


def _from_the_left(sheet: Sheet, row: int, at: int) -> str:
    """Return the heading that goes on over a column in a file that knows no merged cells."""
    knows_merged = any(top <= row <= bottom for (top, _), (bottom, _) in sheet.merged)
    if knows_merged or sheet.value(row + 1, at) is None:
        return ""
    return next((text_of(cell) for cell in reversed(sheet.rows[row][:at]) if cell is not None), "")


def _meaning_of(told: Sequence[str]) -> tuple[str | None, float]:
    """Return what a column is by the headings over it; the lowest counts, but for what only adds to one."""
    known = meanings()
    if not told:
        return None, 0.0
    meaning, sure = known.heading(told[-1])
    if meaning is None and year_in(told[-1]):
        meaning, sure = known.heading(without_year(told[-1]))
    over = (known.heading(text) for text in reversed(told[:-1]))
    above, above_sure = next((one for one in over if one[0] is not None), (None, 0.0))
    if above is None:
        whole = known.heading(" ".join(told)) if len(told) > 1 else (None, 0.0)
        return (meaning, sure) if meaning is not None else whole
    if meaning in (None, "name", "current", "current_date", "description"):
        dated = {"target": "target_date", "baseline": "baseline_date"}
        if meaning == "current_date" and above in dated:
            return dated[above], sure
        if meaning == "description" and above in ("kpi", "objective", "initiative"):
            return meaning, sure
        return above, above_sure
    if meaning == "owner" and above in ("objective", "initiative"):
        return f"{above}_owner", sure
    return meaning, sure


def _named(sheet: Sheet, header: tuple[int, int], at: int) -> Column:
    told = _headings(sheet, header, at)
    meaning, sure = _meaning_of(told)
    whole = " ".join(told)
    unit = _UNIT_IN_HEADING.search(whole)
    year = year_in(whole)
    if meaning is None and year is not None and plain(whole) == year:
        meaning = "current"
    is_unit = unit is not None and meaning in _NUMERIC and year_in(unit[1]) is None
    return Column(at, whole, meaning or "", year, unit[1] if is_unit and unit else "", guessed=0 < sure < 1)


def _settled(sheet: Sheet, columns: list[Column], first: int) -> list[Column]:
    """Return columns with one for each thing: what stands in them tells what a heading leaves open."""
    made = [_by_looks(sheet, column, first) for column in columns]
    made = _with_name(sheet, made, first)
    goals = [column for column in made if column.meaning == "objective"]
    if len(goals) > 1 and not any(column.meaning == "theme" for column in made):
        made[goals[0].at] = replace(goals[0], meaning="theme", guessed=True)
    # Of several years the last is the target; of several of anything else the first counts.
    for meaning in {column.meaning for column in made if column.meaning}:
        same = [column for column in made if column.meaning == meaning]
        dated = sorted((one for one in same if one.year), key=lambda one: one.year or "")
        keep = dated[-1] if dated and meaning in ("target", "current") else same[0]
        for one in same:
            if one is not keep:
                of_year = bool(one.year) and keep.year is not None and meaning in ("target", "current")
                made[one.at] = replace(one, meaning="", guessed=False, spare=meaning if of_year else "")
    return made


def _by_looks(sheet: Sheet, column: Column, first: int) -> Column:
    """Return a column as something else where what stands in it cannot be what its heading says."""
    cells = _sample(sheet, column.at, first)
    numbers = sum(_is_number(cell) for cell in cells)
    mostly_numbers = bool(cells) and numbers * 3 > len(cells) * 2
    if column.meaning == "objective" and mostly_numbers:
        return replace(column, meaning="target", guessed=True)
    if column.meaning == "kpi" and mostly_numbers:
        return replace(column, meaning="id", guessed=True)
    if column.meaning == "start" and mostly_numbers and not any(year_in(text_of(cell)) for cell in cells):
        return replace(column, meaning="baseline", guessed=True)
    if column.meaning in ("current", "target") and cells and not numbers:
        long = sum(len(text_of(cell)) > 25 for cell in cells) * 2 > len(cells)
        return replace(column, meaning="", guessed=False) if long else column
    return column


def _with_name(sheet: Sheet, columns: list[Column], first: int) -> list[Column]:
    """Return columns in which one called "name" is a KPI or an objective, as the others let expect."""
    name = next((column for column in columns if column.meaning == "name"), None)
    if name is None:
        return columns
    there = {column.meaning for column in columns}
    if "kpi" not in there and (there & {"target", "unit", "baseline", "current", "frequency", "formula"}):
        meaning = "kpi"
    elif not there & {"kpi", "objective", "initiative"}:
        cells = [text_of(cell) for cell in _sample(sheet, name.at, first)]
        meaning = "kpi" if _are_measures(cells) else "objective"
    else:
        meaning = ""
    return [replace(column, meaning=meaning) if column is name else column for column in columns]


def _are_measures(texts: Sequence[str]) -> bool:
    return sum(meanings().is_measure(text) for text in texts) * 2 > len(texts)


def _sample(sheet: Sheet, at: int, first: int) -> list[Value]:
    cells = (sheet.value(row, at) for row in range(first, min(len(sheet.rows), first + _SAMPLE)))
    return [cell for cell in cells if said_in(cell)]


def _is_number(cell: Value) -> bool:
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return True
    return (
        isinstance(cell, str) and amount_in(cell, notation_of((cell,), "en")) is not None and len(cell) < 20
    )


def _by_content(sheet: Sheet, columns: list[Column], language: str) -> list[Column]:
    """Return columns without headings by what stands in them; the widest text is what the list is of."""
    samples = {column.at: _sample(sheet, column.at, 0) for column in columns}
    made = {column.at: column for column in columns}

    # What says itself what it is: perspectives, frequencies, numbers that count up.
    def take(at: int, meaning: str) -> None:
        made[at] = replace(made[at], meaning=meaning, guessed=True)

    texts = {at: [text_of(cell) for cell in cells] for at, cells in samples.items() if cells}
    left = dict(texts)
    for at, told in texts.items():
        for table, meaning in (("perspectives", "perspective"), ("frequencies", "frequency")):
            if made[at].meaning == "" and _mostly(told, partial(_is_choice, table)):
                take(at, meaning)
                left.pop(at)
    numeric = [at for at in left if _mostly(samples[at], _is_number)]
    words = {at: told for at, told in left.items() if at not in numeric}
    if numeric and words and numeric[0] < min(words) and _counts_up(samples[numeric[0]]):
        take(numeric.pop(0), "id")
    # Then numbers, and at last texts: the widest is the name.
    for at, meaning in zip(
        numeric, ("target",) if len(numeric) == 1 else ("baseline", "target"), strict=False
    ):
        take(at, meaning)
    by_length = sorted(words, key=lambda at: -sum(map(len, words[at])) / len(words[at]))
    if by_length:
        name = by_length[0]
        is_list_of_measures = bool(numeric) or _are_measures(words[name])
        take(name, "kpi" if is_list_of_measures else "objective")
        for at in sorted(by_length[1:]):
            short = _mostly(words[at], lambda text: len(text) <= 4)
            meaning = "unit" if short else "owner"
            if at > name and not any(one.meaning == meaning for one in made.values()):
                take(at, meaning)
    return [made[column.at] for column in columns]


def _mostly(cells: Sequence[_Cell], holds: Callable[[_Cell], bool]) -> bool:
    return bool(cells) and sum(bool(holds(cell)) for cell in cells) * 4 >= len(cells) * 3


def _is_choice(table: str, text: str) -> bool:
    return len(text) <= 40 and choice_in(table, text) is not None


def _counts_up(cells: Sequence[Value]) -> bool:
    numbers = [cell for cell in cells if isinstance(cell, int)]
    texts = [int(cell) for cell in cells if isinstance(cell, str) and cell.isdigit()]
    found = numbers or texts
    return len(found) > 1 and all(after == before + 1 for before, after in pairwise(found))


def _chosen(columns: list[Column], chosen: Mapping[str, str]) -> list[Column]:
    """Return columns as somebody wants them. Raises UsageError for one that is not there."""
    made = list(columns)
    for wanted, meaning in chosen.items():
        found = next(
            (
                one
                for one in made
                if plain(wanted) in (plain(one.heading) or None, one.letter.casefold(), str(one.at + 1))
            ),
            None,
        )
        if found is None:
            continue
        if meaning not in (*MEANINGS, *_LEFT_OUT):
            raise UsageError("imports.columns.meaning", typed=meaning, known=", ".join(MEANINGS))
        is_one = meaning not in _LEFT_OUT
        for other in made:
            if is_one and other.meaning == meaning and other is not found:
                made[other.at] = replace(other, meaning="")
            elif is_one and other.spare == meaning:
                made[other.at] = replace(other, spare="")
        made[found.at] = replace(found, meaning=meaning if is_one else "", guessed=False, spare="")
    return made


def read_choices(text: str) -> dict[str, str]:
    """Return what ``--columns`` says: "B=kpi, Streefwaarde=target, F=-". Raises UsageError."""
    chosen: dict[str, str] = {}
    for part in re.split(r"[,;]", text):
        if not part.strip():
            continue
        name, equals, meaning = part.rpartition("=")
        if not equals or not name.strip():
            raise UsageError("imports.columns.form", typed=part.strip()[:60])
        chosen[name.strip()] = meaning.strip().casefold()
    return chosen
