"""Places in a strategy for what a file says: ids that are free, and how much each list still takes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from bsc_coach import sizes
from bsc_coach.interview.limits import most_of
from bsc_coach.script.fields import field_of
from bsc_coach.script.model import CollectStep, Fixed, Script
from bsc_coach.strategy.field_types import ShortId
from bsc_coach.strategy.model import Strategy
from bsc_coach.strategy.nested import Table
from bsc_coach.text import normal

_PREFIXES = {
    "missions": "M", "outcomes": "F", "promises": "C", "enablers": "L", "segments": "SEG", "themes": "TH",
    "links": "X", "initiatives": "N", "old_kpis": "K", "risks": "R",
}  # fmt: skip
"""Letters of the ids of each list, where the script has no such list that tells."""
_CLUSTER_PREFIXES = {"operations": "O", "customer": "CM", "innovation": "I", "social": "S"}
POINTS = ("missions", "outcomes", "promises", "objectives", "enablers")
"""The lists whose items stand on the map."""


@dataclass
class FreePlaces:
    """A strategy that is being added to, as tables, with all ids that were ever given in its session."""

    table: Table
    known: set[str]
    prefixes: Mapping[str, str]
    rooms: Mapping[str, int]
    titles: dict[str, str] = field(default_factory=dict)
    """The id of each point, initiative and theme by its title, small and on one line."""
    fresh: set[str] = field(default_factory=set)
    """The ids of what was added."""

    @classmethod
    def of(cls, script: Script, before: Strategy, known: Collection[str]) -> FreePlaces:
        """Return the places of a strategy in a session with this script."""
        prefixes, rooms = dict(_PREFIXES), {}
        clusters = dict(_CLUSTER_PREFIXES)
        for step in script.steps:
            path = field_of(step)
            if isinstance(step, Fixed) and path is not None and path.outer == ("clusters",):
                clusters = {item.id: item.prefix for item in step.items if item.prefix is not None}
            if isinstance(step, CollectStep) and path is not None and path.in_list:
                rooms[path.outer[-1]] = most_of(step.count)
                if step.prefix is not None:
                    prefixes[path.outer[-1]] = step.prefix
        prefixes |= {f"candidates:{cluster}": letters for cluster, letters in clusters.items()}
        table = before.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
        places = cls(table, set(known), prefixes, rooms)
        for name in (*POINTS, "initiatives", "risks", "themes", "kpis", "old_kpis", "segments", "candidates"):
            for one in table.get(name, []):
                places.known.add(one["id"])
                places.called(name, one["id"], one)
        return places

    def list_of(self, name: str) -> list[Table]:
        """Return a list of the strategy, empty where there is nothing in it yet."""
        found: list[Table] = self.table.setdefault(name, [])
        return found

    def there(self, name: str, title: str) -> str | None:
        """Return the id of what has the same title in a list already."""
        return self.titles.get(key_of(name, title))

    def point(self, title: str) -> str | None:
        """Return the id of the point of the map that has a title."""
        return next((short for name in POINTS if (short := self.there(name, title)) is not None), None)

    def has_room(self, name: str, **within: str) -> bool:
        """Tell whether a list takes one more; ``within`` names the item or cluster that the list is of."""
        there = [
            one for one in self.list_of(name) if all(one.get(key) == told for key, told in within.items())
        ]
        return len(there) < self.rooms.get(name, sizes.LIST)

    def free(self, letters: str, wanted: object = None) -> str:
        """Return the id that somebody wants where it is of these letters and free, else the next number."""
        if isinstance(wanted, str) and wanted not in self.known and _numbered(wanted, letters) is not None:
            self.known.add(wanted)
            return wanted
        numbers = [number for one in self.known if (number := _numbered(one, letters)) is not None]
        made = f"{letters}{max(numbers, default=0) + 1}"
        self.known.add(made)
        return made

    def add(self, name: str, letters: str, item: Mapping[str, Any], wanted: object = None) -> ShortId:
        """Add an item to a list and return its id."""
        short = self.free(letters, wanted)
        self.list_of(name).append(
            {"id": short, **{key: told for key, told in item.items() if told is not None}}
        )
        self.called(name, short, item)
        self.fresh.add(short)
        return short

    def called(self, name: str, short: str, item: Mapping[str, Any]) -> None:
        """Remember what an item of a list is called, so that it is found by that."""
        if title := item.get("title") or item.get("name"):
            self.titles.setdefault(key_of(name, str(title)), short)

    def strategy(self) -> Strategy:
        """Return the strategy as it is now."""
        return Strategy.model_validate({name: told for name, told in self.table.items() if told != []})


def key_of(name: str, title: str) -> str:
    """Return what a title is looked up by: two lists may hold one title."""
    return f"{name} {normal(title).rstrip(' .')}"


def _numbered(short: str, letters: str) -> int | None:
    """Return the number of an id of these letters; None for one of others."""
    rest = short.removeprefix(letters)
    return int(rest) if rest != short and rest.isdigit() and len(rest) <= 4 and int(rest) > 0 else None
