"""The strategy map fitted to a slide or a page: closer rows, wider boxes, and text that fits its box.

The picture has room for the ways of its links; a slide has not. There links are straight, so the rows come
closer together and the empty margins go. What stands where, and in which order, stays as it was drawn.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bsc_coach.documents.office.text_metrics import LINE, lines_in
from bsc_coach.drawing.model import Area, Band, Box, Frame, MapDrawing
from bsc_coach.text import shorten

GUTTER = 49.0
"""Room at the left of a band for its name."""
INSET = 3.0
"""Between text and the edge of its box, and between a frame and the boxes in it."""
BRIM = 1.5
"""Between text and the upper and lower edge of its box."""
_HEAD = 15.0
"""Room for the name of a cluster."""
_GAP = 7.0
"""Least height between bands."""
_CORRIDOR = 17.0
"""Least height between rows, for the arrows."""
_TALLEST, _WIDEST = 56.0, 150.0
_SIZES = (11.0, 10.0, 9.0, 8.0, 7.0)
"""Font sizes of boxes; the largest at which every label fits is taken."""
_WORDY = 8.0
"""Above this size all boxes become smaller for the sake of one broken word; from here on only its own."""
_SMALLEST = 6.5
"""The smallest font size of such a box."""
_LONGEST = 400
"""No box has room for a longer title."""
_CURVE = 1.0
"""What the round corners of a box take from its text on every side."""


@dataclass(frozen=True)
class Places:
    """A map that fits: all areas in points on the slide or page."""

    drawing: MapDrawing
    sizes: Mapping[str, float]
    """Font size of each box by its id: one for all, and smaller only where a long word would break."""
    labels: Mapping[str, str]
    """What stands in each box behind its id, by that id: its title, cut only where it cannot fit."""


def fit(drawing: MapDrawing, room: Area) -> Places:
    """Return where everything of ``drawing`` stands in ``room``."""
    bands, tops, height = _rows(drawing, room)
    left, scale = _across(drawing, room)

    def middle(area: Area) -> float:
        return room.x + GUTTER + INSET + (area.x + area.width / 2 - left) * scale

    frames = tuple(_frame(frame, bands, middle(frame.area), scale) for frame in drawing.frames)
    middles = {box.entry.id: middle(box.area) for box in drawing.boxes}
    width = _width(drawing, middles, frames, room)
    boxes = tuple(
        replace(
            box, area=Area(middles[box.entry.id] - width / 2, tops[box.entry.band, box.area.y], width, height)
        )
        for box in drawing.boxes
    )
    common = next((size for size in _SIZES if all(_reads(box, size) for box in boxes)), _SIZES[-1])
    sizes = {box.entry.id: _own_size(box, common) for box in boxes}
    fitted = replace(drawing, width=room.width, height=room.height, bands=bands, frames=frames, boxes=boxes)
    return Places(fitted, sizes, {box.entry.id: _label(box, sizes[box.entry.id]) for box in boxes})


def _rows(drawing: MapDrawing, room: Area) -> tuple[tuple[Band, ...], dict[tuple[str, float], float], float]:
    """Return the bands, the new top of each row by its band and old top, and the height of all boxes."""
    rows = {
        band.id: sorted({box.area.y for box in drawing.boxes if box.entry.band == band.id}) or [band.area.y]
        for band in drawing.bands
    }
    count = sum(len(tops) for tops in rows.values())
    heads = {band.id: _HEAD if band.id == "process" else 0.0 for band in drawing.bands}
    around = sum(heads.values()) + 2 * INSET
    height = min((room.height - around - (count - 1) * _CORRIDOR) / count, _TALLEST)
    corridor = (room.height - around - count * height) / max(count - 1, 1)
    padding = min((corridor - _GAP) / 2, 2 * INSET)
    tops: dict[tuple[str, float], float] = {}
    bands: list[Band] = []
    y = room.y + INSET
    for band in drawing.bands:
        top = y - (INSET if not bands else padding)
        y += heads[band.id]
        for old in rows[band.id]:
            tops[band.id, old] = y
            y += height + corridor
        end = y - corridor + padding
        bands.append(replace(band, area=Area(room.x, top, room.width, end - top)))
    return tuple(bands), tops, height


def _across(drawing: MapDrawing, room: Area) -> tuple[float, float]:
    """Return the left edge of what is drawn, and how much it is scaled to fill ``room``."""
    areas = [*(frame.area for frame in drawing.frames), *(box.area for box in drawing.boxes)]
    left, right = min(area.x for area in areas), max(area.right for area in areas)
    return left, (room.width - GUTTER - 2 * INSET) / (right - left)


def _frame(frame: Frame, bands: Sequence[Band], middle: float, scale: float) -> Frame:
    process = next(band.area for band in bands if band.id == "process")
    width = frame.area.width * scale
    return replace(frame, area=Area(middle - width / 2, process.y + 2, width, process.height - 4))


def _width(drawing: MapDrawing, middles: Mapping[str, float], frames: Sequence[Frame], room: Area) -> float:
    """Return the width of all boxes: as wide as the closest two of them let, and the narrowest frame."""
    widths = [_WIDEST]
    around = {frame.cluster: frame.area for frame in frames}
    whole = Area(room.x + GUTTER, room.y, room.width - GUTTER, room.height)
    rows: dict[float, list[float]] = {}
    for box in drawing.boxes:
        here = middles[box.entry.id]
        rows.setdefault(box.area.y, []).append(here)
        holder = around[box.entry.cluster] if box.entry.band == "process" else whole
        widths.append(2 * (min(here - holder.x, holder.right - here) - INSET))
    for row in rows.values():
        row.sort()
        widths += [after - before - 2 * INSET for before, after in pairwise(row)]
    return min(widths)


def _label(box: Box, size: float) -> str:
    """Return the title of ``box``, cut where even the smallest font does not make it fit."""
    title = box.entry.title
    if _fits(box, size, title):
        return title
    fitting = bisect(range(1, _LONGEST), False, key=lambda most: not _fits(box, size, shorten(title, most)))
    begun = shorten(title, fitting)
    whole_words = begun.rpartition(" ")[0]
    return f"{whole_words}…" if whole_words else begun


def _reads(box: Box, size: float) -> bool:
    """Tell whether the whole title fits, without a broken word where the font is still large."""
    return _fits(box, size, box.entry.title) and (size <= _WORDY or _is_whole(box, size))


def _own_size(box: Box, common: float) -> float:
    sizes = (size for size in (common, common - 0.5, common - 1) if size >= _SMALLEST)
    return next((size for size in sizes if _is_whole(box, size)), common)


def _is_whole(box: Box, size: float) -> bool:
    """Tell whether no word is broken."""
    text, lines = _broken(box, size, box.entry.title)
    return " ".join(lines) == text


def _fits(box: Box, size: float, title: str) -> bool:
    return len(_broken(box, size, title)[1]) * size * LINE <= box.area.height - 2 * (BRIM + _CURVE)


def _broken(box: Box, size: float, title: str) -> tuple[str, tuple[str, ...]]:
    """Return all that the box says, and the lines that it needs for it."""
    text = f"{box.entry.id} {title}" + (" •••" if box.entry.horizon else "")
    return text, lines_in(text, box.area.width - 2 * (INSET + _CURVE), size)
