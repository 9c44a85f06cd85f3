"""A measured figure beside its floor, and the table they are printed in."""

from __future__ import annotations

import statistics
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter

ROUNDS = 15


@dataclass(frozen=True)
class Figure:
    """One row: what, its floor, what was measured, and the most that it may be."""

    what: str
    floor: str
    measured: str
    ratio: str
    at_most: str
    ok: bool


def table(figures: Sequence[Figure]) -> str:
    """Return the figures as a Markdown table."""
    lines = ["| what | floor | measured | ratio | at most | ok |", "|---|---|---|---|---|---|"]
    for one in figures:
        ok = "yes" if one.ok else "**no**"
        lines.append(f"| {one.what} | {one.floor} | {one.measured} | {one.ratio} | {one.at_most} | {ok} |")
    return "\n".join(lines)


def milliseconds(seconds: float) -> str:
    """Return a time for reading."""
    return f"{seconds * 1000:.1f} ms" if seconds < 0.1 else f"{seconds * 1000:.0f} ms"


def times(what: str, floor: float, measured: float, most: float) -> Figure:
    """Return a figure that may be ``most`` times its floor."""
    ratio = measured / floor
    return Figure(
        what, milliseconds(floor), milliseconds(measured), f"{ratio:.2f}×", f"{most:g}×", ratio <= most
    )


def above(what: str, floor: float, measured: float, most: float) -> Figure:
    """Return a figure that may be ``most`` seconds more than its floor."""
    more = measured - floor
    return Figure(
        what,
        milliseconds(floor),
        milliseconds(measured),
        f"{measured / floor:.2f}×, {more * 1000:+.0f} ms",
        f"+{most * 1000:.0f} ms",
        more <= most,
    )


def taking_turns(works: Mapping[str, Callable[[], float]], rounds: int = ROUNDS) -> dict[str, float]:
    """Return the median of what each of ``works`` returns, each called once a round, after one to warm up."""
    found: dict[str, list[float]] = {name: [] for name in works}
    for number in range(rounds + 1):
        for name, work in works.items():
            value = work()
            if number:
                found[name].append(value)
    return {name: statistics.median(values) for name, values in found.items()}


def seconds_of(*command: str) -> Callable[[], float]:
    """Return what measures one run of a Python command line."""

    def run() -> float:
        start = perf_counter()
        done = subprocess.run([sys.executable, *command], check=False, capture_output=True)
        spent = perf_counter() - start
        if done.returncode:
            raise AssertionError(f"{command} ended with {done.returncode}: {done.stderr.decode()[-400:]}")
        return spent

    return run


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value that ``share`` of ``values`` do not exceed."""
    return sorted(values)[min(int(len(values) * share), len(values) - 1)]
