"""Schedule view: when each part of the agenda comes, how it stands, and what is not asked."""

from __future__ import annotations

from textual.content import Content

from bsc_coach.conversation.schedule_view import ScheduleLine
from bsc_coach.interview.navigation import AgendaEntry
from bsc_coach.tui.views.symbols import HERE, STATE_STYLES, STATES
from bsc_coach.tui.views.text_fit import BLANK, cut, fitted, plain, spread, wrapped
from bsc_coach.tui.words import ui

TIME, NOTE = 7, 12
"""Cells of a time of day before a line, and of what is told behind its minutes."""
LEAST_NOTED = 50
"""Cells below which a line ends with its minutes."""


def schedule_line(line: ScheduleLine, width: int, language: str, *, here: bool) -> Content:
    """Return a line of the timetable: time, state, title, planned minutes, and how far it is."""
    entry = line.entry
    sign = (STATES[entry.status], STATE_STYLES[entry.status]) if entry is not None else (" ", "")
    style = "bold" if here else "" if entry is not None else "$muted"
    minutes = ui("schedule.minutes", language, n=line.minutes)
    right = plain(minutes, style)
    if width >= LEAST_NOTED:
        note = _note(entry, language, here=here) if entry is not None else ""
        right = Content.assemble(right, "  ", plain(fitted(note, NOTE), "$muted"))
    left = Content.assemble(
        plain(fitted(line.time, TIME), "$muted"),
        (HERE if here else " ", "$mark"),
        sign,
        " ",
        plain(cut(line.title, width - TIME - 4 - right.cell_length), style),
    )
    return spread(left, right, width)


def left_out_line(entry: AgendaEntry, width: int, language: str) -> Content:
    """Return the line of a part in which nothing is asked today."""
    right = plain(ui("agenda.left_out", language), "$muted")
    left = plain(" " * (TIME + 3) + cut(entry.title, width - TIME - 4 - right.cell_length), "$muted")
    return spread(left, Content.assemble(right, " " * (2 + NOTE) if width >= LEAST_NOTED else ""), width)


def not_asked_lines(parts: str, questions: str, width: int) -> list[Content]:
    """Return in which parts which questions are not asked."""
    first = plain(f"  {parts}: ", "bold")
    if first.cell_length > width // 2:
        return [
            *wrapped(parts, width, style="bold", first=Content("  ")),
            *wrapped(questions, width, style="$muted", first=Content("    ")),
        ]
    return wrapped(questions, width, style="$muted", first=first, rest=4)


def title_lines(title: str, width: int) -> list[Content]:
    """Return a blank line, and the title of a block where it has one."""
    return [BLANK, plain(cut(title, width), "bold $coach")] if title else [BLANK]


def _note(entry: AgendaEntry, language: str, *, here: bool) -> str:
    if here:
        return ui("schedule.left", language, n=round(entry.minutes_left))
    spent = round(entry.minutes_elapsed)
    return ui("schedule.spent", language, n=spent) if spent else ""
