"""Every truncation, bit flip and lost sector: what is accepted is what was said, and little is lost."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bsc_coach.errors import FolderError
from bsc_coach.session.recovery import read_lines
from tests.support.journals import PATH, bodies, body, content, opened
from tests.support.memory_disk import MemoryDisk

SMALL, FULL = 6, 60


def bodies_in(data: bytes) -> list[dict]:
    return [dict(record.body) for record in read_lines(data).records]


def careless_reader(data: bytes) -> list[dict]:
    """Read what parses and never look at a checksum: the control."""
    found = []
    for line in data.split(b"\n"):
        try:
            found.append({key: value for key, value in json.loads(line).items() if key not in "cnwt"})
        except (ValueError, AttributeError):
            continue
    return found


def reader_to_the_first_fault(data: bytes) -> list[dict]:
    """Stop at the first line that is not right, as chained checksums would: the control."""
    reading = read_lines(data)
    first = min((bad.line for bad in reading.bad), default=len(data))
    return bodies_in(b"\n".join(data.split(b"\n")[: first - 1]))


def reader_of_ended_lines(data: bytes) -> list[dict]:
    """Take only lines that end in a newline: the control."""
    return bodies_in(data[: data.rfind(b"\n") + 1])


def is_subsequence(found: list[dict], said: list[dict]) -> bool:
    rest = iter(said)
    return all(one in rest for one in found)


def truncations_gone_wrong(reader, data: bytes, said: list[dict]) -> int:
    ends, at = [], 0
    for line in data.splitlines(keepends=True):
        at += len(line)
        ends.append(at - 1)
    wrong = 0
    for cut in range(len(data) + 1):
        whole = sum(end <= cut for end in ends)
        wrong += reader(data[:cut]) != said[:whole]
    return wrong


def flips_gone_wrong(reader, data: bytes, said: list[dict], *, step: int = 1) -> int:
    wrong = 0
    for bit in range(0, len(data) * 8, step):
        flipped = bytearray(data)
        flipped[bit // 8] ^= 1 << bit % 8
        found = reader(bytes(flipped))
        wrong += not is_subsequence(found, said) or len(found) < len(said) - 1
    return wrong


def test_cut_at_every_byte_a_journal_gives_exactly_what_was_whole() -> None:
    assert truncations_gone_wrong(bodies_in, content(SMALL), bodies(SMALL)) == 0


def test_a_reader_that_wants_newlines_is_caught() -> None:
    assert truncations_gone_wrong(reader_of_ended_lines, content(SMALL), bodies(SMALL)) == SMALL


def test_no_flipped_bit_alters_an_answer_or_costs_another_one() -> None:
    assert flips_gone_wrong(bodies_in, content(SMALL), bodies(SMALL), step=5) == 0


@pytest.mark.parametrize("reader", [careless_reader, reader_to_the_first_fault])
def test_readers_without_checksums_of_their_own_are_caught(reader) -> None:
    assert flips_gone_wrong(reader, content(SMALL), bodies(SMALL), step=23) > 0


@pytest.mark.slow
def test_every_byte_and_bit_of_a_real_session() -> None:
    data, said = content(FULL), bodies(FULL)
    assert truncations_gone_wrong(bodies_in, data, said) == 0
    lines = data.splitlines(keepends=True)
    for at in range(0, FULL, 5):  # in parts, for a flip costs a reading of the whole
        assert flips_gone_wrong(bodies_in, b"".join(lines[at : at + 5]), said[at : at + 5]) == 0


@pytest.mark.parametrize("size", [64, 512])
def test_a_lost_sector_costs_only_the_lines_that_it_touches(size: int) -> None:
    data, said = content(FULL), bodies(FULL)
    ends = [at for at, byte in enumerate(data) if byte == 10]
    for start in range(0, len(data), size):
        lost = data[:start] + bytes(len(data[start : start + size])) + data[start + size :]
        touched = sum(1 for end in ends if start <= end < start + size) + 1
        found = bodies_in(lost)
        assert is_subsequence(found, said)
        assert len(found) >= len(said) - touched


def test_a_careless_reader_is_caught_by_lost_sectors() -> None:
    data, said = content(FULL), bodies(FULL)
    lost = data[:512] + bytes(512) + data[1024:]
    assert reader_to_the_first_fault(lost) != bodies_in(lost)
    assert len(reader_to_the_first_fault(lost)) < len(said) // 2


@pytest.mark.parametrize(
    "step", [pytest.param(41, id="some"), pytest.param(1, id="all", marks=pytest.mark.slow)]
)
def test_a_damaged_journal_opens_is_copied_repaired_and_then_left_alone(step: int) -> None:
    data = content(SMALL)
    for at in range(1, len(data), step):
        for damaged in (
            data[:at],
            data[:at] + b"\xff" + data[at + 1 :],
            data[:at] + bytes(32) + data[at + 32 :],
        ):
            disk = MemoryDisk({PATH: damaged})
            journal, report = opened(PATH, disk)
            journal.close()
            repaired = disk.files()[PATH]
            if report.copy is not None:
                assert disk.files()[report.copy] == damaged
            assert (report.copy is not None) == (repaired != damaged)
            again, second = opened(PATH, disk)
            assert disk.files()[PATH] == repaired
            assert second.copy is None
            assert again.records == journal.records
            # One more answer gives what it would give on a clean copy.
            again.append(body("one more"))
            clean, _ = opened(PATH, MemoryDisk({PATH: repaired}))
            clean.append(body("one more"))
            assert again.records == clean.records


@given(st.binary(max_size=400))
@settings(max_examples=200, deadline=None)
def test_no_bytes_at_all_make_reading_raise(data: bytes) -> None:
    reading = read_lines(data)
    assert len(reading.records) == len(reading.lines)
    opens_or_refuses(data)


@given(st.data())
@settings(max_examples=80, deadline=None)
def test_no_mixture_of_lines_makes_reading_raise(data: st.DataObject) -> None:
    lines = content(SMALL).splitlines(keepends=True)
    junk = st.one_of(
        st.sampled_from(lines), st.binary(max_size=40), st.sampled_from([b"\n", b"\r\n", b"\0" * 9])
    )
    mixed = b"".join(data.draw(st.lists(junk, max_size=12)))
    assert is_subsequence(sorted(map(repr, bodies_in(mixed))), sorted(map(repr, bodies(SMALL))))
    opens_or_refuses(mixed)


def opens_or_refuses(data: bytes) -> None:
    """Open ``data`` as a journal: either it goes on and is stable, or it is refused untouched."""
    disk = MemoryDisk({PATH: data})
    reading = read_lines(data)
    if reading.foreign or reading.newer is not None:
        with pytest.raises(FolderError):
            opened(PATH, disk)
        assert disk.files() == {PATH: data}
        return
    journal, _ = opened(PATH, disk)
    repaired = disk.files()[PATH]
    again, report = opened(PATH, disk)
    assert again.records == journal.records
    assert report.copy is None
    assert disk.files()[PATH] == repaired
