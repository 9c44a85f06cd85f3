"""Differences between an edited strategy file and a session, as values that can be told in words.

Two tables of a strategy are compared recursively, lists by the ids of their items, so that nothing that a
file says is passed over in silence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from bsc_coach import sizes
from bsc_coach.interview.plan import Plan
from bsc_coach.interview.projection import said_in_words
from bsc_coach.script.model import Answerable, PickStep
from bsc_coach.script.slots import Slot
from bsc_coach.strategy.model import Strategy
from bsc_coach.strategy.nested import Table
from bsc_coach.strategy.reading_lines import lines_of
from bsc_coach.strategy.strategy_file import StrategyFile
from bsc_coach.words import say

DifferenceKind = Literal[
    "added", "removed", "changed", "withdrawn", "moved", "left", "full", "stays", "order_stays", "record"
]
"""``left``: the file says something that has no place in this session, so it cannot come back.

``full``: a list has no room for so many of its items (``before``), by its limit (``now``);
``stays``: its block was taken out, and something else in the file still brings it; ``order_stays``: its items
stand in another order, which something else in the file gives; ``record``: what the session tells of itself.
"""
TAKEN_IN: frozenset[DifferenceKind] = frozenset(("added", "removed", "changed", "withdrawn", "moved"))
"""The kinds that come into the session; the others are only told."""


@dataclass(frozen=True)
class Difference:
    """One thing that an edited file says otherwise than the session."""

    kind: DifferenceKind
    what: str
    before: str = ""
    now: str = ""

    def told(self, language: str) -> str:
        """Return it in words."""
        return say(
            f"strategy.difference.{self.kind}", language, what=self.what, before=self.before, now=self.now
        )


def told_first(differences: Sequence[Difference], language: str) -> Iterator[str]:
    """Yield the first differences in words, as many as anybody reads, and how many more there are."""
    for one in differences[: sizes.DIFFERENCES_TOLD]:
        yield one.told(language)
    if (more := len(differences) - sizes.DIFFERENCES_TOLD) > 0:
        yield say("strategy.difference.more", language, n=more)


def tables_of(strategy: Strategy) -> Table:
    """Return a strategy as tables, the readings of a KPI as the lines that are the answer to one question."""
    table = strategy.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    readings = {kpi.id: kpi.readings for kpi in strategy.kpis if kpi.readings}
    for entry in table.get("kpis", ()):
        if entry["id"] in readings:
            entry["readings"] = lines_of(readings[entry["id"]])
    return table


def difference(kind: DifferenceKind, what: str, before: object = "", now: object = "") -> Difference:
    """Make a difference of two values of a strategy, told in words."""
    return Difference(kind, what, _in_words(before), _in_words(now))


def said(plan: Plan, slot: Slot, step: Answerable, told: object) -> object:
    """Return a value of the file as people say it: choices by their text, numbers with the decimal sign."""
    if isinstance(step, PickStep):
        return told
    if isinstance(told, list):
        return said_in_words(plan, slot, tuple(str(part) for part in told))
    return said_in_words(plan, slot, told) if isinstance(told, str | int | float) else told


def still_differing(edited: Table, later: Table, told: tuple[str, ...]) -> Iterator[Difference]:
    """Yield what ``edited`` says and the session, once it took the file, would still not say.

    ``told`` names what was found to have no place already.
    """
    for key, wanted in edited.items():
        if key in ("format", "extra"):
            continue
        there = later.get(key)
        if not isinstance(wanted, list):
            yield from _lacking(key, wanted, there)
            continue
        known = {entry["id"]: entry for entry in there or []}
        for entry in wanted:
            name = entry["id"]
            if name in told or any(what.startswith((f"{name} ", f"{name}.")) for what in told):
                continue
            if name in known:
                yield from _lacking(name, entry, known[name])
            else:
                yield difference("left", f"{key} {name}", "", entry.get("title") or entry.get("name") or "")


def standing_still(before: Table, edited: Table, later: Table, around: str = "") -> Iterator[Difference]:
    """Yield items and orders that somebody changed in a list which is given by something else in the file.

    The list of objectives is that of the selected candidates: without its block an objective is still there.
    """
    for name in before:
        was, now, then = (one.get(name) for one in (before, edited, later))
        if isinstance(was, dict):
            yield from standing_still(was, now or {}, then or {}, f"{around}{name}.")
        if not isinstance(was, list) or not all(isinstance(one, dict) and "id" in one for one in was):
            continue
        wanted, there = ([one["id"] for one in each or []] for each in (now, then))
        for one in was:
            if one["id"] not in wanted and one["id"] in there:
                yield difference("stays", one["id"], one.get("title") or one.get("name") or "")
        known = [one["id"] for one in was if one["id"] in wanted]
        order = [short for short in there if short in wanted]
        if known != [short for short in wanted if short in known] and order != [
            short for short in wanted if short in there
        ]:
            yield difference("order_stays", f"{around}{name}", wanted, order)


def record_differing(before: StrategyFile, edited: StrategyFile, later: StrategyFile) -> Iterator[Difference]:
    """Yield a difference where somebody changed what the session tells of itself.

    What follows from the other edits, and so stands in ``later`` as well, is none.
    """
    if edited.session is None or before.session is None or edited.session.digest != before.session.digest:
        return  # written by another version, or by none: nobody knows what was changed
    changed = [
        name
        for name in StrategyFile.model_fields
        if name not in Strategy.model_fields
        and _is_changed(*(getattr(one, name) for one in (before, edited, later)))
    ]
    if changed:
        yield difference("record", ", ".join(changed))


def _is_changed(before: object, edited: object, later: object) -> bool:
    if not isinstance(before, tuple) or not isinstance(edited, tuple) or not isinstance(later, tuple):
        return before != edited
    new = (one for one in edited if one not in before and one not in later)
    gone = (one for one in before if one not in edited and one in later)
    return next(new, None) is not None or next(gone, None) is not None


def _lacking(what: str, wanted: object, there: object) -> Iterator[Difference]:
    """Yield the fields of ``wanted`` that ``there`` does not hold, deeper ones under a dotted name."""
    if not isinstance(wanted, dict):
        if wanted != there:
            yield difference("left", what, there, wanted)
        return
    known = there if isinstance(there, dict) else {}
    for name, inner in wanted.items():
        if isinstance(inner, list) and inner and isinstance(inner[0], dict):
            beside = {entry["id"]: entry for entry in known.get(name) or []}
            for entry in inner:
                yield from _lacking(f"{name} {entry['id']}", entry, beside.get(entry["id"]))
        else:
            yield from _lacking(f"{what}.{name}", inner, known.get(name))


def _in_words(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return ", ".join(str(part) for part in value)
    return str(value)
