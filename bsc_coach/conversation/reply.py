"""What a conversation answers to a typed line, and the small questions that may come in between."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal

from bsc_coach.conversation.prompt import Option
from bsc_coach.conversation.transcript import Turn
from bsc_coach.script.slots import Slot


@dataclass(frozen=True)
class Question:
    """A small question in between: what is asked, and what to do with the line that comes back."""

    text: str
    then: Callable[[str], Reply] = field(compare=False)
    about: str = ""
    """What it is about, where that is not the question we are at."""
    keys: tuple[str, ...] = ()
    """Lines of one character that a screen takes at the touch of the key, as long as nothing is typed."""
    options: tuple[Option, ...] = ()
    """What can be chosen, each with what it means; the number is the line that chooses it."""
    hint: str = ""
    """What else can be typed; it stands below the options."""
    page: Literal["", "choice", "pause"] = ""
    """Whether a screen gives it a page of its own: to read and choose, or to wait until it goes on."""


@dataclass(frozen=True)
class Reply:
    """What came of a line: what is said, and whether the typed text is to stay where it was."""

    turns: tuple[Turn, ...] = ()
    keep_text: bool = False
    screen: str | None = None
    """Name of a command that the front end carries out, with ``rest`` of the line."""
    rest: str = ""

    def telling(self, *said: Turn) -> Reply:
        """Return the reply with something said right behind what the team answered: a question stays last."""
        place = next((n for n, turn in enumerate(self.turns, start=1) if turn.speaker == "team"), 0)
        return replace(self, turns=(*self.turns[:place], *said, *self.turns[place:]))


@dataclass(frozen=True)
class Followup:
    """What is said once an answer was taken, beside the answer itself."""

    turns: tuple[Turn, ...]
    stay: Slot | None = None
    """The answer to stay with, or to go to, instead of moving on; nothing else is said then."""
    question: Question | None = None
    """A small question to put in between; the last of ``turns`` says it."""
