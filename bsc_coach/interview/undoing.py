"""Undo and redo in a log: which actions count, and which of them redo would bring back.

Undo and redo name an action by its writer and its number, so that nobody takes back what somebody else said
under the same number. Those of the first version of the program name the number alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bsc_coach.interview.branches import Branches
from bsc_coach.interview.facts.lists import ItemAdded, ItemRemoved, ItemRestored, items_touched
from bsc_coach.interview.facts.log import Action, ActionId, log_order
from bsc_coach.interview.facts.session import ActionRedone, ActionUndone, ScriptAdopted
from bsc_coach.script.slots import ItemId


@dataclass(frozen=True)
class Counting:
    """The actions of a log that count, in order, and the redo stack: what redo brings back next is last."""

    effective: tuple[Action, ...]
    undone: tuple[Action, ...]
    contested: Mapping[ItemId, tuple[Action, ...]] = field(default_factory=dict)
    """Items that somebody took back while others worked on them: the undos that do not count therefore."""
    taken_back: tuple[tuple[Action, tuple[Action, ...]], ...] = ()
    """In a log of several branches: each action that does not count any more, and the undos of it."""
    redone: Mapping[ActionId, Action] = field(default_factory=dict)
    """In such a log: the redo by which an action counts again; others may not have known of that."""


def is_about(event: ActionUndone | ActionRedone, action: Action) -> bool:
    """Tell whether an undo or redo is about an action."""
    return event.number == action.number and event.writer in ("", action.writer)


def undone_by(actions: Iterable[Action], undoing: Action) -> Action | None:
    """Return the action that an undo or redo is about; None for another action, or where it is lost."""
    event = undoing.do[0] if undoing.do else None
    if not isinstance(event, ActionUndone | ActionRedone):
        return None
    about = [action for action in actions if is_about(event, action)]
    return next((one for one in about if one.writer == undoing.writer), about[0] if about else None)


def counting(log: Iterable[Action]) -> Counting:
    """Return what counts in a log of one branch."""
    done: list[Action] = []
    undone: list[Action] = []
    for action in log:
        event = action.do[0] if action.do else None
        if action.holds_always:
            continue
        if isinstance(event, ActionUndone):
            _move(event, done, undone)
        elif isinstance(event, ActionRedone):
            if (counted := _taken_from(event, undone)) is not None:
                _put_back(counted, done)
        else:
            done.append(action)
            undone.clear()
    return Counting(tuple(done), tuple(undone))


def _move(event: ActionUndone, done: list[Action], undone: list[Action]) -> None:
    if (action := _taken_from(event, done)) is not None:
        undone.append(action)


def _taken_from(event: ActionUndone | ActionRedone, actions: list[Action]) -> Action | None:
    """Take out the action that an event is about: only the last one, where it does not name the writer."""
    at = next((at for at in range(len(actions) - 1, -1, -1) if is_about(event, actions[at])), None)
    if at is None or (not event.writer and at != len(actions) - 1):
        return None
    return actions.pop(at)


def _put_back(action: Action, done: list[Action]) -> None:
    at = len(done)
    while at and done[at - 1].number > action.number:
        at -= 1
    done.insert(at, action)


def counting_in_branches(log: Sequence[Action], branches: Branches) -> Counting:
    """Return what counts in a log in order whose branches did not know of one another.

    An undo takes back what it names, whatever others said meanwhile. Where it would take away an item that
    another branch worked on, not knowing of the undo, the item stays: people decide.
    """
    # Which undos hold: those that no redo answered that knew of them.
    said = [one for one in log if not one.holds_always and not _is_undo(one)]
    undos: dict[ActionId, list[Action]] = {}
    """The undos that hold, by the action that they took back."""
    redone: dict[ActionId, Action] = {}
    for action in log:
        target = undone_by(said, action)
        if target is None or not branches.knew(action, target):
            continue
        if isinstance(action.do[0], ActionUndone):
            undos.setdefault(target.id, []).append(action)
        elif not any(_gave_up(branches, said, undo, action) for undo in undos.get(target.id, ())):
            holding = [undo for undo in undos.get(target.id, ()) if not branches.knew(action, undo)]
            undos[target.id] = holding
            redone[target.id] = action
    # What does not count therefore; and what redo brings back, unless somebody has said something new since.
    contested = _contested(said, undos, branches)
    kept = {undo.id for found in contested.values() for undo in found}
    kept |= set(_of_scripts_in_use(said, undos, branches))
    gone = {name for name, found in undos.items() if any(undo.id not in kept for undo in found)}
    by_id = {action.id: action for action in said}
    stack = [
        (undo, by_id[name])
        for name, found in undos.items()
        if name in gone
        for undo in found[-1:]
        if not any(branches.knew(one, other) for other in found for one in said)
    ]
    stack.sort(key=lambda pair: log_order(pair[0]))
    effective = tuple(action for action in said if action.id not in gone)
    taken_back = tuple((by_id[name], tuple(undos[name])) for name in undos if name in gone)
    return Counting(effective, tuple(action for _, action in stack), contested, taken_back, redone)


def _is_undo(action: Action) -> bool:
    return bool(action.do) and isinstance(action.do[0], ActionUndone | ActionRedone)


def _gave_up(branches: Branches, said: Sequence[Action], undo: Action, redo: Action) -> bool:
    """Tell whether something new was said between an undo and a redo, in the branch of the redo."""
    return any(branches.knew(one, undo) and branches.knew(redo, one) for one in said)


def _contested(
    said: Sequence[Action], undos: Mapping[ActionId, Sequence[Action]], branches: Branches
) -> dict[ItemId, tuple[Action, ...]]:
    """Return the items that an undo would take away and that others worked on without knowing of it."""
    adding = {
        event.item: action
        for action in said
        if undos.get(action.id)
        for event in action.do
        if isinstance(event, ItemAdded)
    }
    found: dict[ItemId, tuple[Action, ...]] = {}
    if not adding:
        return found
    for action in said:
        if undos.get(action.id) or _only_takes_off(action):
            continue
        for item in items_touched(action) & adding.keys():
            against = [one for one in undos[adding[item].id] if not branches.knew(one, action)]
            if against:
                found[item] = tuple(dict.fromkeys((*found.get(item, ()), *against)))
    return found


def _of_scripts_in_use(
    said: Sequence[Action], undos: Mapping[ActionId, Sequence[Action]], branches: Branches
) -> Iterator[ActionId]:
    """Yield undos of a newer script under which others went on: their answers have its names, so it stays."""
    counting = [one for one in said if not undos.get(one.id)]
    for action in said:
        if not any(isinstance(event, ScriptAdopted) for event in action.do):
            continue
        under_it = [one for one in counting if branches.knew(one, action)]
        for undo in undos.get(action.id, ()):
            if any(not branches.knew(undo, one) and not branches.knew(one, undo) for one in under_it):
                yield undo.id


def _only_takes_off(action: Action) -> bool:
    return all(isinstance(event, ItemRemoved | ItemRestored) for event in action.do)
