"""A session that begins with an earlier strategy is made whole or not at all, whatever stops it."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from bsc_coach.errors import FolderError
from bsc_coach.interview.facts.provenance import TakeOver
from bsc_coach.interview.reconcile import Import
from bsc_coach.script.loader import bundled_source
from bsc_coach.session.disk import Disk
from bsc_coach.session.environment import Environment
from bsc_coach.session.journal import JOURNAL
from bsc_coach.session.new_session import begin_session
from bsc_coach.session.opening import create_session, open_session
from bsc_coach.session.session import Session
from bsc_coach.strategy.model import Segment, Strategy
from tests.support.cli import environment
from tests.support.faulty_disk import FaultyDisk, at_call
from tests.support.sessions import same_environment

ORIGIN = TakeOver(source="earlier", digest="d1")
EARLIER = Strategy(segments=(Segment(id="SEG1", name="Families"), Segment(id="SEG2", name="Firms")))


def fill(session: Session) -> Import:
    return session.take_over(EARLIER, ORIGIN)


def begin(folder: Path, disk: Disk) -> Session:
    session, _ = begin_session(folder, bundled_source(), _on(disk), fill)
    return session


def begin_in_place(folder: Path, disk: Disk) -> Session:
    """The control: a session that is made first and filled then."""
    session = create_session(folder, bundled_source(), _on(disk))
    fill(session)
    return session


def _on(disk: Disk) -> Environment:
    return replace(same_environment(), disk=disk)


def is_whole(folder: Path) -> bool:
    session = open_session(folder, same_environment(), read_only=True)
    session.close()
    return session.strategy().segments == EARLIER.segments


def calls_of(folder: Path) -> int:
    """Return how many calls of the disk a beginning takes that nothing stops."""
    disk = FaultyDisk(Disk())
    begin(folder, disk).close()
    return len(disk.calls)


def failing(tmp_path: Path, step: int, how: Callable[[Path, Disk], Session]) -> list[tuple[int, list[str]]]:
    """Fail each ``step``th call for ever; return what each failure left of a session that is not whole."""
    left = []
    for number in range(1, calls_of(tmp_path / "sound"), step):
        folder = tmp_path / f"over {number}" / "session"
        with suppress(FolderError, OSError):
            how(folder, FaultyDisk(Disk(), at_call(number, errno.ENOSPC, for_ever=True))).close()
        if folder.parent.exists() and not ((folder / JOURNAL).exists() and is_whole(folder)):
            left.append((number, sorted(path.name for path in folder.parent.rglob("*"))))
    return left


def test_a_disk_that_fails_leaves_nothing_of_a_session(tmp_path: Path) -> None:
    assert failing(tmp_path, 7, begin) == []
    assert failing(tmp_path / "control", 20, begin_in_place) != []


def test_files_that_were_there_stay_as_they_were_when_beginning_fails(tmp_path: Path) -> None:
    """As after a journal that was thrown away; what fails are the moves at the end, one after the other."""
    sound = FaultyDisk(Disk())
    begin(tmp_path / "sound", sound).close()
    moves = [number for number, name in enumerate(sound.calls, start=1) if name == "replace"][-6:]
    failed = 0
    for number in moves:
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "script.toml").write_bytes(bundled_source().base)
        (folder / "script.nl.toml").write_text("mine")
        with suppress(FolderError, OSError):
            begin(folder, FaultyDisk(Disk(), at_call(number, errno.ENOSPC, for_ever=True))).close()
        if not (folder / JOURNAL).exists():
            failed += 1
            assert sorted(path.name for path in folder.iterdir()) == ["script.nl.toml", "script.toml"]
            assert (folder / "script.nl.toml").read_text() == "mine"
    assert failed >= 4


def test_a_script_of_other_questions_that_lies_there_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "script.toml").write_text("mine")
    with pytest.raises(FolderError, match=r"session\.another_script"):
        begin(tmp_path, FaultyDisk(Disk()))
    assert (tmp_path / "script.toml").read_text() == "mine"


@pytest.mark.slow
def test_a_disk_that_fails_at_any_call_leaves_nothing_of_a_session(tmp_path: Path) -> None:
    assert failing(tmp_path, 1, begin) == []


def killed_at(number: int, folder: Path, how: Callable[[Path, Disk], Session]) -> bool:
    """Begin a session in a child that ends at a call of the disk, as by kill -9; tell whether it did."""

    def plan(now: int, _name: str) -> None:
        if now == number:
            os._exit(9)

    pid = os.fork()
    if pid == 0:
        try:
            how(folder, FaultyDisk(Disk(), plan))
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 9


def half_made(tmp_path: Path, step: int, how: Callable[[Path, Disk], Session]) -> list[int]:
    """Kill at each ``step``th call; return the calls after which there is a session that is not whole."""
    halves = []
    for number in count(1, step):
        folder = tmp_path / str(number)
        if not killed_at(number, folder, how):
            return halves
        if (folder / JOURNAL).exists():
            if not is_whole(folder):
                halves.append(number)
            continue
        # The next beginning stumbles over nothing, and takes away what was left.
        begin(folder, Disk()).close()
        assert is_whole(folder)
        assert [path.name for path in folder.iterdir() if path.name.startswith(".new")] == []
    return halves


@pytest.mark.skipif(sys.platform == "win32", reason="there is no fork")
def test_a_kill_leaves_no_half_session_and_nothing_to_stumble_over(tmp_path: Path) -> None:
    assert half_made(tmp_path / "whole", 9, begin) == []
    assert half_made(tmp_path / "control", 5, begin_in_place) != []


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="there is no fork")
def test_a_kill_at_any_call_leaves_no_half_session(tmp_path: Path) -> None:
    assert half_made(tmp_path, 1, begin) == []


def test_what_stops_the_filling_leaves_the_folder_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")

    def interrupted(session: Session) -> None:
        fill(session)
        raise KeyboardInterrupt

    for folder in (tmp_path, tmp_path / "a" / "b"):
        with pytest.raises(KeyboardInterrupt):
            begin_session(folder, bundled_source(), same_environment(), interrupted)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]
    begin(tmp_path, Disk()).close()
    assert is_whole(tmp_path)
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_a_session_that_is_there_stays(tmp_path: Path) -> None:
    begin(tmp_path / "s", Disk()).close()
    before = (tmp_path / "s" / JOURNAL).read_bytes()
    with pytest.raises(FolderError, match="already_there"):
        begin(tmp_path / "s", Disk())
    assert (tmp_path / "s" / JOURNAL).read_bytes() == before


def test_of_two_who_begin_at_once_one_is_told(tmp_path: Path) -> None:
    def meanwhile(session: Session) -> None:
        with pytest.raises(FolderError, match="already_there"):
            begin(tmp_path / "s", Disk())
        fill(session)

    session, _ = begin_session(tmp_path / "s", bundled_source(), same_environment(), meanwhile)
    session.close()
    assert is_whole(tmp_path / "s")


@pytest.mark.parametrize("how", ["SIGINT", "SIGTERM", "SIGHUP"])
@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")
def test_a_command_that_is_stopped_leaves_nothing(how: str, tmp_path: Path) -> None:
    """The command is stopped while it makes the session: as soon as a folder is there."""
    (tmp_path / "earlier.toml").write_text('[organisation]\nname = "City"\n')
    stopping = (
        "import os, signal, sys\n"
        "from bsc_coach.session.session import Session\n"
        "from bsc_coach.cli.main import run\n"
        "def stopped(*_):\n"
        f"    os.kill(os.getpid(), signal.{how})\n"
        "    signal.sigtimedwait([], 5)\n"
        "Session.take_over = stopped\n"
        "sys.exit(run(['new', 'city', '--plain', '--from', 'earlier.toml']))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", stopping],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 128 + getattr(signal, how), done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["earlier.toml"]
