"""Slides of the answers to questions of a script of one's own, each behind those of its section."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bsc_coach.documents.context.document_context import objectives_in
from bsc_coach.documents.context.sheets import SECTIONS
from bsc_coach.documents.context.tables import Table
from bsc_coach.documents.office.deck import Deck, TableColumn

_MOST_COLUMNS = 5
"""On one slide, with the column of what the row is about."""


class OwnSlides:
    """The slides that are still to be put in a deck, in the order of the document."""

    def __init__(self, deck: Deck, context: Table) -> None:
        self._deck = deck
        self._context = context
        self._sections = list(context["sections"])

    def put(self, last: str) -> None:
        """Add the slides of all sections up to the one called ``last``; "" stands for the end."""
        until = SECTIONS.index(last) if last else len(SECTIONS)
        while self._sections:
            section = self._sections[0]
            if section["name"] != "own" and SECTIONS.index(section["name"]) > until:
                return
            self._section(self._sections.pop(0))

    def _section(self, section: Table) -> None:
        heading = section["heading"]
        for title, items in self._with_sheet(section["name"]):
            self._items(title, items)
        for group in section["own"]:
            title = group["title"] or heading
            told = [(one["label"], one["text"]) for one in group["answers"]]
            if told := [*told, *(("", point) for point in group["points"])]:
                self._deck.text(title, told)
            if group["rows"]:
                self._table(title, group["columns"], group["rows"])

    def _with_sheet(self, section: str) -> Iterator[tuple[str, Sequence[Table]]]:
        """Yield the items whose sheets hold own answers, where their section is told."""
        context, heading = self._context, self._context["words"]["heading"]
        if section == "internal":
            clusters = [{**one, "label": one["id_text"]} for one in context["clusters"]]
            yield heading["internal"], clusters
            yield heading["internal"], objectives_in(context)
        elif section in ("kpis", "initiatives"):
            yield heading[section], context[section]

    def _items(self, title: str, items: Sequence[Table]) -> None:
        """Add a table with a row for each item that was asked about, and a column for each question."""
        told = [one for one in items if one["own"]]
        heads = {row["step"]: row["label"] for one in told for row in one["own"]}
        rows = []
        for one in told:
            answers = {row["step"]: row["text"] for row in one["own"]}
            rows.append((one["label"], *(answers.get(step, "") for step in heads)))
        if rows:
            self._table(title, (self._context["words"]["label"]["about"], *heads.values()), rows)

    def _table(self, title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Add a table; where it has too many columns for a slide, in parts that each begin with the first."""
        step = _MOST_COLUMNS - 1
        for at in range(1, len(columns), step):
            shown = (0, *range(at, min(at + step, len(columns))))
            heads = tuple(TableColumn(columns[column], 30 if column else 34) for column in shown)
            self._deck.table(title, heads, [[row[column] for column in shown] for row in rows])
