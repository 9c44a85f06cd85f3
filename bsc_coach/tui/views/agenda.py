"""Agenda view: every section with its state, its count, and a mark where we are."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from bsc_coach.interview.navigation import AgendaEntry
from bsc_coach.tui.views.symbols import HERE, STATE_STYLES, STATES
from bsc_coach.tui.views.text_fit import BLANK, barred, cut, plain, spread
from bsc_coach.tui.words import ui


def agenda_lines(
    entries: Sequence[AgendaEntry], here: int | None, place: int | None, width: int, language: str
) -> list[Content]:
    """Return a line an entry; ``here`` is where the talk is, ``place`` where the arrow keys are.

    What the signs stand for is told while the arrow keys are here; the help tells it at any time.
    """
    lines = []
    for number, entry in enumerate(entries):
        line = _line(entry, width, at_it=number == here)
        lines.append(barred(line, width) if number == place else line)
    return lines if place is None else [*lines, BLANK, *legend(language)]


def _line(entry: AgendaEntry, width: int, *, at_it: bool) -> Content:
    far = entry.progress
    counted = far.certain and (at_it or entry.status in ("begun", "check_again"))
    count = f"{far.settled}/{far.certain}" if counted else ""
    style = "bold" if at_it else ("$muted" if entry.status in ("untouched", "settled") else "")
    left = Content.assemble(
        (HERE if at_it else " ", "$mark"),
        (STATES[entry.status], STATE_STYLES[entry.status]),
        " ",
        plain(cut(entry.title, width - 3 - (len(count) + 1 if count else 0)), style),
    )
    return spread(left, plain(count, "$muted"), width) if count else left


def legend(language: str) -> list[Content]:
    """Return what the signs stand for."""
    return [
        Content.assemble(
            " ", (STATES[state], STATE_STYLES[state]), " ", (ui(f"state.{state}", language), "$muted")
        )
        for state in STATES
    ]
