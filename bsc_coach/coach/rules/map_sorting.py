"""M49, M50: KPIs from before that lead nowhere, and a sorting in which nothing goes."""

from __future__ import annotations

from collections.abc import Iterator

from bsc_coach.coach.rule import Match, rule
from bsc_coach.coach.strategy_view import StrategyView
from bsc_coach.strategy.sorting import by_verdict, ends_nowhere


@rule("M49", "warn", "map", rests_on=("old_kpis[].verdict",), mended_at="old_kpis[].verdict")
def leads_nowhere(view: StrategyView) -> Iterator[Match]:
    """A KPI from before that goes into one that does not stay itself, or stays for no point of the map."""
    for old in ends_nowhere(view.strategy):
        yield Match(word=old.name or old.id, about=(old.id,))
    for old in by_verdict(view.strategy)["keep"]:
        if old.keeps_for not in view.points:
            yield Match(word=old.name or old.id, about=(old.id,), saying="for_none")


@rule("M50", "hint", "map", rests_on=("old_kpis[].verdict",), mended_at="old_kpis[].verdict")
def nothing_goes(view: StrategyView) -> Match | None:
    """Many KPIs from before, of which all that were sorted stay."""
    groups = by_verdict(view.strategy)
    stays = len(groups["keep"])
    if stays < view.lists.threshold("least_sorted") or groups["merge"] or groups["retire"]:
        return None
    return Match(values={"n": stays})
