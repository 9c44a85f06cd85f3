"""Ideas: what was written in a round, and which items of a list were made of them. Originals are kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bsc_coach.interview.conditions import slot_in_frame
from bsc_coach.interview.facts.answers import Accept
from bsc_coach.interview.facts.family import Command
from bsc_coach.interview.facts.lists import AddItem
from bsc_coach.interview.plan import Plan
from bsc_coach.script.model import CollectStep, QuestionStep
from bsc_coach.script.slots import ItemId, Slot
from bsc_coach.text import normal


@dataclass(frozen=True)
class Idea:
    """A text that was written in a round, and how many wrote just that."""

    text: str
    times: int = 1

    @property
    def label(self) -> str:
        """The text, with how many wrote it where that is more than one."""
        return self.text if self.times == 1 else f"{self.text} ({self.times}×)"

    @property
    def lines(self) -> tuple[str, ...]:
        """The text as often as it was written."""
        return (self.text,) * self.times


def ideas_for(plan: Plan, slot: Slot) -> tuple[Idea, ...]:
    """Return what was written for a list and is in no item of it yet, each text once."""
    step = plan.script.by_id.get(slot.step)
    if not isinstance(step, CollectStep) or step.together is None or step.originals is None:
        return ()
    written = plan.answer(slot_in_frame(plan.script, step.together, slot.frame))
    if not isinstance(written, tuple):
        return ()
    left = list(written)
    for item in plan.state.list_at(slot).live:
        for line in originals_of(plan, slot, item):
            if line in left:
                left.remove(line)
    return tuple(Idea(text, times) for text, times in Counter(left).items())


def originals_of(plan: Plan, slot: Slot, item: ItemId) -> tuple[str, ...]:
    """Return what was written of which an item of a list was made."""
    step = plan.script.by_id.get(slot.step)
    if not isinstance(step, CollectStep) or step.originals is None:
        return ()
    kept = plan.answer(Slot(step.originals, (*slot.frame, (slot.step, item))))
    return tuple(line for line in str(kept).split("\n") if line) if kept is not None else ()


def into_item(plan: Plan, slot: Slot, ideas: Sequence[str], item: ItemId) -> Command | None:
    """Return what puts ideas into an item that is there; None where the list keeps no originals."""
    step = plan.script.by_id.get(slot.step)
    if not isinstance(step, CollectStep) or step.originals is None:
        return None
    lines = [*originals_of(plan, slot, item), *ideas]
    return Accept(Slot(step.originals, (*slot.frame, (slot.step, item))), "\n".join(lines))


def item_called(plan: Plan, slot: Slot, wording: str) -> ItemId | None:
    """Return the item of a list that is called just so, if there is one."""
    live = plan.state.list_at(slot).live
    names = {item: plan.label((*slot.frame, (slot.step, item))) for item in live}
    return next((item for item, name in names.items() if normal(name) == normal(wording)), None)


def new_item(plan: Plan, slot: Slot, ideas: Sequence[str], wording: str = "") -> Command | None:
    """Return what makes an item of ideas, in the words of the first one where no others are given."""
    step = plan.script.by_id.get(slot.step)
    if not isinstance(step, CollectStep) or step.originals is None or not ideas:
        return None
    first = next(one for one in plan.script.inside(step.id) if isinstance(one, QuestionStep))
    return AddItem(slot, {first.id: wording or ideas[0], step.originals: "\n".join(ideas)})
