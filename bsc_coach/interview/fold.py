"""The state of a session as a pure function of its actions: replay always gives the same."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

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
    SlotReopened,
    Value,
)
from bsc_coach.script.slots import Frame, ItemId, Slot, StepId, parse_slot

_SHORT = re.compile(r"(.*?[A-Z.])([0-9]+)")


@dataclass(frozen=True)
class Fact:
    """What was last said about one slot."""

    answer_state: Literal["answered", "parked", "declined"]
    number: int
    at: datetime
    by: str
    value: Value | None = None
    meaning: str = ""
    """Digest of the value when its meaning last changed: a mere rewording leaves it alone."""
    rev: int = 1
    basis: Basis = field(default_factory=dict)
    reason: str = ""
    owner: str = ""
    due: str = ""
    open_points: tuple[str, ...] = ()


@dataclass(frozen=True)
class ListFact:
    """The items of one list, in order, and whether people said that it is finished."""

    items: tuple[ItemId, ...] = ()
    removed: frozenset[ItemId] = frozenset()
    closed: bool = False
    reason: str = ""

    @property
    def live(self) -> tuple[ItemId, ...]:
        """The items that are not removed, in order."""
        return tuple(item for item in self.items if item not in self.removed)


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
class State:
    """Everything that was said and still counts, by slot. Never changed in place."""

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
    language: str | None
    document_language: str | None
    """The language of the documents, where it was chosen apart from that of the session."""
    adopted: ScriptAdopted | None
    actions: tuple[Action, ...]
    """The whole log, undone actions too."""
    effective: tuple[Action, ...]
    """The actions that count, in order."""
    undone: tuple[Action, ...]
    """The actions that redo would bring back, the next one last."""

    def list_at(self, slot: Slot) -> ListFact:
        """Return the list that a slot of a collect step stands for, empty if nothing was added."""
        return self.lists.get(slot, ListFact())

    def item_by_name(self, name: str) -> ItemId | None:
        """Return the item with a short id or an item id, also when it was removed."""
        if name in self.shorts:
            return ItemId(name)
        return next((item for item, short in self.shorts.items() if short == name), None)


def effective_actions(actions: Iterable[Action]) -> tuple[tuple[Action, ...], tuple[Action, ...]]:
    """Return the actions that count and those that redo would bring back (the next one last)."""
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
    """Return the state after ``actions``. Reads no clock, no disk and no random source."""
    log = tuple(actions)
    effective, undone = effective_actions(log)
    building = _Building()
    for action in log:
        building.mint(action)
    for action in effective:
        building.take_all(action)
    return building.state(log, effective, undone)


def advance(state: State, action: Action) -> State:
    """Return the state one action later: the same as folding all of them, without going over the rest.

    Undo and redo change what counted before, so they are folded from the beginning.
    """
    log = (*state.actions, action)
    if any(isinstance(event, ActionUndone | ActionRedone) for event in action.do):
        return fold(log)
    building = _Building(state)
    building.mint(action)
    building.take_all(action)
    return building.state(log, (*state.effective, action), ())


_Actions = tuple[Action, ...]


class _Building:
    """The dictionaries of a state while actions are read one after the other."""

    def __init__(self, before: State | None = None) -> None:
        self.facts: dict[Slot, Fact] = {} if before is None else dict(before.facts)
        self.lists: dict[Slot, ListFact] = {} if before is None else dict(before.lists)
        self.shorts: dict[ItemId, str] = {} if before is None else dict(before.shorts)
        self.frames: dict[ItemId, Frame] = {} if before is None else dict(before.frames)
        self.kept: dict[tuple[Slot, str], KeptFact] = {} if before is None else dict(before.kept)
        self.muted: dict[str, MutedFact] = {} if before is None else dict(before.muted)
        self.minted: dict[str, int] = {} if before is None else dict(before.minted)
        self.language = None if before is None else before.language
        self.document_language = None if before is None else before.document_language
        self.adopted = None if before is None else before.adopted

    def state(
        self, log: tuple[Action, ...], effective: tuple[Action, ...], undone: tuple[Action, ...]
    ) -> State:
        return State(
            facts=self.facts,
            lists=self.lists,
            shorts=self.shorts,
            frames=self.frames,
            kept=self.kept,
            muted=self.muted,
            minted=self.minted,
            language=self.language,
            document_language=self.document_language,
            adopted=self.adopted,
            actions=log,
            effective=effective,
            undone=undone,
        )

    def mint(self, action: Action) -> None:
        for event in action.do:
            if isinstance(event, ItemAdded) and (found := _SHORT.fullmatch(event.short)):
                self.minted[found[1]] = max(self.minted.get(found[1], 0), int(found[2]))

    def take_all(self, action: Action) -> None:
        for event in action.do:
            self.take(action, event)

    def take(self, action: Action, event: Event) -> None:
        match event:
            case (
                SlotAnswered()
                | SlotParked()
                | SlotDeclined()
                | AnswerAffirmed()
                | LookBackConfirmed()
                | SlotReopened()
            ):
                self._take_about_slot(action, event)
            case ItemAdded() | ItemRemoved() | ItemRestored() | ItemMoved() | ListClosed():
                self._take_about_list(event)
            case RemarkKept():
                self.kept[event.slot, event.rule] = KeptFact(event.digest, event.reason, action.by)
            case RuleMuted():
                self.muted.pop(event.rule, None)
                if event.reason:
                    self.muted[event.rule] = MutedFact(event.reason, action.by)
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
        event: SlotAnswered | SlotParked | SlotDeclined | AnswerAffirmed | LookBackConfirmed | SlotReopened,
    ) -> None:
        number, at, by = action.number, action.at, action.by
        before = self.facts.get(event.slot)
        match event:
            case SlotAnswered():
                meaning = digest_of(event.value)
                if event.same and before is not None and before.meaning:
                    meaning = before.meaning
                self.facts[event.slot] = Fact(
                    "answered", number, at, by, event.value, meaning, event.rev, event.basis
                )
            case AnswerAffirmed():
                if before is not None:
                    self.facts[event.slot] = Fact(
                        before.answer_state,
                        number,
                        at,
                        by,
                        before.value,
                        before.meaning,
                        event.rev,
                        event.basis,
                    )
            case SlotParked():
                self.facts[event.slot] = Fact(
                    "parked", number, at, by, reason=event.reason, owner=event.owner, due=event.due
                )
            case SlotDeclined():
                self.facts[event.slot] = Fact("declined", number, at, by, reason=event.reason)
            case LookBackConfirmed():
                self.facts[event.slot] = Fact(
                    "answered", number, at, by, event.digest, event.digest, open_points=event.open
                )
            case SlotReopened():
                self.facts.pop(event.slot, None)
                if event.slot in self.lists:
                    self.lists[event.slot] = replace(self.lists[event.slot], closed=False, reason="")

    def _take_about_list(
        self, event: ItemAdded | ItemRemoved | ItemRestored | ItemMoved | ListClosed
    ) -> None:
        before = self.lists.get(event.slot, ListFact())
        items, removed = list(before.items), set(before.removed)
        closed, reason = before.closed, before.reason
        match event:
            case ItemAdded():
                items.append(event.item)
                self.shorts[event.item] = event.short
                self.frames[event.item] = (*event.slot.frame, (event.slot.step, event.item))
                closed, reason = False, ""
                # Whoever adds to a parked or declined list has taken it up again.
                self.facts.pop(event.slot, None)
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
                self.facts.pop(event.slot, None)
        self.lists[event.slot] = ListFact(tuple(items), frozenset(removed), closed, reason)

    def _rename(self, renames: Mapping[str, str]) -> None:
        """Read everything said so far under the new names of the steps."""
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
