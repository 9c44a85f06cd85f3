"""The fields of KPIs that come in: as a KPI of the map, or as an old one that is still to be sorted."""

from __future__ import annotations

import re
from typing import Any

from bsc_coach.imports.entries import BroughtItem, Remark, SourcePlace, Told
from bsc_coach.imports.meanings import plain
from bsc_coach.text import one_line, shorten
from bsc_coach.words import languages, say

_PLAIN = ("unit", "direction", "target", "target_date", "red", "amber", "frequency", "source", "lead_lag",
          "guard", "owner_role", "gaming", "decision")  # fmt: skip
_NOTED = (
    "description", "perspective", "theme", "objective", "baseline_text", "baseline_by", "baseline_by_text",
    "current_text", "current_date", "current_date_text", "red_text", "amber_text", "direction_text",
    "frequency_text", "source", "lead_lag_text", "guard", "benchmark_text", "benchmark_source", "gaming",
    "decision", "note",
)  # fmt: skip
"""What an old KPI has no field for and tells in its note, in this order."""
_BENCHMARK = re.compile(
    r"(?:[^,]|,(?! ))*, (?P<source>[^;]*?)(?: \((?P<year>\d{4})\))?(?:; (?P<note>.*))?", re.DOTALL
)
_SHORT = 300


def kpi_fields(entry: BroughtItem, language: str) -> tuple[dict[str, Any], list[Remark]]:
    """Return the fields of a KPI of the map, and what of its row has no place there."""
    given = entry.fields
    told: dict[str, Any] = {name: given[name] for name in _PLAIN if name in given}
    left: dict[str, str] = {}
    for name in (
        "direction_text",
        "frequency_text",
        "lead_lag_text",
        "target_date_text",
        "baseline_by_text",
        "current_date_text",
        "current_date",
        "note",
        "amber_text",
    ):
        if name in given and name.removesuffix("_text") not in told:
            left[name] = str(given[name])
    # How it stands: as the baseline, or where it is known beside the baseline, told only.
    baseline = given.get("baseline", given.get("current"))
    if baseline is not None:
        told["baseline"] = baseline
    elif "baseline_by" in given:
        told["baseline_by"] = given["baseline_by"]
    if ("current_text" in given and baseline != given.get("current", baseline)) or (
        "current_text" in given and "current" not in given
    ):
        left["current_text"] = str(given["current_text"])
    if "baseline" in given and "baseline_by" in given:
        left["baseline_by"] = str(given["baseline_by"])
    formula = given.get("formula", given.get("description"))
    if formula is not None:
        told["formula"] = formula
    if "formula" in given and "description" in given:
        left["description"] = str(given["description"])
    if benchmark := _benchmark(entry):
        told["benchmark"] = benchmark
    remarks = [Remark("unplaced", {"what": _listed(left, language)})] if left else []
    return told, remarks


def _benchmark(entry: BroughtItem) -> dict[str, Told] | None:
    """Return a benchmark by its value and by whose it is, as our own tables write that."""
    value, said = entry.fields.get("benchmark"), str(entry.fields.get("benchmark_source", ""))
    if value is None and not said:
        return None
    none_found = {plain(say("document.choice.found.none", language)) for language in languages()}
    if value is None and plain(said) in none_found:
        return {"found": "none"}
    made: dict[str, Told] = {"found": "found"}
    if value is not None:
        made["value"] = value
    parts = _BENCHMARK.fullmatch(said) if value is not None else None
    if parts is not None:
        made |= {name: text for name in ("source", "note") if (text := parts[name])}
        made |= {"year": int(parts["year"])} if parts["year"] else {}
    elif said:
        made["source"] = said
    return made


def old_kpi_fields(entry: BroughtItem, language: str, source: str) -> dict[str, Told]:
    """Return the fields of an old KPI; whatever it has no field for stands in its note."""
    given = dict(entry.fields)
    made: dict[str, Told] = {name: given[name] for name in ("unit", "owner_role", "formula") if name in given}
    target = str(given.get("target_text", ""))
    if when := given.get("target_date", given.get("target_date_text")):
        target = say("imports.old.target_by", language, target=target, date=when) if target else str(when)
    if target:
        made["target"] = target
    if entry.of:
        given["objective"] = one_line(entry.of)
    if given.get("perspective") == given.get("theme"):
        given.pop("theme", None)
    for name in ("frequency", "direction", "lead_lag"):
        if name in given:
            given[f"{name}_text"] = say(f"document.choice.{name}.{given[name]}", language)
    noted = {name: str(given[name]) for name in _NOTED if given.get(name)}
    lines = [_line(name, text, language) for name, text in noted.items()]
    lines += [f"{name}: {text}" for name, text in entry.unplaced.items()]
    if lines:
        made["note"] = "\n".join(lines)
    made["source"] = shorten(place_text(entry.place, language, source), _SHORT)
    return made


def _line(name: str, text: str, language: str) -> str:
    """Return a line of a note; a remark of people stands without a heading."""
    if name == "note":
        return text
    return say(
        "imports.old.line",
        language,
        name=say(f"imports.meaning.{name.removesuffix('_text')}", language),
        said=text,
    )


def _listed(left: dict[str, str], language: str) -> str:
    return "; ".join(_line(name, text, language) for name, text in left.items())


def place_text(place: SourcePlace, language: str, source: str = "") -> str:
    """Return where something stands in a file, in words."""
    kind = "row" if place.is_row else "line"
    sheet = "_sheet" if place.sheet else ""
    told = say(f"imports.place.{kind}{sheet}", language, n=place.line, sheet=place.sheet)
    return f"{source}, {told}" if source else told
