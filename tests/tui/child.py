"""Run as a program in a pseudo-terminal: the app on a small session, with what a test wants of it.

Arguments: the folder of the session, and any of "hostile" (texts with bytes that a terminal acts on,
put in behind the cleaning), "no-wall" (without the filter, to see that the test would notice) and
"quick-clock" (the clock of a slot is looked at five times a second).
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from textual.filter import LineFilter

from bsc_coach.conversation.transcript import Turn
from bsc_coach.session.environment import Environment
from bsc_coach.session.session import open_session
from bsc_coach.tui.app import CoachApp, run_watched
from bsc_coach.tui.session import controller
from bsc_coach.tui.session.screen import SessionScreen

HOSTILE = "start\x1b]52;c;aGFjaw==\x07\x1b]0;owned\x07\x1b[2Jmid\x9b31m\x9d0;x\x9c\x00\x7f\u202e\u2066end"


class Child(CoachApp):
    """The app, with its wall or without it."""

    wanted: frozenset[str] = frozenset()

    def get_line_filters(self) -> Sequence[LineFilter]:
        filters = super().get_line_filters()
        return [one for one in filters if one is not self._safe] if "no-wall" in self.wanted else filters

    def on_mount(self) -> None:
        super().on_mount()
        if "hostile" in self.wanted:
            self.set_timer(0.3, self._say)

    def _say(self) -> None:
        screen = self.screen
        assert isinstance(screen, SessionScreen)
        screen.conversation.add([Turn("coach", HOSTILE), Turn("team", HOSTILE), Turn("note", HOSTILE)])


def main() -> int:
    folder, *wanted = sys.argv[1:]
    if "quick-clock" in wanted:
        controller.CLOCK_SECONDS = 0.2
    app = Child(open_session(Path(folder), Environment()))
    app.wanted = frozenset(wanted)
    return run_watched(app)


if __name__ == "__main__":
    sys.exit(main())
