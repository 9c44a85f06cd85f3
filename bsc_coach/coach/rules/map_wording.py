"""M24, M25, M32, M41: points of the map that repeat each other, are vague, or stand in another's place."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator

from bsc_coach.coach.lexicon.matcher import readable
from bsc_coach.coach.rule import Match, rule
from bsc_coach.coach.strategy_view import StrategyView
from bsc_coach.strategy.model import CLUSTERS, ClusterId
from bsc_coach.strategy.points import ProcessPoint


@rule("M24", "warn", "map")
def nearly_same_wording(view: StrategyView) -> Iterator[Match]:
    """Two objectives in nearly the same words."""
    least = view.lists.threshold("same_thing")
    stems = {one.id: view.lists.content(readable(one.title)) for one in view.chosen}
    common = Counter(stem for those in stems.values() for stem in those)
    seen: dict[str, list[ProcessPoint]] = defaultdict(list)
    for one in view.chosen:
        mine = sorted(stems[one.id], key=lambda stem: (common[stem], stem))
        # Two sets that overlap that much share one of their rarest few: only those are looked up.
        rarest = mine[: len(mine) - math.ceil(len(mine) * least) + 1]
        twin = next(
            (
                other
                for stem in rarest
                for other in seen[stem]
                if _overlaps(stems[one.id], stems[other.id], least)
            ),
            None,
        )
        if twin is not None:
            yield Match(about=(one.id, twin.id), values={"one": one.title, "other": twin.title})
        for stem in rarest:
            seen[stem].append(one)


def _overlaps(some: frozenset[str], others: frozenset[str], least: float) -> bool:
    """Tell whether the words in common are at least a share of all the words of both."""
    if min(len(some), len(others)) < max(len(some), len(others)) * least - 1e-9:
        return False
    shared = len(some & others)
    return shared >= (len(some) + len(others) - shared) * least - 1e-9


@rule("M25", "hint", "map")
def speaks_of_other_cluster(view: StrategyView) -> Iterator[Match]:
    """An objective whose words belong to another cluster."""
    for one in view.chosen:
        if one.cluster is None or _speaks_of(one.cluster, one, view):
            continue
        for cluster in CLUSTERS:
            if cluster != one.cluster and (word := _speaks_of(cluster, one, view)):
                values = {"cluster": view.label("cluster", cluster)}
                yield Match(word=word, about=(one.id,), values=values)
                break


def _speaks_of(cluster: ClusterId, one: ProcessPoint, view: StrategyView) -> str:
    return view.lists.find(f"cluster_{cluster}", readable(one.title))


@rule("M32", "warn", "map")
def vague_or_loose_enabler(view: StrategyView) -> Iterator[Match]:
    """An enabler that does not say which skill, or is not linked to a process that needs it."""
    enabling = view.reaching(view.in_row("process"))
    for one in view.strategy.enablers:
        title = readable(one.title)
        telling = view.lists.content(title)
        vague = bool(telling) and not telling - view.lists.stems("vague_enablers")
        if vague or one.id not in enabling:
            yield Match(word=one.title or "", about=(one.id,))


@rule("M41", "hint", "map")
def only_the_law(view: StrategyView) -> Iterator[Match]:
    """Social objectives that ask no more than the law does."""
    social = view.by_cluster.get("social", ())
    if social and all(view.lists.find("compliance", readable(one.title)) for one in social):
        yield Match(word=social[0].title, about=tuple(one.id for one in social))
