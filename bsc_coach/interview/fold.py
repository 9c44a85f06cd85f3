"""Event sourcing, the fold: the state of a session as a pure function of its log of actions.

``fold`` replays a whole log, ``advance`` evolves a state by one action; both give the same. Undo and redo are
actions of the log as well, so the log only grows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bsc_coach.digest import digest_of
from bsc_coach.interview.events import (
    Action,
    ActionRedone,
    ActionUndone,
    AnswerAffirmed,
    Basis,
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
from bsc_coach.interview.state import AgendaFact, Fact, KeptFact, ListFact, MutedFact, State
from bsc_coach.script.slots import Frame, Slot, StepId, parse_slot

LONGEST_PAUSE = timedelta(minutes=15)
"""A longer gap between two answers is a break, and counts as this much."""
FIRST_ANSWER = timedelta(seconds=20)
"""What the first answer of a session counts as: there is none before it."""
MOST_EARLIER = 50
"""How many undos go back without folding the log again."""
_SHORT = re.compile(r"(.*?[A-Z.])([0-9]+)")


def effective_actions(actions: Iterable[Action]) -> tuple[tuple[Action, ...], tuple[Action, ...]]:
    """Split a log into the actions that count and the redo stack (what redo brings back next is last)."""
    done: list[Action] = []
    undone: list[Action] = []
    for action in actions:
        first = action.do[0] if action.do else None
        if isinstance(first, ActionUndone):
            if done and done[-1].number == first.number:
                undone.append(done.pop())
        elif isinstance(first, ActionRedone):
            if undone and undone[-1].number == first.number:
                done.append(undone.pop())
        else:
            done.append(action)
            undone.clear()
    return tuple(done), tuple(undone)


def fold(actions: Iterable[Action]) -> State:
    """Fold the log of events into the state. Reads no clock, no disk and no random source."""
    log = tuple(actions)
    effective, undone = effective_actions(log)
    building = _Building(State({}, {}, {}, {}, {}, {}, {}, {}, None, None, None, AgendaFact(), (), (), ()))
    last = None
    for action in log:
        building.log(action, last)
        last = action
    for action in effective:
        building.take_all(action)
    return building.state(log, effective, undone)


def advance(state: State, action: Action) -> State:
    """Evolve the state by one action: the same as folding all of them, at the cost of what it changes.

    Undo goes back to the state before the last action, which is at hand for the last ``MOST_EARLIER`` of
    them; further back the log is folded.
    """
    # What holds for every action, undone or not: the log itself, short ids that are used up, time spent.
    log = (*state.actions, action)
    first = action.do[0] if action.do else None
    building = _Building(state)
    building.log(action, state.actions[-1] if state.actions else None)
    # Undo: the state before, with the log of now. One that is not about the last action changes nothing.
    if isinstance(first, ActionUndone):
        if not state.effective or state.effective[-1].number != first.number:
            return building.state(log, state.effective, state.undone, state.earlier)
        if not state.earlier:
            return fold(log)
        undone = (*state.undone, state.effective[-1])
        return replace(
            state.earlier[-1],
            minted=state.minted,
            spent=building.spent,
            actions=log,
            undone=undone,
            earlier=state.earlier[:-1],
        )
    # Redo takes the action from the stack and counts it again; any other action empties the stack.
    if isinstance(first, ActionRedone):
        if not state.undone or state.undone[-1].number != first.number:
            return building.state(log, state.effective, state.undone, state.earlier)
        counted, undone = state.undone[-1], state.undone[:-1]
    else:
        counted, undone = action, ()
    building.take_all(counted)
    earlier = (*state.earlier, replace(state, earlier=()))[-MOST_EARLIER:]
    return building.state(log, (*state.effective, counted), undone, earlier)


class _Building:
    """The tables of a state while actions are read; each is copied once, when it is first written to."""

    def __init__(self, before: State) -> None:
        self._own: set[str] = set()
        self.facts = before.facts
        self.lists = before.lists
        self.shorts = before.shorts
        self.frames = before.frames
        self.kept = before.kept
        self.muted = before.muted
        self.minted = before.minted
        self.spent = before.spent
        self.language = before.language
        self.document_language = before.document_language
        self.adopted = before.adopted
        self.agenda = before.agenda

    def _table(self, name: str) -> dict[Any, Any]:
        """Return a table to write to: a copy of the one of the state before, made at the first write."""
        table: dict[Any, Any] = getattr(self, name)
        if name not in self._own:
            self._own.add(name)
            table = dict(table)
            setattr(self, name, table)
        return table

    def state(
        self,
        log: tuple[Action, ...],
        effective: tuple[Action, ...],
        undone: tuple[Action, ...],
        earlier: tuple[State, ...] = (),
    ) -> State:
        return State(
            facts=self.facts,
            lists=self.lists,
            shorts=self.shorts,
            frames=self.frames,
            kept=self.kept,
            muted=self.muted,
            minted=self.minted,
            spent=self.spent,
            language=self.language,
            document_language=self.document_language,
            adopted=self.adopted,
            agenda=self.agenda,
            actions=log,
            effective=effective,
            undone=undone,
            earlier=earlier,
        )

    def log(self, action: Action, before: Action | None) -> None:
        """Take what holds for every action of the log, whether it counts or not: short ids, and time."""
        for event in action.do:
            if isinstance(event, ItemAdded) and (parts := _SHORT.fullmatch(event.short)):
                minted = self._table("minted")
                minted[parts[1]] = max(minted.get(parts[1], 0), int(parts[2]))
        slot = next((event.slot for event in action.do if hasattr(event, "slot")), None)
        if slot is None:
            return
        gap = FIRST_ANSWER
        if before is not None:
            gap = min(max(action.at - before.at, timedelta()), LONGEST_PAUSE)
        place = Slot(slot.step, slot.frame[:1])
        spent = self._table("spent")
        spent[place] = spent.get(place, timedelta()) + gap

    def take_all(self, action: Action) -> None:
        for event in action.do:
            self.take(action, event)

    def take(self, action: Action, event: Event) -> None:
        match event:
            case (
                SlotAnswered()
                | SlotParked()
                | SlotPassed()
                | SlotDeclined()
                | AnswerAffirmed()
                | LookBackConfirmed()
                | SlotReopened()
            ):
                self._take_about_slot(action, event)
            case ItemAdded() | ItemRemoved() | ItemRestored() | ItemMoved() | ListClosed():
                self._take_about_list(event)
            case RemarkKept():
                self._table("kept")[event.slot, event.rule] = KeptFact(event.digest, event.reason, action.by)
            case RuleMuted():
                self._table("muted").pop(event.rule, None)
                if event.reason:
                    self._table("muted")[event.rule] = MutedFact(event.reason, action.by)
            case LanguageSet():
                if event.documents:
                    self.document_language = event.language
                else:
                    self.language = event.language
            case ScriptAdopted():
                self.adopted = event
                self._rename(event.renames)
            case ActionUndone() | ActionRedone():
                pass  # already accounted for by effective_actions

    def _take_about_slot(
        self,
        action: Action,
        event: SlotAnswered
        | SlotParked
        | SlotPassed
        | SlotDeclined
        | AnswerAffirmed
        | LookBackConfirmed
        | SlotReopened,
    ) -> None:
        number, at, by = action.number, action.at, action.by
        facts = self._table("facts")
        before = facts.get(event.slot)
        match event:
            case SlotAnswered():
                meaning, rewords = digest_of(event.value), None
                # Only the wording is another: what was based on the answer does not become stale.
                if event.same and before is not None and before.meaning:
                    meaning, rewords = before.meaning, before
                facts[event.slot] = Fact(
                    "answered", number, at, by, event.value, meaning, rewords, event.rev, event.basis
                )
            case AnswerAffirmed():
                if before is not None:
                    # As it was, under what it is based on now; when and by whom it was said is said anew.
                    facts[event.slot] = Fact(
                        before.answer_state,
                        number,
                        at,
                        by,
                        before.value,
                        before.meaning,
                        before.rewords,
                        event.rev,
                        event.basis,
                    )
            case SlotParked():
                facts[event.slot] = Fact(
                    "parked", number, at, by, reason=event.reason, owner=event.owner, due=event.due
                )
            case SlotPassed():
                facts[event.slot] = Fact("passed", number, at, by)
            case SlotDeclined():
                facts[event.slot] = Fact("declined", number, at, by, reason=event.reason)
            case LookBackConfirmed():
                facts[event.slot] = Fact(
                    "answered", number, at, by, event.digest, event.digest, open_points=event.open
                )
            case SlotReopened():
                facts.pop(event.slot, None)
                if event.slot in self.lists:
                    self._table("lists")[event.slot] = replace(
                        self.lists[event.slot], closed=False, reason=""
                    )

    def _take_about_list(
        self, event: ItemAdded | ItemRemoved | ItemRestored | ItemMoved | ListClosed
    ) -> None:
        before = self.lists.get(event.slot, ListFact())
        items, removed = list(before.items), set(before.removed)
        closed, reason = before.closed, before.reason
        match event:
            case ItemAdded():
                items.append(event.item)
                self._table("shorts")[event.item] = event.short
                self._table("frames")[event.item] = (*event.slot.frame, (event.slot.step, event.item))
                closed, reason = False, ""
                # Whoever adds to a parked or declined list has taken it up again.
                self._table("facts").pop(event.slot, None)
            case ItemRemoved():
                removed.add(event.item)
            case ItemRestored():
                removed.discard(event.item)
            case ItemMoved():
                if event.item in items:
                    items.remove(event.item)
                    items.insert(event.to, event.item)
            case ListClosed():
                closed, reason = True, event.reason
                self._table("facts").pop(event.slot, None)
        self._table("lists")[event.slot] = ListFact(tuple(items), frozenset(removed), closed, reason)

    def _rename(self, renames: Mapping[str, str]) -> None:
        """Rename the steps in everything said so far (the events are never rewritten)."""
        if not renames:
            return

        def renamed(slot: Slot) -> Slot:
            return Slot(_new(slot.step), _frame(slot.frame))

        def _new(step: StepId) -> StepId:
            return StepId(renames.get(step, step))

        def _frame(frame: Frame) -> Frame:
            return tuple((_new(step), item) for step, item in frame)

        def _under(basis: Basis) -> Basis:
            return {str(renamed(parse_slot(path))): digest for path, digest in basis.items()}

        self.facts = {
            renamed(slot): replace(fact, basis=_under(fact.basis)) for slot, fact in self.facts.items()
        }
        self.lists = {renamed(slot): fact for slot, fact in self.lists.items()}
        self.frames = {item: _frame(frame) for item, frame in self.frames.items()}
        self.kept = {(renamed(slot), check): fact for (slot, check), fact in self.kept.items()}
