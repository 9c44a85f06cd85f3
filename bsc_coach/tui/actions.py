"""Key bindings of the session screen, from the registry of commands: for bindings, hints, help and menu.

The keys reach a program inside tmux and over SSH, and leave alone what people need for editing text
(Ctrl+A, E, K, U, W, Y, Z) and for tmux (Ctrl+B). A person can map them otherwise by their names.
"""

from __future__ import annotations

from dataclasses import dataclass

from textual.binding import Binding

from bsc_coach.conversation.commands.registry import COMMAND_BY_NAME, COMMANDS, Group
from bsc_coach.tui.words import ui


@dataclass(frozen=True)
class ScreenAction:
    """An action with a key: its name, its keys (the first is the one shown), and where it stands in help."""

    name: str
    keys: str
    group: Group
    hint: int = 0
    """Rank in the hint line; 0 for what is not shown there."""

    def label(self, language: str) -> str:
        """Return its name for the line of hints, a word or two."""
        return ui(f"action.{self.name}", language)

    def meaning(self, language: str) -> str:
        """Return what it does, for help and menu."""
        command = COMMAND_BY_NAME.get(self.name)
        return command.meaning(language) if command is not None else ui(f"meaning.{self.name}", language)


GROUPS: tuple[Group, ...] = ("answer", "move", "look", "keep")
ACTIONS: tuple[ScreenAction, ...] = tuple(
    sorted(
        (
            *(ScreenAction(c.name, c.keys, c.group, c.hint) for c in COMMANDS if c.keys),
            ScreenAction("menu", "ctrl+p", "look", 12),
        ),
        key=lambda action: GROUPS.index(action.group),
    )
)
"""The commands that have a key, and what only a key can do, group by group."""
BY_NAME = {action.name: action for action in ACTIONS}
_SHOWN_AS = {"ctrl+": "^", "alt+": "Alt-", "f": "F"}


def shown(key: str) -> str:
    """Format a key for display: ^O, Alt-K, F2."""
    for begin, sign in _SHOWN_AS.items():
        if key.startswith(begin) and (begin != "f" or key[1:].isdecimal()):
            return sign + key[len(begin) :].upper()
    return key.capitalize()


def shown_key(name: str, keymap: dict[str, str] | None = None) -> str:
    """Format the first key of an action, as mapped in the person's keymap."""
    keys = (keymap or {}).get(name) or BY_NAME[name].keys
    return shown(keys.split(",")[0].strip())


def bindings() -> list[Binding]:
    """Return the bindings of the session screen. They come before those of the text field."""
    return [
        Binding(action.keys, f"act('{action.name}')", id=action.name, show=False, priority=True)
        for action in ACTIONS
    ]
