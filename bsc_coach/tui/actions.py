"""Everything that can be done with a key, in one list: bindings, hints, help and menu come from here.

The keys reach a program inside tmux and over SSH, and leave alone what people need for editing text
(Ctrl+A, E, K, U, W, Y, Z) and for tmux (Ctrl+B). A person can map them otherwise by their names.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from textual.binding import Binding

from bsc_coach.conversation.commands.registry import COMMANDS
from bsc_coach.tui.words import ui

Group = Literal["answer", "move", "look", "keep"]


@dataclass(frozen=True)
class ScreenAction:
    """Something to do: its name, its keys (the first is the one shown), and where it stands in help."""

    name: str
    keys: str
    group: Group
    hint: int = 0
    """Rank in the hint line; 0 for what is not shown there."""

    @property
    def slash(self) -> str | None:
        """The command that does the same when typed, if there is one."""
        return self.name if self.name in _SLASH else None

    def label(self, language: str) -> str:
        """Return what it is called, in a word or two."""
        return ui(f"action.{self.name}", language)

    def meaning(self, language: str) -> str:
        """Return what it does, in a sentence."""
        command = _SLASH.get(self.name)
        return command.meaning(language) if command is not None else ui(f"meaning.{self.name}", language)


_SLASH = {command.name: command for command in COMMANDS}
ACTIONS: tuple[ScreenAction, ...] = (
    ScreenAction("park", "f8,ctrl+l", "answer", 3),
    ScreenAction("na", "f9,alt+n", "answer"),
    ScreenAction("why", "f7,ctrl+r", "answer", 4),
    ScreenAction("example", "ctrl+f", "answer", 5),
    ScreenAction("keep", "alt+k", "answer"),
    ScreenAction("save", "alt+s", "answer"),
    ScreenAction("mute", "alt+m", "answer"),
    ScreenAction("up", "alt+u", "answer"),
    ScreenAction("down", "alt+j", "answer"),
    ScreenAction("homework", "alt+w", "answer"),
    ScreenAction("done", "alt+d", "answer"),
    ScreenAction("back", "ctrl+o", "move", 1),
    ScreenAction("next", "ctrl+n", "move", 6),
    ScreenAction("undo", "ctrl+t", "move", 2),
    ScreenAction("redo", "alt+t", "move"),
    ScreenAction("agenda", "f5,ctrl+g", "move", 8),
    ScreenAction("map", "f2,alt+2", "look", 7),
    ScreenAction("document", "f3,alt+3", "look", 9),
    ScreenAction("findings", "f4,alt+4", "look", 10),
    ScreenAction("review", "f6,alt+6", "look", 11),
    ScreenAction("help", "f1,alt+h", "look", 13),
    ScreenAction("menu", "ctrl+p", "look", 12),
    ScreenAction("theme", "f12,alt+c", "look"),
    ScreenAction("export", "ctrl+s", "keep"),
    ScreenAction("quit", "ctrl+q", "keep", 14),
)
BY_NAME = {action.name: action for action in ACTIONS}
GROUPS: tuple[Group, ...] = ("answer", "move", "look", "keep")
_SHOWN_AS = {"ctrl+": "^", "alt+": "Alt-", "f": "F"}


def shown(key: str) -> str:
    """Return a key as people know it: ^O, Alt-K, F2."""
    for begin, sign in _SHOWN_AS.items():
        if key.startswith(begin) and (begin != "f" or key[1:].isdecimal()):
            return sign + key[len(begin) :].upper()
    return key.capitalize()


def shown_key(name: str, keymap: dict[str, str] | None = None) -> str:
    """Return the first key of an action as people know it, mapped as the person wants it."""
    keys = (keymap or {}).get(name) or BY_NAME[name].keys
    return shown(keys.split(",")[0].strip())


def bindings() -> list[Binding]:
    """Return the bindings of the session screen. They come before those of the text field."""
    return [
        Binding(action.keys, f"act('{action.name}')", id=action.name, show=False, priority=True)
        for action in ACTIONS
    ]
