"""Disputes: what two branches of a log say differently of one slot, one list or one item.

A place where each knew what the one before had said has a last word. Where branches did not know of each
other there are several; when they say the same there is nothing to decide, else people decide, and until then
what was said first stands. What one branch took away stays as long as another one worked on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from bsc_coach.interview.branches import Branches
from bsc_coach.interview.facts.answers import LookBackConfirmed, SlotDeclined, SlotParked, SlotReopened
from bsc_coach.interview.facts.lists import ItemAdded, ItemRemoved, ItemRestored, ListClosed, items_touched
from bsc_coach.interview.facts.log import TAKEN, Action, ActionId, Event, SlotEvent, log_order
from bsc_coach.interview.facts.registry import family_of_event
from bsc_coach.interview.facts.session import renamed_event, renamed_slot, sound_renames
from bsc_coach.interview.state import Dispute, Fact, ListFact, Side, SideSays, State
from bsc_coach.interview.state_builder import StateBuilder
from bsc_coach.script.slots import ItemId, Slot

Said = tuple[Action, Event]
"""An event, and the action that it is part of."""
Undone = tuple[Action, Event, tuple[Action, ...]]
"""The same where it was taken back, with the undos."""


@dataclass
class SaidPlaces:
    """What was said at each slot and about each item, in the order of the log."""

    slots: dict[Slot, list[Said]] = field(default_factory=dict)
    items: dict[ItemId, list[Said]] = field(default_factory=dict)
    """Where an item was taken off its list or brought back."""
    touched: dict[ItemId, list[Action]] = field(default_factory=dict)
    """Where something else was said about it."""
    taken_back: dict[Slot, list[Undone]] = field(default_factory=dict)
    """What was said of an answer and does not count any more, with the undos of it."""
    back_again: dict[ItemId, list[Undone]] = field(default_factory=dict)
    """The same of items that were taken off their list or brought back."""

    def take(self, action: Action) -> None:
        """Note the events of an action that counts."""
        for event in action.do:
            if isinstance(event, ItemRemoved | ItemRestored):
                self.items.setdefault(event.item, []).append((action, event))
            elif isinstance(event, SlotEvent | ItemAdded | ListClosed):
                self.slots.setdefault(event.slot, []).append((action, event))
        if not all(isinstance(event, ItemRemoved | ItemRestored) for event in action.do):
            for item in items_touched(action):
                self.touched.setdefault(item, []).append(action)

    def take_back(self, action: Action, undos: Sequence[Action]) -> None:
        """Note what was said of answers and items and then taken back: others may have built upon it."""
        for event in action.do:
            if isinstance(event, SlotEvent):
                self.taken_back.setdefault(event.slot, []).append((action, event, tuple(undos)))
            elif isinstance(event, ItemRemoved | ItemRestored):
                self.back_again.setdefault(event.item, []).append((action, event, tuple(undos)))

    def rename(self, renames: Mapping[str, str]) -> None:
        """Take what was said so far under the names that a newer script has for it."""
        if renames := sound_renames(renames):
            self.slots = {
                renamed_slot(slot, renames): [
                    (action, renamed_event(event, renames)) for action, event in said
                ]
                for slot, said in self.slots.items()
            }
            self.taken_back = {
                renamed_slot(slot, renames): [
                    (action, renamed_event(event, renames), undos) for action, event, undos in said
                ]
                for slot, said in self.taken_back.items()
            }


def settle(building: StateBuilder, event: Event) -> None:
    """Take a dispute away that an event decides: whoever says something there now knows all sides of it."""
    slot: Slot | None = getattr(event, "slot", None)
    if slot is None or slot not in building.disputed:
        return
    about = event.item if isinstance(event, ItemRemoved | ItemRestored) else None
    if about is None and not isinstance(event, SlotEvent | ItemAdded | ListClosed):
        return
    left = tuple(one for one in building.disputed[slot] if one.item != about)
    if left:
        building.table("disputed")[slot] = left
    else:
        building.table("disputed").pop(slot)


def settle_branches(
    building: StateBuilder,
    empty: State,
    places: SaidPlaces,
    branches: Branches,
    contested: Mapping[ItemId, Sequence[Action]],
) -> None:
    """Put right in a folded state what one branch said over the head of another, and tell the disputes.

    ``contested`` are items that an undo would take away, and the undos.
    """
    judging = _Judging(building, empty, branches)
    disputed: dict[Slot, list[Dispute]] = {}
    # Answers, and what was said of a list as a whole.
    for slot, events in places.slots.items():
        said = sorted(events, key=lambda one: log_order(one[0]))
        undone = places.taken_back.get(slot, [])
        if judging.is_one_branch(said) and not undone:
            continue
        is_list = any(isinstance(event, ItemAdded | ListClosed) for _, event in said)
        dispute = judging.list_at(slot, said) if is_list else judging.answer_at(slot, said, undone)
        if dispute is not None:
            disputed.setdefault(slot, []).append(dispute)
    # Items that one branch took off its list while another worked on them.
    for item in sorted({*places.items, *places.back_again, *contested}):
        frame = building.frames.get(item)
        if frame is None:
            continue
        said = sorted(places.items.get(item, []), key=lambda one: log_order(one[0]))
        slot, touched = Slot(frame[-1][0], frame[:-1]), places.touched.get(item, [])
        undone, undos = places.back_again.get(item, []), contested.get(item, ())
        if (dispute := judging.item(slot, item, said, undone, touched, undos)) is not None:
            disputed.setdefault(slot, []).append(dispute)
    building.disputed = {slot: tuple(found) for slot, found in disputed.items()}


@dataclass
class _Judging:
    """The last words of each branch at one place, and whether they say the same."""

    building: StateBuilder
    empty: State
    branches: Branches

    def is_one_branch(self, said: Sequence[Said]) -> bool:
        """Tell whether each of some events was said by somebody who knew the one before it."""
        return all(one is other or self.branches.knew(other, one) for (one, _), (other, _) in pairwise(said))

    def answer_at(self, slot: Slot, said: Sequence[Said], undone: Sequence[Undone]) -> Dispute | None:
        """Return the dispute about an answer, and let the first one stand; None where all say the same.

        Whoever only passed a question, or opened it again, says nothing against an answer. Whoever took one
        back says what was there before.
        """
        if any(isinstance(event, LookBackConfirmed) for _, event in said):
            return None  # over the answers of one branch: what came from another opens it again
        ends = self._heads_with_undos(said, undone)
        every: list[Undone] = [*((action, event, ()) for action, event in said), *undone]
        history = _AnswerHistory(slot, every, self.branches, self.empty)
        told = [(end, fact) for end in ends if (fact := history.fact_after(end)) is not None]
        table = self.building.table("facts")
        table.pop(slot, None)
        if (standing := _standing([fact for _, fact in told])) is not None:
            table[slot] = standing
        sides = _different(_side(end, fact) for end, fact in told if fact.answer_state != "passed")
        return Dispute(sides) if len(sides) > 1 else None

    def list_at(self, slot: Slot, said: Sequence[Said]) -> Dispute | None:
        """Return the dispute about a list as a whole, which has items meanwhile if anybody added one.

        It is finished where whoever said so knew of all that was added.
        """
        last = self._last_words(said)
        against = [
            (action, event)
            for action, event in said
            if last.get(action.id) is event and _says_it_is_none(event)
        ]
        added = self._added_meanwhile(said, [action for action, _ in against])
        sides = [_side_of_list(action, event) for action, event in against]
        if against:
            sides += [
                _side_of_list(action, event)
                for action, event in said
                if last.get(action.id) is event and isinstance(event, ListClosed) and not event.reason
            ]
        if added:
            items = tuple(event.item for _, event in added)
            sides.append(replace(_side_as("added", added[0][0]), items=items))
        different = _different(sides)
        # What the list looks like meanwhile.
        is_disputed = len(different) > 1
        self._close(slot, said, first=is_disputed)
        if against and not added:
            self._let_stand(slot, against[0])
        elif added:
            self.building.table("facts").pop(slot, None)
        return Dispute(different) if is_disputed else None

    def _added_meanwhile(
        self, said: Sequence[Said], against: Sequence[Action]
    ) -> list[tuple[Action, ItemAdded]]:
        knew = self.branches.knew
        return [
            (action, event)
            for action, event in said
            if isinstance(event, ItemAdded)
            and any(not knew(one, action) and not knew(action, one) for one in against if one is not action)
        ]

    def _close(self, slot: Slot, said: Sequence[Said], *, first: bool) -> None:
        """Finish the list, or open it: by whoever knew of everything that opens it again."""
        knew = self.branches.knew
        added = [action for action, event in said if isinstance(event, ItemAdded)]
        opened = [action for action, event in said if isinstance(event, SlotReopened)]
        closing = [
            (action, event)
            for action, event in said
            if isinstance(event, ListClosed)
            and all(one is action or knew(action, one) for one in added)
            and not any(knew(one, action) for one in opened)
        ]
        listed = self.building.lists.get(slot, ListFact())
        closed, reason, taken = bool(closing), "", listed.taken
        if closing:
            action, event = closing[0] if first else closing[-1]
            reason, taken = event.reason, action.source == TAKEN
        self.building.table("lists")[slot] = replace(listed, closed=closed, reason=reason, taken=taken)

    def _let_stand(self, slot: Slot, said: Said) -> None:
        alone = StateBuilder(self.empty)
        family_of_event(said[1]).evolve(alone, *said)
        self.building.table("facts").update(alone.facts)

    def item(
        self,
        slot: Slot,
        item: ItemId,
        said: Sequence[Said],
        undone: Sequence[Undone],
        touched: Sequence[Action],
        undos: Sequence[Action],
    ) -> Dispute | None:
        """Return the dispute about whether an item stays; None where it is gone, or there, for everybody."""
        knew = self.branches.knew
        heads = self._heads_with_undos(said, undone, touched)
        off = {head.id: self._is_off(head, said, undone) for head in heads}
        removing = [head for head in heads if off[head.id]]
        keeping = [head for head in heads if not off[head.id]]
        # An undo of its adding is decided by whoever removed or restored it knowing of that.
        removing += [undo for undo in undos if not any(knew(action, undo) for action, _ in said)]
        keeping += [
            action
            for action in touched
            if any(not knew(one, action) and not knew(action, one) for one in removing)
        ]
        listed = self.building.lists.get(slot, ListFact())
        stays = bool(keeping) or not removing
        removed = listed.removed - {item} if stays else listed.removed | {item}
        self.building.table("lists")[slot] = replace(listed, removed=removed)
        if not removing or not keeping:
            return None
        sides = (
            _side_as("removed", min(removing, key=log_order)),
            _side_as("kept", min(keeping, key=log_order)),
        )
        return Dispute(tuple(sorted(sides, key=log_order)), item)

    def _heads_with_undos(
        self, said: Sequence[Said], undone: Sequence[Undone], touched: Sequence[Action] = ()
    ) -> list[Action]:
        """Return the last word of each branch; an undo is one where others built upon what it took back."""
        knew, builders = self.branches.knew, [*(action for action, _ in said), *touched]
        words = {action.id: action for action, _ in said}
        words |= {
            undo.id: undo
            for before, _, undos in undone
            for undo in undos
            if any(knew(one, before) and not knew(one, undo) for one in builders)
        }
        return self.branches.heads(sorted(words.values(), key=log_order))

    def _is_off(self, head: Action, said: Sequence[Said], undone: Sequence[Undone]) -> bool:
        """Tell whether an item was off its list for whoever said the last word of a branch."""
        knew = self.branches.knew
        known = [
            (action, event)
            for action, event, undos in (*((*one, ()) for one in said), *undone)
            if (action.id == head.id or knew(head, action))
            and not any(undo.id == head.id or knew(head, undo) for undo in undos)
        ]
        last = max(known, key=lambda one: log_order(one[0]), default=None)
        return last is not None and isinstance(last[1], ItemRemoved)

    def _heads(self, said: Sequence[Said]) -> list[Action]:
        return self.branches.heads(tuple({action.id: action for action, _ in said}.values()))

    def _last_words(self, said: Sequence[Said]) -> Mapping[ActionId, Event]:
        """Return the last event of each branch, by the action that it is part of."""
        heads = {action.id for action in self._heads(said)}
        return {action.id: event for action, event in said if action.id in heads}


@dataclass
class _AnswerHistory:
    """What an answer was after each action in it, as far as whoever did it knew of the others."""

    slot: Slot
    said: Sequence[Undone]
    branches: Branches
    empty: State

    def __post_init__(self) -> None:
        self.said = sorted(self.said, key=lambda one: log_order(one[0]))
        self._facts: dict[ActionId, Fact | None] = {}
        for action in {one.id: one for one, _, _ in self.said}.values():
            alone = StateBuilder(self.empty)
            if (before := self._before(action)) is not None:
                alone.table("facts")[self.slot] = before
            for one, event, _ in self.said:
                if one.id == action.id:
                    family_of_event(event).evolve(alone, one, event)
            self._facts[action.id] = alone.facts.get(self.slot)

    def fact_after(self, action: Action) -> Fact | None:
        """Return what the answer was after an action that says something of it, or that takes some back."""
        return self._facts[action.id] if action.id in self._facts else self._before(action)

    def _before(self, action: Action) -> Fact | None:
        """Return what the answer was for whoever did something: of all that was known and not taken back."""
        knew = self.branches.knew
        known = {
            one.id: one
            for one, _, undos in self.said
            if knew(action, one) and not any(undo.id == action.id or knew(action, undo) for undo in undos)
        }
        heads = self.branches.heads(tuple(known.values()))
        return _standing([fact for one in heads if (fact := self._facts.get(one.id)) is not None])


def _standing(facts: Sequence[Fact]) -> Fact | None:
    """Return which of the last words of branches stands: the first, or the latest where all agree."""
    telling = [fact for fact in facts if fact.answer_state != "passed"]
    if not telling:
        return facts[0] if facts else None
    agreed = all(_says(fact) == _says(telling[0]) for fact in telling)
    return telling[-1] if agreed else telling[0]


def _says(fact: Fact) -> object:
    return (fact.answer_state, fact.value, fact.reason, fact.owner, fact.due)


def _says_it_is_none(event: Event) -> bool:
    """Tell whether an event says of a list that there is nothing to be on it now."""
    return isinstance(event, SlotParked | SlotDeclined) or (
        isinstance(event, ListClosed) and bool(event.reason)
    )


def _side_as(says: SideSays, action: Action) -> Side:
    return Side(says, action.writer, action.number, action.at, action.by)


def _side(action: Action, fact: Fact) -> Side:
    says: SideSays = "answered"
    if fact.answer_state in ("parked", "declined"):
        says = "parked" if fact.answer_state == "parked" else "declined"
    return replace(
        _side_as(says, action),
        value=fact.value,
        reason=fact.reason,
        owner=fact.owner,
        due=fact.due,
    )


def _side_of_list(action: Action, event: Event) -> Side:
    match event:
        case SlotParked():
            said = _side_as("parked", action)
            return replace(said, reason=event.reason, owner=event.owner, due=event.due)
        case SlotDeclined():
            return replace(_side_as("declined", action), reason=event.reason)
        case ListClosed():
            return replace(_side_as("closed", action), reason=event.reason)
        case _:
            return _side_as("added", action)


def _different(sides: Iterable[Side]) -> tuple[Side, ...]:
    """Return sides without those that say the same as an earlier one, in the order of their numbers."""
    found: dict[object, Side] = {}
    for side in sorted(sides, key=log_order):
        found.setdefault((side.says, side.value, side.reason, side.owner, side.due), side)
    return tuple(found.values())
