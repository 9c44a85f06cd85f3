"""Strategy map view for a whole screen: cards in bands, effects above causes, the clusters as columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content

from bsc_coach.tui.views.card_links import CardLinks
from bsc_coach.tui.views.cards import FRAME, card, title_lines
from bsc_coach.tui.views.hyphenation import broken
from bsc_coach.tui.views.text_fit import BLANK, cut, plain, wrapped
from bsc_coach.tui.words import ui

if TYPE_CHECKING:
    from bsc_coach.conversation.side_views import MapBand, MapItem

LEAST_CARD, MOST_CARD = 18, 48
GAP = 1
COLUMNS = (4, 2, 1)
MOST_HEADLINES = 3


@dataclass(frozen=True)
class CardSpot:
    """Where a card stands in the lines of a map."""

    line: int
    left: int
    height: int
    width: int

    @property
    def middle(self) -> int:
        """Twice the column of its middle, so that it is a whole number."""
        return 2 * self.left + self.width

    def covers(self, line: int, column: int) -> bool:
        """Tell whether a cell of the map belongs to the card."""
        inside = self.left <= column < self.left + self.width
        return inside and self.line <= line < self.line + self.height


@dataclass
class Drawing:
    """The lines of a map, and where in them each card stands, by its short id."""

    lines: list[Content] = field(default_factory=list)
    spots: dict[str, CardSpot] = field(default_factory=dict)


@dataclass(frozen=True)
class _Column:
    """Cards under each other, or the words on why there are none."""

    items: Sequence[MapItem]
    title: str = ""
    empty: str = ""


def items_of(bands: Sequence[MapBand]) -> list[MapItem]:
    """Return the items of a map in the order in which they are read."""
    return [item for band in bands for group in band.groups for item in group.items]


def large_map(bands: Sequence[MapBand], around: CardLinks, width: int, language: str) -> Drawing:
    """Return a map of ``width`` cells."""
    drawing = Drawing()
    for band in bands:
        title = cut(band.title.upper(), width)
        rule = "─" * max(width - cell_len(title) - 1, 0)
        drawing.lines.append(Content.assemble(plain(title, "bold $coach"), " ", (rule, "$rule")))
        for columns in _columns_of(band, width, language):
            _add_columns(drawing, columns, around, width, language)
    return drawing


def _columns_of(band: MapBand, width: int, language: str) -> list[list[_Column]]:
    """Return the columns of a band, in as many rows as there is room for."""
    most = next((n for n in COLUMNS if (width - GAP * (n - 1)) // n >= LEAST_CARD), 1)
    if len(band.groups) > 1:
        columns = [
            _Column(group.items, group.title, _said_empty(group.empty_because, language))
            for group in band.groups
        ]
        return [columns[at : at + most] for at in range(0, len(columns), most)]
    items = [item for group in band.groups for item in group.items]
    if not items:
        return [[_Column((), empty=_said_empty("", language))]]
    rows = -(-len(items) // most)
    beside = -(-len(items) // rows)
    return [[_Column(items[at::beside]) for at in range(beside)]]


def _said_empty(reason: str, language: str) -> str:
    return ui("map.empty", language, reason=reason) if reason else ui("map.none", language)


def _add_columns(
    drawing: Drawing, columns: Sequence[_Column], around: CardLinks, width: int, language: str
) -> None:
    """Add columns beside each other, the cards of a row at one height."""
    wide = (width - GAP * (len(columns) - 1)) // len(columns)
    if any(column.items for column in columns):
        wide = min(wide, MOST_CARD)
    top = len(drawing.lines)
    titles = {item.short: title_lines(item, wide, language) for column in columns for item in column.items}
    rows = zip_longest(*(column.items for column in columns))
    heights = [max(len(titles[item.short]) for item in row if item is not None) for row in rows]
    heads = [broken(column.title, wide, MOST_HEADLINES) if column.title else [] for column in columns]
    head = max(len(lines) for lines in heads)
    blocks: list[list[Content]] = []
    for number, column in enumerate(columns):
        block = [plain(line, "bold") for line in heads[number]] + [BLANK] * (head - len(heads[number]))
        for item, height in zip(column.items, heights, strict=False):
            spot = CardSpot(top + len(block), number * (wide + GAP), height + FRAME, wide)
            drawing.spots[item.short] = spot
            block += card(item, around, titles[item.short], spot.height, wide, language)
        if not column.items:
            block += wrapped(column.empty, wide, style="$muted")
        blocks.append(block)
    for parts in zip_longest(*blocks, fillvalue=BLANK):
        padded = [part.pad_right(max(wide - part.cell_length, 0)) for part in parts]
        drawing.lines.append(Content(" " * GAP).join(padded))


def towards(spots: Mapping[str, CardSpot], short: str, key: str) -> str:
    """Return the card that an arrow key leads to from ``short``; the same where there is none."""
    here = spots[short]
    by = -1 if key in ("up", "left") else 1
    if key in ("left", "right"):
        row = [name for name, spot in spots.items() if spot.line == here.line]
        ahead = [name for name in row if (spots[name].left - here.left) * by > 0]
        return min(ahead, key=lambda name: abs(spots[name].left - here.left), default=short)
    lines = {spot.line for spot in spots.values() if (spot.line - here.line) * by > 0}
    if not lines:
        return short
    line = min(lines, key=lambda other: abs(other - here.line))
    row = [name for name, spot in spots.items() if spot.line == line]
    return min(row, key=lambda name: abs(spots[name].middle - here.middle))
