"""How the time for both documents grows with the strategy: 20, 200 and 2,000 objectives.

Run as ``python benchmarks/render_scaling.py``. Requirement: ten times the objectives, with KPIs, links
and candidates in proportion, take at most ten times as long and a fifth more. Ends with 1 otherwise.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Mapping
from functools import partial
from time import process_time

from bsc_coach.documents.context.document_context import build_context
from bsc_coach.documents.formats import DocumentInput, Files, document_format
from bsc_coach.drawing.layout import draw
from bsc_coach.strategy.measures import Kpi
from bsc_coach.strategy.model import Candidate, Link, Objective, Promise, Strategy
from bsc_coach.strategy.notes import Notes, Point

SIZES = (20, 200, 2_000)
FORMATS = ("md", "toml")
"""Formats that grow with the strategy and no faster; the drawn map has its own benchmark."""
ALLOWED_GROWTH = 1.2
ROUNDS = 5
LEAST_SECONDS = 0.2
"""A measurement repeats until it took this long, so that small strategies are measured as well."""

_CLUSTERS = (("operations", "O"), ("customer", "CM"), ("innovation", "I"), ("social", "S"))


def strategy_of(size: int) -> Strategy:
    """Return a strategy with ``size`` objectives and everything else in proportion."""
    places = [(*_CLUSTERS[number % 4], number) for number in range(size)]
    ids = [f"{letters}{number}" for _, letters, number in places]
    return Strategy(
        promises=tuple(
            Promise(id=f"C{number}", title=f"“See me within {number} days”") for number in range(size // 4)
        ),
        candidates=tuple(
            Candidate(
                id=item_id,
                cluster=cluster,
                title=f"Wait number {number}",
                influence=1 + number % 5,
                performance=1 + number % 4,
                evidence="31 days in the system last month",
                selected=True,
                reason="it is the promise itself",
            )
            for item_id, (cluster, _, number) in zip(ids, places, strict=True)
        )
        + tuple(
            Candidate(id=f"O{size + number}", cluster="operations", title="Catering", influence=2)
            for number in range(size)
        ),
        objectives=tuple(
            Objective(
                id=item_id,
                title=f"Shorten wait number {number}",
                description="From the day the referral arrives.\nTo the day of the visit.",
                horizon="short",
                owner_role="Director",
            )
            for item_id, (_, _, number) in zip(ids, places, strict=True)
        ),
        links=tuple(
            Link(
                id=f"K{number}",
                cause=item_id,
                effect=f"C{number // 4}",
                because="fewer days waiting is the promise itself",
                delay_months=6,
            )
            for number, item_id in enumerate(ids)
        ),
        kpis=tuple(
            Kpi(
                id=f"{item_id}.1",
                measures=item_id,
                name="Median days from referral to first visit",
                unit="days",
                direction="down",
                baseline=31,
                target=14.5,
                target_date="2027-12",
            )
            for item_id in ids
        ),
    )


def notes_of(size: int) -> Notes:
    """Return notes with one open point for every second objective."""
    return Notes(
        points=tuple(
            Point(kind="open", section="Operations", question=f"Who owns number {number}?")
            for number in range(size // 2)
        )
    )


def seconds_for(work: Callable[[], object]) -> float:
    """Return the processor time of one ``work``, over as many as fill ``LEAST_SECONDS``.

    Each begins anew: what documents of one go share is made again.
    """
    gc.collect()
    repeats, spent = 0, 0.0
    while spent < LEAST_SECONDS:
        build_context(Strategy(), Notes())
        draw(Strategy())
        start = process_time()
        work()
        spent += process_time() - start
        repeats += 1
    return spent / repeats


def measured(works: Mapping[int, Callable[[], Files]]) -> dict[int, float]:
    """Return the shortest time of each of ``works``: what else the machine does only ever adds.

    The sizes take turns, so that a busy minute does not fall on one of them.
    """
    rounds = [{size: seconds_for(work) for size, work in works.items()} for _ in range(ROUNDS)]
    return {size: min(times[size] for times in rounds) for size in works}


def main() -> int:
    """Print the table; return 0 when both documents grow within the allowed limit."""
    print(f"{'document':<10}{'objectives':>12}{'kB':>10}{'ms':>10}{'growth per objective':>22}")
    given = {size: DocumentInput(strategy_of(size), notes_of(size)) for size in SIZES}
    growths = []
    for name in FORMATS:
        works = {size: partial(document_format(name).make, given[size]) for size in SIZES}
        before: float | None = None
        for size, seconds in measured(works).items():
            told = ""
            if before is not None:
                growths.append(seconds / before / 10)
                told = f"x {growths[-1]:.2f}"
            before = seconds
            length = sum(len(data) for data in works[size]().values())
            print(f"{name:<10}{size:>12,}{length / 1000:>10,.1f}{seconds * 1000:>10,.2f}{told:>22}")
    kept = max(growths) <= ALLOWED_GROWTH
    verdict = "kept" if kept else "MISSED"
    print(f"Largest growth per objective x {max(growths):.2f}, allowed x {ALLOWED_GROWTH}: {verdict}")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
