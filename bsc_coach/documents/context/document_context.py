"""Template context of all documents: a strategy and its notes as plain data (docs/templates.md).

Templates of people rely on it, so its names only grow within one ``CONTEXT_VERSION``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from bsc_coach.documents.context import dissent, opening, sentences
from bsc_coach.documents.context.anchors import add_anchors
from bsc_coach.documents.context.board import add_board
from bsc_coach.documents.context.columns import columns_of, in_one_line, worth_a_row
from bsc_coach.documents.context.cycle import cycle
from bsc_coach.documents.context.decisions import decisions
from bsc_coach.documents.context.now import now_of, readings_told
from bsc_coach.documents.context.open_points import (
    declined,
    homework,
    not_discussed,
    open_points,
    points_by_kind,
    who_said,
)
from bsc_coach.documents.context.origins import add_origins, unconfirmed
from bsc_coach.documents.context.own_answers import put_into_sheets, told_answers
from bsc_coach.documents.context.scores import by_priority, clusters, judged, objectives
from bsc_coach.documents.context.sheets import add_sheets, sections
from bsc_coach.documents.context.sorting import old_kpis, sorting
from bsc_coach.documents.context.tables import Table, label, plain, plain_all, text_or_none
from bsc_coach.documents.context.tied_to_points import tie_to_points
from bsc_coach.documents.context.words import DocumentWords
from bsc_coach.documents.map.mermaid import flowchart
from bsc_coach.strategy.model import Assumption, Parked, Process, Strategy
from bsc_coach.strategy.notes import Alarm, Notes
from bsc_coach.strategy.points import PERSPECTIVE_OF
from bsc_coach.strategy.voted import VotedPoint, voted_points
from bsc_coach.text import one_line

CONTEXT_VERSION = 1
"""Raised when a name of the context changes its meaning or goes."""


def build_context(strategy: Strategy, notes: Notes) -> Table:
    """Build the context that every template gets from ``strategy`` and ``notes``.

    Holds text, numbers, yes and no, None, tuples and tables only. Numbers and dates are as in strategy.toml,
    and beside them, in ``…_text``, as a reader of the strategy's language wants them. A document may add
    names of its own; what stands below them is shared by all that are made in one go, and not changed.
    """
    return dict(_shared_context(strategy, notes))


@lru_cache(maxsize=1)
def _shared_context(strategy: Strategy, notes: Notes) -> Table:
    """The context, built once for all documents of one go; benchmarks/text_formats.py asked for it."""
    # The parts of the strategy, each by its own name.
    speak = DocumentWords.of(strategy)
    organisation = _organisation(strategy, speak)
    participants = plain_all(strategy.participants, speak)
    votes = voted_points(strategy, notes.voted)
    # What was said, part by part.
    context: Table = {
        "context": CONTEXT_VERSION,
        "language": strategy.language,
        "words": _words(organisation, speak),
        "organisation": organisation,
        "participants": participants,
        **_customers(strategy, speak),
        "processes": _labelled(strategy.processes, "name", speak),
        **_map(strategy, speak, votes),
        "sorting": sorting(strategy, speak),
        "mermaid": flowchart(strategy),
        "assumptions": _labelled(strategy.assumptions, "title", speak),
        "decisions": decisions(strategy, speak),
        **_parking(strategy, speak),
        "agreement": (agreement := plain(strategy.agreement, speak)),
        "agreement_text": dissent.agreed(agreement, votes, speak),
        "meeting": dissent.meeting(strategy, votes, speak),
        "review": plain(strategy.review, speak),
        **_notes(notes, participants, speak),
    }
    # What is told from several parts together: sentences, sheets, which columns and sections there are.
    context["old_kpis"] = old_kpis(strategy, context["items"], speak)
    context["extra"] = told_answers(strategy, context["items"], speak)
    titles = dissent.titles_of(context)
    context["dissent"] = dissent.dissent(strategy, votes, titles, speak)
    context["written"] = dissent.written(strategy, titles, speak)
    context["title"] = opening.title(organisation, notes, speak)
    context["summary"] = opening.summary(context, speak)
    context["opening"] = opening.opening(context, speak)
    add_origins(context, notes, speak)
    context["decided"] = opening.decided(context, speak)
    context["review"]["cycle"] = cycle(context, speak)
    context["votes_text"] = _votes(participants, speak)
    add_sheets(context)
    put_into_sheets(context)
    context["columns"] = columns_of(context)
    _say_what_was_not_discussed(context)
    context["processes_text"] = in_one_line(
        context["processes"], context["columns"]["processes"], speak.say("sentence.arrow")
    )
    if context["kpis"] and not any(kpi["has_sheet"] for kpi in context["kpis"]):
        context["words"]["heading"]["kpis"] = context["words"]["heading"]["kpis_table"]
    add_anchors(context)
    add_board(context, speak)
    context["sections"] = sections(context)
    return context


def _say_what_was_not_discussed(context: Table) -> None:
    """Say of each part that has nothing, because the session did not come to it, that it has not."""
    nothing = context["words"]["nothing"]
    left = {(one["field"], one["item"]) for one in context["left_aside"] if not one["to_owner"]}
    asked_of = {
        "kpis": [one["id"] for one in (*context["outcomes"], *objectives_in(context))],
        "vital_few": [one["id"] for one in context["clusters"]],
    }
    for name, field in _MADE_BY.items():
        if all((field, item) in left for item in asked_of.get(name) or [None]):
            nothing[name] = nothing["not_discussed"]
    for cluster in context["clusters"]:
        if ("candidates[]", cluster["id"]) in left and not cluster["empty_text"]:
            cluster["empty_text"] = nothing["not_discussed"]


_MADE_BY = {
    "served": "segments[]",
    "proposition": "proposition.type",
    "promises": "promises[]",
    "outcomes": "outcomes[]",
    "enablers": "enablers[]",
    "links": "links[]",
    "kpis": "kpis[]",
    "vital_few": "candidates[].selected",
}
"""What fills a part of the document, by the name of the sentence that stands there while nothing does."""


def objectives_in(context: Table) -> tuple[Table, ...]:
    """Every objective of a context: cluster by cluster, and then those that no cluster can claim."""
    inside = (objective for cluster in context["clusters"] for objective in cluster["objectives"])
    return (*inside, *context["elsewhere"])


def _organisation(strategy: Strategy, speak: DocumentWords) -> Table:
    """Who makes the strategy; a public body puts no worth to itself on those whom it serves."""
    told = plain(strategy.organisation, speak)
    if told["kind"] == "public":
        told["customer_value_note"] = None
    return told


def _words(organisation: Table, speak: DocumentWords) -> Table:
    """The words that templates look up; the steps of a public body do not end in cash."""
    words = speak.for_templates(opening.customers_of(organisation, speak))
    if organisation["kind"] == "public":
        words["heading"]["processes"] = words["heading"]["processes_public"]
    return words


def _customers(strategy: Strategy, speak: DocumentWords) -> Table:
    """Segments by choice, and the proposition with its attributes by role."""
    segments = plain_all(strategy.segments, speak)
    proposition = plain(strategy.proposition, speak)
    by_role = {"differentiators": "differentiator", "thresholds": "threshold", "undecided_attributes": None}
    proposition["points_text"] = sentences.points_divided(proposition["points"], speak)
    for name, role in by_role.items():
        marks = tuple(mark for mark in proposition["attributes"] if mark["role"] == role)
        proposition[name] = marks
    by_rank = (mark for name in by_role for mark in proposition[name])
    proposition["told"] = worth_a_row(by_rank, "role", "good_enough")
    primary = [segment for segment in segments if segment["choice"] == "primary"]
    target = [segment for segment in segments if segment["choice"] == "target"]
    return {
        "segments": segments,
        "served": (*primary, *target),
        "not_served": tuple(segment for segment in segments if segment["choice"] == "not_served"),
        "undecided_segments": tuple(segment for segment in segments if segment["choice"] is None),
        "proposition": proposition,
    }


def _map(strategy: Strategy, speak: DocumentWords, votes: Sequence[VotedPoint] = ()) -> Table:
    """The perspectives of the map, and what ties them: links, KPIs, initiatives."""
    # What stands on the map, by kind; an index by id for links, KPIs and initiatives to refer to.
    candidates = judged(strategy, speak)
    for candidate in candidates:
        candidate.update(dissent.votes_of(votes, candidate["id"], speak))
    aims = objectives(strategy, candidates, speak)
    rows = {
        "mission": plain_all(strategy.missions, speak),
        "outcome": plain_all(strategy.outcomes, speak),
        "promise": plain_all(strategy.promises, speak),
        "objective": aims,
        "enabler": plain_all(strategy.enablers, speak),
    }
    items = _items(rows)
    items_of_others = {
        **{candidate["id"]: candidate["title"] for candidate in candidates},
        **{process.id: text_or_none(process.name) for process in strategy.processes},
        **{segment.id: text_or_none(segment.name) for segment in strategy.segments},
        **{item_id: item["title"] for item_id, item in items.items()},
    }
    # What refers to it, with the titles of what it refers to; then back again, to each row of the map.
    kpis = _kpis(strategy, items_of_others, speak)
    links = _links(strategy, items, items_of_others | {one["id"]: one["name"] for one in kpis}, speak)
    initiatives = _initiatives(strategy, items_of_others, speak)
    tied = tie_to_points(strategy, rows, links, kpis, initiatives, items_of_others, speak)
    processes = {process.id: plain(process, speak) for process in strategy.processes}
    for aim in aims:
        aim["process_text"] = _label(aim["process"], items_of_others)
        aim["segment_text"] = _label(aim["segment"], items_of_others)
        own = [kpi for kpi in kpis if kpi["measures"] == aim["id"]]
        aim["chain"] = sentences.chain(aim, own, processes, speak)
    return {
        **tied,
        "missions": rows["mission"],
        "outcomes": rows["outcome"],
        "promises": rows["promise"],
        "clusters": clusters(strategy, aims, speak),
        "elsewhere": tuple(aim for aim in aims if aim["cluster"] is None),
        "enablers": rows["enabler"],
        "items": items,
        "links": links,
        "vital_few": by_priority(candidate for candidate in candidates if candidate["selected"]),
        "trivial_many": by_priority(candidate for candidate in candidates if not candidate["selected"]),
        "kpis": kpis,
        "initiatives": initiatives,
    }


def _items(rows: dict[str, tuple[Table, ...]]) -> dict[str, Table]:
    """Index what stands on the map by id, and give every row its label."""
    items: dict[str, Table] = {}
    for kind, parts in rows.items():
        for row in parts:
            row["label"] = label(row["id"], row["title"])
            items[row["id"]] = {
                "id": row["id"],
                "kind": kind,
                "title": row["title"],
                "label": row["label"],
            }
    return items


def link_sentences(strategy: Strategy) -> dict[str, str]:
    """Return each link by its id as "If we …, then …, because …", but those that lack an end."""
    links = _map(strategy, DocumentWords.of(strategy))["links"]
    return {link["id"]: link["sentence"] for link in links if link["sentence"]}


def story_of(strategy: Strategy) -> str | None:
    """Return the map as one paragraph from people to result, or None while no link tells one."""
    speak = DocumentWords.of(strategy)
    told = _map(strategy, speak)
    return sentences.story(told["links"], told["items"], speak)


def _links(
    strategy: Strategy, items: dict[str, Table], titles: dict[str, str | None], speak: DocumentWords
) -> tuple[Table, ...]:
    links = plain_all(strategy.links, speak)
    for link in links:
        link["cause_text"] = _label(link["cause"], titles)
        link["effect_text"] = _label(link["effect"], titles)
        link["seen_in_kpi_text"] = _label(link["seen_in_kpi"], titles)
        link["sentence"] = sentences.link_sentence(link, items, speak)

    kinds = tuple(PERSPECTIVE_OF)

    def rank(link: Table) -> int:
        """From the bottom of the map to its top; what begins nowhere comes last."""
        return kinds.index(items[link["cause"]]["kind"]) if link["cause"] in items else len(kinds)

    return tuple(sorted(links, key=rank))


def _kpis(strategy: Strategy, titles: dict[str, str | None], speak: DocumentWords) -> tuple[Table, ...]:
    kpis = plain_all(strategy.kpis, speak)
    for kpi in kpis:
        kpi["label"] = label(kpi["id"], kpi["name"])
        kpi["measures_text"] = _label(kpi["measures"], titles)
        kpi["process_text"] = _label(kpi["process"], titles)
        kpi["baseline_text"] = sentences.baseline(kpi, speak)
        kpi["target_text"] = sentences.target(kpi, speak)
        kpi["red_text"] = sentences.line_at("red", kpi, speak)
        kpi["benchmark_text"] = sentences.benchmark(kpi, speak)
        kpi["gap_text"] = sentences.gap(kpi, speak)
    for one, kpi in zip(strategy.kpis, kpis, strict=True):
        kpi["now"] = now_of(one, kpi, speak)
        kpi["now_text"] = kpi["now"]["told"]
        kpi["readings_text"] = readings_told(one, speak) if len(one.readings) > 1 else ()
    return kpis


def _initiatives(
    strategy: Strategy, titles: dict[str, str | None], speak: DocumentWords
) -> tuple[Table, ...]:
    initiatives = plain_all(strategy.initiatives, speak)
    for initiative in initiatives:
        initiative["label"] = label(initiative["id"], initiative["title"])
        initiative["objectives_text"] = tuple(_label(one, titles) for one in initiative["objectives"])
        initiative["process_text"] = _label(initiative["process"], titles)
        initiative["period_text"] = sentences.period(initiative["start_text"], initiative["end_text"], speak)
    return initiatives


def _parking(strategy: Strategy, speak: DocumentWords) -> Table:
    """What was parked, with what became of it; what somebody takes up stands among the actions as well."""
    parking = _labelled(strategy.parking, "title", speak)
    for one in parking:
        told = {"outcome": one["outcome_text"], "answer": one["answer"]}
        one["became_text"] = speak.say("sentence.became", **told) if one["answer"] else one["outcome_text"]
        one["waits"] = one["outcome"] not in ("answered", "dropped")
        nobody = speak.say("nothing.owner") if one["waits"] else None
        one["owner_text"] = one["owner"] or nobody
    return {
        "parking": parking,
        "actions": tuple(one for one in parking if one["outcome"] == "action"),
        "parked": tuple(one for one in parking if one["outcome"] != "action"),
    }


def _labelled(
    parts: Iterable[Assumption | Parked | Process], called: str, speak: DocumentWords
) -> tuple[Table, ...]:
    told = plain_all(parts, speak)
    for one in told:
        one["label"] = label(one["id"], one[called])
    return told


def _label(item_id: str | None, titles: dict[str, str | None]) -> str | None:
    return None if item_id is None else label(item_id, titles.get(item_id))


def _notes(notes: Notes, participants: Sequence[Table], speak: DocumentWords) -> Table:
    """What the session adds to the strategy: date, confirmation, alarms, overruled remarks, open points."""
    date = notes.session_date
    date_text = None if date is None else speak.date(date)
    kept, muted = plain_all(notes.kept, speak), plain_all(notes.muted, speak)
    for one in (*kept, *muted):
        one["by"] = who_said(one["by"], participants)
    points = points_by_kind(notes.points, participants, speak)
    return {
        "session_date": date,
        "session_date_text": date_text,
        "confirmed": notes.confirmed is not None,
        "redacted": notes.redacted,
        "theme": notes.theme,
        "status": opening.status(notes, speak),
        "alarms": tuple(_alarm(one, speak) for one in notes.alarms),
        "kept": kept,
        "muted": muted,
        "points": points,
        "homework": homework(points, speak),
        "open_points": open_points(points, speak),
        "declined": declined(points, speak),
        "not_discussed": not_discussed(notes.not_discussed, speak),
        "unconfirmed": unconfirmed(notes, speak),
        "left_aside": tuple(
            {"field": one.field, "item": item, "to_owner": one.to_owner}
            for one in notes.left_aside
            for item in one.items or (None,)
        ),
    }


def _alarm(alarm: Alarm, speak: DocumentWords) -> Table:
    """An alarm with what it is about; by its id alone where the remark says its title itself."""
    told = plain(alarm, speak)
    short, _, title = one_line(alarm.about or "").partition(" ")
    told["about_text"] = short if title and title in alarm.say else told["about"]
    return told


def _votes(participants: Iterable[Table], speak: DocumentWords) -> str | None:
    votes = [str(person["vote"]) for person in participants if person["vote"] is not None]
    return speak.say("sentence.votes", votes=speak.say("format.comma").join(votes)) if votes else None
