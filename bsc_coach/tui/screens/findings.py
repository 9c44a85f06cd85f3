"""Findings page: the open remarks of the coach, each one key from its answer."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.content import Content
from textual.widget import Widget

from bsc_coach.conversation.findings import FindingLine
from bsc_coach.script.slots import Slot
from bsc_coach.tui.screens.page import Page
from bsc_coach.tui.views.findings import finding_lines, findings_lines
from bsc_coach.tui.widgets.bars import Hint
from bsc_coach.tui.widgets.rows import Draw, ListEntry, Rows
from bsc_coach.tui.words import ui


class FindingsPage(Page[Slot]):
    """Findings page; its result is the slot of the answer to look at again, or None."""

    def __init__(self, found: Sequence[FindingLine], language: str, at: Slot | None = None) -> None:
        super().__init__(ui("findings.title", language), language)
        self.found = found
        self.at = at
        """The line that one came back to."""

    def body(self) -> Widget:
        """Return the remarks as a list."""
        if not self.found:
            return Rows([ListEntry(lambda width: findings_lines((), width, self.language))])
        return Rows([ListEntry(_drawn(one), one.slot) for one in self.found], at=self.at)

    def hints(self) -> list[Hint]:
        """Return the keys of the list."""
        return [("Enter", ui("hint.edit", self.language)), *super().hints()]

    @on(Rows.EntryPicked)
    def _picked(self, message: Rows.EntryPicked) -> None:
        slot = message.rows.picked
        if isinstance(slot, Slot):
            self.dismiss(slot)


def _drawn(one: FindingLine) -> Draw:
    def draw(width: int) -> list[Content]:
        return finding_lines(one, width)

    return draw
