"""Document page: the document as it will be written."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.content import Content
from textual.widget import Widget

from bsc_coach.tui.screens.page import Page
from bsc_coach.tui.views.document import document_lines
from bsc_coach.tui.widgets.bars import Hint
from bsc_coach.tui.widgets.line_view import LineView
from bsc_coach.tui.words import ui

MOST_WIDTH = 100


class TextView(LineView, can_focus=True):
    """Lines to scroll through with the keys."""

    def on_key(self, event: events.Key) -> None:
        """Scroll by a line, a page, or to the ends."""
        page = max(self.size.height - 2, 1)
        steps = {"up": -1, "down": 1, "pageup": -page, "pagedown": page, "space": page}
        if event.key in steps:
            self.scroll_relative(y=steps[event.key], animate=False)
        elif event.key in ("home", "end"):
            (self.scroll_home if event.key == "home" else self.scroll_end)(animate=False)
        else:
            return
        event.stop()
        event.prevent_default()


class DocumentSheet(TextView):
    """A document in lines."""

    def __init__(self, markdown: str, language: str) -> None:
        super().__init__(id="paper")
        self.markdown, self.language = markdown, language

    def lines(self, width: int) -> Sequence[Content]:
        """Return the document, not wider than one likes to read."""
        return document_lines(self.markdown, min(width, MOST_WIDTH), self.language)


class DocumentPage(Page[None]):
    """Shows the document; nothing can be changed here."""

    def __init__(self, markdown: str, language: str) -> None:
        super().__init__(ui("document.title", language), language)
        self.markdown = markdown

    def body(self) -> Widget:
        """Return the document."""
        return DocumentSheet(self.markdown, self.language)

    def hints(self) -> list[Hint]:
        """Return the keys of the page."""
        scroll = ui("hint.scroll", self.language)
        return [("↑↓ PgUp PgDn", scroll), ("^S", ui("action.export", self.language)), *super().hints()[1:]]
