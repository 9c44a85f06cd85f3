"""Line API widget: a scrollable sheet of lines, the base of everything that is more than a sentence.

Only the lines in view are rendered, so that a sheet costs the same at ten lines and at ten thousand.
"""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from textual import events
from textual.content import Content
from textual.geometry import Region, Size
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual


class LineView(ScrollView, can_focus=False):
    """Lines of text that fit the width; a subclass says which."""

    DEFAULT_CSS = """
    LineView {
        height: 1fr; overflow-x: hidden; overflow-y: auto;
        scrollbar-size-vertical: 1; scrollbar-size-horizontal: 0; scrollbar-gutter: stable;
    }
    """
    BLANK_STRIP = Strip([Segment("")])

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._drawn: tuple[int, Sequence[Content]] | None = None

    def lines(self, width: int) -> Sequence[Content]:
        """Return the lines, each at most ``width`` cells wide."""
        raise NotImplementedError

    def redraw(self) -> None:
        """Make the lines anew, because what they tell has changed, and paint those that differ."""
        before, self._drawn = self._drawn, None
        if not self.is_attached:
            return
        height = len(before[1]) if before is not None else -1
        if self.styles.is_auto_height and self._count() != height:
            self.refresh(layout=True)
        self._refit()
        lines = self._at(self.scrollable_content_region.width)
        if before is None or len(lines) != height or self._drawn is None or before[0] != self._drawn[0]:
            self.refresh()
            return
        for number, (old, new) in enumerate(zip(before[1], lines, strict=True)):
            if not new.is_same(old):
                self.refresh_line(number)

    def bring_into_view(self, line: int, *, height: int = 1, around: int = 1) -> None:
        """Scroll, if need be, so that ``height`` lines from ``line`` can be seen with a line around them."""
        top = max(line - around, 0)
        self.scroll_to_region(
            Region(0, top, 1, height + 2 * around), animate=False, force=True, immediate=True, x_axis=False
        )

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return how high all lines are, for sheets that are as high as their text."""
        return len(self._at(width - self.scrollbar_gutter.width))  # which Textual leaves out here

    def render_line(self, y: int) -> Strip:
        """Return one line of what is in view."""
        width = self.scrollable_content_region.width
        lines = self._at(width)
        number = y + self.scroll_offset.y
        style = self.visual_style
        if not 0 <= number < len(lines) or width <= 0:
            return Strip.blank(width, style.rich_style)
        strips = Visual.to_strips(self, lines[number], width, 1, style, apply_selection=False)
        strip = strips[0] if strips else self.BLANK_STRIP
        return strip.adjust_cell_length(width, style.rich_style)

    def on_mount(self) -> None:
        """Measure the lines once there is a width."""
        self._refit()

    def on_resize(self, event: events.Resize) -> None:
        """Measure the lines again."""
        self._refit()

    def _count(self) -> int:
        return len(self._at(self.scrollable_content_region.width))

    def _at(self, width: int) -> Sequence[Content]:
        if self._drawn is None or self._drawn[0] != width:
            self._drawn = (width, self.lines(max(width, 1)) if width > 0 else ())
        return self._drawn[1]

    def _refit(self) -> None:
        """Take in how many lines there are.

        Set through the reactive, another number of lines would lay out the whole screen; but a sheet has no
        children, its gutter is stable, and so only its scroll bar has to know.
        """
        width = self.scrollable_content_region.width
        size = Size(width, len(self._at(width)))
        if width > 0 and size != self.virtual_size:
            self.set_reactive(LineView.virtual_size, size)
            self._scroll_update(size)


class PickingView(LineView, can_focus=True):
    """A sheet with a place in it that the arrow keys move; a subclass says how many places there are."""

    place = reactive(0, layout=False)

    def places(self) -> int:
        """Return how many places there are."""
        raise NotImplementedError

    def line_of(self, place: int) -> int:
        """Return the line of a place, once the lines have been made."""
        return place

    def watch_place(self) -> None:
        """Draw the place where one is."""
        self.redraw()
        self.bring_into_view(self.line_of(self.place))

    def move(self, by: int) -> None:
        """Go ``by`` places up or down, as far as there are any."""
        self.place = max(0, min(self.place + by, self.places() - 1))
