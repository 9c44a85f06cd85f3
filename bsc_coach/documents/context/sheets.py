"""What a document consists of: the order of its sections, and the rows of its definition sheets.

Every format of the whole strategy (Markdown, HTML, PDF, Word) and the pages of owners loop over these, so
that a new field of a KPI, an objective or an initiative is named here once and appears in all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bsc_coach.documents.context.own_answers import place
from bsc_coach.documents.context.tables import Table

SECTIONS = (
    "ambition", "served", "proposition", "promises", "outcomes", "processes", "internal", "enablers",
    "themes", "links", "selection", "kpis", "sorting", "initiatives", "risks", "assumptions", "decisions",
    "consensus", "dissent", "review", "actions", "parking", "kept", "muted", "extra", "declined", "homework",
    "points", "not_discussed", "unconfirmed", "written",
)  # fmt: skip
"""By the names of their headings in the words of documents, in the order of reading."""
_OPTIONAL = frozenset(
    (
        "processes", "themes", "sorting", "initiatives", "risks", "assumptions", "decisions", "consensus",
        "dissent", "review", "actions", "parking", "kept", "muted", "extra", "declined", "homework", "points",
        "not_discussed", "unconfirmed", "written",
    )
)  # fmt: skip
"""Left out while they have nothing to tell; the others then tell that nothing has been settled."""

KPI_SHEET = (
    "measures_text", "process_text", "owner_role", "formula", "unit", "direction_text", "baseline_text",
    "now_text", "target_text", "red_text", "amber_text", "benchmark_text", "gap_text", "frequency_text",
    "source", "collector_role", "updater_role", "sponsor_role", "lead_lag_text", "kind_text",
    "guard", "guard_kpi_text", "guards_text", "gaming", "decision", "readings_text", "origin_text",
)  # fmt: skip
"""The fields of a KPI's definition sheet, by their names in the context, in the order of the sheet."""
WHERE_WANTED = frozenset(
    ("amber_text", "collector_role", "updater_role", "sponsor_role", "guard_kpi_text", "guards_text")
)
"""What of a KPI is asked only where somebody wants it: a sheet is whole without."""
OBJECTIVE_SHEET = (
    "subprocess_text", "process_text", "horizon_text", "owner_role", "scores_text", "votes_text", "evidence",
    "reason", "serves_text", "leads_to", "effects_text", "aspect_text", "innovation_type_text",
    "segment_text", "bottleneck", "protected", "theme_text", "holds_back", "held_back_by", "risks_text",
    "measured_by", "initiatives", "chain", "origin_text",
)  # fmt: skip
"""The fields of an objective that stand below its title and its description."""
CYCLE_SHEET = ("plan", "do", "check", "act")
"""The loop of improvement in the section on the review."""
OPENING_SHEET = ("purpose", "scope", "deciders", "absent")
"""What a document opens with, before what was decided."""
IN_THE_KPI_TABLE = frozenset(
    ("measures_text", "owner_role", "baseline_text", "target_text", "unit", "direction_text", "origin_text")
)
"""What the table of KPIs tells, or shows in its figures: a KPI of which no more is known needs no sheet."""
CLUSTER_SHEET = ("lost_at_text", "leave_over_text", "stay_for_text", "growth_levers_text")
"""The fields of a cluster that stand above its objectives; only customer management has them."""
INITIATIVE_SHEET = (
    "objectives_text", "process_text", "removes", "owner_role", "period_text", "needs_text",
    "needed_by_text", "resources", "amount_text", "origin_text",
)  # fmt: skip
"""The fields of an initiative that stand below its title."""
MISSION_SHEET = ("description", "owner_role", "held_back_by", "risks_text")
"""The fields of a mission that stand below it."""
POINT_SHEET = ("description", "theme_text", "holds_back", "held_back_by", "risks_text")
"""The fields of a promise, an outcome or an enabler that are no column of its table, and stand below it."""
_DESCRIBED = ("promises", "outcomes", "enablers")
DECISION_SHEET = ("status_text", "date_text", "replaces_text", "reason", "alternatives", "dissent")
"""The fields of a decision that stand below its title."""

_LABELS = {"objectives_text": "supports", "date_text": "decided_on"}
"""What a field is labelled with where that is not its own name."""


def label_of(field: str) -> str:
    """The name of the label of a field: its own name, without the ending of its text form."""
    return _LABELS.get(field, field.removesuffix("_text"))


def sheet(part: Table, fields: Sequence[str], words: Table) -> tuple[Table, ...]:
    """Rows of what is filled in of a part: its ``field``, ``label`` and ``text``, and this in ``parts``."""
    return tuple(
        {
            "field": field,
            "label": words["label"][label_of(field)],
            "text": _text(part[field]),
            "parts": _parts(part[field]),
        }
        for field in fields
        if part[field]
    )


def _text(value: str | Iterable[str]) -> str:
    """A value as one text, several answers one after the other."""
    return value if isinstance(value, str) else "; ".join(value)


def _parts(value: str | Iterable[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def add_sheets(context: Table) -> None:
    """Give all of a context that has one its ``sheet``, and tell which points are ``described`` by theirs.

    A KPI ``has_sheet`` where it has one of its own to print: it tells more than the table of KPIs does.
    """
    words = context["words"]
    objectives = [one for cluster in context["clusters"] for one in cluster["objectives"]]
    kinds = (
        (context["kpis"], KPI_SHEET),
        ((*objectives, *context["elsewhere"]), OBJECTIVE_SHEET),
        (context["clusters"], CLUSTER_SHEET),
        (context["initiatives"], INITIATIVE_SHEET),
        (context["decisions"], DECISION_SHEET),
        (context["missions"], MISSION_SHEET),
        *((context[name], POINT_SHEET) for name in _DESCRIBED),
    )
    for parts, fields in kinds:
        for part in parts:
            part["sheet"] = sheet(part, fields, words)
    context["described"] = {
        name: tuple(
            {"title": one["label"], "place": None, "sheet": one["sheet"]}
            for one in context[name]
            if one["sheet"]
        )
        for name in _DESCRIBED
    }
    for kpi in context["kpis"]:
        kpi["has_sheet"] = any(row["field"] not in IN_THE_KPI_TABLE for row in kpi["sheet"])


def sections(context: Table) -> tuple[Table, ...]:
    """The sections of a document of this context: ``name``, ``id``, ``heading``, ``lead`` or None, ``own``.

    What a session left aside has a sentence before it, on why, and how one comes back to it. ``own`` are the
    answers to questions of one's own that stand below the section; a section called "own" has nothing else.
    """
    # What has something to tell, and where the answers to questions of one's own stand between it.
    review = context["review"]
    filled = {
        **{name: context[name] for name in _OPTIONAL & context.keys()},
        "consensus": context["participants"] or context["agreement_text"],
        "dissent": context["dissent"]["first"] or context["dissent"]["said"],
        "parking": context["parked"],
        "points": context["open_points"],
        "review": any(value for name, value in review.items() if name != "story"),
        "extra": False,
    }
    there = [name for name in SECTIONS if name not in _OPTIONAL or filled[name]]
    own = place(context, there)
    headings, leads = context["words"]["heading"], context["words"]["lead"]
    led = {
        "dissent": bool(context["dissent"]["first"]),
        "written": True,
        "homework": any(one["left"] for one in context["homework"]),
        "not_discussed": True,
        "unconfirmed": True,
    }

    def apart(after: str | None) -> Iterator[Table]:
        for at, one in enumerate(own.sections, start=1):
            if one.after == after:
                yield {
                    "name": "own",
                    "id": f"own-{at}",
                    "heading": one.title,
                    "lead": None,
                    "own": one.groups,
                }

    # In the order of reading, a section of one's own behind the one that the agenda comes to before it.
    found = [*apart(None)]
    for name in SECTIONS:
        if name in there or name in own.below:
            lead = leads[name] if led.get(name) else None
            below = own.below.get(name, ())
            anchor = name.replace("_", "-")  # Markdown would set emphasis
            found.append({"name": name, "id": anchor, "heading": headings[name], "lead": lead, "own": below})
        found += apart(name)
    return tuple(found)
