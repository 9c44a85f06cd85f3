"""strategy.stratml.xml: the strategy as a StratML Part 2 plan, for registers and other programs.

StratML knows no cause and effect. A link stands under the first KPI of its cause as a relationship called
"drives", and once more in words with the cause itself, so that it survives where there is no KPI.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from bsc_coach.documents.context.document_context import build_context
from bsc_coach.documents.context.tables import Table
from bsc_coach.documents.templating.render import render
from bsc_coach.strategy.dates import last_day
from bsc_coach.strategy.model import Strategy
from bsc_coach.strategy.notes import Notes
from bsc_coach.strategy.points import PointKind
from bsc_coach.words import say, texts

TEMPLATE = "record/strategy.stratml.xml.j2"
_MOST_DIGITS = 18
"""Every reader of XML Schema takes decimals of so many digits; more is told in words only."""
_BETWEEN_VALUES = re.compile(r"\s*[\n;]\s*|(?<=[^\W\d_]{3}[.!?])\s+(?=[A-Z])")
"""A sentence ends behind a word of three letters at least: not behind "e.g." or a number."""
_STAGES: Mapping[PointKind, str] = {
    "outcome": "Outcome",
    "promise": "Outcome",
    "objective": "Output_Processing",
    "enabler": "Input",
}
"""Where in the chain of value a KPI stands, by what it measures."""


def render_stratml(strategy: Strategy, notes: Notes) -> str:
    """Return the strategy as StratML Part 2 (PerformancePlanOrReport of the type Strategic_Plan)."""
    context = build_context(strategy, notes)
    used: set[str] = set()
    mission = context["missions"][0]["id"] if context["missions"] else None
    context["stratml"] = texts("stratml", strategy.language)
    context["mission_identifier"] = _identifier(mission, used) if mission else None
    context["values"] = _values(context["organisation"]["values"])
    context["goals"] = [_goal(goal, context, used) for goal in _goals(context)]
    # Where what follows does not come from this session, or is no real case, the reader is told first.
    told = [context["status"]] if notes.redacted or notes.taken_over or notes.part_of else []
    context["other"] = "\n".join((*told, *_left_over(context)))
    context["published"] = _date(context["session_date"])
    year = context["organisation"]["horizon_year"]
    context["ends"] = None if year is None else _date(str(year))
    return render(TEMPLATE, context)


def _identifier(short_id: str, used: set[str]) -> str | None:
    """Return an XML id, or None for one that is taken: a file edited by hand may hold an id twice."""
    made = f"_{short_id}"
    if made in used:
        return None
    used.add(made)
    return made


def _values(told: str | None) -> tuple[str, ...]:
    """Return what an organisation stands for as single values: by line, semicolon or sentence."""
    pieces = _BETWEEN_VALUES.split(told or "")
    return tuple(piece for one in pieces if (piece := one.strip().removesuffix(".")))


def _date(when: str | None) -> str | None:
    day = last_day(when)
    return day.isoformat() if day is not None else None


def _goals(context: Table) -> Iterator[Table]:
    """Yield the perspectives from the top of the map down, the processes as their four clusters."""
    heading = context["words"]["heading"]
    yield {"id": "financial", "name": heading["outcomes"], "rows": context["outcomes"]}
    yield {
        "id": "customer",
        "name": heading["promises"],
        "rows": context["promises"],
        "beneficiaries": [one["name"] for one in context["served"] if one["name"]],
    }
    for cluster in context["clusters"]:
        yield {
            "id": f"process-{cluster['id']}",
            "name": cluster["id_text"],
            "rows": cluster["objectives"],
            "other": "\n".join(
                (
                    *(
                        (cluster["empty_text"],)
                        if cluster["empty_text"] and not cluster["objectives"]
                        else ()
                    ),
                    *_own(cluster["id"], context),
                )
            ),
        }
    if context["elsewhere"]:
        yield {"id": "elsewhere", "name": heading["elsewhere"], "rows": context["elsewhere"]}
    yield {"id": "learning", "name": heading["enablers"], "rows": context["enablers"]}


def _goal(goal: Table, context: Table, used: set[str]) -> Table:
    kind = goal["id"].split("-")[0]
    return {
        "identifier": _identifier(goal["id"], used),
        "name": goal["name"],
        "description": say(f"stratml.goal.{kind}", context["language"]),
        "beneficiaries": goal.get("beneficiaries", ()),
        "other": goal.get("other"),
        "objectives": [_objective(row, context, used) for row in goal["rows"]],
    }


def _objective(row: Table, context: Table, used: set[str]) -> Table:
    links = [link for link in context["links"] if link["cause"] == row["id"] and link["effect"]]
    details = ("description", "lever_text", "attribute_text", "capital_text")
    known = [name for name in details if row.get(name)]
    told = [
        *(_detail(name, row, context) for name in (*known[1:], "horizon_text")),
        *(_detail(name, row, context) for name in ("theme_text", "risks_text") if row.get(name)),
        *(link["sentence"] for link in links),
        *(_initiative(one) for one in context["initiatives"] if row["id"] in one["objectives"]),
        *_own(row["id"], context),
    ]
    kpis = [one for one in context["kpis"] if one["measures"] == row["id"]]
    return {
        "identifier": _identifier(row["id"], used),
        "id": row["id"],
        "name": row["title"] or row["id"],
        "description": row[known[0]] if known else None,
        "owner": row.get("owner_role"),
        "other": "\n".join(part for part in told if part),
        "kpis": [_kpi(kpi, () if at else links, context, used) for at, kpi in enumerate(kpis)],
    }


def _initiative(initiative: Table) -> str:
    parts = (
        initiative["label"],
        initiative["owner_role"],
        initiative["period_text"],
        initiative["means_text"],
    )
    return "; ".join(part for part in parts if part)


def _kpi(kpi: Table, links: Sequence[Table], context: Table, used: set[str]) -> Table:
    kind = context["items"].get(kpi["measures"], {}).get("kind")
    names = (
        "owner_role", "process_text", "formula", "direction_text", "red_text", "amber_text", "benchmark_text",
        "frequency_text", "source", "collector_role", "updater_role", "sponsor_role", "lead_lag_text",
        "guard", "guard_kpi_text", "gaming", "decision",
    )  # fmt: skip
    return {
        "identifier": _identifier(kpi["id"], used),
        "id": kpi["id"],
        "stage": _STAGES.get(kind),
        "quantitative": kpi["target"] is not None or kpi["baseline"] is not None,
        "name": kpi["name"] or kpi["id"],
        "unit": kpi["unit"] or context["stratml"]["no_unit"],
        "links": [
            {
                "to": f"_{link['effect']}",
                "name": link["kind_text"] or say("document.choice.link_kind.drives", context["language"]),
                "because": link["because"],
            }
            for link in links
        ],
        "target": _decimal(kpi["target"]),
        "target_text": kpi["target_text"],
        "by": _date(kpi["target_date"]),
        "baseline": _decimal(kpi["baseline"]),
        "baseline_text": kpi["baseline_text"],
        "other": "\n".join(
            (*(told for name in names if (told := _detail(name, kpi, context))), *_own(kpi["id"], context))
        ),
    }


def _detail(field: str, part: Table, context: Table) -> str | None:
    """Return a field with what it is called: "Horizon: within 12 months"; None where it says nothing."""
    if not part[field]:
        return None
    name = context["words"]["label"][field.removesuffix("_text")]
    said = part[field] if isinstance(part[field], str) else "; ".join(part[field])
    return say("stratml.detail", context["language"], name=name, said=said)


def _own(about: str, context: Table) -> Iterator[str]:
    """Yield the answers to questions of one's own about an item, each with its question in short."""
    for one in context["extra"]:
        if one["about"] == about and one["answer_text"]:
            yield say("stratml.detail", context["language"], name=one["label"], said=one["answer_text"])


def _decimal(value: float | None) -> str | None:
    """Return a number as XML Schema writes decimals: no exponent, and not too long for any reader."""
    if value is None:
        return None
    told = format(Decimal(repr(value)), "f")
    return told if sum(letter.isdigit() for letter in told) <= _MOST_DIGITS else None


def _left_over(context: Table) -> Iterator[str]:
    """Yield what has no place in the plan because what it belongs to is not on the map."""
    placed = {objective["id"] for goal in context["goals"] for objective in goal["objectives"]}
    for link in context["links"]:
        if link["cause"] not in placed and link["sentence"]:
            yield link["sentence"]
    for kpi in context["kpis"]:
        if kpi["measures"] not in placed:
            yield "; ".join(part for part in (kpi["label"], kpi["baseline_text"], kpi["target_text"]) if part)
    for one in context["risks"]:
        parts = (one["label"], one["threatens_text"], one["owner_role"], one["answer"])
        yield "; ".join(part for part in parts if part)
    for one in context["initiatives"]:
        if not placed.intersection(one["objectives"]):
            yield _initiative(one)
    placed |= {kpi["id"] for kpi in context["kpis"] if kpi["measures"] in placed}
    placed |= {cluster["id"] for cluster in context["clusters"]}
    for one in context["extra"]:
        if one["about"] not in placed and one["answer_text"]:
            name = f"{one['label']} ({one['about_text']})" if one["about_text"] else one["label"]
            yield say("stratml.detail", context["language"], name=name, said=one["answer_text"])
