"""strategy.pptx: the strategy in slides, for whoever has to tell it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bsc_coach.documents.context.columns import filled
from bsc_coach.documents.context.document_context import build_context, objectives_in
from bsc_coach.documents.context.tables import Table
from bsc_coach.documents.map.words import title_of
from bsc_coach.documents.office.deck import Deck, TableColumn
from bsc_coach.documents.office.own_slides import OwnSlides
from bsc_coach.documents.office.sanitise import date_of, xml_safe
from bsc_coach.documents.office.slide_map import put_map
from bsc_coach.strategy.model import Strategy
from bsc_coach.strategy.notes import Notes
from bsc_coach.text import one_line
from bsc_coach.words import say


def render_pptx(strategy: Strategy, notes: Notes) -> bytes:
    """Return the presentation of ``strategy``; the same bytes for the same answers."""
    strategy, notes = xml_safe(strategy), xml_safe(notes)
    context = build_context(strategy, notes)
    deck = Deck(
        strategy.language, context["title"], one_line(strategy.organisation.name or ""), date_of(notes)
    )
    aims = [mission["title"] for mission in context["missions"] if mission["title"]]
    ambition = context["decided"]["ambition"]
    deck.cover(context["title"], [*aims, *([ambition] if ambition else []), context["status"]])
    words = context["words"]
    if context["opening"]:
        deck.text(words["heading"]["opening"], [(row["label"], row["text"]) for row in context["opening"]])
    _decided(deck, context, words)
    put_map(deck, title_of(strategy), strategy)
    own = OwnSlides(deck, context)
    for parts, put in _PARTS:
        put(deck, context, words)
        own.put(parts)
    return deck.data()


def _table(deck: Deck, title: str, rows: Sequence[Table], columns: Mapping[str, TableColumn]) -> None:
    """Add a table; several answers stand in one cell, each after the other."""
    deck.table(title, tuple(columns.values()), [[_cell(row[field]) for field in columns] for row in rows])


def _filled(columns: Mapping[str, TableColumn], rows: Sequence[Table]) -> dict[str, TableColumn]:
    """Return columns, by their fields, without those that nobody filled in."""
    return {field: columns[field] for field, _ in filled(tuple((one, "") for one in columns), rows)}


def _cell(value: object) -> str:
    return "; ".join(value) if isinstance(value, tuple) else str(value or "")


def _names(rows: Iterable[Table], name: str) -> str:
    return "; ".join(one_line(str(row[name])) for row in rows if row[name])


def _decided(deck: Deck, context: Table, words: Table) -> None:
    """Add what a board repeats: for whom and with which choice, the vital few, the decisions, the alarms."""
    decided, heading = context["decided"], words["heading"]
    told = [
        ("", decided["choice"] or ""),
        *((one["cluster_text"], "; ".join(one["objectives"])) for one in decided["clusters"]),
        (heading["decisions"], "; ".join(decided["decisions"])),
    ]
    if known := [row for row in told if row[1]]:
        deck.text(heading["decided"], known)
    if context["alarms"]:
        deck.text(heading["alarms"], [(one["about_text"] or "", one["say"]) for one in context["alarms"]])


def _proposition(deck: Deck, context: Table, words: Table) -> None:
    proposition, heading = context["proposition"], words["heading"]
    divided = (proposition["points_text"] or "").rstrip(".")
    parts = (proposition["type_text"], divided, proposition["statement"])
    choice = ". ".join(str(one) for one in parts if one)
    rows = [
        (heading["served"], _names(context["served"], "name")),
        (heading["not_served"], _names(context["not_served"], "name")),
        (heading["proposition"], choice),
        (heading["differentiators"], _names(proposition["differentiators"], "id_text")),
        (heading["thresholds"], _names(proposition["thresholds"], "id_text")),
        (words["label"]["not_best"], proposition["not_best"] or ""),
        (heading["promises"], _names(context["promises"], "title")),
    ]
    known = [row for row in rows if row[1]]
    if known:
        deck.table(heading["proposition"], (TableColumn("", 26), TableColumn("", 74)), known)
    else:
        deck.text(heading["proposition"], [("", words["nothing"]["proposition"])])


def _clusters(deck: Deck, context: Table, words: Table) -> None:
    label = words["label"]
    columns = {
        "label": TableColumn(words["heading"]["internal"], 32),
        "owner_role": TableColumn(label["owner_role"], 20),
        "horizon_text": TableColumn(label["horizon"], 13), "leads_to": TableColumn(label["leads_to"], 24),
        "measured_by": TableColumn(label["measured_by"], 26),
        "origin_text": TableColumn(label["origin"], 16),
    }  # fmt: skip
    known = _filled(columns, objectives_in(context))
    parts = [(cluster["id_text"], cluster["objectives"], cluster) for cluster in context["clusters"]]
    if context["elsewhere"]:
        parts.append((words["heading"]["elsewhere"], context["elsewhere"], {}))
    for title, objectives, cluster in parts:
        if objectives:
            _table(deck, title, objectives, known)
        else:
            deck.text(title, [("", cluster["empty_text"] or words["nothing"]["cluster"])])


def _kpis(deck: Deck, context: Table, words: Table) -> None:
    label = words["label"]
    title = say("office.slide.kpis", context["language"])
    if not context["kpis"]:
        deck.text(title, [("", words["nothing"]["kpis"])])
        return
    columns = {
        "label": TableColumn(label["kpi"], 36), "baseline_text": TableColumn(label["baseline"], 15),
        "target_text": TableColumn(label["target"], 22), "red_text": TableColumn(label["red"], 17),
        "frequency_text": TableColumn(label["frequency"], 15),
        "owner_role": TableColumn(label["owner_role"], 20),
        "origin_text": TableColumn(label["origin"], 16),
    }  # fmt: skip
    _table(deck, title, context["kpis"], _filled(columns, context["kpis"]))


def _plan(deck: Deck, context: Table, words: Table) -> None:
    label = words["label"]
    if context["initiatives"]:
        columns = {
            "label": TableColumn(label["initiative"], 34),
            "objectives_text": TableColumn(label["supports"], 34),
            "owner_role": TableColumn(label["owner_role"], 18),
            "period_text": TableColumn(label["period"], 20),
            "origin_text": TableColumn(label["origin"], 16),
        }
        known = _filled(columns, context["initiatives"])
        _table(deck, words["heading"]["initiatives"], context["initiatives"], known)
    if context["assumptions"]:
        columns = {
            "title": TableColumn(label["assumption"], 40), "test": TableColumn(label["test"], 40),
            "owner_role": TableColumn(label["owner_role"], 18),
            "test_date_text": TableColumn(label["due"], 16),
            "origin_text": TableColumn(label["origin"], 16),
        }  # fmt: skip
        known = _filled(columns, context["assumptions"])
        _table(deck, words["heading"]["assumptions"], context["assumptions"], known)


def _dissent(deck: Deck, context: Table, words: Table) -> None:
    """Add what the team does not agree on yet: the most dissent first, and what somebody wanted said."""
    told, heading = context["dissent"], words["heading"]
    points = [
        (": ".join(part for part in (one["title"], one["place"]) if part), _sheet_line(one))
        for one in (*told["first"], *told["others"])
    ]
    if said := [*points, *((one["about_text"], one["text"]) for one in told["said"])]:
        deck.text(heading["dissent"], said)


def _sheet_line(row: Table) -> str:
    return "; ".join(one["text"] for one in row["sheet"])


def _review(deck: Deck, context: Table, words: Table) -> None:
    review, label = context["review"], words["label"]
    told = [
        (label[name.removesuffix("_text")], one_line(review[name]))
        for name in ("first_text", "rhythm_text", "who", "act", "steering", "long_term")
        if review[name]
    ]
    if told:
        deck.text(words["heading"]["review"], told)


_PARTS = (
    ("processes", _proposition),
    ("selection", _clusters),
    ("kpis", _kpis),
    ("assumptions", _plan),
    ("dissent", _dissent),
    ("", _review),
)
"""What makes the slides of the strategy, each with the last section of the document that it tells of."""
