"""Another strategy.toml added to a strategy: what it has more, under ids that are free, whole."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from bsc_coach.imports.entries import Remark, SourcePlace
from bsc_coach.imports.making import Became, Made, RowTold
from bsc_coach.imports.places import POINTS, FreePlaces
from bsc_coach.script.model import Script
from bsc_coach.strategy.model import Strategy
from bsc_coach.strategy.nested import Table
from bsc_coach.strategy.renumbering import with_ids
from bsc_coach.text import one_line, shorten

_LISTS = (
    "segments", "themes", "missions", "promises", "outcomes", "processes", "candidates", "objectives",
    "enablers", "kpis", "old_kpis", "initiatives", "links", "risks", "assumptions",
)  # fmt: skip
"""In an order in which what refers comes after what it refers to."""
_ID = re.compile(r"\A([A-Z]{1,4})\d{1,5}\Z")
_LONGEST = 90


def add_strategy(
    other: Strategy, text: str, script: Script, before: Strategy, known: Collection[str]
) -> Made:
    """Add what another strategy has to one; ``text`` is its file, for the lines that things stand on."""
    places = FreePlaces.of(script, before, known)
    names = _new_names(places, other)
    renamed = with_ids(other, {old: new for old, new in names.items() if old != new})
    told = renamed.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    old_names = {new: old for old, new in names.items()}
    rows = list(_organisation(places, told, text))
    for name in _LISTS:
        for item in told.get(name, []):
            was = old_names.get(item["id"], item["id"])
            rows.append(_added(places, name, item, SourcePlace(_line_of(text, was), is_row=False)))
    return Made(places.strategy(), tuple(sorted(rows, key=lambda row: row.place.line)))


def _new_names(places: FreePlaces, other: Strategy) -> Mapping[str, str]:
    """Return what each thing is called here: as what has its title already, else by the next free id."""
    names: dict[str, str] = {}
    table = other.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    for name in _LISTS:
        for item in table.get(name, []):
            old = item["id"]
            title = item.get("title") or item.get("name") or ""
            there = places.there(name, title) if title else None
            if there is None and name in ("promises", "outcomes", "objectives", "enablers", "missions"):
                there = places.point(title) if title else None
            if old in names:
                continue  # an objective has the id of its candidate
            if there is not None:
                names[old] = there
            elif name == "kpis":
                measured = str(item.get("measures", ""))
                names[old] = places.free(f"{names.get(measured, measured)}.", old)
            else:
                letters = _ID.match(old)
                names[old] = places.free(letters[1], old) if letters is not None else old
    return names


def _organisation(places: FreePlaces, told: Table, text: str) -> Iterator[RowTold]:
    organisation = places.table.setdefault("organisation", {})
    for name, value in told.get("organisation", {}).items():
        place = SourcePlace(_line_of(text, name, as_key=True), is_row=False)
        said = shorten(one_line(str(value)), _LONGEST)
        if organisation.get(name) not in (None, value):
            yield RowTold(place, said, "out", (), (Remark("one_already"),))
        elif name in ("name", "ambition", "values"):
            yield RowTold(place, said, "there" if name in organisation else "in", (Became(name),))
            organisation[name] = value
        else:
            organisation[name] = value


def _added(places: FreePlaces, name: str, item: Table, place: SourcePlace) -> RowTold:
    said = shorten(one_line(str(item.get("title") or item.get("name") or item["id"])), _LONGEST)
    became = (Became(name, item["id"]),)
    if any(one["id"] == item["id"] for one in places.list_of(name)):
        return RowTold(place, said, "there", became)
    measured = item.get("measures")
    if name == "kpis" and not any(one["id"] == measured for kind in POINTS for one in places.list_of(kind)):
        return RowTold(place, said, "out", (), (Remark("objective_out"),))
    within = {"cluster": item["cluster"]} if name == "candidates" else {}
    within |= {"measures": item["measures"]} if name == "kpis" else {}
    if not places.has_room(name, **within):
        return RowTold(place, said, "out", (), (Remark("full", {"list": name}),))
    places.list_of(name).append(item)
    return RowTold(place, said, "in", became)


def _line_of(text: str, name: str, *, as_key: bool = False) -> int:
    """Return the line on which an id or a key stands first; 1 where it is written in another way."""
    pattern = rf"^\s*{re.escape(name)}\s*=" if as_key else rf"\bid\s*=\s*[\"']{re.escape(name)}[\"']"
    found = re.search(pattern, text, re.MULTILINE)
    return 1 if found is None else text.count("\n", 0, found.start()) + 1
