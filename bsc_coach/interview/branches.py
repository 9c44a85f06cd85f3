"""Branches of a log: which actions knew of which, where copies of one session went on separately.

An action knows all that its writer had seen when it was written. Mostly that is the action before it; where
it is not, the action says so (``Action.after``). Journals of the first version say nothing: there the number
tells, and who wrote it. All of it is a pure function of the set of actions, in whatever order they come.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from bsc_coach.interview.facts.log import Action, ActionId, action_body, log_order

_COPY = "~"
"""Between a writer and the number of a copy, where a journal has two lines of one writer under one number."""


def in_order(actions: Iterable[Action]) -> tuple[Action, ...]:
    """Return actions in the order that they are folded in: by number, then by writer, each of them once."""
    log = tuple(actions)
    if goes_straight(log):
        return log
    told: dict[ActionId, Action] = {}
    for action in _told_apart(log):
        told.setdefault(action.id, action)
    return tuple(sorted(told.values(), key=log_order))


def goes_straight(log: Sequence[Action]) -> bool:
    """Tell whether each action of a log knew the one before it, so that there is only one branch."""
    for before, action in pairwise(log):
        if action.number <= before.number or (action.after and action.after != (before.id,)):
            return False
    return True


def _told_apart(log: Sequence[Action]) -> Iterator[Action]:
    """Give each of two copies a writer of its own where both went on under one name.

    The first version named the writer after person and machine. Which line belongs to which copy is told by
    the time: each goes on from the line before it that is nearest.
    """
    by_writer: dict[str, list[Action]] = defaultdict(list)
    for action in log:
        by_writer[action.writer].append(action)
    for writer, lines in by_writer.items():
        numbers = [action.number for action in lines]
        if len(set(numbers)) == len(numbers):
            yield from lines
            continue
        copies: list[Action] = []
        """The last line of each copy so far."""
        ordered = sorted(lines, key=lambda one: (one.number, one.at, str(action_body(one))))
        for _, together in groupby(ordered, key=lambda one: one.number):
            free = list(range(len(copies)))
            for action in _different(together):
                at = max(
                    (place for place in free if copies[place].at <= action.at),
                    key=lambda place: copies[place].at,
                    default=free[0] if free else len(copies),
                )
                free = [place for place in free if place != at]
                told = action if at == 0 else replace(action, writer=f"{writer}{_COPY}{at + 1}")
                copies[at : at + 1] = [told]
                yield told


def _different(actions: Iterable[Action]) -> Iterator[Action]:
    """Yield actions without those that say the same at the same time as the one before."""
    before = None
    for action in actions:
        if action != before:
            yield action
        before = action


def known_to(log: Sequence[Action], heads: Sequence[ActionId]) -> tuple[Action, ...]:
    """Return the actions of a log in order that whoever wrote some of them knew, those included."""
    ends = [action for action in log if action.id in set(heads)]
    if goes_straight(log):
        last = max((action.number for action in ends), default=0)
        return tuple(action for action in log if action.number <= last)
    branches = Branches(log)
    return tuple(one for one in log if any(one is end or branches.knew(end, one) for end in ends))


def heads_of(log: Sequence[Action]) -> tuple[ActionId, ...]:
    """Return the last action of each branch of a log in order: what comes next comes after these."""
    if goes_straight(log):
        return tuple(action.id for action in log[-1:])
    return tuple(action.id for action in Branches(log).heads(log))


class Branches:
    """Who knew what in a log in order: for each action the highest number that it knew of each writer."""

    def __init__(self, log: Sequence[Action]) -> None:
        self.log = log
        self._known: dict[ActionId, Mapping[str, int]] = {}
        latest: dict[str, Action] = {}
        chained: set[str] = set()
        """Writers that say what they came after wherever it is not the line before of their own."""
        before: list[Action] = []
        """The actions with the highest number below the one that is looked at."""
        for _, same_number in groupby(log, key=lambda one: one.number):
            together = list(same_number)
            for action in together:
                parents = self._parents(action, latest, before, chained)
                self._known[action.id] = self._known_from(action, parents)
            latest |= {action.writer: action for action in together}
            chained |= {action.writer for action in together if action.after}
            before = together

    def _parents(
        self, action: Action, latest: Mapping[str, Action], before: Sequence[Action], chained: set[str]
    ) -> Sequence[ActionId]:
        """Return the actions that one came after: what it says, else its writer's last, else all before."""
        own = latest.get(action.writer)
        if action.after:
            return (*action.after, *([own.id] if own is not None else []))
        if own is not None and (own.number == action.number - 1 or action.writer in chained):
            return (own.id,)
        same = [one.id for one in before if one.writer == action.writer]
        return same or [one.id for one in before]

    def _known_from(self, action: Action, parents: Sequence[ActionId]) -> Mapping[str, int]:
        if len(parents) == 1 and parents[0][0] == action.writer and parents[0] in self._known:
            return self._known[parents[0]]
        known: dict[str, int] = {}
        for writer, number in parents:
            # A line that is lost was known all the same, and what it knew is at least what is left of it.
            there = self._known.get((writer, number)) or self._nearest(writer, number)
            for other, highest in (*there.items(), (writer, number)):
                known[other] = max(known.get(other, 0), highest)
        return known

    def _nearest(self, writer: str, number: int) -> Mapping[str, int]:
        numbers = [n for who, n in self._known if who == writer and n <= number]
        return self._known[writer, max(numbers)] if numbers else {}

    def knew(self, later: Action, earlier: Action) -> bool:
        """Tell whether an action was written by somebody who had seen another one."""
        if later.writer == earlier.writer:
            return earlier.number < later.number
        return self._known[later.id].get(earlier.writer, 0) >= earlier.number

    def heads(self, actions: Sequence[Action]) -> list[Action]:
        """Return those of some actions, in order, that none of the others knew: the last of each branch."""
        heads: list[Action] = []
        for action in actions:
            heads = [*(one for one in heads if not self.knew(action, one)), action]
        return heads
