"""Any call may fail, once or for ever: nothing is lost, nothing is hidden, and all heals by itself."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bsc_coach.session.disk import Disk
from bsc_coach.session.journal import Journal
from tests.support.broken_journals import SwallowsErrors, sound, without_size_check
from tests.support.faulty_disk import ERRORS, NOTHING, PARTLY, WHOLLY, FaultyDisk, Plan, at_call, never
from tests.support.journals import HOME, PATH, bodies, bodies_in, body, content, opened
from tests.support.memory_disk import MemoryDisk

OLD = content(3)
STARTS = {"new": (None, 0), "old": (OLD, 3), "damaged": (OLD[:-5], 2)}


def play(
    disk: FaultyDisk, said: list[dict], *, known: int, path: Path = PATH, opener: Callable[..., Any] = sound
) -> list[str]:
    """Say everything on a failing disk, then heal it and say one thing more; return what went wrong."""
    wrong = []
    journal = opener(path, disk)
    old = len(journal.records)
    for one in said:
        journal.append(one)
        if journal.unsaved and not journal.trouble:
            wrong.append("unsaved without a word")
    if [record.body for record in journal.records][old:] != said:
        wrong.append("not in memory")
    unsaved_before_healing = journal.unsaved
    kept = bodies_in(path, disk.inner, read_only=True)
    durable = old + len(said) - unsaved_before_healing
    if old >= known and kept[:durable] != [record.body for record in journal.records][:durable]:
        wrong.append("acknowledged, yet not in the file")
    disk.plan = never
    last = journal.append(body("one more"))
    if journal.unsaved or journal.trouble:
        wrong.append("did not heal")
    found = bodies_in(path, disk.inner, read_only=True)
    if len(found) < known + len(said) + 1 or any(one not in found for one in [*said, last.body]):
        wrong.append("lost after healing")
    if isinstance(journal, Journal):
        journal.close()  # the careless ones of the controls have nothing to close
    return wrong


def calls_of(before: bytes | None, said: int) -> int:
    """Return how many calls a session makes when all goes well."""
    disk = FaultyDisk(memory(before))
    assert play(disk, bodies(said), known=0) == []
    return len(disk.calls)


def memory(before: bytes | None) -> MemoryDisk:
    """Return a disk in memory with the home of a session."""
    return MemoryDisk({} if before is None else {PATH: before}, folders=(Path("/"), HOME))


def plans(calls: int) -> Iterator[tuple[str, Plan]]:
    """Return every single fault and every fault from a moment on."""
    for number in range(1, calls + 1):
        for error in ERRORS:
            for for_ever in (False, True):
                # What a call did before it failed does not depend on the error that it gives.
                for effect in (NOTHING, PARTLY, WHOLLY) if error == errno.EIO else (NOTHING,):
                    told = f"call {number} {errno.errorcode[error]} for_ever={for_ever} {effect}"
                    yield told, at_call(number, error, for_ever=for_ever, effect=effect)


@pytest.mark.parametrize("start", STARTS)
def test_any_call_may_fail(start: str) -> None:
    before, known = STARTS[start]
    said = bodies(3, start=100)
    wrong = {}
    for told, plan in plans(calls_of(before, 3)):
        if found := play(FaultyDisk(memory(before), plan), said, known=known):
            wrong[told] = found
    assert wrong == {}


@pytest.mark.slow
@pytest.mark.parametrize("start", STARTS)
def test_any_call_of_ten_answers_may_fail(start: str) -> None:
    before, known = STARTS[start]
    said = bodies(10, start=100)
    wrong = {}
    for told, plan in plans(calls_of(before, 10)):
        if found := play(FaultyDisk(memory(before), plan), said, known=known):
            wrong[told] = found
    assert wrong == {}


@pytest.mark.slow
@pytest.mark.parametrize("start", STARTS)
def test_any_call_may_fail_on_a_real_disk(start: str, tmp_path: Path) -> None:
    before, known = STARTS[start]
    said = bodies(3, start=100)
    wrong = {}
    for number, (told, plan) in enumerate(plans(calls_of(before, 3))):
        folder = tmp_path / str(number)
        folder.mkdir()
        path = folder / "journal.jsonl"
        if before is not None:
            path.write_bytes(before)
        if found := play(FaultyDisk(Disk(), plan), said, known=known, path=path):
            wrong[told] = found
    assert wrong == {}


@pytest.mark.parametrize("name", ["write", "fsync", "facts", "facts_at", "replace", "create", "fsync_folder"])
def test_a_call_that_always_fails_is_told_and_heals(name: str) -> None:
    disk = FaultyDisk(memory(OLD), lambda _number, call: (errno.EIO, NOTHING) if call == name else None)
    assert play(disk, bodies(6), known=3) == []


def test_a_swallowed_error_is_caught() -> None:
    # Reading the session and opening it are over by then.
    plan = at_call(12, errno.ENOSPC, for_ever=True)
    assert play(FaultyDisk(memory(OLD), plan), bodies(4), known=3, opener=SwallowsErrors)


class Liar(FaultyDisk):
    """Says that a whole line was written when five bytes were."""

    def write(self, fd: int, data: bytes) -> int:
        if self.plan(len(self.calls) + 1, "write"):
            self.calls.append("write")
            self.inner.write(fd, data[:5])
            return len(data)
        return self.through("write", fd, data)


def test_a_write_that_lies_is_noticed_by_the_size() -> None:
    disk = Liar(memory(OLD), lambda number, name: (0, NOTHING) if name == "write" and number > 10 else None)
    journal, _ = opened(PATH, disk)
    for one in bodies(4):
        journal.append(one)
    assert journal.unsaved > 0
    assert journal.trouble == "session.trouble.device"


def test_without_the_size_check_the_lie_is_believed() -> None:
    disk = Liar(memory(OLD), lambda number, name: (0, NOTHING) if name == "write" and number > 4 else None)
    assert play(disk, bodies(4, start=100), known=3, opener=without_size_check)


def test_a_descriptor_that_failed_is_never_used_again() -> None:
    inner = memory(OLD)
    failing: list[int] = []
    used: list[int] = []

    class Watching(FaultyDisk):
        def fsync(self, fd: int) -> None:
            if not failing:
                failing.append(fd)
                raise OSError(errno.EIO, "flush")
            super().fsync(fd)

        def write(self, fd: int, data: bytes) -> int:
            if failing:
                used.append(fd)
            return super().write(fd, data)

    journal, _ = opened(PATH, Watching(inner))
    for one in bodies(3):
        journal.append(one)
    assert failing
    assert used
    assert failing[0] not in used
    assert (journal.unsaved, journal.trouble) == (0, None)


def test_an_error_at_opening_is_told_and_answers_wait_in_memory() -> None:
    for error in ERRORS:
        disk = FaultyDisk(memory(OLD), at_call(1, error, for_ever=True))
        journal, report = opened(PATH, disk)
        journal.append(body("typed anyway"))
        assert report.memory_only == journal.trouble
        assert len(report.sentences("en")) >= 2
        assert journal.unsaved == 1
        disk.plan = never
        assert journal.retry()
        assert len(opened(PATH, disk.inner)[0].records) == 4
