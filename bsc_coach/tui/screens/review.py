"""Review page: everything answered, what wants attention first, each line one key from its edit."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.content import Content
from textual.widget import Widget

from bsc_coach.conversation.prompt import Cell
from bsc_coach.conversation.side_views import ReviewSection
from bsc_coach.script.slots import Slot
from bsc_coach.tui.screens.page import Page
from bsc_coach.tui.views.symbols import CELL_STYLES, CELLS
from bsc_coach.tui.views.text_fit import BLANK, cut, cut_name, plain, wrapped
from bsc_coach.tui.widgets.bars import Hint
from bsc_coach.tui.widgets.rows import Draw, ListEntry, Rows
from bsc_coach.tui.words import ui


class ReviewPage(Page[Slot]):
    """Review page; its result is the slot to edit, or None."""

    def __init__(self, sections: Sequence[ReviewSection], language: str, at: Slot | None = None) -> None:
        super().__init__(ui("review.title", language), language)
        self.sections = sections
        self.at = at
        """The line that one came back to."""

    def body(self) -> Widget:
        """Return the sections as one list."""
        entries: list[ListEntry] = []
        for section in self.sections:
            entries.append(ListEntry(_heading(section.title)))
            entries += [ListEntry(_cell(cell), cell.slot) for cell in section.cells]
        if not entries:
            entries = [ListEntry(_nothing(self.language))]
        return Rows(entries, at=self.at)

    def hints(self) -> list[Hint]:
        """Return the keys of the list."""
        return [("Enter", ui("hint.edit", self.language)), *super().hints()]

    @on(Rows.EntryPicked)
    def _picked(self, message: Rows.EntryPicked) -> None:
        slot = message.rows.picked
        if isinstance(slot, Slot):
            self.dismiss(slot)


def _heading(title: str) -> Draw:
    def draw(width: int) -> list[Content]:
        return [BLANK, plain(cut(title, width), "bold $coach")]

    return draw


def _cell(cell: Cell) -> Draw:
    def draw(width: int) -> list[Content]:
        name_width = min(max(width * 2 // 5, 12), 44) if cell.answer else width - 6
        sign = Content.styled(f" {CELLS[cell.status]} ", CELL_STYLES[cell.status])
        name = cut_name(cell.name, name_width)
        first = Content.assemble(sign, plain(name))
        first = Content.assemble(first, " " * max(name_width + 5 - first.cell_length, 1))
        if not cell.answer:
            return [first]
        return wrapped(cell.answer, width, style="$team", first=first)

    return draw


def _nothing(language: str) -> Draw:
    def draw(width: int) -> list[Content]:
        return wrapped(ui("review.nothing", language), width, style="$muted")

    return draw
