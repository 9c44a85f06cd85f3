"""Agenda widget at the side: shows where we are, and with the focus on it goes elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.content import Content
from textual.message import Message

from bsc_coach.script.slots import Slot
from bsc_coach.tui.view_model import Snapshot
from bsc_coach.tui.views.agenda import agenda_lines
from bsc_coach.tui.widgets.line_view import PickingView


class AgendaView(PickingView):
    """The sections with their state; Enter on one goes there."""

    class SectionPicked(Message):
        """A section was picked; None when one only wants to leave."""

        def __init__(self, slot: Slot | None) -> None:
            super().__init__()
            self.slot = slot

    now: Snapshot | None = None
    walking = False
    """Whether the arrow keys move here; the focus itself is only told of after ``on_focus``."""

    def show(self, now: Snapshot) -> None:
        """Show where we are."""
        self.now = now
        if not self.has_focus:
            self.set_reactive(AgendaView.place, self.here or 0)
        self.redraw()

    @property
    def here(self) -> int | None:
        """The entry that the talk is in."""
        if self.now is None:
            return None
        entries = [(entry.step, entry.item) for entry in self.now.agenda]
        return entries.index(self.now.here) if self.now.here in entries else None

    def places(self) -> int:
        """Return how many sections there are."""
        return 0 if self.now is None else len(self.now.agenda)

    def lines(self, width: int) -> Sequence[Content]:
        """Return a line a section."""
        if self.now is None:
            return ()
        place = self.place if self.walking else None
        return agenda_lines(self.now.agenda, self.here, place, width, self.now.language)

    def on_focus(self) -> None:
        """Begin where the talk is."""
        self.walking = True
        self.place = self.here or 0
        self.redraw()

    def on_blur(self) -> None:
        """Take the bar away."""
        self.walking = False
        self.redraw()

    def on_key(self, event: events.Key) -> None:
        """Move, pick, or leave."""
        if event.key in ("up", "down"):
            self.move(-1 if event.key == "up" else 1)
        elif event.key == "enter":
            self._pick(self.place)
        elif event.key in ("escape", "tab", "left", "right"):
            self.post_message(self.SectionPicked(None))
        else:
            return
        event.stop()
        event.prevent_default()

    def on_click(self, event: events.Click) -> None:
        """Go to the section that was clicked."""
        self._pick(event.y + self.scroll_offset.y)

    def _pick(self, place: int) -> None:
        if self.now is not None and 0 <= place < len(self.now.agenda):
            self.post_message(self.SectionPicked(self.now.agenda[place].first))
