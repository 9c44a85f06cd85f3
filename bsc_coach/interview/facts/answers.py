"""Answers: a slot is answered, parked, passed, declined, opened again; an answer is looked at again."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import ClassVar, assert_never, get_args

from bsc_coach import sizes
from bsc_coach.digest import digest_of
from bsc_coach.interview.basis import current_basis
from bsc_coach.interview.conditions import offer_at
from bsc_coach.interview.facts.family import Command, Decider, Family, read_reason
from bsc_coach.interview.facts.log import Action, Basis, Event, JsonValue, SlotEvent, Value
from bsc_coach.interview.limits import broken_limits
from bsc_coach.interview.plan import Plan
from bsc_coach.interview.planner import digest_in_scope
from bsc_coach.interview.same_texts import other_texts
from bsc_coach.interview.sorting import goes_nowhere
from bsc_coach.interview.state import Fact
from bsc_coach.interview.state_builder import StateBuilder
from bsc_coach.interview.values import RefusedError, read_date, read_value
from bsc_coach.script.model import CollectStep, ConfirmStep, QuestionStep
from bsc_coach.script.slots import Slot
from bsc_coach.text import clean, one_line

# Commands


@dataclass(frozen=True)
class Accept(Command):
    """Answer a slot; ``same`` says that only the wording changes, so nothing becomes stale."""

    slot: Slot
    value: JsonValue
    same: bool = False
    typed: str = ""
    """What was typed, where the value was understood from it and reads otherwise."""


@dataclass(frozen=True)
class Fill(Command):
    """Answer several slots at once, as one action: a table or a card."""

    answers: tuple[tuple[Slot, JsonValue], ...]


@dataclass(frozen=True)
class Park(Command):
    """Put a slot off."""

    slot: Slot
    reason: str = ""
    owner: str = ""
    due: str = ""


@dataclass(frozen=True)
class Pass(Command):
    """Go past an optional slot: it stays open, and is not offered again."""

    slot: Slot


@dataclass(frozen=True)
class Decline(Command):
    """Say that a slot does not apply, and why."""

    slot: Slot
    reason: str


@dataclass(frozen=True)
class Reopen(Command):
    """Make a slot open again; what was said stays in its history."""

    slot: Slot


@dataclass(frozen=True)
class StillRight(Command):
    """Say that a stale answer is still right."""

    slot: Slot


@dataclass(frozen=True)
class Confirm(Command):
    """Confirm a look back."""

    slot: Slot


AnswerCommand = Accept | Fill | Park | Pass | Decline | Reopen | StillRight | Confirm

# Events


@dataclass(frozen=True)
class SlotAnswered(SlotEvent):
    """A slot was answered; ``same`` says that only the wording changed, not what is meant."""

    kind: ClassVar[str] = "answered"
    value: Value
    rev: int = 1
    basis: Basis = field(default_factory=dict)
    same: bool = False
    typed: str = ""
    """What was typed, where it was understood as this value and reads otherwise: undo gives it back."""


@dataclass(frozen=True)
class SlotParked(SlotEvent):
    """A slot was put off, perhaps with someone to bring it back and a date."""

    kind: ClassVar[str] = "parked"
    reason: str = ""
    owner: str = ""
    due: str = ""


@dataclass(frozen=True)
class SlotPassed(SlotEvent):
    """An optional slot was passed without an answer: it stays open, and is not offered again."""

    kind: ClassVar[str] = "passed"


@dataclass(frozen=True)
class SlotDeclined(SlotEvent):
    """A slot does not apply to this team, for a reason."""

    kind: ClassVar[str] = "declined"
    reason: str


@dataclass(frozen=True)
class SlotReopened(SlotEvent):
    """A slot is open again; what was said stays in its history."""

    kind: ClassVar[str] = "reopened"


@dataclass(frozen=True)
class AnswerAffirmed(SlotEvent):
    """A stale answer was looked at and is still right."""

    kind: ClassVar[str] = "affirmed"
    basis: Basis = field(default_factory=dict)
    rev: int = 1


@dataclass(frozen=True)
class LookBackConfirmed(SlotEvent):
    """A look back was confirmed over the answers with this digest, with these points still open."""

    kind: ClassVar[str] = "confirmed"
    digest: str
    open: tuple[str, ...] = ()


AnswerEvent = (
    SlotAnswered | SlotParked | SlotPassed | SlotDeclined | SlotReopened | AnswerAffirmed | LookBackConfirmed
)

# Decide


def _decide(deciding: Decider, command: AnswerCommand) -> tuple[Event, ...]:
    match command:
        case Fill():
            return deciding.in_order([Accept(slot, value) for slot, value in command.answers])
        case Accept():
            return (_answered(deciding, command),)
        case Park():
            return (_parked(deciding, command),)
        case Pass():
            return (_passed(deciding, command.slot),)
        case Decline():
            return (SlotDeclined(deciding.applies(command.slot).slot, read_reason(command.reason)),)
        case Reopen():
            return (SlotReopened(deciding.known(command.slot).slot),)
        case StillRight() | Confirm():
            return (_looked_at_again(deciding, command),)
        case _:
            assert_never(command)


def _answered(deciding: Decider, command: Accept) -> SlotAnswered:
    slot = command.slot
    status = deciding.applies(slot)
    step, plan = status.step, deciding.plan
    offer = offer_at(plan, step, slot.frame)
    value = read_value(step, command.value, offer, plan.language)
    broken = broken_limits(step, value, offer, other_texts(plan, step, slot))
    if not broken and (nowhere := goes_nowhere(plan, slot, value)) is not None:
        broken = (nowhere,)
    if broken:
        raise RefusedError(broken[0].key, **broken[0].values)
    typed = clean(command.typed).text if command.typed != command.value else ""
    # A mere rewording stands under what the answer was given under: it is no second look.
    known = status.fact if command.same and status.answer_state == "answered" else None
    basis = current_basis(plan, step, slot.frame) if known is None else known.basis
    return SlotAnswered(slot, value, step.rev, basis, command.same, typed)


def _parked(deciding: Decider, command: Park) -> SlotParked:
    status = deciding.applies(command.slot)
    owner, reason = one_line(clean(command.owner).text), one_line(clean(command.reason).text)
    if max(len(owner), len(reason)) > sizes.SHORT_TEXT:
        raise RefusedError("too_long", n=sizes.SHORT_TEXT, have=max(len(owner), len(reason)))
    due = read_date(command.due, deciding.plan.language) if command.due.strip() else ""
    return SlotParked(status.slot, reason, owner, due)


def _passed(deciding: Decider, slot: Slot) -> SlotPassed:
    status = deciding.applies(slot)
    if not status.step.optional or isinstance(status.step, CollectStep):
        raise RefusedError("not_optional")
    if status.answer_state != "open":
        raise RefusedError("nothing_to_pass")
    return SlotPassed(slot)


def _looked_at_again(deciding: Decider, command: StillRight | Confirm) -> AnswerAffirmed | LookBackConfirmed:
    plan, slot = deciding.plan, command.slot
    status = deciding.applies(slot)
    step = status.step
    if isinstance(command, Confirm):
        if not isinstance(step, ConfirmStep):
            raise RefusedError("not_answered_so")
        return LookBackConfirmed(slot, digest_in_scope(plan, step), open_points(plan, step))
    if status.disputes:
        raise RefusedError("disputed")
    can_be = status.answer_state == "answered" or status.unconfirmed
    if not can_be or isinstance(step, CollectStep | ConfirmStep):
        raise RefusedError("nothing_to_affirm")
    return AnswerAffirmed(slot, current_basis(plan, step, slot.frame), step.rev)


def open_points(plan: Plan, step: ConfirmStep) -> tuple[str, ...]:
    """Return the slots in scope of a confirmation that are open, parked, stale or do not fit."""
    sections = set(step.of)
    return tuple(
        str(status.slot)
        for status in plan.statuses.values()
        if status.active
        and not isinstance(status.step, ConfirmStep)
        and isinstance(status.step, QuestionStep)
        and (not sections or plan.script.section_of(status.slot.step) in sections)
        and (status.needs_asking or status.stale or status.answer_state == "parked")
    )


# Evolve


def _evolve(state: StateBuilder, action: Action, event: AnswerEvent) -> None:
    facts = state.table("facts")
    before: Fact | None = facts.get(event.slot)
    said = Fact("answered", action.number, action.at, action.by, source=action.source)

    match event:
        case SlotAnswered():
            meaning, rewords = digest_of(event.value), None
            # Only the wording is another: what was based on the answer does not become stale.
            if event.same and before is not None and before.meaning:
                meaning, rewords = before.meaning, before
            facts[event.slot] = replace(
                said,
                value=event.value,
                meaning=meaning,
                rewords=rewords,
                rev=event.rev,
                basis=event.basis,
            )
        case AnswerAffirmed():
            if before is not None:
                # As it was, under what it is based on now; when, by whom and where it was said is said anew.
                # The fact before stays at hand: a look back may have been confirmed over it.
                facts[event.slot] = replace(
                    said,
                    answer_state=before.answer_state,
                    value=before.value,
                    meaning=before.meaning,
                    rewords=before,
                    rev=event.rev,
                    basis=event.basis,
                    reason=before.reason,
                    owner=before.owner,
                    due=before.due,
                )
        case SlotParked():
            facts[event.slot] = replace(
                said, answer_state="parked", reason=event.reason, owner=event.owner, due=event.due
            )
        case SlotPassed():
            facts[event.slot] = replace(said, answer_state="passed")
        case SlotDeclined():
            facts[event.slot] = replace(said, answer_state="declined", reason=event.reason)
        case LookBackConfirmed():
            facts[event.slot] = replace(
                said, value=event.digest, meaning=event.digest, open_points=event.open
            )
        case SlotReopened():
            facts.pop(event.slot, None)
            if event.slot in state.lists:
                opened = replace(state.lists[event.slot], closed=False, reason="")
                state.table("lists")[event.slot] = opened
        case _:
            assert_never(event)


ANSWERS: Family[AnswerCommand, AnswerEvent] = Family(
    get_args(AnswerCommand), get_args(AnswerEvent), _decide, _evolve
)
