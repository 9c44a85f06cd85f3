"""Question widget: the open question above the composer."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from bsc_coach.tui.views.question import QuestionView, done_lines, question_lines
from bsc_coach.tui.widgets.line_view import LineView


class QuestionSheet(LineView):
    """The question that is asked now, as high as it needs to be."""

    DEFAULT_CSS = "QuestionSheet { height: auto; }"
    asked: QuestionView | None = None
    done_in: str | None = None
    """The language to say in that there is no question left, once there is none."""
    _in_view = 0
    _from_top = False

    def show(self, asked: QuestionView) -> None:
        """Show a question; from its beginning where a remark on it is new."""
        before = self.asked.prompt.remarks if self.asked is not None else ()
        self._from_top = bool(set(asked.prompt.remarks) - set(before))
        self.asked, self.done_in = asked, None
        self.redraw()
        self.call_after_refresh(self._follow)

    def show_done(self, language: str) -> None:
        """Say that everything is answered."""
        self.asked, self.done_in = None, language
        self.redraw()

    def lines(self, width: int) -> Sequence[Content]:
        """Return the question in lines."""
        if self.asked is None:
            return () if self.done_in is None else done_lines(self.done_in, width)
        drawn = question_lines(self.asked, width)
        self._in_view = drawn.focus
        return drawn.lines

    def _follow(self) -> None:
        if self.virtual_size.height > self.size.height:
            self.bring_into_view(0 if self._from_top else self._in_view, around=2)
