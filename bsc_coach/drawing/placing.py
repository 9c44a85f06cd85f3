"""Vertical coordinates and the finished drawing: rows, frames, boxes of one size, and routed links."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bsc_coach.drawing.columns import LEAST_FRAME, MARGIN, BandGrid, Columns
from bsc_coach.drawing.labels import LINE_HEIGHT, MOST_LINES, lines_of
from bsc_coach.drawing.lanes import Layers, Node
from bsc_coach.drawing.model import Area, Band, Box, BoxContent, Frame, MapDrawing, Route
from bsc_coach.drawing.ordering import ClusterOrder
from bsc_coach.drawing.ports import ports_of
from bsc_coach.drawing.rows import Arranged
from bsc_coach.drawing.tracks import tracks_of
from bsc_coach.strategy.model import ClusterId
from bsc_coach.strategy.points import Perspective

PADDING = 9.0
MARK_ROOM = 6.0
"""Under the text, for the mark of the horizon."""
LEAST_LINES = 3
WHOLE = 60
"""Characters of a title that are always drawn whole."""
WIDEST_BOX = 240
REASON_SIZE, REASON_LINE = 12.0, 15.0
"""The letters and lines of the reason in an empty frame."""
MOST_EMPTY_FRAME = 400.0
LEAST_BAND = 116.0
"""So that the name of a band fits beside it in two lines."""
BAND_PADDING = 12.0
FRAME_HEAD = 24.0
FRAME_INSET = 5.0
ROW_PADDING = 10.0
CORRIDOR = 26.0
"""Height between rows beside what the tracks of the links need."""
TRACK, LEAST_TRACK = 10.0, 6.0
MANY_TRACKS = 16
STRAIGHTENED = 2
"""How often places follow the ports, and ports the places."""


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
    clusters: ClusterOrder,
    reasons: Mapping[ClusterId, str],
) -> MapDrawing:
    """Make the drawing of an ordered map; ``reasons`` say why a cluster is empty."""
    # Frames of clusters that stay empty are wide enough for the reason.
    filled = {layers.clusters[node] for node in range(len(layers.boxes))}
    number = {cluster: at for at, cluster in enumerate(arranged.places)}
    reasons = {cluster: told for cluster, told in reasons.items() if number[cluster] not in filled}
    least_frames = {number[cluster]: _frame_width(told) for cluster, told in reasons.items()}
    # From left to right: box widths first, then columns and ports in turns, as each depends on the other.
    grid = BandGrid(layers, rows, clusters, least_frames)
    width, texts = _texts([arranged.entries[name] for name in layers.boxes], grid.box_width())
    columns = grid.columns(width)
    ports = ports_of(layers, columns.middles, width)
    for _ in range(STRAIGHTENED):
        columns = grid.straightened(grid.columns(width, ports), width, ports)
        ports = ports_of(layers, columns.middles, width)
    # From top to bottom: all boxes as high as the fullest, rows as far apart as the tracks between need.
    most = max((len(lines) for lines in texts), default=0)
    box_height = _box_height(max(most, LEAST_LINES))
    ways = _Ways(layers, rows, columns, ports)
    heights = _heights(arranged, ways.counts, box_height)
    boxes: dict[Node, Box] = {}
    for at, row in enumerate(rows):
        for node in row:
            if node < len(layers.boxes):
                area = Area(columns.middles[node] - width / 2, heights[at].top, width, box_height)
                boxes[node] = Box(arranged.entries[layers.boxes[node]], area, texts[node])
    return MapDrawing(
        width=columns.width,
        height=heights[0].foot + MARGIN,
        bands=_bands(arranged, heights, columns),
        frames=_frames(arranged, layers, columns, heights, reasons),
        boxes=tuple(boxes[node] for node in sorted(boxes)),
        routes=ways.routes(heights),
        left_out=arranged.left_out,
    )


def _texts(entries: Sequence[BoxContent], width: int) -> tuple[int, list[tuple[str, ...]]]:
    """Return how wide boxes are, at least ``width``, and their lines: usual titles are whole."""
    usual = [entry for entry in entries if len(entry.title) <= WHOLE]
    while width < WIDEST_BOX and any(len(_lines(one, width, MOST_LINES + 1)) > MOST_LINES for one in usual):
        width += 10
    return width, [_lines(entry, width, MOST_LINES) for entry in entries]


def _lines(entry: BoxContent, width: int, most: int) -> tuple[str, ...]:
    return lines_of(entry.title, width - 2 * PADDING, most=most, lead=entry.id)


def _frame_width(reason: str) -> float:
    """Return how wide the frame of an empty cluster is, so that its reason can be read."""
    lines = int(_box_height(LEAST_LINES) // REASON_LINE)
    widths = range(int(LEAST_FRAME), int(MOST_EMPTY_FRAME), 20)
    fits = (
        width
        for width in widths
        if len(lines_of(reason, width - 2 * PADDING, most=lines + 1, size=REASON_SIZE)) <= lines
    )
    return next(fits, MOST_EMPTY_FRAME)


def _box_height(lines: int) -> float:
    return lines * LINE_HEIGHT + 2 * PADDING + MARK_ROOM


class _Ways:
    """Orthogonal edge routing: the links on their way from row to row, each on a track of its own."""

    def __init__(
        self,
        layers: Layers,
        rows: Sequence[Sequence[Node]],
        columns: Columns,
        ports: Sequence[tuple[float, float]],
    ) -> None:
        self.layers = layers
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
            found.append(Route(tie.link, tie.cause, tie.effect, tuple(points), tie.confidence))
        return tuple(found)

    def _y(self, row: int, track: int, heights: Sequence[_Row]) -> float:
        room = heights[row].head - heights[row + 1].foot
        step = _track_step(self.counts[row])
        return heights[row].head - (room - step * (self.counts[row] - 1)) / 2 - step * track


def _track_step(count: int) -> float:
    return TRACK if count <= MANY_TRACKS else LEAST_TRACK


def _heights(arranged: Arranged, counts: Sequence[int], box_height: float) -> list[_Row]:
    """Heights of the rows, bottom row first as everywhere."""
    bands = [row.band for row in arranged.rows]
    padding = max(BAND_PADDING, (LEAST_BAND - box_height) / 2)
    found: list[_Row] = []
    y = MARGIN / 2
    for at in range(len(bands) - 1, -1, -1):
        is_top = at + 1 == len(bands) or bands[at + 1] != bands[at]
        is_bottom = at == 0 or bands[at - 1] != bands[at]
        if found:
            y += CORRIDOR + counts[at] * _track_step(counts[at])
        above = padding if is_top else ROW_PADDING
        if is_top and bands[at] == "process":
            above += FRAME_HEAD
        top = y + above
        bottom = top + box_height
        found.append(_Row(top, bottom, y, bottom + (padding if is_bottom else ROW_PADDING)))
        y = found[-1].foot
    found.reverse()
    return found


def _bands(arranged: Arranged, heights: Sequence[_Row], columns: Columns) -> tuple[Band, ...]:
    rows: dict[Perspective, list[_Row]] = {}
    for row, height in zip(arranged.rows, heights, strict=True):
        rows.setdefault(row.band, []).append(height)
    left, wide = MARGIN / 2, columns.width - MARGIN
    bands = []
    for name, own in reversed(rows.items()):
        upper, lower = own[-1], own[0]
        area = Area(left, upper.head, wide, lower.foot - upper.head)
        bands.append(Band(name, area, Area(left, upper.top, wide, upper.bottom - upper.top)))
    return tuple(bands)


def _frames(
    arranged: Arranged,
    layers: Layers,
    columns: Columns,
    heights: Sequence[_Row],
    reasons: Mapping[ClusterId, str],
) -> tuple[Frame, ...]:
    upper, lower = heights[layers.process_rows[-1]], heights[layers.process_rows[0]]
    frames = []
    for cluster, (left, right) in columns.frames.items():
        top, bottom = upper.head + FRAME_INSET, lower.foot - FRAME_INSET
        area = Area(left, top, right - left, bottom - top)
        inside = Area(left + PADDING, upper.top, right - left - 2 * PADDING, upper.bottom - upper.top)
        name = arranged.places[cluster]
        frames.append(Frame(name, area, inside, reasons.get(name, "") if name else ""))
    return tuple(frames)
