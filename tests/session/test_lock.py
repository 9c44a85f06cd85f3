"""One writer a session, for as long as that writer lives."""

from __future__ import annotations

import errno
import json
import os
import signal
import socket
import sys
from pathlib import Path

import pytest

from bsc_coach.session.disk import Disk
from bsc_coach.session.environment import host_name
from bsc_coach.session.lock import HeldBy, Lock, acquire, holder
from bsc_coach.session.path_walk import InTheWayError
from bsc_coach.words import say
from tests.support.clock import Clock
from tests.support.faulty_disk import NOTHING, FaultyDisk

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the races need fork")


def claim(folder: Path, by: str = "ann", disk: Disk | None = None) -> Lock | HeldBy:
    return acquire(folder, by=by, clock=Clock(), disk=disk)


class NoLock(Disk):
    """Says yes to everybody: the control."""

    def lock(self, fd: int) -> bool:
        return True


def race(folder: Path, rounds: int, disk: Disk | None = None) -> int:
    """Let two processes claim at once, ``rounds`` times; return how often both had it."""
    both = 0
    for _ in range(rounds):
        go_read, go_write = os.pipe()
        back_read, back_write = os.pipe()
        done_read, done_write = os.pipe()
        children = []
        for _ in range(2):
            pid = os.fork()
            if pid == 0:
                os.close(done_write)
                os.read(go_read, 1)
                got = isinstance(claim(folder, disk=disk), Lock)
                os.write(back_write, b"1" if got else b"0")
                os.read(done_read, 1)  # hold on until both have answered
                os._exit(0)
            children.append(pid)
        os.close(done_read)
        os.write(go_write, b"xx")
        answers = os.read(back_read, 1) + os.read(back_read, 1)
        both += answers == b"11"
        os.close(done_write)
        for pid in children:
            os.waitpid(pid, 0)
        for fd in (go_read, go_write, back_read, back_write):
            os.close(fd)
    return both


def test_the_first_has_it_and_the_second_learns_who(tmp_path: Path) -> None:
    first = claim(tmp_path)
    assert isinstance(first, Lock)
    assert first.sure
    second = claim(tmp_path, "bob")
    assert second == HeldBy(os.getpid(), socket.gethostname(), "2026-11-18T09:00:10Z", "ann")
    assert "ann" in say("session.lock.held", "en", **vars(second))
    first.release()
    first.release()
    assert isinstance(claim(tmp_path, "bob"), Lock)
    assert holder(tmp_path).by == "bob"


@pytest.mark.parametrize("rounds", [10, pytest.param(200, marks=pytest.mark.slow)])
def test_two_processes_never_both_have_it(rounds: int, tmp_path: Path) -> None:
    assert race(tmp_path, rounds) == 0


def test_a_lock_that_keeps_nobody_out_is_caught(tmp_path: Path) -> None:
    assert race(tmp_path, 2, NoLock()) == 2


def test_death_gives_the_lock_back(tmp_path: Path) -> None:
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        claim(tmp_path)
        os.write(write, b"1")
        signal.pause()
    os.read(read, 1)
    held = claim(tmp_path)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    assert isinstance(held, HeldBy)
    assert held.pid == pid
    assert isinstance(claim(tmp_path), Lock)


def write_card(folder: Path, **card: object) -> None:
    (folder / ".local" / "lock").write_text(
        json.dumps({"since": "2026-11-18T09:00:10Z", "by": "eve", **card})
    )


def ended_pid() -> int:
    """Return the number of a process that has ended."""
    pid = os.fork()
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0)
    return pid


def test_a_card_of_a_dead_process_is_not_believed(tmp_path: Path) -> None:
    first = claim(tmp_path)
    for pid in (ended_pid(), 2**31 + 5):
        write_card(tmp_path, pid=pid, host=host_name())
        second = claim(tmp_path, "bob")
        assert second == HeldBy(), "somebody has it, but not the one on the card"
        told = say(second.words, "en", by="", host="", since="", pid=0)
        assert "eve" not in told
        assert str(pid) not in told
    assert isinstance(first, Lock)


@pytest.mark.parametrize("other", ["this process", "another host"])
def test_a_card_is_believed_where_its_process_may_live(tmp_path: Path, other: str) -> None:
    first = claim(tmp_path)
    here = other == "this process"
    write_card(
        tmp_path, pid=os.getpid() if here else ended_pid(), host=host_name() if here else "elsewhere.example"
    )
    second = claim(tmp_path, "bob")
    assert isinstance(second, HeldBy)
    assert second.by == "eve"
    assert "eve" in say(second.words, "en", **vars(second))
    assert isinstance(first, Lock)


def test_a_stale_card_keeps_nobody_out(tmp_path: Path) -> None:
    """Not with locks, where its pid was given to another process since, and not where there are none."""
    first = claim(tmp_path)
    assert isinstance(first, Lock)
    first.release()
    write_card(tmp_path, pid=os.getpid(), host=host_name())
    without = FaultyDisk(Disk(), lambda _number, name: (errno.ENOLCK, NOTHING) if name == "lock" else None)
    unsure = claim(tmp_path, "bob", disk=without)
    assert isinstance(unsure, Lock)
    assert unsure.warning == "session.lock.unsure"
    sure = claim(tmp_path, "bob")
    assert isinstance(sure, Lock)
    assert sure.sure


def test_who_has_let_go_is_on_no_card(tmp_path: Path) -> None:
    first = claim(tmp_path)
    assert isinstance(first, Lock)
    assert holder(tmp_path).by == "ann"
    first.release()
    assert holder(tmp_path) == HeldBy()


def test_a_child_does_not_inherit_it(tmp_path: Path) -> None:
    first = claim(tmp_path)
    assert isinstance(first, Lock)
    assert first._fd is not None
    assert not os.get_inheritable(first._fd)


@pytest.mark.parametrize(
    ("call", "error", "warning"),
    [
        ("lock", errno.ENOLCK, "session.lock.unsure"),
        ("open_lock", errno.EROFS, "session.lock.unwritable"),
        ("make_folder", errno.EACCES, "session.lock.unwritable"),
        ("facts", errno.EIO, "session.lock.unwritable"),
    ],
)
def test_without_locks_the_session_goes_on_with_a_warning(
    tmp_path: Path, call: str, error: int, warning: str
) -> None:
    disk = FaultyDisk(Disk(), lambda _number, name: (error, NOTHING) if name == call else None)
    claimed = claim(tmp_path, disk=disk)
    assert isinstance(claimed, Lock)
    assert (claimed.sure, claimed.warning) == (False, warning)
    assert say(warning, "en")


def test_a_full_disk_leaves_the_card_blank_and_the_lock_good(tmp_path: Path) -> None:
    plan = lambda _number, name: (errno.ENOSPC, NOTHING) if name == "overwrite" else None  # noqa: E731
    first = claim(tmp_path, disk=FaultyDisk(Disk(), plan))
    assert isinstance(first, Lock)
    assert first.sure
    assert claim(tmp_path) == HeldBy()


@pytest.mark.parametrize("text", ["", "{", "[1]", '{"pid":"x","by":7}', '{"pid":-1}', "[" * 3000, "\xff"])
def test_a_garbled_card_tells_nothing_and_harms_nobody(tmp_path: Path, text: str) -> None:
    first = claim(tmp_path)
    (tmp_path / ".local" / "lock").write_bytes(text.encode("latin-1"))
    assert claim(tmp_path) == HeldBy()
    assert isinstance(first, Lock)


def test_a_hostile_name_on_the_card_is_cleaned(tmp_path: Path) -> None:
    first = claim(tmp_path, "ann\x1b]0;x\x07" + "y" * 500)
    second = claim(tmp_path)
    assert isinstance(first, Lock)
    assert isinstance(second, HeldBy)
    assert second.by.isprintable()
    assert len(second.by) <= 120


def test_a_link_in_the_place_of_the_lock_or_its_folder_is_not_followed(tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.write_text("precious")
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    (tmp_path / "a" / ".local").mkdir()
    (tmp_path / "a" / ".local" / "lock").symlink_to(target)
    (tmp_path / "b" / ".local").symlink_to(tmp_path / "a")
    for name, link in (("a", ".local/lock"), ("b", ".local")):
        with pytest.raises(InTheWayError) as refused:
            claim(tmp_path / name)
        assert refused.value.values == {"path": str(tmp_path / name / link)}
    assert target.read_text() == "precious"
    assert sorted(one.name for one in (tmp_path / "a").iterdir()) == [".local"]


def test_a_lock_file_taken_away_under_our_hands_is_claimed_anew(tmp_path: Path) -> None:
    path = tmp_path / ".local" / "lock"

    class Vanishing(Disk):
        times = 0

        def lock(self, fd: int) -> bool:
            got = super().lock(fd)
            if not self.times:
                path.rename(path.with_name("old"))
                path.touch()
            self.times += 1
            return got

    claimed = claim(tmp_path, disk=Vanishing())
    assert isinstance(claimed, Lock)
    assert isinstance(claim(tmp_path), HeldBy)
