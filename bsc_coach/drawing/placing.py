"""Where rows, frames and boxes stand: rows under, frames beside each other, all boxes of one size."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bsc_coach.drawing.labels import LINE_HEIGHT, lines_of
from bsc_coach.drawing.model import Area, Band, BandId, Box, Entry, Frame
from bsc_coach.drawing.ordering import Ordered
from bsc_coach.drawing.rows import Arranged
from bsc_coach.strategy.model import CLUSTERS, ClusterId

LEAST_WIDTH = 1600.0
GUTTER = 34.0
"""Room at the left for the names of the bands."""
MARGIN = 14.0
BOX_WIDTH = 138.0
BOX_GAP = 16.0
PADDING = 8.0
LANE = 14.0
FRAME_PADDING = 12.0
FRAME_HEAD = 22.0
CORRIDOR = 46.0
"""Height between rows, for the links; more where many pass."""
PER_SEGMENT = 1.6
MOST_CORRIDOR = 130.0
BAND_PADDING = 12.0


@dataclass(frozen=True)
class Placed:
    """Boxes, lanes, frames and bands with their places."""

    width: float
    height: float
    boxes: Mapping[str, Box]
    lanes: Mapping[str, tuple[float, float, float]]
    """Of every lane x, and the top and bottom of its row."""
    frames: tuple[Frame, ...]
    bands: tuple[Band, ...]


def place(arranged: Arranged, ordered: Ordered, reasons: Mapping[ClusterId, str]) -> Placed:
    """Return where everything stands."""
    texts = {name: _text_of(entry) for name, entry in arranged.entries.items()}
    most = max((len(lines) for lines in texts.values()), default=1)
    box_height = max(most, 3) * LINE_HEIGHT + 2 * PADDING
    tops, height = _tops(arranged, ordered, box_height)
    columns = _columns(arranged, ordered)
    width = max(LEAST_WIDTH, _widest(arranged, ordered, columns) + GUTTER + 2 * MARGIN)
    middles = _middles(arranged, ordered, columns, width)
    boxes: dict[str, Box] = {}
    lanes: dict[str, tuple[float, float, float]] = {}
    for at, row in enumerate(ordered.rows):
        for name in row:
            if name in texts:
                area = Area(middles[at][name] - BOX_WIDTH / 2, tops[at], BOX_WIDTH, box_height)
                boxes[name] = Box(arranged.entries[name], area, texts[name])
            else:
                lanes[name] = (middles[at][name], tops[at], tops[at] + box_height)
    bands = _bands(arranged, tops, box_height, width)
    frames = _frames(columns, bands, reasons, width)
    return Placed(width, height, boxes, lanes, frames, bands)


def _text_of(entry: Entry) -> tuple[str, ...]:
    return lines_of(f"{entry.id} {entry.title}".strip(), BOX_WIDTH - 2 * PADDING)


def _tops(arranged: Arranged, ordered: Ordered, box_height: float) -> tuple[list[float], float]:
    """Return the top of every row (bottom row first), and the height of it all."""
    passing = [0] * len(ordered.rows)
    row_of = {name: at for at, row in enumerate(ordered.rows) for name in row}
    for chain in ordered.chains:
        for low in chain.nodes[:-1]:
            passing[row_of[low]] += 1
    tops = [0.0] * len(ordered.rows)
    y = MARGIN
    for at in range(len(ordered.rows) - 1, -1, -1):
        here, above = arranged.rows[at].band, arranged.rows[at + 1].band if at + 1 < len(tops) else None
        if above is not None:
            y += min(CORRIDOR + PER_SEGMENT * passing[at], MOST_CORRIDOR)
        if here != above:
            y += BAND_PADDING + (FRAME_HEAD if here == "process" else 0)
            if above is not None:
                y += BAND_PADDING
        tops[at] = y
        y += box_height
    return tops, y + BAND_PADDING + MARGIN


@dataclass(frozen=True)
class _Columns:
    """The frames from left to right: x of each relative to the first, its width, and the gap before it."""

    lefts: Mapping[ClusterId, float]
    widths: Mapping[ClusterId, float]
    gaps: Mapping[ClusterId | None, float]
    """x where the lanes before a cluster begin; None for those behind the last."""
    total: float


def _columns(arranged: Arranged, ordered: Ordered) -> _Columns:
    counts = dict.fromkeys(CLUSTERS, 0)
    lanes: dict[ClusterId | None, int] = dict.fromkeys((*CLUSTERS, None), 0)
    for row in ordered.rows:
        for cluster, boxes in _by_cluster(arranged, row).items():
            counts[cluster] = max(counts[cluster], len(boxes))
        for cluster_after, passing in _lanes_before(arranged, ordered, row).items():
            lanes[cluster_after] = max(lanes[cluster_after], len(passing))
    x = 0.0
    lefts: dict[ClusterId, float] = {}
    widths: dict[ClusterId, float] = {}
    gaps: dict[ClusterId | None, float] = {}
    for cluster in ordered.clusters:
        gaps[cluster] = x
        x += lanes[cluster] * LANE + (BOX_GAP if x or lanes[cluster] else 0)
        lefts[cluster] = x
        columns = max(counts[cluster], 1)
        widths[cluster] = columns * BOX_WIDTH + (columns - 1) * BOX_GAP + 2 * FRAME_PADDING
        x += widths[cluster]
    gaps[None] = x + BOX_GAP / 2
    x += lanes[None] * LANE + (BOX_GAP if lanes[None] else 0)
    return _Columns(lefts, widths, gaps, x)


def _by_cluster(arranged: Arranged, row: Sequence[str]) -> dict[ClusterId, list[str]]:
    found: dict[ClusterId, list[str]] = {}
    for name in row:
        entry = arranged.entries.get(name)
        if entry is not None and entry.band == "process":
            found.setdefault(entry.cluster or "operations", []).append(name)
    return found


def _lanes_before(
    arranged: Arranged, ordered: Ordered, row: Sequence[str]
) -> dict[ClusterId | None, list[str]]:
    """Return the lanes of a process row by the cluster that they pass at the left of."""
    by_cluster = _by_cluster(arranged, row)
    if not by_cluster:
        return {}
    found: dict[ClusterId | None, list[str]] = {}
    waiting: list[str] = []
    for name in row:
        if name not in arranged.entries:
            waiting.append(name)
            continue
        cluster = arranged.entries[name].cluster or "operations"
        if waiting:
            found.setdefault(cluster, []).extend(waiting)
            waiting = []
    if waiting:
        found.setdefault(None, []).extend(waiting)
    return found


def _span(row: Sequence[str], entries: Mapping[str, Entry]) -> float:
    widths = [BOX_WIDTH + BOX_GAP if name in entries else LANE for name in row]
    return sum(widths)


def _widest(arranged: Arranged, ordered: Ordered, columns: _Columns) -> float:
    spans = [columns.total]
    for at, row in enumerate(ordered.rows):
        if arranged.rows[at].band != "process":
            spans.append(_span(row, arranged.entries))
    return max(spans)


def _middles(arranged: Arranged, ordered: Ordered, columns: _Columns, width: float) -> list[dict[str, float]]:
    """Return the x of the middle of every box and lane, row by row."""
    left, right = GUTTER + MARGIN, width - MARGIN
    begin = left + (right - left - columns.total) / 2
    middles: list[dict[str, float]] = []
    for at, row in enumerate(ordered.rows):
        if arranged.rows[at].band == "process" and _by_cluster(arranged, row):
            middles.append(_in_frames(arranged, ordered, row, columns, begin))
        else:
            span = _span(row, arranged.entries)
            middles.append(_beside(row, arranged.entries, left + (right - left - span) / 2))
    near: dict[str, list[str]] = {}
    for chain in ordered.chains:
        for low, high in zip(chain.nodes, chain.nodes[1:], strict=False):
            near.setdefault(low, []).append(high)
            near.setdefault(high, []).append(low)
    free = [
        at for at, row in enumerate(ordered.rows)
        if not (arranged.rows[at].band == "process" and _by_cluster(arranged, row))
    ]  # fmt: skip
    for _ in range(4):
        for at in free:
            known = {name: x for row in middles for name, x in row.items()}
            wanted = [_wanted(name, near, known) for name in ordered.rows[at]]
            middles[at] = _spread(ordered.rows[at], arranged.entries, wanted, left, right)
    return middles


def _in_frames(
    arranged: Arranged, ordered: Ordered, row: Sequence[str], columns: _Columns, begin: float
) -> dict[str, float]:
    found: dict[str, float] = {}
    for cluster, boxes in _by_cluster(arranged, row).items():
        span = len(boxes) * (BOX_WIDTH + BOX_GAP) - BOX_GAP
        x = begin + columns.lefts[cluster] + (columns.widths[cluster] - span) / 2
        for at, name in enumerate(boxes):
            found[name] = x + at * (BOX_WIDTH + BOX_GAP) + BOX_WIDTH / 2
    for before, lanes in _lanes_before(arranged, ordered, row).items():
        for at, name in enumerate(lanes):
            found[name] = begin + columns.gaps[before] + BOX_GAP / 2 + (at + 0.5) * LANE
    return found


def _beside(row: Sequence[str], entries: Mapping[str, Entry], x: float) -> dict[str, float]:
    found = {}
    for name in row:
        wide = BOX_WIDTH + BOX_GAP if name in entries else LANE
        found[name] = x + wide / 2
        x += wide
    return found


def _wanted(name: str, near: Mapping[str, list[str]], known: Mapping[str, float]) -> float:
    places = [known[one] for one in near.get(name, ())]
    return sum(places) / len(places) if places else known[name]


def _spread(
    row: Sequence[str], entries: Mapping[str, Entry], wanted: Sequence[float], left: float, right: float
) -> dict[str, float]:
    """Return places as near to the wanted ones as the room lets, in the order of the row.

    Neighbours that want the same place share the difference (pooling of adjacent violators).
    """
    halves = [(BOX_WIDTH + BOX_GAP) / 2 if name in entries else LANE / 2 for name in row]
    offsets, reach = [], 0.0
    for at, half in enumerate(halves):
        reach += half + (halves[at - 1] if at else 0.0)
        offsets.append(reach)
    pools: list[list[float]] = []
    for at, aim in enumerate(wanted):
        pools.append([aim - offsets[at], 1.0])
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            last = pools.pop()
            total = pools[-1][1] + last[1]
            pools[-1] = [(pools[-1][0] * pools[-1][1] + last[0] * last[1]) / total, total]
    starts = [start for start, count in pools for _ in range(int(count))]
    highest = right - (reach + halves[-1] if halves else 0.0)
    found = {}
    for at, name in enumerate(row):
        start = max(left, min(starts[at], highest)) if highest > left else left
        found[name] = start + offsets[at]
    return found


def _bands(arranged: Arranged, tops: Sequence[float], box_height: float, width: float) -> tuple[Band, ...]:
    bands: dict[BandId, Area] = {}
    for at, row in enumerate(arranged.rows):
        head = FRAME_HEAD if row.band == "process" else 0.0
        top, bottom = tops[at] - BAND_PADDING - head, tops[at] + box_height + BAND_PADDING
        known = bands.get(row.band)
        if known is not None:
            top, bottom = min(top, known.y), max(bottom, known.bottom)
        bands[row.band] = Area(MARGIN / 2, top, width - MARGIN, bottom - top)
    return tuple(Band(name, area) for name, area in reversed(bands.items()))


def _frames(
    columns: _Columns, bands: Sequence[Band], reasons: Mapping[ClusterId, str], width: float
) -> tuple[Frame, ...]:
    process = next(band.area for band in bands if band.id == "process")
    begin = GUTTER + MARGIN + (width - GUTTER - 2 * MARGIN - columns.total) / 2
    inset = 4.0
    return tuple(
        Frame(
            cluster,
            Area(
                begin + columns.lefts[cluster],
                process.y + inset,
                columns.widths[cluster],
                process.height - 2 * inset,
            ),
            reasons.get(cluster, ""),
        )
        for cluster in columns.lefts
    )
