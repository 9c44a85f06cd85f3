"""iso-9001-6.2.2.md: how each objective is planned, as clause 6.2.2 of ISO 9001:2015 asks, and where not.

The clause asks five things of each objective: what will be done, with what means, who is responsible,
when it is finished, and how results are evaluated. An objective is whatever the map wants to achieve: results
and promises are reached by way of what leads to them, the others by initiatives of their own. On top stands
who answers for the document, as clause 7.5 asks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from bsc_coach.documents.brand import PLAIN, Brand
from bsc_coach.documents.context.document_context import build_context, objectives_in
from bsc_coach.documents.context.origins import marked
from bsc_coach.documents.context.tables import Table
from bsc_coach.documents.context.words import DocumentWords
from bsc_coach.documents.templating.markdown import tidy
from bsc_coach.documents.templating.render import render
from bsc_coach.strategy.model import Strategy
from bsc_coach.strategy.notes import Notes
from bsc_coach.words import say, texts

TEMPLATE = "record/iso-9001.md.j2"
Asked = Literal["what", "means", "who", "when", "evaluated"]
State = Literal["open", "left", "later"]
_STATES: tuple[State, ...] = ("open", "left", "later")
_REACHED = ("outcome", "promise")
"""What is reached by way of what leads to it, as a kind of point on the map."""
ASKED: tuple[Asked, ...] = ("what", "means", "who", "when", "evaluated")


class _Gap(NamedTuple):
    """Something that the clause asks and the strategy does not say."""

    asked: Asked
    key: str
    """Names the sentence that says it."""
    fields: tuple[str, ...]
    """The fields of the strategy that would fill it, as a script names them."""
    label: str = ""
    """The initiative or KPI that it is about, where it is not about the objective itself."""
    owner: str | None = None
    item: str = ""
    """Short id of what ``fields`` belong to, where that is not the objective itself."""


def render_iso(strategy: Strategy, notes: Notes, brand: Brand = PLAIN) -> str:
    """Return the planning of all that the map wants to achieve as Markdown, with its gaps and whom to ask."""
    context = build_context(strategy, notes)
    planned = [_planned(one, context) for one in _objectives(context)]
    context["iso"] = texts("iso", strategy.language)
    context["asked"] = ASKED
    context["control"] = _control(context, brand)
    context["covered"] = _covered(context)
    context["planned"] = planned
    context["verdict"] = _verdict(planned, strategy.language)
    asked = Counter(gap["ask"] for one in planned for gap in (*one["open"], *one["left"]))
    context["any_left"] = any(one["left"] or one["later"] for one in planned)
    context["review_left"] = any(one["field"] == "review.first" for one in context["left_aside"])
    context["to_ask"] = [{"name": name, "gaps": gaps} for name, gaps in asked.most_common()]
    return tidy(render(TEMPLATE, context))


def _objectives(context: Table) -> Iterator[Table]:
    """Yield what the clause is about, from top to bottom of the map."""
    yield from context["outcomes"]
    yield from context["promises"]
    yield from objectives_in(context)
    yield from context["enablers"]


def _covered(context: Table) -> str | None:
    """Return how many of each kind are planned here, lest a part pass for the whole; None of none."""
    language = context["language"]
    kinds = {
        "outcomes": context["outcomes"],
        "promises": context["promises"],
        "objectives": objectives_in(context),
        "enablers": context["enablers"],
    }
    told = [say(f"iso.covers.{kind}", language, n=len(parts)) for kind, parts in kinds.items() if parts]
    return say("iso.covered", language, told=DocumentWords(language).listing(told)) if told else None


def _control(context: Table, brand: Brand) -> tuple[Table, ...]:
    """Return the rows of document control; what nobody has said is left blank, to be filled in by hand."""
    label = texts("iso", context["language"])["control"]
    deciders = [one["name"] or one["role"] for one in context["participants"] if one["part"] == "decider"]
    review = context["review"]
    told = {
        "document": label["name"],
        "version": brand.version,
        "as_of": context["session_date_text"],
        "settled": context["status"],
        "prepared": None,
        "approved": "; ".join(one for one in deciders if one),
        "signed": None,
        "next": "; ".join(one for one in (review["first_text"], review["rhythm_text"]) if one),
        "copies": None,
    }
    return tuple({"label": label[name], "text": said or ""} for name, said in told.items())


def _planned(objective: Table, context: Table) -> Table:
    """Return what is planned for an objective, by what the clause asks, and the gaps in it."""
    # What works on it and shows it, and what is missing; then the page of it.
    language, kind = context["language"], context["items"][objective["id"]]["kind"]
    initiatives = [one for one in context["initiatives"] if objective["id"] in one["objectives"]]
    kpis = [one for one in context["kpis"] if one["measures"] == objective["id"]]
    responsible = _responsible(objective, kind, kpis)
    gaps = [
        {
            "asked": gap.asked,
            "text": say(f"iso.gap.{gap.key}", language, label=gap.label),
            "ask": gap.owner or responsible or _who_decides(context),
            "state": _state(gap, objective, context),
        }
        for gap in _gaps(objective, kind, initiatives, kpis)
    ]
    states = {asked: {gap["state"] for gap in gaps if gap["asked"] == asked} for asked in ASKED}
    return {
        "label": marked(objective["label"], objective, DocumentWords(language)),
        "horizon_text": objective["horizon_text"],
        "answers": {
            **_answers(objective, kind, initiatives, kpis, DocumentWords(language)),
            "who": [responsible] if responsible else [],
        },
        "gaps": gaps,
        "open": [gap for gap in gaps if gap["state"] == "open"],
        "left": [gap for gap in gaps if gap["state"] == "left"],
        "later": [gap for gap in gaps if gap["state"] == "later"],
        "states": {
            asked: next(one for one in (*_STATES, "there") if one in found or one == "there")
            for asked, found in states.items()
        },
    }


def _state(gap: _Gap, objective: Table, context: Table) -> State:
    """Tell whether something is missing, or was left to an owner, or not discussed for lack of time."""
    items = (gap.item or objective["id"], None)
    found = [
        one["to_owner"]
        for one in context["left_aside"]
        if one["field"] in gap.fields and one["item"] in items
    ]
    return "open" if not found else "left" if any(found) else "later"


def _responsible(objective: Table, kind: str, kpis: Sequence[Table]) -> str | None:
    """Return who answers for an objective: its owner; of a result or promise without one, a KPI's."""
    if owner := objective.get("owner_role"):
        return str(owner)
    return next((one["owner_role"] for one in kpis if one["owner_role"]), None) if kind in _REACHED else None


def _answers(
    objective: Table, kind: str, initiatives: Sequence[Table], kpis: Sequence[Table], speak: DocumentWords
) -> dict[Asked, list[str]]:
    def told(label: str, *parts: str | None) -> str:
        said = speak.say("format.semicolon").join(part for part in parts if part)
        return say("iso.told", speak.language, label=label, said=said) if said else label

    # A result or a promise is reached by what leads to it; that is planned where it stands itself.
    ways = [say("iso.by_way_of", speak.language, label=one) for one in _ways(objective, kind)]
    there = [say("iso.means_there", speak.language)] if ways and not initiatives else []
    return {
        "what": [*(one["label"] for one in initiatives), *ways],
        "means": [*(told(one["label"], one["resources"]) for one in initiatives if one["resources"]), *there],
        "when": [
            *(told(one["label"], one["period_text"]) for one in initiatives if one["period_text"]),
            *(told(one["label"], one["target_date_text"]) for one in kpis if one["target_date"]),
        ],
        "evaluated": [
            told(one["label"], one["formula"], one["target_text"], one["frequency_text"], one["source"])
            for one in kpis
        ],
    }


def _ways(objective: Table, kind: str) -> Sequence[str]:
    """Return what leads to a result or a promise; an objective or an enabler is worked on itself."""
    return objective["strengthened_by"] if kind in _REACHED else ()


def _gaps(objective: Table, kind: str, initiatives: Sequence[Table], kpis: Sequence[Table]) -> Iterator[_Gap]:
    """Yield what is missing, in the order in which the clause asks."""
    if not initiatives and not _ways(objective, kind):
        yield _Gap("what", "no_initiative", ("initiatives[]",))
        yield _Gap("means", "no_means", ("initiatives[]",))
    yield from _missing(initiatives, "means", "initiatives", "resources")
    if not _responsible(objective, kind, kpis):
        yield _Gap("who", "no_owner", (f"{kind}s[].owner_role",))
    if not any(one["end"] for one in initiatives) and not any(one["target_date"] for one in kpis):
        yield _Gap("when", "no_date", ("initiatives[]", "kpis[]"))
    else:
        yield from _missing(initiatives, "when", "initiatives", "end")
        yield from _missing(kpis, "when", "kpis", "target_date")
    if not kpis:
        yield _Gap("evaluated", "no_kpi", ("kpis[]",))
    for field in ("formula", "target", "frequency"):
        yield from _missing(kpis, "evaluated", "kpis", field)


def _missing(parts: Sequence[Table], asked: Asked, kind: str, field: str) -> Iterator[_Gap]:
    for part in parts:
        if part[field] is None:
            fields = (f"{kind}[].{field}",)
            yield _Gap(asked, f"no_{field}", fields, part["label"], part["owner_role"], part["id"])


def _who_decides(context: Table) -> str:
    """Return whom to ask where nobody owns anything yet: whoever decides, else the team."""
    deciders = (one["role"] or one["name"] for one in context["participants"] if one["part"] == "decider")
    return next((one for one in deciders if one), say("iso.team", context["language"]))


def _verdict(planned: Sequence[Table], language: str) -> str:
    """Return in a sentence how many gaps there are."""
    if not planned:
        return say("iso.verdict.nothing", language)
    gaps = {name: sum(len(one[name]) for one in planned) for name in _STATES}
    told = []
    if gaps["open"]:
        lacking = sum(bool(one["open"]) for one in planned)
        there = say("iso.gaps", language, n=gaps["open"])
        told.append(say("iso.verdict.gaps", language, gaps=there, lacking=lacking, all=len(planned)))
    elif not any(gaps.values()):
        return say("iso.verdict.whole", language)
    else:
        told.append(say("iso.verdict.asked", language))
    told += [say(f"iso.{name}", language, n=gaps[name]) for name in ("left", "later") if gaps[name]]
    return " ".join(told)
