"""The app in a real pseudo-terminal: what bytes it writes, and what a signal leaves behind."""

from __future__ import annotations

import os
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bsc_coach.interview.facts.agenda import PlanAgenda
from bsc_coach.session.environment import Environment
from bsc_coach.session.opening import open_session
from tests.support.sessions import played, same_environment

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
if sys.platform != "win32":
    from tests.support.terminal import app_in

WIPE = b"\x1b[2J"
FORBIDDEN = (
    b"\x1b]52;",
    b"\x1b]0;owned",
    "\x9b".encode(),
    "\x9d".encode(),
    b"\x00",
    b"\x7f",
    "\u202e".encode(),
)


@pytest.fixture
def folder(tmp_path: Path, environment: Environment) -> Path:
    """A session in which the next question takes a text."""
    played(tmp_path / "s", 5, environment).close()
    return tmp_path / "s"


def test_no_hostile_byte_reaches_the_terminal(folder: Path) -> None:
    with app_in(folder, "hostile") as terminal:
        terminal.read_until(b"start")
        terminal.read_quiet()
        written = terminal.seen
        assert not [bad for bad in FORBIDDEN if bad in written]
        assert WIPE not in written[written.index(b"start") :]


def test_without_the_wall_they_would(folder: Path) -> None:
    with app_in(folder, "hostile", "no-wall") as terminal:
        terminal.read_until(b"start")
        terminal.read_quiet()
        assert any(bad in terminal.seen for bad in FORBIDDEN)


def test_an_idle_app_writes_nothing(folder: Path) -> None:
    with app_in(folder) as terminal:
        terminal.read_until(b"Which values")
        assert terminal.falls_quiet(1.5)


def test_a_clock_that_runs_writes_nothing_while_it_shows_the_same(folder: Path) -> None:
    session = open_session(folder, same_environment())
    assert session.do(PlanAgenda("half_day", begin=datetime.now(UTC))).accepted
    session.close()
    with app_in(folder, "quick-clock") as terminal:
        terminal.read_until(b"minutes left")
        assert terminal.falls_quiet(1.5)


@pytest.mark.slow
def test_an_app_that_shows_every_second_would_be_noticed(folder: Path) -> None:
    with app_in(folder) as terminal:
        terminal.read_until(b"Which values")
        terminal.read_quiet()
        terminal.write(b"/timer 5\r")
        terminal.read_until(b"4:5")
        assert not terminal.falls_quiet(1.5, patience=6.0)


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_signal_loses_nothing_of_what_was_typed(folder: Path, name: str) -> None:
    with app_in(folder) as terminal:
        terminal.read_until(b"Which values")
        terminal.read_quiet()
        terminal.seen = b""
        terminal.write(b"Nobody goes")
        terminal.read_until(b"goes")
        os.kill(terminal.pid, getattr(signal, name))
        assert terminal.ended() == 128 + getattr(signal, name)
        assert b"\x1b[?1049l" in terminal.seen, "the terminal is given back as it was"
    session = open_session(folder, same_environment())
    assert session.drafts.get("organisation.values") == "Nobody goes"
    assert not session.messages
    session.close()


def test_newline_keys_as_terminals_send_them(folder: Path) -> None:
    with app_in(folder) as terminal:
        terminal.read_until(b"Which values")
        terminal.read_quiet()
        terminal.write(b"one\ntwo\x1b[200~three\rfour\x1b[201~\r")
        terminal.read_until(b"help you decide")
        terminal.write(b"\x11")
        assert terminal.ended() == 0
    session = open_session(folder, same_environment())
    assert session.actions[-1].do[0].value == "one\ntwothree\nfour"  # type: ignore[union-attr]
    session.close()
