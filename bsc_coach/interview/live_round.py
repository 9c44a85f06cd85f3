"""A round in progress: what everybody is asked at once, and the ballots handed in so far; pure, in memory.

Ballots that are not closed yet exist nowhere but here and with those who gave them: nothing is written.
One seat has one ballot, and the last one counts; so a vote that is sent twice is one vote. Times are UTC.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal, NamedTuple

from bsc_coach.interview.ballots import VoteKind

Names = Literal["nobody", "team", "everyone"]
"""Who can see who said what: nobody; the team while it looks at the outcome; everyone, in documents too."""
HandInFault = Literal[
    "no_round", "other_round", "older", "not_complete", "not_possible", "too_many", "too_long"
]
"""Why a ballot was not taken: nothing is open, it is for an earlier round, a newer one of this seat is here,
a line has no answer, an answer is none of those offered, more was divided (or written) than there is, or a
text is too long."""


@dataclass(frozen=True)
class FormChoice:
    """One of the answers that a line of a ballot offers."""

    id: str
    text: str
    help: str = ""


class FormAnswer(NamedTuple):
    """An answer as the room sees it beside the question: its number on a scale, and what it means."""

    number: str
    text: str


@dataclass(frozen=True)
class FormLine:
    """One thing that is voted on: a point of the map under one question."""

    id: str
    """The path of its slot, as the journal writes it."""
    about: str
    """What is judged, in the team's words, with its short id: "O3 Park for free"; empty for the whole."""
    ask: str
    """In two or three words what is asked of it: "Influence"."""
    kind: VoteKind
    low: int = 0
    high: int = 0
    """For scale, dots, points and rank: the least and the most of one line."""
    choices: tuple[FormChoice, ...] = ()
    """For a choice the answers; for a scale what its ends and steps mean, where somebody has said so."""
    meaning: str = ""
    """The question of this line as a sentence."""


@dataclass(frozen=True)
class RoundForm:
    """What every seat fills in, the same for all."""

    id: str
    """Another one each time that a round is opened: nothing of an earlier round is taken for this one."""
    kind: Literal["round", "ballot"]
    ask: str
    help: str = ""
    lines: tuple[FormLine, ...] = ()
    """For a ballot what is voted on; a round has none: everybody writes texts."""
    each: int = 0
    """Dots or points that one person has to divide over all lines; 0 where there is nothing to divide."""
    rank: bool = False
    """Whether the lines are put in order, 1 for the first."""
    names: Names = "nobody"
    minutes: float | None = None
    opened: datetime | None = None
    sentence: bool = False
    """Whether somebody may add a sentence that is to be heard."""
    most_texts: int = 20
    longest_text: int = 280

    @property
    def line_by_id(self) -> Mapping[str, FormLine]:
        """The lines by their ids."""
        return {line.id: line for line in self.lines}

    @property
    def answers(self) -> tuple[FormAnswer, ...]:
        """What can be answered to every line, where that is the same for all, for the whole room to see."""
        offered = {(line.kind, line.choices) for line in self.lines if line.kind in ("scale", "choice")}
        if len(offered) != 1:
            return ()
        ((kind, choices),) = offered
        return tuple(FormAnswer(one.id if kind == "scale" else "", one.text) for one in choices)


@dataclass(frozen=True)
class Ballot:
    """What one seat handed in: an answer a line, or texts; nothing else is known of it."""

    values: Mapping[str, str] = field(default_factory=dict)
    """By the id of the line: a number, or the id of a choice."""
    texts: tuple[str, ...] = ()
    sentence: str = ""
    named: str = ""
    """The name it was given under, where the rule on names lets anybody see it."""
    rule: Names = "nobody"
    """The rule on names that it was given under; a looser one that comes later does not touch it."""
    turn: int = 0
    """Which hand-in of this seat it is: an older one never replaces a newer one."""


@dataclass(frozen=True)
class LiveRound:
    """A round that is open: its form, and the ballots by seat."""

    form: RoundForm
    ballots: Mapping[str, Ballot] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """How many have handed in: the only thing that is shown before it is closed."""
        return len(self.ballots)

    def has(self, seat: str) -> bool:
        """Tell whether a seat has handed in."""
        return seat in self.ballots

    def fault_of(self, form_id: str, seat: str, ballot: Ballot) -> HandInFault | None:
        """Return why a ballot cannot be taken, or None."""
        before = self.ballots.get(seat)
        if form_id != self.form.id:
            return "other_round"
        if before is not None and ballot.turn < before.turn:
            return "older"
        return _fault_in_texts(self.form, ballot) or _fault_in_values(self.form, ballot)

    def with_ballot(self, seat: str, ballot: Ballot) -> LiveRound:
        """Return the round with this ballot in place of an earlier one of the same seat."""
        return replace(self, ballots={**self.ballots, seat: ballot})

    def without(self, seat: str) -> LiveRound:
        """Return the round without the ballot of a seat: somebody takes it back."""
        return replace(self, ballots={one: ballot for one, ballot in self.ballots.items() if one != seat})


def _fault_in_texts(form: RoundForm, ballot: Ballot) -> HandInFault | None:
    if len(ballot.texts) > (form.most_texts if form.kind == "round" else 0):
        return "too_many"
    if any(len(text) > form.longest_text for text in (*ballot.texts, ballot.sentence)):
        return "too_long"
    return None


def _fault_in_values(form: RoundForm, ballot: Ballot) -> HandInFault | None:
    """Return what is wrong with the answers: each line has one that is offered, and no more is divided."""
    if set(ballot.values) - set(form.line_by_id):
        return "not_possible"
    if form.kind == "ballot" and len(ballot.values) < len(form.lines):
        return "not_complete"
    for line in form.lines:
        if not _is_offered(line, ballot.values[line.id]):
            return "not_possible"
    numbers = [int(value) for value in ballot.values.values() if _is_number(value)]
    if form.each and sum(numbers) > form.each:
        return "too_many"
    if form.rank and sorted(numbers) != list(range(1, len(form.lines) + 1)):
        return "not_possible"
    return None


def _is_number(value: str) -> bool:
    return value.isascii() and value.isdecimal() and len(value) < 10


def _is_offered(line: FormLine, value: str) -> bool:
    if line.kind == "choice":
        return any(choice.id == value for choice in line.choices)
    return _is_number(value) and line.low <= int(value) <= line.high
