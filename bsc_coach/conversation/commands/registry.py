"""Registry of the slash commands: name, function, argument, and key of each, for both front ends.

Everything that lists commands reads ``COMMANDS``: ``/help`` of line mode, help and menu of the app, its key
bindings and hints, and the completion of its input field. A command without a function is one that the
front end carries out. What a command does stands in words under ``talk.command.NAME``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from bsc_coach.conversation.commands import (
    answers,
    budget,
    clock,
    coach,
    elsewhere,
    end,
    fill,
    homework,
    ladder,
    lists,
    moves,
    notes,
    plenary,
    proposals,
    rounds,
    tidy,
    timer,
)
from bsc_coach.conversation.reply import Reply
from bsc_coach.conversation.talk import Talk
from bsc_coach.words import say

Argument = Literal[
    "nothing", "item", "items", "item and place", "part", "point", "reason", "rule", "number",
    "owner", "language", "formats", "on or off", "time", "folder", "address", "round", "lines",
]  # fmt: skip
"""What the rest of the line stands for."""
Group = Literal["answer", "move", "look", "keep"]
"""Under which heading a key stands in the help."""


@dataclass(frozen=True)
class SlashCommand:
    """A command that can be typed with a slash."""

    name: str
    run: Callable[[Talk, str], Reply] | None
    """What it does, given the rest of the line; None for what the front end carries out."""
    takes: Argument = "nothing"
    needs_it: bool = False
    """Whether it is nothing without what it takes: a menu only begins such a command."""
    keys: str = ""
    """The keys that do the same in the app, the one that is shown first; none for most."""
    group: Group = "answer"
    hint: int = 0
    """Rank in the line of hints of the app; 0 for what is not shown there."""
    beside: bool = False
    """Whether it has nothing to do with the question: a small question in between still waits after it."""

    @property
    def screen(self) -> bool:
        """Whether the front end carries it out, not the conversation."""
        return self.run is None

    def meaning(self, language: str) -> str:
        """Return what it does, in words."""
        return say(f"talk.command.{self.name}", language)


COMMANDS: tuple[SlashCommand, ...] = (
    SlashCommand("back", moves.back, keys="ctrl+o", group="move", hint=1),
    SlashCommand("next", moves.skip, keys="ctrl+n", group="move", hint=6),
    SlashCommand("where", moves.where),
    SlashCommand("brief", None, "on or off", group="look"),
    SlashCommand("jump", moves.jump, "part", needs_it=True),
    SlashCommand("park", answers.park, "reason", keys="f8,ctrl+l", hint=3),
    SlashCommand("later", lists.later, "reason", keys="alt+l"),
    SlashCommand("na", answers.decline, "reason", keys="f9,alt+n"),
    SlashCommand("why", coach.why, "point", keys="f7,ctrl+r", hint=4),
    SlashCommand("example", coach.example, keys="ctrl+f", hint=5),
    SlashCommand("undo", answers.undo, keys="ctrl+t", group="move", hint=2),
    SlashCommand("redo", answers.redo, keys="alt+t", group="move"),
    SlashCommand("keep", coach.keep, "reason", keys="alt+k"),
    SlashCommand("save", coach.save, keys="alt+s"),
    SlashCommand("mute", coach.mute, "rule", keys="alt+m"),
    SlashCommand("up", ladder.climb, "point", keys="alt+u"),
    SlashCommand("down", ladder.descend, "point", keys="alt+j"),
    SlashCommand("merge", budget.merge, "items"),
    SlashCommand("demote", budget.demote, "item"),
    SlashCommand("shelve", budget.shelve, "item"),
    SlashCommand("homework", homework.homework, "owner", keys="alt+w"),
    SlashCommand("plenary", plenary.plenary),
    SlashCommand("right", answers.still_right, "part"),
    SlashCommand("together", rounds.together, "on or off", keys="alt+e"),
    SlashCommand("open", rounds.open_, "round"),
    SlashCommand("close", rounds.close),
    SlashCommand("drop", rounds.drop),
    SlashCommand("fill", fill.fill, "lines"),
    SlashCommand("take", answers.take, "number", needs_it=True),
    SlashCommand("edit", moves.edit, "item", needs_it=True),
    SlashCommand("done", lists.done, keys="alt+d"),
    SlashCommand("remove", lists.remove, "item", needs_it=True),
    SlashCommand("restore", lists.restore, "item", needs_it=True),
    SlashCommand("move", lists.move, "item and place", needs_it=True),
    SlashCommand("history", answers.history, "number"),
    SlashCommand("language", coach.language, "language", needs_it=True),
    SlashCommand("review", None, keys="f6,alt+6", group="look", hint=11),
    SlashCommand("map", None, keys="f2,alt+2", group="look", hint=7),
    SlashCommand("document", None, keys="f3,alt+3", group="look", hint=9),
    SlashCommand("findings", None, keys="f4,alt+4", group="look", hint=10),
    SlashCommand("end", end.end, "number"),
    SlashCommand("tidy", tidy.tidy),
    SlashCommand("clock", clock.clock, "time"),
    SlashCommand("late", clock.late, "number", keys="alt+v"),
    SlashCommand("depth", clock.depth, "part"),
    SlashCommand("break", clock.pause, keys="alt+b"),
    SlashCommand("talk", clock.aside, "reason"),
    SlashCommand("timer", timer.timer, "time", beside=True),
    SlashCommand("note", notes.note, "reason", needs_it=True, beside=True),
    SlashCommand("notes", notes.notes, beside=True),
    SlashCommand("console", None, keys="alt+o", group="look"),
    SlashCommand("wall", None, keys="alt+p", group="look"),
    SlashCommand("room", None, "address", group="look"),
    SlashCommand("queue", proposals.queue, keys="alt+q"),
    SlashCommand("agenda", None, keys="f5,ctrl+g", group="move", hint=8),
    SlashCommand("export", None, "formats", keys="ctrl+s", group="keep"),
    SlashCommand("elsewhere", elsewhere.elsewhere, "folder", needs_it=True, group="keep"),
    SlashCommand("help", None, keys="f1,alt+h", group="look", hint=13),
    SlashCommand("theme", None, keys="f12,alt+c", group="look"),
    SlashCommand("quit", None, keys="ctrl+q", group="keep", hint=14),
)
COMMAND_BY_NAME = {command.name: command for command in COMMANDS}
