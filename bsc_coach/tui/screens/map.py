"""Map page, the strategy map on a whole screen: from card to card by position, and along the links."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual import events
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from bsc_coach.conversation.side_views import MapBand, MapItem, MapLink
from bsc_coach.script.slots import Slot
from bsc_coach.tui.screens.page import Page
from bsc_coach.tui.views.card_links import CardLinks, link_lines, links_around
from bsc_coach.tui.views.large_map import CardSpot, items_of, large_map, towards
from bsc_coach.tui.widgets.bars import Hint
from bsc_coach.tui.widgets.line_view import LineView, PickingView
from bsc_coach.tui.words import ui


class MapSheet(PickingView):
    """The cards. Arrow keys go by position; other keys go along the links of the card in focus."""

    class FocusMoved(Message):
        """Another card is in focus, or another of its links is chosen."""

    class ItemPicked(Message):
        """Somebody wants to work on an item."""

        def __init__(self, item: MapItem) -> None:
            super().__init__()
            self.item = item

    def __init__(self, bands: Sequence[MapBand], links: Sequence[MapLink], language: str) -> None:
        super().__init__(id="map")
        self.bands, self.links, self.language = bands, links, language
        self.items = items_of(bands)
        self.chosen = 0
        """Which link of the card in focus is chosen."""
        self._places = {item.short: place for place, item in enumerate(self.items)}
        self._spots: Mapping[str, CardSpot] = {}
        self._came_from: list[int] = []
        """The places that were left along a link or by a jump."""

    @property
    def item(self) -> MapItem | None:
        """The card in focus; none on an empty map."""
        return self.items[self.place] if self.items else None

    @property
    def around(self) -> CardLinks:
        """The card in focus with its links."""
        return links_around(self.item.short if self.item is not None else "", self.links, self.chosen)

    def places(self) -> int:
        """Return how many cards there are."""
        return len(self.items)

    def lines(self, width: int) -> Sequence[Content]:
        """Return the map."""
        drawing = large_map(self.bands, self.around, width, self.language)
        self._spots = drawing.spots
        return drawing.lines

    def watch_place(self) -> None:
        """Draw the map around another card, and see to it that the whole card is in view."""
        self.chosen = 0
        self.redraw()
        if self.item is not None and self.item.short in self._spots:
            spot = self._spots[self.item.short]
            self.bring_into_view(spot.line, height=spot.height)
        self.post_message(self.FocusMoved())

    def on_key(self, event: events.Key) -> None:
        """Go to another card, choose a link, or work on this card."""
        if self.item is None:
            return
        match event.key.lower():
            case "up" | "down" | "left" | "right" if self._spots:
                self.place = self._places[towards(self._spots, self.item.short, event.key)]
            case "u" | "pageup":
                self._walk(self.around.effects)
            case "d" | "pagedown":
                self._walk(self.around.causes)
            case "tab" | "shift+tab":
                self._choose(1 if event.key == "tab" else -1)
            case "home" | "end":
                self._jump(0 if event.key == "home" else self.places() - 1)
            case "backspace":
                self.place = self._came_from.pop() if self._came_from else self.place
            case "enter":
                self.post_message(self.ItemPicked(self.item))
            case _:
                return
        event.stop()
        event.prevent_default()

    def on_click(self, event: events.Click) -> None:
        """Go to the card that was clicked; work on it when it was in focus already."""
        at = event.get_content_offset(self)
        if at is None:
            return
        for short, spot in self._spots.items():
            if not spot.covers(at.y + self.scroll_offset.y, at.x):
                continue
            if self.place == self._places[short]:
                self.post_message(self.ItemPicked(self.items[self.place]))
            self._jump(self._places[short])

    def _walk(self, links: Sequence[MapLink]) -> None:
        """Go along one of these links: the chosen one if it is among them, else the first that leads on."""
        here = self.around
        for link in sorted(links, key=lambda link: link is not here.link):
            place = self._places.get(here.other_end(link), self.place)
            if place != self.place:
                self._jump(place)
                return

    def _choose(self, by: int) -> None:
        """Choose the next link of the card in focus."""
        self.chosen = (self.chosen + by) % max(len(self.around.links), 1)
        self.redraw()
        self.post_message(self.FocusMoved())

    def _jump(self, place: int) -> None:
        if place != self.place:
            self._came_from.append(self.place)
            self.place = place


class LinkSheet(LineView):
    """The card in focus with its links, the chosen one read as a sentence."""

    def __init__(self, titles: Mapping[str, str], language: str) -> None:
        super().__init__(id="detail")
        self.titles, self.language = titles, language
        self.item: MapItem | None = None
        self.around = links_around("", ())
        self._chosen_lines = range(0)

    def show(self, item: MapItem | None, around: CardLinks) -> None:
        """Tell about another card or another of its links."""
        self.item, self.around = item, around
        self.redraw()
        chosen = self._chosen_lines
        self.bring_into_view(chosen.start, height=len(chosen), around=0)

    def lines(self, width: int) -> Sequence[Content]:
        """Return the card and its links."""
        drawn, self._chosen_lines = link_lines(self.item, self.around, self.titles, width, self.language)
        return drawn


class MapPage(Page[Slot]):
    """Map page; its result is the slot of the item to work on, or None."""

    def __init__(self, bands: Sequence[MapBand], links: Sequence[MapLink], language: str) -> None:
        super().__init__(ui("map.title", language), language)
        self.map = MapSheet(bands, links, language)
        self.told = LinkSheet({item.short: item.title for item in self.map.items}, language)
        self.told.show(self.map.item, self.map.around)

    def body(self) -> Widget:
        """Return the map over what is told of the card in focus."""
        return Vertical(self.map, self.told)

    def hints(self) -> list[Hint]:
        """Return the keys of the map."""
        if self.map.item is None:
            return super().hints()[-1:]
        named = (("Enter", "edit"), ("←↑↓→", "arrows"), ("U", "effect"), ("D", "cause"), ("Tab", "link"))
        return [
            *((key, ui(f"hint.{name}", self.language)) for key, name in named),
            super().hints()[-1],
            ("Backspace", ui("hint.previous", self.language)),
        ]

    def on_map_sheet_focus_moved(self) -> None:
        """Tell about the card in focus and the chosen link."""
        self.told.show(self.map.item, self.map.around)

    def on_map_sheet_item_picked(self, message: MapSheet.ItemPicked) -> None:
        """Go and work on an item."""
        self.dismiss(message.item.slot)
