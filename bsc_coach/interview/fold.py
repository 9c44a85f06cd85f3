"""The state of a session as a pure function of its actions: replay always gives the same."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, Literal

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

LONGEST_PAUSE = timedelta(minutes=15)
"""A longer gap between two answers is a break, and counts as this much."""
FIRST_ANSWER = timedelta(seconds=20)
"""What the first answer of a session counts as: there is none before it."""
MOST_EARLIER = 50
"""How many undos go back without folding the log again."""
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
    """Everything that was said and still counts, by slot.

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
    adopted: ScriptAdopted | None
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
    """Fold the log of events into the state. Reads no clock, no disk and no random source."""
    log = tuple(actions)
    effective, undone = effective_actions(log)
    building = _Building(State({}, {}, {}, {}, {}, {}, {}, {}, None, None, None, (), (), ()))
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
    log = (*state.actions, action)
    first = action.do[0] if action.do else None
    building = _Building(state)
    building.log(action, state.actions[-1] if state.actions else None)
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
        event: SlotAnswered | SlotParked | SlotDeclined | AnswerAffirmed | LookBackConfirmed | SlotReopened,
    ) -> None:
        number, at, by = action.number, action.at, action.by
        facts = self._table("facts")
        before = facts.get(event.slot)
        match event:
            case SlotAnswered():
                meaning = digest_of(event.value)
                if event.same and before is not None and before.meaning:
                    meaning = before.meaning
                facts[event.slot] = Fact(
                    "answered", number, at, by, event.value, meaning, event.rev, event.basis
                )
            case AnswerAffirmed():
                if before is not None:
                    facts[event.slot] = Fact(
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
                facts[event.slot] = Fact(
                    "parked", number, at, by, reason=event.reason, owner=event.owner, due=event.due
                )
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
