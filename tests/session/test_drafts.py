"""Half-typed answers and the cursor: durable when they can be, harmless when they cannot."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bsc_coach.session import drafts as drafts_module
from bsc_coach.session.disk import Disk
from bsc_coach.session.drafts import Cursor, Drafts, load_cursor, save_cursor
from bsc_coach.text import clean
from tests.support.broken_journals import NoSync
from tests.support.clock import Clock, SetClock
from tests.support.faulty_disk import CALLS, ERRORS, NOTHING, FaultyDisk, at_call, never
from tests.support.journals import HOME
from tests.support.memory_disk import MemoryDisk

FILE = HOME / ".local" / "drafts.jsonl"


def load(disk: Disk, *, read_only: bool = False) -> Drafts:
    return Drafts.load(HOME, clock=Clock(), disk=disk, read_only=read_only)


def memory(data: bytes | None = None) -> MemoryDisk:
    return MemoryDisk({} if data is None else {FILE: data}, folders=(Path("/"), HOME))


def texts(drafts: Drafts) -> dict[str, str | None]:
    return {slot: drafts.get(slot) for slot in drafts.slots()}


def three() -> bytes:
    disk = memory()
    drafts = load(disk)
    for at in range(3):
        drafts.put(f"slot.{at}", f"half an answer {at}")
    return disk.files()[FILE]


@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.none() | st.text(st.characters(), max_size=8)), max_size=12)
)
@settings(deadline=None)
def test_the_latest_words_of_a_slot_come_back(said: list[tuple[str, str | None]]) -> None:
    disk = memory()
    drafts = load(disk)
    expected: dict[str, str] = {}
    for slot, text in said:
        if text is None:
            assert drafts.drop(slot)
            expected.pop(slot, None)
        else:
            assert drafts.put(slot, text)
            expected[slot] = clean(text).text
    assert texts(drafts) == expected
    assert texts(load(disk)) == expected


def test_a_draft_survives_a_power_cut_once_put_returns() -> None:
    assert lost_in_cuts(memory()) == 0


def test_a_store_without_flush_loses_drafts() -> None:
    assert lost_in_cuts(memory(), NoSync) > 0


def lost_in_cuts(inner: MemoryDisk, wrapper: type[FaultyDisk] = FaultyDisk) -> int:
    drafts = load(wrapper(inner))
    lost = 0
    for at in range(4):
        drafts.put("slot", f"word {at}")
        for files, folders in inner.crash_states():
            lost += load(MemoryDisk(files, folders=folders)).get("slot") != f"word {at}"
    return lost


def test_damage_costs_only_the_draft_that_it_touches() -> None:
    data = three()
    for at in range(0, len(data), 3):
        for bit in (1, 64):
            damaged = data[:at] + bytes([data[at] ^ bit]) + data[at + 1 :]
            disk = memory(damaged)
            found = texts(load(disk))
            assert len(found) >= 2
            assert found.items() <= {f"slot.{n}": f"half an answer {n}" for n in range(3)}.items()
            assert texts(load(disk)) == found


def test_a_torn_tail_is_the_last_draft_only() -> None:
    data = three()
    for cut in range(len(data)):
        drafts = load(memory(data[:cut]))
        assert len(drafts.slots()) == (data[: cut + 1].count(b"\n"))
        assert drafts.put("slot", "goes on")


@given(st.binary(max_size=200))
def test_no_bytes_make_loading_raise(data: bytes) -> None:
    drafts = load(memory(data))
    assert drafts.put("slot", "goes on")
    save_cursor(HOME, Cursor("x"), disk=(disk := memory()))
    disk.names_now[HOME / ".local" / "cursor.json"].content = data
    assert load_cursor(HOME, disk=disk) is None


def test_every_call_may_fail_and_the_words_stay() -> None:
    healthy = FaultyDisk(memory(three()))
    load(healthy).put("slot.1", "new words")
    for number in range(1, len(healthy.calls) + 1):
        for error in ERRORS:
            for for_ever in (False, True):
                disk = FaultyDisk(memory(three()), at_call(number, error, for_ever=for_ever))
                drafts = load(disk)
                durable = drafts.put("slot.1", "new words")
                assert drafts.get("slot.1") == "new words"
                assert not durable or load(disk.inner).get("slot.1") == "new words"
                disk.plan = never
                assert drafts.put("slot.2", "more")
                assert texts(load(disk.inner)) == {
                    "slot.0": "half an answer 0",
                    "slot.1": "new words",
                    "slot.2": "more",
                }


def test_the_file_stays_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafts_module, "COMPACT_FROM", 2000)
    disk = memory()
    drafts = load(disk)
    for at in range(300):
        assert drafts.put("slot", "x" * (at % 50))
        assert len(disk.files()[FILE]) <= 2000
    assert texts(load(disk)) == {"slot": "x" * (299 % 50)}


def test_one_long_draft_is_not_rewritten_at_each_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafts_module, "COMPACT_FROM", 2000)
    disk = FaultyDisk(memory())
    drafts = load(disk)
    drafts.put("long", "y" * 5000)
    before = disk.calls.count("replace")
    for at in range(20):
        drafts.put("short", f"word {at}")
    assert disk.calls.count("replace") == before


def test_reading_only_writes_nothing() -> None:
    disk = FaultyDisk(memory(three()))
    drafts = load(disk, read_only=True)
    assert not drafts.put("slot.0", "mine")
    assert drafts.get("slot.0") == "mine"
    assert set(disk.calls) == {"read"} < set(CALLS)
    assert load(disk.inner).get("slot.0") == "half an answer 0"


def test_a_linked_folder_is_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / ".local").symlink_to(tmp_path / "elsewhere")
    drafts = Drafts.load(tmp_path)
    assert not drafts.put("slot", "x")
    assert not save_cursor(tmp_path, Cursor("x"))
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_the_draft_typed_last_is_found_from_the_second_of_the_last_answer_on() -> None:
    clock = SetClock()
    drafts = Drafts.load(HOME, clock=clock, disk=memory())
    assert drafts.typed_since("") is None
    drafts.put("slot.1", "half")
    clock.on(1)
    drafts.put("slot.2", "a word")
    assert drafts.typed_since("2026-11-18T09:00:30Z") == "slot.2"
    assert drafts.typed_since("2026-11-18T09:01:00Z") == "slot.2"
    assert drafts.typed_since("2026-11-18T09:01:01Z") is None
    drafts.put("slot.1", "half an answer")
    assert drafts.typed_since("2026-11-18T09:01:00Z") == "slot.1"


def test_what_was_typed_goes_over_a_file_that_could_be_read_only_later() -> None:
    disk = FaultyDisk(memory(three()), lambda _number, name: (errno.EIO, NOTHING) if name == "read" else None)
    drafts = load(disk)
    assert drafts.slots() == ()
    assert not drafts.put("slot.1", "new words")
    disk.plan = never
    assert drafts.put("slot.3", "more")
    expected = {
        "slot.0": "half an answer 0",
        "slot.1": "new words",
        "slot.2": "half an answer 2",
        "slot.3": "more",
    }
    assert texts(drafts) == texts(load(disk.inner)) == expected


def test_what_was_handed_in_is_so_until_something_else_is_typed() -> None:
    disk = memory()
    drafts = load(disk)
    drafts.put("slot", "a line", handed_in=True)
    assert load(disk).was_handed_in("slot")
    drafts.put("slot", "a line and more")
    assert not drafts.was_handed_in("slot")
    assert not load(disk).was_handed_in("slot")


# The cursor

CURSORS = st.builds(
    Cursor,
    st.none() | st.text("ab[]/.é", max_size=5),
    st.lists(st.text("ab", max_size=3), max_size=4).map(tuple),
    st.lists(st.text("ab", max_size=3), max_size=4).map(tuple),
    st.none() | st.just("map"),
)


@given(CURSORS)
def test_the_cursor_comes_back(cursor: Cursor) -> None:
    disk = memory()
    assert load_cursor(HOME, disk=disk) is None
    assert save_cursor(HOME, cursor, disk=disk)
    assert load_cursor(HOME, disk=disk) == cursor


def test_a_damaged_cursor_is_none() -> None:
    disk = memory()
    save_cursor(HOME, Cursor("slot", ("a",), (), "map"), disk=disk)
    path = HOME / ".local" / "cursor.json"
    good = disk.files()[path]
    for at in range(len(good) - 1):
        inode = disk.names_now[path]
        inode.content = good[:at] + bytes([good[at] ^ 4]) + good[at + 1 :]
        assert load_cursor(HOME, disk=disk) is None
    inode.content = good
    assert load_cursor(HOME, disk=disk) is not None


def test_a_cursor_is_all_old_or_all_new_after_any_fault() -> None:
    old, new = Cursor("old"), Cursor("new", ("old",))
    for number in range(1, 12):
        disk = FaultyDisk(memory())
        save_cursor(HOME, old, disk=disk)
        disk.calls.clear()
        disk.plan = at_call(number, errno.ENOSPC, effect=NOTHING)
        saved = save_cursor(HOME, new, disk=disk)
        disk.plan = never
        found = load_cursor(HOME, disk=disk)
        assert found in (old, new)
        assert found == new or not saved


def test_nothing_is_written_once_the_session_is_given_back() -> None:
    """Whoever is late, in whatever thread, must not write into a session that is somebody else's by now."""
    disk = memory()
    drafts = load(disk)
    assert drafts.put("slot.1", "before"), "the control"
    drafts.close()
    written = disk.files()[FILE]
    assert not drafts.put("slot.1", "too late")
    assert not drafts.drop("slot.1")
    assert disk.files()[FILE] == written
