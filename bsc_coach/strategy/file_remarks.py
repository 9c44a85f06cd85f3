"""Remarks on an edited strategy.toml: what is no fault, and probably not meant either."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from bsc_coach import sizes
from bsc_coach.strategy.field_types import REFERENCES
from bsc_coach.strategy.file_faults import FileFault, fault
from bsc_coach.strategy.holding import Before
from bsc_coach.strategy.nested import Table
from bsc_coach.toml_places import TomlPlaces


def remarks_on(table: Table, places: TomlPlaces, before: Before | None) -> Iterator[FileFault]:
    """Yield what to tell of the parsed tables of a file; ``before`` is how it stood before it was edited."""
    yield from _other_titles(table, places, before or Before({}))
    if before is None:
        yield from _dangling(table, places)


def alike(short: str, ids: Iterable[str]) -> list[str]:
    """Return the ids that have the letters of ``short``, or else all."""
    letters, known = short.rstrip("0123456789."), list(ids)
    return [one for one in known if one.rstrip("0123456789.") == letters and "." not in one] or known


def _items(table: Table, name: str) -> dict[str, tuple[int, dict[str, Any]]]:
    listed = table.get(name)
    entries = enumerate(listed) if isinstance(listed, list) else ()
    return {str(one.get("id")): (number, one) for number, one in entries if isinstance(one, dict)}


def _other_titles(table: Table, places: TomlPlaces, before: Before) -> Iterator[FileFault]:
    """Yield objectives that are called otherwise than their candidates, where an edit made it so."""
    candidates = _items(table, "candidates")
    for short, (number, objective) in _items(table, "objectives").items():
        at, candidate = candidates.get(short, (0, {}))
        titles = objective.get("title"), candidate.get("title")
        if not all(isinstance(one, str) for one in titles) or titles[0] == titles[1]:
            continue
        were = (before.item((name,), short) or {} for name in ("objectives", "candidates"))
        if tuple(one.get("title") for one in were) == titles:
            continue
        line, line_of = (
            places.line((name, n, "title")) for name, n in (("objectives", number), ("candidates", at))
        )
        yield fault("titles_differ", line, short, "title", name=titles[0], other=titles[1], line_of=line_of)


def _dangling(table: Table, places: TomlPlaces) -> Iterator[FileFault]:
    """Yield references to an item that does not stand in the file: the first ones, and how many more."""
    lists = {name: _items(table, name) for name, value in table.items() if isinstance(value, list)}
    ids = {short for items in lists.values() for short in items}
    found = [
        (name, number, short, field, one)
        for name, items in lists.items()
        for short, (number, item) in items.items()
        for field in sorted(REFERENCES & item.keys())
        for one in (item[field] if isinstance(item[field], list) else [item[field]])
        if isinstance(one, str) and one not in ids
    ]
    # Looking for what was meant takes long: only as far as remarks are told, and among a list of ids.
    for name, number, short, field, one in found[: sizes.REMARKS_TOLD]:
        known = alike(one, ids)
        near = known if len(known) <= sizes.LIST else ()
        yield fault("dangling", places.line((name, number, field)), short, field, name=one, known=near)
    if (more := len(found) - sizes.REMARKS_TOLD) > 0:
        name, number, short, field, _ = found[sizes.REMARKS_TOLD]
        yield fault("dangling_more", places.line((name, number, field)), short, field, n=more)
