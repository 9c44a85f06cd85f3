"""Columns of the session screen: the question first, then what stands beside it and has something to say."""

from __future__ import annotations

from dataclasses import dataclass

from textual.geometry import Size
from textual.screen import Screen

from bsc_coach.tui.views.text_fit import MEASURE, SPEAKER
from bsc_coach.tui.widgets.agenda import AgendaView
from bsc_coach.tui.widgets.panel import Panel

NARROW, WIDE = 100, 150
"""Below the first the agenda has no column of its own; from the second on it may be wider."""
SHORT = 18
TINY = (40, 10)
LEAST_TEXT = 60
"""Characters a line of the conversation has before anything stands at its right."""
AROUND_TEXT = SPEAKER + 3
"""Cells of a line beside its text: who speaks, the edges, the scroll bar."""
AGENDA, WIDE_AGENDA = 26, 28
LEAST_PANEL, MOST_PANEL = 24, 72


@dataclass(frozen=True)
class Widths:
    """Widths in cells of the agenda and the panel; 0 for what is shown over the conversation on request."""

    agenda: int
    panel: int


def widths(room: int, *, panel_wanted: bool) -> Widths:
    """Return the widths beside the conversation on a screen of ``room`` cells.

    The conversation gets the rest. A panel that is not wanted (it has nothing to say) folds away, and so
    does one that would leave the conversation fewer than 60 characters a line. Beyond 76 characters a line
    the panel gets what is over.
    """
    if room < NARROW:
        return Widths(0, 0)
    agenda = WIDE_AGENDA if room >= WIDE else AGENDA
    left = room - agenda - AROUND_TEXT
    if not panel_wanted or left - LEAST_PANEL < LEAST_TEXT:
        return Widths(agenda, 0)
    return Widths(agenda, min(max(left - MEASURE, LEAST_PANEL), MOST_PANEL))


class ScreenColumns:
    """The columns of a screen, fitted to its size and to whether the panel has something to say."""

    def __init__(self, screen: Screen[None], agenda: AgendaView, panel: Panel) -> None:
        self._screen = screen
        self._agenda = agenda
        self._panel = panel
        self.room = Size(0, 0)

    def fit(self, room: Size) -> None:
        """Fit everything to a size of the window."""
        self.room = room
        width, height = room
        self._screen.set_class(width < NARROW, "narrow")
        self._screen.set_class(height < SHORT, "short")
        self._screen.set_class(width < TINY[0] or height < TINY[1], "tiny")
        self.fold()

    def fold(self) -> None:
        """Fold the panel away where it has nothing to say or no room; show it where it has both."""
        given = widths(self.room.width, panel_wanted=self._panel.wanted)
        self._screen.set_class(not given.panel, "panel-over")
        if given.agenda:
            self._agenda.styles.width = given.agenda
        else:
            self._agenda.styles.clear_rule("width")
        if given.panel:
            self._panel.styles.width = given.panel
        else:
            self._panel.styles.clear_rule("width")

    def close_sides(self) -> bool:
        """Take away what lies over the conversation; tell whether something was in front of it."""
        sides = (self._agenda, self._panel)
        was = any(side.has_focus or side.has_class("open") for side in sides)
        for side in sides:
            side.remove_class("open")
        return was
