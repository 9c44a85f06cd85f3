"""Leaving is a guarantee: the session is given back and the process gone, whatever screen and terminal do."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from bsc_coach.session.environment import Environment
from bsc_coach.session.session import open_session
from tests.support.sessions import played, same_environment

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
if sys.platform != "win32":
    from tests.support.terminal import PATIENCE, Terminal, app_in

A_WHILE = 3.0
"""Seconds after which a process is still there that nothing ends: more than the guarantee allows."""
TYPED = "Nobody goes#"


@pytest.fixture
def folder(tmp_path: Path, environment: Environment) -> Path:
    """A session in which the next question takes a text."""
    played(tmp_path / "s", 5, environment).close()
    return tmp_path / "s"


def begun(terminal: Terminal) -> None:
    """Wait for the question, and half type an answer."""
    terminal.read_until(b"Which values")
    terminal.read_quiet()
    terminal.write(TYPED.encode())


def trouble(folder: Path) -> None:
    """Wait until what is to go wrong has gone wrong."""
    until = time.monotonic() + PATIENCE
    while not (folder.parent / "trouble").exists():
        assert time.monotonic() < until, "nothing went wrong"
        time.sleep(0.01)


def sound(folder: Path, draft: str = TYPED) -> None:
    """Check that the session was given back: free, with what was half typed, and nothing to tell about it."""
    session = open_session(folder, same_environment())
    assert not session.read_only
    assert not session.messages
    assert session.drafts.get("organisation.values") == draft
    assert len(session.actions) == 5
    session.close()


def go(terminal: Terminal, way: str) -> int:
    """Have the app end in one of the ways; return the exit code that is expected of it."""
    if way == "gone":
        terminal.close()
        return 129
    for name in way.split():
        os.kill(terminal.pid, getattr(signal, name))
    return 128 + getattr(signal, way.split(maxsplit=1)[0])


slow = pytest.mark.slow


@pytest.mark.parametrize("controls", [False, pytest.param(True, marks=slow)])
def test_a_terminal_that_is_gone_is_a_goodbye(folder: Path, controls: bool) -> None:
    with app_in(folder, controls=controls) as terminal:
        begun(terminal)
        terminal.read_until(b"goes")
        code = go(terminal, "gone")
        assert terminal.ended() == code
    sound(folder)


@slow
def test_without_the_watchdog_it_would_read_its_end_for_ever(folder: Path) -> None:
    with app_in(folder, "only-asked", controls=False) as terminal:
        begun(terminal)
        go(terminal, "gone")
        assert terminal.ended_within(A_WHILE) is None


@pytest.mark.parametrize(
    ("what", "way"),
    [
        ("floods", "SIGTERM"),
        pytest.param("spins", "SIGTERM SIGHUP SIGTERM", marks=slow),
        pytest.param("dies", "", marks=slow),
        pytest.param("floods", "gone", marks=slow),
        pytest.param("floods", "SIGHUP", marks=slow),
        pytest.param("spins", "gone", marks=slow),
        pytest.param("blocks", "SIGTERM", marks=slow),
        pytest.param("blocks", "SIGHUP SIGHUP", marks=slow),
        pytest.param("blocks", "gone", marks=slow),
        pytest.param("renders", "SIGTERM", marks=slow),
        pytest.param("renders", "gone", marks=slow),
        pytest.param("thinks", "SIGTERM", marks=slow),
        pytest.param("thinks", "gone", marks=slow),
    ],
)
def test_whatever_goes_wrong_the_session_is_given_back(folder: Path, what: str, way: str) -> None:
    with app_in(folder, what, controls=False) as terminal:
        begun(terminal)
        trouble(folder)
        code = go(terminal, way) if way else 129  # a writer that is dead is a terminal that is gone
        assert terminal.ended(reading=False) == code
    sound(folder)


@pytest.mark.parametrize(
    ("what", "way"),
    [
        ("floods", "SIGTERM"),
        *(pytest.param(what, "SIGTERM", marks=slow) for what in ("spins", "blocks", "renders", "thinks")),
        pytest.param("dies", "", marks=slow),
    ],
)
def test_without_the_watchdog_it_would_stay(folder: Path, what: str, way: str) -> None:
    with app_in(folder, what, "only-asked", controls=False) as terminal:
        begun(terminal)
        trouble(folder)
        if way:
            go(terminal, way)
        assert terminal.ended_within(A_WHILE, reading=False) is None


@slow
@pytest.mark.parametrize("keys", [b"\x10", b"\x1bOQ", b"\x1bOS"], ids=["menu", "f2", "f4"])
@pytest.mark.parametrize("way", ["SIGTERM", "gone"])
def test_with_a_page_or_a_window_open(folder: Path, keys: bytes, way: str) -> None:
    with app_in(folder) as terminal:
        begun(terminal)
        terminal.read_until(b"goes")
        terminal.write(keys)
        terminal.read_quiet()
        code = go(terminal, way)
        assert terminal.ended() == code
    sound(folder)
