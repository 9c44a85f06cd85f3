"""What is said back to a typed line, and the small questions that may come in between."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bsc_coach.conversation.commands.registry import SlashCommand
from bsc_coach.conversation.transcript import Turn


@dataclass(frozen=True)
class Question:
    """A small question in between: what is asked, and what to do with the line that comes back."""

    text: str
    then: Callable[[str], Reply]
    about: str = ""
    """What it is about, where that is not the question we are at."""


@dataclass(frozen=True)
class Reply:
    """What came of a line: what is said, and whether the typed text is to stay where it was."""

    turns: tuple[Turn, ...] = ()
    keep_text: bool = False
    screen: SlashCommand | None = None
    """A command that the front end carries out, with ``rest`` of the line."""
    rest: str = ""
