"""Vertical coordinates and the finished drawing: rows, frames, boxes of one size, and routed links."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from bsc_coach.drawing.columns import LEAST_FRAME, MARGIN, BandGrid, Columns
from bsc_coach.drawing.labels import BOLD, LINE_HEIGHT, MOST_LINES, lines_of, width_of
from bsc_coach.drawing.lanes import FramedRows, Layers, Node
from bsc_coach.drawing.model import (
    NARROW_GUTTER,
    Area,
    Band,
    Box,
    BoxContent,
    Frame,
    MapDrawing,
    MapSize,
    Route,
)
from bsc_coach.drawing.ports import LEAST_APART, PART_ABOVE, PART_BELOW, ports_of
from bsc_coach.drawing.rows import PROCESS, Arranged, Stack
from bsc_coach.drawing.tracks import tracks_of
from bsc_coach.strategy.model import ClusterId
from bsc_coach.strategy.points import Perspective

PADDING = 7.0
MARK_ROOM = 7.0
"""Under the text, for the mark of the horizon; a chip stands beside it."""
LEAST_LINES = 2
WHOLE = 90
"""Characters of a title that are always drawn whole."""
WIDEST_BOX = 240
CHIP_SIZE, CHIP_LINE, CHIP_GAP, CHIP_LINES = 12.0, 14.0, 3.0, 3
LEAST_NARROW = 64.0
MARKS_WIDE = 28.0
"""Room for the mark of the horizon, at the end of the last line."""
REASON_LINES = 3
"""Lines of the reason in an empty frame, at most: a row of boxes is as high."""
MOST_EMPTY_FRAME = 420.0
NAME_AROUND, LONGEST_NAME = 8.0, 220.0
"""Above and below the name of a band."""
FRAME_INSET = 4.0
MANY_TRACKS = 16
LEAST_TRACK = 4.5


@dataclass(frozen=True)
class _Spacing:
    """Room from top to bottom."""

    inside: float
    """Between the text of a box and its edges."""
    band: float
    row: float
    frame_head: float
    corridor: float
    """Between rows, beside what the tracks of the links need."""
    track: float


_AIRY = _Spacing(inside=7, band=7, row=4, frame_head=21, corridor=20, track=8)
_TIGHT = _Spacing(inside=4, band=4, row=2, frame_head=17, corridor=15, track=6)
LEAST_ROW = LEAST_LINES * LINE_HEIGHT + 2 * _TIGHT.inside + MARK_ROOM + _TIGHT.corridor
"""Height that every row takes at least, with the way to the next."""
STRAIGHTENED = 2
"""How often places follow the ports, and ports the places."""


@dataclass(frozen=True)
class MapWords:
    """Words that ask for room."""

    reasons: Mapping[ClusterId | None, str]
    """Why a cluster was left empty."""
    bands: Mapping[Perspective, str]
    """What the bands are called."""
    clusters: Mapping[ClusterId | None, str]
    """What the clusters are called."""


@dataclass(frozen=True)
class _Row:
    """The height of a row: its boxes, and how far around them links go straight."""

    top: float
    bottom: float
    head: float
    foot: float


def place(
    arranged: Arranged,
    layers: Layers,
    rows: Sequence[Sequence[Node]],
    size: MapSize,
    words: MapWords,
) -> MapDrawing:
    """Make the drawing of an ordered map."""
    # Frames of clusters that stay empty are wide enough for the reason.
    filled = {layers.clusters[node] for node in range(len(layers.boxes))}
    process = next((one for one in layers.blocks if one.stack == PROCESS), None)
    number = {place: process.number(place) for place in process.places} if process else {}
    reasons = {
        cluster: told
        for cluster, told in words.reasons.items()
        if cluster in number and number[cluster] not in filled
    }
    least_frames = {
        number[cluster]: max(_name_width(name, size), _frame_width(reasons.get(cluster, ""), size))
        for cluster, name in words.clusters.items()
        if cluster in number
    }
    # From left to right: box widths first, then columns and ports in turns, as each depends on the other.
    entries = [arranged.entries[name] for name in layers.boxes]
    narrow = _narrow(entries, layers, size) if arranged.is_part else {}
    grid = BandGrid(layers, rows, size, least_frames, narrow)
    widths = grid.widths(_box_width(entries, grid.box_width(), size))
    columns = grid.columns(widths)
    ports = ports_of(layers, columns.middles, widths)
    for _ in range(STRAIGHTENED):
        columns = grid.straightened(grid.columns(widths, ports), widths, ports)
        ports = ports_of(layers, columns.middles, widths)
    # From top to bottom: boxes of a row as high as the fullest, rows as far apart as the tracks between need.
    texts = [_lines(one, width, MOST_LINES, size) for one, width in zip(entries, widths, strict=True)]
    chips = [_chips(one, width, size) for one, width in zip(entries, widths, strict=True)]
    spacing = _TIGHT if size.is_tight else _AIRY
    tall = [_row_height(row, texts, chips, spacing) for row in rows]
    ways = _Ways(layers, rows, columns, ports, spacing)
    names = {one: _name_height(name, size) + NAME_AROUND for one, name in words.bands.items()}
    heights = _heights(arranged, ways.counts, tall, spacing, names)
    boxes: dict[Node, Box] = {}
    for at, row in enumerate(rows):
        for node in row:
            if node < len(layers.boxes):
                left = columns.middles[node] - widths[node] / 2
                area = Area(left, heights[at].top, widths[node], tall[at])
                boxes[node] = Box(entries[node], area, texts[node], chips[node])
    return MapDrawing(
        width=columns.width,
        height=heights[0].foot + MARGIN / 2,
        bands=_bands(arranged, layers, heights, columns),
        frames=_frames(process, columns, heights, reasons) if process else (),
        boxes=tuple(boxes[node] for node in sorted(boxes)),
        routes=ways.routes(heights),
        left_out=arranged.left_out,
        slim=size.slim,
        gutter=size.gutter,
    )


def _narrow(entries: Sequence[BoxContent], layers: Layers, size: MapSize) -> dict[Node, int]:
    """Return how wide the boxes are of which only the ids are shown: the tips of their links stand apart."""
    ends = Counter(
        (node, at) for chain in layers.chains for at, node in ((0, chain.nodes[0]), (1, chain.nodes[-1]))
    )
    return {
        node: round(
            max(
                width_of(entry.id) * BOLD / size.slim + 2 * PADDING,
                LEAST_NARROW,
                LEAST_APART * max(ends[node, 0] / PART_BELOW, ends[node, 1] / PART_ABOVE),
            )
        )
        for node, entry in enumerate(entries)
        if not entry.title
    }


def _box_width(entries: Sequence[BoxContent], width: int, size: MapSize) -> int:
    """Return how wide boxes are, at least ``width``, so that usual titles are whole."""
    usual = [entry for entry in entries if len(entry.title) <= WHOLE]
    while width < WIDEST_BOX and any(
        len(_lines(one, width, MOST_LINES + 1, size)) > MOST_LINES for one in usual
    ):
        width += 10
    return width


def _lines(entry: BoxContent, width: int, most: int, size: MapSize) -> tuple[str, ...]:
    room = (width - 2 * PADDING) * size.slim
    return lines_of(entry.title, room, most=most, lead=entry.id)


def _chips(entry: BoxContent, width: int, size: MapSize) -> tuple[tuple[str, ...], ...]:
    """Return the chips in lines that fit; the last line leaves room for the mark of the horizon."""
    room = width - 2 * PADDING - 2
    found = []
    for chip in entry.chips:
        narrow = room - (MARKS_WIDE if chip is entry.chips[-1] and entry.horizon else 0.0)
        found.append(lines_of(chip, narrow * size.slim, most=CHIP_LINES, size=CHIP_SIZE))
    return tuple(found)


def _name_width(name: str, size: MapSize) -> float:
    """Return how wide a frame is so that its name stands in it."""
    return min(width_of(name) * BOLD / size.slim, LONGEST_NAME) + 2 * PADDING + NAME_AROUND


def _frame_width(reason: str, size: MapSize) -> float:
    """Return how wide the frame of an empty cluster is, so that its reason can be read."""
    widths = range(int(LEAST_FRAME), int(MOST_EMPTY_FRAME), 20)
    fits = (
        width
        for width in widths
        if len(lines_of(reason, (width - 2 * PADDING) * size.slim, most=REASON_LINES + 1)) <= REASON_LINES
    )
    return next(fits, MOST_EMPTY_FRAME)


def _row_height(
    row: Sequence[Node],
    texts: Sequence[tuple[str, ...]],
    chips: Sequence[tuple[tuple[str, ...], ...]],
    spacing: _Spacing,
) -> float:
    own = [node for node in row if node < len(texts)]
    lines = max((len(texts[node]) for node in own), default=0)
    chipped = max((chips_height(chips[node]) for node in own), default=0.0)
    return max(lines, LEAST_LINES) * LINE_HEIGHT + chipped + 2 * spacing.inside + MARK_ROOM


def chips_height(chips: Sequence[Sequence[str]]) -> float:
    """Return how high the chips of a box are together."""
    return sum(len(lines) * CHIP_LINE + CHIP_GAP for lines in chips)


class _Ways:
    """Orthogonal edge routing: the links on their way from row to row, each on a track of its own."""

    def __init__(
        self,
        layers: Layers,
        rows: Sequence[Sequence[Node]],
        columns: Columns,
        ports: Sequence[tuple[float, float]],
        spacing: _Spacing,
    ) -> None:
        self.layers, self.spacing = layers, spacing
        row_of = {node: at for at, row in enumerate(rows) for node in row}
        self.starts = [row_of[chain.nodes[0]] for chain in layers.chains]
        self.xs = []
        for chain, (low, high) in zip(layers.chains, ports, strict=True):
            xs = [columns.middles[node] for node in chain.nodes]
            xs[0] += low
            xs[-1] += high
            self.xs.append(xs)
        stretches: list[list[tuple[int, int]]] = [[] for _ in rows]
        for at, xs in enumerate(self.xs):
            for n in range(len(xs) - 1):
                stretches[self.starts[at] + n].append((at, n))
        self.tracks: dict[tuple[int, int], int | None] = {}
        self.counts = []
        for here in stretches:
            tracks = tracks_of([(self.xs[at][n], self.xs[at][n + 1]) for at, n in here])
            self.tracks.update(zip(here, tracks, strict=True))
            self.counts.append(1 + max((one for one in tracks if one is not None), default=-1))

    def routes(self, heights: Sequence[_Row]) -> tuple[Route, ...]:
        """Every link with its corners, from cause to effect."""
        found = []
        for at, chain in enumerate(self.layers.chains):
            xs, row = self.xs[at], self.starts[at]
            points = [(xs[0], heights[row].top)]
            for n in range(len(xs) - 1):
                track = self.tracks[at, n]
                if track is not None:
                    y = self._y(row + n, track, heights)
                    points += [(xs[n], y), (xs[n + 1], y)]
            points.append((xs[-1], heights[row + len(xs) - 1].bottom))
            if not chain.rises:
                points.reverse()
            tie = chain.tie
            found.append(Route(tie.link, tie.cause, tie.effect, tuple(points), tie.confidence, tie.kind))
        return tuple(found)

    def _y(self, row: int, track: int, heights: Sequence[_Row]) -> float:
        room = heights[row].head - heights[row + 1].foot
        step = _track_step(self.counts[row], self.spacing)
        return heights[row].head - (room - step * (self.counts[row] - 1)) / 2 - step * track


def _track_step(count: int, spacing: _Spacing) -> float:
    return spacing.track if count <= MANY_TRACKS else LEAST_TRACK


def _heights(
    arranged: Arranged,
    counts: Sequence[int],
    tall: Sequence[float],
    spacing: _Spacing,
    least: Mapping[Perspective, float],
) -> list[_Row]:
    """Heights of the rows, bottom row first as everywhere."""
    stacks = [row.stack for row in arranged.rows]
    total: dict[Stack, float] = {}
    for stack, height in zip(stacks, tall, strict=True):
        total[stack] = total.get(stack, 0.0) + height
    found: list[_Row] = []
    y = MARGIN / 2
    for at in range(len(stacks) - 1, -1, -1):
        is_top = at + 1 == len(stacks) or stacks[at + 1] != stacks[at]
        is_bottom = at == 0 or stacks[at - 1] != stacks[at]
        if found:
            y += spacing.corridor + counts[at] * _track_step(counts[at], spacing)
        least_band = max(least[band] for band in stacks[at])
        padding = max(spacing.band, (least_band - total[stacks[at]]) / 2)
        above = padding if is_top else spacing.row
        if is_top and stacks[at] == PROCESS:
            above += spacing.frame_head
        top = y + above
        bottom = top + tall[at]
        found.append(_Row(top, bottom, y, bottom + (padding if is_bottom else spacing.row)))
        y = found[-1].foot
    found.reverse()
    return found


def _name_height(name: str, size: MapSize) -> float:
    """Return how high the name of a band is beside it: turned in two lines, or in as many as it needs."""
    if size.gutter > NARROW_GUTTER:
        return len(lines_of(name, (size.gutter - PADDING) * size.slim / BOLD, most=4)) * LINE_HEIGHT
    words = name.split() or [""]
    parts = ((" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words) + 1))
    shortest = min(max(width_of(one) for one in two) for two in parts)
    return min(shortest * BOLD / size.slim, LONGEST_NAME)


def _bands(arranged: Arranged, layers: Layers, heights: Sequence[_Row], columns: Columns) -> tuple[Band, ...]:
    rows: dict[Stack, list[_Row]] = {}
    for row, height in zip(arranged.rows, heights, strict=True):
        rows.setdefault(row.stack, []).append(height)
    blocks = {block.stack: block for block in layers.blocks}
    bands = []
    for stack, own in reversed(rows.items()):
        upper, lower = own[-1], own[0]
        for name in stack:
            left, right = MARGIN / 2, columns.width - MARGIN / 2
            if len(stack) > 1:
                left, right = columns.frames[blocks[stack].number(name)]
            area = Area(left, upper.head, right - left, lower.foot - upper.head)
            bands.append(Band(name, area, Area(left, upper.top, right - left, upper.bottom - upper.top)))
    return tuple(bands)


def _frames(
    block: FramedRows, columns: Columns, heights: Sequence[_Row], reasons: Mapping[ClusterId | None, str]
) -> tuple[Frame, ...]:
    upper, lower = heights[block.rows[-1]], heights[block.rows[0]]
    frames = []
    for place in cast("tuple[ClusterId | None, ...]", block.places):
        left, right = columns.frames[block.number(place)]
        top, bottom = upper.head + FRAME_INSET, lower.foot - FRAME_INSET
        area = Area(left, top, right - left, bottom - top)
        inside = Area(left + PADDING, upper.top, right - left - 2 * PADDING, lower.bottom - upper.top)
        frames.append(Frame(place, area, inside, reasons.get(place, "")))
    return tuple(frames)
