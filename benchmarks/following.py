"""How far a wall in another process is behind its driver, and what it costs while nobody moves.

Run by ``run.py``, or alone. The driver words answers anew at the pace of people who type fast; another
process follows as ``bsc-coach show`` does, up to the question that it would paint. Both read one clock.
"""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

from answer_work import Worker
from figures import Figure, at_most, percentile, table
from sessions import Sessions

from bsc_coach.conversation.side_views import map_on_wall
from bsc_coach.conversation.wall import tell_followers, wall_view
from bsc_coach.session.following import Follower
from bsc_coach.tui.screens.wall import LOOK_SECONDS

ANSWERS, TURNS = 60, 5_000
MOST_BEHIND, MOST_LOOK = 0.150, 0.001
LOOKS = 2_000


def follow(folder: Path) -> None:
    """Print the number of actions and of moves, and when a wall with them was ready; until killed."""
    follower, before = Follower(folder), None
    while True:
        found = follower.look()
        if found is not before and found.plan is not None:
            wall_view(found.plan, found.now)
            moved = 0 if found.now is None else found.now.moved
            print(len(found.plan.state.actions), moved, time.monotonic(), flush=True)
            map_on_wall(found.plan)
        before = found
        time.sleep(LOOK_SECONDS)


def behind(folder: Path, answers: int = ANSWERS) -> tuple[list[float], list[float]]:
    """Return how long after the driver a wall had each answer, and each move."""
    worker, pace = Worker(folder), random.Random(1)
    command = [sys.executable, __file__, "--follow", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        child.stdout.readline()  # it has read the session
        said: dict[int, float] = {}
        moves: dict[int, float] = {}
        slots = list(worker.talk.plan.order)
        for number in range(answers):
            worker.answer()
            said[len(worker.talk.session.actions)] = time.monotonic()
            worker.talk.position.jump(slots[number * 7 % len(slots)])
            moves[tell_followers(worker.talk).moved] = time.monotonic()
            time.sleep(pace.uniform(0.3, 0.7))
        child.terminate()
        told = [line.split() for line in child.stdout.read().splitlines()]
    worker.talk.session.close()
    return _delays(said, told, 0), _delays(moves, told, 1)


def _delays(since: dict[int, float], told: list[list[str]], column: int) -> list[float]:
    """Return for each number when it, or a later one, was known first, less since when it is so."""
    return [
        next(float(line[2]) for line in told if len(line) == 3 and int(line[column]) >= number) - at
        for number, at in since.items()
    ]


def look_seconds(folder: Path) -> float:
    """Return what one look costs where nothing has changed."""
    follower = Follower(folder)
    follower.look()
    start = time.process_time()
    for _ in range(LOOKS):
        follower.look()
    return (time.process_time() - start) / LOOKS


def figures(sessions: Sessions) -> list[Figure]:
    """Return the figures of a wall that follows a session of 5,000 turns."""
    folder = sessions.copy(sessions.turns(TURNS), "following")
    idle = look_seconds(folder)
    answers, moves = behind(folder)
    return [
        at_most(
            f"{what}, {TURNS:,} turns, p95",
            percentile(delays, 0.95),
            MOST_BEHIND,
            f"median {percentile(delays, 0.5) * 1000:.0f} ms",
        )
        for what, delays in (("wall behind an answer", answers), ("wall behind a move", moves))
    ] + [at_most("one look of a wall where nothing has changed", idle, MOST_LOOK)]


def main() -> int:
    """Follow, where the driver asks for it; else print the table, and return 1 if a figure is missed."""
    if sys.argv[1:2] == ["--follow"]:
        follow(Path(sys.argv[2]))
    import tempfile

    with tempfile.TemporaryDirectory() as home:
        measured = figures(Sessions(Path(home)))
    print(table(measured))
    return int(not all(one.ok for one in measured))


if __name__ == "__main__":
    sys.exit(main())
