"""The register of KPIs: one table, one row for each KPI, for kpis.csv and kpis.xlsx alike.

kpis.csv is for other programs and for Excel: UTF-8 with a byte order mark, RFC 4180 quotes, dates as in
strategy.toml. Commas between the cells and a point in numbers; in a language that writes 9,5, semicolons and
a comma, so that Excel opens it as a table where people write so. A text that a spreadsheet would take for a
formula gets an apostrophe in front.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from io import StringIO
from itertools import count
from typing import Literal

from bsc_coach.documents.context.document_context import build_context
from bsc_coach.documents.context.tables import Table
from bsc_coach.documents.context.words import DocumentWords
from bsc_coach.strategy.model import Strategy
from bsc_coach.strategy.notes import Notes
from bsc_coach.strategy.points import PERSPECTIVE_OF
from bsc_coach.text import shorten
from bsc_coach.words import say

Kind = Literal["text", "number", "date"]
Cell = str | int | float | None
_COLUMNS: tuple[tuple[str, Kind], ...] = (
    ("id", "text"), ("indicator", "text"), ("objective", "text"), ("category", "text"), ("formula", "text"),
    ("unit", "text"), ("direction", "text"), ("baseline", "number"), ("baseline_by", "date"),
    ("target", "number"), ("target_date", "date"), ("red", "number"), ("amber", "number"),
    ("frequency", "text"), ("owner_role", "text"), ("process", "text"), ("benchmark", "number"),
    ("benchmark_source", "text"), ("source", "text"), ("collector_role", "text"),
    ("updater_role", "text"), ("sponsor_role", "text"), ("lead_lag", "text"), ("kind", "text"),
    ("gap", "text"), ("guard", "text"), ("guard_kpi", "text"), ("gaming", "text"), ("decision", "text"),
)  # fmt: skip
_LONGEST_HEADING = 100
_LIKE_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


@dataclass(frozen=True)
class KpiColumn:
    """A column of the register."""

    name: str
    kind: Kind
    heading: str


@dataclass(frozen=True)
class Register:
    """The whole table; a cell that was not filled in is None."""

    columns: tuple[KpiColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]


def register_of(context: Table) -> Register:
    """Return the register of the KPIs in ``context``."""
    columns = columns_of(context, _COLUMNS)
    columns = (*columns, *_own_columns(context, {column.heading for column in columns}))
    # What nobody has confirmed says so; without any of that there is no such column.
    if any(kpi["origin_text"] for kpi in context["kpis"]):
        columns = (*columns, KpiColumn("origin_text", "text", context["words"]["label"]["origin"]))
    if context["redacted"]:
        columns = (*columns, KpiColumn("redacted", "text", say("redact.heading", context["language"])))
    told = {"redacted": say("redact.row", context["language"])}
    rows = (
        {**_row(kpi, context), **told, "origin_text": kpi["origin_text"], **_own_cells(kpi["id"], context)}
        for kpi in context["kpis"]
    )
    return Register(columns, tuple(tuple(row.get(column.name) for column in columns) for row in rows))


def _own_columns(context: Table, taken: Iterable[str]) -> tuple[KpiColumn, ...]:
    """Return a column for each question of one's own about KPIs; a spreadsheet wants no heading twice."""
    kpis = {kpi["id"] for kpi in context["kpis"]}
    headings = {heading.casefold() for heading in taken}
    columns: dict[str, KpiColumn] = {}
    for one in context["extra"]:
        if one["about"] not in kpis or one["step"] in columns:
            continue
        bare = heading = shorten(one["label"], _LONGEST_HEADING)
        for number in count(2):
            if heading.casefold() not in headings:
                break
            heading = f"{bare} ({number})"
        headings.add(heading.casefold())
        kind: Kind = one["kind"] if one["kind"] in ("number", "date") else "text"
        columns[one["step"]] = KpiColumn(f"own:{one['step']}", kind, heading)
    return tuple(columns.values())


def _own_cells(about: str, context: Table) -> dict[str, Cell]:
    """Return the answers to questions of one's own about an item by step: numbers and dates as they are."""
    return {
        f"own:{one['step']}": one["answer"] if one["kind"] in ("number", "date") else one["answer_text"]
        for one in context["extra"]
        if one["about"] == about
    }


def columns_of(context: Table, columns: Iterable[tuple[str, Kind]]) -> tuple[KpiColumn, ...]:
    """Return columns with the headings that documents use, or that only registers have."""
    label, language = context["words"]["label"], context["language"]
    return tuple(
        KpiColumn(name, kind, label.get(name) or say(f"office.column.{name}", language))
        for name, kind in columns
    )


def category_of(item_id: str, context: Table) -> str:
    """Return the perspective that a point of the map stands in, and its cluster; nothing if it is missing."""
    item = context["items"].get(item_id)
    if item is None:
        return ""
    band = str(context["words"]["band"][PERSPECTIVE_OF[item["kind"]]])
    elsewhere = {"id_text": context["words"]["heading"]["elsewhere"], "objectives": context["elsewhere"]}
    for cluster in (*context["clusters"], elsewhere):
        if any(objective["id"] == item_id for objective in cluster["objectives"]):
            return f"{band}: {cluster['id_text']}"
    return band


def _row(kpi: Table, context: Table) -> dict[str, Cell]:
    return {
        "id": kpi["id"],
        "category": category_of(kpi["measures"], context),
        "objective": kpi["measures_text"],
        "indicator": kpi["name"],
        "formula": kpi["formula"],
        "unit": kpi["unit"],
        "direction": kpi["direction_text"],
        "baseline": kpi["baseline"],
        "baseline_by": kpi["baseline_by"],
        "target": kpi["target"],
        "target_date": kpi["target_date"],
        "red": kpi["red"],
        "amber": kpi["amber"],
        "frequency": kpi["frequency_text"],
        "owner_role": kpi["owner_role"],
        "benchmark": kpi["benchmark"]["value"],
        "benchmark_source": kpi["benchmark_text"],
        "source": kpi["source"],
        "lead_lag": kpi["lead_lag_text"],
        "guard": kpi["guard"],
        "guard_kpi": kpi["guard_kpi_text"],
        **{name: kpi[name] for name in ("collector_role", "updater_role", "sponsor_role")},
        "process": kpi["process_text"],
        "kind": kpi["kind_text"],
        "gap": kpi["gap_text"],
        "gaming": kpi["gaming"],
        "decision": kpi["decision"],
    }


def render_csv(strategy: Strategy, notes: Notes) -> bytes:
    """Return the register as a file of values with commas or semicolons between them."""
    register = register_of(build_context(strategy, notes))
    decimal = DocumentWords(strategy.language).say("format.decimal")
    written = StringIO(newline="")
    writer = csv.writer(written, delimiter=";" if decimal == "," else ",", lineterminator="\r\n")
    writer.writerow([column.heading for column in register.columns])
    writer.writerows([_written(cell, decimal) for cell in row] for row in register.rows)
    return written.getvalue().encode("utf-8-sig")


def _written(cell: Cell, decimal: str) -> Cell:
    """Return a number with its decimal mark, a text so that no spreadsheet takes it for a formula."""
    if isinstance(cell, float):
        return repr(cell).replace(".", decimal)
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_LIKE_A_FORMULA) else cell
