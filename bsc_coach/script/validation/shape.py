"""Schema validation with error recovery: raw tables to dataclasses, misspelt keys and wrong values told.

A table is mended so that its other entries are still checked: a misspelt key is read as what it was
meant for, an entry that makes no sense is left out or replaced by one that says nothing.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from bsc_coach.near_names import close_to
from bsc_coach.script.header import Header, Migration
from bsc_coach.script.model import KIND_MODELS, ScriptFile, Step
from bsc_coach.script.predicates import FORM_MODELS, FORMS
from bsc_coach.script.tables import ScriptTable
from bsc_coach.script.validation.findings import BLAMED, FileSpot, Findings
from bsc_coach.script.validation.mending import (
    filler,
    guessed_kind,
    names_of,
    nested_model,
)
from bsc_coach.script.validation.reading import RawScript, RawTable
from bsc_coach.toml_text import Path

ALL = "*"
"""Among the lost entries of a table: nothing of it could be read."""
MOST_ROUNDS = 40
_EXTRA_KEY = "unexpected_keyword_argument"
"""What pydantic calls a key that a dataclass has no field for."""


@dataclass(frozen=True)
class StepEntry:
    """A step as it was read, and which of its entries could not be."""

    number: int
    step: Step
    table: Mapping[str, Any]
    """The table it was made from, mended."""
    lost: frozenset[str] = frozenset()
    place: FileSpot | None = None
    """Where its problems are reported when that is not its own table: in a translation."""

    @property
    def spot(self) -> FileSpot:
        """Where problems of this step are reported."""
        if self.place is not None:
            return self.place
        named = not self.step.id.startswith("bsc_coach.unnamed_")
        return FileSpot("step", self.number, self.step.id if named else f"step {self.number + 1}")

    def lacks(self, key: str) -> bool:
        """Tell whether an entry could not be read, so that it must not be called missing."""
        return key in self.lost or ALL in self.lost


@dataclass(frozen=True)
class Shaped:
    """A script whose tables have the form they must have; what they say is not checked yet."""

    header: Header | None
    entries: tuple[StepEntry, ...]
    migrations: tuple[tuple[int, Migration], ...]
    whole: ScriptFile | None
    """The file as one model, where no entry had to be mended."""


@cache
def _adapter(table_type: Any) -> TypeAdapter[Any]:
    return TypeAdapter(table_type)


def shape(raw: RawScript, findings: Findings) -> Shaped:
    """Validate the form of the raw tables of a script, telling all that has another one."""
    whole = _at_once(raw)
    if whole is not None:
        entries = tuple(
            StepEntry(raw_step.number, step, raw_step.table)
            for raw_step, step in zip(raw.steps, whole.step, strict=True)
        )
        return Shaped(whole.script, entries, tuple(enumerate(whole.migrate)), whole)
    header = None
    if raw.header is None:
        findings.add("no_header", FileSpot("script", 0, "script"), line=1)
    else:
        header = _Reading(_adapter(Header), raw.header, "script", findings).read()
    if not raw.steps:
        findings.add("no_steps", FileSpot("script", 0, "script"), line=1)
    read = [_Reading(_adapter(Step), table, "step", findings) for table in raw.steps]
    entries = tuple(
        StepEntry(reading.raw.number, reading.read(), reading.table, frozenset(reading.lost))
        for reading in read
    )
    migrations = tuple(
        (table.number, _Reading(_adapter(Migration), table, "migrate", findings).read())
        for table in raw.migrations
    )
    return Shaped(header, entries, migrations, None)


def _at_once(raw: RawScript) -> ScriptFile | None:
    """Validate the whole script in one go, the usual and fast case; None if it has a fault of form."""
    parts = [*filter(None, [raw.header]), *raw.steps, *raw.migrations]
    if raw.header is None or any(part.lost or part.given_up for part in parts):
        return None
    told = {
        "script": raw.header.table,
        "step": [part.table for part in raw.steps],
        "migrate": [part.table for part in raw.migrations],
    }
    try:
        whole: ScriptFile = _adapter(ScriptFile).validate_python(told)
    except ValidationError:
        return None
    return whole


class _Reading:
    """Reading one table until it has the form it must have."""

    def __init__(self, adapter: TypeAdapter[Any], raw: RawTable, name: str, findings: Findings) -> None:
        self.adapter = adapter
        self.raw = raw
        self.findings = findings
        self.table: dict[str, Any] = copy.deepcopy(raw.table)
        self.lost = set(raw.lost) | ({ALL} if raw.given_up else set())
        told = self.table.get("id")
        where = told if isinstance(told, str) and name == "step" else f"{name} {raw.number + 1}"
        self.spot = FileSpot(name, raw.number, where if name != "script" else "script")
        self.kind_known = True

    def read(self) -> Any:
        """Return the model; every fault of form has been told by then."""
        if self.spot.table == "step":
            self._settle_kind()
        for _ in range(MOST_ROUNDS):
            self._settle_conditions()
            try:
                return self.adapter.validate_python(self.table)
            except ValidationError as error:
                faults = error.errors(include_url=False, include_input=False)
                # A misspelt key first: what it was meant for is not missing then.
                for fault in sorted(faults, key=lambda fault: fault["type"] != _EXTRA_KEY):
                    self._mend(fault["type"], fault["loc"], fault.get("ctx", {}))
        self.lost.add(ALL)
        kept = {key: self.table[key] for key in ("id", "in") if isinstance(self.table.get(key), str)}
        return self.adapter.validate_python(self._bare(kept))

    def _settle_conditions(self) -> None:
        """Tell what stands where a condition must stand and is none."""
        for path in list(_odd_conditions(self.table, ())):
            self._tell("wrong_type", path, name=str(path[-1]), wanted="condition")
            _at(self.table, path[:-1])[path[-1]] = {"answered": BLAMED}

    def _bare(self, kept: dict[str, Any]) -> dict[str, Any]:
        """Return a table that says nothing but who it is."""
        match self.spot.table:
            case "step":
                return {"id": filler("id", self.raw.number), **kept, "kind": "section", "title": "…"}
            case "migrate":
                return {"to": 2}
            case _:
                return {"id": "unnamed", "version": 1, "title": "…", "languages": ["en"]}

    def _settle_kind(self) -> None:
        """Tell a kind that does not exist, and go on with the likeliest one."""
        if "kind" not in self.table:
            strange = [key for key in self.table if all(key not in names_of(m) for m in KIND_MODELS.values())]
            meant = next((key for key in strange if close_to(key, ["kind"])["close"]), None)
            if meant is not None:
                self.findings.add("unknown_key", self.spot, (meant,), name=meant, known=["kind"])
                self.table["kind"] = self.table.pop(meant)
                self._read_as("kind", meant)
        kind = self.table.get("kind")
        if isinstance(kind, str) and kind in KIND_MODELS:
            return
        near = close_to(kind, KIND_MODELS)["close"] if isinstance(kind, str) else ""
        if "kind" in self.table:
            shown = kind if isinstance(kind, str) else ""
            self.findings.add("unknown_kind", self.spot, ("kind",), name=shown, known=KIND_MODELS)
        elif not ({"kind", ALL} & self.lost):
            self.findings.add("missing_kind", self.spot, known=KIND_MODELS)
        self.kind_known = bool(near)
        self.table["kind"] = near or guessed_kind(self.table)

    def _tell(self, key: str, path: Path, at: str | None = None, **values: object) -> None:
        self.findings.add(key, self.spot, path, at=at, **values)  # type: ignore[arg-type]

    def _read_as(self, name: str, written: str) -> None:
        self.findings.written.setdefault((self.spot.table, self.spot.number, name), written)

    def _mend(self, kind: str, location: tuple[int | str, ...], context: dict[str, Any]) -> None:
        if self.spot.table == "step":
            location = location[1:]  # the first part names the kind
        path, rest = _real_path(self.table, location[:-1] if kind == "missing" else location)
        if kind == "missing":
            self._fill(path, str(location[-1]))
        elif rest not in ([], ["[key]"]) and kind != "union_tag_not_found":
            pass  # mended together with another fault; the next round tells if anything is left of it
        elif kind == _EXTRA_KEY:
            self._unknown_key(path)
        elif kind == "union_tag_not_found" and path:
            self._unknown_form(path)
        elif not path:
            self.table = self._bare({})
        else:
            self._wrong_value(kind, path, context)

    def _fill(self, path: Path, name: str) -> None:
        """Fill in for an entry that is missing."""
        holder = _at(self.table, path)
        if not isinstance(holder, dict) or name in holder:
            return
        told = not path and (name in self.lost or ALL in self.lost or not self.kind_known)
        if not told:
            self._tell("missing_key", path, name=name)
        if not path:
            self.lost.add(name)
        holder[name] = filler(name, self.raw.number, nested=bool(path))

    def _unknown_key(self, path: Path) -> None:
        name = str(path[-1])
        holder = _at(self.table, path[:-1])
        if not isinstance(holder, dict) or name not in holder:
            return
        known = self._known_at(path[:-1])
        if not self.kind_known and len(path) == 1 and any(name in names_of(m) for m in KIND_MODELS.values()):
            del holder[name]  # it may belong to the kind that was meant
            self.lost.add(name)
            return
        free = [other for other in known if other not in holder]
        self.findings.add("unknown_key", self.spot, path, name=name, known=free)
        value = holder.pop(name)
        near = close_to(name, free)["close"]
        if near:
            holder[near] = value
            self._read_as(near, name)
        else:
            self.lost.add(name)

    def _known_at(self, path: Path) -> list[str]:
        """Return the keys that may stand in the table at ``path``."""
        if _is_condition(path):
            condition = _at(self.table, path)
            form = next(form for form in FORMS if form in condition)
            return names_of(FORM_MODELS[form])
        return names_of(nested_model(path) or self._top_model())

    def _top_model(self) -> type[ScriptTable]:
        match self.spot.table:
            case "step":
                return KIND_MODELS[self.table["kind"]]
            case "migrate":
                return Migration
            case _:
                return Header

    def _unknown_form(self, path: Path) -> None:
        """Tell a condition that has none of the forms; read it as the one that was meant."""
        condition = _at(self.table, path)
        names = list(condition) if isinstance(condition, dict) else []
        for name in names:
            near = close_to(name, FORMS)["close"]
            if near:
                self.findings.add("unknown_form", self.spot, (*path, name), name=name, known=FORMS)
                condition[near] = condition.pop(name)
                self._read_as(near, name)
                return
        shown = names[0] if names else ""
        self.findings.add("unknown_form", self.spot, path, name=shown, known=FORMS)
        _at(self.table, path[:-1])[path[-1]] = {"answered": BLAMED}

    def _wrong_value(self, kind: str, path: Path, context: dict[str, Any]) -> None:
        """Tell a value that does not fit its key, and put one there that says nothing."""
        name = next((part for part in reversed(path) if isinstance(part, str)), "")
        value = _at(self.table, path)
        if kind == "string_pattern_mismatch":
            key = "bad_id" if name not in ("prefix", "languages") else f"bad_{name}"
            self._tell(key, path, at=str(value), name=name, value=str(value))
        elif kind == "literal_error":
            self._tell("bad_word", path, name=name, value=str(value), allowed=context.get("expected", ""))
        elif kind == "too_short":
            self._tell("too_few_entries", path, name=name, n=context.get("min_length", 1))
        elif kind in ("greater_than", "greater_than_equal"):
            self._tell("number_too_small", path, name=name, n=context.get("ge", context.get("gt", 0)))
        else:
            self._tell("wrong_type", path, name=name, wanted=_wanted(kind))
        kept = value if kind == "too_short" and isinstance(value, list) else []
        self._put_filler(path, name, kept)

    def _put_filler(self, path: Path, name: str, kept: list[Any]) -> None:
        holder, last = _at(self.table, path[:-1]), path[-1]
        if len(path) == 1:
            self.lost.add(name)
        if isinstance(holder, list) and isinstance(last, int):
            whole = filler(name, self.raw.number, nested=True)
            holder[last] = whole[0] if isinstance(whole, list) and whole else BLAMED
            if isinstance(holder[last], dict) and "id" in holder[last]:
                holder[last] = {**holder[last], "id": f"unreadable_{self.raw.number}_{last}"}
        elif isinstance(holder, dict):
            made = filler(name, self.raw.number, nested=len(path) > 1)
            if made is None:
                del holder[last]
            else:
                holder[last] = [*kept, *made] if isinstance(made, list) else made


def _real_path(table: object, location: tuple[int | str, ...]) -> tuple[Path, list[int | str]]:
    """Return where a fault is in the table itself: pydantic also names the form of each condition."""
    path: list[int | str] = []
    rest: list[int | str] = []
    found: Any = table
    may_be_form = False
    for part in location:
        inside = (isinstance(found, dict) and part in found) or (
            isinstance(found, list) and isinstance(part, int) and part < len(found)
        )
        if not inside or (may_be_form and part in FORMS):
            rest.append(part)
            may_be_form = False
            continue
        path.append(part)
        found, rest = found[part], []
        may_be_form = _is_condition(tuple(path))
    return tuple(path), rest


def _is_condition(path: Path) -> bool:
    """Tell whether a condition stands at ``path``."""
    if not path:
        return False
    inner = isinstance(path[-1], int) and len(path) > 1 and path[-2] in ("all", "any")
    return inner or path[-1] in _CONDITION_KEYS


def _at(table: Any, path: Path) -> Any:
    for part in path:
        table = table[part]
    return table


_CONDITION_KEYS = ("when", "each_when", "offered_when", "full_when", "not")


def _odd_conditions(value: object, path: Path) -> Iterator[Path]:
    """Yield where a condition must stand and something else does."""
    if isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _odd_conditions(inner, (*path, number))
    if not isinstance(value, dict):
        return
    for key, inner in value.items():
        if key in _CONDITION_KEYS and not isinstance(inner, dict):
            yield (*path, key)
        elif key in ("all", "any") and isinstance(inner, list):
            for number, part in enumerate(inner):
                if not isinstance(part, dict):
                    yield (*path, key, number)
        yield from _odd_conditions(inner, (*path, key))


def _wanted(kind: str) -> str:
    """Return which sort of value pydantic asked for, as the name of its words."""
    sorts: dict[str, Callable[[str], bool]] = {
        "text": lambda told: told.startswith("string"),
        "whole": lambda told: told.startswith("int"),
        "number": lambda told: told.startswith("float"),
        "flag": lambda told: told.startswith("bool"),
        "list": lambda told: told.startswith(("tuple", "list")),
    }
    return next((name for name, fits in sorts.items() if fits(kind)), "table")
