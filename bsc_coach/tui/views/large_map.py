"""The strategy map over a whole screen: bands from top to bottom, the clusters beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from textual.content import Content

from bsc_coach.conversation.overview import MapBand, MapGroup, MapItem
from bsc_coach.tui.views.fitting import BLANK, barred, cut, plain, wrapped
from bsc_coach.tui.views.mapping import item_block
from bsc_coach.tui.wording import ui

LEAST_COLUMN = 24
GAP = 2


@dataclass
class Drawing:
    """The lines of a map, and where in them each item stands."""

    lines: list[Content] = field(default_factory=list)
    places: list[tuple[int, int]] = field(default_factory=list)
    """Line and column of each item, in the order of ``items_of``."""


def items_of(bands: Sequence[MapBand]) -> list[MapItem]:
    """Return the items of a map in the order in which they are drawn."""
    return [item for band in bands for group in band.groups for item in group.items]


def large_map(bands: Sequence[MapBand], place: int | None, width: int, language: str) -> Drawing:
    """Return a map of ``width`` cells with the item at ``place`` marked."""
    drawing = Drawing()
    for band in bands:
        title = band.title.upper()
        rule = "─" * max(width - len(title) - 1, 0)
        drawing.lines.append(Content.assemble(plain(title, "bold $coach"), " ", (rule, "$rule")))
        for groups in _rows_of(band.groups, width):
            _add_row(drawing, groups, place, width, language)
        drawing.lines.append(BLANK)
    return drawing


def _rows_of(groups: Sequence[MapGroup], width: int) -> list[Sequence[MapGroup]]:
    """Return the groups in rows, as many side by side as there is room for."""
    for columns in (4, 2, 1):
        if (width - GAP * (columns - 1)) // columns >= LEAST_COLUMN or columns == 1:
            return [groups[at : at + columns] for at in range(0, len(groups), columns)]
    return [groups]


def _add_row(
    drawing: Drawing, groups: Sequence[MapGroup], place: int | None, width: int, language: str
) -> None:
    column = (width - GAP * (len(groups) - 1)) // max(len(groups), 1)
    top, blocks = len(drawing.lines), []
    for number, group in enumerate(groups):
        block: list[Content] = []
        if group.title:
            block.append(plain(cut(group.title, column), "bold"))
        for item in group.items:
            drawing.places.append((top + len(block), number))
            lines = item_block(item, column)
            block += [barred(line, column) for line in lines] if len(drawing.places) - 1 == place else lines
        if not group.items:
            block += _empty(group, column, language)
        blocks.append(block)
    for at in range(max(len(block) for block in blocks)):
        parts = [block[at] if at < len(block) else BLANK for block in blocks]
        padded = [part.pad_right(max(column - part.cell_length, 0)) for part in parts]
        drawing.lines.append(Content(" " * GAP).join(padded))


def _empty(group: MapGroup, width: int, language: str) -> list[Content]:
    if group.empty_because:
        return wrapped(ui("map.empty", language, reason=group.empty_because), width, style="$muted")
    return [plain(cut(ui("map.none", language), width), "$muted")]


def detail_lines(bands: Sequence[MapBand], place: int, width: int, language: str) -> list[Content]:
    """Return what is known of the item at ``place``: its name, what drives it, what it drives."""
    items = items_of(bands)
    if not 0 <= place < len(items):
        return []
    item = items[place]
    known = {one.short: one.title for one in items}
    measured = f" · {ui('map.measured', language, n=item.kpis)}" if item.kpis else ""
    lines = wrapped(
        f"{item.title}{measured}", width, style="bold", first=plain(f"{item.short} ", "bold $mark")
    )
    for key, shorts in (("map.causes", item.causes), ("map.effects", item.effects)):
        for number, short in enumerate(shorts):
            label = ui(key, language) if number == 0 else ""
            first = Content.assemble((f"{label:<12}", "$muted"), (f"{short:<5}", "$mark"))
            lines.append(Content.assemble(first, plain(cut(known.get(short, ""), max(width - 17, 4)))))
    if not item.causes and not item.effects:
        lines.append(plain(ui("map.nothing", language), "$muted"))
    return lines
