"""The commands that can be typed with a slash: one list for both front ends, help and palette."""

from __future__ import annotations

from dataclasses import dataclass

from bsc_coach.words import say


@dataclass(frozen=True)
class SlashCommand:
    """A command by name; ``screen`` ones are carried out by the front end, the rest by the talk."""

    name: str
    screen: bool = False

    def meaning(self, language: str) -> str:
        """Return what it does, in words."""
        return say(f"talk.command.{self.name}", language)


COMMANDS: tuple[SlashCommand, ...] = (
    *(
        SlashCommand(name)
        for name in (
            "back", "next", "jump", "park", "na", "why", "example", "undo", "redo", "keep", "save", "mute",
            "up", "down", "merge", "demote", "shelve", "homework", "right", "edit", "done",
            "remove", "restore", "move", "history", "language",
        )
    ),
    *(
        SlashCommand(name, screen=True)
        for name in ("review", "map", "document", "findings", "agenda", "export", "help", "theme", "quit")
    ),
)  # fmt: skip
_BY_NAME = {command.name: command for command in COMMANDS}


@dataclass(frozen=True)
class Typed:
    """A line as it was meant: an answer, or a command with the rest of the line."""

    text: str
    command: SlashCommand | None = None
    unknown: str = ""
    """The name of a command that does not exist."""


def read_line(line: str) -> Typed:
    """Return what a typed line means; a leading ``//`` stands for a slash of the answer itself."""
    bare = line.strip()
    if bare.startswith("//"):
        return Typed(line.replace("//", "/", 1))
    if not bare.startswith("/") or "\n" in bare:
        return Typed(line)
    name, _, rest = bare[1:].partition(" ")
    command = _BY_NAME.get(name.casefold())
    if command is None:
        return Typed(rest.strip(), unknown=name[:40])
    return Typed(rest.strip(), command)
