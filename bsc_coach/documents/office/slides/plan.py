"""The slide on initiatives: who does what with which means, on a time line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bsc_coach.documents.context.tables import Table
from bsc_coach.documents.map.style import EDGE, FILLS
from bsc_coach.documents.office.slides.panels import (
    BODY,
    SMALLEST,
    Look,
    Say,
    bare,
    box,
    height_of,
    side_by_side,
)
from bsc_coach.documents.office.slides.telling import Telling, marked
from bsc_coach.drawing.model import Area
from bsc_coach.strategy.dates import first_day, last_day

_SHARES = (29, 15, 31, 25)
"""Of the width: what it is, who owns it, the time line, the means."""
_HEAD = 24.0
_PAD = 3.0
_ROOM = BODY.height - _HEAD
_TALLEST = 60.0
_SIZES = (14.0, 13.0, SMALLEST)
_MOST_YEARS = 8
"""More years than these have no line of their own each."""


def put_plan(telling: Telling) -> None:
    """Add the initiatives on a time line; on more slides where there are more than fit."""
    initiatives = telling.context["initiatives"]
    if not initiatives:
        return
    columns = side_by_side(BODY, _SHARES, 8)
    rows = [_cells(telling, one) for one in initiatives]
    slides = _shared_out(rows, columns)
    years = _years(initiatives)
    for at, shown in enumerate(slides):
        slide = telling.deck.slide(telling.deck.part(telling.titles.plan(), at + 1, len(slides)))
        _heads(telling, slide, columns)
        _axis(telling, slide, columns[2], years)
        size, heights = _heights([rows[nth] for nth in shown], columns)
        y = BODY.y + _HEAD
        for nth, height in zip(shown, heights, strict=True):
            for column, said in zip((columns[0], columns[1], columns[3]), rows[nth], strict=True):
                area = Area(column.x, y, column.width, height)
                box(telling.deck, slide, area, [said], Look(sizes=(size,), middle=True, pad=_PAD))
            _bar(telling, slide, Area(columns[2].x, y, columns[2].width, height), initiatives[nth], years)
            bare(slide, Area(BODY.x, y + height, BODY.width, 0.5), fill=EDGE)
            y += height
        told = tuple(initiatives[nth] for nth in shown)
        telling.deck.notes(slide, (telling.context["amounts_text"] or "", *telling.sheets(told)))


def _cells(telling: Telling, one: Table) -> tuple[Say, Say, Say]:
    title = Say(marked(one["title"] or "", one), one["id"])
    owner = Say(one["owner_role"] or telling.phrase("label.not_named"))
    return title, owner, Say(one["means_text"] or "–")


def _shared_out(rows: Sequence[tuple[Say, ...]], columns: Sequence[Area]) -> list[range]:
    """Return which rows stand on which slide: evenly, on as few as show all of every row."""
    for count in range(1, len(rows) + 1):
        on_one = -(-len(rows) // count)
        found = [range(at, min(at + on_one, len(rows))) for at in range(0, len(rows), on_one)]
        if all(sum(_needed([rows[at] for at in shown], columns, SMALLEST)) <= _ROOM for shown in found):
            break
    return found


def _needed(rows: Sequence[tuple[Say, ...]], columns: Sequence[Area], size: float) -> list[float]:
    """Return how high each row is that shows all of its cells."""
    widths = [columns[at].width - 2 * _PAD for at in (0, 1, 3)]
    return [
        max(height_of([said], width, size) for said, width in zip(row, widths, strict=True)) + 2 * _PAD
        for row in rows
    ]


def _heights(rows: Sequence[tuple[Say, ...]], columns: Sequence[Area]) -> tuple[float, list[float]]:
    """Return the font size and the heights of rows: as each needs, and where that is too much, all alike."""
    for size in _SIZES:
        needed = _needed(rows, columns, size)
        if sum(needed) <= _ROOM:
            spare = (_ROOM - sum(needed)) / len(rows)
            return size, [min(one + spare, max(one, _TALLEST)) for one in needed]
    return SMALLEST, [_ROOM / len(rows)] * len(rows)


def _heads(telling: Telling, slide: Any, columns: Sequence[Area]) -> None:
    heads = (telling.label("initiative"), telling.label("owner_role"), "", telling.label("resources"))
    for column, head in zip(columns, heads, strict=True):
        if head:
            area = Area(column.x, column.y, column.width, _HEAD)
            box(telling.deck, slide, area, [Say("", head)], Look(sizes=(SMALLEST,), middle=True, pad=_PAD))


def _years(initiatives: Sequence[Table]) -> range:
    """Return the years that the time line spans."""
    days = [first_day(one["start"]) for one in initiatives] + [last_day(one["end"]) for one in initiatives]
    known = [one.year for one in days if one is not None]
    return range(min(known), max(known) + 1) if known else range(0)


def _axis(telling: Telling, slide: Any, column: Area, years: range) -> None:
    """Draw the years above the time line, every second one shaded."""
    step = -(-len(years) // _MOST_YEARS) if years else 1
    for year in years[::step]:
        x = column.x + column.width * (year - years[0]) / len(years)
        width = column.width * min(step, years[-1] + 1 - year) / len(years)
        shade = (year - years[0]) // step % 2 == 0
        area = Area(x, column.y, width, column.height)
        bare(slide, area, fill=FILLS["process"] if shade else None)
        head = Area(x, column.y, width, _HEAD)
        box(telling.deck, slide, head, [Say("", str(year))], Look(sizes=(SMALLEST,), middle=True, pad=_PAD))


def _bar(telling: Telling, slide: Any, row: Area, one: Table, years: range) -> None:
    """Draw the time that an initiative takes; open where its beginning or its end is not known."""
    start, end = first_day(one["start"]), last_day(one["end"])
    if not years or (start is None and end is None):
        return
    whole = len(years) * 12.0
    begins = (start.year - years[0]) * 12 + start.month - 1 + (start.day - 1) / 31 if start else None
    ends = (end.year - years[0]) * 12 + end.month - 1 + end.day / 31 if end else None
    begins = max((ends or 0) - 3, 0) if begins is None else begins
    ends = min(begins + 3, whole) if ends is None else max(ends, begins + 0.25)
    x, width = row.x + row.width * begins / whole, row.width * (ends - begins) / whole
    thick = min(row.height * 0.45, 16)
    bar = Area(x, row.y + (row.height - thick) / 2, width, thick)
    bare(slide, bar, fill=telling.deck.accent, told=f"{one['label']}: {one['period_text']}")
