"""View model of the current question, frozen: words, options, and the list, card or table around it.

There is always one slot being asked. A card or a table is a view of the slots beside it: answering
goes slot by slot, so that every answer is on the disk before the next is typed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from bsc_coach.coach.rule import Finding
from bsc_coach.interview.values import Refusal
from bsc_coach.script.slots import ItemId, Slot
from bsc_coach.script.step_parts import Bounds

if TYPE_CHECKING:
    from bsc_coach.interview.live_round import Names

Kind = Literal[
    "text", "long_text", "number", "date", "choice", "several", "pick", "round", "ballot", "confirm"
]
"""How a question is answered: the kind of its step, and a text where it adds an item to a list."""


@dataclass(frozen=True)
class Option:
    """A choice: the number to type, its id, what it is and what it means."""

    number: int
    id: str
    text: str
    help: str = ""
    chosen: bool = False


@dataclass(frozen=True)
class ListedItem:
    """An item of the list being made."""

    item: ItemId
    short: str
    label: str


@dataclass(frozen=True)
class Cell:
    """A cell of a card or a table: the name, answer and status of one slot."""

    slot: Slot
    name: str
    answer: str
    status: Literal["answered", "open", "parked", "declined", "stale", "waiting"]
    optional: bool
    here: bool = False


@dataclass(frozen=True)
class TableRow:
    """A row of a table: the name of its item, and a cell per column, None where that does not apply."""

    name: str
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True)
class QuestionTable:
    """A table around the question: title, names of the columns, rows."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]


@dataclass(frozen=True)
class RoundState:
    """How a round or ballot stands that is asked: whether it is open, for what, and who sees names."""

    open: bool
    names: Names
    minutes: float
    handed_in: int = 0
    """How many have handed in, by phone and on paper; nothing else is shown before it is closed."""
    members: tuple[str, ...] = ()
    """What is voted on at once, each with its short id; empty where it is one thing."""
    scale: tuple[int, int] | None = None
    """The least and the most that one ballot may say; None where it is one of the options, or a text."""
    divides: bool = False
    """Whether dots or points are divided over all that is voted on at once."""
    sentence: bool = False
    """Whether a sentence that somebody wants heard is kept with it."""
    passes: bool = False
    """Whether Enter alone passes it instead of opening it: it may stay open, and nobody has a phone here."""


@dataclass(frozen=True)
class Prompt:
    """The current question with everything that is shown with it."""

    slot: Slot
    kind: Kind
    adding: bool
    """Whether an answer adds an item to a list, and an empty one closes the list."""
    section: str
    about: str | None
    ask: str
    help: str | None
    good: str | None
    poor: str | None
    reason: str | None
    minutes: float | None
    optional: bool
    options: tuple[Option, ...] = ()
    count: Bounds = field(default_factory=Bounds)
    """How many items the list wants, where an answer adds one."""
    choices: Bounds = field(default_factory=Bounds)
    """How many of the options may be chosen."""
    row: str = ""
    """What a line may hold about a new item, by the names of its questions; nothing where that is one."""
    items: tuple[ListedItem, ...] = ()
    """What is on the list so far."""
    offers: tuple[str, ...] = ()
    """Answers to take over by their number: what others count, the story as the links tell it, roles."""
    by_id: tuple[str, ...] = ()
    """Ids that may be typed at once instead of a choice, as examples."""
    offered_by: tuple[str, ...] = ()
    """Whose each offered answer is, where it is the role of somebody in the room."""
    judged_by: str | None = None
    """For a list: the question of each item, where the coach judges the answer by that one."""
    card: tuple[Cell, ...] = ()
    grid: QuestionTable | None = None
    answer: str = ""
    """What was answered before, as it can be typed again."""
    start: str = ""
    """An earlier wording that Enter alone takes as the answer, while there is none."""
    ballots: str = ""
    """What the ballots came to that everybody gave before it is talked about."""
    stale_because: tuple[str, ...] = ()
    reworded: bool = False
    unconfirmed: str = ""
    """From where it was taken over and how to confirm it, while nobody has said that it still holds."""
    sides: tuple[str, ...] = ()
    """What copies of the session say differently here, each with who said it when; to be taken by number."""
    back_to: str = ""
    """The question that one comes back to after this one, where it is a detour."""
    remarks: tuple[Finding, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    multiline: bool = False
    round: RoundState | None = None
    """Where everybody answers at once: how that stands. What is typed to it is in no draft."""
    ideas: int = 0
    """How many of the offers were written in a round, and are in no item yet; they come first."""
    by_round: bool = False
    """Whether everybody could answer it at once, if the facilitator chose that."""
    review: tuple[Cell, ...] = ()
    waiting: int = 0
    """For a look back: how many answers were taken over from an earlier strategy and not confirmed."""
    """For a look back: the slots that are open, parked, stale or do not fit."""
