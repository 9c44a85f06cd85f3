"""The columns of every table of a document, by the name of its section; those that nobody filled in go.

Every format loops over these, so that a column is named here once and appears, or does not, in all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bsc_coach.documents.context.tables import Table

Columns = tuple[tuple[str, str], ...]
"""Each the field of its rows, and the name of its label."""

TABLES: Mapping[str, Columns] = {
    "attributes": (
        ("id_text", "attribute"), ("role_text", "role"), ("good_enough", "good_enough"),
        ("origin_text", "origin"),
    ),
    "promises": (
        ("id", "id"), ("title", "promise"), ("attribute_text", "attribute"), ("horizon_text", "horizon"),
        ("owner_role", "owner_role"), ("strengthened_by", "strengthened_by"), ("origin_text", "origin"),
    ),
    "outcomes": (
        ("id", "id"), ("title", "outcome"), ("lever_text", "lever"), ("horizon_text", "horizon"),
        ("owner_role", "owner_role"), ("strengthened_by", "strengthened_by"), ("origin_text", "origin"),
    ),
    "processes": (
        ("id", "id"), ("name", "step"), ("value_type_text", "value_type"), ("primary_text", "primary"),
        ("bottleneck", "bottleneck"), ("origin_text", "origin"),
    ),
    "enablers": (
        ("id", "id"), ("title", "enabler"), ("capital_text", "capital"), ("horizon_text", "horizon"),
        ("owner_role", "owner_role"), ("leads_to", "leads_to"), ("origin_text", "origin"),
    ),
    "themes": (
        ("id", "id"), ("title", "theme"), ("description", "description"), ("points_text", "points_of_theme"),
        ("origin_text", "origin"),
    ),
    "vital_few": (
        ("id", "id"), ("title", "improvement"), ("cluster_text", "cluster"), ("influence", "influence"),
        ("performance", "performance"), ("priority", "priority"), ("quadrant_text", "quadrant"),
        ("from_ballots_text", "from_ballots"), ("reason", "reason"), ("origin_text", "origin"),
    ),
    "kpis": (
        ("id", "id"), ("name", "kpi"), ("measures_text", "measures"), ("baseline_text", "baseline"),
        ("now_text", "now"), ("target_text", "target"), ("owner_role", "owner_role"),
        ("origin_text", "origin"),
    ),
    "old_kpis": (
        ("id", "id"), ("name", "kpi"), ("became_text", "became"), ("known_text", "known"),
        ("owner_role", "owner_role"), ("source", "came_from"), ("origin_text", "origin"),
    ),
    "initiatives": (
        ("id", "id"), ("title", "initiative"), ("objectives_text", "supports"), ("process_text", "process"),
        ("removes", "removes"), ("owner_role", "owner_role"), ("period_text", "period"),
        ("needs_text", "needs"), ("resources", "resources"), ("amount_text", "amount"),
        ("origin_text", "origin"),
    ),
    "risks": (
        ("id", "id"), ("title", "risk"), ("threatens_text", "threatens"), ("owner_role", "owner_role"),
        ("answer", "risk_answer"), ("origin_text", "origin"),
    ),
    "assumptions": (
        ("id", "id"), ("title", "assumption"), ("test", "test"), ("owner_role", "owner_role"),
        ("test_date_text", "due"), ("origin_text", "origin"),
    ),
    "participants": (
        ("name", "name"), ("role", "role"), ("part_text", "part"), ("vote_text", "vote"),
        ("concern", "concern"),
    ),
    "actions": (("id", "id"), ("title", "action"), ("owner_text", "owner_role"), ("due_text", "due"),
        ("origin_text", "origin"),
    ),
    "parked": (
        ("id", "id"), ("title", "point"), ("became_text", "became"), ("owner_text", "owner_role"),
        ("due_text", "due"), ("origin_text", "origin"),
    ),
}  # fmt: skip
"""By the name of their rows in the context."""
_TRIVIAL_MANY = (*TABLES["vital_few"][:-1], ("evidence", "evidence"), TABLES["vital_few"][-1])
"""The columns of the vital few; and what was seen, which an objective tells where it is described."""

_NAMING = frozenset(("id", "id_text", "name", "title"))
"""Fields that say which row it is: their columns stay, whatever stands in them."""


def filled(columns: Columns, rows: Sequence[Table], *, also: Sequence[str] = ()) -> Columns:
    """Return the columns in which something stands in some row, those that name the rows, and ``also``."""
    return tuple(
        (field, label)
        for field, label in columns
        if field in (*_NAMING, *also) or any(row[field] not in (None, "", ()) for row in rows)
    )


def columns_of(context: Table) -> dict[str, Columns]:
    """Return the columns that each table of a context has, by the name of its rows.

    What a KPI is there to show stands in its definition sheet; the table says so where a KPI has none.
    That nobody who voted has a concern is something to tell, so the column of it stays.
    """
    rows: dict[str, Sequence[Table]] = {
        name: context["proposition"]["told"] if name == "attributes" else context[name] for name in TABLES
    }
    found = {name: filled(columns, rows[name]) for name, columns in TABLES.items()}
    found["trivial_many"] = filled(_TRIVIAL_MANY, context["trivial_many"])
    if all(kpi["has_sheet"] for kpi in context["kpis"]):
        found["kpis"] = without(found["kpis"], "measures_text")
    if context["votes_text"]:
        found["participants"] = filled(TABLES["participants"], context["participants"], also=("concern",))
    return found


def without(columns: Columns, *fields: str) -> Columns:
    """Return columns but those of some fields."""
    return tuple((field, label) for field, label in columns if field not in fields)


def worth_a_row(rows: Iterable[Table], *fields: str) -> tuple[Table, ...]:
    """Return the rows in which one of the fields is filled in."""
    return tuple(row for row in rows if any(row[field] for field in fields))


def in_one_line(rows: Sequence[Table], columns: Columns, mark: str) -> str | None:
    """Return rows of which nothing but their names is known as one line; None where there is more to tell."""
    if any(field not in _NAMING for field, _ in columns):
        return None
    return mark.join(row["label"] for row in rows) or None
