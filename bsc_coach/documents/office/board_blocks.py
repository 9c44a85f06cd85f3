"""Content of the first part of strategy.docx, for the board: decisions, scorecard, what is asked and next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bsc_coach.documents.context.tables import Table
from bsc_coach.documents.office.blocks import Block, Heading, TableBlock, TextBlock

_SHARES = (0.22, 0.22, 0.18, 0.25, 0.13)
"""How the width of the scorecard is shared: point, KPI, way, initiatives, owner."""
_NEXT_SHARES = (0.18, 0.57, 0.25)
_SIGNING_SHARES = (0.22, 0.22, 0.18, 0.38)
_BLANK = 3
"""So many can sign where nobody was named."""


def decided(context: Table) -> Iterator[Block]:
    """Yield what the map is for and what was decided."""
    yield from (TextBlock(row["text"], row["label"]) for row in context["opening"])
    heading, told = context["words"]["heading"], context["decided"]
    parts = (
        ("vital_few", [(one["cluster_text"], "; ".join(one["objectives"])) for one in told["clusters"]]),
        ("decisions", [("", one) for one in told["decisions"]]),
    )
    if any(rows for _, rows in parts):
        yield Heading(heading["decided"], 1)
    for name, rows in parts:
        if rows:
            yield Heading(heading[name], 2)
            yield from (TextBlock(text, label, "point") for label, text in rows)


def scorecard(context: Table) -> Iterator[Block]:
    """Yield the one table: objective, KPI, now and target, initiative with means, owner."""
    board, rows, bands = context["board"], list[tuple[str, ...]](), list[int]()
    yield Heading(board["heading"]["scorecard"], 1)
    columns = context["scorecard_columns"]
    for group in context["scorecard"]:
        bands.append(len(rows))
        rows.append((group["heading"], *("" for _ in columns[1:])))
        rows += [tuple(_cell(row, field) for field, _ in columns) for row in group["rows"]]
    if rows:
        if context["scorecard_note"]:
            yield TextBlock(context["scorecard_note"])
        names = tuple(heading for _, heading in columns)
        yield TableBlock(names, tuple(rows), shares=_SHARES, bands=tuple(bands))
    else:
        yield TextBlock(board["nothing"]["scorecard"])


def _cell(row: Table, field: str) -> str:
    if field == "initiatives":
        return "\n".join(one["told"] for one in row["initiatives"])
    return "" if field == "point_text" and not row["first"] else row[field] or ""


def for_the_board(context: Table) -> Iterator[Block]:
    """Yield what the board is asked, what the coach warns of, who sees it differently, what is next."""
    heading, nothing = context["board"]["heading"], context["board"]["nothing"]
    yield Heading(heading["asked"], 1)
    yield from _lines(context["asked"], nothing["asked"])
    if context["alarms"]:
        yield Heading(context["words"]["heading"]["alarms"], 1)
        yield from (TextBlock(one["say"], one["about_text"] or "", "point") for one in context["alarms"])
    yield Heading(heading["differing"], 1)
    yield from _lines(context["differing"], nothing["differing"])
    yield Heading(heading["next"], 1)
    column = context["board"]["column"]
    rows = tuple((one["when_text"], one["what"], one["owner_text"]) for one in context["next"])
    if rows:
        yield TableBlock((column["when"], column["what"], column["owner"]), rows, shares=_NEXT_SHARES)
    else:
        yield TextBlock(nothing["next"])


def _lines(lines: Sequence[Table], nothing: str) -> Iterator[Block]:
    yield from (TextBlock(one["told"], look="point") for one in lines)
    if not lines:
        yield TextBlock(nothing)


def signature(context: Table, label: Table) -> Iterator[Block]:
    """Yield lines to sign on for those who decide."""
    people = [one for one in context["participants"] if one["part"] == "decider"]
    rows = [(one["name"] or "", one["role"] or "", "", "") for one in people] or [("",) * 4] * _BLANK
    yield Heading(label["heading"], 1)
    names = (label["name"], label["role"], label["date"], label["sign"])
    yield TableBlock(names, tuple(rows), shares=_SIGNING_SHARES, to_write=True)
