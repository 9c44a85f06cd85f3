"""Registers beside that of the KPIs: the tables that the other sheets of the workbook hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bsc_coach.documents.context.document_context import objectives_in
from bsc_coach.documents.context.tables import Table
from bsc_coach.documents.exchange.kpi_table import Cell, Kind, KpiColumn, Register, category_of, columns_of
from bsc_coach.words import say

Columns = tuple[tuple[str, Kind], ...]
LabelledColumns = tuple[tuple[str, Kind, str], ...]
"""The field of each column, what it holds, and the name of its label."""

READINGS: Columns = (
    ("kpi", "text"), ("indicator", "text"), ("date", "date"), ("value", "number"), ("note", "text"),
    ("source", "text"),
)  # fmt: skip
"""The columns of the sheet that is filled in; the indicator is looked up by the KPI."""
_INITIATIVES: LabelledColumns = (
    ("id", "text", "id"), ("title", "text", "initiative"), ("objectives_text", "text", "supports"),
    ("process_text", "text", "process"), ("removes", "text", "removes"), ("owner_role", "text", "owner_role"),
    ("start", "date", "start"), ("end", "date", "end"), ("needs_text", "text", "needs"),
    ("resources", "text", "resources"), ("amount", "number", "amount"),
)  # fmt: skip
_CANDIDATES: LabelledColumns = (
    ("id", "text", "id"), ("title", "text", "improvement"), ("cluster_text", "text", "cluster"),
    ("subprocess_text", "text", "subprocess"), ("influence", "number", "influence"),
    ("performance", "number", "performance"), ("priority", "number", "priority"),
    ("quadrant_text", "text", "quadrant"), ("chosen", "text", "chosen"), ("reason", "text", "because"),
    ("evidence", "text", "evidence"), ("votes_text", "text", "votes"),
)  # fmt: skip
_OLD_KPIS: LabelledColumns = (
    ("id", "text", "id"), ("name", "text", "kpi"), ("became_text", "text", "became"),
    ("unit", "text", "unit"), ("target", "text", "target"), ("owner_role", "text", "owner_role"),
    ("formula", "text", "formula"), ("note", "text", "note"), ("source", "text", "came_from"),
)  # fmt: skip
_ASSUMPTIONS: LabelledColumns = (
    ("id", "text", "id"), ("title", "text", "assumption"), ("test", "text", "test"),
    ("owner_role", "text", "owner_role"), ("test_date", "date", "due"),
)  # fmt: skip
_DECISIONS: LabelledColumns = (
    ("id", "text", "id"), ("title", "text", "decided"), ("status_text", "text", "status"),
    ("date", "date", "decided_on"), ("reason", "text", "because"), ("alternatives", "text", "alternatives"),
    ("dissent", "text", "dissent"), ("replaces_text", "text", "replaces"),
)  # fmt: skip
_POINTS: Columns = (
    ("id", "text"), ("category", "text"), ("title", "text"), ("description", "text"), ("horizon", "text"),
    ("owner_role", "text"), ("leads_to", "text"), ("measured_by", "text"), ("initiatives", "text"),
)  # fmt: skip
_LINKS: Columns = (
    ("id", "text"), ("cause", "text"), ("link_kind", "text"), ("effect", "text"), ("because", "text"),
    ("confidence", "text"), ("delay", "number"), ("seen_in", "text"),
)  # fmt: skip
_DISSENT: Columns = (
    ("about", "text"), ("voted_on", "text"), ("mean", "text"), ("spread", "number"), ("ballots", "number"),
    ("distribution", "text"), ("remark_on", "text"),
)  # fmt: skip
_OWN: Columns = (("section", "text"), ("about", "text"), ("question", "text"), ("answer", "text"))


def readings(context: Table, *, to_fill_in: int) -> Register:
    """Return the table of what was measured, by date, with empty rows to fill in below."""
    columns = columns_of(context, READINGS)
    # By date, as they were measured, each with what its KPI is called; then the empty ones.
    known = sorted(
        ((one["date"], kpi, one) for kpi in context["kpis"] for one in kpi["readings"]),
        key=lambda row: row[0],
    )
    rows: list[tuple[Cell, ...]] = [
        (kpi["id"], kpi["name"], one["date"], one["value"], one["note"], one["source"])
        for _, kpi, one in known
    ]
    return Register(columns, (*rows, *((None,) * len(columns),) * to_fill_in))


def others(context: Table) -> dict[str, Register]:
    """Return the registers that a workbook has where there is something in them, by the name of the sheet."""
    found = {
        "initiatives": _told(context, _INITIATIVES, context["initiatives"]),
        "candidates": _candidates(context),
        "old_kpis": _told(context, _OLD_KPIS, context["old_kpis"]),
        "assumptions": _told(context, _ASSUMPTIONS, context["assumptions"]),
        "decisions": _told(context, _DECISIONS, context["decisions"]),
        "own": _own_answers(context),
        "dissent": _dissent(context),
    }
    return {name: register for name, register in found.items() if register.rows}


def _told(context: Table, told: LabelledColumns, rows: Iterable[Table]) -> Register:
    """Return a register of what rows of the context say, with the headings of their labels."""
    headings = columns_of(context, [(label, "text") for _, _, label in told])
    columns = tuple(
        KpiColumn(field, kind, one.heading) for (field, kind, _), one in zip(told, headings, strict=True)
    )
    return Register(columns, tuple(tuple(_cell(row.get(one.name)) for one in columns) for row in rows))


def _cell(value: object) -> Cell:
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        return value
    return listed([str(one) for one in value]) if isinstance(value, Sequence) else None


def _candidates(context: Table) -> Register:
    """Return the long list with its scores, the vital few first."""
    chosen = say("office.chosen", context["language"])
    rows = (
        *({**one, "chosen": chosen} for one in context["vital_few"]),
        *({**one, "chosen": None} for one in context["trivial_many"]),
    )
    # Where nobody voted, nothing is told of ballots.
    voted = any(row["votes_text"] for row in rows)
    return _told(context, _CANDIDATES if voted else _CANDIDATES[:-1], rows)


def points(context: Table) -> Register:
    """Return every point of the map, from the mission down to the enablers."""
    # One row for each point, in the order of the columns; what a kind of point does not have stays empty.
    rows = (
        *context["missions"], *context["outcomes"], *context["promises"],
        *objectives_in(context), *context["enablers"],
    )  # fmt: skip
    return Register(
        columns_of(context, _POINTS),
        tuple(
            (
                row["id"], category_of(row["id"], context), row["title"], row.get("description"),
                row["horizon_text"], row.get("owner_role"), listed(row["leads_to"]),
                listed(row["measured_by"]), listed(row["initiatives"]),
            )
            for row in rows
        ),
    )  # fmt: skip


def links(context: Table) -> Register:
    """Return every link of the map."""
    return Register(
        columns_of(context, _LINKS),
        tuple(
            (
                link["id"], link["cause_text"], link["kind_text"], link["effect_text"], link["because"],
                link["confidence_text"], link["delay_months"], link["seen_in"],
            )
            for link in context["links"]
        ),
    )  # fmt: skip


def _dissent(context: Table) -> Register:
    """Return what the ballots are far apart about, the most dissent first."""
    rows = tuple(
        (
            row["label"], row["voted_on"], row["mean_text"], row["spread"], row["n"],
            row["counts_text"], row["stale_text"],
        )
        for row in (*context["dissent"]["first"], *context["dissent"]["others"])
    )  # fmt: skip
    return Register(columns_of(context, _DISSENT), rows)


def _own_answers(context: Table) -> Register:
    """Return the answers to questions of one's own but for those about KPIs, which stand with these."""
    kpis = {kpi["id"] for kpi in context["kpis"]}
    rows = tuple(
        (one["section"], one["about_text"], one["question"], one["answer_text"])
        for one in context["extra"]
        if one["about"] not in kpis and one["answer_text"]
    )
    return Register(columns_of(context, _OWN), rows)


def listed(texts: Sequence[str]) -> str | None:
    """Return several texts as one cell."""
    return "; ".join(texts) or None
