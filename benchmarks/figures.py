"""A measured figure beside its floor, and the table they are printed in."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from processes import Spent

ROUNDS = 15
Measured = TypeVar("Measured")


@dataclass(frozen=True)
class Figure:
    """One row: what, its floor, what was measured, and the most that it may be.

    ``beside`` tells the other clock: wall time where processor time is judged, and the other way round.
    ``ok`` is None where nothing is required.
    """

    what: str
    floor: str
    measured: str
    ratio: str
    at_most: str
    ok: bool | None
    beside: str = "–"


HEADING = ("| what | floor | measured | ratio | at most | ok | beside |", "|---|---|---|---|---|---|---|")
_VERDICTS = {True: "yes", False: "**no**", None: "–"}


def line(one: Figure) -> str:
    """Return a figure as a line of a Markdown table."""
    cells = (one.what, one.floor, one.measured, one.ratio, one.at_most, _VERDICTS[one.ok], one.beside)
    return f"| {' | '.join(cells)} |"


def table(figures: Sequence[Figure]) -> str:
    """Return the figures as a Markdown table."""
    return "\n".join([*HEADING, *map(line, figures)])


def milliseconds(seconds: float) -> str:
    """Return a time for reading."""
    return f"{seconds * 1000:.1f} ms" if seconds < 0.1 else f"{seconds * 1000:,.0f} ms"


def times(what: str, floor: float, measured: float, most: float | None, beside: str = "–") -> Figure:
    """Return a figure that may be ``most`` times its floor; None where nothing is required."""
    ratio = measured / floor
    limit, ok = ("–", None) if most is None else (f"{most:g}×", ratio <= most)
    return Figure(what, milliseconds(floor), milliseconds(measured), f"{ratio:.2f}×", limit, ok, beside)


def at_most(what: str, measured: float, most: float | None, beside: str = "–") -> Figure:
    """Return a figure that may be ``most`` seconds; None where nothing is required."""
    limit = "–" if most is None else f"{most * 1000:.0f} ms"
    return Figure(
        what, "–", milliseconds(measured), "–", limit, None if most is None else measured <= most, beside
    )


def above(what: str, floor: float, measured: float, most: float, beside: str = "–") -> Figure:
    """Return a figure that may be ``most`` seconds more than its floor."""
    more = measured - floor
    return Figure(
        what,
        milliseconds(floor),
        milliseconds(measured),
        f"{measured / floor:.2f}×, {more * 1000:+.0f} ms",
        f"+{most * 1000:.0f} ms",
        more <= most,
        beside,
    )


def walls(floor: Spent, measured: Spent) -> str:
    """Return the wall times beside two processor times."""
    ratio = measured.wall / floor.wall
    return f"wall {milliseconds(floor.wall)} → {milliseconds(measured.wall)}, {ratio:.2f}×"


def taking_turns(
    works: Mapping[str, Callable[[], Measured]], rounds: int = ROUNDS
) -> dict[str, list[Measured]]:
    """Return what each of ``works`` measured, each called once a round.

    They take turns, so that a busy minute does not fall on one of them; the first round is to warm up.
    """
    measured: dict[str, list[Measured]] = {name: [] for name in works}
    for number in range(rounds + 1):
        for name, work in works.items():
            value = work()
            if number:
                measured[name].append(value)
    return measured


def median_of(values: Sequence[Spent]) -> Spent:
    """Return the medians of both clocks."""
    return Spent(
        statistics.median(one.processor for one in values), statistics.median(one.wall for one in values)
    )


def median_spent(works: Mapping[str, Callable[[], Spent]], rounds: int = ROUNDS) -> dict[str, Spent]:
    """Return the medians of both clocks of each of ``works``, which take turns."""
    return {name: median_of(values) for name, values in taking_turns(works, rounds).items()}


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value that ``share`` of ``values`` do not exceed."""
    return sorted(values)[min(int(len(values) * share), len(values) - 1)]
