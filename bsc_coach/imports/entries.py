"""What a file says, row by row and line by line, before it has a place in a strategy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

EntryKind = Literal[
    "organisation", "mission", "vision", "values", "segment", "theme", "point", "kpi", "initiative",
    "link", "risk", "other",
]  # fmt: skip
"""A point stands somewhere on the map; "other" is what is told and not taken."""

Told = str | int | float


@dataclass(frozen=True)
class SourcePlace:
    """Where something stands in a file: a row of a sheet, or a line of a text."""

    line: int
    sheet: str = ""
    is_row: bool = True

    @property
    def key(self) -> tuple[str, int]:
        """What two entries of one row have in common."""
        return self.sheet, self.line


@dataclass(frozen=True)
class Remark:
    """Something to be told of a row or of a whole file: the name of a sentence, and what is in it."""

    key: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class BroughtItem:
    """One thing that a row or line says, by the fields of a strategy, and what was guessed of it.

    A KPI or initiative names the point it belongs to by ``of``, the text of that point; a point its theme.
    """

    kind: EntryKind
    place: SourcePlace
    fields: Mapping[str, Told] = field(default_factory=dict)
    of: str = ""
    remarks: tuple[Remark, ...] = ()
    unplaced: Mapping[str, str] = field(default_factory=dict)
    """What stands in columns that have no place of their own, by their headings."""


@dataclass(frozen=True)
class ColumnTold:
    """What a column was taken for; ``meaning`` is empty for one that was left out."""

    sheet: str
    letter: str
    heading: str
    meaning: str
    guessed: bool = False


@dataclass(frozen=True)
class ListReading:
    """All that a file says."""

    kind: Literal["table", "workbook", "stratml", "outline", "lines", "strategy"]
    entries: tuple[BroughtItem, ...]
    columns: tuple[ColumnTold, ...] = ()
    remarks: tuple[Remark, ...] = ()
    encoding: str = ""
