"""The wall in a terminal of its own: what ``show`` follows, leaves alone, and says when there is nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from bsc_coach.errors import EXIT_FINDINGS, EXIT_USAGE
from bsc_coach.interview.facts.answers import Accept
from bsc_coach.script.slots import Slot, StepId
from bsc_coach.session.following import Follower
from bsc_coach.session.journal import JOURNAL
from bsc_coach.session.opening import open_session
from tests.cli.conftest import Run
from tests.support.following import as_read, stand_alike
from tests.support.sessions import new_session, same_environment
from tests.support.terminal import ROOT, Terminal, program_in
from tests.support.two_facilitators import bytes_in


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    session = new_session(tmp_path / "s")
    session.do(Accept(Slot(StepId("organisation.name")), "Acme Housing"))
    session.close()
    return session.folder


@contextmanager
def wall_in(folder: Path) -> Iterator[Terminal]:
    with program_in("-m", "bsc_coach", "show", str(folder)) as terminal:
        yield terminal


@contextmanager
def driver_of(folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run line mode on a session; whoever is still there at the end is killed."""
    command = [sys.executable, "-m", "bsc_coach", "open", str(folder), "--plain"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    driver = subprocess.Popen(command, cwd=ROOT, **pipes)  # type: ignore[call-overload]
    try:
        yield driver
    finally:
        driver.kill()
        driver.wait()
        with suppress(BrokenPipeError):
            driver.stdin.close()


def types(driver: subprocess.Popen[bytes], line: str) -> None:
    assert driver.stdin is not None
    driver.stdin.write(line.encode() + b"\n")
    driver.stdin.flush()


def seen_by(terminal: Terminal, text: str) -> None:
    """Wait until a text was painted; words are painted apart where only some of a line changes."""
    for word in text.encode().split():
        terminal.read_until(word)


def test_two_walls_follow_a_driver_who_is_killed_and_comes_back(folder: Path) -> None:
    with wall_in(folder) as one, wall_in(folder) as other:
        with driver_of(folder) as driver:
            types(driver, "1")
            for wall in (one, other):
                seen_by(wall, "call the people you do it for")
            os.kill(driver.pid, signal.SIGKILL)
            driver.wait()
        known = Follower(folder).look()
        assert stand_alike(known.plan, as_read(folder))
        assert known.now is not None
        assert not known.now.left, "nobody has said good-bye"
        with driver_of(folder) as driver:
            types(driver, "tenants")
            types(driver, "2031")
            types(driver, "/timer 5")
            for wall in (one, other):
                seen_by(wall, "left")
            types(driver, "/quit")
            assert driver.wait(30) == 0
            for wall in (one, other):
                seen_by(wall, "has been left.")
        for wall in (one, other):
            wall.write(b"q")
            assert wall.ended() == 0


def test_a_wall_leaves_the_folder_as_it_is_and_takes_no_lock(folder: Path) -> None:
    before = bytes_in(folder, without="")
    with wall_in(folder) as wall:
        seen_by(wall, "Acme Housing")
        session = open_session(folder, same_environment())
        assert not session.read_only
        session.close()
        wall.write(b"\x11")
        assert wall.ended() == 0
    after = bytes_in(folder, without="")
    assert {name: data for name, data in after.items() if not name.endswith("lock")} == {
        name: data for name, data in before.items() if not name.endswith("lock")
    }


@pytest.mark.slow
def test_a_timer_that_runs_paints_at_most_once_a_second_and_none_not_at_all(folder: Path) -> None:
    with driver_of(folder) as driver, wall_in(folder) as wall:
        types(driver, "/where")
        seen_by(wall, "Acme Housing")
        wall.read_quiet()
        assert wall.read(1.5) == b""
        types(driver, "/timer 5")
        seen_by(wall, "left")
        painted = wall.read(3.2).count(b" left")
        assert 1 <= painted <= 4
        types(driver, "/timer off")
        wall.read(1.5)
        assert wall.read(1.5) == b""


@pytest.mark.slow
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_signal_ends_it_and_gives_the_terminal_back(folder: Path, name: str) -> None:
    with wall_in(folder) as wall:
        seen_by(wall, "Acme Housing")
        os.kill(wall.pid, getattr(signal, name))
        assert wall.ended() == 128 + getattr(signal, name)
        assert b"\x1b[?1049l" in wall.seen


def told_in_a_terminal(folder: Path) -> tuple[int, bytes]:
    with wall_in(folder) as terminal:
        code = terminal.ended()
        return code, terminal.seen


def test_where_there_is_no_session_one_sentence_says_so(tmp_path: Path, folder: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "budget.xlsx").write_bytes(b"PK")
    for there in (tmp_path / "nothing", tmp_path / "other", folder / JOURNAL):
        code, seen = told_in_a_terminal(there)
        assert code == EXIT_FINDINGS
        assert seen.strip().count(b"\n") == 0, seen
        assert str(there.name).encode() in seen
    assert not (tmp_path / "nothing").exists()


def test_what_is_no_journal_is_told_before_a_screen_opens(folder: Path) -> None:
    (folder / JOURNAL).write_bytes(b"Dear diary\n" * 20)
    code, seen = told_in_a_terminal(folder)
    assert code == EXIT_FINDINGS
    assert b"\x1b[?1049h" not in seen


@pytest.mark.slow
def test_a_folder_that_is_empty_yet_is_waited_for(tmp_path: Path) -> None:
    (tmp_path / "s").mkdir()
    with wall_in(tmp_path / "s") as wall:
        seen_by(wall, "waits for it.")
        session = new_session(tmp_path / "s")
        seen_by(wall, "Which organisation")
        session.close()
        wall.write(b"q")
        assert wall.ended() == 0


def test_without_a_terminal_it_says_so(run: Run, folder: Path) -> None:
    assert run("show", folder).code == EXIT_USAGE
