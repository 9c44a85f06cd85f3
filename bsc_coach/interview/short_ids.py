"""Short ids of items: each is given once; whoever comes second with one that is taken gets the next free one.

Two copies of a session number their items by themselves. Put together, the first item in the order of the log
keeps a short id, the other one is renumbered; once people were told, an event holds on to it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bsc_coach.interview.facts.lists import ItemAdded, ShortIdsGiven, family_and_number
from bsc_coach.interview.facts.log import Action
from bsc_coach.script.slots import ItemId


def short_ids(log: Sequence[Action]) -> dict[ItemId, str]:
    """Return the short id of every item that was ever added in a log in order, taken back or not."""
    added: dict[ItemId, ItemAdded] = {}
    told: dict[ItemId, str] = {}
    for action in log:
        for event in action.do:
            if isinstance(event, ItemAdded):
                added.setdefault(event.item, event)
            elif isinstance(event, ShortIdsGiven):
                told |= {ItemId(item): short for item, short in event.shorts.items()}
    return _Giving(added, told).given


class _Giving:
    """Short ids being given: first those that people were told of, then all others in order."""

    def __init__(self, added: Mapping[ItemId, ItemAdded], told: Mapping[ItemId, str]) -> None:
        self.added = added
        self.given: dict[ItemId, str] = {}
        self._highest: dict[str, int] = {}
        self._taken: set[str] = set()
        for short in (*(event.short for event in added.values()), *told.values()):
            self._use_up(short)
        for item in added:
            if item in told and told[item] not in self._taken:
                self._give(item, told[item])
        for item in added:
            if item not in self.given:
                self._give(item, self._wanted(item))

    def _wanted(self, item: ItemId) -> str:
        """Return the short id that an item was added with; inside a renumbered item the one that follows."""
        event = self.added[item]
        around = event.slot.frame[-1][1] if event.slot.frame else None
        if around in self.added and around in self.given:
            before = f"{self.added[around].short}."
            if event.short.startswith(before):
                return f"{self.given[around]}.{event.short.removeprefix(before)}"
        return event.short

    def _give(self, item: ItemId, wanted: str) -> None:
        short = wanted
        if short in self._taken or not short:
            family, _ = family_and_number(wanted or "?")
            short = f"{family}{self._highest.get(family, 0) + 1}"
        while short in self._taken:
            family, number = family_and_number(short)
            short = f"{family}{number + 1}"
        self._use_up(short)
        self._taken.add(short)
        self.given[item] = short

    def _use_up(self, short: str) -> None:
        family, number = family_and_number(short)
        self._highest[family] = max(self._highest.get(family, 0), number)
