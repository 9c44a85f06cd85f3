"""Run as a program in a pseudo-terminal: the app on a small session, with what a test wants of it.

Arguments: the folder of the session, and any of these.

- ``hostile``: texts with bytes that a terminal acts on, put in behind the cleaning
- ``no-wall``: without the filter, to see that the test would notice
- ``quick-clock``: the clock of a slot is looked at five times a second
- ``only-asked``: without the watchdog, which only has the app asked to end; the control
- ``spins``, ``blocks``, ``floods``, ``dies``, ``stopped``, ``renders``, ``thinks``: what goes wrong once a
  text is typed that ends with "#", see ``_TROUBLES``; the file ``trouble`` beside the session tells that it
  has begun
- ``acks``: the file ``acks`` beside the session gets the number of each answer that is shown as saved; with
  ``early`` also of those that are only on their way, to see that a test would notice
- ``full``: the disk takes nothing
- ``slow``: each writing of the disk takes three seconds once "#" was typed; ``no-patience``: nobody waits
- ``unbounded``: however much comes from the terminal is read; the control
"""

from __future__ import annotations

import errno
import os
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Thread

from textual.filter import LineFilter

from bsc_coach.conversation.reply import Reply
from bsc_coach.conversation.transcript import Turn
from bsc_coach.room import address
from bsc_coach.session.disk import Disk
from bsc_coach.session.environment import Environment
from bsc_coach.session.opening import open_session
from bsc_coach.tui import bounded_input, watchdog
from bsc_coach.tui.app import CoachApp, run_watched
from bsc_coach.tui.session import controller
from bsc_coach.tui.session.screen import SessionScreen
from bsc_coach.tui.view_model import Snapshot
from tests.support.faulty_disk import NOTHING, FaultyDisk
from tests.support.ports import own_first_port

HOSTILE = "start\x1b]52;c;aGFjaw==\x07\x1b]0;owned\x07\x1b[2Jmid\x9b31m\x9d0;x\x9c\x00\x7f\u202e\u2066end"
VERY_LONG = 3600.0
_WRITING = ("write", "replace", "create")


class Child(CoachApp):
    """The app, with its wall or without it, and with what goes wrong in it."""

    wanted: frozenset[str] = frozenset()
    home: Path

    def get_line_filters(self) -> Sequence[LineFilter]:
        filters = super().get_line_filters()
        return [one for one in filters if one is not self._safe] if "no-wall" in self.wanted else filters

    def on_mount(self) -> None:
        super().on_mount()
        if "hostile" in self.wanted:
            self.set_timer(0.3, self._say)
        if self.wanted & set(_TROUBLES):
            self.set_interval(0.02, self._look)

    def _say(self) -> None:
        screen = self.screen
        assert isinstance(screen, SessionScreen)
        screen.conversation.add([Turn("coach", HOSTILE), Turn("team", HOSTILE), Turn("note", HOSTILE)])

    def _look(self) -> None:
        screen = self._to_be_given_back
        if screen is not None and screen.composer.text.endswith("#"):
            for trouble in self.wanted & set(_TROUBLES):
                _TROUBLES[trouble](self)

    def told(self) -> None:
        """Tell the test that the trouble has begun."""
        (self.home / "trouble").touch()


def _spins(app: Child) -> None:
    """The thread of the screen turns in circles."""
    app.told()
    while True:
        pass


def _blocks(app: Child) -> None:
    """The thread of the screen waits for something that does not come."""
    app.told()
    time.sleep(VERY_LONG)


def _floods(app: Child) -> None:
    """More is painted than the terminal takes, so that the thread of the screen waits for it."""

    def wait_until_full() -> None:
        while not writer._queue.full():
            time.sleep(0.01)
        app.told()

    assert app._driver is not None
    writer = app._driver._writer_thread  # type: ignore[attr-defined]
    Thread(target=wait_until_full, daemon=True).start()
    while True:
        app._driver.write("\x1b[0m" * 10_000)


def _dies(app: Child) -> None:
    """The thread that writes to the terminal ends by a fault, and what is painted goes nowhere."""
    told = threading.excepthook
    no_terminal = OSError(errno.EIO, "Input/output error")
    threading.excepthook = lambda failed: told(
        threading.ExceptHookArgs((OSError, no_terminal, None, failed.thread))
    )
    assert app._driver is not None
    app._driver._writer_thread._queue.put(0)  # type: ignore[attr-defined]
    app.told()


def _stopped(app: Child) -> None:
    """The app has left the terminal to the shell, as for Ctrl+Z, and does not come back soon."""
    assert app._driver is not None
    app._driver.suspend_application_mode()
    app.told()
    time.sleep(VERY_LONG)


def _renders(app: Child) -> None:
    """A document is being made for very long, and every job of the session waits for it."""
    assert app.worker is not None
    app.worker.begin(lambda talk: (app.told(), time.sleep(VERY_LONG)))


def _thinks(app: Child) -> None:
    """The coach looks at the whole for very long."""
    assert app.worker is not None
    app.worker._coach.submit(lambda: (app.told(), time.sleep(VERY_LONG)))


_TROUBLES: dict[str, Callable[[Child], None]] = {
    "slow": Child.told,
    "spins": _spins,
    "blocks": _blocks,
    "floods": _floods,
    "dies": _dies,
    "stopped": _stopped,
    "renders": _renders,
    "thinks": _thinks,
}


def acknowledge(home: Path, *, early: bool) -> None:
    """Have each answer that is shown as saved written down beside the session."""
    fd = os.open(home / "acks", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    shown = SessionScreen.answered

    def answered(screen: SessionScreen, reply: Reply, now: Snapshot, line: str | None) -> None:
        shown(screen, reply, now, line)
        if not now.unsaved:
            os.write(fd, b"%d\n" % now.answers)

    def started(screen: SessionScreen, line: str) -> None:
        begun(screen, line)
        assert screen.now is not None
        os.write(fd, b"%d\n" % (screen.now.answers + 1))

    begun = SessionScreen.started
    SessionScreen.answered = answered  # type: ignore[method-assign]
    if early:
        SessionScreen.started = started  # type: ignore[method-assign]


def main() -> int:
    folder, *wanted = sys.argv[1:]
    address.FIRST_PORT = own_first_port()
    if "quick-clock" in wanted:
        controller.CLOCK_SECONDS = 0.2
    if "only-asked" in wanted:
        watchdog.LOOK_SECONDS = watchdog.ASK_SECONDS = VERY_LONG
    if "acks" in wanted:
        acknowledge(Path(folder).parent, early="early" in wanted)
    if "unbounded" in wanted:
        bounded_input.MOST_WAITING = 10**9
    if "no-patience" in wanted:
        watchdog.LONGEST_GOODBYE = 0.1

    def fault(_number: int, name: str) -> tuple[int, str] | None:
        if "slow" in wanted and name == "write" and (Path(folder).parent / "trouble").exists():
            time.sleep(3.0)
        return (errno.ENOSPC, NOTHING) if "full" in wanted and name in _WRITING else None

    app = Child(open_session(Path(folder), Environment(disk=FaultyDisk(Disk(), fault))))
    app.wanted = frozenset(wanted)
    app.home = Path(folder).parent
    return run_watched(app)


if __name__ == "__main__":
    sys.exit(main())
