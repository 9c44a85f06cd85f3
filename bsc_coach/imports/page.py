"""The page that tells of an import: what came in, where it stands, what did not come in and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bsc_coach.documents.context.words import DocumentWords
from bsc_coach.documents.templating.markdown import tidy
from bsc_coach.documents.templating.render import render
from bsc_coach.imports.entries import ColumnTold, ListReading, Remark
from bsc_coach.imports.kpis_in import place_text
from bsc_coach.imports.making import Became, Made, RowTold
from bsc_coach.strategy.model import Strategy
from bsc_coach.strategy.renumbering import ids_in
from bsc_coach.words import say

TEMPLATE = "record/imported.md.j2"
_PLAIN_ENCODINGS = ("", "utf-8", "utf_8", "ascii")
_HEADINGS = (
    "columns",
    "column",
    "heading",
    "taken_for",
    "came",
    "out",
    "aside",
    "where",
    "said",
    "became",
    "because",
)


def without_place(made: Made, held: Strategy) -> Sequence[RowTold]:
    """Return the rows, told otherwise where the session does not hold what they became."""
    there = frozenset(ids_in(held))
    rows = []
    for row in made.rows:
        stays = tuple(one for one in row.became if one.id in there or _is_told(one, held))
        if stays == row.became:
            rows.append(row)
            continue
        remarks = (*row.remarks, Remark("not_asked"))
        rows.append(RowTold(row.place, row.said, "partly" if stays else "out", stays, remarks))
    return rows


def _is_told(became: Became, held: Strategy) -> bool:
    return not became.id and bool(getattr(held.organisation, became.kind, None))


def render_page(reading: ListReading, rows: Sequence[RowTold], source: str, language: str) -> str:
    """Return the page in Markdown."""
    words = _PageWords(language)
    encoding = reading.encoding if reading.encoding not in _PLAIN_ENCODINGS else ""
    context: Mapping[str, Any] = {
        "title": words.page("title", file=source),
        "counts": counts_text(rows, language),
        "encoding": words.page("encoding", encoding=encoding) if encoding else "",
        "unconfirmed": words.page("unconfirmed"),
        "remarks": [words.remark(remark) for remark in reading.remarks],
        "columns": [words.column(column) for column in reading.columns],
        "columns_more": words.page("columns_more", example=_example(reading.columns)),
        "came": [words.row(row) for row in rows if row.fate in ("in", "partly", "there")],
        "aside": [words.row(row) for row in rows if row.fate == "aside"],
        "out": [words.row(row) for row in rows if row.fate == "out"],
        "nothing_out": words.page("nothing_out"),
        "heading": {name: words.page(name) for name in _HEADINGS},
    }
    return tidy(render(TEMPLATE, context))


def counts_text(rows: Sequence[RowTold], language: str) -> str:
    """Return how many items came in, were there already, and did not come in; what is none is not told."""
    n = Counter(row.fate for row in rows)
    came, total = n["in"] + n["partly"], len(rows) - n["aside"]
    told = [say("imports.page.came_in", language, came=came, n=total)]
    for key, number in (("partly", n["partly"]), ("there", n["there"]), ("left", n["out"])):
        if number:
            told.append(say(f"imports.page.{key}", language, n=number))
    return " ".join(told)


def told_in_short(reading: ListReading, rows: Sequence[RowTold], language: str) -> Iterable[str]:
    """Yield what is said of an import before it is taken in: how much, by which columns, and what not."""
    words = _PageWords(language)
    yield counts_text(rows, language)
    for column in reading.columns:
        told = words.column(column)
        name = f"{told['name']} {told['heading']}".strip()
        yield say("imports.told.columns", language, column=name, meaning=told["meaning"])
    yield from (words.remark(remark) for remark in reading.remarks)
    for row in rows:
        if row.fate == "out":
            told = words.row(row)
            yield f"{told['where']}: {told['said']} – {told['because']}"


class _PageWords:
    """The words of an import in one language."""

    def __init__(self, language: str) -> None:
        self.language = language

    def page(self, key: str, **values: object) -> str:
        return say(f"imports.page.{key}", self.language, **values)

    def remark(self, remark: Remark) -> str:
        values = dict(remark.values)
        if "list" in values:
            values["list"] = say(f"imports.list.{values['list']}", self.language)
        if "meaning" in values:
            values["meaning"] = say(f"imports.meaning.{values['meaning']}", self.language)
        if "cluster" in values:
            values["cluster"] = DocumentWords(self.language).choice("cluster", values["cluster"])
        return say(f"imports.remark.{remark.key}", self.language, **values)

    def row(self, row: RowTold) -> Mapping[str, str]:
        return {
            "where": place_text(row.place, self.language),
            "said": row.said,
            "became": "; ".join(map(self._became, row.became)),
            "because": " ".join(map(self.remark, row.remarks)),
        }

    def _became(self, became: Became) -> str:
        return say(f"imports.became.{became.kind}", self.language, id=became.id)

    def column(self, column: ColumnTold) -> Mapping[str, str]:
        meaning = say(f"imports.meaning.{column.meaning or 'none'}", self.language)
        told = self.page("guessed", meaning=meaning) if column.guessed else meaning
        name = f"{column.sheet} {column.letter}".strip()
        return {"name": name, "heading": column.heading, "meaning": told}


def _example(columns: Sequence[ColumnTold]) -> str:
    """Return what to type to change a column: one that was guessed or left out, where there is one."""
    unsure = [column for column in columns if column.guessed or not column.meaning] or list(columns)
    return f"{unsure[0].letter}={unsure[0].meaning or 'target'}" if unsure else ""
