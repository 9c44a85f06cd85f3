"""Collector of validation problems: one place per fault, none reported twice."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from bsc_coach.near_names import close_to, tidy
from bsc_coach.script.validation.problems import Problem, Severity
from bsc_coach.toml_text import Block, Path, TomlText

TABLES = ("script", "step", "migrate")
"""The tables of a script."""

MOST_PROBLEMS = 1000
"""Problems told of one script; whoever has more is not reading them."""

BLAMED = "bsc_coach.unreadable"
"""Stands where a reference could not be read: it was reported, and must not be reported again."""


class EnoughError(Exception):
    """The script has so many faults that telling more helps nobody."""


@dataclass(frozen=True)
class FileSpot:
    """A table of a file, by its name and number, and the id that people know it by."""

    table: str
    number: int
    where: str


class Findings:
    """The problems found in one file so far."""

    def __init__(self, file: str, *, tables: tuple[str, ...] = TABLES) -> None:
        self.file = file
        self.text: TomlText | None = None
        self.tables = tables
        self.problems: list[Problem] = []
        self.written: dict[tuple[str, int, str], str] = {}
        """How a misspelt key stands in the file, by table, number and what it was meant for."""
        self._told: set[tuple[object, ...]] = set()

    def add(
        self,
        key: str,
        spot: FileSpot,
        path: Path = (),
        *,
        at: str | None = None,
        line: int | None = None,
        known: Collection[str] | None = None,
        severity: Severity = "error",
        **values: object,
    ) -> None:
        """Report a fault at ``path`` of a table; ``at`` is a text to be found there.

        ``known`` are the names that ``values["name"]`` might have been meant for.
        """
        told = {name: tidy(value) for name, value in values.items()}
        if known is not None:
            told |= close_to(str(values.get("name", "")), known)
        # What was told of this place already is not told again.
        once = (key, spot, path, at, str(told.get("name", "")), line)
        if once in self._told:
            return
        self._told.add(once)
        if line is None:
            line = self._line(spot, path, at)
        self.problems.append(Problem(self.file, line, str(tidy(spot.where)), key, told, severity))
        # Nobody reads more than so many; the last one says that there are others.
        if len(self.problems) >= MOST_PROBLEMS:
            self.problems.append(
                Problem(self.file, line, str(tidy(spot.where)), "many_more", {"n": MOST_PROBLEMS}, severity)
            )
            raise EnoughError

    def _line(self, spot: FileSpot, path: Path, at: str | None) -> int:
        if self.text is None:
            return 1
        # With nothing more to point at, the line with the id says more than the head of the table.
        there = tuple(
            self.written.get((spot.table, spot.number, part), part) if isinstance(part, str) else part
            for part in path or ("id",)
        )
        return self.text.locate(self.block(spot), there, at)

    def block(self, spot: FileSpot) -> Block | None:
        """Return the part of the text that a spot stands for, if it can be told."""
        if self.text is None:
            return None
        same = [block for block in self.text.blocks if self.table_name(block.name) == spot.table]
        return same[spot.number] if spot.number < len(same) else None

    def table_name(self, written: str) -> str:
        """Return the table that a head means: "stpe" means "step"; any other name means itself."""
        if written in self.tables or not self.tables:
            return written
        return close_to(written, self.tables)["close"] or written
