"""What stood in a strategy.toml before it was edited, so that a faulty line can stay as it was."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol, TypeVar

from bsc_coach.strategy.nested import Names, get
from bsc_coach.strategy.strategy_file import StrategyFile, table_of

Key = object
"""The id of an item; for an answer to a question of one's own its step and what it is about."""

ALL = "*"
"""In place of names of entries: nothing of the table could be read."""


def key_of(item: dict[str, Any]) -> Key | None:
    """Return what tells an item from the others of its list; None where nothing does."""
    if "id" in item:
        return str(item["id"])
    return (str(item["step"]), str(item.get("about"))) if "step" in item and "answer" in item else None


@dataclass(frozen=True)
class Before:
    """The tables of a strategy file as they were."""

    table: dict[str, Any]

    @classmethod
    def of(cls, file: StrategyFile) -> Before:
        """Make it of a file as the session would write it."""
        return cls(table_of(file))

    @cached_property
    def ids(self) -> frozenset[str]:
        """The ids of all items."""
        lists = [value for value in self.table.values() if isinstance(value, list)]
        return frozenset(str(one["id"]) for value in lists for one in value if "id" in one)

    def item(self, outer: Names, key: Key | None) -> dict[str, Any] | None:
        """Return an item of the list at ``outer``, if it was there."""
        return next((one for one in get(self.table, outer) or [] if key_of(one) == key), None)

    def likeliest(
        self, outer: Names, table: dict[str, Any], taken: Collection[Key | None]
    ) -> dict[str, Any] | None:
        """Return the item that has most in common with one whose id cannot be read, if any has."""
        free = [one for one in get(self.table, outer) or [] if key_of(one) not in taken]
        best = max(free, key=lambda one: in_common(one, table), default=None)
        return best if best is not None and in_common(best, table) else None

    def fields_of(self, outer: Names, key: Key | None, lost: Collection[str]) -> Iterator[Names]:
        """Yield the fields of an item that has entries of these names."""
        yield from _named(self.item(outer, key) or {}, lost)

    def fields_of_top(self, name: str, lost: Collection[str], now: dict[str, Any]) -> Iterator[Names]:
        """Yield the fields of a table outside lists, or of the top, that have these names and are gone."""
        inside = get(self.table, (name,)) if name else self.table
        for names in _named(inside if isinstance(inside, dict) else {}, lost):
            path = (name, *names) if name else names
            if get(now, path) is None:
                yield path


class Listed(Protocol):
    """An item of a list of a file: the path of the list, its place there, and its fields."""

    place: Names
    number: int
    table: dict[str, Any]
    unknown: bool


_Listed = TypeVar("_Listed", bound=Listed)
_SHARED = (("candidates",), ("objectives",))
"""The lists of one family: an objective has the id of its candidate."""
_SHORT_ID = re.compile(r"[A-Z]{1,4}[0-9]{1,5}(\.[0-9]{1,4})?")


def in_two_lists(
    lists: Mapping[Names, Sequence[_Listed]], before: Before
) -> Iterator[tuple[_Listed, _Listed]]:
    """Yield each item whose id stands in another list as well, and the one there.

    Of the two, the one that was so before is the right one, else the one that stands first.
    """
    first: dict[str, _Listed] = {}
    for item in (one for items in lists.values() for one in items if not one.unknown):
        short = str(item.table.get("id"))
        if not _SHORT_ID.fullmatch(short):
            continue
        other = first.setdefault(short, item)
        if other.place == item.place or {other.place, item.place} == set(_SHARED):
            continue
        is_known = before.item(item.place, short) is not None and before.item(other.place, short) is None
        first[short] = item if is_known else other
        yield (other, item) if is_known else (item, other)


def in_common(one: dict[str, Any], other: dict[str, Any]) -> int:
    """Count the fields that two items have alike, their ids left aside."""
    return sum(value == other.get(name) for name, value in one.items() if name != "id")


def _named(table: dict[str, Any], lost: Collection[str], around: Names = ()) -> Iterator[Names]:
    """Yield the paths of values that have one of the names of ``lost`` on their way."""
    for name, value in table.items():
        path = (*around, name)
        if isinstance(value, dict):
            yield from _named(value, lost, path)
        elif ALL in lost or any(part in lost for part in path):
            yield path
