"""How good each part of the map is: what is there, what holds, what is settled; never one number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from bsc_coach.derived import once
from bsc_coach.interview.navigation import Progress, progress
from bsc_coach.interview.open_findings import open_findings
from bsc_coach.interview.plan import Plan
from bsc_coach.interview.projection import to_strategy
from bsc_coach.strategy.soundness import PartStanding, parts_of_map


@dataclass(frozen=True)
class QualityMark:
    """What is known of one part of the map."""

    part: PartStanding
    title: str
    remarks: Mapping[str, int]
    """How many remarks of the coach are open about each of its points that there are any about."""
    settled: Progress
    """How far the answers about its points are."""


@once
def quality_marks(plan: Plan) -> tuple[QualityMark, ...]:
    """Return the marks of the parts of the map, from its top to its bottom; none while nothing is on it."""
    strategy = to_strategy(plan)
    point_of = {kpi.id: kpi.measures for kpi in strategy.kpis}
    remarks: Counter[str] = Counter()
    for one in open_findings(plan):
        remarks.update({point_of.get(name, name) for name in one.finding.about})
    marks = []
    for part in parts_of_map(strategy):
        ids = [point.id for point in part.points]
        items = {plan.state.item_by_name(one) for one in ids}
        about = (
            status for status in plan.statuses.values() if any(item in items for _, item in status.slot.frame)
        )
        marks.append(
            QualityMark(
                part,
                part.called(strategy),
                {one: remarks[one] for one in ids if remarks[one]},
                progress(about),
            )
        )
    return tuple(marks)
