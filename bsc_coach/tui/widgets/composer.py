"""The text area where one types.

Not a single-line input field: that drops pasted lines and lays out the whole screen again at every key.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import TextArea

from bsc_coach import sizes
from bsc_coach.text import clean
from bsc_coach.tui.pastes import UnmarkedPaste
from bsc_coach.tui.views.text_fit import plain

TO_START = ("up", "home", "ctrl+a")
TO_END = ("down", "end", "ctrl+e")
"""Where these keys lead from a text that is selected as a whole; left and right do so by themselves."""
JOINERS = ("\u200c", "\u200d")
"""Typed between letters of Persian and Indian scripts, and inside emoji; Textual would leave them out."""
"""Characters that are taken without asking; beyond, every key would be slow."""


MASK = "•"


class Composer(TextArea):
    """Text of one line or several: Enter hands it in, Ctrl+J makes a new line.

    A text that was put here, and that nobody is typing, is selected as a whole: what is typed or pasted
    replaces it, an arrow edits it, one key clears it, and Ctrl+Z gives it back.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("ctrl+j,shift+enter", "newline", show=False),
        Binding("ctrl+u,super+backspace", "clear", show=False),
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

    class PasteUnmarked(Message):
        """Lines came as keys, faster than anybody types: nothing of them was handed in."""

    class PasteCleaned(Message):
        """Characters of a paste were left out, because a terminal might act on them."""

        def __init__(self, removed: int) -> None:
            super().__init__()
            self.removed = removed

    def __init__(self, *, id: str | None = None, handle_key: Callable[[str], bool] | None = None) -> None:  # noqa: A002
        super().__init__(
            id=id, compact=True, soft_wrap=True, tab_behavior="focus", highlight_cursor_line=False
        )
        self.cursor_blink = False
        self._handle_key = handle_key
        self.masked = False
        """Whether dots stand for what is typed: ballots are hidden until they are closed."""

    def get_line(self, line_index: int) -> Text:
        """Return a line as it is painted; a command is never hidden."""
        line = super().get_line(line_index)
        if not self.masked or self.text.startswith("/"):
            return line
        return Text("".join(" " if letter == " " else MASK for letter in line.plain), end="", no_wrap=True)

    def fill(self, text: str, *, select: bool = False) -> None:
        """Put ``text`` in the place of what stands here, selected as a whole or with the cursor behind it."""
        if text != self.text:
            self.load_text(text)
        self.move_cursor(self.document.end)
        if select:
            self.select_all()

    @property
    def all_selected(self) -> bool:
        """Whether there is a text and all of it is selected: the next character takes its place."""
        first, last = sorted(self.selection)
        return first != last and (first, last) == ((0, 0), self.document.end)

    def hint(self, text: str) -> None:
        """Say in grey what is expected here."""
        self.placeholder = plain(text)

    async def on_key(self, event: events.Key) -> None:
        """Give keys to the handler first; Enter hands the text in, other keys of editing act at once.

        Textual carries bindings out only after the keys typed behind them: Delete and a digit, typed
        quickly, would leave nothing of the digit.
        """
        own = self._bindings.key_to_bindings.get(event.key)
        if self._handle_key is not None and self._handle_key(event.key):
            pass
        elif event.key == "enter":
            self.hand_in()
        elif self.all_selected and event.key in TO_START:
            self.move_cursor((0, 0))
        elif self.all_selected and event.key in TO_END:
            self.move_cursor(self.document.end)
        elif own:
            await self.app.run_action(own[0].action, self)
        elif event.character in JOINERS:
            self.take(event.character)
        else:
            return  # a character, or a key of somebody else
        event.stop()
        event.prevent_default()

    async def take_key(self, event: events.Key) -> None:
        """Do what a key does that arrived elsewhere; a letter is text, whatever it would choose here."""
        if event.is_printable and event.character:
            self.take(event.character)
        else:
            await self.on_key(event)

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
            self.post_message(self.PasteCleaned(cleaned.removed))
        if len(cleaned.text) > sizes.PASTE:
            self.post_message(self.Pasted(cleaned.text))
            return
        if cleaned.text:
            self.take(cleaned.text)

    async def on_unmarked_paste(self, event: UnmarkedPaste) -> None:
        """Take a paste that the terminal did not mark like any other, and tell that it was one."""
        await self.on_paste(event)
        self.post_message(self.PasteUnmarked())

    def take(self, text: str) -> None:
        """Put ``text`` where the cursor is, in the place of what is selected."""
        start, end = self.selection
        self.replace(text, start, end, maintain_selection_offset=False)

    def action_newline(self) -> None:
        """Make a new line. It is no new text: behind one that is selected as a whole it is added."""
        if self.all_selected:
            self.move_cursor(self.document.end)
        self.take("\n")

    def action_clear(self) -> None:
        """Take everything away; Ctrl+Z gives it back."""
        self.clear()

    def action_page(self, by: int) -> None:
        """Scroll the conversation, which is what these keys are wanted for in a chat."""
        self.post_message(self.Paged(by))
