"""What typed text is read as: as typed, as another value, to be asked back; and what a pasted list holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from bsc_coach.interview.facts.log import JsonValue
from bsc_coach.script.slots import StepId

Today = Callable[[], date]
"""Gives the day of the session, and is called only where a date depends on it."""

HowUnderstood = Literal["number", "date", "role", "above", "quotes", "choice"]
"""What a text was understood as, for the sentence that says it."""

AskedBack = Literal[
    "not_known", "not_applicable", "question", "tentative", "nothing_above", "bare", "yes_no",
    "which", "person", "owners", "several_lines", "list_done", "no_score",
]  # fmt: skip
"""Why a text is not taken as it stands."""


@dataclass(frozen=True)
class AsTyped:
    """The text is an answer as it stands."""


@dataclass(frozen=True)
class Passed:
    """An optional question is passed: nothing is answered."""


@dataclass(frozen=True)
class Understood:
    """The text means ``value``, in a form that ``read_value`` takes; that has to be said."""

    value: JsonValue
    how: HowUnderstood


@dataclass(frozen=True)
class AskBack:
    """The text is probably no answer, or means several things: a small question comes in between."""

    kind: AskedBack
    choices: tuple[JsonValue, ...] = ()
    """What it may mean, to be taken with one key."""
    reason: str = ""
    """What was said behind "don't know" or "not applicable": why. Of scores, which is none."""
    name: str = ""
    """The person that was named where a role is asked; the score that was meant, with its scale."""


Reading = AsTyped | Passed | Understood | AskBack


@dataclass(frozen=True)
class PastedItem:
    """One item of a paste: the line as it was, and the answers it gives by step."""

    line: str
    answers: tuple[tuple[StepId, JsonValue], ...]


@dataclass(frozen=True)
class PastedList:
    """What a paste adds to a list, and how it was read."""

    items: tuple[PastedItem, ...]
    columns: tuple[str, ...] = ()
    """Names of the fields that columns fill; none where each line is one text."""
    split: bool = False
    """Whether several things stood on one line."""
    marks_left_out: bool = False
    """Whether numbering or quotes were taken off."""
