"""Base of full-screen pages over the session: a title, a body, the keys; Escape closes it."""

from __future__ import annotations

from typing import ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widget import Widget

from bsc_coach.tui.screens.closing import ClosesOnce
from bsc_coach.tui.views.text_fit import plain
from bsc_coach.tui.widgets.bars import Hint, HintLine
from bsc_coach.tui.widgets.static_text import Plain
from bsc_coach.tui.words import ui

Result = TypeVar("Result")


class Page(ClosesOnce[Result], Generic[Result]):
    """Title, body, keys. A subclass gives the body."""

    CSS_PATH = "page.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [("escape", "leave", ""), ("ctrl+q", "leave", "")]

    def __init__(self, heading: str, language: str) -> None:
        super().__init__()
        self.heading = heading
        self.language = language

    def body(self) -> Widget:
        """Return the widget between title and keys."""
        raise NotImplementedError

    def hints(self) -> list[Hint]:
        """Return the keys that act here."""
        return [("↑↓", ui("hint.arrows", self.language)), ("Esc", ui("hint.leave", self.language))]

    def compose(self) -> ComposeResult:
        """Put the parts in place."""
        yield Plain(plain(" " + self.heading, "bold"), id="title")
        yield self.body()
        hints = HintLine(id="hints")
        hints.hints = self.hints()
        yield hints

    def action_leave(self) -> None:
        """Close the page without a result."""
        self.dismiss(None)
