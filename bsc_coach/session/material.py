"""All that documents are made from, of a plan: strategy, notes, minutes and paper, in its language."""

from __future__ import annotations

from bsc_coach.documents.formats import DocumentInput
from bsc_coach.interview.minutes import to_minutes
from bsc_coach.interview.notes import to_notes
from bsc_coach.interview.paper import to_paper
from bsc_coach.interview.plan import Plan
from bsc_coach.interview.projection import to_strategy


def material_of(plan: Plan) -> DocumentInput:
    """Return what documents are made from; the plan is one in their language."""
    return DocumentInput(to_strategy(plan), to_notes(plan), to_minutes(plan), to_paper(plan))
