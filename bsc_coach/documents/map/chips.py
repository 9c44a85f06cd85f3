"""Chips of the map: what is told in a box below its title, of its KPI and of its owner."""

from __future__ import annotations

from collections.abc import Mapping

from bsc_coach.documents.context.now import now
from bsc_coach.documents.context.words import DocumentWords
from bsc_coach.strategy.measures import Kpi
from bsc_coach.strategy.model import Strategy
from bsc_coach.strategy.points import map_points
from bsc_coach.text import clean, one_line
from bsc_coach.words import say

Chips = Mapping[str, tuple[str, ...]]
"""By the id of a point, its chips from top to bottom."""


def chips_of(strategy: Strategy) -> Chips:
    """Return of every point where its first KPI stands and is to go, and who owns it."""
    speak = DocumentWords.of(strategy)
    kpis: dict[str, Kpi] = {}
    for kpi in strategy.kpis:
        kpis.setdefault(kpi.measures, kpi)
    found = {}
    for point in map_points(strategy):
        told = (_of_kpi(kpis.get(point.id), speak), one_line(clean(point.owner or "").text))
        found[point.id] = tuple(one for one in told if one)
    return found


def _of_kpi(kpi: Kpi | None, speak: DocumentWords) -> str:
    """Return the way of a KPI in figures, or its name while it has none."""
    if kpi is None:
        return ""
    if kpi.target is None:
        return one_line(clean(kpi.name or "").text)
    unit = one_line(clean(kpi.unit or "").text)
    target = speak.amount(kpi.target, unit)
    here = now(kpi).value
    if here is None:
        return say("map.chip.target", speak.language, target=target)
    return say("map.chip.way", speak.language, now=speak.number(here), target=target)
