"""Where one types. A text area, because a single-line field drops pasted lines and lays out the whole
screen again at every key.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import TextArea

from bsc_coach.text import clean
from bsc_coach.tui.views.fitting import plain

NEWLINE_KEYS = ("ctrl+j", "shift+enter")
"""Taken as keys and not as bindings, which are carried out only after the keys typed behind them."""
LARGEST_PASTE = 64 * 1024
"""Characters that are taken without asking; beyond, every key would be slow."""


class Composer(TextArea):
    """Text of one line or several: Enter hands it in, Ctrl+J makes a new line."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
    ]

    class Submitted(Message):
        """The text was handed in."""

        def __init__(self, composer: Composer, text: str) -> None:
            super().__init__()
            self.composer = composer
            self.text = text

    class Paged(Message):
        """Somebody wants to see earlier or later parts of the conversation."""

        def __init__(self, by: int) -> None:
            super().__init__()
            self.by = by

    class Pasted(Message):
        """Something was pasted that is too large to be taken without asking."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Cleaned(Message):
        """Characters of a paste were left out, because a terminal might act on them."""

        def __init__(self, removed: int) -> None:
            super().__init__()
            self.removed = removed

    def __init__(self, *, id: str | None = None, steer: Callable[[str], bool] | None = None) -> None:  # noqa: A002
        super().__init__(
            id=id, compact=True, soft_wrap=True, tab_behavior="focus", highlight_cursor_line=False
        )
        self.cursor_blink = False
        self._steer = steer

    def fill(self, text: str) -> None:
        """Put ``text`` in the place of what stands here, with the cursor behind it."""
        if text != self.text:
            self.load_text(text)
        self.move_cursor(self.document.end)

    def hint(self, text: str) -> None:
        """Say in grey what is expected here."""
        self.placeholder = plain(text)

    async def on_key(self, event: events.Key) -> None:
        """Give keys to whoever steers first; Enter hands the text in."""
        if self._steer is not None and self._steer(event.key):
            event.stop()
            event.prevent_default()
        elif event.key in NEWLINE_KEYS:
            event.stop()
            event.prevent_default()
            self.take("\n")
        elif event.key == "enter":
            event.stop()
            event.prevent_default()
            self.hand_in()

    def hand_in(self) -> None:
        """Hand the text in and be empty at once: what is typed next belongs to the next line."""
        text = self.text
        with self.prevent(TextArea.Changed):
            self.load_text("")
        self.post_message(self.Submitted(self, text))

    async def on_paste(self, event: events.Paste) -> None:
        """Take a pasted block whole, or ask when it is very large."""
        event.stop()
        event.prevent_default()
        cleaned = clean(event.text)
        if cleaned.removed:
            self.post_message(self.Cleaned(cleaned.removed))
        if len(cleaned.text) > LARGEST_PASTE:
            self.post_message(self.Pasted(cleaned.text))
            return
        self.take(cleaned.text)

    def take(self, text: str) -> None:
        """Put ``text`` where the cursor is, in the place of what is selected."""
        start, end = self.selection
        self.replace(text, start, end, maintain_selection_offset=False)

    def action_page(self, by: int) -> None:
        """Scroll the conversation, which is what these keys are wanted for in a chat."""
        self.post_message(self.Paged(by))
