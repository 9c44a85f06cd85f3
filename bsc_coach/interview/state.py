"""The state of a session: what its events have come to, as frozen tables by slot, item and rule.

``fold`` makes it; ``plan`` says what it means under a script.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import Literal

from bsc_coach.interview.facts.log import Action, Basis, Value
from bsc_coach.script.slots import Frame, ItemId, Slot, StepId
from bsc_coach.script.step_parts import Depth, NamesRule

AnsweredAs = Literal["answered", "parked", "declined", "passed"]


@dataclass(frozen=True)
class Fact:
    """The last event about one slot, as it counts now."""

    answer_state: AnsweredAs
    number: int
    at: datetime
    by: str
    value: Value | None = None
    meaning: str = ""
    """Digest of the value when its meaning last changed: a mere rewording leaves it alone."""
    rewords: Fact | None = None
    """The fact before it, where it means the same: only the wording is another, or it was affirmed."""
    rev: int = 1
    basis: Basis = field(default_factory=dict)
    reason: str = ""
    owner: str = ""
    due: str = ""
    open_points: tuple[str, ...] = ()
    source: str = ""
    """Where it came from when it was not said in the interview: the source of its action."""


@dataclass(frozen=True)
class ListFact:
    """The items of one list, in order, and whether people said that it is finished."""

    items: tuple[ItemId, ...] = ()
    removed: frozenset[ItemId] = frozenset()
    closed: bool = False
    reason: str = ""
    taken: bool = False
    """Whether it was finished in an earlier strategy that was taken over, and by nobody here."""

    @property
    def live(self) -> tuple[ItemId, ...]:
        """The items that are not removed, in order."""
        return tuple(item for item in self.items if item not in self.removed)


SideSays = Literal["answered", "parked", "declined", "closed", "added", "removed", "kept"]
"""What one side of a dispute says: an answer or the want of one; of a list that it is empty or has items; of
an item that it is gone or stays."""


@dataclass(frozen=True)
class Side:
    """What one of several copies of a session says at a place that more than one worked on."""

    says: SideSays
    writer: str
    number: int
    at: datetime
    by: str
    value: Value | None = None
    reason: str = ""
    owner: str = ""
    due: str = ""
    items: tuple[ItemId, ...] = ()
    """The items that were added, where that is what it says."""


@dataclass(frozen=True)
class Dispute:
    """A place where copies of a session say different things, until somebody decides."""

    sides: tuple[Side, ...]
    """At least two, in the order of their numbers; until somebody decides the first one stands."""
    item: ItemId | None = None
    """The item of the list that is to go or to stay, where that is what it is about; it stays meanwhile."""


@dataclass(frozen=True)
class KeptFact:
    """A remark of the coach that was overruled, tied to the wording it was about."""

    digest: str
    reason: str
    by: str


@dataclass(frozen=True)
class MutedFact:
    """A rule of the coach that is to be silent, and why."""

    reason: str
    by: str


@dataclass(frozen=True)
class TakenOverFact:
    """Where the answers that were taken over come from; only when and by whom for an old journal."""

    number: int
    at: datetime
    by: str
    source: str = ""
    digest: str = ""
    as_of: str = ""
    folder: str = ""
    redacted: bool = False
    edited: bool = False
    unconfirmed: int = 0
    """How many of its answers had not been confirmed there either."""


@dataclass(frozen=True)
class AdoptedFact:
    """The version of the script that the session went on with, and its digest."""

    version: int
    digest: str


Aside = Literal["", "homework", "leave", "sitting", "unasked", "record"]
"""Why the interview does not come to a question by itself: taken home by the owner of its item, not discussed
at all, left for a second sitting, merely not offered here, or about a list that came in from elsewhere."""


@dataclass(frozen=True)
class Break:
    """A planned break: when it begins, in minutes from the beginning of the slot, and how long it takes."""

    after: int
    minutes: int


@dataclass(frozen=True)
class TimeApart:
    """Time that was spent on no question: a break, or talk about something else."""

    why: str
    """"break" or "talk"."""
    begin: datetime
    end: datetime
    about: str = ""


@dataclass(frozen=True)
class AgendaFact:
    """What was decided about the time: how long, how many people, at which depth, and what is left out.

    Before anything was planned everything is asked, as in every session made before there was a plan.
    """

    preset: str = ""
    """"90_minutes", "half_day", "two_sittings" or "everything"; nothing before it was planned."""
    depth: Depth = "full"
    begin: datetime | None = None
    minutes: int = 0
    """Length of a sitting, breaks included; 0 where nobody said."""
    sittings: int = 1
    people: int = 0
    breaks: tuple[Break, ...] = ()
    whole: frozenset[str] = frozenset()
    """Parts of the agenda that are asked in full all the same."""
    cut: Mapping[str, Aside] = field(default_factory=dict)
    """What was left out for lack of time: a step, or a part of the agenda, and where it goes."""
    short: bool = False
    """Whether questions are to take their least minutes."""


@dataclass(frozen=True)
class RoundFact:
    """The last opening of a round: which action it was, for how long, and who may see who said what."""

    number: int
    writer: str
    at: datetime
    names: NamesRule = "nobody"
    minutes: int = 0
    seats: int = 0
    left: bool = False
    """Whether it was left without an outcome."""

    def as_left(self) -> RoundFact:
        """Return it as it stands once it was left."""
        return replace(self, left=True)


@dataclass(frozen=True)
class State:
    """The folded state of a session: everything that was said and still counts, by slot.

    Never changed in place: the next state shares with it every table that an action left alone.
    """

    facts: Mapping[Slot, Fact]
    lists: Mapping[Slot, ListFact]
    shorts: Mapping[ItemId, str]
    frames: Mapping[ItemId, Frame]
    """The frame inside each collected item: the frame of its list and the item itself."""
    kept: Mapping[tuple[Slot, str], KeptFact]
    muted: Mapping[str, MutedFact]
    """By the id of the rule."""
    minted: Mapping[str, int]
    """Highest number ever used per family of short ids, undone ones too: none is used twice."""
    spent: Mapping[Slot, timedelta]
    """Time that went into each step in the outermost item around it, by the times of the actions, undone
    ones too: as fine as a line of the agenda is."""
    language: str | None
    document_language: str | None
    """The language of the documents, where it was chosen apart from that of the session."""
    adopted: AdoptedFact | None
    agenda: AgendaFact
    apart: tuple[TimeApart, ...]
    """Breaks and talk, in order, whatever was undone."""
    taken_over: TakenOverFact | None
    disputed: Mapping[Slot, tuple[Dispute, ...]]
    """What copies said differently and nobody has decided yet, by the slot of the answer or list."""
    renumbered: Mapping[ItemId, str]
    """The short ids that differ from those that the items were added with: another copy had used them."""
    together: frozenset[StepId]
    """The rounds and ballots that come before the questions that they prepare."""
    rounds: Mapping[Slot, RoundFact]
    """How each round was last opened."""
    named: Mapping[Slot, Mapping[str, str]]
    """Who gave which ballot, where everybody could see it."""
    actions: tuple[Action, ...]
    """The whole log, undone actions too."""
    effective: tuple[Action, ...]
    """The actions that count, in order."""
    undone: tuple[Action, ...]
    """The actions that redo would bring back, the next one last."""
    earlier: tuple[State, ...] = field(default=(), compare=False, repr=False)
    """The states before the last actions that count, as far as they are at hand: where undo goes back to."""

    def list_at(self, slot: Slot) -> ListFact:
        """Return the list that a slot of a collect step stands for, empty if nothing was added."""
        return self.lists.get(slot, ListFact())

    @cached_property
    def items(self) -> Mapping[str, ItemId]:
        """Each item by its short id, removed ones too."""
        found: dict[str, ItemId] = {}
        for item, short in self.shorts.items():
            found.setdefault(short, item)
        return found

    def item_by_name(self, name: str) -> ItemId | None:
        """Return the item with a short id or an item id, also when it was removed."""
        if name in self.shorts:
            return ItemId(name)
        return self.items.get(name)
