"""Forecast: how often each question is likely to be asked in each part of the agenda, in how many minutes.

From the typical counts of the script, not from how many items there happen to be, so that the time that is
left does not grow because people add what everybody adds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bsc_coach.interview.asides import aside_of, aside_of_item, aside_of_source
from bsc_coach.interview.conditions import kept_for_full, truth
from bsc_coach.interview.plan import Plan, once_for_slots
from bsc_coach.interview.state import Aside
from bsc_coach.script.model import CollectStep, ConfirmStep, Fixed, ForEach, QuestionStep, Step
from bsc_coach.script.slots import Frame, ItemId, StepId

Part = tuple[StepId, ItemId | None]
"""A line of the agenda: a section, or an item of a fixed list on the top level."""
PARTICIPANTS = "participants[]"
"""Field of the strategy that holds who is in the room: as many as the plan of the time says."""


@dataclass(frozen=True)
class Expected:
    """How often a question is likely to be asked, and how long it takes each time."""

    times: float
    usual: float
    """Minutes each time."""
    least: float
    """Minutes each time when there is little time."""


@once_for_slots
def forecast(plan: Plan) -> Mapping[Part, Mapping[StepId, Expected]]:
    """Return for each part of the agenda what is likely to be asked in it, by question."""
    counting = _Counting(plan)
    found: dict[Part, dict[StepId, Expected]] = {}
    for step in plan.script.inside(None):
        aside = aside_of(plan.script, plan.state.agenda, step, "")
        if not isinstance(step, Fixed):
            found[step.id, None] = dict(counting.asked_in(step, (), 1, aside))
            continue
        counting.items[step.id] = len(step.items)
        for item in step.item_ids:
            counting.here = {}
            gone = aside_of_item(plan.state.agenda, step, item, aside)
            frame: Frame = ((step.id, item),)
            found[step.id, item] = dict(counting.inside(step.id, frame, 1, gone))
    return found


class _Counting:
    """Going through a script with typical counts in place of items."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.script, self.agenda = plan.script, plan.state.agenda
        self.items: dict[StepId, float] = {}
        """How many items each list is likely to come to in all."""
        self.here: dict[StepId, float] = {}
        """The same for the lists in the part of a fixed list that is gone through now."""

    def inside(
        self, parent: StepId, frame: Frame, times: float, around: Aside
    ) -> Iterator[tuple[StepId, Expected]]:
        """Yield what is asked inside a step that itself comes by so many times."""
        for step in self.script.inside(parent):
            aside = aside_of(self.script, self.agenda, step, around)
            yield from self.asked_in(step, frame, times, aside)

    def asked_in(
        self, step: Step, frame: Frame, times: float, aside: Aside
    ) -> Iterator[tuple[StepId, Expected]]:
        """Yield what is asked at a step and inside it; nothing where its condition cannot hold."""
        if (
            step.when is not None
            and self._is_known(step, frame)
            and truth(self.plan, step.when, frame) is False
        ):
            return
        if self._is_known(step, frame):
            aside = kept_for_full(self.plan, step, frame, aside)
        match step:
            case Fixed():
                self._add(step.id, times * len(step.items))
                yield from self.inside(step.id, frame, times * len(step.items), aside)
            case ForEach():
                if items := self._gone_over(step, frame, aside):
                    yield from self.inside(step.id, frame, items, aside)
            case QuestionStep():
                waits = step.id in self.script.prepared and step.id not in self.plan.state.together
                if not (aside or step.unasked or waits):
                    usual = step.minutes or 0.0
                    yield step.id, Expected(self._times(step, times), usual, min(step.least or usual, usual))
                if isinstance(step, CollectStep):
                    items = times * self._items_of(step)
                    self._add(step.id, items)
                    yield from self.inside(step.id, frame, items, aside)
            case _:
                yield from self.inside(step.id, frame, times, aside)

    def _is_known(self, step: Step, frame: Frame) -> bool:
        """Tell whether a step stands in no list but that of the part, so that its condition is about it."""
        return any(len(chain) == len(frame) for chain in self.script.frames_of(step))

    def _add(self, list_id: StepId, items: float) -> None:
        for counted in (self.items, self.here):
            counted[list_id] = counted.get(list_id, 0) + items

    def _times(self, step: QuestionStep, times: float) -> float:
        if isinstance(step, CollectStep | ConfirmStep) or step.typical is None:
            return times
        return min(step.typical, times)

    def _items_of(self, step: CollectStep) -> float:
        if step.field == PARTICIPANTS and self.agenda.people:
            return self.agenda.people
        if step.unasked:
            return len(self.plan.members.get(step.id, ()))  # nobody adds to it, so it is known
        return step.typical or max(step.count.min, 1)

    def _gone_over(self, step: ForEach, frame: Frame, aside: Aside) -> float:
        """Return over how many items a pass is likely to go; in one of several parts, over its own."""
        if step.typical is not None:
            return step.typical
        known = self.here if frame else self.items
        return sum(
            source.typical or known.get(source.list, 1)
            for source in step.over
            if aside_of_source(self.script, self.agenda, step, source, aside) == aside
        )
