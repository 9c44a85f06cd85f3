"""Strategy maps to measure with: the two recorded sessions, and seeded made ones of any size."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

from bsc_coach.conversation.recording import play_sample
from bsc_coach.session.environment import Environment
from bsc_coach.session.samples import read_sample
from bsc_coach.strategy.model import (
    Candidate,
    ClusterId,
    Enabler,
    Link,
    Objective,
    Outcome,
    Promise,
    Strategy,
)

_WORDS = (
    "shorten", "the wait", "for a", "first visit", "keep", "experienced", "nurses", "lower", "cost per",
    "episode", "of care", "halve", "defects", "leverbetrouwbaarheid", "launch", "platform", "with partners",
)  # fmt: skip
_CLUSTERS: tuple[tuple[ClusterId, str], ...] = (
    ("operations", "O"), ("customer", "CM"), ("innovation", "I"), ("social", "S")
)  # fmt: skip
_LIKELY = {0: 0.1, 1: 1.0, 2: 0.25, 3: 0.06}
"""How often a link leads how many perspectives up."""
MADE = (
    (8, 9), (12, 16), (15, 22), (18, 30), (21, 32), (25, 45), (30, 55), (36, 60), (45, 80), (60, 110)
)  # fmt: skip
"""Objectives and links of the ten made maps."""


def recorded(name: str) -> Strategy:
    """Return the strategy of a recorded session, played anew."""
    with tempfile.TemporaryDirectory() as folder:
        session = play_sample(read_sample(name), Path(folder) / name, Environment(by="Benchmark"))
        strategy = session.strategy()
        session.close()
    return strategy


def made(size: int, links: int, seed: int = 1) -> Strategy:
    """Return a map of ``size`` points and at most ``links`` links, without circles; the same for one seed."""
    chance = random.Random(f"{size} {links} {seed}")
    counts = {"F": max(size * 3 // 25, 1), "C": max(size // 5, 1), "L": max(size // 5, 1)}
    names = {letter: [f"{letter}{n + 1}" for n in range(count)] for letter, count in counts.items()}
    clusters = [_CLUSTERS[int(chance.random() * 4)] for _ in range(size - sum(counts.values()))]
    processes = [(cluster, f"{letters}{n + 1}") for n, (cluster, letters) in enumerate(clusters)]
    rank = {name: rank for rank, letter in ((0, "L"), (2, "C"), (3, "F")) for name in names[letter]}
    rank.update({name: 1 for _, name in processes})
    return Strategy(
        outcomes=tuple(Outcome(id=name, title=_title(chance)) for name in names["F"]),
        promises=tuple(Promise(id=name, title=_title(chance)) for name in names["C"]),
        candidates=tuple(Candidate(id=name, cluster=one, selected=True) for one, name in processes),
        objectives=tuple(Objective(id=name, title=_title(chance), horizon="short") for _, name in processes),
        enablers=tuple(Enabler(id=name, title=_title(chance)) for name in names["L"]),
        links=tuple(
            Link(id=f"K{n + 1}", cause=cause, effect=effect, because="it follows", confidence="medium")
            for n, (cause, effect) in enumerate(_links(chance, rank, links))
        ),
    )


def _title(chance: random.Random) -> str:
    count = 2 + int(chance.random() * 6)
    return " ".join(_WORDS[int(chance.random() * len(_WORDS))] for _ in range(count)).capitalize()


def _links(chance: random.Random, rank: dict[str, int], count: int) -> list[tuple[str, str]]:
    names = sorted(rank, key=lambda name: (rank[name], chance.random()))
    found: dict[tuple[str, str], None] = {}
    for _ in range(200 * count):
        if len(found) == count:
            break
        one, other = sorted(int(chance.random() * len(names)) for _ in range(2))
        up = rank[names[other]] - rank[names[one]]
        if one != other and chance.random() < _LIKELY[up]:
            found[names[one], names[other]] = None
    return list(found)
