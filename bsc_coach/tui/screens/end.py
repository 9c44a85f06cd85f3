"""End page: the gravest findings, what is left to do and how to come back, each one key away."""

from __future__ import annotations

from textual import events, on
from textual.content import Content
from textual.widget import Widget

from bsc_coach.conversation.ending import EndLine, EndView
from bsc_coach.tui.screens.page import Page
from bsc_coach.tui.views.text_fit import BLANK, plain, wrapped
from bsc_coach.tui.widgets.bars import Hint
from bsc_coach.tui.widgets.rows import Draw, ListEntry, Rows
from bsc_coach.tui.words import ui

MOST_LINES = 2
"""Lines of an alarm: five of them, and all the rest, stand on a small screen; the answer tells it whole."""


class EndPage(Page[str]):
    """End page; its result is the key of the line that was picked, or None."""

    def __init__(self, view: EndView, language: str) -> None:
        super().__init__(ui("end.title", language), language)
        self.view = view

    def body(self) -> Widget:
        """Return all parts as one list, an empty line between them."""
        entries: list[ListEntry] = []
        for part in self.view.parts:
            entries += [ListEntry(lambda width: [BLANK])] if entries else []
            entries += [ListEntry(_drawn(line), line.key or None) for line in part]
        return Rows(entries)

    def hints(self) -> list[Hint]:
        """Return the keys of the page."""
        return [("Enter", ui("hint.go", self.language)), *super().hints()]

    def on_key(self, event: events.Key) -> None:
        """Do what the line with this key tells."""
        if event.key in self.view.keys:
            event.stop()
            self.dismiss(event.key)

    @on(Rows.EntryPicked)
    def _picked(self, message: Rows.EntryPicked) -> None:
        if isinstance(message.rows.picked, str):
            self.dismiss(message.rows.picked)


def _drawn(line: EndLine) -> Draw:
    def draw(width: int) -> list[Content]:
        if not line.key:
            return wrapped(line.text, width, style="bold")
        lines = wrapped(line.text, width, first=plain(f" {line.key}  ", "bold $mark"))
        if len(lines) <= MOST_LINES:
            return lines
        cut_off = lines[MOST_LINES - 1].truncate(width - 2)
        return [*lines[: MOST_LINES - 1], Content.assemble(cut_off, " …")]

    return draw
