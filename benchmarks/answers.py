"""From Enter to the next question and until the coach has looked, as a person meets it in a terminal.

Run by ``run.py``. Each answer is typed into sessions of several sizes in turns. These are wall times, since
people wait by the wall; the processor time stands beside them.
"""

from __future__ import annotations

import statistics
from dataclasses import dataclass, field
from time import perf_counter, sleep

from figures import Figure, at_most, milliseconds, percentile, times
from processes import processor_time
from rehearsal import Line, rehearse
from sessions import Sessions
from starts import opening
from terminal import QUIET_KEY, Terminal

RIVERBEND = "Riverbend"
SIZES = (RIVERBEND, "500", "2000", "10000")
MOST_PAINTED = {RIVERBEND: 0.030, "2000": 0.035}
MOST_GROWTH = 1.5
MOST_DONE = {"2000": 0.150}
MOST_KEY = 0.025
ROUNDS = 8
WARM_UP = 1
LINES = 300
BACKSPACE = b"\x7f"
MARKS = "αβγδεζηθικλμνξοπρτυφχψω"
"""Letters that stand nowhere else on the screen: each is seen when its own key is painted."""
BETWEEN_KEYS = 0.05
FIRST_KEY = 0.02
"""Seconds from Enter to the next key: in one piece with it, it would be a paste."""


@dataclass
class Seconds:
    """What was measured in one session."""

    painted: list[float] = field(default_factory=list)
    """From Enter until the next question is painted."""
    second: list[float] = field(default_factory=list)
    """The same for an answer that is given as soon as its question is there."""
    done: list[float] = field(default_factory=list)
    """From Enter until the program rests: the coach has looked."""
    processor: list[float] = field(default_factory=list)
    """Processor time from Enter until the program rests."""
    keys: list[float] = field(default_factory=list)
    """From a key to its letter, in the second after Enter."""


class Sitting:
    """A person at a session in a terminal, who types the lines of a rehearsal."""

    def __init__(self, sessions: Sessions, name: str) -> None:
        made = sessions.riverbend() if name == RIVERBEND else sessions.answers(int(name))
        self.lines = iter(rehearse(sessions.copy(made, "rehearsal"), LINES))
        self.terminal = Terminal(opening(sessions.copy(made, f"sitting-{name}")))
        self.terminal.whole_picture()
        self.terminal.until_rest()
        self.seconds = Seconds()
        self.unseen = 0

    def line(self, *, takes_text: bool = False) -> Line:
        """Type lines until one comes after which the next question can be told; return it untyped."""
        for line in self.lines:
            if line.next_words and (line.takes_text or not takes_text):
                return line
            self.type(line)
            self.terminal.write(b"\r")
            self.terminal.until_rest()
        raise RuntimeError("the rehearsal is over")

    def type(self, line: Line) -> None:
        """Put a line into the composer."""
        if line.text:
            self.terminal.write(_pasted(line))
            self.terminal.until_quiet(QUIET_KEY)

    def painted(self, start: float, line: Line) -> float | None:
        """Return the seconds from ``start`` until the question after ``line`` is painted."""
        shown = self.terminal.until_shown(line.next_words)
        if shown is None:
            self.unseen += 1
            self.terminal.until_rest()
            return None
        return shown - start

    def answer_and_wait(self) -> None:
        """Answer, and wait until the coach has looked."""
        line = self.line()
        self.type(line)
        before = processor_time(self.terminal.pid)
        start = self.terminal.write(b"\r")
        painted = self.painted(start, line)
        rest = self.terminal.until_rest(since=start)
        if painted is not None:
            self.seconds.painted.append(painted)
            self.seconds.done.append(max(rest.wall - start, painted))
            self.seconds.processor.append(rest.processor - before)

    def answer_twice(self) -> None:
        """Answer, and answer the next question as soon as it is there."""
        line = self.line()
        self.type(line)
        painted = self.painted(self.terminal.write(b"\r"), line)
        second = next(self.lines)
        start = self.terminal.write(_pasted(second) + b"\r")
        again = self.painted(start, second) if second.next_words else None
        if painted is not None and again is not None:
            self.seconds.second.append(again)
        self.terminal.until_rest()

    def answer_and_type(self) -> None:
        """Answer, and press a key every now and then in the second after Enter."""
        line = self.line(takes_text=True)
        self.type(line)
        start = self.terminal.write(b"\r")
        sleep(FIRST_KEY)
        typed = 0
        while perf_counter() < start + 1:
            pressed = self.terminal.write(MARKS[typed].encode())
            if (shown := self.terminal.until_shown(MARKS[typed], wait=1)) is not None:
                self.seconds.keys.append(shown - pressed)
            typed += 1
            sleep(max(pressed + BETWEEN_KEYS - perf_counter(), 0))
        self.terminal.until_rest()
        self.terminal.write(BACKSPACE * typed)
        self.terminal.until_rest()


def _pasted(line: Line) -> bytes:
    return f"\x1b[200~{line.text}\x1b[201~".encode() if line.text else b""


def figures(sessions: Sessions) -> list[Figure]:
    """Return the figures of answers at every size, measured in turns."""
    sittings = {name: Sitting(sessions, name) for name in SIZES}
    try:
        for number in range(WARM_UP + ROUNDS):
            for sitting in sittings.values():
                if number == WARM_UP:
                    sitting.seconds = Seconds()
                sitting.answer_and_wait()
                sitting.answer_twice()
                sitting.answer_and_type()
    finally:
        for sitting in sittings.values():
            sitting.terminal.close()
    unseen = sum(sitting.unseen for sitting in sittings.values())
    if unseen > ROUNDS:
        raise RuntimeError(f"{unseen} questions were not seen in the terminal")
    return _rows({name: sitting.seconds for name, sitting in sittings.items()})


def _rows(measured: dict[str, Seconds]) -> list[Figure]:
    """Return the table's rows: painted, done, second Enter and keys, at each size."""
    painted = {name: statistics.median(seconds.painted) for name, seconds in measured.items()}
    rows = [
        at_most(
            f"Enter → next question painted, {_size(name)} (wall)",
            painted[name],
            MOST_PAINTED.get(name),
            f"processor {milliseconds(statistics.median(seconds.processor))} until the coach is done",
        )
        for name, seconds in measured.items()
    ]
    rows.append(
        times("… at 10,000 answers, against 500 (wall)", painted["500"], painted["10000"], MOST_GROWTH)
    )
    for name, seconds in measured.items():
        done = statistics.median(seconds.done)
        rows.append(at_most(f"Enter → coach done, {_size(name)} (wall)", done, MOST_DONE.get(name)))
    for name, seconds in measured.items():
        second = statistics.median(seconds.second)
        rows.append(at_most(f"second Enter at once → next question, {_size(name)} (wall)", second, None))
    for name, seconds in measured.items():
        slow = percentile(seconds.keys, 0.95)
        what = f"key to frame in the second after Enter, p95, {_size(name)} (wall)"
        rows.append(at_most(what, slow, MOST_KEY))
    return rows


def _size(name: str) -> str:
    return name if name == RIVERBEND else f"{int(name):,} answers"
