"""Event sourcing, the fold: the state of a session as a pure function of its log of actions.

``fold`` replays a whole log, ``advance`` evolves a state by one action; both give the same. Undo and redo are
actions of the log as well, so the log only grows. What one event changes is known by its family (``facts``).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from bsc_coach.interview.facts.agenda import time_apart
from bsc_coach.interview.facts.lists import take_short_ids
from bsc_coach.interview.facts.log import TAKEN, Action
from bsc_coach.interview.facts.registry import family_of_event
from bsc_coach.interview.facts.session import ActionRedone, ActionUndone
from bsc_coach.interview.state import AgendaFact, State, TimeApart
from bsc_coach.interview.state_builder import StateBuilder
from bsc_coach.script.slots import Slot

LONGEST_PAUSE = timedelta(minutes=15)
"""A longer gap before an action that does not say when its question was shown counts as this much."""
FIRST_ANSWER = timedelta(seconds=20)
"""What the first such action of a session counts as: there is none before it."""
MOST_EARLIER = 50
"""How many undos go back without folding the log again."""


def effective_actions(actions: Iterable[Action]) -> tuple[tuple[Action, ...], tuple[Action, ...]]:
    """Split a log into the actions that count and the redo stack (what redo brings back next is last)."""
    done: list[Action] = []
    undone: list[Action] = []
    for action in actions:
        first = action.do[0] if action.do else None
        if time_apart(action) is not None:
            continue
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
    building = StateBuilder(
        State({}, {}, {}, {}, {}, {}, {}, {}, None, None, None, AgendaFact(), (), None, (), (), ())
    )
    last = None
    for action in log:
        _take_always(building, action, last)
        last = action
    for action in effective:
        _take(building, action)
    return building.state(log, effective, undone)


def advance(state: State, action: Action) -> State:
    """Evolve the state by one action: the same as folding all of them, at the cost of what it changes.

    Undo goes back to the state before the last action, which is at hand for the last ``MOST_EARLIER`` of
    them; further back the log is folded.
    """
    # What holds for every action, undone or not: the log itself, short ids that are used up, time spent.
    log = (*state.actions, action)
    first = action.do[0] if action.do else None
    building = StateBuilder(state)
    _take_always(building, action, state.actions[-1] if state.actions else None)
    # Time that was spent on no question is neither undone nor in the way of undoing.
    if building.apart is not state.apart:
        return building.state(log, state.effective, state.undone, state.earlier)
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
            apart=state.apart,
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
    _take(building, counted)
    earlier = (*state.earlier, replace(state, earlier=()))[-MOST_EARLIER:]
    return building.state(log, (*state.effective, counted), undone, earlier)


def _take_always(building: StateBuilder, action: Action, before: Action | None) -> None:
    """Take what holds for every action of the log, whether it counts or not: short ids, and time."""
    take_short_ids(building, action)
    if (apart := time_apart(action)) is not None:
        building.apart = (*building.apart, apart)
    slot = next((event.slot for event in action.do if hasattr(event, "slot")), None)
    if slot is None or action.source == TAKEN:
        return  # what was taken over took nobody's time here
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
