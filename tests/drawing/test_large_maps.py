"""Maps that are far too large end in a sentence, and those that are only large are drawn."""

from __future__ import annotations

import random
from itertools import permutations

import pytest

from bsc_coach import sizes
from bsc_coach.documents.formats import DocumentInput, document_format
from bsc_coach.drawing.labels import lines_of
from bsc_coach.drawing.layout import draw
from bsc_coach.drawing.tracks import NEAR, tracks_of
from bsc_coach.errors import DocumentFaultError
from bsc_coach.strategy.model import CLUSTERS, Candidate, Link, Objective, Strategy
from bsc_coach.words import say


def large(objectives: int, links: int) -> Strategy:
    """Return a strategy of so many objectives in four clusters, with links between them by chance."""
    chance = random.Random(1)
    ids = [f"O{n}" for n in range(1, objectives + 1)]
    pairs = [chance.sample(ids, 2) for _ in range(links)]
    return Strategy(
        candidates=tuple(
            Candidate(id=one, cluster=CLUSTERS[n % 4], title=f"Title {one}", selected=True)
            for n, one in enumerate(ids)
        ),
        objectives=tuple(Objective(id=one, title=f"Title {one}") for one in ids),
        links=tuple(Link(id=f"X{n}", cause=low, effect=high) for n, (low, high) in enumerate(pairs, start=1)),
    )


@pytest.mark.parametrize(("objectives", "links"), [(500, 5_000), (sizes.MAP_POINTS + 1, 0)])
@pytest.mark.parametrize("name", ["svg", "html", "pdf", "docx", "pptx"])
def test_a_map_that_is_too_large_ends_in_a_sentence(objectives: int, links: int, name: str) -> None:
    with pytest.raises(DocumentFaultError) as caught:
        document_format(name).make(DocumentInput(large(objectives, links)))
    for language in ("en", "nl"):
        assert str(objectives) in say(caught.value.key, language, **caught.value.values)


@pytest.mark.parametrize(("objectives", "links"), [(sizes.MAP_POINTS, 0), (100, 100)])
def test_a_map_that_is_only_large_is_drawn(objectives: int, links: int) -> None:
    drawing = draw(large(objectives, links))
    assert len(drawing.boxes) == objectives
    assert len(drawing.routes) + len(drawing.left_out) == links


def tracks_slowly(runs: list[tuple[float, float]]) -> list[int | None]:
    """Assign tracks as the rules say it, each pair looked at anew for every run that waits."""
    turning = [at for at, (low, high) in enumerate(runs) if low != high]
    below: dict[int, dict[int, int]] = {at: {} for at in turning}
    beside: dict[int, set[int]] = {at: set() for at in turning}
    for one, other in permutations(turning, 2):
        (a, b), (c, d) = runs[one], runs[other]
        if min(a, b) < max(c, d) + NEAR and min(c, d) < max(a, b) + NEAR:
            beside[one].add(other)
            follows = (a < c) == (b < d) and (a < b) == (c < d) and (a < c) == (a < b)
            if urgency := 10 if abs(c - b) < NEAR else int(follows):
                below[one][other] = urgency
    tracks: dict[int, int] = {}
    waiting = list(turning)
    while waiting:
        chosen = min(waiting, key=lambda at: sum(n for one, n in below[at].items() if one in waiting))
        track = 1 + max((tracks[one] for one in below[chosen] if one in tracks), default=-1)
        while track in {tracks[one] for one in beside[chosen] if one in tracks}:
            track += 1
        tracks[chosen] = track
        waiting.remove(chosen)
    return [tracks.get(at) for at in range(len(runs))]


def test_tracks_are_those_that_the_rules_give() -> None:
    chance = random.Random(5)
    for _ in range(200):
        count = chance.randrange(1, 25)
        runs = [
            (float(chance.randrange(0, 200, 3)), float(chance.randrange(0, 200, 3))) for _ in range(count)
        ]
        assert tracks_of(runs) == tracks_slowly(runs), runs


def test_a_line_that_is_too_narrow_for_a_letter_has_it_all_the_same() -> None:
    assert lines_of("A big one", 0.5, most=10, size=10) == ("A", "b-", "i-", "g", "o-", "n-", "e")
