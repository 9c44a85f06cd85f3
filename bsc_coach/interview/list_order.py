"""Room and order in the lists of an edited strategy: items that fit, and the moves to the order wanted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from bsc_coach.interview.facts.lists import ItemAdded, ItemMoved
from bsc_coach.interview.facts.log import Event
from bsc_coach.interview.limits import most_of
from bsc_coach.interview.state import State
from bsc_coach.script.model import CollectStep, ForEach, Script, Step
from bsc_coach.script.slots import ItemId, Slot, StepId


class ListRoom:
    """How many items stand in each list, and those that a list has no room for by its limit."""

    def __init__(self) -> None:
        self.taken: Counter[Slot] = Counter()
        self._without: dict[Slot, set[str]] = defaultdict(set)

    def take(self, slot: Slot, step: CollectStep, short: str) -> bool:
        """Take a place for one more item; False where the list is full, and the item is noted."""
        if self.taken[slot] >= most_of(step.count):
            self._without[slot].add(short)
            return False
        self.taken[slot] += 1
        return True

    def left_out(self, step: StepId) -> Mapping[Slot, set[str]]:
        """Return the short ids of the items that found no room in the lists of a step."""
        return {slot: shorts for slot, shorts in self._without.items() if slot.step == step}


def passes_over(script: Script, step: CollectStep) -> Iterator[Step]:
    """Yield a list, and the passes over what is picked from it: all that has its items."""
    yield step
    for one in script.steps:
        if isinstance(one, ForEach) and any(source.list == step.id for source in one.over):
            yield one


def moves(
    state: State, wanted: Mapping[Slot, Sequence[ItemId]], events: Iterable[Event]
) -> Iterator[ItemMoved]:
    """Yield what puts the items of each list in the order wanted, those that ``events`` add among them."""
    added: dict[Slot, list[ItemId]] = defaultdict(list)
    for event in events:
        if isinstance(event, ItemAdded):
            added[event.slot].append(event.item)
    for slot, items in wanted.items():
        known = set(items)
        there = [item for item in (*state.list_at(slot).items, *added[slot]) if item in known]
        if there != list(items):
            yield from (ItemMoved(slot, item, place) for place, item in enumerate(items))
