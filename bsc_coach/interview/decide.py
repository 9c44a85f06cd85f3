"""Event sourcing, decide: a command and the plan give events, or refusals that say why.

Pure: item ids come in from outside, and whoever calls writes the events down.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import assert_never

from bsc_coach.digest import digest_of
from bsc_coach.interview.addresses import family
from bsc_coach.interview.basis import current_basis
from bsc_coach.interview.coaching import is_rule, rule_says
from bsc_coach.interview.commands import (
    Accept,
    AddItem,
    AdoptScript,
    CloseList,
    Command,
    Confirm,
    Decline,
    Fill,
    KeepAnswer,
    MoveItem,
    MuteRule,
    Park,
    Pass,
    Redo,
    RemoveItem,
    Reopen,
    RestoreItem,
    SetLanguage,
    Several,
    StillRight,
    Undo,
)
from bsc_coach.interview.conditions import offer_at
from bsc_coach.interview.consequences import after
from bsc_coach.interview.events import (
    ActionRedone,
    ActionUndone,
    AnswerAffirmed,
    Event,
    ItemAdded,
    ItemMoved,
    ItemRemoved,
    ItemRestored,
    LanguageSet,
    ListClosed,
    LookBackConfirmed,
    RemarkKept,
    RuleMuted,
    ScriptAdopted,
    SlotAnswered,
    SlotDeclined,
    SlotParked,
    SlotPassed,
    SlotReopened,
)
from bsc_coach.interview.plan import Plan, SlotStatus
from bsc_coach.interview.planner import digest_in_scope, other_texts
from bsc_coach.interview.values import (
    Refusal,
    RefusedError,
    broken_count,
    broken_limits,
    read_date,
    read_value,
)
from bsc_coach.script.model import CollectStep, ConfirmStep, QuestionStep
from bsc_coach.script.slots import Frame, ItemId, Slot
from bsc_coach.text import clean, one_line

SHORT_TEXT = 300
"""Most characters of a reason or an owner."""


@dataclass(frozen=True)
class Stamp:
    """What a decision needs from outside: item ids nobody has used. The engine has no random source."""

    ids: Iterator[ItemId]


@dataclass(frozen=True)
class Verdict:
    """Events to write down, or why nothing happens."""

    events: tuple[Event, ...] = ()
    refusals: tuple[Refusal, ...] = ()


def decide(plan: Plan, command: Command, stamp: Stamp) -> Verdict:
    """Decide a command: validate it under ``plan`` and return its events or refusals. Changes nothing."""
    try:
        return Verdict(events=_Deciding(plan, stamp).events_of(command))
    except RefusedError as refused:
        return Verdict(refusals=(refused.refusal,))


class _Deciding:
    """One decision: the plan it is taken under and the ids it may use."""

    def __init__(self, plan: Plan, stamp: Stamp) -> None:
        self.plan = plan
        self.stamp = stamp

    def events_of(self, command: Command) -> tuple[Event, ...]:  # noqa: PLR0911 (one branch a command)
        match command:
            case Accept():
                return (self._answered(command),)
            case Fill():
                return self._filled(command)
            case Park():
                return (self._parked(command),)
            case Pass():
                return (self._passed(command.slot),)
            case Decline():
                status = self._applies(command.slot)
                return (SlotDeclined(status.slot, self._reason(command.reason)),)
            case Reopen():
                return (SlotReopened(self._known(command.slot).slot),)
            case StillRight() | Confirm() | KeepAnswer():
                return (self._about_answer(command),)
            case AddItem() | RemoveItem() | RestoreItem() | MoveItem() | CloseList():
                return self._about_list(command)
            case Several():
                return self._one_after_the_other(command.commands)
            case SetLanguage() | AdoptScript() | MuteRule() | Undo() | Redo():
                return (self._about_session(command),)
            case _:
                assert_never(command)

    def _about_session(self, command: SetLanguage | AdoptScript | MuteRule | Undo | Redo) -> Event:
        state = self.plan.state
        match command:
            case SetLanguage():
                if command.language not in self.plan.script.header.languages:
                    raise RefusedError("no_such_language", language=command.language[:10])
                return LanguageSet(command.language, command.documents)
            case AdoptScript():
                return ScriptAdopted(command.version, command.digest, command.renames, command.before)
            case MuteRule():
                return self._muted(command)
            case Undo():
                if not state.effective:
                    raise RefusedError("nothing_to_undo")
                return ActionUndone(state.effective[-1].number)
            case Redo():
                if not state.undone:
                    raise RefusedError("nothing_to_redo")
                return ActionRedone(state.undone[-1].number)

    def _muted(self, command: MuteRule) -> RuleMuted:
        rule = command.rule.strip().upper()
        if not is_rule(rule):
            raise RefusedError("no_such_check", check=command.rule[:40])
        if not command.reason.strip() and rule in self.plan.state.muted:
            return RuleMuted(rule)
        return RuleMuted(rule, self._reason(command.reason))

    def _known(self, slot: Slot) -> SlotStatus:
        status = self.plan.status(slot)
        if status is None:
            raise RefusedError("no_such_question", slot=str(slot)[:120])
        return status

    def _applies(self, slot: Slot) -> SlotStatus:
        status = self._known(slot)
        if not status.active:
            raise RefusedError("does_not_apply_now", slot=str(slot)[:120])
        return status

    def _reason(self, text: str) -> str:
        reason = one_line(clean(text).text)
        if not reason:
            raise RefusedError("reason_needed")
        if len(reason) > SHORT_TEXT:
            raise RefusedError("too_long", n=SHORT_TEXT, have=len(reason))
        return reason

    def _answered(self, command: Accept) -> SlotAnswered:
        slot = command.slot
        status = self._applies(slot)
        step, plan = status.step, self.plan
        offer = offer_at(plan, step, slot.frame)
        value = read_value(step, command.value, offer, plan.language)
        broken = broken_limits(step, value, offer, other_texts(plan, step, slot))
        if broken:
            raise RefusedError(broken[0].key, **broken[0].values)
        typed = clean(command.typed).text if command.typed != command.value else ""
        # A mere rewording stands under what the answer was given under: it is no second look.
        known = status.fact if command.same and status.answer_state == "answered" else None
        basis = current_basis(plan, step, slot.frame) if known is None else known.basis
        return SlotAnswered(slot, value, step.rev, basis, command.same, typed)

    def _filled(self, command: Fill) -> tuple[Event, ...]:
        """Answer in order, each under what the ones before it lead to."""
        return self._one_after_the_other(tuple(Accept(slot, value) for slot, value in command.answers))

    def _one_after_the_other(self, commands: tuple[Command, ...]) -> tuple[Event, ...]:
        events: list[Event] = []
        first = self.plan
        planned = 0
        try:
            for command in commands:
                if isinstance(command, Undo | Redo):
                    # They are about whole actions; inside one they would hide what stands beside them.
                    raise RefusedError("nothing_to_undo" if isinstance(command, Undo) else "nothing_to_redo")
                if planned < len(events) and self._looks_at_others(command):
                    self.plan = after(first, tuple(events))
                    planned = len(events)
                events.extend(self.events_of(command))
        finally:
            self.plan = first
        if not events:
            raise RefusedError("empty")
        return tuple(events)

    def _looks_at_others(self, command: Command) -> bool:
        """Tell whether what was said just before may matter: not for a plain answer on its own."""
        if not isinstance(command, Accept):
            return True
        status = self.plan.status(command.slot)
        if status is None or not status.active:
            return True
        if any(choice.when is not None for choice in getattr(status.step, "choices", ())):
            return True
        limit = getattr(status.step, "limit", None)
        return bool(status.step.basis) or getattr(limit, "unique_in", None) is not None

    def _parked(self, command: Park) -> SlotParked:
        status = self._applies(command.slot)
        owner, reason = one_line(clean(command.owner).text), one_line(clean(command.reason).text)
        if max(len(owner), len(reason)) > SHORT_TEXT:
            raise RefusedError("too_long", n=SHORT_TEXT, have=max(len(owner), len(reason)))
        due = read_date(command.due, self.plan.language) if command.due.strip() else ""
        return SlotParked(status.slot, reason, owner, due)

    def _passed(self, slot: Slot) -> SlotPassed:
        status = self._applies(slot)
        if not status.step.optional or isinstance(status.step, CollectStep):
            raise RefusedError("not_optional")
        if status.answer_state != "open":
            raise RefusedError("nothing_to_pass")
        return SlotPassed(slot)

    def _about_answer(self, command: StillRight | Confirm | KeepAnswer) -> Event:
        status = self._applies(command.slot)
        step, slot = status.step, command.slot
        match command:
            case StillRight():
                if status.answer_state != "answered" or isinstance(step, CollectStep | ConfirmStep):
                    raise RefusedError("nothing_to_affirm")
                return AnswerAffirmed(slot, current_basis(self.plan, step, slot.frame), step.rev)
            case Confirm():
                if not isinstance(step, ConfirmStep):
                    raise RefusedError("not_answered_so")
                return LookBackConfirmed(slot, digest_in_scope(self.plan, step), open_points(self.plan, step))
            case KeepAnswer():
                if status.value is None:
                    raise RefusedError("nothing_to_affirm")
                if rule_says(self.plan, status, command.rule) is None:
                    raise RefusedError("no_such_check", check=command.rule[:40])
                return RemarkKept(slot, command.rule, digest_of(status.value), self._reason(command.reason))

    def _about_list(
        self, command: AddItem | RemoveItem | RestoreItem | MoveItem | CloseList
    ) -> tuple[Event, ...]:
        match command:
            case AddItem():
                return self._added(command)
            case CloseList():
                return (self._closed(command),)
            case RemoveItem() | RestoreItem() | MoveItem():
                frame = self.plan.state.frames.get(command.item)
                if frame is None:
                    raise RefusedError("no_such_item", item=command.item[:40])
                slot = Slot(frame[-1][0], frame[:-1])
                listed = self.plan.state.list_at(slot)
                removed = command.item in listed.removed
                if isinstance(command, RestoreItem):
                    if not removed:
                        raise RefusedError("not_removed")
                    return (ItemRestored(slot, command.item),)
                if removed:
                    raise RefusedError("already_removed")
                if isinstance(command, RemoveItem):
                    return (ItemRemoved(slot, command.item),)
                if not 0 <= command.to < len(listed.items):
                    raise RefusedError("no_such_place", n=len(listed.items))
                return (ItemMoved(slot, command.item, command.to),)

    def _list_step(self, slot: Slot) -> CollectStep:
        step = self._applies(slot).step
        if not isinstance(step, CollectStep):
            raise RefusedError("not_a_list", slot=str(slot)[:120])
        return step

    def _added(self, command: AddItem) -> tuple[Event, ...]:
        step = self._list_step(command.slot)
        live = self.plan.state.list_at(command.slot).live
        if step.count.max is not None and len(live) >= step.count.max:
            raise RefusedError("list_full", n=step.count.max)
        item = next(self.stamp.ids)
        frame: Frame = (*command.slot.frame, (step.id, item))
        added = ItemAdded(command.slot, item, self._short_id(step, command))
        plan = self.plan
        self.plan = after(plan, (added,))
        try:
            answers = [
                Accept(Slot(name, frame), value, typed="" if number else command.typed)
                for number, (name, value) in enumerate(command.answers.items())
            ]
            rest = self._one_after_the_other(tuple(answers)) if answers else ()
        finally:
            self.plan = plan
        return (added, *rest)

    def _short_id(self, step: CollectStep, command: AddItem) -> str:
        prefix = family(self.plan, step, command.slot.frame)
        if command.short:
            taken = command.short in self.plan.state.shorts.values()
            number = command.short.removeprefix(prefix)
            if command.short.startswith(prefix) and number.isdecimal() and not taken:
                return command.short
        return f"{prefix}{self.plan.state.minted.get(prefix, 0) + 1}"

    def _closed(self, command: CloseList) -> ListClosed:
        step = self._list_step(command.slot)
        live = self.plan.state.list_at(command.slot).live
        reason = self._reason(command.reason) if command.reason else ""
        if reason and not live:
            return ListClosed(command.slot, reason)
        broken = broken_count(step.count, len(live))
        if broken:
            key = "empty_needs_reason" if step.empty_field and not live else broken[0].key
            raise RefusedError(key, **broken[0].values)
        return ListClosed(command.slot)


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
