"""Short ids of items: each is given once; whoever comes second with one that is taken gets the next free one.

Two copies of a session number their items by themselves. Put together, the first item in the order of the log
keeps a short id, the other one is renumbered; once people were told, an event holds on to it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from bsc_coach.interview.branches import Branches
from bsc_coach.interview.facts.lists import ItemAdded, ShortIdsGiven, family_and_number
from bsc_coach.interview.facts.log import Action
from bsc_coach.script.slots import ItemId

SOUND = re.compile(r"[A-Z]{1,4}[0-9]{1,5}(\.[0-9]{1,4})*")
"""What a short id looks like; a journal from elsewhere may say anything."""
OTHERWISE = "X"
"""The letters of an item whose own say nothing."""

Added = tuple[Action, ItemAdded]
"""How an item was added, and the action that it is part of."""


def told_short_ids(log: Sequence[Action]) -> dict[ItemId, str]:
    """Return the short ids that people were told instead of those that items were added with."""
    given = (event for one in log if one.holds_always for event in one.do if isinstance(event, ShortIdsGiven))
    return {ItemId(item): short for event in given for item, short in event.shorts.items()}


def short_ids(log: Sequence[Action], told: Mapping[ItemId, str]) -> dict[ItemId, str]:
    """Return the short id of every item that was ever added in a log in order, taken back or not."""
    added: dict[ItemId, Added] = {}
    for action in log:
        for event in action.do:
            if isinstance(event, ItemAdded):
                added.setdefault(event.item, (action, event))
    return _Giving(added, told, Branches(log)).given


class _Giving:
    """Short ids being given: first those that people were told of, then all others in order."""

    def __init__(self, added: Mapping[ItemId, Added], told: Mapping[ItemId, str], branches: Branches) -> None:
        self.added = added
        self.branches = branches
        self.given: dict[ItemId, str] = {}
        self._taken: dict[str, ItemId] = {}
        self._families: dict[str, list[tuple[Action, int]]] = defaultdict(list)
        """The numbers of each family as items were added with them, and in which action."""
        for action, event in added.values():
            family, number = family_and_number(event.short)
            self._families[family].append((action, number))
        for item in added:
            if item in told and told[item] not in self._taken:
                self._give(item, told[item])
        for item in added:
            if item not in self.given:
                self._give(item, self._wanted(item))

    def _wanted(self, item: ItemId) -> str:
        """Return the short id that an item was added with; inside a renumbered item the one that follows."""
        _, event = self.added[item]
        around = event.slot.frame[-1][1] if event.slot.frame else None
        if around in self.added and around in self.given:
            before = f"{self.added[around][1].short}."
            if event.short.startswith(before):
                return f"{self.given[around]}.{event.short.removeprefix(before)}"
        return event.short

    def _give(self, item: ItemId, wanted: str) -> None:
        """Give an item the short id it wants, or the next one that was free when both were seen together."""
        short = wanted if SOUND.fullmatch(wanted) else f"{OTHERWISE}1"
        if short in self._taken or short != wanted:
            action, (family, _) = self.added[item][0], family_and_number(short)
            free = [n for one, n in self._families[family] if not self.branches.knew(one, action)]
            short = f"{family}{max(free, default=0) + 1}"
        while short in self._taken:
            family, number = family_and_number(short)
            short = f"{family}{number + 1}"
        self._taken[short] = item
        self.given[item] = short
