"""Leaving is a guarantee: the session is given back and the process gone, whatever screen and terminal do."""

from __future__ import annotations

import os
import random
import signal
import sys
import threading
import time
from pathlib import Path

import pytest
from textual import events
from textual.app import App
from textual.drivers.headless_driver import HeadlessDriver
from textual.message import Message

from bsc_coach.conversation.submit import start_talk
from bsc_coach.session.environment import Environment
from bsc_coach.session.opening import open_session
from bsc_coach.tui.bounded_input import MOST_WAITING, bounded
from bsc_coach.tui.view_model import snapshot_of
from tests.support.sessions import played, same_environment

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
if sys.platform != "win32":
    from tests.support.terminal import PATIENCE, Terminal, app_in

A_WHILE = 3.0
"""Seconds after which a process is still there that nothing ends: more than the guarantee allows."""
TYPED = "Nobody goes#"
HAS_THE_KEYS = b"\x1b[?1004h"
"""What is written once keys come to the app again; before that, Ctrl+Q is the terminal's own."""


@pytest.fixture
def folder(tmp_path: Path, environment: Environment) -> Path:
    """A session in which the next question takes a text."""
    played(tmp_path / "s", 5, environment).close()
    return tmp_path / "s"


def begun(terminal: Terminal) -> None:
    """Wait for the question, and half type an answer."""
    terminal.read_until(b"Which values")
    terminal.read_quiet()
    terminal.seen = b""  # what is looked for next is what was typed, and no word of the question
    terminal.write(TYPED.encode())


def trouble(folder: Path) -> None:
    """Wait until what is to go wrong has gone wrong."""
    appears(folder.parent / "trouble")


def appears(path: Path) -> None:
    """Wait until a file is there."""
    until = time.monotonic() + PATIENCE
    while not path.exists():
        assert time.monotonic() < until, f"never saw {path}"
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
        # Of several signals at once the system hands over whichever it likes first.
        codes = {128 + getattr(signal, name) for name in way.split() if name != "gone"} | {code}
        assert terminal.ended(reading=False) in codes
    sound(folder)


@pytest.mark.parametrize(
    ("what", "way"),
    [
        *(
            pytest.param(what, "SIGTERM", marks=slow)
            for what in ("floods", "spins", "blocks", "renders", "thinks")
        ),
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


# Answers


def lost(folder: Path, way: str, chance: random.Random) -> tuple[int, int]:
    """Answer some questions and end the app; return how many were shown as saved, and how many are lost."""
    with app_in(folder, "acks", controls=chance.random() < 0.5) as terminal:
        terminal.read_until(b"Which values")
        for number in range(chance.randint(1, 5)):
            terminal.write(f"Answer {number}\r".encode())
            terminal.read(chance.random() * 0.4)
        if way == "starved":
            for turn in range(60):
                terminal.resize(30 + turn % 7, 100 + turn % 5)
        go(terminal, "SIGTERM" if way == "starved" else way)
        terminal.ended(reading=way != "starved")
    return missing(folder)


def missing(folder: Path) -> tuple[int, int]:
    """Return how many answers were shown as saved, and how many of them are not there."""
    session = open_session(folder, same_environment())
    assert not session.read_only
    assert not session.messages
    kept = snapshot_of(start_talk(session)).answers
    session.close()
    acks = folder.parent / "acks"
    seen = [int(number) for number in acks.read_text().split()] if acks.exists() else []
    return len(seen), max(0, max(seen, default=0) - kept)


@pytest.mark.parametrize(
    ("way", "rounds"),
    [
        ("SIGKILL", 1),
        *(
            pytest.param(way, rounds, marks=slow)
            for way, rounds in {
                "SIGKILL": 100,
                "SIGHUP": 50,
                "gone": 50,
                "SIGTERM": 20,
                "starved": 30,
            }.items()
        ),
    ],
)
def test_no_answer_that_was_shown_as_saved_is_lost(
    tmp_path: Path, environment: Environment, way: str, rounds: int
) -> None:
    chance, seen = random.Random(f"{way} {rounds}"), 0
    for turn in range(rounds):
        folder = tmp_path / str(turn) / "s"
        folder.parent.mkdir()
        played(folder, 5, environment).close()
        shown, gone = lost(folder, way, chance)
        assert gone == 0, (way, turn)
        seen += shown
    assert seen >= rounds // 2


@slow
def test_an_answer_shown_too_early_would_be_missed(folder: Path) -> None:
    with app_in(folder, "acks", "early", "renders") as terminal:
        begun(terminal)
        trouble(folder)
        terminal.write(b"\r")
        appears(folder.parent / "acks")
        terminal.read_quiet()
        go(terminal, "SIGKILL")
        terminal.ended()
    assert missing(folder)[1] == 1


@slow
@pytest.mark.parametrize("wanted", ["slow", "slow no-patience"], ids=["waits", "the control"])
def test_an_answer_on_its_way_to_a_slow_disk_is_waited_for(folder: Path, wanted: str) -> None:
    with app_in(folder, *wanted.split()) as terminal:
        begun(terminal)
        trouble(folder)
        terminal.write(b"\r")
        terminal.read_until("saving…".encode())
        code = go(terminal, "SIGTERM")
        assert terminal.ended() == code
    session = open_session(folder, same_environment())
    assert (len(session.actions) == 6) == (wanted == "slow")
    session.close()


@slow
def test_an_app_that_was_stopped_is_not_taken_for_one_without_a_terminal(folder: Path) -> None:
    with app_in(folder, "stopped") as terminal:
        begun(terminal)
        trouble(folder)
        assert terminal.ended_within(A_WHILE) is None


@slow
def test_a_program_that_was_stopped_goes_on(folder: Path) -> None:
    with app_in(folder) as terminal:
        begun(terminal)
        for _ in range(3):
            os.kill(terminal.pid, signal.SIGTSTP)
            os.waitpid(terminal.pid, os.WUNTRACED)
            terminal.read_quiet()
            terminal.seen = b""
            os.kill(terminal.pid, signal.SIGCONT)
            terminal.read_until(HAS_THE_KEYS)
            terminal.read_quiet()
        assert terminal.ended_within(1.0) is None
        terminal.write(b"\x11")
        assert terminal.ended() == 0


# Memory


def grown(folder: Path, *wanted: str) -> int:
    """Move the mouse much over a screen that has stopped; return by how many kB the process has grown."""
    with app_in(folder, "blocks", *wanted) as terminal:
        begun(terminal)
        trouble(folder)
        before = _resident(terminal.pid)
        for turn in range(10_000):
            terminal.write(b"\x1b[<35;%d;%dM" % (turn % 90 + 1, turn % 28 + 1))  # waits until some was read
        return _resident(terminal.pid) - before


def _resident(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))


@slow
@pytest.mark.skipif(
    sys.platform != "linux", reason="NOT TESTED HERE: the size of a process is read from /proc"
)
def test_what_comes_from_the_terminal_does_not_fill_the_memory(folder: Path) -> None:
    assert grown(folder) < 5_000
    (folder.parent / "trouble").unlink()
    assert grown(folder, "unbounded") > 10_000, "the control"


async def test_keys_wait_and_are_not_lost() -> None:
    class Listening(App[None]):
        heard = ""

        def on_key(self, event: events.Key) -> None:
            self.heard += event.character or ""

    text = "".join(chr(97 + n % 26) for n in range(3 * MOST_WAITING))
    async with Listening().run_test() as pilot:
        driver = bounded(HeadlessDriver)(pilot.app)
        driver.exit_event = threading.Event()  # type: ignore[attr-defined]
        reader = threading.Thread(target=lambda: [driver.send_message(events.Key(key, key)) for key in text])
        reader.start()
        while driver._free.acquire(blocking=False):  # type: ignore[attr-defined]
            driver._free.release()  # type: ignore[attr-defined]
        assert reader.is_alive(), "it waits for this thread"
        while reader.is_alive():
            await pilot.pause()
        await pilot.pause()
        assert pilot.app.heard == text  # type: ignore[attr-defined]


async def test_movements_of_the_mouse_are_heard_as_long_as_there_is_room() -> None:
    class Noting:
        heard = 0

        async def _post_message(self, _: Message) -> None:
            self.heard += 1

    move = events.MouseMove(None, 1, 1, 0, 0, 0, False, False, False)
    async with App[None]().run_test() as pilot:
        driver, app = bounded(HeadlessDriver)(pilot.app), Noting()
        driver._app = app  # type: ignore[assignment]
        for turn in (1, 2):
            for _ in range(MOST_WAITING + 50):
                driver.send_message(move)
            await pilot.pause()
            assert app.heard == turn * MOST_WAITING


# What is on no disk


@slow
def test_what_is_on_no_disk_is_printed_when_somebody_ends_the_app(folder: Path) -> None:
    with app_in(folder, "full") as terminal:
        terminal.read_until(b"Which values")
        terminal.read_quiet()
        terminal.write(b"Nobody is turned away\r")
        terminal.read_until(b"NOT SAVED: 1")
        os.kill(terminal.pid, signal.SIGTERM)
        assert terminal.ended() == 143
        assert b"Nobody is turned away" in terminal.seen[terminal.seen.rindex(b"\x1b[?1049l") :]
