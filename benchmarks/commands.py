"""Commands without a screen, and an answer on its way to the disk.

Run as ``python benchmarks/commands.py``; ``run.py`` prints these figures with all others.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from figures import Figure, above, percentile, seconds_of, table, taking_turns, times
from sessions import answered, make_session, steady_environment

from bsc_coach.conversation.submit import start_talk, submit
from bsc_coach.interview.commands import Accept
from bsc_coach.script.model import LongTextStep, TextStep
from bsc_coach.session.session import open_session

HERE = Path(__file__).parent
ANSWERS = 2_000
ANSWERS_TIMED = 200


def command_figures(folder: Path) -> list[Figure]:
    """Return the figures of --version and status --json."""
    session = folder / "answers-200"
    if not session.exists():
        make_session(session, answers=200).close()
    found = taking_turns(
        {
            "nothing": seconds_of("-c", "pass"),
            "version": seconds_of("-m", "bsc_coach", "--version"),
            "models": seconds_of(str(HERE / "twenty_models.py")),
            "status": seconds_of("-m", "bsc_coach", "status", str(session), "--json"),
        }
    )
    return [
        times("`bsc-coach --version`", found["nothing"], found["version"], 2),
        times("`status --json`, 200 answers", found["models"], found["status"], 2),
    ]


def answer_figure(folder: Path) -> Figure:
    """Return the figure of an answer accepted, durable, and the next question there, at 2,000 answers."""
    made = folder / "answers-2000"
    if not made.exists():
        make_session(made, answers=ANSWERS, items=8).close()
    session = open_session(made, steady_environment())
    assert answered(session.plan) >= ANSWERS
    talk = start_talk(session)
    wanted = [
        s for s in session.plan.statuses.values() if s.active and isinstance(s.step, TextStep | LongTextStep)
    ]
    still_open = [s for s in wanted if s.answer_state == "open"]
    there = [s for s in wanted if s.answer_state == "answered"]
    alone, whole = [], []
    fd = os.open(made / "floor", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    record = b"x" * 499 + b"\n"
    for number, status in enumerate((still_open + there)[:ANSWERS_TIMED]):
        start = perf_counter()
        os.write(fd, record)
        os.fsync(fd)
        alone.append(perf_counter() - start)
        talk.position.go_to(status.slot)
        line = f"{number} Somebody answers within a day, and says so"
        start = perf_counter()
        if status.answer_state == "open":
            submit(talk, line)
        else:
            talk.do(Accept(status.slot, line))
        talk.prompt()
        whole.append(perf_counter() - start)
    os.close(fd)
    session.close()
    return above(
        "answer accepted → durable → next question, 2,000 answers, p99",
        percentile(alone, 0.99),
        percentile(whole, 0.99),
        0.050,
    )


def figures(folder: Path) -> list[Figure]:
    """Return all figures that need no screen."""
    return [*command_figures(folder), answer_figure(folder)]


def main() -> int:
    """Print these figures; return 1 if one is missed."""
    with tempfile.TemporaryDirectory() as folder:
        found = figures(Path(folder))
    print(table(found))
    return 0 if all(one.ok for one in found) else 1


if __name__ == "__main__":
    sys.exit(main())
