"""What a strategy implies without saying it: an objective was chosen, so there was a candidate for it.

A person who writes a strategy by hand writes objectives; that a session lists candidates first, and picks the
vital few among them, is the way of the interview.
"""

from __future__ import annotations

import copy

from bsc_coach.script.fields import FieldPath, field_of, marks_items
from bsc_coach.script.model import CollectStep, Fixed, ForEach, Script, Step
from bsc_coach.script.predicates import ItemIn
from bsc_coach.strategy.nested import Table, get, put


def with_chosen(script: Script, before: Table, now: Table) -> Table:
    """Return the tables of a strategy with what its new items imply, for each pass over what was picked."""
    result = now
    for step in script.steps:
        path = field_of(step) if isinstance(step, ForEach) else None
        if not isinstance(step, ForEach) or path is None or path.inner:
            continue
        known = {entry["id"] for entry in get(before, path.outer) or []}
        new = [entry for entry in get(now, path.outer) or [] if entry["id"] not in known]
        for source in step.over if new else ():
            if not isinstance(source.each_when, ItemIn):
                continue
            pick, collected = script.step(source.each_when.item_in), script.step(source.list)
            marked = field_of(pick)
            if isinstance(collected, CollectStep) and marked is not None and marks_items(script, pick):
                result = copy.deepcopy(result) if result is now else result
                _choose(script, collected, marked, new, result)
    return result


def _choose(
    script: Script, collected: CollectStep, marked: FieldPath, new: list[Table], table: Table
) -> None:
    """Mark what the new items were picked from, making it where it is missing."""
    listed = get(table, marked.outer)
    if listed is None:
        put(table, marked.outer, listed := [])
    there = {entry["id"]: entry for entry in listed}
    for entry in new:
        chosen = there.get(entry["id"])
        if chosen is None:
            parent = _parent_by_prefix(script, collected, entry["id"])
            if collected.parent is not None and parent is None:
                continue  # told as what has no place
            chosen = {"id": entry["id"]}
            chosen |= {} if collected.parent is None else {collected.parent: parent}
            chosen |= {name: entry[name] for name in ("title", "name") if name in entry}
            listed.append(chosen)
        put(chosen, marked.inner, True)


def _parent_by_prefix(script: Script, collected: CollectStep, short: str) -> str | None:
    """Return the fixed item whose list gives ids with these letters: CM1 is of customer management."""
    letters = short.rstrip("0123456789")
    around: Step | None = None if collected.within is None else script.step(collected.within)
    while around is not None:
        if isinstance(around, Fixed):
            return next((item.id for item in around.items if item.prefix == letters), None)
        around = None if around.within is None else script.step(around.within)
    return None
