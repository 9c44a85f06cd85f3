"""Command menu: everything that can be done, found by typing a part of it."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import TextArea

from bsc_coach.conversation.commands.registry import COMMANDS
from bsc_coach.text import normal
from bsc_coach.tui.actions import ACTIONS, BY_NAME, shown_key
from bsc_coach.tui.screens.closing import ClosesOnce
from bsc_coach.tui.views.text_fit import cut, fitted, plain
from bsc_coach.tui.widgets.composer import Composer
from bsc_coach.tui.widgets.rows import Draw, ListEntry, Rows
from bsc_coach.tui.words import ui

_KEYS = {
    key.strip(): action.name for action in ACTIONS if action.name != "menu" for key in action.keys.split(",")
}


class MenuScreen(ModalScreen[str], ClosesOnce[str]):
    """Modal menu; its result is the name of an action or command, or None."""

    CSS_PATH = "windows.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [("escape", "leave", ""), ("ctrl+p", "leave", "")]

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language
        self._all = [(name, *_described(name, language)) for name in _names()]

    def compose(self) -> ComposeResult:
        """Put the line to type in and the list in place."""
        with Vertical(classes="window"):
            yield Composer(id="find", handle_key=self._handle_key)
            yield Rows(id="found")

    def on_mount(self) -> None:
        """Show everything."""
        composer = self.query_one("#find", Composer)
        composer.hint(ui("hint.filter", self.language))
        composer.focus()
        self._find("")

    def _find(self, typed: str) -> None:
        wanted = normal(typed).removeprefix("/")
        rows = self.query_one("#found", Rows)
        rows.place = 0
        rows.fill(
            [
                ListEntry(_line(name, label, meaning), name)
                for name, label, meaning in self._all
                if wanted in normal(f"{name} {label} {meaning}")
            ]
        )

    @on(TextArea.Changed)
    def _typed(self, message: TextArea.Changed) -> None:
        self._find(message.text_area.text)

    def _handle_key(self, key: str) -> bool:
        rows = self.query_one("#found", Rows)
        if key in ("up", "down", "pageup", "pagedown"):
            rows.move({"up": -1, "down": 1, "pageup": -8, "pagedown": 8}[key])
            return True
        if key == "enter":
            self._pick(rows.picked)
            return True
        if key in _KEYS:  # a key of the session screen means the same here
            self._pick(_KEYS[key])
            return True
        return False

    @on(Rows.EntryPicked)
    def _picked(self, message: Rows.EntryPicked) -> None:
        self._pick(message.rows.picked)

    def _pick(self, name: object) -> None:
        if isinstance(name, str):
            self.dismiss(name)

    def action_leave(self) -> None:
        """Close without doing anything."""
        self.dismiss(None)


def _names() -> list[str]:
    """Return the names of all actions, then those of the commands that have no key."""
    named = [action.name for action in ACTIONS if action.name != "menu"]
    return [*named, *(command.name for command in COMMANDS if command.name not in BY_NAME)]


def _described(name: str, language: str) -> tuple[str, str]:
    if name in BY_NAME:
        return shown_key(name), BY_NAME[name].meaning(language)
    command = next(command for command in COMMANDS if command.name == name)
    return f"/{name}", command.meaning(language)


def _line(name: str, key: str, meaning: str) -> Draw:
    def draw(width: int) -> list[Content]:
        left = plain(fitted(key, 10), "bold $mark")
        return [Content.assemble(" ", left, plain(cut(meaning, max(width - 12, 4))))]

    return draw
