"""Figures of the app in a pseudo-terminal, against an empty Textual app in the same run.

Run as ``python benchmarks/screens.py``; ``run.py`` prints these figures with all others.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import process_time

from figures import Figure, above, table, taking_turns, times
from sessions import make_session, steady_environment
from terminal import Terminal

HERE = Path(__file__).parent
EMPTY = [str(HERE / "empty_app.py")]
STARTS = 9
KEYS = 60
IDLE_SECONDS = 5.0
APPENDS = 60
MIB = 2**20


def opening(folder: Path) -> list[str]:
    """Return the command line that opens a session on the screen."""
    return ["-m", "bsc_coach", "open", str(folder)]


def made(folder: Path, name: str, *, answers: int = 0, actions: int = 0) -> Path:
    """Return a session of some size, made when it is not there yet."""
    if not (folder / name).exists():
        make_session(folder / name, answers=answers, actions=actions).close()
    return folder / name


def painting(command: list[str]) -> Callable[[], float]:
    """Return what measures one start."""

    def start() -> float:
        terminal = Terminal(command)
        try:
            return terminal.first_paint()
        finally:
            terminal.close()

    return start


def paint_figures(folder: Path) -> list[Figure]:
    """Return the figures of the first picture: 200 answers, and 10,000 events."""
    few = made(folder, "answers-200", answers=200)
    many = made(folder, "events-10000", answers=200, actions=10_000)
    found = taking_turns(
        {
            "empty": painting(EMPTY),
            "few": painting(opening(few)),
            "many": painting(opening(many)),
        },
        STARTS,
    )
    return [
        times("first paint, 200 answers", found["empty"], found["few"], 1.3),
        above("open 10,000 events, first paint", found["empty"], found["many"], 1.0),
    ]


def typing_figures(folder: Path) -> list[Figure]:
    """Return the figures of keys, idling and memory, with 10, 50 and 5,000 turns."""
    sessions = {
        "empty": EMPTY,
        "10": opening(made(folder, "turns-10", actions=5)),
        "50": opening(made(folder, "turns-50", actions=25)),
        "5000": opening(made(folder, "turns-5000", actions=2_500)),
    }
    terminals = {name: Terminal(command) for name, command in sessions.items()}
    try:
        for terminal in terminals.values():
            terminal.first_paint()
            terminal.idle(1.0)
        spent: dict[str, list[float]] = {name: [] for name in terminals}
        written: dict[str, list[int]] = {name: [] for name in terminals}
        for number in range(KEYS):
            for name, terminal in terminals.items():
                seconds, count = terminal.key(b"abcdefghij klmnop"[number % 17 :][:1])
                spent[name].append(seconds)
                written[name].append(count)
        idle = {name: terminals[name].idle(IDLE_SECONDS) for name in ("10", "5000")}
        memory = {name: terminal.memory() for name, terminal in terminals.items()}
    finally:
        for terminal in terminals.values():
            terminal.close()
    key = {name: statistics.median(values) for name, values in spent.items()}
    most = max(statistics.median(written[name]) for name in ("10", "50", "5000"))
    return [
        times("key to frame, 10 turns", key["empty"], key["10"], 1.3),
        times("key to frame, 5,000 turns", key["empty"], key["5000"], 1.3),
        *_memory_figures(memory),
        Figure("bytes a second while idle", "–", f"{max(idle.values()) / IDLE_SECONDS:.0f}", "–", "0",
               not any(idle.values())),
        Figure("bytes written per key", f"{statistics.median(written['empty']):.0f}", f"{most:.0f}", "–",
               "1,500", most <= 1_500),
    ]  # fmt: skip


def _memory_figures(memory: dict[str, int]) -> list[Figure]:
    empty, few, many = memory["empty"], memory["50"], memory["5000"]
    return [
        Figure("memory, 5,000 turns", f"{empty / MIB:.0f} MiB", f"{many / MIB:.0f} MiB",
               f"{many / empty:.2f}×", "2×", many <= 2 * empty),
        Figure("memory, 5,000 turns over 50", f"{few / MIB:.0f} MiB", f"{many / MIB:.0f} MiB",
               f"{(many - few) / MIB:+.1f} MiB", "+15 MiB", many - few <= 15 * MIB),
    ]  # fmt: skip


async def _append_seconds(folders: dict[str, Path]) -> dict[str, float]:
    """Return the processor time of a question and its answer added to the conversation of each session."""
    from bsc_coach.conversation.transcript import Turn
    from bsc_coach.session.session import open_session
    from bsc_coach.tui.app import CoachApp
    from bsc_coach.tui.widgets.conversation import Conversation

    found = {}
    for name, folder in folders.items():
        app = CoachApp(open_session(folder, steady_environment()))
        async with app.run_test(size=(120, 40)) as pilot:
            await pilot.pause(0.5)
            conversation = app.screen.query_one(Conversation)
            spent = []
            for number in range(APPENDS):
                start = process_time()
                conversation.add(
                    [Turn("coach", f"Question {number}: what then?"), Turn("team", f"Answer {number}, " * 6)]
                )
                await pilot.pause()
                spent.append(process_time() - start)
            found[name] = statistics.median(spent)
    return found


def append_figure(folder: Path) -> Figure:
    """Return the figure of a turn appended at 5,000 turns."""
    few, many = made(folder, "turns-50", actions=25), made(folder, "turns-5000", actions=2_500)
    found = asyncio.run(_append_seconds({"50": few, "5000": many}))
    return times("a turn appended at 5,000 turns (against 50)", found["50"], found["5000"], 1.2)


def figures(folder: Path) -> list[Figure]:
    """Return all figures of the app."""
    return [*paint_figures(folder), *typing_figures(folder), append_figure(folder)]


def main() -> int:
    """Print these figures; return 1 if one is missed."""
    with tempfile.TemporaryDirectory() as folder:
        found = figures(Path(folder))
    print(table(found))
    return 0 if all(one.ok for one in found) else 1


if __name__ == "__main__":
    sys.exit(main())
