"""Agenda view: every section with its state, its minutes, and a mark where we are."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from bsc_coach.interview.navigation import AgendaEntry
from bsc_coach.tui.views.symbols import HERE, STATE_STYLES, STATES
from bsc_coach.tui.views.text_fit import BLANK, barred, cut, plain, spread, wrapped
from bsc_coach.tui.words import ui


def agenda_lines(
    entries: Sequence[AgendaEntry], here: int | None, place: int | None, width: int, language: str
) -> list[Content]:
    """Return a line an entry; ``here`` is where the talk is, ``place`` where the arrow keys are.

    What the signs stand for is told while the arrow keys are here; the help tells it at any time.
    """
    lines = []
    for number, entry in enumerate(entries):
        line = _line(entry, width, language, at_it=number == here)
        lines.append(barred(line, width) if number == place else line)
    if place is None:
        return lines
    minutes = wrapped(ui("agenda.told", language), width, style="$muted", first=Content(" "))
    return [*lines, BLANK, *legend(language), BLANK, *minutes]


def _line(entry: AgendaEntry, width: int, language: str, *, at_it: bool) -> Content:
    """Return a line: planned minutes, those that are left where one is, or that nothing is asked today."""
    minutes = round(entry.minutes_left) if at_it else entry.minutes_planned
    right = str(minutes) if minutes else ""
    if entry.left_out and not at_it:
        right = ui("agenda.left_out", language)
    style = "bold" if at_it else ("$muted" if entry.left_out or entry.status == "settled" else "")
    left = Content.assemble(
        (HERE if at_it else " ", "$mark"),
        (STATES[entry.status], STATE_STYLES[entry.status]),
        " ",
        plain(cut(entry.title, width - 3 - (len(right) + 1 if right else 0)), style),
    )
    return spread(left, plain(right, "$muted"), width) if right else left


def legend(language: str) -> list[Content]:
    """Return what the signs stand for."""
    return [
        Content.assemble(
            " ", (STATES[state], STATE_STYLES[state]), " ", (ui(f"state.{state}", language), "$muted")
        )
        for state in STATES
    ]
