"""Encoding of journal records: one record as one line of JSON with a checksum, and back.

A line is ``{"c":"<checksum>",<rest>`` and a newline, where ``<rest>`` is the remainder of one JSON
object: ``"n":17,"w":"<writer>","t":"2026-11-22T09:14:03Z"`` and then the keys of the body, as in
``"by":"ann","script":3,"do":[…]}``. The checksum is the CRC-32 of the bytes of ``<rest>``, that is of
everything after the comma that follows it up to and including the closing brace, as eight lower-case
hexadecimal digits. It is compared as text. Records are not chained: one damaged line costs one record.

Everything that does not print is written as ``\\uXXXX``, so a journal can be shown in a terminal; every
other character stands for itself, so that it can be read.
"""

from __future__ import annotations

import json
import math
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from typing import Any

from bsc_coach import sizes
from bsc_coach.interview.facts.log import JsonValue
from bsc_coach.text import clean, shorten

# Limits of reading, beside those of the table of sizes.
DEEPEST = 64
_LARGEST_INT = 10**15
_LONGEST_INT = 17
_LONGEST_WRITER = 64
HIGHEST_NUMBER = 10**9

ENVELOPE = ("c", "n", "w", "t")
_HEAD = b'{"c":"'
_AFTER_CHECKSUM = b'",'
_REST_FROM = len(_HEAD) + 8 + len(_AFTER_CHECKSUM)
_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?Z")
_UNSTORABLE = "\ufffd"


@dataclass(frozen=True)
class Record:
    """One action as it is kept: its number in the session, who wrote it, when (UTC), and what."""

    number: int
    writer: str
    at: str
    body: Mapping[str, JsonValue]


class Fault(Enum):
    """Why a line is no record."""

    FOREIGN = "foreign"  # it has not the shape of a line of ours
    BROKEN = "broken"  # shape of ours, torn or garbled
    EDITED = "edited"  # readable, but not what was written: somebody changed it
    UNUSABLE = "unusable"  # as it was written, yet beyond what we accept


def make_record(number: int, writer: str, at: datetime, body: Mapping[str, JsonValue]) -> Record:
    """Return the record as it will be read back: texts cleaned, the time in UTC to the second.

    Keys of the envelope that stand in ``body`` get a "_".
    """
    return Record(
        number, shorten(_storable_text(writer), _LONGEST_WRITER), utc_stamp(at), _storable_body(body)
    )


def utc_stamp(at: datetime) -> str:
    """Return ``at`` as "2026-11-22T09:14:03Z"; a time without a zone counts as UTC."""
    moment = at.replace(tzinfo=UTC) if at.tzinfo is None else _in_utc(at)
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def _in_utc(at: datetime) -> datetime:
    try:
        return at.astimezone(UTC)
    except OverflowError:  # a clock at the very edge of the calendar
        return at.replace(tzinfo=UTC)


def encode_record(record: Record) -> bytes:
    """Encode ``record`` as a line with its newline. Never raises, whatever the body holds.

    What JSON or our own reader would refuse is written in the nearest form that it accepts: a number
    without value as null, a giant integer as text, nesting below DEEPEST levels as "\\ufffd".
    """
    content = {"n": record.number, "w": record.writer, "t": record.at, **_storable_body(record.body)}
    text = json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    rest = _printable(text)[1:].encode("utf-8", "replace")
    return _HEAD + _checksum(rest) + _AFTER_CHECKSUM + rest + b"\n"


def decode_line(line: bytes) -> Record | Fault:
    """Decode the record in ``line`` (without its newline), or tell why there is none. Never raises."""
    if len(line) > sizes.JOURNAL_LINE or not line.startswith(_HEAD):
        return Fault.FOREIGN
    rest = line[_REST_FROM:]
    expected = _HEAD + _checksum(rest) + _AFTER_CHECKSUM
    if line[:_REST_FROM] != expected:
        return Fault.EDITED if _parsed(line) is not None else Fault.BROKEN
    found = _parsed(line)
    record = None if found is None else _record(found, plain=_is_plain(line))
    return Fault.UNUSABLE if record is None else record


def _checksum(rest: bytes) -> bytes:
    return b"%08x" % zlib.crc32(rest)


def _is_plain(line: bytes) -> bool:
    """Tell whether no text in a line can need cleaning: nothing escaped, nothing unprintable."""
    return b"\\" not in line and line.decode("utf-8").isprintable()


def _record(found: dict[str, JsonValue], *, plain: bool) -> Record | None:
    number, writer, at = found.get("n"), found.get("w"), found.get("t")
    if not isinstance(number, int) or isinstance(number, bool) or not 1 <= number <= HIGHEST_NUMBER:
        return None
    if not isinstance(writer, str) or len(writer) > _LONGEST_WRITER:
        return None
    if not isinstance(at, str) or not _TIME.fullmatch(at):
        return None
    body = {key: value for key, value in found.items() if key not in ENVELOPE}
    if plain:
        return Record(number, writer, at, body)
    # The journal may come from anywhere, so its texts are cleaned like everything that enters.
    return Record(number, _storable_text(writer), at, _storable_body(body))


def _parsed(line: bytes) -> dict[str, JsonValue] | None:
    """Return the JSON object in ``line``, or None if it is none or beyond our limits."""
    try:
        found = _READER.decode(line.decode("utf-8"))
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict):
        return None
    # Counting brackets is cheap and right for nearly every line; texts may hold some, so look again.
    if line.count(b"[") + line.count(b"{") > DEEPEST and _deeper(found, DEEPEST):
        return None
    return found


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def _small_int(digits: str) -> int | str:
    if len(digits) > _LONGEST_INT:
        raise ValueError("an integer of absurd length")
    return _storable_int(int(digits))


def _storable_int(number: int) -> int | str:
    return int(number) if abs(number) < _LARGEST_INT else hex(number)


def _finite(digits: str) -> float:
    value = float(digits)
    if not math.isfinite(value):
        raise ValueError("a number without value")
    return value


def _refuse(name: str) -> float:
    raise ValueError(name)


_READER = json.JSONDecoder(
    object_pairs_hook=_unique, parse_int=_small_int, parse_float=_finite, parse_constant=_refuse
)


def _deeper(value: object, levels: int) -> bool:
    """Tell whether ``value`` nests more than ``levels`` lists and objects."""
    waiting: list[tuple[object, int]] = [(value, 1)]
    while waiting:
        found, level = waiting.pop()
        if not isinstance(found, dict | list):
            continue
        if level > levels:
            return True
        inner = found.values() if isinstance(found, dict) else found
        waiting.extend((one, level + 1) for one in inner)
    return False


def _storable_body(body: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    """Return ``body`` as it can be written and read back, with no key of the envelope in it."""
    stored: dict[str, JsonValue] = {}
    for key, value in body.items():
        name = _storable_text(str(key))
        while name in stored or name in ENVELOPE:
            name += "_"
        stored[name] = _storable(value, 2)
    return stored


def _storable(value: object, level: int) -> JsonValue:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return _storable_text(value)
    if isinstance(value, int):
        return _storable_int(value)
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else None
    if level > DEEPEST:
        return _UNSTORABLE
    if isinstance(value, Mapping):
        stored: dict[str, JsonValue] = {}
        for key, inner in value.items():
            name = _storable_text(str(key))
            while name in stored:  # two keys that differ only in what had to be cleaned
                name += "_"
            stored[name] = _storable(inner, level + 1)
        return stored
    if isinstance(value, list | tuple | set | frozenset):
        return [_storable(inner, level + 1) for inner in value]
    return _UNSTORABLE


def _storable_text(text: str) -> str:
    plain = str.__str__(text)
    return plain if plain.isprintable() else clean(plain).text


def _printable(text: str) -> str:
    """Return JSON text with everything unprintable escaped; such characters stand only in strings."""
    if text.isprintable():
        return text
    return "".join(one if one.isprintable() else _escaped(one) for one in text)


def _escaped(character: str) -> str:
    code = ord(character)
    if code < 0x10000:
        return f"\\u{code:04x}"
    code -= 0x10000
    return f"\\u{0xD800 + (code >> 10):04x}\\u{0xDC00 + (code & 0x3FF):04x}"
