"""Provenance of a point for ``/why ID``: wordings, reasons, remarks and links behind it."""

from __future__ import annotations

from bsc_coach.interview.plan import Plan
from bsc_coach.words import say


def behind(plan: Plan, point: str) -> str:
    """Return the provenance of ``point`` as lines of text, or which ids there are when it is unknown."""
    from bsc_coach.documents.reports.explanation import explained, families
    from bsc_coach.interview.explanation import explain, points_like
    from bsc_coach.interview.projection import to_strategy

    explanation = explain(plan, point)
    if explanation is None:
        known = families(points_like(plan, point))
        return say("why.no_such_point", plan.language, name=point[:40], known=known)
    return "\n".join(explained(explanation, to_strategy(plan)))
