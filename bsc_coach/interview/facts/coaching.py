"""What a team does about the coach: an answer is kept against a remark, a rule is muted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar, assert_never, get_args

from bsc_coach.digest import digest_of
from bsc_coach.interview.coaching import is_rule, may_be_kept
from bsc_coach.interview.facts.family import Command, Decider, Family, read_reason
from bsc_coach.interview.facts.log import KEY, Action, Event
from bsc_coach.interview.state import KeptFact, MutedFact
from bsc_coach.interview.state_builder import StateBuilder
from bsc_coach.interview.values import RefusedError
from bsc_coach.script.slots import Slot

# Commands


@dataclass(frozen=True)
class KeepAnswer(Command):
    """Keep an answer against a remark of the coach, because …"""

    slot: Slot
    rule: str
    reason: str


@dataclass(frozen=True)
class MuteRule(Command):
    """Let a rule of the coach be silent in this session, because …; without a reason it speaks again."""

    rule: str
    reason: str = ""


CoachCommand = KeepAnswer | MuteRule

# Events


@dataclass(frozen=True)
class RemarkKept(Event):
    """An answer was kept against a remark of the coach, for a reason, in exactly this wording."""

    kind: ClassVar[str] = "kept"
    moves_no_slot: ClassVar[bool] = True
    slot: Slot
    rule: str = field(metadata={KEY: "check"})
    """Written under the name that it had in the first version."""
    digest: str
    reason: str


@dataclass(frozen=True)
class RuleMuted(Event):
    """A rule of the coach is silent from here on, for a reason; without one it speaks again."""

    kind: ClassVar[str] = "muted"
    moves_no_slot: ClassVar[bool] = True
    rule: str
    reason: str = ""


CoachEvent = RemarkKept | RuleMuted

# Decide


def _decide(deciding: Decider, command: CoachCommand) -> tuple[Event, ...]:
    match command:
        case KeepAnswer():
            return (_kept(deciding, command),)
        case MuteRule():
            return (_muted(deciding, command),)
        case _:
            assert_never(command)


def _kept(deciding: Decider, command: KeepAnswer) -> RemarkKept:
    status = deciding.applies(command.slot)
    if status.value is None:
        raise RefusedError("nothing_to_affirm")
    if not may_be_kept(deciding.plan, status, command.rule):
        raise RefusedError("no_such_check", check=command.rule[:40])
    return RemarkKept(command.slot, command.rule, digest_of(status.value), read_reason(command.reason))


def _muted(deciding: Decider, command: MuteRule) -> RuleMuted:
    rule = command.rule.strip().upper()
    if not is_rule(rule):
        raise RefusedError("no_such_check", check=command.rule[:40])
    if not command.reason.strip() and rule in deciding.plan.state.muted:
        return RuleMuted(rule)
    return RuleMuted(rule, read_reason(command.reason))


# Evolve


def _evolve(state: StateBuilder, action: Action, event: CoachEvent) -> None:
    match event:
        case RemarkKept():
            state.table("kept")[event.slot, event.rule] = KeptFact(event.digest, event.reason, action.by)
        case RuleMuted():
            state.table("muted").pop(event.rule, None)
            if event.reason:
                state.table("muted")[event.rule] = MutedFact(event.reason, action.by)
        case _:
            assert_never(event)


COACHING: Family[CoachCommand, CoachEvent] = Family(
    get_args(CoachCommand), get_args(CoachEvent), _decide, _evolve
)
