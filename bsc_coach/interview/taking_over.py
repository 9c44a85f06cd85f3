"""Beginning with an earlier strategy: what of it a new session takes over, and the events that do so.

Who was in the room, how they voted, what was confirmed and when the map was to be looked at again belong to
the session that they were said in: the script says of which steps (``taken_over = false``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bsc_coach.interview.decide import Stamp, decide
from bsc_coach.interview.facts.provenance import TakeOver
from bsc_coach.interview.plan import Plan
from bsc_coach.interview.reconcile import Import, import_strategy
from bsc_coach.script.fields import field_of
from bsc_coach.script.model import Script, Step
from bsc_coach.script.slots import ItemId
from bsc_coach.strategy.model import Strategy
from bsc_coach.strategy.nested import Table


def take_over(plan: Plan, origin: TakeOver, strategy: Strategy, ids: Iterator[ItemId]) -> Import:
    """Return what a session takes over from an earlier strategy, and the events of the one action."""
    return take_in_list(plan, origin, without_what_belongs_to_its_session(plan.script, strategy), ids)


def take_in_list(plan: Plan, origin: TakeOver, strategy: Strategy, ids: Iterator[ItemId]) -> Import:
    """Return what a session takes in of a strategy that is its own with more in it, as taken over."""
    found = import_strategy(plan, strategy, ids)
    if not found.events:
        return found
    return replace(found, events=(*decide(plan, origin, Stamp(ids)).events, *found.events))


def without_what_belongs_to_its_session(script: Script, strategy: Strategy) -> Strategy:
    """Return a strategy without the answers that the script does not let another session take over."""
    table = strategy.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    for step in script.steps:
        if not _may_be_taken(script, step):
            _leave_out(table, step)
    return Strategy.model_validate(table)


def _may_be_taken(script: Script, step: Step) -> bool:
    """Tell whether a step and everything around it may be taken over."""
    around = script.step(step.within) if step.within is not None else None
    return step.taken_over and (around is None or _may_be_taken(script, around))


def _leave_out(table: Table, step: Step) -> None:
    """Take the field of a step out of the tables of a strategy, and answers of its own questions."""
    table["extra"] = [one for one in table.get("extra", []) if one["step"] != step.id]
    path = field_of(step)
    if path is None:
        return
    holders = [table]
    for name in path.outer[:-1]:
        holders = [inner for one in holders if isinstance(inner := one.get(name), dict)]
    if path.in_list and path.inner:
        holders = [entry for one in holders for entry in one.get(path.outer[-1], [])]
        for name in path.inner[:-1]:
            holders = [inner for one in holders if isinstance(inner := one.get(name), dict)]
    for one in holders:
        one.pop((path.inner or path.outer)[-1], None)
