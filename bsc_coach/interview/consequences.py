"""Consequences of an edit, before it is made: the plan as it would be, and what it would touch elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import compress
from operator import is_not

from bsc_coach.interview.facts.log import Action, Event
from bsc_coach.interview.fold import advance
from bsc_coach.interview.plan import Plan
from bsc_coach.interview.planner import make_plan
from bsc_coach.script.slots import Slot


def after(plan: Plan, events: tuple[Event, ...]) -> Plan:
    """Dry run: return the plan as it would be once ``events`` had happened."""
    state = plan.state
    number = state.actions[-1].number + 1 if state.actions else 1
    action = Action(number, datetime(2000, 1, 1, tzinfo=UTC), "", events)
    return make_plan(plan.script, advance(state, action), plan)


@dataclass(frozen=True)
class Consequences:
    """What an edit would touch elsewhere: which slots go stale, fall away, come in, or stop fitting."""

    stale: tuple[Slot, ...] = ()
    dormant: tuple[Slot, ...] = ()
    active: tuple[Slot, ...] = ()
    invalid: tuple[Slot, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.stale or self.dormant or self.active or self.invalid)


def consequences(before: Plan, later: Plan) -> Consequences:
    """Compare two plans of one session: what became stale, fell away, came in or stopped fitting.

    Slots that are merely new are left out.
    """
    stale, dormant, active, invalid = [], [], [], []
    for slot in _other_statuses(before, later):
        there, was = later.statuses[slot], before.statuses.get(slot)
        if there.active and there.stale and not (was is not None and was.stale):
            stale.append(slot)
        if there.active and there.refusals and not (was is not None and was.refusals):
            invalid.append(slot)
        if was is None:
            continue
        if there.relevance == "dormant" and was.relevance != "dormant" and was.answer_state != "open":
            dormant.append(slot)
        if there.active and not was.active and (was.answer_state != "open" or not there.optional):
            active.append(slot)
    return Consequences(tuple(stale), tuple(dormant), tuple(active), tuple(invalid))


def _other_statuses(before: Plan, later: Plan) -> Iterator[Slot]:
    """Yield the slots whose status is another one, in the order of asking."""
    if later.index is before.index:
        # The same slots in the same order: compared without asking for one after the other by its name.
        pairs = map(is_not, later.statuses.values(), before.statuses.values())
        yield from compress(later.order, pairs)
        return
    for slot, status in later.statuses.items():
        if status is not before.statuses.get(slot):
            yield slot
