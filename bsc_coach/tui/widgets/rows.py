"""Option list: entries of a line or more, some of them only headings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.message import Message

from bsc_coach.tui.views.text_fit import barred
from bsc_coach.tui.widgets.line_view import PickingView

Draw = Callable[[int], Sequence[Content]]
"""Makes the lines of an entry for a width."""


@dataclass(frozen=True)
class ListEntry:
    """Lines of a list; with a value they can be picked."""

    draw: Draw
    value: object = None


class Rows(PickingView):
    """Entries under each other; the arrow keys move between those that can be picked."""

    class EntryPicked(Message):
        """Enter was pressed on an entry, or it was clicked."""

        def __init__(self, rows: Rows) -> None:
            super().__init__()
            self.rows = rows

    class EntryFocused(Message):
        """The highlight has moved to another entry."""

    def __init__(
        self,
        entries: Sequence[ListEntry] = (),
        *,
        at: object = None,
        id: str | None = None,  # noqa: A002
    ) -> None:
        """List ``entries``; the highlight is on the one with the value ``at``, else on the first."""
        super().__init__(id=id)
        self._entries: Sequence[ListEntry] = entries
        values = [entry.value for entry in entries if entry.value is not None]
        self.set_reactive(Rows.place, values.index(at) if at in values else 0)
        self._made: tuple[int, list[Sequence[Content]]] | None = None
        self._tops: list[int] = []

    @property
    def entries(self) -> Sequence[ListEntry]:
        """What is listed."""
        return self._entries

    def watch_place(self) -> None:
        """Draw the place where one is, and tell of it."""
        super().watch_place()
        self.post_message(self.EntryFocused())

    def fill(self, entries: Sequence[ListEntry]) -> None:
        """List other entries, and stay at the same place as far as it is still there."""
        self._entries, self._made = entries, None
        self.set_reactive(Rows.place, max(0, min(self.place, self.places() - 1)))
        self.redraw()

    @property
    def picked(self) -> object:
        """The value of the entry where one is."""
        pickable = [entry.value for entry in self._entries if entry.value is not None]
        return pickable[self.place] if 0 <= self.place < len(pickable) else None

    def places(self) -> int:
        """Return how many entries can be picked."""
        return sum(entry.value is not None for entry in self._entries)

    def line_of(self, place: int) -> int:
        """Return the first line of an entry that can be picked."""
        return self._tops[place] if 0 <= place < len(self._tops) else 0

    def lines(self, width: int) -> Sequence[Content]:
        """Return all entries, the one where one is as a bar."""
        if self._made is None or self._made[0] != width:
            self._made = (width, [entry.draw(width) for entry in self._entries])
        lines: list[Content] = []
        self._tops = []
        for entry, drawn in zip(self._entries, self._made[1], strict=True):
            here = entry.value is not None and len(self._tops) == self.place
            if entry.value is not None:
                self._tops.append(len(lines))
            lines += [barred(line, width) for line in drawn] if here else drawn
        return lines

    def on_key(self, event: events.Key) -> None:
        """Move and pick."""
        steps = {
            "up": -1,
            "down": 1,
            "home": -self.places(),
            "end": self.places(),
        }
        if event.key in steps:
            self.move(steps[event.key])
        elif event.key in ("pageup", "pagedown"):
            self.place = self._a_page_on(-1 if event.key == "pageup" else 1)
        elif event.key == "enter" and self.picked is not None:
            self.post_message(self.EntryPicked(self))
        else:
            return
        event.stop()
        event.prevent_default()

    def _a_page_on(self, way: int) -> int:
        """Return the place a page of lines further down or up, at least the next one there is.

        Counted in places, ten of them could all be in view already, and nothing would scroll.
        """
        last = self.places() - 1
        here = self.line_of(self.place) + way * max(self.scrollable_content_region.height - 1, 1)
        near = max((place for place, top in enumerate(self._tops) if top <= here), default=0)
        return max(0, min(max(near, self.place + 1) if way > 0 else min(near, self.place - 1), last))

    def on_click(self, event: events.Click) -> None:
        """Pick what was clicked."""
        line = event.y + self.scroll_offset.y
        before = [place for place, top in enumerate(self._tops) if top <= line]
        if before:
            self.place = before[-1]
            self.post_message(self.EntryPicked(self))
