"""M47, M48: what everybody's ballots are far apart about, and nobody has spoken about."""

from __future__ import annotations

from collections.abc import Iterator

from bsc_coach.coach.lexicon.matcher import readable
from bsc_coach.coach.rule import Match, rule
from bsc_coach.coach.strategy_view import StrategyView
from bsc_coach.strategy.model import Candidate, Strategy
from bsc_coach.strategy.voted import CONFIDENCE, TALKED_ABOUT_FIRST, VotedPoint, disputed, voted_points
from bsc_coach.words import say


@rule("M47", "warn", "map", mended_at="candidates[].reason")
def dissent_unspoken(view: StrategyView) -> Iterator[Match]:
    """The two of the vital few with the most dissent about which nothing was said."""
    votes = voted_points(view.strategy)
    candidates = {one.id: one for one in view.strategy.candidates if one.id in view.by_id}
    most: dict[str, VotedPoint] = {}
    for point in disputed(one for one in votes if one.item in candidates):
        most.setdefault(point.item, point)
    silent = [one for one in most.values() if not _was_said(candidates[one.item], view.strategy)]
    for point in silent[:TALKED_ABOUT_FIRST]:
        word = view.titles.get(point.item) or candidates[point.item].title or ""
        yield Match(word=word, about=(point.item,), values=_numbers(point, view))


def _was_said(candidate: Candidate, strategy: Strategy) -> bool:
    """Tell whether anything was said about a candidate: a reason, what was seen, a sentence with its name."""
    clusters = {one.id: one for one in strategy.clusters}
    cluster = clusters.get(candidate.cluster) if candidate.cluster else None
    heard = [cluster.said if cluster is not None else None]
    heard += [told for one in strategy.decisions for told in (one.title, one.reason, one.dissent)]
    names = [readable(name) for name in (candidate.id, candidate.title) if name]
    sentences = [f" {readable(one)} " for one in heard if one]
    is_named = any(f" {name} " in sentence for name in names for sentence in sentences)
    return is_named or any((told or "").strip() for told in (candidate.reason, candidate.evidence))


@rule("M48", "hint", "map", misses=("links[].seen_in",), mended_at="links[].seen_in")
def sureness_apart(view: StrategyView) -> Iterator[Match]:
    """A link that some are sure of and others call a guess, without a sign by which it would show."""
    votes = {one.item: one for one in disputed(voted_points(view.strategy)) if one.field == CONFIDENCE}
    signs = {one.id: (one.seen_in or "").strip() for one in view.strategy.links}
    heard = f" {readable(view.strategy.agreement.links_said or '')} "
    for link in view.links:
        point = votes.get(link.id)
        if point is None or signs[link.id] or f" {readable(link.id)} " in heard:
            continue
        if (min(point.numbers), max(point.numbers)) == (point.low, point.high):
            yield Match(about=link.about, values={**_numbers(point, view), **link.ends})


def _numbers(point: VotedPoint, view: StrategyView) -> dict[str, object]:
    decimal = say("document.format.decimal", view.context.language)
    return {"n": point.n, "spread": f"{point.spread or 0:.2f}".replace(".", decimal)}
