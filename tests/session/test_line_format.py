"""A record as one line: faithful, checked, printable, and proof against any bytes."""

from __future__ import annotations

import json
import math
import zlib
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bsc_coach.session.line_format import (
    DEEPEST,
    Fault,
    Record,
    decode_line,
    encode_record,
    make_record,
)
from bsc_coach.sizes import JOURNAL_LINE
from bsc_coach.text import clean

AT = datetime(2026, 11, 22, 9, 14, 3, tzinfo=UTC)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters()), inner, max_size=4),
    max_leaves=12,
)
CLEAN = st.text().map(lambda text: clean(text).text)


def line_of(rest: str) -> bytes:
    """Return a line with a right checksum around any ``rest``."""
    data = rest.encode()
    return b'{"c":"%08x",' % zlib.crc32(data) + data


def test_the_line_is_the_envelope_around_the_body() -> None:
    record = make_record(17, "w1", AT, {"by": "ann", "script": 3, "do": []})
    line = encode_record(record)
    rest = b'"n":17,"w":"w1","t":"2026-11-22T09:14:03Z","by":"ann","script":3,"do":[]}'
    assert line == b'{"c":"%08x",' % zlib.crc32(rest) + rest + b"\n"
    assert decode_line(line[:-1]) == record


@given(st.dictionaries(CLEAN, st.lists(CLEAN, max_size=3), max_size=4))
def test_what_is_clean_comes_back_as_it_was(body: dict[str, list[str]]) -> None:
    body = {key: value for key, value in body.items() if key not in ("c", "n", "w", "t")}
    record = make_record(1, "w", AT, body)
    assert record.body == body
    assert decode_line(encode_record(record)[:-1]) == record


@given(st.dictionaries(st.text(st.characters()), ANYTHING, max_size=5), st.text(st.characters()))
@settings(deadline=None)
def test_writing_never_raises_and_reads_back_what_was_kept(body: dict, writer: str) -> None:
    record = make_record(5, writer, AT, body)
    line = encode_record(record)
    assert line.decode().removesuffix("\n").isprintable()
    assert decode_line(line[:-1]) == record
    assert encode_record(record) == line


def test_a_record_that_never_was_made_stores_as_well() -> None:
    raw = Record(1, "w", "2026-11-22T09:14:03Z", {"do": ["\ud800", math.nan, 10**5000], "c": "mine"})
    found = decode_line(encode_record(raw)[:-1])
    assert isinstance(found, Record)
    assert found.body["do"] == ["\ufffd", None, hex(10**5000)]
    assert found.body["c_"] == "mine"


def test_nesting_without_end_is_cut_and_not_fatal() -> None:
    deep: list = []
    for _ in range(100_000):
        deep = [deep]
    found = decode_line(encode_record(make_record(1, "w", AT, {"do": deep}))[:-1])
    assert isinstance(found, Record)
    assert str(found.body["do"]).count("[") == DEEPEST - 1


def test_keys_that_differ_only_in_what_is_cleaned_both_stay() -> None:
    record = make_record(1, "w", AT, {"do": {chr(0xD800): 1, chr(0xD801): 2}})
    assert sorted(record.body["do"].values()) == [1, 2]
    assert decode_line(encode_record(record)[:-1]) == record


def test_unprintable_characters_are_escaped_and_others_are_not() -> None:
    line = encode_record(make_record(1, "w", AT, {"do": "é 日本 \u2028\u200f\U000e0001"})).decode()
    assert "é 日本" in line
    assert "\\u2028\\u200f\\udb40\\udc01" in line


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (AT, "2026-11-22T09:14:03Z"),
        (datetime(2026, 11, 22, 9, 14, 3), "2026-11-22T09:14:03Z"),
        (AT.astimezone(timezone(timedelta(hours=5))), "2026-11-22T09:14:03Z"),
        (datetime(1969, 1, 1, tzinfo=UTC), "1969-01-01T00:00:00Z"),
        (datetime.min.replace(tzinfo=timezone(timedelta(hours=5))), "0001-01-01T00:00:00Z"),
    ],
)
def test_any_clock_gives_a_time_that_is_read_back(at: datetime, expected: str) -> None:
    record = make_record(1, "w", at, {})
    assert record.at == expected
    assert decode_line(encode_record(record)[:-1]) == record


ENVELOPE = '"n":1,"w":"w","t":"2026-11-22T09:14:03Z"'
REFUSED = {
    "a number without value": f'{ENVELOPE},"do":NaN}}',
    "infinity": f'{ENVELOPE},"do":-Infinity}}',
    "infinity in disguise": f'{ENVELOPE},"do":1e999}}',
    "a key twice": f'{ENVELOPE},"do":1,"do":2}}',
    "a key twice inside": f'{ENVELOPE},"do":{{"a":1,"a":2}}}}',
    "an absurd integer": f'{ENVELOPE},"do":{"9" * 5000}}}',
    "nesting": f'{ENVELOPE},"do":{"[" * 70}{"]" * 70}}}',
    "nesting without end": f'{ENVELOPE},"do":{"[" * 100_000}{"]" * 100_000}}}',
    "no number": '"w":"w","t":"2026-11-22T09:14:03Z"}',
    "number zero": '"n":0,"w":"w","t":"2026-11-22T09:14:03Z"}',
    "a number that is true": '"n":true,"w":"w","t":"2026-11-22T09:14:03Z"}',
    "a number with a point": '"n":1.0,"w":"w","t":"2026-11-22T09:14:03Z"}',
    "no writer": '"n":1,"t":"2026-11-22T09:14:03Z"}',
    "an endless writer": f'"n":1,"w":"{"w" * 99}","t":"2026-11-22T09:14:03Z"}}',
    "no time": '"n":1,"w":"w"}',
    "a local time": '"n":1,"w":"w","t":"2026-11-22T09:14:03+01:00"}',
    "no object": "1",
    "two objects": f"{ENVELOPE}}}{{}}",
}


@pytest.mark.parametrize("rest", REFUSED)
def test_a_right_checksum_does_not_excuse_what_we_never_write(rest: str) -> None:
    assert decode_line(line_of(REFUSED[rest])) is Fault.UNUSABLE


def test_texts_are_counted_as_texts_when_they_hold_brackets() -> None:
    record = make_record(1, "w", AT, {"do": "[" * 500})
    assert decode_line(encode_record(record)[:-1]) == record


def test_unclean_text_with_a_right_checksum_is_cleaned() -> None:
    found = decode_line(line_of(f'{ENVELOPE},"do":"a\\u001b[2Jb\\ud800"}}'))
    assert isinstance(found, Record)
    assert found.body["do"] == "a[2Jb\ufffd"


def test_the_checksum_is_compared_as_text() -> None:
    line = encode_record(make_record(1, "w", AT, {"do": "x"}))[:-1]
    upper = line[:6] + line[6:14].upper() + line[14:]
    assert upper != line
    assert decode_line(upper) is Fault.EDITED
    assert decode_line(line.replace(b'{"c":"', b'{"c": "')) is Fault.FOREIGN


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda line: line.replace(b"lead", b"load"), Fault.EDITED),
        (lambda line: line[:-3], Fault.BROKEN),
        (lambda line: line.replace(b"lead", b"l\xffad"), Fault.BROKEN),
        (lambda _line: b"", Fault.FOREIGN),
        (lambda _line: b'{"a":1}', Fault.FOREIGN),
        (lambda _line: b'{"c":"' + b"x" * JOURNAL_LINE, Fault.FOREIGN),
    ],
)
def test_a_bad_line_says_why(change, fault: Fault) -> None:
    line = encode_record(make_record(1, "w", AT, {"do": "Cut lead time"}))[:-1]
    assert decode_line(change(line)) is fault


@given(st.binary(max_size=200))
def test_no_bytes_make_decoding_raise(data: bytes) -> None:
    for line in (data, b'{"c":"' + data, line_of(data.decode("latin-1")), line_of(f"{ENVELOPE},{data!r}")):
        assert isinstance(decode_line(line), Record | Fault)


def test_plain_json_would_not_do() -> None:
    """The control: what json.dumps leaves raw is what the property above forbids."""
    assert not json.dumps("\x7f\x9b\u202e", ensure_ascii=False).isprintable()
