"""The rows of a table as entries: what each says, with the headings it stands under filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bsc_coach.imports.cells import (
    Amount,
    Notation,
    amount_in,
    begins_unknown,
    choice_in,
    date_in,
    percentage,
    said_in,
    shown_in,
    text_of,
)
from bsc_coach.imports.columns import Column, Layout
from bsc_coach.imports.entries import BroughtItem, Remark, SourcePlace, Told
from bsc_coach.imports.fractions import fractions_in
from bsc_coach.imports.going_down import goes_down
from bsc_coach.imports.meanings import meanings, plain
from bsc_coach.imports.naming import pieces_in, title_in, unmarked, without_id
from bsc_coach.imports.workbook import Sheet
from bsc_coach.interview.understanding.readings import Today
from bsc_coach.text import one_line

_OWN_ID = re.compile(r"\A(?:O|CM|I|S|F|C|L|M)\d{1,4}\Z")
_OF_SEVERAL_LINES = ("kpi", "objective", "initiative", "description", "formula", "note")
_FILLED_DOWN = ("perspective", "theme", "objective", "objective_owner")
_NAMES = frozenset(("id", "perspective", "theme", "cause", "effect"))
"""What others refer to: 1.1 is no number there."""
_AMOUNTS = ("baseline", "current", "target", "red", "amber", "benchmark")
_OF_ONE_WORD = frozenset(
    (*_AMOUNTS, "unit", "direction", "frequency", "lead_lag", "owner", "objective_owner", "initiative_owner",
     "baseline_date", "current_date", "target_date", "start", "end")
)  # fmt: skip
"""What is a number, a date, a choice or a role, and no sentence of its own."""


@dataclass
class _Above:
    """What the rows above say for the rows below."""

    values: dict[str, str] = field(default_factory=dict)
    group: str = ""


@dataclass(frozen=True)
class TableRows:
    """A table being read: its cells, its columns, and how its file writes numbers."""

    sheet: Sheet
    layout: Layout
    notation: Notation
    today: Today
    lines: Sequence[int] | None = None
    """The lines of its rows in a text; None where the rows are numbered themselves."""

    def entries(self) -> Iterator[BroughtItem]:
        """Yield what each row says that says something, headings and titles among them."""
        above = _Above()
        names = [plain(column.heading) for column in self.layout.columns if column.heading]
        for row, cells in enumerate(self.sheet.rows):
            if not any(cell is not None for cell in cells) and not self._unsaved(row):
                continue
            if row < self.layout.first:
                is_head = self.layout.header is not None and row >= self.layout.header[0]
                yield self._other(row, "headings" if is_head else "title")
                continue
            said = [plain(text_of(cell)) for cell in cells if cell is not None]
            if len(said) > 1 and all(one in names for one in said):
                yield self._other(row, "headings")
                continue
            yield from self._row(row, above)

    def _row(self, row: int, above: _Above) -> Iterator[BroughtItem]:
        filled = [text_of(cell) for cell in self.sheet.rows[row] if said_in(cell)]
        first = plain(filled[0]) if filled else ""
        kind = self._kind_of_row(row, first)
        if kind == "total" or (kind == "remark" and len(filled) <= 2):
            yield self._other(row, kind)
            return
        values = self._values(row)
        if len(filled) == 1 and len(self.layout.columns) > 2 and not self._is_item(row, values):
            if meanings().tables["rows"].get(first.partition(" ")[0]) == "total":
                yield self._other(row, "total")
                return
            yield self._heading_below(row, filled[0], above)
            return
        merged = self._merged_into(row)
        for name in _FILLED_DOWN:
            self._fill_down(name, row, values, above, merged)
        found = list(self._things(row, values, above))
        if not found:
            yield self._other(row, "formula" if self._unsaved(row) else "no_name")
        yield from found

    def _kind_of_row(self, row: int, first: str) -> str | None:
        """Return whether a row is a total or a remark, by its first words; a KPI may begin with "total"."""
        rows = meanings().tables["rows"]
        kind = rows.get(first.partition(":")[0].strip())
        at = next(at for at, cell in enumerate(self.sheet.rows[row]) if cell is not None) if first else 0
        column = self._column_at(at)
        is_name = column is not None and column.meaning in ("kpi", "objective", "initiative")
        if any(first.startswith(f"{one} ") for one, what in rows.items() if what == "subtotal"):
            return "total"
        begins = None if is_name or not first else rows.get(first.partition(" ")[0])
        return "total" if "subtotal" in (kind, begins) else kind or (begins if begins == "total" else None)

    def _unsaved(self, row: int) -> bool:
        return any(place[0] == row for place in self.sheet.formulas)

    def _is_item(self, row: int, values: Mapping[str, str]) -> bool:
        """Tell whether the only cell of a row is an item: it stands in the column of what the list is of."""
        thing = next((one for one in ("kpi", "initiative", "objective") if self.layout.has(one)), "")
        if thing not in values or choice_in("perspectives", values[thing]) is not None:
            return False
        column = self.layout.of(thing)
        first = min((one.at for one in self.layout.columns if one.meaning and one.meaning != "id"), default=0)
        return column is not None and (column.at > first or not self._followed_by_full_rows(row))

    def _followed_by_full_rows(self, row: int) -> bool:
        after = self.sheet.rows[row + 1] if row + 1 < len(self.sheet.rows) else ()
        return sum(cell is not None for cell in after) > 2

    def _heading_below(self, row: int, text: str, above: _Above) -> BroughtItem:
        """Take a row with one cell as the heading of those below it."""
        perspective = choice_in("perspectives", text) if len(text) <= 60 else None
        if len(text) > 120:
            return self._other(row, "remark")
        above.values.pop("objective", None)
        above.values.pop("objective_owner", None)
        if perspective is not None:
            above.values["perspective"] = text
            above.group = ""
        else:
            above.group = unmarked(text)
        return self._other(row, "group")

    def _values(self, row: int) -> dict[str, str]:
        values = {}
        for column in self._columns_for(row):
            text = self._seen(row, column.at)
            nameless = column.meaning in ("kpi", "objective", "initiative") and not any(
                map(str.isalpha, text)
            )
            if column.meaning and text and not nameless and not self._is_open(column, text):
                values[column.meaning] = text if column.meaning in _OF_SEVERAL_LINES else one_line(text)
        return values

    def _columns_for(self, row: int) -> list[Column]:
        """Return the columns as a row has them: of several years the last with a number counts."""
        columns = list(self.layout.columns)
        for meaning in ("target", "current"):
            last, spares = self.layout.of(meaning), self.layout.spares(meaning)
            if last is None or not spares:
                continue
            numbered = (one for one in (last, *spares) if self._number_at(row, one) is not None)
            used = next(numbered, last)
            if used is not last:
                columns[last.at] = replace(last, meaning="")
                columns[used.at] = replace(used, meaning=meaning)
        return columns

    def _column_for(self, row: int, meaning: str) -> Column | None:
        return next((column for column in self._columns_for(row) if column.meaning == meaning), None)

    def _number_at(self, row: int, column: Column) -> Amount | None:
        is_percent = (row, column.at) in self.sheet.percents
        return amount_in(self.sheet.value(row, column.at), self.notation, is_percent=is_percent)

    def _seen(self, row: int, at: int) -> str:
        """Return what a cell shows; nothing for one that only says that nothing is known."""
        cell = self.sheet.value(row, at)
        if (row, at) in self.sheet.percents and isinstance(cell, (int, float)):
            return f"{shown_in(percentage(cell), self.notation.language)}%"
        column = self._column_at(at)
        is_name = column is not None and column.meaning in _NAMES
        if isinstance(cell, float) and not is_name:
            return shown_in(cell, self.notation.language)
        return said_in(cell)

    def _is_open(self, column: Column, text: str) -> bool:
        """Tell whether a cell says that nobody knows yet, with a few words more, which are kept beside."""
        return column.meaning in _OF_ONE_WORD and begins_unknown(text)

    def _merged_into(self, row: int) -> Mapping[str, str]:
        """Return what stands in the first cell of merged ones that a row only goes on with."""
        told = {}
        for (top, left), (bottom, _) in self.sheet.merged:
            if top < row <= bottom and (column := self._column_at(left)) is not None and column.meaning:
                told[column.meaning] = said_in(self.sheet.value(top, left))
        return told

    def _column_at(self, at: int) -> Column | None:
        return self.layout.columns[at] if at < len(self.layout.columns) else None

    def _fill_down(
        self, name: str, row: int, values: dict[str, str], above: _Above, merged: Mapping[str, str]
    ) -> None:
        """Give a row what it goes on with from above: an objective that is written once for its KPIs."""
        if name in values:
            if name in ("perspective", "theme") and plain(values[name]) != plain(above.values.get(name, "")):
                above.values.pop("objective", None)
            above.values[name] = values[name]
            return
        column = self.layout.of(name)
        if column is None:
            if name == "perspective" and name in above.values:
                values[name] = above.values[name]
            return
        if merged.get(name):
            values[name] = merged[name]
        elif (
            goes_down(self.sheet, self.layout.first, row, column.at)
            and name in above.values
            and self.layout.has("kpi", "initiative", "objective")
        ):
            values[name] = above.values[name]

    def _things(self, row: int, values: dict[str, str], above: _Above) -> Iterator[BroughtItem]:
        """Yield the objective, the KPI and the initiatives of a row, or its link."""
        place = self._place(row)
        if self.layout.has("cause") and ("cause" in values or "effect" in values):
            yield BroughtItem("link", place, self._link(row, values), unplaced=self._unplaced(row))
            return
        known = meanings()
        perspective = values.get("perspective", "")
        about: dict[str, Told] = {}
        if perspective:
            about["perspective"] = perspective
        if theme := values.get("theme") or above.group:
            about["theme"] = theme
        if perspective and known.within("perspectives", perspective) is None and "theme" not in about:
            about["theme"] = perspective
        # The objective, which may stand in a row above; then what belongs to it.
        several = len(pieces_in(values.get("objective", ""))) > 1
        objective = values["objective"] if several else title_in(values.get("objective", ""))
        of_row = self.layout.has("objective") and "objective" in self._values(row)
        if objective and not several and (of_row or "kpi" in values or "initiative" in values):
            alone = "kpi" not in values
            told = {**about, **self._of_point(row, values, alone=alone)}
            yield BroughtItem("point", place, told, unplaced=self._unplaced(row) if alone else {})
        if "kpi" in values:
            yield from self._kpis(row, values, about, objective)
        if "initiative" in values:
            of_other = "kpi" in values or _OWN_ID.match(values.get("id", "")) is not None
            owner = values.get("initiative_owner") or ("" if of_other else values.get("owner", ""))
            for piece in pieces_in(values["initiative"]):
                title, short = without_id(piece)
                fields: dict[str, Told] = {"title": title, **({"id": short} if short else {})}
                fields |= {"owner_role": owner} if owner else {}
                fields |= self._period(row)
                if "resources" in values:
                    fields["resources"] = values["resources"]
                alone = "kpi" not in values and (several or not objective)
                yield BroughtItem(
                    "initiative", place, fields, objective, unplaced=self._unplaced(row) if alone else {}
                )

    def _of_point(self, row: int, values: Mapping[str, str], *, alone: bool) -> dict[str, Told]:
        title, short = without_id(values["objective"])
        told: dict[str, Told] = {"title": title_in(title)}
        if short:
            told["id"] = short
        if "objective_owner" in values:
            told["owner_role"] = values["objective_owner"]
        if alone:
            of_initiative = "initiative" in values and not _OWN_ID.match(values.get("id", ""))
            owner = "" if of_initiative else values.get("owner", "")
            for name, text in (("description", values.get("description")), ("owner_role", owner),
                               ("id", values.get("id"))):  # fmt: skip
                if text:
                    told.setdefault(name, text)
            if "horizon" in values and (horizon := choice_in("horizons", values["horizon"])):
                told["horizon"] = horizon
        return told

    def _kpis(
        self, row: int, values: Mapping[str, str], about: Mapping[str, Told], objective: str
    ) -> Iterator[BroughtItem]:
        names = pieces_in(values["kpi"])
        fields, remarks = self._of_kpi(row, values)
        for at, name in enumerate(names):
            # Several in one cell: what stands beside them is of all, and only told with the first.
            own = {**fields, "name": name} if at == 0 else {"name": name}
            told = (*remarks, Remark("several_in_cell")) if len(names) > 1 else remarks
            yield BroughtItem("kpi", self._place(row), {**about, **own}, objective, told, self._unplaced(row))

    def _of_kpi(self, row: int, values: Mapping[str, str]) -> tuple[dict[str, Told], tuple[Remark, ...]]:
        """Return the fields of a KPI, and what of its row could not be read."""
        told: dict[str, Told] = {}
        remarks: list[Remark] = []
        for name, meaning in (
            ("id", "id"), ("unit", "unit"), ("formula", "formula"), ("owner_role", "owner"),
            ("source", "source"),
            ("guard", "guard"), ("description", "description"), ("note", "note"),
            ("benchmark_source", "benchmark_source"), ("gaming", "gaming"), ("decision", "decision"),
        ):  # fmt: skip
            if meaning in values:
                told[name] = values[meaning]
        for name, table in (
            ("direction", "directions"),
            ("frequency", "frequencies"),
            ("lead_lag", "lead_lag"),
        ):
            if name in values:
                choice = choice_in(table, values[name])
                told |= {name: choice} if choice is not None else {f"{name}_text": values[name]}
        for name in _AMOUNTS:
            if name in values and (column := self._column_for(row, name)) is not None:
                self._amount(row, name, column, told, remarks)
        remarks.extend(fractions_in(told))
        for name, meaning in (("target_date", "target_date"), ("baseline_by", "baseline_date"),
                              ("current_date", "current_date")):  # fmt: skip
            if meaning in values:
                was = meaning == "current_date" or (meaning == "baseline_date" and "baseline" in values)
                when = self._date(row, meaning, past=was)
                told |= {name: when} if when is not None else {f"{name}_text": values[meaning]}
        for name, year_of in (("target_date", "target"), ("current_date", "current")):
            column = self._column_for(row, year_of)
            if column is not None and column.year and year_of in values:
                told.setdefault(name, column.year)
        if self._unsaved(row):
            remarks.append(Remark("formula"))
        return told, tuple(remarks)

    def _amount(
        self, row: int, name: str, column: Column, told: dict[str, Told], remarks: list[Remark]
    ) -> None:
        cell, amount = self.sheet.value(row, column.at), self._number_at(row, column)
        shown = "" if amount is None else f"{shown_in(amount.value, self.notation.language)}{amount.unit}"
        told[f"{name}_text"] = text_of(cell) if not shown or isinstance(cell, str) else shown
        if amount is None:
            remarks.append(
                Remark("no_number", {"column": column.heading or column.letter, "said": text_of(cell)})
            )
            return
        told[name] = amount.value
        unit = amount.unit or column.unit
        if unit and name != "benchmark":
            told.setdefault("unit", unit)
        if amount.direction and name == "target":
            told.setdefault("direction", amount.direction)

    def _date(self, row: int, meaning: str, *, starts: bool = False, past: bool = False) -> str | None:
        column = self.layout.of(meaning)
        if column is None:
            return None
        cell = self.sheet.value(row, column.at)
        return date_in(cell, self.notation, self.today, starts=starts, past=past)

    def _period(self, row: int) -> dict[str, Told]:
        start, end = self._date(row, "start", starts=True), self._date(row, "end")
        return {**({"start": start} if start else {}), **({"end": end} if end else {})}

    def _link(self, row: int, values: Mapping[str, str]) -> dict[str, Told]:
        told: dict[str, Told] = {end: values[end] for end in ("cause", "effect") if end in values}
        told |= {name: values[name] for name in ("id", "because", "seen_in") if name in values}
        if "confidence" in values and (sure := choice_in("confidences", values["confidence"])):
            told["confidence"] = sure
        if "link_kind" in values and (kind := choice_in("link_kinds", values["link_kind"])):
            told["kind"] = kind
        if "delay" in values:
            column = self.layout.of("delay")
            months = amount_in(self.sheet.value(row, column.at), self.notation) if column else None
            told |= {"delay_months": months.value} if months is not None else {}
        return told

    def _unplaced(self, row: int) -> Mapping[str, str]:
        """Return what stands in the columns that have no place of their own, by heading."""
        return {
            column.heading or column.letter: text
            for column in self._columns_for(row)
            if (text := self._seen(row, column.at)) and (not column.meaning or self._is_open(column, text))
        }

    def _place(self, row: int) -> SourcePlace:
        if self.lines is not None:
            return SourcePlace(self.lines[row], self.sheet.name, is_row=False)
        return SourcePlace(row + 1, self.sheet.name)

    def _other(self, row: int, key: str) -> BroughtItem:
        said = "; ".join(text_of(cell) for cell in self.sheet.rows[row] if cell is not None)
        return BroughtItem("other", self._place(row), {"said": said}, remarks=(Remark(key),))
