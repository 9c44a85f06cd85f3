"""strategy.pptx: the strategy in slides, for whoever has to tell it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bsc_coach.documents.context.document_context import build_context
from bsc_coach.documents.context.tables import Table
from bsc_coach.documents.map.words import title_of
from bsc_coach.documents.office.deck import Deck, TableColumn
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
    _proposition(deck, context, words)
    _clusters(deck, context, words)
    _kpis(deck, context, words)
    _plan(deck, context, words)
    _review(deck, context, words)
    return deck.data()


def _cells(row: Table, names: Sequence[str]) -> list[str]:
    """Return the cells of a row: the named fields, several answers in one cell each after the other."""
    cells = (row[name] for name in names)
    return ["; ".join(cell) if isinstance(cell, tuple) else str(cell or "") for cell in cells]


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
    columns = (
        TableColumn(words["heading"]["internal"], 32), TableColumn(label["owner_role"], 20),
        TableColumn(label["horizon"], 13), TableColumn(label["leads_to"], 24),
        TableColumn(label["measured_by"], 26),
    )  # fmt: skip
    names = ("label", "owner_role", "horizon_text", "leads_to", "measured_by")
    parts = [(cluster["id_text"], cluster["objectives"], cluster) for cluster in context["clusters"]]
    if context["elsewhere"]:
        parts.append((words["heading"]["elsewhere"], context["elsewhere"], {}))
    for title, objectives, cluster in parts:
        if objectives:
            deck.table(title, columns, [_cells(one, names) for one in objectives])
        else:
            deck.text(title, [("", cluster["empty_text"] or words["nothing"]["cluster"])])


def _kpis(deck: Deck, context: Table, words: Table) -> None:
    label = words["label"]
    title = say("office.slide.kpis", context["language"])
    if not context["kpis"]:
        deck.text(title, [("", words["nothing"]["kpis"])])
        return
    columns = (
        TableColumn(label["kpi"], 36), TableColumn(label["baseline"], 15), TableColumn(label["target"], 22),
        TableColumn(label["red"], 17), TableColumn(label["frequency"], 15),
        TableColumn(label["owner_role"], 20),
    )  # fmt: skip
    names = ("label", "baseline_text", "target_text", "red_text", "frequency_text", "owner_role")
    deck.table(title, columns, [_cells(kpi, names) for kpi in context["kpis"]])


def _plan(deck: Deck, context: Table, words: Table) -> None:
    label = words["label"]
    if context["initiatives"]:
        columns = (
            TableColumn(label["initiative"], 34), TableColumn(label["supports"], 34),
            TableColumn(label["owner_role"], 18), TableColumn(label["period"], 20),
        )  # fmt: skip
        names = ("label", "objectives_text", "owner_role", "period_text")
        rows = [_cells(one, names) for one in context["initiatives"]]
        deck.table(words["heading"]["initiatives"], columns, rows)
    if context["assumptions"]:
        columns = (
            TableColumn(label["assumption"], 40), TableColumn(label["test"], 40),
            TableColumn(label["owner_role"], 18), TableColumn(label["due"], 16),
        )  # fmt: skip
        rows = [
            _cells(one, ("title", "test", "owner_role", "test_date_text")) for one in context["assumptions"]
        ]
        deck.table(words["heading"]["assumptions"], columns, rows)


def _review(deck: Deck, context: Table, words: Table) -> None:
    review, label = context["review"], words["label"]
    told = [
        (label[name.removesuffix("_text")], one_line(review[name]))
        for name in ("first_text", "rhythm_text", "who", "act", "steering", "long_term")
        if review[name]
    ]
    if told:
        deck.text(words["heading"]["review"], told)
