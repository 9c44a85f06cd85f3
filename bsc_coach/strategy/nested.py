"""Values in nested tables of a strategy, by the names on the way to them."""

from __future__ import annotations

from typing import Any

Table = dict[str, Any]
Names = tuple[str, ...]


def get(table: Table, names: Names) -> Any:
    """Look up a value by its path of names in nested tables, or None."""
    found: Any = table
    for name in names:
        found = found.get(name) if isinstance(found, dict) else None
    return found


def put(table: Table, names: Names, value: object) -> None:
    """Write ``value`` at ``names`` in nested tables, making those that are missing."""
    for name in names[:-1]:
        table = table.setdefault(name, {})
    table[names[-1]] = value
