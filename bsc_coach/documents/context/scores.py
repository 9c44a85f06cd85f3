"""Scores of process improvements: priority, quadrant, cluster; the long list and the vital few."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Literal

from bsc_coach.documents.context import sentences
from bsc_coach.documents.context.tables import Table, plain, text_or_none
from bsc_coach.documents.context.words import DocumentWords
from bsc_coach.strategy.model import CLUSTERS, Candidate, Cluster, Strategy
from bsc_coach.strategy.points import ProcessPoint, vital_few

Quadrant = Literal["concentrate", "protect", "low", "overkill"]

STRONG = 4
"""From this score on, influence counts as high and performance as good."""

_SCORE_FIELDS = (
    "cluster",
    "cluster_text",
    "subprocess",
    "subprocess_text",
    "influence",
    "performance",
    "priority",
    "quadrant",
    "quadrant_text",
    "scores_text",
    "votes_text",
    "evidence",
    "reason",
)


def quadrant(influence: int | None, performance: int | None) -> Quadrant | None:
    """Return where the two scores (1 to 5) stand in the importance-performance matrix."""
    if influence is None or performance is None:
        return None
    if influence >= STRONG:
        return "protect" if performance >= STRONG else "concentrate"
    return "overkill" if performance >= STRONG else "low"


def quadrant_text(place: Quadrant | None, speak: DocumentWords, *, chosen: bool) -> str | None:
    """Return a quadrant in words; nothing that speaks against what was ``chosen`` all the same."""
    if place is None or (chosen and place in ("low", "overkill")):
        return None
    return speak.choice("quadrant", place)


def judged(strategy: Strategy, speak: DocumentWords) -> tuple[Table, ...]:
    """Return the long list with scores, priority and quadrant; titled as its objective where it has one."""
    titles = {objective.id: text_or_none(objective.title) for objective in strategy.objectives}
    return tuple(_judge(candidate, titles.get(candidate.id), speak) for candidate in strategy.candidates)


def _judge(candidate: Candidate, objective_title: str | None, speak: DocumentWords) -> Table:
    told = plain(candidate, speak)
    told["title"] = objective_title or told["title"]
    if told["own_subprocess"]:
        told["subprocess_text"] = told["own_subprocess"]
    told["priority"] = candidate.priority
    told["quadrant"] = quadrant(candidate.influence, candidate.performance)
    told["quadrant_text"] = quadrant_text(told["quadrant"], speak, chosen=candidate.selected)
    told["scores_text"] = sentences.scores(told, speak)
    return told


def scores_in_words(strategy: Strategy, language: str) -> dict[str, str]:
    """Return by id what the scores of each candidate say, where it has both of them."""
    told = judged(strategy, DocumentWords(language))
    return {one["id"]: one["scores_text"] for one in told if one["scores_text"]}


def by_priority(candidates: Iterable[Table]) -> tuple[Table, ...]:
    """Return ``candidates`` with the highest priority first; without scores last, else as they came."""
    return tuple(sorted(candidates, key=lambda candidate: -(candidate["priority"] or 0)))


def clusters(strategy: Strategy, objectives: Iterable[Table], speak: DocumentWords) -> tuple[Table, ...]:
    """Return the four clusters, always all four, each with its objectives or why it has none."""
    known = {cluster.id: cluster for cluster in strategy.clusters}
    levers = tuple(filter(None, (sentences.growth_lever(one, speak) for one in strategy.growth_levers)))
    grouped = defaultdict(list)
    for objective in objectives:
        grouped[objective["cluster"]].append(objective)
    told = []
    for name in CLUSTERS:
        cluster = plain(known.get(name) or Cluster(id=name), speak)
        reason = cluster["empty_because"]
        empty = speak.say("sentence.cluster_empty", because=speak.because(reason)) if reason else None
        cluster["empty_text"] = empty
        cluster["objectives"] = tuple(grouped[name])
        cluster["growth_levers_text"] = levers if name == "customer" else ()
        told.append(cluster)
    return tuple(told)


def objectives(strategy: Strategy, candidates: Iterable[Table], speak: DocumentWords) -> tuple[Table, ...]:
    """The vital few with the scores of their candidates; the cluster is None where none claims one."""
    scored = {candidate["id"]: candidate for candidate in candidates}
    return tuple(_objective(point, scored.get(point.id), speak) for point in vital_few(strategy))


def _objective(point: ProcessPoint, candidate: Table | None, speak: DocumentWords) -> Table:
    table = plain(point.objective, speak)
    table.update({field: candidate[field] if candidate else None for field in _SCORE_FIELDS})
    table["title"] = table["title"] or (candidate["title"] if candidate else None)
    table["cluster"] = point.cluster
    table["cluster_text"] = speak.choice("cluster", point.cluster) if point.cluster else None
    return table
