"""Side panel at the right: the growing map, the document, what the coach wonders, or the driver's console."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from textual import events
from textual.content import Content
from textual.message import Message

from bsc_coach.tui.view_model import SidePanels
from bsc_coach.tui.views.text_fit import BLANK, plain
from bsc_coach.tui.widgets.line_view import LineView
from bsc_coach.tui.words import ui

if TYPE_CHECKING:
    from bsc_coach.conversation.console import ConsoleView

PanelName = Literal["map", "document", "findings", "console"]
HEAD = 2
"""Lines above the view: the names of all views, and a blank one."""
PANELS: tuple[PanelName, ...] = ("map", "document", "findings", "console")


class Panel(LineView, can_focus=True):
    """One of four views, drawn only while it can be seen and only after an answer."""

    class Left(Message):
        """Somebody goes on with the conversation, perhaps with a first key."""

        def __init__(self, key: events.Key | None = None) -> None:
            super().__init__()
            self.key = key

    showing: PanelName = "map"
    asked_for: PanelName | None = None
    """The view whose key was pressed last: pressed again, it fills the screen."""
    data: SidePanels | None = None
    _typed_at = False
    """Whether somebody has begun to type here: what follows is for the composer, wherever it arrives."""
    document: str | None = None
    console: ConsoleView | None = None
    expected = False
    """Whether there will be something to say, before anybody has looked."""
    language = "en"

    def show(self, name: str) -> None:
        """Switch to a view, if there is one of that name."""
        self.showing = next((known for known in PANELS if known == name), self.showing)
        self.scroll_home(animate=False)
        self.redraw()

    def update(
        self,
        language: str,
        data: SidePanels | None = None,
        document: str | None = None,
        console: ConsoleView | None = None,
    ) -> None:
        """Take in what was said since."""
        before = self._contents()
        self.data = data or self.data
        self.document = document or self.document
        self.console = console or self.console
        self.language = language
        if self._contents() != before:
            self.redraw()

    @property
    def wanted(self) -> bool:
        """Whether the view that is showing has something to say, or somebody asked for it."""
        if self.showing in ("document", "console", self.asked_for):
            return True
        if self.data is None or (self.showing == "findings" and self.data.findings is None):
            return self.expected
        if self.showing == "findings":
            return bool(self.data.findings)
        return any(group.items or group.empty_because for band in self.data.map for group in band.groups)

    def _contents(self) -> tuple[object, ...]:
        """What the view that is showing is made from."""
        if self.showing == "console":
            return (self.language, self.console)
        if self.showing == "document" or self.data is None:
            return (self.language, self.document)
        if self.showing == "map":
            return (self.language, self.data.map, self.data.balance)
        return (self.language, self.data.findings, self.data.unsettled)

    def lines(self, width: int) -> Sequence[Content]:
        """Return the lines of the view."""
        width = max(width, 8)
        return [self._tabs(), BLANK, *self._body(width)]

    def _tabs(self) -> Content:
        names = []
        for name in PANELS:
            here = name == self.showing
            text = ui(f"panel.{name}", self.language)
            names.append(plain(f"[{text}]" if here else f" {text} ", "bold $mark" if here else "$muted"))
        return Content("").join(names)

    def _body(self, width: int) -> list[Content]:
        if self.showing == "console":
            from bsc_coach.tui.views.console import console_lines

            return [] if self.console is None else console_lines(self.console, width, self.language)
        if self.showing == "document":
            if self.document is None:
                return [plain(ui("panel.being_made", self.language), "$muted")]
            from bsc_coach.tui.views.document import document_lines

            return document_lines(self.document, width, self.language)
        if self.data is None:
            return []
        if self.showing == "map":
            from bsc_coach.tui.views.small_map import small_map

            room = self.size.height - HEAD
            return small_map(self.data.map, self.data.balance, width, room, self.language)
        if self.data.findings is None:
            return [plain(ui("findings.looking", self.language), "$muted")]
        from bsc_coach.tui.views.findings import findings_lines

        found, unsettled = self.data.findings, self.data.unsettled
        return findings_lines(found, width, self.language, unsettled=unsettled)

    def on_resize(self, event: events.Resize) -> None:
        """Fit the view to another height too."""
        self.redraw()

    def on_focus(self) -> None:
        """Keys are for the panel from here on."""
        self._typed_at = False

    def on_key(self, event: events.Key) -> None:
        """Scroll with the arrows while it has the focus; what is typed belongs to the conversation.

        So do the keys that came in one packet with it, before the focus could move on.
        """
        steps = {"up": -1, "down": 1, "pageup": -10, "pagedown": 10}
        if self._typed_at or (event.is_printable and event.character):
            self._typed_at = True
            self.post_message(self.Left(event))
        elif event.key in steps:
            self.scroll_relative(y=steps[event.key], animate=False)
        elif event.key in ("escape", "enter", "tab"):
            self.post_message(self.Left())
        else:
            return
        event.stop()
        event.prevent_default()
