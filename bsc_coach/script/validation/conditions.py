"""Validation of conditions: what they ask about exists, and they can be true at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import assert_never

from bsc_coach.script.model import (
    BallotStep,
    ChoiceStep,
    CollectStep,
    ConfirmStep,
    Fixed,
    ForEach,
    PickStep,
    SeveralStep,
)
from bsc_coach.script.predicates import (
    AllOf,
    AnswerIs,
    AnyOf,
    Count,
    IsAnswered,
    IsParked,
    ItemIn,
    ItemIs,
    Not,
    Predicate,
)
from bsc_coach.script.slots import StepId
from bsc_coach.script.validation.outline import Chains, readable
from bsc_coach.script.validation.references import References
from bsc_coach.script.validation.satisfiable import Facts, can_hold
from bsc_coach.script.validation.shape import StepEntry
from bsc_coach.toml_text import Path

Leaf = AnswerIs | IsAnswered | IsParked | Count | ItemIn | ItemIs


@dataclass(frozen=True)
class Place:
    """Where a condition stands: the step, the way to it, and the lists around where it is asked."""

    entry: StepEntry
    path: Path
    frames: Chains
    some: bool = False
    """A variant may ask about something that only some of its places have."""


class Conditions:
    """Checking the conditions of one script, in the order of the file."""

    def __init__(self, refs: References) -> None:
        self.refs = refs
        self.outline = refs.outline
        self.findings = refs.findings
        self.blamed: set[int] = set()
        """Leaves that were reported: nothing follows from them."""

    def check(self) -> None:
        """Report every fault in a condition of the script."""
        for entry in self.outline.entries:
            around = self.outline.around(entry)
            outer = list(self.outline.ancestors(entry))
            if entry.step.when is not None:
                self._check_one(Place(entry, ("when",), around), entry.step.when, outer)
            for key in ("offered_when", "full_when"):
                condition = getattr(entry.step, key, None)
                if condition is not None:
                    self._check_one(Place(entry, (key,), around), condition, [entry, *outer])
            for number, variant in enumerate(entry.step.variants):
                place = Place(entry, ("variants", number, "when"), around, some=True)
                self._check_one(place, variant.when, [entry, *outer])
            for place, condition in self._of_choices(entry, around):
                self._check_one(place, condition, [entry, *outer])
            for place, condition in self._of_sources(entry):
                self._check_one(place, condition, [])

    def _of_choices(self, entry: StepEntry, around: Chains) -> Iterator[tuple[Place, Predicate]]:
        if isinstance(entry.step, ChoiceStep | SeveralStep | BallotStep):
            for number, choice in enumerate(entry.step.choices):
                if choice.when is not None:
                    yield Place(entry, ("choices", number, "when"), around), choice.when

    def _of_sources(self, entry: StepEntry) -> Iterator[tuple[Place, Predicate]]:
        step = entry.step
        sources = (
            step.over if isinstance(step, ForEach) else step.source if isinstance(step, PickStep) else ()
        )
        key = "over" if isinstance(step, ForEach) else "from"
        for number, source in enumerate(sources):
            if source.each_when is None:
                continue
            listed = self.outline.by_id.get(source.list)
            frames = self.outline.inside(listed) if listed is not None else None
            yield Place(entry, (key, number, "each_when"), frames), source.each_when

    def _check_one(self, place: Place, condition: Predicate, around: list[StepEntry]) -> None:
        """Check one condition, alone and together with those of the steps it stands in."""
        for path, leaf in _leaves(condition, place.path):
            if not self._leaf_is_sound(place, path, leaf):
                self.blamed.add(id(leaf))
        facts = Facts(self.outline, place.frames, self.blamed)
        above = [entry for entry in around if entry.step.when is not None]
        conditions = [entry.step.when for entry in above if entry.step.when is not None]
        key = None
        if not can_hold([condition], facts):
            key = "never_true"
        elif conditions:
            same = all(self.outline.around(entry) == place.frames for entry in above)
            together = replace(facts, counts=same)
            if can_hold(conditions, together) and not can_hold([condition, *conditions], together):
                key = "never_true_here"
        if key is not None:
            self.findings.add(key, place.entry.spot, place.path)
            self.blamed.update(id(leaf) for _, leaf in _leaves(condition, place.path))

    def _leaf_is_sound(self, place: Place, path: Path, leaf: Leaf) -> bool:
        match leaf:
            case AnswerIs():
                return self._answer_is_sound(place, path, leaf)
            case IsAnswered():
                return self._found(place, path, leaf.answered) is not None
            case IsParked():
                return self._found(place, path, leaf.parked) is not None
            case Count():
                return self._count_is_sound(place, path, leaf)
            case ItemIn():
                return self._item_in_is_sound(place, path, leaf)
            case ItemIs():
                return self._item_is_sound(place, path, leaf)
            case _:
                assert_never(leaf)

    def _found(self, place: Place, path: Path, name: StepId) -> StepEntry | None:
        return self.refs.look_up_answer(place.entry, name, path, place.frames, some=place.some)

    def _answer_is_sound(self, place: Place, path: Path, leaf: AnswerIs) -> bool:
        found = self._found(place, path, leaf.answer)
        if found is None:
            return False
        spot, step = place.entry.spot, found.step
        if isinstance(step, CollectStep | ConfirmStep):
            self.findings.add("no_value", spot, path, at=leaf.answer, name=leaf.answer)
            return False
        if not leaf.wanted:
            self.findings.add("asks_for_nothing", spot, path, at=leaf.answer, name=leaf.answer)
            return False
        known = self._possible(found)
        unknown = [value for value in leaf.wanted if known is not None and value not in known]
        for value in unknown:
            self.findings.add(
                "unknown_choice", spot, path, at=value, name=value, step=leaf.answer, known=known or ()
            )
        return not unknown

    def _possible(self, found: StepEntry) -> list[str] | None:
        """Return the values that an answer can have, or None when they are not known beforehand."""
        step = found.step
        if isinstance(step, ChoiceStep | SeveralStep):
            return None if found.lacks("choices") else [choice.id for choice in step.choices]
        if isinstance(step, PickStep):
            items = [self.outline.fixed_items(source.list) for source in step.source]
            if all(part is not None for part in items):
                return [item for part in items if part is not None for item in part]
        return None

    def _count_is_sound(self, place: Place, path: Path, leaf: Count) -> bool:
        found = self.refs.look_up_list(place.entry, leaf.count, path)
        if found is None:
            return False
        spot, low, high = place.entry.spot, leaf.at_least, leaf.at_most
        if low is None and high is None:
            self.findings.add("counts_nothing", spot, path, at=leaf.count, name=leaf.count)
            return False
        if low is not None and high is not None and low > high:
            self.findings.add(
                "least_over_most", spot, path, at=leaf.count, name=leaf.count, low=low, high=high
            )
            return False
        most = Facts(self.outline, place.frames, self.blamed).most(leaf.count)
        if low is not None and most is not None and low > most:
            self.findings.add("count_beyond", spot, path, at=leaf.count, name=leaf.count, low=low, n=most)
            return False
        return True

    def _item_in_is_sound(self, place: Place, path: Path, leaf: ItemIn) -> bool:
        found = self._found(place, path, leaf.item_in)
        if found is None:
            return False
        if not isinstance(found.step, PickStep):
            self.findings.add("not_a_pick", place.entry.spot, path, at=leaf.item_in, name=leaf.item_in)
            return False
        lists = {source.list for source in found.step.source}
        frames = place.frames
        if frames is None or any(lists & set(frame) for frame in frames) or not all(map(readable, lists)):
            return True
        shown = ", ".join(sorted(lists))
        self.findings.add(
            "no_item_here", place.entry.spot, path, at=leaf.item_in, name=leaf.item_in, list=shown
        )
        return False

    def _item_is_sound(self, place: Place, path: Path, leaf: ItemIs) -> bool:
        found = self.refs.look_up(place.entry, leaf.item, path)
        if found is None:
            return False
        spot = place.entry.spot
        if not isinstance(found.step, Fixed):
            self.findings.add("not_fixed", spot, path, at=leaf.item, name=leaf.item)
            return False
        if place.frames is not None and not any(leaf.item in frame for frame in place.frames):
            self.findings.add("out_of_reach", spot, path, at=leaf.item, name=leaf.item, list=leaf.item)
            return False
        if not leaf.wanted:
            self.findings.add("asks_for_nothing", spot, path, at=leaf.item, name=leaf.item)
            return False
        known = self.outline.fixed_items(leaf.item)
        unknown = [value for value in leaf.wanted if known is not None and value not in known]
        for value in unknown:
            self.findings.add(
                "unknown_item", spot, path, at=value, name=value, step=leaf.item, known=known or ()
            )
        return not unknown


def _leaves(condition: Predicate, path: Path) -> Iterator[tuple[Path, Leaf]]:
    """Yield the predicates that name a step, with the way to each."""
    match condition:
        case AllOf():
            for number, inner in enumerate(condition.all):
                yield from _leaves(inner, (*path, "all", number))
        case AnyOf():
            for number, inner in enumerate(condition.any):
                yield from _leaves(inner, (*path, "any", number))
        case Not():
            yield from _leaves(condition.not_, (*path, "not"))
        case _:
            yield path, condition
