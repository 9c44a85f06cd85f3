"""What every slide is made with: the deck, the context of the strategy, its titles and words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bsc_coach.documents.context.sheets import label_of
from bsc_coach.documents.context.tables import Table
from bsc_coach.documents.office.deck import Deck
from bsc_coach.documents.office.slides.titles import Titles
from bsc_coach.words import say

_LABELS = {"test_date_text": "due", "owner_text": "owner_role"}
"""What a field is labelled with where that is neither its own name nor what a sheet calls it."""


@dataclass(frozen=True)
class Telling:
    """The deck that is made, and what is told in it."""

    deck: Deck
    context: Table
    titles: Titles

    def phrase(self, key: str, **values: object) -> str:
        """Return words of the slides."""
        return say(f"deck.{key}", self.context["language"], **values)

    def label(self, name: str) -> str:
        """Return the label of a field."""
        return str(self.context["words"]["label"][name])

    def heading(self, name: str) -> str:
        """Return the heading of a section of the documents."""
        return str(self.context["words"]["heading"][name])

    def fields(self, part: Table, *fields: str) -> str:
        """Return what is filled in of ``fields``, each with its label, as one line."""
        known = (
            f"{self.label(_LABELS.get(field, label_of(field)))}: {_text(part[field])}"
            for field in fields
            if part[field]
        )
        return "; ".join(known)

    def point(self, one: Table, *fields: str) -> str:
        """Return a point of the map: its label, these fields, and all that its sheet tells."""
        told = [f"{row['label']}: {row['text']}" for row in one["sheet"] if row["field"] not in fields]
        parts = (self.fields(one, *fields), *told)
        return marked(f"{one['label']}. {'; '.join(part for part in parts if part)}", one)

    def sheets(self, rows: Iterable[Table]) -> Iterator[str]:
        """Yield a line for each row: its label, its description, and all that is told of it."""
        for row in rows:
            told = "; ".join(f"{one['label']}: {one['text']}" for one in row["sheet"])
            yield ". ".join(one for one in (row["label"], row.get("description"), told) if one)


def marked(text: str, row: Table) -> str:
    """Return a text of a row, with the mark of where it comes from, if it has one."""
    return f"{text} ({row['origin_text']})" if row.get("origin_text") else text


def _text(value: object) -> str:
    return "; ".join(value) if isinstance(value, tuple) else str(value)
