"""A power cut at any moment loses nothing that was acknowledged."""

from __future__ import annotations

import errno

import pytest

from tests.faults.cuts import Session, losses, run
from tests.support.broken_journals import (
    AckEarly,
    Buffered,
    KeepsDescriptor,
    NoFolderSync,
    NoSync,
    RenameBeforeSync,
    RewriteInPlace,
)
from tests.support.faulty_disk import PARTLY, WHOLLY, at_call, never
from tests.support.journals import HOME, PATH, bodies, content
from tests.support.memory_disk import MemoryDisk

FIVE = content(5)
LINES = FIVE.splitlines(keepends=True)
# What stands on the disk before, and how many records of it must be there afterwards.
BEFORE = {
    "nothing": (None, 0),
    "empty file": (b"", 0),
    "five answers": (FIVE, 5),
    "no final newline": (FIVE[:-1], 5),
    "torn tail": (FIVE[:-20], 4),
    "damaged line": (FIVE.replace(b"value.2", b"value.7"), 4),
    "wrong order": (b"".join([LINES[1], LINES[0], *LINES[2:]]), 5),
    "twice": (FIVE + LINES[3], 5),
    "line ends": (FIVE.replace(b"\n", b"\r\n"), 5),
    "utf-16": (FIVE.decode().encode("utf-16"), 5),
    "zeros at the end": (FIVE + bytes(512), 5),
}
PLANS = {
    "healthy": never,
    "a write fails": at_call(17, errno.EIO),
    "a write is short": lambda number, name: (
        (errno.ENOSPC, PARTLY) if number > 12 and name == "write" else None
    ),
    "a flush forgets": lambda number, name: (errno.EIO, PARTLY) if number == 20 and name == "fsync" else None,
    "every third flush forgets": lambda number, name: (
        (errno.EIO, PARTLY) if name == "fsync" and number % 3 == 0 else None
    ),
    "a rename fails late": lambda number, name: (
        (errno.EIO, WHOLLY) if name == "replace" and number < 30 else None
    ),
    "a folder flush fails": lambda _number, name: (errno.EIO, PARTLY) if name == "fsync_folder" else None,
}


@pytest.mark.parametrize("plan", PLANS)
@pytest.mark.parametrize("before", BEFORE)
def test_no_cut_loses_an_acknowledged_answer(before: str, plan: str) -> None:
    data, known = BEFORE[before]
    session = Session(bodies(3), before=data, plan=PLANS[plan])
    remains = run(session)
    assert remains.cuts > 20
    assert losses(session, remains, before=known) == []


def test_no_cut_loses_an_answer_after_moving_to_another_folder() -> None:
    session = Session(bodies(4), move_after=1)
    remains = run(session)
    assert len(remains.states) > 5
    assert losses(session, remains) == []


CONTROLS = {
    "no fsync": Session(bodies(4), disk=NoSync),
    "no folder fsync": Session(bodies(4), disk=NoFolderSync),
    "rename before fsync": Session(bodies(4), before=FIVE[:-9], disk=RenameBeforeSync),
    "unlink before rename": Session(bodies(4), before=FIVE[:-9], disk=RewriteInPlace),
    "acknowledged early": Session(bodies(4), before=FIVE, opener=AckEarly),
    "buffered": Session(bodies(12), before=FIVE, opener=Buffered),
    "keeps the descriptor": Session(
        bodies(6), before=FIVE, opener=KeepsDescriptor, plan=PLANS["every third flush forgets"]
    ),
}


@pytest.mark.parametrize("control", CONTROLS)
def test_the_harness_catches_a_broken_store(control: str) -> None:
    session = CONTROLS[control]
    before = 5 if session.before == FIVE else 4 if session.before else 0
    assert losses(session, run(session), before=before)


@pytest.mark.slow
@pytest.mark.parametrize("plan", PLANS)
@pytest.mark.parametrize("before", BEFORE)
def test_no_second_cut_during_recovery_loses_an_answer(before: str, plan: str) -> None:
    data, known = BEFORE[before]
    session = Session(bodies(2), before=data, plan=PLANS[plan])
    disks = 0
    for files, folders, acked in run(session).states.values():
        told = Session(bodies(2)[acked:])
        again = run(told, inner=MemoryDisk(files, folders=(HOME, *folders)))
        disks += len(again.states)
        for last_files, last_folders, _ in again.states.values():
            from tests.support.journals import opened

            journal, _ = opened(PATH, MemoryDisk(last_files, folders=last_folders))
            kept = [record.body for record in journal.records]
            assert len(kept) >= known + acked
            assert kept[known : known + acked] == session.said[:acked]
    assert disks > 50
