"""Content of strategy.docx as headings, paragraphs and tables: the sections behind its first part."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bsc_coach.documents.context.columns import Columns, filled
from bsc_coach.documents.context.tables import Table
from bsc_coach.text import one_line


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
    """plain, quote, or point; page ends the page instead."""


@dataclass(frozen=True)
class TableBlock:
    """A table with headings."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    is_sheet: bool = False
    """Its rows belong together: each names a part and tells it."""
    shares: tuple[float, ...] = ()
    """How the width is shared among the columns; by what stands in them where nothing is said."""
    to_write: bool = False
    """Its rows leave room to write by hand."""
    bands: tuple[int, ...] = ()
    """The rows that head those below them: their first cell goes across."""


Block = Heading | TextBlock | TableBlock


def outline(context: Table) -> Iterator[Block]:
    """Yield the blocks of the document behind its title and summary, section by section."""
    words = context["words"]
    for section in context["sections"]:
        yield Heading(section["heading"], 1)
        if section["lead"]:
            yield TextBlock(section["lead"])
        if section["name"] in _SECTION:
            yield from _SECTION[section["name"]](context, words)
        yield from _own(section["own"])


def _said(value: object) -> str:
    """Return a field as text: several answers one after the other, nothing for none."""
    if isinstance(value, tuple):
        return "; ".join(str(one) for one in value)
    return "" if value is None else str(value)


def grid(rows: Iterable[Table], columns: Columns, words: Table, nothing: str = "") -> Iterator[Block]:
    """Yield a table with one row for each of ``rows``, or what is said when there is none."""
    table = tuple(tuple(_said(row[field]) for field, _ in columns) for row in rows)
    if table:
        yield TableBlock(tuple(words["label"][label] for _, label in columns), table)
    elif nothing:
        yield TextBlock(words["nothing"][nothing])


def labelled(row: Table, names: Sequence[str], words: Table, look: str = "plain") -> Iterator[Block]:
    """Yield each of the named fields that is filled in, behind its label."""
    for name in names:
        if row[name]:
            yield TextBlock(_said(row[name]), words["label"][name.removesuffix("_text")], look)


def _sheet(part: Table) -> Iterator[Block]:
    """Yield each row of the sheet of a part as a point of a list, behind its label."""
    for row in part["sheet"]:
        yield TextBlock(row["text"], row["label"], "point")


def _ambition(context: Table, words: Table) -> Iterator[Block]:
    organisation = context["organisation"]
    for mission in context["missions"]:
        if mission["title"]:
            yield TextBlock(mission["title"], look="quote")
            yield from _sheet(mission)
    if organisation["ambition"]:
        yield TextBlock(organisation["ambition"], look="quote")
    yield from labelled(organisation, ("values",), words)
    if not (context["missions"] or organisation["ambition"] or organisation["values"]):
        yield TextBlock(words["nothing"]["ambition"])


def _served(context: Table, words: Table) -> Iterator[Block]:
    note = context["organisation"]["customer_value_note"]
    if not context["served"]:
        yield TextBlock(words["nothing"]["served"])
    yield from _segments(context["served"], words)
    if note:
        yield TextBlock(note, words["label"]["customer_value"])
    for name in ("not_served", "undecided_segments"):
        if context[name]:
            yield Heading(words["heading"][name], 2)
            yield from _segments(context[name], words)


def _segments(segments: Iterable[Table], words: Table) -> Iterator[Block]:
    """Yield each group as a heading with its traits: a table would be too wide for all of them."""
    for segment in segments:
        name = one_line(segment["name"] or segment["id"])
        yield Heading(f"{name} ({segment['choice_text']})" if segment["choice"] == "primary" else name, 3)
        yield from labelled(
            segment, ("income", "age", "lifestyle", "price", "adopter_text", "reason"), words, "point"
        )


def _proposition(context: Table, words: Table) -> Iterator[Block]:
    proposition = context["proposition"]
    if proposition["type"]:
        yield TextBlock("", proposition["type_text"])
    for name in ("points_text", "why"):
        if proposition[name]:
            yield TextBlock(proposition[name])
    if proposition["statement"]:
        yield TextBlock(proposition["statement"], look="quote")
    yield from grid(proposition["told"], context["columns"]["attributes"], words)
    yield from labelled(proposition, ("not_best",), words)
    if not any(proposition[name] for name in ("type", "why", "statement", "attributes", "not_best")):
        yield TextBlock(words["nothing"]["proposition"])


def _promises(context: Table, words: Table) -> Iterator[Block]:
    yield from grid(context["promises"], context["columns"]["promises"], words, "promises")
    yield from _told(context["described"]["promises"])


def _outcomes(context: Table, words: Table) -> Iterator[Block]:
    yield from grid(context["outcomes"], context["columns"]["outcomes"], words, "outcomes")
    yield from _told(context["described"]["outcomes"])


def _processes(context: Table, words: Table) -> Iterator[Block]:
    yield from labelled(context["organisation"], ("process_vision",), words)
    if context["processes_text"]:
        yield TextBlock(context["processes_text"])
    else:
        yield from grid(context["processes"], context["columns"]["processes"], words)


def _internal(context: Table, words: Table) -> Iterator[Block]:
    if not context["processes"]:
        yield from labelled(context["organisation"], ("process_vision",), words)
    for cluster in context["clusters"]:
        yield Heading(cluster["id_text"], 2)
        yield from _sheet(cluster)
        yield from _objectives(cluster["objectives"])
        if not cluster["objectives"]:
            yield TextBlock(cluster["empty_text"] or words["nothing"]["cluster"])
    if context["elsewhere"]:
        yield Heading(words["heading"]["elsewhere"], 2)
        yield from _objectives(context["elsewhere"])


def _objectives(objectives: Iterable[Table]) -> Iterator[Block]:
    for objective in objectives:
        yield Heading(objective["label"], 3)
        if objective["description"]:
            yield TextBlock(objective["description"])
        yield from _sheet(objective)


def _enablers(context: Table, words: Table) -> Iterator[Block]:
    yield from grid(context["enablers"], context["columns"]["enablers"], words, "enablers")
    yield from _told(context["described"]["enablers"])


def _links(context: Table, words: Table) -> Iterator[Block]:
    if context["review"]["story"]:
        yield TextBlock(context["review"]["story"], look="quote")
    told = [link["sentence"] for link in context["links"] if link["sentence"]]
    yield from (TextBlock(sentence, look="point") for sentence in told)
    if not told:
        yield TextBlock(words["nothing"]["links"])


_CANDIDATES: Columns = (
    ("id", "id"), ("title", "improvement"), ("cluster_text", "cluster"), ("scores_text", "scores"),
    ("from_ballots_text", "from_ballots"), ("reason", "reason"),
)  # fmt: skip
"""A page of Word is too narrow for a column of each score."""
_EVIDENCE = ("evidence", "evidence")
"""What was seen of an improvement that was not chosen; an objective tells it where it is described."""


def _selection(context: Table, words: Table) -> Iterator[Block]:
    for name, columns in (("vital_few", _CANDIDATES), ("trivial_many", (*_CANDIDATES, _EVIDENCE))):
        yield Heading(words["heading"][name], 2)
        yield from grid(context[name], filled(columns, context[name]), words, name)


def _kpis(context: Table, words: Table) -> Iterator[Block]:
    label = words["label"]
    yield from grid(context["kpis"], context["columns"]["kpis"], words, "kpis")
    for kpi in context["kpis"]:
        if not kpi["has_sheet"]:
            continue
        yield Heading(kpi["label"], 2)
        rows = tuple((row["label"], row["text"]) for row in kpi["sheet"])
        yield TableBlock((label["field"], label["definition"]), rows, is_sheet=True)


def _sorting(context: Table, words: Table) -> Iterator[Block]:
    yield from (TextBlock(sentence) for sentence in context["sorting"])
    yield from grid(context["old_kpis"], context["columns"]["old_kpis"], words)


def _initiatives(context: Table, words: Table) -> Iterator[Block]:
    for initiative in context["initiatives"]:
        yield Heading(initiative["label"], 3)
        yield from _sheet(initiative)
    if context["amounts_text"]:
        yield TextBlock(context["amounts_text"])


def _themes(context: Table, words: Table) -> Iterator[Block]:
    yield from grid(context["themes"], context["columns"]["themes"], words)


def _risks(context: Table, words: Table) -> Iterator[Block]:
    yield from grid(context["risks"], context["columns"]["risks"], words)


def _assumptions(context: Table, words: Table) -> Iterator[Block]:
    yield from grid(context["assumptions"], context["columns"]["assumptions"], words)


def _decisions(context: Table, words: Table) -> Iterator[Block]:
    for decision in context["decisions"]:
        yield TextBlock("", decision["label"])
        yield from _sheet(decision)


def _consensus(context: Table, words: Table) -> Iterator[Block]:
    for name in ("votes_text", "agreement_text"):
        if context[name]:
            yield TextBlock(context[name])
    people = [
        {**person, "name": person["name"] or ("" if person["role"] else person["id"])}
        for person in context["participants"]
    ]
    yield from grid(people, filled(context["columns"]["participants"], people), words)


def _review(context: Table, words: Table) -> Iterator[Block]:
    if cycle := context["review"]["cycle"]:
        yield from _sheet({"sheet": cycle})
    else:
        yield from labelled(context["review"], ("first_text", "rhythm_text", "who"), words, "point")
    yield from labelled(context["review"], ("contribution", "steering", "long_term"), words)


def _actions(context: Table, words: Table) -> Iterator[Block]:
    yield from grid(context["actions"], context["columns"]["actions"], words)


def _parking(context: Table, words: Table) -> Iterator[Block]:
    yield from grid(context["parked"], context["columns"]["parked"], words)


def _kept(context: Table, words: Table) -> Iterator[Block]:
    for one in context["kept"]:
        yield TextBlock("", one["answer"])
        yield from labelled(one, ("remark",), words, "point")
        yield from _reason_of(one, words)


def _muted(context: Table, words: Table) -> Iterator[Block]:
    for one in context["muted"]:
        yield TextBlock("", one["rule"])
        yield from _reason_of(one, words)


def _reason_of(one: Table, words: Table) -> Iterator[Block]:
    """Yield who kept an answer, or muted a rule, and why."""
    if one["by"]:
        yield TextBlock(_said(one["by"]), words["label"]["kept_by"], "point")
    yield TextBlock(_said(one["reason"]), words["label"]["because"], "point")


def _own(groups: Iterable[Table]) -> Iterator[Block]:
    """Yield the answers to questions of one's own that stand below a section."""
    for group in groups:
        if group["title"]:
            yield Heading(group["title"], 2)
        for one in group["answers"]:
            yield TextBlock(
                "", f"{one['question']} ({one['about_text']})" if one["about_text"] else one["question"]
            )
            yield TextBlock(one["text"], look="point")
        for point in group["points"]:
            yield TextBlock(point, look="point")
        if group["rows"]:
            yield TableBlock(group["columns"], group["rows"])


def _homework(context: Table, words: Table) -> Iterator[Block]:
    for group in context["homework"]:
        yield Heading(f"{group['owner_text']}: {group['count_text']}", 2)
        yield from grid(group["rows"], group["columns"], words)


def _points(context: Table, words: Table) -> Iterator[Block]:
    for group in context["open_points"]:
        yield Heading(group["kind_text"], 2)
        yield from _told(group["items"])


def _declined(context: Table, words: Table) -> Iterator[Block]:
    yield from _told(context["declined"])


def _not_discussed(context: Table, words: Table) -> Iterator[Block]:
    yield from _sheet({"sheet": context["not_discussed"]})


def _unconfirmed(context: Table, words: Table) -> Iterator[Block]:
    yield from _sheet({"sheet": context["unconfirmed"]})


def _dissent(context: Table, words: Table) -> Iterator[Block]:
    told, heading = context["dissent"], words["heading"]
    if told["first"]:
        yield Heading(heading["dissent_first"], 2)
        yield from _told(told["first"])
    if told["others"]:
        yield Heading(heading["dissent_others"], 2)
        yield from grid(told["others"], told["columns"], words)
    if told["said"]:
        yield Heading(heading["dissent_said"], 2)
        yield from (TextBlock(f"{one['text']} ({one['about_text']})", look="point") for one in told["said"])


def _written(context: Table, words: Table) -> Iterator[Block]:
    for group in context["written"]:
        yield Heading(group["title"], 2)
        yield from grid(group["rows"], group["columns"], words)


def _told(points: Iterable[Table]) -> Iterator[Block]:
    """Yield points, each with what is known of it."""
    for point in points:
        yield TextBlock("", f"{point['title']} ({point['place']})" if point["place"] else point["title"])
        yield from _sheet(point)


_SECTION: Mapping[str, Callable[[Table, Table], Iterator[Block]]] = {
    "ambition": _ambition,
    "served": _served,
    "proposition": _proposition,
    "promises": _promises,
    "outcomes": _outcomes,
    "processes": _processes,
    "internal": _internal,
    "enablers": _enablers,
    "themes": _themes,
    "links": _links,
    "selection": _selection,
    "kpis": _kpis,
    "sorting": _sorting,
    "initiatives": _initiatives,
    "risks": _risks,
    "assumptions": _assumptions,
    "decisions": _decisions,
    "consensus": _consensus,
    "dissent": _dissent,
    "review": _review,
    "actions": _actions,
    "parking": _parking,
    "kept": _kept,
    "muted": _muted,
    "declined": _declined,
    "homework": _homework,
    "points": _points,
    "not_discussed": _not_discussed,
    "unconfirmed": _unconfirmed,
    "written": _written,
}
"""What makes the blocks of each section below its heading, by its name; takes the context and its words."""
