"""Read and write strategy.toml, also after people edited it."""

from __future__ import annotations

import math
import re
import tomllib
from datetime import date
from typing import Any

from bsc_coach import sizes
from bsc_coach.errors import StrategyFileError
from bsc_coach.strategy.examining import ExaminedFile, examine
from bsc_coach.strategy.file_faults import StrategyFaultsError
from bsc_coach.strategy.holding import Before
from bsc_coach.strategy.model import FORMAT, Strategy
from bsc_coach.strategy.model_shape import lists_in, model_at
from bsc_coach.strategy.notes import Notes
from bsc_coach.strategy.schema import SCHEMA_FILE
from bsc_coach.strategy.sound_text import sound_text
from bsc_coach.strategy.strategy_file import StrategyFile, file_of, table_of
from bsc_coach.text import clean
from bsc_coach.toml_places import places_of

MAX_KEY_PARTS = 100

_LISTS = frozenset(names[0] for names in lists_in(StrategyFile) if len(names) == 1)
_TABLES = (
    frozenset(name for name in StrategyFile.model_fields if model_at(StrategyFile, (name,)) is not None)
    - _LISTS
)
_KNOWN_NAME = re.compile(rf"^[ \t\[]*(?:{'|'.join(StrategyFile.model_fields)})[ \t]*[=.\]]", re.MULTILINE)
"""What a text has at least once that is meant to be a strategy.toml."""
_HEADER = f"#:schema ./{SCHEMA_FILE}\n"
_KEY_PART = r"(?:[\w-]+|\"[^\"\n]*\"|'[^'\n]*')\s*\.\s*"
CONFLICT_MARK = re.compile(r"^(<{7}|>{7}) ", re.MULTILINE)
"""What git leaves in a file of two versions that it could not put together."""
_LONG_KEY = re.compile(rf"^\s*\[{{0,2}}\s*(?:{_KEY_PART}){{{MAX_KEY_PARTS},}}", re.MULTILINE)
"""tomllib needs seconds for a key of thousands of parts; no strategy has one."""


def write_toml(strategy: Strategy, notes: Notes | None = None) -> str:
    """Return the text of a strategy.toml: the strategy, and what the session behind it says of itself.

    The same input gives the same text.
    """
    return text_of(file_of(strategy, notes or Notes()))


def text_of(file: StrategyFile) -> str:
    """Return a strategy.toml as text."""
    import tomli_w

    return _HEADER + tomli_w.dumps(table_of(file), multiline_strings=True)


def read_toml(data: bytes) -> Strategy:
    """Return the strategy in ``data``, the bytes of a strategy.toml, without the record of its session.

    Raises StrategyFileError, StrategyFaultsError among them, when it is not one.
    """
    return read_file(data).strategy


def read_file(data: bytes) -> StrategyFile:
    """Return all that stands in ``data``, the bytes of a strategy.toml. Raises StrategyFileError."""
    examined = examine_file(data)
    if examined.faults:
        raise StrategyFaultsError(examined.faults)
    return examined.file


def looks_like_strategy(data: bytes) -> bool:
    """Tell whether bytes are meant to be a strategy.toml, with or without faults."""
    text = data[: sizes.STRATEGY_FILE].decode("utf-8-sig", "replace")
    return text.startswith(_HEADER) or re.search(r"^format\s*=\s*\d", text, re.MULTILINE) is not None


def examine_file(data: bytes, before: StrategyFile | None = None) -> ExaminedFile:
    """Return what stands in ``data`` without its faults, and all of those.

    Where ``before`` tells how the session would have written it, what is at fault stands as it stands there.
    Raises StrategyFileError for what is no text of a strategy at all.
    """
    text = _text_of(data)
    try:
        table = _parsed(text)
        sound = sound_text(text, _TABLES, _LISTS, is_toml=True)
    except tomllib.TOMLDecodeError as error:
        if not _KNOWN_NAME.search(text):
            raise StrategyFileError("strategy.no_strategy") from error
        if len(text) > sizes.BROKEN_STRATEGY_FILE:
            raise StrategyFileError("strategy.not_toml", fault=clean(str(error)).text) from error
        sound = sound_text(text, _TABLES, _LISTS, is_toml=False)
    if sound.text != text:
        table = _parsed(sound.text)
    if before is not None and not table and not sound.faults:
        raise StrategyFileError("strategy.no_strategy")  # nothing at all is not the wish to delete it all
    version = table.get("format", FORMAT)
    if isinstance(version, int) and not isinstance(version, bool) and version > FORMAT:
        raise StrategyFileError("strategy.newer_format", version=version, known=FORMAT)
    return examine(table, places_of(sound.text), sound, None if before is None else Before.of(before))


def _parsed(text: str) -> dict[str, Any]:
    """Parse text of a file. Raises TOMLDecodeError, and StrategyFileError for what is out of bounds."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        raise
    except (ValueError, RecursionError) as error:
        raise StrategyFileError("strategy.out_of_bounds") from error
    return {clean(key).text: _clean_values(value) for key, value in table.items()}


def _text_of(data: bytes) -> str:
    """Decode a file within limits; lines end as on every system. Raises StrategyFileError."""
    if len(data) > sizes.STRATEGY_FILE:
        raise StrategyFileError("strategy.too_large", megabytes=sizes.STRATEGY_FILE // 1_000_000)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise StrategyFileError("strategy.not_utf8", position=error.start) from error
    if (mark := CONFLICT_MARK.search(text)) is not None:
        raise StrategyFileError("strategy.conflict_marks", line=text.count("\n", 0, mark.start()) + 1)
    if _LONG_KEY.search(text):
        raise StrategyFileError("strategy.out_of_bounds")
    return text.replace("\r\n", "\n")


def _clean_values(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value).text
    if isinstance(value, dict):
        return {clean(key).text: _clean_values(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_clean_values(inner) for inner in value]
    if isinstance(value, date):
        return value.isoformat()  # TOML has dates of its own, and people write them
    if isinstance(value, int) and abs(value) > sizes.INTEGER:
        return math.inf  # one of any length loads, and would fail far away; this no field takes
    return value
