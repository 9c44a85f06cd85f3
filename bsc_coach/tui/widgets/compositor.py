"""Compositor that renders only the widgets inside the dirty region."""

from __future__ import annotations

from collections.abc import Iterable

from textual._compositor import Compositor
from textual.geometry import Region
from textual.strip import Strip


class SparingCompositor(Compositor):
    """Renders what lies in the region to be drawn, and nothing else.

    Textual asks every widget whose *container* reaches into that region, and so renders the whole screen
    for each key typed in the composer. Should Textual stop calling this, it only becomes slower again.
    """

    def _get_renders(self, crop: Region | None = None) -> Iterable[tuple[Region, Region, list[Strip]]]:
        if crop is None:
            yield from super()._get_renders()
            return
        for widget, (region, clip) in self.visible_widgets.items():
            seen = region.intersection(clip)
            if seen and seen.overlaps(crop):
                top, bottom = max(seen.y, crop.y), min(seen.bottom, crop.bottom)
                drawn = Region(seen.x, top, seen.width, bottom - top)
                yield region, drawn, widget.render_lines(drawn.translate(-region.offset))
