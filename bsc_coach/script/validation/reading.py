"""Parsing a script file into raw tables: reports every fault of the TOML and none of the content."""

from __future__ import annotations

import math
import re
import tomllib
from dataclasses import dataclass, field
from typing import Any

from bsc_coach import sizes
from bsc_coach.script.validation.findings import TABLES, FileSpot, Findings
from bsc_coach.text import clean
from bsc_coach.toml_text import Salvaged, TomlText, salvage

_LONG_KEY = re.compile(r"(?:\.\s{0,9}(?:[\w-]{1,80}|\"[^\"\n]{0,80}\"|'[^'\n]{0,80}')\s{0,9}){60}")
"""tomllib needs seconds for a key of thousands of parts; no script has one."""
_ESCAPED_CONTROL = re.compile(r"\\[ubfrUxe]|[\u202a-\u202e\u2066-\u2069]")
"""What may put a character into a text that ``clean`` takes out; TOML itself bars the raw ones."""


@dataclass(frozen=True)
class RawTable:
    """One table as it was written, with the entries that could not be read."""

    table: dict[str, Any]
    number: int
    lost: set[str] = field(default_factory=set)
    given_up: bool = False


@dataclass
class RawScript:
    """The tables of a script, in the order of the file."""

    header: RawTable | None = None
    steps: list[RawTable] = field(default_factory=list)
    migrations: list[RawTable] = field(default_factory=list)


TOP = FileSpot("", 0, "file")


def decode(data: bytes, findings: Findings) -> str | None:
    """Decode the bytes of a file, or None when they are no text that could be checked."""
    if len(data) > sizes.SCRIPT_FILE:
        findings.add("too_large", TOP, line=1, megabytes=sizes.SCRIPT_FILE // 1_000_000)
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        findings.add("not_utf8", TOP, line=line, position=error.start)
        if b"\0" in data:  # another encoding altogether: its text would only give nonsense
            return None
        text = data.decode("utf-8-sig", errors="replace")
    return text.replace("\r\n", "\n")


def load_tables(text: str, findings: Findings) -> dict[str, Any] | None:
    """Parse valid TOML within limits; None when it is not, and nothing is told yet."""
    endless = _LONG_KEY.search(text)
    if endless is not None:
        findings.add("out_of_bounds", TOP, line=text.count("\n", 0, endless.start()) + 1)
        return {}
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError):
        return None


def read_script(data: bytes, findings: Findings) -> RawScript | None:
    """Parse the base file into raw tables, or None when nothing of it could be read."""
    text = decode(data, findings)
    if text is None:
        return None
    tables = load_tables(text, findings)
    if tables == {} and any(problem.key == "out_of_bounds" for problem in findings.problems):
        return None
    sound = tables is not None and set(tables) <= set(TABLES) and _as_expected(tables)
    source = findings.text = TomlText(text, sound=tables is not None)
    if sound and tables is not None:
        raw = RawScript(
            RawTable(tables["script"], 0) if "script" in tables else None,
            [RawTable(table, number) for number, table in enumerate(tables.get("step", []))],
            [RawTable(table, number) for number, table in enumerate(tables.get("migrate", []))],
        )
    else:
        raw = _block_by_block(source, findings)
    if len(raw.steps) > sizes.STEPS:
        findings.add("too_many_steps", TOP, line=1, n=sizes.STEPS)
        return None
    _few_choices(raw, findings)
    _within_bounds(raw, findings)
    if _ESCAPED_CONTROL.search(text):
        for part in (*filter(None, [raw.header]), *raw.steps, *raw.migrations):
            _clean_texts(part.table)
    return raw


def _few_choices(raw: RawScript, findings: Findings) -> None:
    """Report a step with more choices or items than anybody reads, and look at the first ones only."""
    for step in raw.steps:
        for name in ("choices", "items"):
            told = step.table.get(name)
            if isinstance(told, list) and len(told) > sizes.CHOICES:
                spot = FileSpot("step", step.number, str(step.table.get("id", "step")))
                findings.add("too_many_choices", spot, (name,), n=sizes.CHOICES, have=len(told), name=name)
                step.table[name] = told[: sizes.CHOICES]


def _as_expected(tables: dict[str, Any]) -> bool:
    """Tell whether there is one [script], and a list of tables for [[step]] and [[migrate]]."""
    lists = [tables.get("step", []), tables.get("migrate", [])]
    return isinstance(tables.get("script", {}), dict) and all(
        isinstance(entries, list) and all(isinstance(entry, dict) for entry in entries) for entries in lists
    )


def _block_by_block(source: TomlText, findings: Findings) -> RawScript:
    """Read a broken file table by table, so that a fault in one hides nothing in the others."""
    raw = RawScript()
    if source.blocks:
        _outside_tables(source, findings)
    numbers: dict[str, int] = {}
    for block in source.blocks:
        name = findings.table_name(block.name)
        number = numbers.get(name, 0)
        numbers[name] = number + 1
        found = salvage(source, block)
        where = _named(name, number, _one_table(found, block.name, is_list=True)[0])
        spot, line = FileSpot(name, number, where), source.line(block.start)
        for fault in found.faults:
            findings.add("not_toml", spot, line=fault.line, fault=fault.message)
        if block.name != name or name not in TABLES:
            findings.add("unknown_table", spot, line=line, known=TABLES, name=block.name)
        table, wrong_brackets = _one_table(found, block.name, is_list=name != "script")
        if wrong_brackets and name in TABLES:
            findings.add("wrong_brackets", spot, line=line, name=name if name == "script" else f"[{name}]")
        entry = RawTable(table, number, set(found.lost), found.given_up)
        if name == "script":
            raw.header = raw.header or entry
        elif name == "step":
            raw.steps.append(entry)
        elif name == "migrate":
            raw.migrations.append(entry)
    if not source.blocks:
        _outside_tables(source, findings)
    return raw


def _outside_tables(source: TomlText, findings: Findings) -> None:
    """Tell what stands before the first table: nothing may."""
    end = source.blocks[0].start if source.blocks else len(source.text)
    try:
        stray = tomllib.loads(source.text[:end])
    except (ValueError, RecursionError) as error:
        found = re.search(r"line (\d+)", str(error))
        line = int(found[1]) if found else 1
        message = re.sub(r" \(at .*\)$", "", str(error))
        findings.add("not_toml", TOP, line=line, fault=message)
        return
    for name in stray:
        findings.add("unknown_table", TOP, (name,), known=TABLES, name=name)


def _one_table(found: Salvaged, name: str, *, is_list: bool) -> tuple[dict[str, Any], bool]:
    """Return the table itself, and whether its head has one bracket too few or too many."""
    if found.given_up:
        return found.table, False
    value = found.table.get(name, {})
    if isinstance(value, list):
        inner = value[0] if value and isinstance(value[0], dict) else {}
        return inner, not is_list
    return (value if isinstance(value, dict) else {}), is_list


def _named(name: str, number: int, table: dict[str, Any]) -> str:
    told = table.get("id")
    return told if isinstance(told, str) and name == "step" else f"{name} {number + 1}"


def _within_bounds(raw: RawScript, findings: Findings) -> None:
    """Tell tables nested too deeply and numbers nobody needs, and take them out."""
    for name, parts in (("step", raw.steps), ("migrate", raw.migrations), ("script", [raw.header])):
        for part in parts:
            if part is None:
                continue
            told = part.table.get("id")
            spot = FileSpot(name, part.number, told if isinstance(told, str) else f"{name} {part.number + 1}")
            for key in [key for key, value in part.table.items() if not _bounded(value)]:
                findings.add("out_of_bounds", spot, (key,))
                del part.table[key]
                part.lost.add(key)


def _bounded(value: Any) -> bool:
    """Tell whether a value has a nesting and numbers that a script may have. Does not recurse."""
    waiting = [(value, 0)]
    while waiting:
        inner, depth = waiting.pop()
        if isinstance(inner, dict | list):
            if depth >= sizes.SCRIPT_DEPTH:
                return False
            waiting.extend(
                (part, depth + 1) for part in (inner.values() if isinstance(inner, dict) else inner)
            )
        elif isinstance(inner, int):
            if abs(inner) > sizes.INTEGER:
                return False
        elif isinstance(inner, float) and not math.isfinite(inner):
            return False
    return True


def _clean_texts(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value).text
    if isinstance(value, dict):
        for key, inner in list(value.items()):
            value[key] = _clean_texts(inner)
    if isinstance(value, list):
        value[:] = [_clean_texts(inner) for inner in value]
    return value


def flat_tables(text: str, findings: Findings) -> tuple[dict[str, Any], set[str]]:
    """Parse a sidecar, and name its tables that could not be read in full."""
    tables = load_tables(text, findings)
    findings.text = TomlText(text, sound=tables is not None)
    if tables is None:
        tables, broken = {}, set()
        _outside_tables(findings.text, findings)
        for block in findings.text.blocks:
            found = salvage(findings.text, block)
            for fault in found.faults:
                findings.add(
                    "not_toml", FileSpot(block.name, 0, block.name), line=fault.line, fault=fault.message
                )
            if found.faults:
                broken.add(block.name)
            if not found.given_up:
                tables |= found.table
    else:
        broken = set()
    for name in [name for name, value in tables.items() if not _bounded(value)]:
        findings.add("out_of_bounds", FileSpot(name, 0, name))
        del tables[name]
        broken.add(name)
    if _ESCAPED_CONTROL.search(text):
        _clean_texts(tables)
    return tables, broken
