"""Differences between an edited strategy file and a session, as values that can be told in words.

Two tables of a strategy are compared recursively, lists by the ids of their items, so that nothing that a
file says is passed over in silence.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from bsc_coach.script.fields import Table

DifferenceKind = Literal["added", "removed", "changed", "withdrawn", "moved", "left"]
"""``left``: the file says something that has no place in this session, so it cannot come back."""


@dataclass(frozen=True)
class Difference:
    """One thing that an edited file says otherwise than the session."""

    kind: DifferenceKind
    what: str
    before: str = ""
    now: str = ""


def difference(kind: DifferenceKind, what: str, before: object = "", now: object = "") -> Difference:
    """Make a difference of two values of a strategy, told in words."""
    return Difference(kind, what, _in_words(before), _in_words(now))


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
