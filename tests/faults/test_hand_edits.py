"""People touch the file: it opens, keeps what they did not touch, and says what it saw."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bsc_coach.session.recovery import read_lines
from tests.faults.test_damaged_bytes import reader_to_the_first_fault
from tests.support.journals import PATH, body, content, opened
from tests.support.memory_disk import MemoryDisk

COUNT = 20
DATA = content(COUNT)
LINES = DATA.splitlines(keepends=True)


def swapped() -> bytes:
    return b"".join([*LINES[:4], LINES[5], LINES[4], *LINES[6:]])


# What an editor or a hand did, how many answers must be there, and the sentences that say so.
EDITS: dict[str, tuple[bytes, int, set[str]]] = {
    "byte order mark": (b"\xef\xbb\xbf" + DATA, 20, {"mark"}),
    "line ends": (DATA.replace(b"\n", b"\r\n"), 20, {"returns"}),
    "utf-16": (DATA.decode().encode("utf-16"), 20, {"utf16"}),
    "no final newline": (DATA[:-1], 20, set()),
    "deleted line": (b"".join(LINES[:7] + LINES[8:]), 19, {"gaps"}),
    "duplicated line": (b"".join(LINES[:7] + LINES[6:]), 20, {"duplicates"}),
    "swapped lines": (swapped(), 20, {"disorder"}),
    "edited word": (DATA.replace(b"value.9", b"value.x"), 19, {"doubtful", "gaps"}),
    "blank lines": (DATA.replace(b"\n", b"\n\n"), 20, set()),
    "a note at the end": (DATA + b"# nice workshop\n", 20, {"dropped"}),
    "end of file mark": (DATA + b"\x1a", 20, set()),
    "conflict marks of git": (
        b"<<<<<<< HEAD\n" + DATA + b"=======\n" + DATA + b">>>>>>> theirs\n",
        20,
        {"git", "duplicates"},
    ),
    "two lines joined": (DATA.replace(LINES[3], LINES[3][:-1]), 20, {"dropped"}),
    "indented": (DATA.replace(b'{"c"', b'   {"c"'), 20, set()),
}


def told(report) -> set[str]:
    found = {
        name for name in ("gaps", "duplicates", "disorder", "doubtful", "dropped") if getattr(report, name)
    }
    return found | set(report.marks)


def reopened(data: bytes) -> tuple[int, set[str], MemoryDisk]:
    disk = MemoryDisk({PATH: data})
    journal, report = opened(PATH, disk)
    assert bool(report.sentences("en")) == bool(told(report))
    return len(journal.records), told(report), disk


@pytest.mark.parametrize("edit", EDITS)
def test_an_edited_journal_opens_and_says_what_it_saw(edit: str) -> None:
    data, kept, expected = EDITS[edit]
    found, said, _ = reopened(data)
    assert (found, said) == (kept, expected)


@pytest.mark.parametrize("edit", EDITS)
def test_an_edited_journal_goes_on_in_plain_utf8(edit: str) -> None:
    data, kept, _ = EDITS[edit]
    disk = MemoryDisk({PATH: data})
    journal, _ = opened(PATH, disk)
    journal.append(body("one more"))
    journal.close()
    again, _ = opened(PATH, disk)
    assert len(again.records) == kept + 1
    assert again.records[-1].body == body("one more")


def test_two_conflict_copies_in_one_file_are_both_kept() -> None:
    disk = MemoryDisk({PATH: b"".join(LINES[:10])})
    journal, _ = opened(PATH, disk, writer="other machine")
    for number in range(3):
        journal.append(body(f"elsewhere {number}"))
    theirs = disk.files()[PATH]
    disk = MemoryDisk({PATH: DATA + theirs})
    joined, report = opened(PATH, disk)
    assert len(joined.records) == COUNT + 3
    twice = [record.writer for record in joined.records if record.number in (11, 12, 13)]
    assert sorted(twice) == ["other machine"] * 3 + ["w1"] * 3
    assert report.duplicates == 10
    assert disk.files()[PATH].count(b"elsewhere") == 3


def strict_reader(data: bytes) -> int:
    """Cut at every end of line that str knows, as a control."""
    return sum(
        len(read_lines(line.encode()).records) for line in data.decode("utf-8", "replace").splitlines()
    )


CONTROLS: dict[str, Callable[[bytes], int]] = {
    "stops at the first fault": lambda data: len(reader_to_the_first_fault(data)),
    "believes str.splitlines": strict_reader,
}


@pytest.mark.parametrize("control", CONTROLS)
def test_a_careless_reader_is_caught_by_the_edits(control: str) -> None:
    found = {edit: CONTROLS[control](data) for edit, (data, _, _) in EDITS.items()}
    assert any(found[edit] != kept for edit, (_, kept, _) in EDITS.items())
