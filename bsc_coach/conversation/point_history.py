"""What is behind a point of the session, told in the talk."""

from __future__ import annotations

from bsc_coach.interview.plan import Plan
from bsc_coach.words import say


def behind(plan: Plan, point: str) -> str:
    """Return what is behind ``point`` as lines, or which points there are when there is none such."""
    from bsc_coach.documents.reports.explanation import explained, families
    from bsc_coach.interview.explanation import explain, points_like
    from bsc_coach.interview.projection import to_strategy

    found = explain(plan, point)
    if found is None:
        known = families(points_like(plan, point))
        return say("why.no_such_point", plan.language, name=point[:40], known=known)
    return "\n".join(explained(found, to_strategy(plan)))
