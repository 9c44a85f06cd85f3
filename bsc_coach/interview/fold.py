"""Event sourcing, the fold: the state of a session as a pure function of its log of actions.

``fold`` replays a whole log, ``advance`` evolves a state by one action; both give the same. Undo and redo are
actions of the log as well, so the log only grows. What one event changes is known by its family (``facts``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta

from bsc_coach.interview.branches import Branches, goes_straight, in_order
from bsc_coach.interview.disputes import SaidPlaces, settle, settle_branches
from bsc_coach.interview.facts.agenda import time_apart
from bsc_coach.interview.facts.lists import ItemAdded, take_short_ids, use_up
from bsc_coach.interview.facts.log import ELSEWHERE, Action
from bsc_coach.interview.facts.registry import family_of_event
from bsc_coach.interview.facts.session import (
    ActionRedone,
    ActionUndone,
    ScriptAdopted,
    renamed_event,
    sound_renames,
)
from bsc_coach.interview.short_ids import SOUND, short_ids, told_short_ids
from bsc_coach.interview.state import AdoptedFact, AgendaFact, State, TimeApart
from bsc_coach.interview.state_builder import StateBuilder
from bsc_coach.interview.undoing import Counting, counting, counting_in_branches, is_about
from bsc_coach.script.slots import Slot

LONGEST_PAUSE = timedelta(minutes=15)
"""A longer gap before an action that does not say when its question was shown counts as this much."""
FIRST_ANSWER = timedelta(seconds=20)
"""What the first such action of a session counts as: there is none before it."""
MOST_EARLIER = 50
"""How many undos go back without folding the log again."""


def empty_state() -> State:
    """Return the state before anything was said, with tables of its own."""
    return State(
        {},
        {},
        {},
        {},
        {},
        {},
        {},
        {},
        None,
        None,
        None,
        AgendaFact(),
        (),
        None,
        {},
        {},
        frozenset(),
        {},
        {},
        (),
        (),
        (),
    )


def fold(actions: Iterable[Action]) -> State:
    """Fold the log of events into the state. Reads no clock, no disk and no random source.

    The order in which the actions come does not matter. Where copies of the session went on separately, what
    each of them said is there, and what they say differently is in dispute.
    """
    log = in_order(actions)
    building = StateBuilder(empty_state())
    if goes_straight(log):
        counted = counting(log)
        last = None
        for action in log:
            _take_always(building, action, last)
            last = action
        for action in counted.effective:
            _take(building, action)
    else:
        counted = _fold_branches(building, log)
    _give_short_ids(building, log)
    return building.state(log, counted.effective, counted.undone)


def _fold_branches(building: StateBuilder, log: Sequence[Action]) -> Counting:
    """Take all of a log whose branches did not know of one another."""
    branches = Branches(log)
    counted = counting_in_branches(log, branches)
    # What took time took it from the action before in the same branch.
    for at, action in enumerate(log):
        before = (log[place] for place in range(at - 1, -1, -1))
        _take_always(building, action, next((one for one in before if branches.knew(action, one)), None))
    # Who did not have the newer script yet, or none any more, said it under the old name.
    places = SaidPlaces()
    adopted: list[tuple[Action, ScriptAdopted]] = []
    taken_back = {action.id: undos for action, undos in counted.taken_back}
    counting = {action.id for action in counted.effective}
    for action in log:
        if action.id not in counting and action.id not in taken_back:
            continue
        said = action
        for _, adoption in adopted:
            if action.script < adoption.version:
                renames = sound_renames(adoption.renames)
                said = replace(said, do=tuple(renamed_event(event, renames) for event in said.do))
        if action.id in taken_back:
            places.take_back(said, taken_back[action.id])
            continue
        for event in said.do:
            if isinstance(event, ScriptAdopted):
                adopted.append((action, event))
                places.rename(event.renames)
        _take(building, said)
        again = counted.redone.get(action.id)
        places.take(said if again is None else replace(said, number=again.number, writer=again.writer))
    if len(adopted) > 1:
        building.adopted = _latest_script(adopted)
    settle_branches(building, empty_state(), places, branches, counted.contested)
    return counted


def _latest_script(adopted: Sequence[tuple[Action, ScriptAdopted]]) -> AdoptedFact:
    """Return the latest version of the script among those that branches went on with."""
    _, latest = max(adopted, key=lambda one: (one[1].version, one[0].number, one[0].writer))
    return AdoptedFact(latest.version, latest.digest)


def _give_short_ids(building: StateBuilder, log: Sequence[Action]) -> None:
    """See to it that no two items have one short id."""
    told = told_short_ids(log)
    shorts = building.shorts.values()
    sound = len(set(shorts)) == len(shorts) and all(map(SOUND.fullmatch, shorts))
    if sound and not told and goes_straight(log):
        return
    given = short_ids(log, told)
    building.renumbered = {
        item: given[item] for item, short in building.shorts.items() if given[item] != told.get(item, short)
    }
    building.shorts = {item: given[item] for item in building.shorts}
    for short in given.values():
        use_up(building, short)


def advance(state: State, action: Action) -> State:
    """Evolve the state by one action that was said knowing all of it: the same as folding all of them.

    Undo goes back to the state before the last action, which is at hand for the last ``MOST_EARLIER`` of
    them; further back, and out of the usual order, the log is folded.
    """
    # What holds for every action, undone or not: the log itself, short ids that are used up, time spent.
    log = (*state.actions, action)
    first = action.do[0] if action.do else None
    building = StateBuilder(state)
    _take_always(building, action, state.actions[-1] if state.actions else None)
    # Time that was spent on no question is neither undone nor in the way of undoing.
    if building.apart is not state.apart:
        return building.state(log, state.effective, state.undone, state.earlier)
    if action.holds_always or any(
        isinstance(one, ItemAdded) and one.short in state.items for one in action.do
    ):
        return fold(log)
    # Undo: the state before, with the log of now.
    if isinstance(first, ActionUndone):
        if not state.effective or not is_about(first, state.effective[-1]) or not state.earlier:
            return fold(log)
        undone = (*state.undone, state.effective[-1])
        return replace(
            state.earlier[-1],
            minted=state.minted,
            spent=building.spent,
            apart=state.apart,
            actions=log,
            undone=undone,
            earlier=state.earlier[:-1],
        )
    # Redo takes the action from the stack and counts it again; any other action empties the stack.
    if isinstance(first, ActionRedone):
        if not state.undone or not is_about(first, state.undone[-1]):
            return fold(log)
        counted, undone = state.undone[-1], state.undone[:-1]
        if state.effective and in_order((counted, state.effective[-1]))[-1] is not counted:
            return fold(log)
    else:
        counted, undone = action, ()
    _take(building, counted)
    earlier = (*state.earlier, replace(state, earlier=()))[-MOST_EARLIER:]
    return building.state(log, (*state.effective, counted), undone, earlier)


def _take_always(building: StateBuilder, action: Action, before: Action | None) -> None:
    """Take what holds for every action of the log, whether it counts or not: short ids, and time."""
    take_short_ids(building, action)
    if (apart := time_apart(action)) is not None:
        building.apart = (*building.apart, apart)
    slot = next((event.slot for event in action.do if hasattr(event, "slot")), None)
    if slot is None or action.source in ELSEWHERE:
        return  # what was said elsewhere took nobody's time here
    place = Slot(slot.step, slot.frame[:1])
    spent = building.table("spent")
    spent[place] = spent.get(place, timedelta()) + _time_for(action, before, building.apart)


def _time_for(action: Action, before: Action | None, apart: tuple[TimeApart, ...]) -> timedelta:
    """Return what an action took: from when its question was shown, else from the action before.

    What lies before a question was shown is charged to nobody, and so are breaks while it stood there.
    """
    if action.shown is not None:
        breaks = (min(one.end, action.at) - max(one.begin, action.shown) for one in apart)
        away = sum((max(one, timedelta()) for one in breaks), timedelta())
        return max(action.at - action.shown - away, timedelta())
    if before is None:
        return FIRST_ANSWER
    return min(max(action.at - before.at, timedelta()), LONGEST_PAUSE)


def _take(building: StateBuilder, action: Action) -> None:
    """Take the events of an action that counts."""
    for event in action.do:
        family_of_event(event).evolve(building, action, event)
        settle(building, event)
