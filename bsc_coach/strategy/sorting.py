"""The KPIs that were there before: what became of each, and which points of the map no KPI watches yet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

from bsc_coach.strategy.measures import Kpi, OldKpi
from bsc_coach.strategy.model import Strategy
from bsc_coach.strategy.points import MapPoint, map_points
from bsc_coach.text import normal

Verdict = Literal["keep", "merge", "retire", "later", "unsorted"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
"""In the order in which they are told; what nobody has judged yet comes last."""

_WATCHED = frozenset(("objective", "outcome", "enabler"))


def verdict_of(old: OldKpi) -> Verdict:
    """Return what becomes of a KPI that was there before."""
    return old.verdict or "unsorted"


def by_verdict(strategy: Strategy) -> Mapping[Verdict, tuple[OldKpi, ...]]:
    """Return the KPIs that were there before by what becomes of them; each in the order of its list."""
    return {
        verdict: tuple(old for old in strategy.old_kpis if verdict_of(old) == verdict) for verdict in VERDICTS
    }


def kept_for(strategy: Strategy, point: str) -> tuple[OldKpi, ...]:
    """Return the old KPIs that go on measuring a point of the map."""
    kept = (old for old in strategy.old_kpis if old.verdict == "keep")
    return tuple(old for old in kept if old.keeps_for == point)


def goes_on_as(strategy: Strategy, old: OldKpi) -> Kpi | None:
    """Return the KPI of the same name that an old one goes on as at its point, once there is one."""
    if old.verdict != "keep" or old.keeps_for is None or not old.name:
        return None
    here = (kpi for kpi in strategy.kpis if kpi.measures == old.keeps_for)
    return next((kpi for kpi in here if normal(kpi.name or "") == normal(old.name)), None)


def ends_nowhere(strategy: Strategy) -> tuple[OldKpi, ...]:
    """Return the old KPIs that go into one that is retired itself, or, round and round, into themselves."""
    known = {old.id: old for old in strategy.old_kpis}

    def is_lost(old: OldKpi) -> bool:
        seen = {old.id}
        while old.verdict == "merge" and old.merged_into in known:
            old = known[old.merged_into]
            if old.id in seen:
                return True
            seen.add(old.id)
        return old.verdict == "retire"

    return tuple(old for old in strategy.old_kpis if old.verdict == "merge" and is_lost(old))


def watched(strategy: Strategy) -> tuple[MapPoint, ...]:
    """Return the points of the map that want a KPI: outcomes, objectives, and enablers where it has any."""
    return tuple(one for one in map_points(strategy) if one.kind in _WATCHED)


def without_kpi(strategy: Strategy) -> tuple[MapPoint, ...]:
    """Return the points that want a KPI and that none measures, neither a new one nor one that stays."""
    measured = {kpi.measures for kpi in strategy.kpis}
    measured |= {old.keeps_for for old in strategy.old_kpis if old.verdict == "keep" and old.keeps_for}
    return tuple(one for one in watched(strategy) if one.id not in measured)
