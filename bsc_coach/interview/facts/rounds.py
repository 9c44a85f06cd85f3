"""Rounds and ballots: which questions everybody answers at once, when a round was opened, who may see what.

A round is closed by the answers that it comes to; until then its ballots are in no event and on no disk.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, assert_never, get_args

from bsc_coach.interview.addresses import slot_in_words
from bsc_coach.interview.facts.family import Command, Decider, Family
from bsc_coach.interview.facts.log import Action, Event
from bsc_coach.interview.members import members_at, open_round
from bsc_coach.interview.state import RoundFact
from bsc_coach.interview.state_builder import StateBuilder
from bsc_coach.interview.values import RefusedError
from bsc_coach.script.model import BallotStep, RoundStep
from bsc_coach.script.slots import Slot, StepId
from bsc_coach.script.step_parts import NamesRule
from bsc_coach.text import clean, one_line

LONGEST_ROUND = 240
"""Minutes that a round may be given, as a guard against slips."""
MOST_SEATS = 1000
NAMES_RULES: tuple[NamesRule, ...] = get_args(NamesRule)

# Commands


@dataclass(frozen=True)
class AnswerTogether(Command):
    """Have a round or ballot come before the question that it prepares, or talk about that one again."""

    step: StepId
    together: bool = True


@dataclass(frozen=True)
class OpenRound(Command):
    """Open the round that a slot belongs to: for how long, for how many seats, and who sees names."""

    slot: Slot
    names: str = ""
    """Who may see who said what; nothing takes the rule of the step."""
    minutes: float = 0
    seats: int = 0


@dataclass(frozen=True)
class LeaveRound(Command):
    """Leave an open round without what was handed in."""

    slot: Slot


@dataclass(frozen=True)
class KeepNames(Command):
    """Keep who gave which ballot at a slot: only where everyone could see that beforehand."""

    slot: Slot
    names: Mapping[str, str]


RoundCommand = AnswerTogether | OpenRound | LeaveRound | KeepNames

# Events


@dataclass(frozen=True)
class WayChosen(Event):
    """A question is answered by everybody at once from here on, or by talking again."""

    kind: ClassVar[str] = "way"
    since: ClassVar[str] = "0.2.0"
    step: str
    """The round or ballot."""
    together: bool = True


@dataclass(frozen=True)
class RoundOpened(Event):
    """A round was opened: for how many minutes, for how many seats, and who may see who said what."""

    kind: ClassVar[str] = "opened"
    since: ClassVar[str] = "0.2.0"
    moves_no_slot: ClassVar[bool] = True
    slot: Slot
    """The round itself; of several ballots that are given at once, the list or pass they stand in."""
    names: str = "nobody"
    minutes: int = 0
    """0 where no time was set."""
    seats: int = 0
    again: bool = False
    """Whether it was open already: what was handed in stays, under the rule that it was given under."""

    @property
    def rule(self) -> NamesRule:
        """Who may see names; nobody, where a journal from elsewhere has another word there."""
        return next((rule for rule in NAMES_RULES if rule == self.names), "nobody")

    @property
    def within(self) -> int:
        """Its minutes, as long as a round may be: a journal is a file, and may say anything."""
        return max(0, min(self.minutes, LONGEST_ROUND))


@dataclass(frozen=True)
class RoundLeft(Event):
    """A round was left without an outcome; what had been handed in is gone."""

    kind: ClassVar[str] = "left"
    since: ClassVar[str] = "0.2.0"
    moves_no_slot: ClassVar[bool] = True
    slot: Slot


@dataclass(frozen=True)
class BallotsNamed(Event):
    """Who gave which ballot, where everyone knew beforehand that everyone could see it."""

    kind: ClassVar[str] = "named"
    since: ClassVar[str] = "0.2.0"
    moves_no_slot: ClassVar[bool] = True
    slot: Slot
    names: Mapping[str, str] = field(default_factory=dict)
    """The ballot of each, by the name it was given under."""


RoundEvent = WayChosen | RoundOpened | RoundLeft | BallotsNamed

# Decide


def _decide(deciding: Decider, command: RoundCommand) -> tuple[Event, ...]:
    match command:
        case AnswerTogether():
            step = deciding.plan.script.by_id.get(command.step)
            if not isinstance(step, RoundStep | BallotStep) or step.id not in deciding.plan.script.prepared:
                raise RefusedError("no_together_here")
            return (WayChosen(str(step.id), command.together),)
        case OpenRound():
            return (_opened(deciding, command),)
        case LeaveRound():
            opened = deciding.plan.state.rounds.get(_key_at(deciding, command.slot))
            if opened is None or opened.left:
                raise RefusedError("no_round_here")
            return (RoundLeft(_key_at(deciding, command.slot)),)
        case KeepNames():
            opened = deciding.plan.state.rounds.get(_key_at(deciding, command.slot))
            if opened is None or opened.names != "everyone":
                raise RefusedError("no_names_rule")
            names = {one_line(clean(name).text)[:80]: ballot for name, ballot in command.names.items()}
            return (BallotsNamed(deciding.applies(command.slot).slot, names),)
        case _:
            assert_never(command)


def _key_at(deciding: Decider, slot: Slot) -> Slot:
    members = members_at(deciding.plan, slot)
    if members is None:
        raise RefusedError("no_round_here", slot=slot_in_words(deciding.plan, slot))
    return members.key


def _opened(deciding: Decider, command: OpenRound) -> RoundOpened:
    members = members_at(deciding.plan, command.slot)
    if members is None or not members.slots:
        raise RefusedError("no_round_here")
    step = deciding.applies(members.slots[0]).step
    names = command.names or (step.names if isinstance(step, RoundStep | BallotStep) else "nobody")
    if names not in NAMES_RULES:
        raise RefusedError("no_names_rule")
    minutes = max(0, min(round(command.minutes), LONGEST_ROUND))
    again = open_round(deciding.plan, members.key) is not None
    return RoundOpened(members.key, names, minutes, max(0, min(command.seats, MOST_SEATS)), again)


# Evolve


def _evolve(state: StateBuilder, action: Action, event: RoundEvent) -> None:
    match event:
        case WayChosen():
            chosen = {StepId(event.step)}
            state.together = state.together | chosen if event.together else state.together - chosen
        case RoundOpened():
            before = state.rounds.get(event.slot)
            told = (action.number, action.writer, action.at)
            if event.again and before is not None:
                told = (before.number, before.writer, before.at)
            state.table("rounds")[event.slot] = RoundFact(*told, event.rule, event.within, event.seats)
        case RoundLeft():
            before = state.rounds.get(event.slot)
            if before is not None:
                state.table("rounds")[event.slot] = before.as_left()
        case BallotsNamed():
            state.table("named")[event.slot] = dict(event.names)
        case _:
            assert_never(event)


ROUNDS: Family[RoundCommand, RoundEvent] = Family(
    get_args(RoundCommand), get_args(RoundEvent), _decide, _evolve
)
