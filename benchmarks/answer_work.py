"""What one answer costs the processor, without a screen: the talk, what the screen shows, what stands beside.

Run by ``run.py``. In Riverbend and in a session nine times as large one text answer after the other is worded
anew, in turns. The time may grow with the slots and no faster.
"""

from __future__ import annotations

import os
import statistics
from pathlib import Path
from time import perf_counter, process_time

from figures import Figure, above, at_most, percentile, times
from sessions import Sessions, steady_environment

from bsc_coach.conversation.submit import start_talk
from bsc_coach.interview.facts.answers import Accept
from bsc_coach.script.model import LongTextStep, TextStep
from bsc_coach.session.opening import open_session
from bsc_coach.tui.view_model import beside_of, snapshot_of

ANSWERS = 30
WARM_UP = 5
MOST_RIVERBEND, MOST_LARGE, MOST_GROWTH = 0.018, 0.170, 9
DURABLE_ANSWERS = 200


class Worker:
    """A session whose answers are worded anew, one after the other."""

    def __init__(self, session: Path) -> None:
        self.talk = start_talk(open_session(session, steady_environment()))
        self.slots = [
            status.slot
            for status in self.talk.plan.statuses.values()
            if status.active and isinstance(status.step, TextStep | LongTextStep) and status.value
        ]
        self.size = len(self.talk.plan.statuses)
        self.number = 0

    def answer(self) -> None:
        """Give an answer, as the worker of the app does."""
        self.number += 1
        slot = self.slots[self.number * 7 % len(self.slots)]
        self.talk.do(Accept(slot, f"Answer {self.number}"))

    def work(self) -> float:
        """Return the processor time of an answer and of all that the screen shows after it."""
        start = process_time()
        self.answer()
        snapshot_of(self.talk)
        beside_of(self.talk)
        return process_time() - start


def work_figures(sessions: Sessions) -> list[Figure]:
    """Return the figures of the work for an answer at two sizes, and how it grows."""
    small = Worker(sessions.copy(sessions.riverbend(), "work-riverbend"))
    large = Worker(sessions.copy(sessions.answers(10_000), "work-large"))
    spent = [(small.work(), large.work()) for _ in range(WARM_UP + ANSWERS)][WARM_UP:]
    few, many = (statistics.median(values) for values in zip(*spent, strict=True))
    for worker in (small, large):
        worker.talk.session.close()
    return [
        at_most(f"work per answer, Riverbend, {small.size:,} slots", few, MOST_RIVERBEND),
        at_most(f"work per answer, {large.size:,} slots", many, MOST_LARGE),
        times(f"… against Riverbend, {large.size / small.size:.1f} times the slots", few, many, MOST_GROWTH),
    ]


def durable_figures(sessions: Sessions) -> list[Figure]:
    """Return the figure of an answer accepted, durable, and the next question there, at 2,000 answers."""
    made = sessions.copy(sessions.answers(2_000), "durable")
    worker = Worker(made)
    alone, whole = [], []
    fd = os.open(made / "floor", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for _ in range(DURABLE_ANSWERS):
        start = perf_counter()
        os.write(fd, b"x" * 499 + b"\n")
        os.fsync(fd)
        alone.append(perf_counter() - start)
        start = perf_counter()
        worker.answer()
        worker.talk.prompt()
        whole.append(perf_counter() - start)
    os.close(fd)
    worker.talk.session.close()
    what = "answer accepted → durable → next question, 2,000 answers, p99 (wall)"
    return [above(what, percentile(alone, 0.99), percentile(whole, 0.99), 0.050)]
