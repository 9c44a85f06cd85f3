"""What strategy.docx says, block by block: the sections of strategy.md, in the same order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bsc_coach.documents.context.tables import Table
from bsc_coach.text import one_line

_KPI_PARTS = (
    "measures_text", "process_text", "owner_role", "formula", "unit", "direction_text", "baseline_text",
    "target_text", "red_text", "benchmark_text", "frequency_text", "source", "lead_lag_text", "kind_text",
    "guard", "gaming", "decision",
)  # fmt: skip
_OBJECTIVE_PARTS = (
    "subprocess_text", "horizon_text", "owner_role", "scores_text", "evidence", "reason", "serves_text",
    "leads_to", "effects_text", "aspect_text", "innovation_type_text", "bottleneck", "protected",
    "measured_by", "initiatives",
)  # fmt: skip


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 stands in the contents."""

    text: str
    level: int


@dataclass(frozen=True)
class TextBlock:
    """A paragraph, or a point of a list, with what it is about in bold in front."""

    text: str
    label: str = ""
    look: str = "plain"
    """plain, quote, or point."""


@dataclass(frozen=True)
class TableBlock:
    """A table with headings."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    is_sheet: bool = False
    """Its rows belong together: each names a part and tells it."""


Block = Heading | TextBlock | TableBlock


def outline(context: Table) -> Iterator[Block]:
    """Yield the blocks of the document behind its title and summary."""
    words = context["words"]
    yield from _direction(context, words)
    yield from _customers(context, words)
    yield Heading(words["heading"]["outcomes"], 1)
    yield from _grid(
        context["outcomes"], words, "outcomes",
        id="id", outcome="title", lever="lever_text", horizon="horizon_text",
        strengthened_by="strengthened_by",
    )  # fmt: skip
    yield from _internal(context, words)
    yield Heading(words["heading"]["enablers"], 1)
    yield from _grid(
        context["enablers"], words, "enablers",
        id="id", enabler="title", capital="capital_text", horizon="horizon_text", owner_role="owner_role",
        leads_to="leads_to",
    )  # fmt: skip
    yield from _links(context, words)
    yield from _selection(context, words)
    yield from _kpis(context, words)
    yield from _plan(context, words)
    yield from _agreement(context, words)
    yield from _beside(context, words)
    yield from _points(context, words)


def _said(value: object) -> str:
    """Return a field as text: several answers one after the other, nothing for none."""
    if isinstance(value, tuple):
        return "; ".join(str(one) for one in value)
    return "" if value is None else str(value)


def _grid(rows: Iterable[Table], words: Table, nothing: str, /, **fields: str) -> Iterator[Block]:
    """Yield a table with one row for each of ``rows``, or what is said when there is none.

    ``fields`` are the field of each column by its label; a column that nobody filled in is left out.
    """
    table = [tuple(_said(row[field]) for field in fields.values()) for row in rows]
    if not table:
        if nothing:
            yield TextBlock(words["nothing"][nothing])
        return
    filled = [at for at in range(len(fields)) if at < 2 or any(row[at] for row in table)]
    heads = [words["label"][label] for label in fields]
    yield TableBlock(
        tuple(heads[at] for at in filled), tuple(tuple(row[at] for at in filled) for row in table)
    )


def _labelled(row: Table, names: Sequence[str], words: Table, look: str = "plain") -> Iterator[Block]:
    """Yield each of the named fields that is filled in, behind its label."""
    for name in names:
        if row[name]:
            yield TextBlock(_said(row[name]), words["label"][name.removesuffix("_text")], look)


def _direction(context: Table, words: Table) -> Iterator[Block]:
    organisation = context["organisation"]
    yield Heading(words["heading"]["ambition"], 1)
    for mission in context["missions"]:
        if mission["title"]:
            yield TextBlock(mission["title"], look="quote")
    if organisation["ambition"]:
        yield TextBlock(organisation["ambition"], look="quote")
    yield from _labelled(organisation, ("values",), words)
    if not (context["missions"] or organisation["ambition"] or organisation["values"]):
        yield TextBlock(words["nothing"]["ambition"])


def _customers(context: Table, words: Table) -> Iterator[Block]:
    heading, label, note = words["heading"], words["label"], context["organisation"]["customer_value_note"]
    yield Heading(heading["served"], 1)
    if not context["served"]:
        yield TextBlock(words["nothing"]["served"])
    yield from _segments(context["served"], words)
    if note:
        yield TextBlock(note, label["customer_value"])
    for name in ("not_served", "undecided_segments"):
        if context[name]:
            yield Heading(heading[name], 2)
            yield from _segments(context[name], words)
    proposition = context["proposition"]
    yield Heading(heading["proposition"], 1)
    if proposition["type"]:
        yield TextBlock("", proposition["type_text"])
    if proposition["why"]:
        yield TextBlock(proposition["why"])
    if proposition["statement"]:
        yield TextBlock(proposition["statement"], look="quote")
    marks = (
        *proposition["differentiators"], *proposition["thresholds"], *proposition["undecided_attributes"],
    )  # fmt: skip
    yield from _grid(marks, words, "", attribute="id_text", role="role_text", good_enough="good_enough")
    yield from _labelled(proposition, ("not_best",), words)
    if not any(proposition[name] for name in ("type", "why", "statement", "attributes", "not_best")):
        yield TextBlock(words["nothing"]["proposition"])
    yield Heading(heading["promises"], 1)
    yield from _grid(
        context["promises"], words, "promises",
        id="id", promise="title", attribute="attribute_text", horizon="horizon_text",
        strengthened_by="strengthened_by",
    )  # fmt: skip


def _segments(segments: Iterable[Table], words: Table) -> Iterator[Block]:
    """Yield each group as a heading with its traits: a table would be too wide for all of them."""
    for segment in segments:
        name = one_line(segment["name"] or segment["id"])
        yield Heading(f"{name} ({segment['choice_text']})" if segment["choice"] == "primary" else name, 3)
        yield from _labelled(
            segment, ("income", "age", "lifestyle", "price", "adopter_text", "reason"), words, "point"
        )


def _internal(context: Table, words: Table) -> Iterator[Block]:
    heading, organisation = words["heading"], context["organisation"]
    if context["processes"]:
        yield Heading(heading["processes"], 1)
        yield from _labelled(organisation, ("process_vision",), words)
        yield from _grid(
            context["processes"], words, "",
            id="id", step="name", value_type="value_type_text", primary="primary_text",
            bottleneck="bottleneck",
        )  # fmt: skip
    yield Heading(heading["internal"], 1)
    if not context["processes"]:
        yield from _labelled(organisation, ("process_vision",), words)
    for cluster in context["clusters"]:
        yield Heading(cluster["id_text"], 2)
        yield from _objectives(cluster["objectives"], words)
        if not cluster["objectives"]:
            yield TextBlock(cluster["empty_text"] or words["nothing"]["cluster"])
    if context["elsewhere"]:
        yield Heading(heading["elsewhere"], 2)
        yield from _objectives(context["elsewhere"], words)


def _objectives(objectives: Iterable[Table], words: Table) -> Iterator[Block]:
    for objective in objectives:
        yield Heading(objective["label"], 3)
        if objective["description"]:
            yield TextBlock(objective["description"])
        yield from _labelled(objective, _OBJECTIVE_PARTS, words, "point")


def _links(context: Table, words: Table) -> Iterator[Block]:
    yield Heading(words["heading"]["links"], 1)
    if context["review"]["story"]:
        yield TextBlock(context["review"]["story"], look="quote")
    told = [link["sentence"] for link in context["links"] if link["sentence"]]
    yield from (TextBlock(sentence, look="point") for sentence in told)
    if not told:
        yield TextBlock(words["nothing"]["links"])


def _selection(context: Table, words: Table) -> Iterator[Block]:
    yield Heading(words["heading"]["selection"], 1)
    for name in ("vital_few", "trivial_many"):
        yield Heading(words["heading"][name], 2)
        yield from _grid(
            context[name], words, name,
            id="id", improvement="title", cluster="cluster_text", scores="scores_text", reason="reason",
        )  # fmt: skip


def _kpis(context: Table, words: Table) -> Iterator[Block]:
    label = words["label"]
    yield Heading(words["heading"]["kpis"], 1)
    yield from _grid(
        context["kpis"], words, "kpis",
        id="id", kpi="name", baseline="baseline_text", target="target_text", owner_role="owner_role",
    )  # fmt: skip
    for kpi in context["kpis"]:
        yield Heading(kpi["label"], 2)
        rows = [(label[name.removesuffix("_text")], _said(kpi[name])) for name in _KPI_PARTS if kpi[name]]
        yield TableBlock((label["field"], label["definition"]), tuple(rows), is_sheet=True)


def _plan(context: Table, words: Table) -> Iterator[Block]:
    for at, initiative in enumerate(context["initiatives"]):
        if at == 0:
            yield Heading(words["heading"]["initiatives"], 1)
        yield Heading(initiative["label"], 3)
        if initiative["objectives_text"]:
            yield TextBlock(_said(initiative["objectives_text"]), words["label"]["supports"], "point")
        names = ("process_text", "removes", "owner_role", "period_text", "resources")
        yield from _labelled(initiative, names, words, "point")
    if context["assumptions"]:
        yield Heading(words["heading"]["assumptions"], 1)
        yield from _grid(
            context["assumptions"], words, "",
            id="id", assumption="title", test="test", owner_role="owner_role", due="test_date_text",
        )  # fmt: skip


def _agreement(context: Table, words: Table) -> Iterator[Block]:
    heading, review = words["heading"], context["review"]
    if context["decisions"]:
        yield Heading(heading["decisions"], 1)
    for decision in context["decisions"]:
        yield TextBlock("", decision["label"])
        yield from _labelled(decision, ("reason", "alternatives", "dissent"), words, "point")
    if context["participants"]:
        yield Heading(heading["consensus"], 1)
        if context["votes_text"]:
            yield TextBlock(context["votes_text"])
        people = [
            {**person, "name": person["name"] or ("" if person["role"] else person["id"])}
            for person in context["participants"]
        ]
        yield from _grid(
            people, words, "",
            name="name", role="role", part="part_text", vote="vote_text", concern="concern",
        )  # fmt: skip
    parts = (
        *_labelled(review, ("first_text", "rhythm_text", "who"), words, "point"),
        *_labelled(review, ("contribution", "steering", "long_term"), words),
    )
    if parts:
        yield Heading(heading["review"], 1)
        yield from parts


def _beside(context: Table, words: Table) -> Iterator[Block]:
    heading, nothing = words["heading"], words["nothing"]
    if context["parking"]:
        yield Heading(heading["parking"], 1)
        parked = [
            {
                **one,
                "owner": one["owner"] or nothing["owner"],
                "due_text": one["due_text"] or nothing["due"],
            }
            for one in context["parking"]
        ]
        yield from _grid(parked, words, "", id="id", point="title", owner_role="owner", due="due_text")
    for name, about in (("kept", "answer"), ("muted", "rule")):
        for at, one in enumerate(context[name]):
            if at == 0:
                yield Heading(heading[name], 1)
            yield TextBlock("", one[about])
            if name == "kept":
                yield from _labelled(one, ("remark",), words, "point")
            yield TextBlock(_said(one["by"]), words["label"]["kept_by"], "point")
            yield TextBlock(_said(one["reason"]), words["label"]["because"], "point")
    for at, told in enumerate(context["extra"]):
        if at == 0:
            yield Heading(heading["extra"], 1)
        about = f" ({told['about_text']})" if told["about_text"] else ""
        yield TextBlock("", f"{_said(told['question'])}{about}")
        yield TextBlock(_said(told["answer_text"]), look="point")


def _points(context: Table, words: Table) -> Iterator[Block]:
    label, nothing = words["label"], words["nothing"]
    for at, group in enumerate(context["points"]):
        if at == 0:
            yield Heading(words["heading"]["points"], 1)
        yield Heading(group["kind_text"], 2)
        for point in group["items"]:
            about = f"{point['section']}: {point['about']}" if point["about"] else point["section"]
            yield TextBlock("", f"{_said(point['question'])} ({about})")
            if point["answer"]:
                yield TextBlock(point["answer"], label["given_answer"], "point")
            if point["reason"]:
                yield TextBlock(point["reason"], label["reason"], "point")
            if point["by"] and point["on_text"]:
                yield TextBlock(f"{point['by']}, {point['on_text']}", label["said_by"], "point")
            if point["owner"] or point["due"] or group["kind"] != "declined":
                owner, due = point["owner"] or nothing["owner"], point["due_text"] or nothing["due"]
                yield TextBlock(f"{owner}; {label['due_small']}: {due}", label["owner_role"], "point")
