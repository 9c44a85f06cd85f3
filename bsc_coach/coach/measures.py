"""What the coach says of one KPI: the rules K01 to K30."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from bsc_coach.coach.catalogue import finding, rules_of
from bsc_coach.coach.context import RuleContext
from bsc_coach.coach.kpi_sheet import KpiSheet
from bsc_coach.coach.rule import Finding, Match
from bsc_coach.coach.strategy_view import StrategyView
from bsc_coach.strategy.model import Kpi, Strategy


def check_kpi(
    kpi: Kpi, context: RuleContext, strategy: Strategy | None = None, *, asked: Collection[str] | None = None
) -> tuple[Finding, ...]:
    """Return what the coach says of ``kpi``, most serious first.

    With ``strategy`` the KPI is also compared with its objective and the other KPIs; without, the rules
    that need those are silent. ``asked`` names the fields that could have been filled, where that is not
    the whole definition sheet: an absent guard means nothing where nobody asked for one.
    """
    view = StrategyView(strategy, context) if strategy is not None else None
    return look_at(KpiSheet(kpi, context, view, None if asked is None else frozenset(asked)))


def look_at(sheet: KpiSheet) -> tuple[Finding, ...]:
    """Return what every rule on KPIs says of one, most serious first."""
    found = []
    for one in rules_of("kpi"):
        hit = one.look(sheet)
        if isinstance(hit, Match):
            about = hit.about or (sheet.kpi.id,)
            found.append(finding(one.id, replace(hit, about=about), sheet.context.language))
    return tuple(sorted(found, key=lambda remark: (remark.rank, remark.rule)))
