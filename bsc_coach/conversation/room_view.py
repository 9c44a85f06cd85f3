"""What a room can see: view models of the wall and of the phones, frozen, with nothing private in them.

A wall shows no findings, no notes, no progress and no value of a round that is open; whoever makes one of
these leaves that out, so that no page and no screen can show it by mistake.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bsc_coach.interview.live_round import Names, RoundForm

SeatPart = Literal["member", "scribe", "observer"]
"""A member writes and votes, a scribe proposes as well, an observer only follows."""
ProposalKind = Literal["wording", "parked", "decision", "note"]
"""What a scribe proposes: a wording, a point for the parking lot, a decision, or merely a note."""


@dataclass(frozen=True)
class Seat:
    """Somebody who has joined with a phone or a laptop."""

    number: int
    name: str
    """As typed when joining; nothing where somebody gave none."""
    part: SeatPart = "member"
    last_seen: datetime | None = None
    handed_in: bool = False
    """Whether there is a ballot of this seat in the round that is open."""


@dataclass(frozen=True)
class Proposal:
    """What a scribe's seat put into the queue; the driver takes or drops it."""

    number: int
    kind: ProposalKind
    text: str
    by: str
    at: datetime


@dataclass(frozen=True)
class WallTimer:
    """A timer that runs: when it ends (UTC), and how long it was set for."""

    ends: datetime
    minutes: float


@dataclass(frozen=True)
class ResultLine:
    """The outcome of one line of a ballot that was closed, as far as the rule on names allows."""

    about: str
    ask: str
    n: int
    mean: str
    """As people write it in the language of the session; the middle choice where there are no numbers."""
    spread: float | None
    """0 (all the same) to 1 (half at each end); None under four ballots."""
    bars: tuple[tuple[str, int], ...] = ()
    """How many gave each answer, lowest first; nothing under four ballots."""
    named: tuple[tuple[str, str], ...] = ()
    """Who gave what, only where the rule says so."""


@dataclass(frozen=True)
class RoundResult:
    """What a closed round came to: for a ballot its lines, most dissent first; for a round the texts."""

    form_id: str
    ask: str
    names: Names
    lines: tuple[ResultLine, ...] = ()
    texts: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()


@dataclass(frozen=True)
class WallView:
    """What stands on the wall."""

    language: str
    title: str
    """The organisation, or nothing yet."""
    section: str
    about: str
    """The item that the question is about, if it is about one."""
    ask: str
    hint: str = ""
    """One line below the question, where the round or the list needs one."""
    items: tuple[tuple[str, str], ...] = ()
    """What is on the list so far: short id and label."""
    options: tuple[tuple[str, str], ...] = ()
    """What can be chosen: number and text."""
    round: RoundForm | None = None
    handed_in: int = 0
    seats: int = 0
    timer: WallTimer | None = None
    result: RoundResult | None = None
    """The outcome that the driver shows, until the next question."""
    address: str = ""
    """Where phones join: "http://192.168.1.5:8421/#K7QF-2MHN"; nothing without a room."""
    ended: bool = False
    moved: int = 0
    """Grows with each change that is worth painting, so that a follower knows."""

    @property
    def named(self) -> str:
        """The item that the question is about, where neither question nor section names it already."""
        label = self.about.partition(" ")[2]
        known = self.about == self.section or (label and label in self.ask)
        return "" if known else self.about
