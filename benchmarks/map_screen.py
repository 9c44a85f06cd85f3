"""What the map on a whole screen costs with 30 objectives and 60 links: a key, from press to last byte.

Run as ``python benchmarks/map_screen.py``. Requirement: every redraw within 200 ms; each is also printed
as a ratio to a key in an empty Textual app in the same run. Ends with 1 where the requirement is missed.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from figures import Figure, milliseconds, table
from sessions import steady_environment
from starts import EMPTY_APP, opening
from terminal import Terminal

from bsc_coach.script.loader import bundled_source
from bsc_coach.session.opening import create_session
from bsc_coach.strategy.model import CLUSTERS, Candidate, Enabler, Link, Objective, Outcome, Promise, Strategy

OBJECTIVES, LINKS = 30, 60
MOST_SECONDS = 0.2
ROUNDS = 15
F2, DOWN = b"\x1bOQ", b"\x1b[B"
TO_AN_OBJECTIVE = (F2, F2, DOWN, DOWN)
KEYS = {
    "the next card": (b"\x1b[C", b"\x1b[D"),
    "along a link, and back": (b"u", b"\x7f"),
    "another link": (b"\t", b"\t"),
    "the last card, the first": (b"\x1b[F", b"\x1b[H"),
}
"""Keys in turns, each of which changes the picture."""
_LETTERS = {"operations": "O", "customer": "CM", "innovation": "I", "social": "S"}


def strategy() -> Strategy:
    """Return a strategy with 30 objectives and 60 links, two of which begin at each objective."""
    places = [(CLUSTERS[number % 4], number // 4 + 1) for number in range(OBJECTIVES)]
    ids = [f"{_LETTERS[cluster]}{number}" for cluster, number in places]
    titles = [f"Shorten the wait for a first visit in district {number}" for number in range(OBJECTIVES)]
    around = [f"C{number}" for number in range(1, 5)]
    return Strategy(
        outcomes=tuple(Outcome(id=f"F{n}", title=f"Fund renewal number {n}") for n in range(1, 4)),
        promises=tuple(Promise(id=name, title=f"“See me within {name} weeks”") for name in around),
        enablers=tuple(Enabler(id=f"L{n}", title=f"Certified coach on ward {n}") for n in range(1, 5)),
        candidates=tuple(
            Candidate(id=name, cluster=cluster, title=title, influence=4, performance=2, selected=True)
            for name, (cluster, _), title in zip(ids, places, titles, strict=True)
        ),
        objectives=tuple(
            Objective(id=name, title=title, horizon="medium") for name, title in zip(ids, titles, strict=True)
        ),
        links=tuple(
            Link(id=f"X{number}", cause=cause, effect=effect, because="it is the promise itself")
            for number, (cause, effect) in enumerate(_ends(ids), start=1)
        ),
    )


def _ends(ids: Sequence[str]) -> list[tuple[str, str]]:
    """Return causes and effects: each objective serves a promise, and what is left leads from below."""
    ends = [(name, f"C{number % 4 + 1}") for number, name in enumerate(ids)]
    ends += [(f"C{number}", f"F{number % 3 + 1}") for number in range(1, 5)]
    ends += [(f"L{number % 4 + 1}", ids[number * 2]) for number in range(12)]
    return ends + [(name, ids[number + 9]) for number, name in enumerate(ids[: LINKS - len(ends)])]


def made(folder: Path) -> Path:
    """Return the folder of a session that holds the strategy."""
    session = create_session(folder, bundled_source(), steady_environment())
    session.take_edits(session.import_strategy(strategy()))
    on_map = session.strategy()
    assert (len(on_map.objectives), len(on_map.links)) == (OBJECTIVES, LINKS)
    session.close()
    return folder


def figures(folder: Path) -> list[Figure]:
    """Return the figures, of keys that are pressed in turns in an empty app and on the map."""
    empty, on_map = Terminal(EMPTY_APP), Terminal(opening(made(folder / "map")))
    try:
        for terminal in (empty, on_map):
            terminal.whole_picture()
            terminal.idle(2.0)
        for key in TO_AN_OBJECTIVE:
            on_map.write(key)
            on_map.until_rest()
        spent: dict[str, list[float]] = {name: [] for name in KEYS}
        floor = []
        for name, keys in KEYS.items():
            for _ in range(ROUNDS):
                floor.append(empty.key(b"a")[0])
                spent[name] += [on_map.key(key)[0] for key in keys]
    finally:
        empty.close()
        on_map.close()
    return [_figure(name, statistics.median(floor), values) for name, values in spent.items()]


def _figure(name: str, floor: float, values: Sequence[float]) -> Figure:
    usual, worst = statistics.median(values), max(values)
    return Figure(
        f"the map, {OBJECTIVES} objectives, {LINKS} links: {name}",
        milliseconds(floor),
        f"{milliseconds(usual)}, at most {milliseconds(worst)}",
        f"{usual / floor:.1f}×",
        milliseconds(MOST_SECONDS),
        worst <= MOST_SECONDS,
    )


def main() -> int:
    """Print the figures; return 1 if one is missed."""
    with tempfile.TemporaryDirectory() as folder:
        found = figures(Path(folder))
    print(table(found))
    return 0 if all(one.ok for one in found) else 1


if __name__ == "__main__":
    sys.exit(main())
