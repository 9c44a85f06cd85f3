"""Paths of the strategy field that each step fills: ``organisation.name``, ``segments[].name``, ``kpis[]``.

A path has at most one list; in it, an item is told by its short id. The map is read in both
directions: from answers to a strategy and from an edited strategy back to answers.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from bsc_coach.script.model import Fixed, ForEach, PickStep, QuestionStep, Script, Step
from bsc_coach.strategy.nested import Table


@dataclass(frozen=True)
class FieldPath:
    """A field of the strategy: names down to a list, and names inside an item of that list."""

    outer: tuple[str, ...]
    """Names from the strategy to the list, or to the field itself where there is no list."""
    in_list: bool
    inner: tuple[str, ...] = ()
    """Names from the item to the field; empty where the path is the list itself."""


@cache
def parse_field(path: str) -> FieldPath:
    """Parse the path of a field of the strategy."""
    before, marker, after = path.partition("[]")
    inner = tuple(part for part in after.split(".") if part)
    return FieldPath(tuple(before.split(".")), bool(marker), inner)


def field_of(step: Step) -> FieldPath | None:
    """Return the field that a step fills, if it names one."""
    path = step.field if isinstance(step, QuestionStep | Fixed | ForEach) else None
    return None if path is None else parse_field(path)


def marks_items(script: Script, step: Step) -> bool:
    """Tell whether a pick marks the items it picks (candidates[].selected) rather than naming them.

    Inside the list itself, an item names another one of it.
    """
    if not isinstance(step, PickStep) or _stands_inside(script, step):
        return False
    path = field_of(step)
    if path is None or not path.in_list:
        return False
    lists = {field_of(script.step(source.list)) for source in step.source}
    return FieldPath(path.outer, True) in lists


def _stands_inside(script: Script, step: PickStep) -> bool:
    around = {list_id for chain in script.chains[step.id] for list_id in chain}
    return any(source.list in around for source in step.source)


def items_at(table: Table, outer: tuple[str, ...]) -> list[Table]:
    """Return the items of the list at ``outer``, making it if it is missing."""
    for name in outer[:-1]:
        table = table.setdefault(name, {})
    found: list[Table] = table.setdefault(outer[-1], [])
    return found
