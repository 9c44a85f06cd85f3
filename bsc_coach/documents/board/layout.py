"""Everything a board looks at on one A3 page: what stands on it, and where; board.svg, .html and .pdf use it.

The map stands on the left, below it what was decided, asked, seen differently and comes next; the scorecard
on the right. The letters are as large as lets all of it stand there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bsc_coach.documents.context.document_context import build_context
from bsc_coach.documents.context.tables import Table
from bsc_coach.documents.map.parts import map_pages
from bsc_coach.documents.map.svg import SCREEN_FONTS, foot_of, picture_of
from bsc_coach.drawing.fitting import Room, fit
from bsc_coach.drawing.labels import BOLD, lines_of, width_of
from bsc_coach.strategy.model import Strategy
from bsc_coach.strategy.notes import Notes
from bsc_coach.words import say

WIDTH, HEIGHT = 1190.6, 841.9
"""A3 across, in points."""
MARGIN = 24.0
GAP = 16.0
LEFT = 620.0
"""How wide the map is, and what stands below it."""
_TITLE = 20.0
_STATUS = 8.0
TOP = MARGIN + 44.0
"""Where map and scorecard begin, below the title and the status."""
_MAP_AT_MOST = 0.77
"""How much of the height a map may take."""
_BOX = re.compile(r'viewBox="0 0 ([0-9.]+) ([0-9.]+)"')
_LINE = 1.22
"""How high a line is, in parts of the size of its letters."""
_SIZES = tuple(quarter / 4 for quarter in range(36, 19, -1))
"""From 9 to 5 points."""
_MOST_LINES = 8
"""Lines in each block below the map; what is more stands in strategy.md."""
_SHARES = (0.22, 0.225, 0.165, 0.25, 0.14)
"""How wide the columns of the scorecard are, of all of it."""


@dataclass(frozen=True)
class TextLine:
    """A line of text at a place; ``size`` is that of its letters."""

    x: float
    y: float
    text: str
    size: float
    kind: str = "text"


@dataclass(frozen=True)
class Stroke:
    """A line from the left to the right."""

    x: float
    y: float
    width: float
    strong: bool = False


@dataclass(frozen=True)
class BoardPart:
    """Text and rules of a part of the page, and where it ends."""

    lines: tuple[TextLine, ...]
    rules: tuple[Stroke, ...]
    end: float
    left: int = 0
    """How many rows of the scorecard found no room."""
    size: float = 0.0
    """Of the letters of the scorecard, and of what stands below the map."""
    block_size: float = 0.0


def page_of(strategy: Strategy, notes: Notes, fonts: str = SCREEN_FONTS, slim: float = 1.0) -> Table:
    """Return the context of the page: that of all documents, with ``picture`` and ``below`` beside it.

    The letters of ``fonts`` are so much slimmer than what the map reckons with.
    """
    context = build_context(strategy, notes)
    return {
        **context,
        "picture": _picture(strategy, Room(LEFT, (HEIGHT - MARGIN - TOP) * _MAP_AT_MOST, slim), fonts),
        "below": _columns(context),
        "name": say("board.page.name", strategy.language, title=context["title"]),
    }


def _picture(strategy: Strategy, room: Room, fonts: str) -> str:
    """Return the map in letters that can be read there; of one that is too large, what shows all of it."""
    shown, fitted = strategy, fit(strategy, room, lambda drawing: foot_of(strategy, drawing)[2])
    if fitted is None:
        overview = map_pages(strategy, room)[0]
        shown, fitted = overview.strategy, overview.fitted
    return picture_of(shown, fitted.drawing, fonts=fonts)


def without_rows(page: Table, left: int) -> Table:
    """Return the page without the last rows of its scorecard; ``scorecard_more`` says how many they are."""
    if not left:
        return {**page, "scorecard_more": None}
    groups, room = [], sum(len(group["rows"]) for group in page["scorecard"]) - left
    for group in page["scorecard"]:
        groups.append({**group, "rows": group["rows"][: max(0, room)]})
        room -= len(group["rows"])
    more = say("board.page.more", page["language"], n=left)
    return {**page, "scorecard": tuple(one for one in groups if one["rows"]), "scorecard_more": more}


def box_of(picture: str) -> tuple[float, float, float]:
    """Return how wide and how high a map is drawn, and how high it stands on the page."""
    found = _BOX.search(picture)
    wide, high = (float(found[1]), float(found[2])) if found else (1.0, 1.0)
    return wide, high, min(LEFT * high / wide, (HEIGHT - MARGIN - TOP) * _MAP_AT_MOST)


def _columns(context: Table) -> tuple[tuple[Table, ...], ...]:
    """Return what stands below the map: columns of blocks, each its ``heading`` and ``lines``."""
    language, heading = context["language"], context["board"]["heading"]
    alarms = (
        f"{one['about_text']}: {one['say']}" if one["about_text"] else one["say"] for one in context["alarms"]
    )
    coming = (
        {"when": one["when_text"], "what": one["what"], "owner": one["owner_text"]} for one in context["next"]
    )
    nothing = context["board"]["nothing"]

    def block(title: str, lines: Iterable[str], otherwise: str | None) -> Iterator[Table]:
        if told := _cut(tuple(lines), language) or ((otherwise,) if otherwise else ()):
            yield {"heading": title, "lines": told}

    differing = (*alarms, *(one["told"] for one in context["differing"]))
    return (
        (
            *block(context["words"]["heading"]["decisions"], context["decided"]["decisions"], None),
            *block(say("board.page.differing", language), differing, nothing["differing"]),
        ),
        tuple(block(heading["asked"], (one["told"] for one in context["asked"]), nothing["asked"])),
        tuple(
            block(
                heading["next"],
                (say("board.page.next", language, **one) for one in coming),
                nothing["next"],
            )
        ),
    )


def _cut(lines: tuple[str, ...], language: str) -> tuple[str, ...]:
    if len(lines) <= _MOST_LINES:
        return lines
    left = len(lines) - _MOST_LINES + 1
    return (*lines[: _MOST_LINES - 1], say("board.page.more", language, n=left))


def placed(page: Table, map_height: float) -> BoardPart:
    """Return where everything stands: scorecard and blocks each in the largest letters that find room.

    In the smallest ones, rows of the scorecard that find none are counted instead.
    """
    bottom = HEIGHT - MARGIN
    for size in _SIZES:
        right = _scorecard(page, MARGIN + LEFT + GAP, TOP, bottom if size == _SIZES[-1] else None, size)
        if right.end <= bottom:
            break
    for block_size in _SIZES:
        most = 1 if block_size == _SIZES[-1] else 6
        below = _below(page["below"], TOP + map_height + GAP, block_size, most=most)
        if below.end <= bottom:
            break
    lines = (*_head(page), *right.lines, *below.lines)
    return BoardPart(lines, right.rules, max(right.end, below.end), right.left, size, block_size)


def _head(page: Table) -> Iterator[TextLine]:
    """Yield the title, in smaller letters where it is long, and the status."""
    room = WIDTH - 2 * MARGIN
    fits = room / max(1.0, width_of(page["title"], BOLD))
    size = round(max(_STATUS, min(_TITLE, fits)), 1)
    (title,) = lines_of(page["title"], room / BOLD, most=1, size=size)
    yield TextLine(MARGIN, MARGIN + _TITLE, title, size, "title")
    for at, line in enumerate(lines_of(page["status"], room, most=2, size=_STATUS)):
        yield TextLine(MARGIN, MARGIN + _TITLE + 10 + at * _STATUS * _LINE, line, _STATUS, "soft")


def _below(columns: Sequence[Sequence[Table]], top: float, size: float, *, most: int) -> BoardPart:
    """Place the blocks in columns; nothing in them takes more than ``most`` lines."""
    wide = (LEFT - GAP * (len(columns) - 1)) / len(columns)
    lines: list[TextLine] = []
    for at, blocks in enumerate(columns):
        x, y = MARGIN + at * (wide + GAP), top
        for block in blocks:
            y += size * _LINE
            lines.append(TextLine(x, y, block["heading"], size, "heading"))
            for text in block["lines"]:
                for broken in lines_of(f"• {text}", wide, most=most, size=size):
                    y += size * _LINE
                    lines.append(TextLine(x, y, broken, size))
            y += size * 0.8
    return BoardPart(tuple(lines), (), max((line.y for line in lines), default=top))


def _scorecard(page: Table, left: float, top: float, bottom: float | None, size: float) -> BoardPart:
    """Place the table, down to ``bottom`` where there is one."""
    table = _Columns(left, WIDTH - MARGIN - left, size)
    note = page["scorecard_note"]
    above = table.put(0, top - size, [note], "soft") if note else top - size
    y = max(table.put(at, above, [head], "bold") for at, (_, head) in enumerate(page["scorecard_columns"]))
    rows_left = sum(len(group["rows"]) for group in page["scorecard"])
    for group in page["scorecard"]:
        y += size * 0.7
        table.rule(y, strong=True)
        y = table.put(0, y, [group["heading"]], "group") + size * 0.35
        for rows in _by_point(group["rows"]):
            end = table.point(y, rows)
            if bottom is not None and end > bottom - 2 * size:
                return table.cut(y, page["language"], rows_left)
            y, rows_left = end, rows_left - len(rows)
    return table.placed(y)


def _by_point(rows: Sequence[Table]) -> Iterator[Sequence[Table]]:
    """Yield the rows of each point together."""
    starts = [at for at, row in enumerate(rows) if row["first"]]
    for at, end in zip(starts, [*starts[1:], len(rows)], strict=True):
        yield rows[at:end]


class _Columns:
    """The columns of the scorecard, filled from the top."""

    def __init__(self, left: float, wide: float, size: float) -> None:
        self.wide = [share * wide for share in _SHARES]
        self.starts = [left + sum(self.wide[:at]) for at in range(len(_SHARES))]
        self.size = size
        self.lines: list[TextLine] = []
        self.rules: list[Stroke] = []

    def put(self, column: int, y: float, texts: Iterable[str | None], kind: str = "text") -> float:
        """Write texts into a column, the first line below ``y``; return where they end."""
        room = (self.wide[column] - 6) / (BOLD if kind == "bold" else 1)
        if kind in ("group", "soft"):
            room = sum(self.wide)
        for text in texts:
            for broken in lines_of(text, room, most=8, size=self.size) if text else ():
                y += self.size * _LINE
                self.lines.append(TextLine(self.starts[column], y, broken, self.size, kind))
        return y

    def rule(self, y: float, columns: slice = slice(None), *, strong: bool = False) -> None:
        """Draw a rule over columns."""
        self.rules.append(Stroke(self.starts[columns][0], y, sum(self.wide[columns]), strong))

    def point(self, y: float, rows: Sequence[Table]) -> float:
        """Write the rows of a point, what it is and what is done for it beside all of them."""
        self.rule(y)
        beside = max(
            self.put(0, y, [rows[0]["point_text"]], "bold"),
            self.put(3, y, [one["told"] for one in rows[0]["initiatives"]]),
        )
        for at, row in enumerate(rows):
            if at:
                self.rule(y, slice(1, 3))
                self.rule(y, slice(4, None))
            texts = {1: row["kpi_text"], 2: row["step_text"], 4: row["owner_text"]}
            y = max(self.put(column, y, [text]) for column, text in texts.items()) + self.size * 0.35
        return max(y, beside + self.size * 0.35)

    def cut(self, y: float, language: str, left: int) -> BoardPart:
        """Return what stands above ``y``, and below it how many rows are ``left``."""
        self.lines = [line for line in self.lines if line.y <= y]
        self.rules = [rule for rule in self.rules if rule.y <= y]
        end = self.put(0, y, [say("board.page.more", language, n=left)], "group")
        return replace(self.placed(end), left=left)

    def placed(self, end: float) -> BoardPart:
        """Return all of it."""
        return BoardPart(tuple(self.lines), tuple(self.rules), end)
