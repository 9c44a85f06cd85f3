"""The now-file: where the driver is, written beside the answers and never in their way."""

from __future__ import annotations

import errno
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from bsc_coach.interview.facts.answers import Accept
from bsc_coach.script.slots import Slot, StepId
from bsc_coach.session.disk import Disk
from bsc_coach.session.environment import Environment
from bsc_coach.session.journal import LOCAL
from bsc_coach.session.now_file import NAME, DriverNow, NowWriter, now_body, now_from, read_now
from bsc_coach.session.opening import open_session
from tests.support.faulty_disk import NOTHING, FaultyDisk
from tests.support.sessions import new_session, same_environment

WHOLE = DriverNow(
    slot="clusters[operations]/candidates[i1]/objective.title",
    timer_ends=datetime(2026, 11, 18, 9, 5, tzinfo=UTC),
    timer_minutes=2.5,
    form="r7",
    handed_in=5,
    seats=8,
    address="http://192.168.1.5:8421/#K7QF-2MHN",
    result={"ask": "Influence"},
    moved=12,
)

plain_data = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


def test_what_is_told_is_read_back(tmp_path: Path) -> None:
    (tmp_path / LOCAL).mkdir()
    writer = NowWriter(tmp_path, Disk(), read_only=False)
    told = writer.tell(WHOLE)
    writer.close()
    found = read_now(tmp_path, Disk())
    assert found is not None
    assert found.left
    assert (found.slot, found.timer_ends, found.result) == (told.slot, told.timer_ends, told.result)
    assert now_from(now_body(WHOLE)) == WHOLE


@given(st.dictionaries(st.sampled_from(list(now_body(WHOLE))), plain_data))
def test_whatever_stands_there_it_is_read_as_something(body: dict[str, object]) -> None:
    found = now_from(body)  # type: ignore[arg-type]
    assert isinstance(found.slot, str)
    assert found.handed_in >= 0


def test_a_file_that_is_damaged_tells_nothing(tmp_path: Path) -> None:
    (tmp_path / LOCAL).mkdir()
    for content in (b"", b"\xff\xfe\x00", b"{}", b'{"c":"00000000","n":1}', b"[" * 100_000):
        (tmp_path / LOCAL / NAME).write_bytes(content)
        assert read_now(tmp_path, Disk()) is None


def test_moves_that_come_at_once_are_not_written_one_by_one(tmp_path: Path) -> None:
    (tmp_path / LOCAL).mkdir()
    disk = FaultyDisk(Disk())
    writer = NowWriter(tmp_path, disk, read_only=False)
    for number in range(500):
        writer.tell(DriverNow(handed_in=number))
    writer.close()
    found = read_now(tmp_path, Disk())
    assert found is not None
    assert (found.handed_in, found.left) == (499, True)
    assert disk.calls.count("replace") < 100
    assert "fsync" not in disk.calls


def test_what_is_told_twice_is_no_move(tmp_path: Path) -> None:
    writer = NowWriter(tmp_path, Disk(), read_only=True)
    first = writer.tell(DriverNow(slot="a"))
    assert writer.tell(DriverNow(slot="a")) is first
    assert writer.tell(DriverNow(slot="b")).moved == first.moved + 1


def test_the_number_of_a_move_goes_on_after_a_restart(tmp_path: Path) -> None:
    (tmp_path / LOCAL).mkdir()
    for number in (1, 3):
        writer = NowWriter(tmp_path, Disk(), read_only=False)
        assert writer.tell(DriverNow(slot="a")).moved == number
        writer.close()


def test_whoever_comes_back_is_here_again_wherever_they_are(tmp_path: Path) -> None:
    (tmp_path / LOCAL).mkdir()
    for _ in range(2):
        writer = NowWriter(tmp_path, Disk(), read_only=False)
        assert not writer.tell(DriverNow()).left
        writer.close()
        found = read_now(tmp_path, Disk())
        assert found is not None
        assert found.left
    assert found.moved == 4


def test_who_may_not_write_writes_none(tmp_path: Path) -> None:
    session = new_session(tmp_path / "s")
    reader = open_session(session.folder, same_environment(), read_only=True)
    reader.followers.tell(WHOLE)
    reader.close()
    assert not (session.folder / LOCAL / NAME).exists()
    session.followers.tell(WHOLE)
    session.close()
    assert (session.folder / LOCAL / NAME).exists(), "the control"


def test_a_disk_that_does_not_take_it_stops_no_answer(tmp_path: Path) -> None:
    new_session(tmp_path / "s").close()

    def fault(_: int, name: str) -> tuple[int, str] | None:
        return (errno.ENOSPC, NOTHING) if name == "replace" else None

    disk = FaultyDisk(Disk(), fault)
    session = open_session(tmp_path / "s", Environment(disk=disk))
    for name in ("Acme", "Acme Ltd"):
        session.followers.tell(DriverNow(slot=name))
        assert session.do(Accept(Slot(StepId("organisation.name")), name)).accepted
    session.close()
    assert not (session.folder / LOCAL / NAME).exists()
    assert not list((session.folder / LOCAL).glob("*.tmp"))


def test_the_folder_may_vanish_meanwhile(tmp_path: Path) -> None:
    session = new_session(tmp_path / "s")
    (tmp_path / "s").rename(tmp_path / "away")
    session.followers.tell(WHOLE)
    session.followers.close()
    assert not (tmp_path / "s").exists(), "nobody makes a folder anew that somebody took away"
    session.close()
