"""The strategy map on a whole screen, with the causes and effects of where one is."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from bsc_coach.conversation.overview import MapBand, MapItem
from bsc_coach.interview.slots import Slot
from bsc_coach.tui.screens.page import Page
from bsc_coach.tui.views.large_map import detail_lines, items_of, large_map
from bsc_coach.tui.widgets.bars import Hint
from bsc_coach.tui.widgets.sheet import Picking, Sheet
from bsc_coach.tui.wording import ui


class MapSheet(Picking):
    """The bands; arrow keys go from item to item, also sideways."""

    class Moved(Message):
        """Another item is in focus."""

    class Picked(Message):
        """Somebody wants to work on an item."""

        def __init__(self, item: MapItem) -> None:
            super().__init__()
            self.item = item

    bands: Sequence[MapBand] = ()
    language = "en"
    _spots: Sequence[tuple[int, int]] = ()

    def places(self) -> int:
        """Return how many items there are."""
        return len(items_of(self.bands))

    def lines(self, width: int) -> Sequence[Content]:
        """Return the map."""
        drawing = large_map(self.bands, self.place, width, self.language)
        self._spots = drawing.places
        return drawing.lines

    def line_of(self, place: int) -> int:
        """Return the line that an item stands on."""
        return self._spots[place][0] if 0 <= place < len(self._spots) else 0

    def on_key(self, event: events.Key) -> None:
        """Go to the next item in a direction, or work on this one."""
        if event.key in ("up", "down", "left", "right"):
            self._go(event.key)
        elif event.key == "enter" and self.places():
            self.post_message(self.Picked(items_of(self.bands)[self.place]))
        else:
            return
        event.stop()
        event.prevent_default()

    def _go(self, key: str) -> None:
        if not self._spots:
            return
        line, column = self._spots[self.place]
        sideways = key in ("left", "right")
        by = -1 if key in ("up", "left") else 1
        ahead = [
            (abs(y - line), abs(x - column), at)
            for at, (y, x) in enumerate(self._spots)
            if (sideways and (x - column) * by == 1) or (not sideways and (y - line) * by > 0)
        ]
        if not sideways:
            same = [spot for spot in ahead if spot[1] == 0]
            nearest = min((spot[0] for spot in ahead), default=0)
            ahead = [spot for spot in same if spot[0] <= nearest + 2] or ahead
        if ahead:
            self.place = min(ahead)[2]
            self.post_message(self.Moved())


class Detail(Sheet):
    """What is known of the item in focus."""

    bands: Sequence[MapBand] = ()
    place = 0
    language = "en"

    def lines(self, width: int) -> Sequence[Content]:
        """Return name, causes and effects."""
        return detail_lines(self.bands, self.place, width, self.language)


class MapPage(Page[Slot]):
    """Gives the slot of an item that somebody wants to work on."""

    def __init__(self, bands: Sequence[MapBand], language: str) -> None:
        super().__init__(ui("map.title", language), language)
        self.map = MapSheet()
        self.detail = Detail(id="detail")
        for part in (self.map, self.detail):
            part.bands, part.language = bands, language

    def body(self) -> Widget:
        """Return the map over the detail."""
        return Vertical(self.map, self.detail)

    def hints(self) -> list[Hint]:
        """Return the keys of the map."""
        return [
            ("Enter", ui("hint.edit", self.language)),
            ("←↑↓→", ui("hint.arrows", self.language)),
            super().hints()[-1],
        ]

    def on_map_sheet_moved(self) -> None:
        """Tell about the item in focus."""
        self.detail.place = self.map.place
        self.detail.redraw()

    def on_map_sheet_picked(self, message: MapSheet.Picked) -> None:
        """Go and work on an item."""
        self.dismiss(message.item.slot)
