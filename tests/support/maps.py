"""Strategy maps for tests: any that a team could have in hand half way, sensible or not."""

from __future__ import annotations

import random
from itertools import pairwise

from hypothesis import strategies as st

from bsc_coach.strategy.model import (
    CLUSTERS,
    Candidate,
    Cluster,
    ClusterId,
    Enabler,
    Link,
    Mission,
    Objective,
    Organisation,
    Outcome,
    Promise,
    Strategy,
)
from tests.support.hostile import hostile_text

LETTERS: dict[ClusterId, str] = {"operations": "O", "customer": "CM", "innovation": "I", "social": "S"}
TITLES = (
    None,
    "",
    "Shorten the wait for a first specialist visit",
    "Leverbetrouwbaarheidsverbeteringsprogrammaatje",
    "W" * 60,
    "x" * 900,
    "الانتظار أقصر من أسبوعين لكل مريض",
    "缩短首次专科就诊的等待时间并降低每次治疗的费用",
    "👩‍👩‍👧‍👦 families 🏥 first",
    "e\u0301" * 40,
    '<script>alert("1")</script>',
)
WORDS = (
    "Shorten the wait for a first visit",
    "Verbeter de leverbetrouwbaarheid",
    "Keep experienced nurses on the wards",
)
titles = st.one_of(st.sampled_from(TITLES), hostile_text)
horizons = st.sampled_from((None, "short", "medium", "long"))


@st.composite
def maps(draw: st.DrawFn, texts: st.SearchStrategy[str | None] = titles) -> Strategy:
    """Any map of up to about thirty points: with circles, ends that are missing, empty bands and clusters."""
    counts = {letter: draw(st.integers(0, 4)) for letter in ("M", "F", "C", "L", *LETTERS.values())}
    ids = {letter: [f"{letter}{n + 1}" for n in range(count)] for letter, count in counts.items()}
    known = [one for some in ids.values() for one in some]
    ends = st.sampled_from([*known, "O99", None])
    pairs = draw(st.lists(st.tuples(ends, ends), max_size=30))
    return Strategy(
        language=draw(st.sampled_from(("en", "nl"))),
        organisation=Organisation(name=draw(texts), kind=draw(st.sampled_from((None, "public", "business")))),
        missions=tuple(Mission(id=one, title=draw(texts), horizon=draw(horizons)) for one in ids["M"]),
        outcomes=tuple(Outcome(id=one, title=draw(texts), horizon=draw(horizons)) for one in ids["F"]),
        promises=tuple(Promise(id=one, title=draw(texts), horizon=draw(horizons)) for one in ids["C"]),
        clusters=tuple(Cluster(id=one, empty_because=draw(texts)) for one in CLUSTERS),
        candidates=tuple(
            Candidate(id=one, cluster=cluster, title=draw(texts), selected=draw(st.booleans()))
            for cluster, letters in LETTERS.items()
            for one in ids[letters]
        ),
        objectives=tuple(
            Objective(id=one, title=draw(texts), horizon=draw(horizons))
            for letters in LETTERS.values()
            for one in ids[letters][::2]
        ),
        enablers=tuple(Enabler(id=one, title=draw(texts), horizon=draw(horizons)) for one in ids["L"]),
        links=tuple(
            Link(
                id=f"K{n + 1}",
                cause=cause,
                effect=effect,
                because=draw(texts),
                confidence=draw(st.sampled_from((None, "low", "medium", "high"))),
            )
            for n, (cause, effect) in enumerate(pairs)
        ),
    )


def linked(*pairs: tuple[str | None, str | None], **more: object) -> Strategy:
    """Return a small map with these links: two objectives, one of each other kind, and ``more``."""
    made = Strategy(
        outcomes=(Outcome(id="F1", title="Fund our own renewal"),),
        promises=(Promise(id="C1", title="See me within two weeks"),),
        objectives=(
            Objective(id="O1", title="Shorten the wait", horizon="short"),
            Objective(id="O2", title="Prevent harmful errors", horizon="long"),
        ),
        enablers=(Enabler(id="L1", title="Ward teams run their own huddle"),),
        links=tuple(Link(id=f"K{n + 1}", cause=one, effect=two) for n, (one, two) in enumerate(pairs)),
    )
    return made.model_copy(update=more)


def crowded(points: int, links: int) -> Strategy:
    """Return a map of so many points in all bands, and links by chance from each band to the next."""
    chance = random.Random(f"{points} {links}")
    bands = (("L",), tuple(LETTERS.values()), ("C",), ("F",))
    letters = [letter for band in bands for letter in band]
    names: dict[str, list[str]] = {letter: [] for letter in letters}
    for n in range(points):
        letter = letters[n % len(letters)]
        names[letter].append(f"{letter}{len(names[letter]) + 1}")
    whole = [[name for letter in band for name in names[letter]] for band in bands]
    pairs = [(low, high) for lower, upper in pairwise(whole) for low in lower for high in upper]
    titles = {name: f"{chance.choice(WORDS)} in {name}" for band in whole for name in band}
    return Strategy(
        outcomes=tuple(Outcome(id=name, title=titles[name]) for name in names["F"]),
        promises=tuple(Promise(id=name, title=titles[name]) for name in names["C"]),
        candidates=tuple(
            Candidate(id=name, cluster=cluster, selected=True)
            for cluster, letter in LETTERS.items()
            for name in names[letter]
        ),
        objectives=tuple(Objective(id=name, title=titles[name]) for name in whole[1]),
        enablers=tuple(Enabler(id=name, title=titles[name]) for name in names["L"]),
        links=tuple(
            Link(id=f"K{n}", cause=low, effect=high)
            for n, (low, high) in enumerate(chance.sample(pairs, links), start=1)
        ),
    )
