"""What a session prints for pen and paper: slips of the votes to come, a worksheet of what is still open."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from bsc_coach.text import normal

SlipLineKind = Literal["scale", "choice", "dots", "points", "rank"]


class SlipLine(BaseModel):
    """One thing that is voted on; its number on the slip is its place among the lines."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    kind: SlipLineKind
    about: str = ""
    """Short id and title of the point."""
    asked: str = ""
    """What is judged of it, in short."""
    low: int = 0
    high: int = 0
    choices: tuple[str, ...] = ()


class VoteSlip(BaseModel):
    """What one person fills in at a round: lines to vote on, or room to write."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    title: str
    """The part of the agenda."""
    question: str
    help: str = ""
    lines: tuple[SlipLine, ...] = ()
    """Empty where everybody writes."""
    each: int = 0
    """How many dots or points one person divides over the lines; 0 where none are."""
    minutes: int = 0
    texts: int = 0
    """Of a round in which everybody writes: room for so many."""
    sentence: bool = False
    """Whether there is room for a sentence that somebody wants said."""
    is_open: bool = False
    """Whether the round is open now."""


class SheetQuestion(BaseModel):
    """An open question on a worksheet."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    code: str
    """The number that its answer is typed back with: "12b", "O3-47k"."""
    part: str
    """The part of the agenda, by the name it has in the script."""
    section: str
    question: str
    short: str = ""
    about: str = ""
    choices: tuple[str, ...] = ()
    is_list: bool = False
    """Whether several can be written, each an item of its own."""
    is_long: bool = False


class Paper(BaseModel):
    """What can be printed of a session; empty where there is none, only a strategy.toml."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    answers: int = 0
    """How many answers had been given when it was made."""
    people: int = 0
    """How many take part, where that is known."""
    recorded: bool = False
    """Whether a session stands behind it."""
    slips: tuple[VoteSlip, ...] = ()
    questions: tuple[SheetQuestion, ...] = ()

    def of_part(self, name: str) -> Paper | None:
        """Return it with the questions of one part of the agenda alone; None where there is no such part.

        A part is called by its title or by its name in the script, whole or in brackets: "operations".
        """
        wanted = normal(name)
        names = {
            one.part: (one.part, one.part.rpartition("[")[2].rstrip("]"), one.section)
            for one in self.questions
        }
        parts = {part for part, called in names.items() if wanted in map(normal, called)}
        questions = tuple(one for one in self.questions if one.part in parts)
        return self.model_copy(update={"questions": questions}) if questions else None
