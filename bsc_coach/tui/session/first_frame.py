"""A Textual screen that lays out twice and paints once before its first frame."""

from __future__ import annotations

from textual.geometry import Size
from textual.screen import Screen

from bsc_coach.tui.widgets.compositor import SparingCompositor


class FirstFrameScreen(Screen[None]):
    """Draws nothing until every part has its place, and tells when there is a first frame.

    By itself Textual lays out, and often paints, after each message that mounting a screen leads to: six
    layouts, most of them of half a screen. Should Textual stop calling these methods, a start only becomes
    slower again.
    """

    def __init__(self) -> None:
        super().__init__()
        self._compositor = SparingCompositor()
        self._placed = False
        self._drawing = False

    def begin_drawing(self) -> None:
        """Draw the first frame as soon as the parts have taken in their sizes; then call ``drawn``."""
        self.call_after_refresh(lambda: self.call_after_refresh(self._draw))

    def drawn(self) -> None:
        """Go on now that there is a first frame; a subclass says how."""

    def _draw(self) -> None:
        self._drawing = True
        self.refresh(layout=True, repaint=False)
        self.call_after_refresh(self.drawn)

    def _refresh_layout(self, size: Size | None = None, scroll: bool = False) -> None:
        """Lay out once before the first frame, so that every part learns its size, and once more for it."""
        if self._drawing or not self._placed:
            super()._refresh_layout(size, scroll)
            self._placed = bool(self.size)

    def _compositor_refresh(self) -> None:
        if self._drawing:
            super()._compositor_refresh()
        else:
            self._dirty_widgets.clear()
