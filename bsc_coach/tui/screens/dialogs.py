"""Modal dialogs: something to choose, or a line to type."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen

from bsc_coach.tui.screens.closing import ClosesOnce
from bsc_coach.tui.views.text_fit import plain, wrapped
from bsc_coach.tui.widgets.composer import Composer
from bsc_coach.tui.widgets.rows import Draw, ListEntry, Rows
from bsc_coach.tui.widgets.static_text import Plain


@dataclass(frozen=True)
class Way:
    """One way to go on: its name in the program, and what it is called."""

    name: str
    text: str


class ChoiceWindow(ModalScreen[str], ClosesOnce[str]):
    """Choice dialog; its result is the name of the way chosen, or None after Escape."""

    CSS_PATH = "windows.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [("escape", "leave", "")]

    def __init__(
        self, question: str, ways: Sequence[Way], *, details: Sequence[str] = (), at: str = ""
    ) -> None:
        """``at`` is the name of the way that is highlighted; else it is the first."""
        super().__init__()
        self.at = next((way for way in ways if way.name == at), None)
        self.question = question
        self.ways = ways
        self.details = details

    def compose(self) -> ComposeResult:
        """Put question, details and ways in place."""
        with Vertical(classes="window"):
            yield Plain(plain(self.question, "bold"), classes="question")
            yield Rows(
                [
                    *(ListEntry(_detail(text)) for text in self.details),
                    *(
                        ListEntry(_numbered(number, way), way)
                        for number, way in enumerate(self.ways, start=1)
                    ),
                ],
                at=self.at,
                id="ways",
            )

    def on_mount(self) -> None:
        """Show the question from its beginning."""
        self.query_one("#ways", Rows).focus()

    def on_key(self, event: events.Key) -> None:
        """Choose with a digit."""
        if event.key.isdecimal() and 1 <= int(event.key) <= len(self.ways):
            event.stop()
            self.dismiss(self.ways[int(event.key) - 1].name)

    @on(Rows.EntryPicked)
    def _picked(self, message: Rows.EntryPicked) -> None:
        way = message.rows.picked
        if isinstance(way, Way):
            self.dismiss(way.name)

    def action_leave(self) -> None:
        """Leave everything as it is."""
        self.dismiss(None)


class LineWindow(ModalScreen[str], ClosesOnce[str]):
    """Prompt dialog; its result is the line typed, or None after Escape."""

    CSS_PATH = "windows.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [("escape", "leave", "")]

    def __init__(self, question: str, *, text: str = "", explanation: str = "") -> None:
        super().__init__()
        self.question = question
        self.text = text
        self.explanation = explanation

    def compose(self) -> ComposeResult:
        """Put question and line in place."""
        with Vertical(classes="window"):
            yield Plain(plain(self.question, "bold"), classes="question")
            if self.explanation:
                yield Plain(plain(self.explanation, "$muted"), classes="question")
            yield Composer(id="line")

    def on_mount(self) -> None:
        """Begin with what is likely."""
        composer = self.query_one("#line", Composer)
        composer.fill(self.text, select=True)
        composer.focus()

    @on(Composer.Submitted)
    def _submitted(self, message: Composer.Submitted) -> None:
        message.stop()
        self.dismiss(message.text)

    def action_leave(self) -> None:
        """Leave everything as it is."""
        self.dismiss(None)


def _numbered(number: int, way: Way) -> Draw:
    def draw(width: int) -> list[Content]:
        return wrapped(way.text, width, first=plain(f" {number}  ", "bold $mark"))

    return draw


def _detail(text: str) -> Draw:
    def draw(width: int) -> list[Content]:
        return wrapped(text, width, style="$muted", first=Content("   ")) if text else [Content("")]

    return draw
