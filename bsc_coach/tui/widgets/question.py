"""The open question above the composer."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from bsc_coach.tui.views.question import Asked, question_lines
from bsc_coach.tui.widgets.sheet import Sheet


class QuestionSheet(Sheet):
    """The question that is asked now, as high as it needs to be."""

    DEFAULT_CSS = "QuestionSheet { height: auto; }"
    asked: Asked | None = None
    _in_view = 0

    def show(self, asked: Asked | None) -> None:
        """Show a question, or none."""
        self.asked = asked
        self.display = asked is not None
        self.redraw()
        if asked is not None:
            self.call_after_refresh(self._follow)

    def lines(self, width: int) -> Sequence[Content]:
        """Return the question in lines."""
        if self.asked is None:
            return ()
        drawn = question_lines(self.asked, width)
        self._in_view = drawn.focus
        return drawn.lines

    def _follow(self) -> None:
        if self.virtual_size.height > self.size.height:
            self.bring_into_view(self._in_view, around=2)
