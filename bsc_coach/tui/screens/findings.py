"""Findings page: the open remarks of the coach, each one key from its answer."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from textual import on
from textual.content import Content
from textual.widget import Widget

from bsc_coach.conversation.findings import FindingLine, in_groups
from bsc_coach.script.slots import Slot
from bsc_coach.tui.screens.page import Page
from bsc_coach.tui.views.findings import count_lines, finding_lines, group_lines, member_lines
from bsc_coach.tui.views.text_fit import BLANK
from bsc_coach.tui.widgets.bars import Hint
from bsc_coach.tui.widgets.rows import ListEntry, Rows
from bsc_coach.tui.words import ui


class FindingsPage(Page[Slot]):
    """Findings page; its result is the slot of the answer to look at again, or None."""

    def __init__(
        self, found: Sequence[FindingLine], language: str, at: Slot | None = None, *, unsettled: int = 0
    ) -> None:
        super().__init__(ui("findings.title", language), language)
        self.found = found
        self.unsettled = unsettled
        """How many points the document says are not settled."""
        self.at = at
        """The line that one came back to."""

    def body(self) -> Widget:
        """Return the remarks as a list; under what is said of several points, each of them."""
        entries: list[ListEntry] = []
        for group in in_groups(self.found):
            if len(group) == 1:
                entries.append(ListEntry(partial(finding_lines, group[0]), group[0].slot))
                continue
            entries.append(ListEntry(partial(group_lines, group)))
            entries += [ListEntry(partial(member_lines, one), one.slot) for one in group]
            entries.append(ListEntry(lambda width: [BLANK]))
        return Rows([*entries, ListEntry(self._counted)], at=self.at)

    def _counted(self, width: int) -> list[Content]:
        return count_lines(len(self.found), self.unsettled, width, self.language)

    def hints(self) -> list[Hint]:
        """Return the keys of the list."""
        return [("Enter", ui("hint.edit", self.language)), *super().hints()]

    @on(Rows.EntryPicked)
    def _picked(self, message: Rows.EntryPicked) -> None:
        slot = message.rows.picked
        if isinstance(slot, Slot):
            self.dismiss(slot)
