"""Doubles: what a list names twice, and in what the second differs from the first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bsc_coach.imports.entries import Remark
from bsc_coach.imports.places import key_of
from bsc_coach.text import one_line, shorten
from bsc_coach.words import say

_MEANINGS = {"owner_role": "owner", "title": "objective", "delay_months": "delay"}
_TOLD = (
    "owner_role", "unit", "direction", "baseline", "baseline_by", "target", "target_date", "red", "amber",
    "frequency", "formula", "lead_lag", "guard", "description", "horizon", "start", "end",
    "resources", "note",
)  # fmt: skip
_GROUPS = ("perspective", "theme", "objective")
_LONGEST = 300


def namesakes(kind: str, items: Iterable[Mapping[str, Any]], name: str) -> list[Mapping[str, Any]]:
    """Return the items of a list that have a name, whatever its capitals and blanks."""
    return [one for one in items if key_of(kind, str(one.get("name", ""))) == key_of(kind, name)]


def differing(before: Mapping[str, Any], after: Mapping[str, Any], language: str) -> str:
    """Return what the second of two says otherwise than the first; nothing where it adds or repeats."""
    return shorten("; ".join(_differing(before, after, language)), _LONGEST)


def _differing(before: Mapping[str, Any], after: Mapping[str, Any], language: str) -> Iterator[str]:
    for name in _TOLD:
        one, other = before.get(name), after.get(name)
        if one is None or other is None or one == other:
            continue
        if name == "note":
            # The note of an old KPI has a line for each thing that it has no field for.
            known = str(one).split("\n")
            yield from (line for line in str(other).split("\n") if line not in known)
            continue
        choice = name in ("direction", "frequency", "lead_lag", "horizon")
        said = say(f"document.choice.{name}.{other}", language) if choice else one_line(str(other))
        label = say(f"imports.meaning.{_MEANINGS.get(name, name)}", language)
        yield say("imports.old.line", language, name=label, said=said)


def is_same_old(one: Mapping[str, Any], other: Mapping[str, Any], language: str) -> bool:
    """Tell whether two old KPIs of one name are one: they stand in one group, or have the same numbers."""
    if _lines(one, _GROUPS, language) == _lines(other, _GROUPS, language):
        return True
    numbers = [(item.get("target"), item.get("unit"), _lines(item, ("baseline", "current"), language))
               for item in (one, other)]  # fmt: skip
    has_some = bool(numbers[0][0] or numbers[0][2])
    return has_some and numbers[0] == numbers[1]


def _lines(item: Mapping[str, Any], names: Iterable[str], language: str) -> list[str]:
    starts = tuple(say("imports.old.line", language, name=say(f"imports.meaning.{name}", language), said="")
                   for name in names)  # fmt: skip
    return [line for line in str(item.get("note") or "").split("\n") if line.startswith(starts)]


def as_already(short: str, what: str) -> Remark:
    """Return the remark that a row names what is there already, with what it says otherwise."""
    return Remark("double_differs", {"id": short, "what": what}) if what else Remark("double", {"id": short})


def as_namesake(short: str, what: str) -> Remark:
    """Return the remark that something else has the name as well."""
    return (
        Remark("same_name", {"id": short, "what": what}) if what else Remark("same_name_only", {"id": short})
    )
