"""Read and write strategy.toml, also after people edited it."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from typing import Any

from pydantic import ValidationError

from bsc_coach.errors import StrategyFileError
from bsc_coach.strategy.model import FORMAT, Strategy
from bsc_coach.strategy.notes import Notes
from bsc_coach.strategy.strategy_file import StrategyFile, file_of, table_of
from bsc_coach.text import clean

SCHEMA_FILE = "bsc-coach.schema.json"
MAX_BYTES = 8_000_000
MAX_KEY_PARTS = 100
MAX_INTEGER = 2**53
SHOWN_FAULTS = 5

_HEADER = f"#:schema ./{SCHEMA_FILE}\n"
_KEY_PART = r"(?:[\w-]+|\"[^\"\n]*\"|'[^'\n]*')\s*\.\s*"
_LONG_KEY = re.compile(rf"^\s*\[{{0,2}}\s*(?:{_KEY_PART}){{{MAX_KEY_PARTS},}}", re.MULTILINE)
"""tomllib needs seconds for a key of thousands of parts; no strategy has one."""


def write_toml(strategy: Strategy, notes: Notes | None = None) -> str:
    """Return the text of a strategy.toml: the strategy, and what the session behind it says of itself.

    The same input gives the same text.
    """
    import tomli_w

    table = table_of(file_of(strategy, notes or Notes()))
    return _HEADER + tomli_w.dumps(table, multiline_strings=True)


def read_toml(data: bytes) -> Strategy:
    """Return the strategy in ``data``, the bytes of a strategy.toml, without the record of its session.

    Raises StrategyFileError, with up to five faults by name, when it is not one.
    """
    return read_file(data).strategy


def read_file(data: bytes) -> StrategyFile:
    """Return all that stands in ``data``, the bytes of a strategy.toml. Raises StrategyFileError."""
    return read_strategy(parse_toml(data))


def parse_toml(data: bytes) -> dict[str, Any]:
    """Return the table in ``data`` within limits that keep hostile TOML from hanging the program.

    A byte order mark is taken off and every text is cleaned. Raises StrategyFileError.
    """
    if len(data) > MAX_BYTES:
        raise StrategyFileError("strategy.too_large", megabytes=MAX_BYTES // 1_000_000)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise StrategyFileError("strategy.not_utf8", position=error.start) from error
    if _LONG_KEY.search(text):
        raise StrategyFileError("strategy.out_of_bounds")
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise StrategyFileError("strategy.not_toml", fault=clean(str(error)).text) from error
    except (ValueError, RecursionError) as error:
        raise StrategyFileError("strategy.out_of_bounds") from error
    return {clean(key).text: _clean_values(value) for key, value in table.items()}


def read_strategy(table: dict[str, Any]) -> StrategyFile:
    """Return ``table`` as what stands in a strategy.toml. Raises StrategyFileError when it is not one."""
    version = table.get("format", FORMAT)
    if isinstance(version, int) and not isinstance(version, bool) and version > FORMAT:
        raise StrategyFileError("strategy.newer_format", version=version, known=FORMAT)
    try:
        return StrategyFile.model_validate(table)
    except ValidationError as error:
        faults = error.errors(include_url=False, include_context=False, include_input=False)
        shown = [f"{_place(fault['loc'])}: {fault['msg']}" for fault in faults[:SHOWN_FAULTS]]
        raise StrategyFileError(
            "strategy.not_a_strategy", n=len(faults), faults=clean("; ".join(shown)).text
        ) from error


def _place(location: tuple[int | str, ...]) -> str:
    """Return a pydantic location as a path that a person finds in the file."""
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in location)


def _clean_values(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value).text
    if isinstance(value, dict):
        return {clean(key).text: _clean_values(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_clean_values(inner) for inner in value]
    if isinstance(value, date):
        return value.isoformat()  # TOML has dates of its own, and people write them
    if isinstance(value, int) and abs(value) > MAX_INTEGER:
        # A hexadecimal integer of any length loads, and would fail far away when it is written.
        raise StrategyFileError("strategy.out_of_bounds")
    return value
