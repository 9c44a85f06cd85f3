"""Typing in a session of 10 and 5,000 turns against an empty app: keys, bytes, memory, and rest.

Run by ``run.py``. Keys are pressed in turns in an empty app and in the sessions.
"""

from __future__ import annotations

import asyncio
import statistics
from pathlib import Path
from time import process_time

from figures import Figure, milliseconds, times
from processes import processor_time
from sessions import Sessions, steady_environment
from starts import EMPTY_APP, opening
from terminal import Terminal

KEYS = 60
IDLE_SECONDS = 5.0
APPENDS = 30
APPEND_ROUNDS = 5
MIB = 2**20


def key_figures(sessions: Sessions) -> list[Figure]:
    """Return the figures of keys, idling and memory, with 10, 50 and 5,000 turns."""
    commands = {
        "empty": EMPTY_APP,
        "10": opening(sessions.turns(10)),
        "50": opening(sessions.turns(50)),
        "5000": opening(sessions.turns(5_000)),
    }
    terminals = {name: Terminal(command) for name, command in commands.items()}
    try:
        for terminal in terminals.values():
            terminal.whole_picture()
            terminal.idle(1.0)
        before = {name: processor_time(terminal.pid) for name, terminal in terminals.items()}
        spent: dict[str, list[float]] = {name: [] for name in terminals}
        written: dict[str, list[int]] = {name: [] for name in terminals}
        for number in range(KEYS):
            for name, terminal in terminals.items():
                seconds, count = terminal.key(b"abcdefghij klmnop"[number % 17 :][:1])
                spent[name].append(seconds)
                written[name].append(count)
        used = {name: (processor_time(one.pid) - before[name]) / KEYS for name, one in terminals.items()}
        idle = max(terminals[name].idle(IDLE_SECONDS) for name in ("10", "5000"))
        memory = {name: terminal.memory() for name, terminal in terminals.items()}
    finally:
        for terminal in terminals.values():
            terminal.close()
    key = {name: statistics.median(values) for name, values in spent.items()}
    beside = {
        name: f"processor {milliseconds(used['empty'])} → {milliseconds(each)}, {each / used['empty']:.2f}×"
        for name, each in used.items()
    }
    most = max(statistics.median(written[name]) for name in ("10", "50", "5000"))
    return [
        times("key to frame, 10 turns (wall)", key["empty"], key["10"], 1.2, beside["10"]),
        times("key to frame, 5,000 turns (wall)", key["empty"], key["5000"], 1.2, beside["5000"]),
        *_memory_figures(memory),
        Figure("bytes a second while idle", "–", f"{idle / IDLE_SECONDS:.0f}", "–", "0", not idle),
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


async def _append_seconds(session: Path) -> float:
    """Return the processor time of a question and its answer added to the conversation of a session."""
    from bsc_coach.conversation.transcript import Turn
    from bsc_coach.session.opening import open_session
    from bsc_coach.tui.app import CoachApp
    from bsc_coach.tui.widgets.conversation import Conversation

    app = CoachApp(open_session(session, steady_environment()))
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
        return statistics.median(spent)


def append_figures(sessions: Sessions) -> list[Figure]:
    """Return the figure of a turn appended at 5,000 turns."""
    rounds = [
        [asyncio.run(_append_seconds(sessions.turns(number))) for number in (50, 5_000)]
        for _ in range(APPEND_ROUNDS)
    ]
    few, many = map(statistics.median, zip(*rounds, strict=True))
    return [times("a turn appended at 5,000 turns (against 50)", few, many, 1.2)]
