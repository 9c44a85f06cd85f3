"""Schedule page: the agenda with its times on a whole screen; Enter goes to a part."""

from __future__ import annotations

from textual import on
from textual.content import Content
from textual.widget import Widget

from bsc_coach.conversation.schedule_view import ScheduleLine, ScheduleView
from bsc_coach.interview.forecast import Part
from bsc_coach.interview.navigation import AgendaEntry
from bsc_coach.script.slots import Slot
from bsc_coach.tui.screens.page import Page
from bsc_coach.tui.views.schedule import left_out_line, not_asked_lines, schedule_line, title_lines
from bsc_coach.tui.views.text_fit import wrapped
from bsc_coach.tui.widgets.bars import Hint
from bsc_coach.tui.widgets.rows import Draw, ListEntry, Rows
from bsc_coach.tui.words import ui

MOST_WIDTH = 90
"""Cells of a line at most: minutes far from their title are hard to read."""


class SchedulePage(Page[Slot]):
    """Schedule page; its result is the slot of the part to go to, or None."""

    def __init__(self, schedule: ScheduleView, here: Part | None, language: str) -> None:
        super().__init__(ui("schedule.title", language), language)
        self.schedule = schedule
        self.here = here

    def body(self) -> Widget:
        """Return slot, parts, and what is not asked."""
        lines = (line for sitting in self.schedule.sittings for line in sitting.lines)
        at = next((_first(line) for line in lines if self._is_here(line.entry)), None)
        return Rows(self._entries(), at=at, id="schedule")

    def hints(self) -> list[Hint]:
        """Return the keys of the list."""
        return [("Enter", ui("hint.go", self.language)), *super().hints()]

    def _is_here(self, entry: AgendaEntry | None) -> bool:
        return entry is not None and (entry.step, entry.item) == self.here

    def _entries(self) -> list[ListEntry]:
        """Return everything on the page: the slot, each sitting, parts left out, and questions left out."""
        entries = [ListEntry(_told(self.schedule.slot))]
        for sitting in self.schedule.sittings:
            entries.append(ListEntry(_title(sitting.title)))
            entries += [ListEntry(self._drawn(line), _first(line)) for line in sitting.lines]
        entries += [ListEntry(self._left_out(entry), entry.first) for entry in self.schedule.left_out]
        for block in self.schedule.not_asked:
            entries.append(ListEntry(_title(block.title)))
            entries += [ListEntry(_not_asked(*told)) for told in block.told]
        return entries

    def _drawn(self, line: ScheduleLine) -> Draw:
        def draw(width: int) -> list[Content]:
            here = self._is_here(line.entry)
            return [schedule_line(line, min(width, MOST_WIDTH), self.language, here=here)]

        return draw

    def _left_out(self, entry: AgendaEntry) -> Draw:
        return lambda width: [left_out_line(entry, min(width, MOST_WIDTH), self.language)]

    @on(Rows.EntryPicked)
    def _picked(self, message: Rows.EntryPicked) -> None:
        slot = message.rows.picked
        if isinstance(slot, Slot):
            self.dismiss(slot)


def _first(line: ScheduleLine) -> Slot | None:
    return None if line.entry is None else line.entry.first


def _told(text: str) -> Draw:
    return lambda width: wrapped(text, min(width, MOST_WIDTH))


def _title(title: str) -> Draw:
    return lambda width: title_lines(title, width)


def _not_asked(parts: str, questions: str) -> Draw:
    return lambda width: not_asked_lines(parts, questions, min(width, MOST_WIDTH))
