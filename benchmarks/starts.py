"""Starting: what a command, and the first picture of a session, cost the processor against their floors.

Run by ``run.py``. Floors and what they are the floor of are measured in turns.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from figures import Figure, above, median_spent, times, walls
from processes import SCRIPT, Spent, python, running
from sessions import Sessions
from terminal import Terminal

HERE = Path(__file__).parent
EMPTY_APP = python(str(HERE / "empty_app.py"))
STARTS = 9


def opening(session: Path) -> tuple[str, ...]:
    """Return the command line that opens a session on the screen, as people type it."""
    return (SCRIPT, "open", str(session))


def command_figures(sessions: Sessions) -> list[Figure]:
    """Return the figures of ``--version`` and ``status --json``."""
    spent = median_spent(
        {
            "nothing": running(*python("-c", "pass")),
            "module": running(*python("-m", "bsc_coach", "--version")),
            "script": running(SCRIPT, "--version"),
            "models": running(*python(str(HERE / "twenty_models.py"))),
            "made": running(SCRIPT, "status", str(sessions.answers(200)), "--json"),
            "recorded": running(SCRIPT, "status", str(sessions.riverbend()), "--json"),
        }
    )

    def row(what: str, floor: str, name: str, most: float) -> Figure:
        return times(
            what, spent[floor].processor, spent[name].processor, most, walls(spent[floor], spent[name])
        )

    return [
        row("`python -m bsc_coach --version`", "nothing", "module", 2),
        row("`bsc-coach --version`", "nothing", "script", 2),
        row("`status --json`, 200 answers", "models", "made", 1.7),
        row("`status --json`, Riverbend", "models", "recorded", 1.8),
    ]


def painting(command: tuple[str, ...]) -> Callable[[], Spent]:
    """Return what measures one start, up to the last byte of the first picture."""

    def start() -> Spent:
        terminal = Terminal(command)
        try:
            return terminal.first_paint()
        finally:
            terminal.close()

    return start


def paint_figures(sessions: Sessions) -> list[Figure]:
    """Return the figures of the first picture: 200 answers, Riverbend, and 10,000 events."""
    spent = median_spent(
        {
            "empty": painting(EMPTY_APP),
            "made": painting(opening(sessions.answers(200))),
            "recorded": painting(opening(sessions.riverbend())),
            "long": painting(opening(sessions.events(10_000))),
        },
        STARTS,
    )
    empty, long = spent["empty"], spent["long"]

    def row(what: str, name: str, most: float) -> Figure:
        return times(what, empty.processor, spent[name].processor, most, walls(empty, spent[name]))

    return [
        row("first paint, 200 answers", "made", 1.5),
        row("first paint, Riverbend", "recorded", 1.6),
        above("first paint, 10,000 events", empty.processor, long.processor, 0.4, walls(empty, long)),
    ]
