"""iso-9001-6.2.2.md: how each objective is planned, as clause 6.2.2 of ISO 9001:2015 asks, and where not.

The clause asks five things of each objective: what will be done, with what means, who is responsible,
when it is finished, and how results are evaluated.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from bsc_coach.documents.context.document_context import build_context, objectives_in
from bsc_coach.documents.context.tables import Table
from bsc_coach.documents.context.words import DocumentWords
from bsc_coach.documents.templating.markdown import tidy
from bsc_coach.documents.templating.render import render
from bsc_coach.strategy.model import Strategy
from bsc_coach.strategy.notes import Notes
from bsc_coach.words import say, texts

TEMPLATE = "record/iso-9001.md.j2"
Asked = Literal["what", "means", "who", "when", "evaluated"]
ASKED: tuple[Asked, ...] = ("what", "means", "who", "when", "evaluated")


class _Gap(NamedTuple):
    """Something that the clause asks and the strategy does not say."""

    asked: Asked
    key: str
    """Names the sentence that says it."""
    label: str = ""
    """The initiative or KPI that it is about, where it is not about the objective itself."""
    owner: str | None = None


def render_iso(strategy: Strategy, notes: Notes) -> str:
    """Return the planning of every objective and enabler as Markdown, with its gaps and whom to ask."""
    context = build_context(strategy, notes)
    planned = [_planned(one, context) for one in _objectives(context)]
    context["iso"] = texts("iso", strategy.language)
    context["asked"] = ASKED
    context["planned"] = planned
    context["verdict"] = _verdict(planned, strategy.language)
    asked = Counter(gap["ask"] for one in planned for gap in one["gaps"])
    context["to_ask"] = [{"name": name, "gaps": gaps} for name, gaps in asked.most_common()]
    return tidy(render(TEMPLATE, context))


def _objectives(context: Table) -> Iterator[Table]:
    """Yield what the clause is about: what must become better in a process, and what people need for it."""
    yield from objectives_in(context)
    yield from context["enablers"]


def _planned(objective: Table, context: Table) -> Table:
    """Return what is planned for an objective, by what the clause asks, and the gaps in it."""
    language = context["language"]
    initiatives = [one for one in context["initiatives"] if objective["id"] in one["objectives"]]
    kpis = [one for one in context["kpis"] if one["measures"] == objective["id"]]
    gaps = [
        {
            "asked": gap.asked,
            "text": say(f"iso.gap.{gap.key}", language, label=gap.label),
            "ask": gap.owner or objective["owner_role"] or _who_decides(context),
        }
        for gap in _gaps(objective, initiatives, kpis)
    ]
    return {
        "label": objective["label"],
        "horizon_text": objective["horizon_text"],
        "answers": _answers(objective, initiatives, kpis, DocumentWords(language)),
        "gaps": gaps,
        "open": {gap["asked"] for gap in gaps},
    }


def _answers(
    objective: Table, initiatives: Sequence[Table], kpis: Sequence[Table], speak: DocumentWords
) -> dict[Asked, list[str]]:
    def told(label: str, *parts: str | None) -> str:
        said = speak.say("format.semicolon").join(part for part in parts if part)
        return say("iso.told", speak.language, label=label, said=said) if said else label

    return {
        "what": [one["label"] for one in initiatives],
        "means": [told(one["label"], one["resources"]) for one in initiatives if one["resources"]],
        "who": [objective["owner_role"]] if objective["owner_role"] else [],
        "when": [
            *(told(one["label"], one["period_text"]) for one in initiatives if one["period_text"]),
            *(told(one["label"], one["target_date_text"]) for one in kpis if one["target_date"]),
        ],
        "evaluated": [
            told(one["label"], one["formula"], one["target_text"], one["frequency_text"], one["source"])
            for one in kpis
        ],
    }


def _gaps(objective: Table, initiatives: Sequence[Table], kpis: Sequence[Table]) -> Iterator[_Gap]:
    """Yield what is missing, in the order in which the clause asks."""
    if not initiatives:
        yield _Gap("what", "no_initiative")
        yield _Gap("means", "no_means")
    yield from _missing(initiatives, "means", "resources")
    if not objective["owner_role"]:
        yield _Gap("who", "no_owner")
    if not any(one["end"] for one in initiatives) and not any(one["target_date"] for one in kpis):
        yield _Gap("when", "no_date")
    else:
        yield from _missing(initiatives, "when", "end")
        yield from _missing(kpis, "when", "target_date")
    if not kpis:
        yield _Gap("evaluated", "no_kpi")
    for field in ("formula", "target", "frequency"):
        yield from _missing(kpis, "evaluated", field)


def _missing(parts: Sequence[Table], asked: Asked, field: str) -> Iterator[_Gap]:
    for part in parts:
        if part[field] is None:
            yield _Gap(asked, f"no_{field}", part["label"], part["owner_role"])


def _who_decides(context: Table) -> str:
    """Return whom to ask where nobody owns anything yet: whoever decides, else the team."""
    deciders = (one["role"] or one["name"] for one in context["participants"] if one["part"] == "decider")
    return next((one for one in deciders if one), say("iso.team", context["language"]))


def _verdict(planned: Sequence[Table], language: str) -> str:
    """Return in a sentence how many gaps there are."""
    if not planned:
        return say("iso.verdict.nothing", language)
    lacking = [one for one in planned if one["gaps"]]
    if not lacking:
        return say("iso.verdict.whole", language)
    gaps = say("iso.gaps", language, n=sum(len(one["gaps"]) for one in lacking))
    return say("iso.verdict.gaps", language, gaps=gaps, lacking=len(lacking), all=len(planned))
