"""Index over the steps for validation: parents, children, lists around, and order of asking."""

from __future__ import annotations

from collections.abc import Iterator

from bsc_coach.script.model import CollectStep, Container, Fixed, ForEach, QuestionStep
from bsc_coach.script.slots import StepId
from bsc_coach.script.validation.findings import BLAMED
from bsc_coach.script.validation.shape import StepEntry

Chain = tuple[StepId, ...]
Chains = tuple[Chain, ...] | None
"""The lists around a place, one tuple per way to get there; None where a fault hides them."""


class Outline:
    """An index that also holds where the script has faults: what cannot be told is left open."""

    def __init__(self, entries: tuple[StepEntry, ...]) -> None:
        self.entries = entries
        self.by_id: dict[StepId, StepEntry] = {}
        for entry in entries:
            self.by_id.setdefault(entry.step.id, entry)
        self.parents: dict[int, StepEntry | None] = {entry.number: self._parent(entry) for entry in entries}
        self.children: dict[int | None, list[StepEntry]] = {}
        for entry in entries:
            parent = self.parents[entry.number]
            self.children.setdefault(None if parent is None else parent.number, []).append(entry)
        self.order = {entry.number: place for place, entry in enumerate(self._asked_in_order())}
        self._inside: dict[int, Chains] = {}
        self._around: dict[int, Chains] = {}
        for entry in entries:
            self._place(entry)

    def _parent(self, entry: StepEntry) -> StepEntry | None:
        """Return the step that another stands in, if it has one that comes before it."""
        parent = self.by_id.get(entry.step.within) if entry.step.within is not None else None
        return parent if parent is not None and parent.number < entry.number and holds(parent) else None

    def _asked_in_order(self) -> Iterator[StepEntry]:
        waiting = list(reversed(self.children.get(None, [])))
        while waiting:
            entry = waiting.pop()
            yield entry
            waiting.extend(reversed(self.children.get(entry.number, [])))

    def _place(self, entry: StepEntry) -> None:
        """Work out the lists around and inside one step; those before it are done."""
        parent = self.parents[entry.number]
        if parent is not None:
            around = self._inside[parent.number]
        else:
            around = ((),) if entry.step.within is None else None
        self._around[entry.number] = around
        step = entry.step
        if isinstance(step, ForEach):
            self._inside[entry.number] = self._inside_pass(entry, step)
        elif around is not None and isinstance(step, Fixed | CollectStep):
            self._inside[entry.number] = tuple((*chain, step.id) for chain in around)
        else:
            self._inside[entry.number] = around

    def _inside_pass(self, entry: StepEntry, step: ForEach) -> Chains:
        found: list[Chain] = []
        for source in step.over:
            listed = self.by_id.get(source.list)
            chains = self._inside.get(listed.number) if listed is not None else None
            if listed is None or chains is None or not is_list(listed):
                return None
            found.extend(chains)
        return tuple(dict.fromkeys(found))

    def around(self, entry: StepEntry) -> Chains:
        """Return the lists around a step itself: where its texts are read and its condition is asked."""
        return self._around[entry.number]

    def inside(self, entry: StepEntry) -> Chains:
        """Return the lists around what stands in a step."""
        return self._inside[entry.number]

    def ancestors(self, entry: StepEntry) -> Iterator[StepEntry]:
        """Yield the steps that a step stands in, the innermost first."""
        parent = self.parents[entry.number]
        while parent is not None:
            yield parent
            parent = self.parents[parent.number]

    def before(self, one: StepEntry, other: StepEntry) -> bool:
        """Tell whether ``one`` is asked before ``other``, and stands before it in the file."""
        return one.number < other.number and self.order[one.number] < self.order[other.number]

    def fixed_items(self, list_id: StepId) -> list[str] | None:
        """Return the items of a fixed list, or None when it is none or they could not be read."""
        entry = self.by_id.get(list_id)
        if entry is None or not isinstance(entry.step, Fixed) or entry.lacks("items"):
            return None
        return [item.id for item in entry.step.items]


def holds(entry: StepEntry) -> bool:
    """Tell whether other steps may stand in a step."""
    return isinstance(entry.step, Container | CollectStep)


def is_list(entry: StepEntry) -> bool:
    """Tell whether a step is a list of items."""
    return isinstance(entry.step, Fixed | CollectStep)


def is_asked(entry: StepEntry) -> bool:
    """Tell whether a step is answered."""
    return isinstance(entry.step, QuestionStep)


def readable(name: str) -> bool:
    """Tell whether a reference is what its author wrote, and not one that was reported already."""
    return name != BLAMED
