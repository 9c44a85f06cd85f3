"""Pages of small questions in between: ways to read and choose from, and a calm page while there is a break.

The result of both is the line that answers the question.
"""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.content import Content
from textual.widget import Widget

from bsc_coach.conversation.reply import Question
from bsc_coach.tui.screens.document import TextView
from bsc_coach.tui.screens.page import Page
from bsc_coach.tui.views.text_fit import BLANK, MEASURE, plain, wrapped
from bsc_coach.tui.widgets.bars import Hint
from bsc_coach.tui.widgets.static_text import Plain
from bsc_coach.tui.words import ui


class ChoiceSheet(TextView):
    """Options with all that they mean, to scroll through."""

    def __init__(self, question: Question) -> None:
        super().__init__(id="options")
        self.question = question

    def lines(self, width: int) -> Sequence[Content]:
        """Return each option with its number, and below it what it means."""
        lines: list[Content] = []
        width = min(width, MEASURE)
        for option in self.question.options:
            number = plain(f" {option.number}  ", "bold $mark")
            indent = Content(" " * number.cell_length)
            lines += [BLANK, *wrapped(option.text, width, style="bold", first=number)]
            lines += wrapped(option.help, width, first=indent)
        return [*lines, BLANK, *wrapped(self.question.hint, width, style="$muted", first=Content(" "))]


class ChoicePage(Page[str]):
    """Choice page: a key chooses, Enter alone leaves everything as it is."""

    def __init__(self, question: Question, language: str) -> None:
        super().__init__(question.text, language)
        self.question = question

    def body(self) -> Widget:
        """Return the options."""
        return ChoiceSheet(self.question)

    def hints(self) -> list[Hint]:
        """Return the keys of the page."""
        keys = f"{self.question.keys[0]}–{self.question.keys[-1]}"
        scroll = ui("hint.scroll", self.language)
        return [(keys, ui("hint.digit", self.language)), ("↑↓", scroll), *super().hints()[1:]]

    def on_key(self, event: events.Key) -> None:
        """Choose with the key of an option."""
        if event.key in self.question.keys or event.key == "enter":
            event.stop()
            self.dismiss("" if event.key == "enter" else event.key)


class PausePage(Page[str]):
    """Break page: says since when, and that Enter goes on."""

    def __init__(self, question: Question, language: str) -> None:
        super().__init__("", language)
        self.question = question

    def body(self) -> Widget:
        """Return the words in the middle of the screen."""
        said = Content.assemble(
            plain(self.question.text, "bold"), "\n\n", plain(self.question.hint, "$muted")
        )
        return Plain(said, id="pause")

    def hints(self) -> list[Hint]:
        """Return the one key of the page."""
        return [("Enter", ui("hint.go_on", self.language))]

    def on_key(self, event: events.Key) -> None:
        """Go on."""
        if event.key == "enter":
            event.stop()
            self.dismiss("")
