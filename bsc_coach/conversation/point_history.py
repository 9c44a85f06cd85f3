"""Provenance of a point for ``/why ID`` and ``why``: wordings, reasons, remarks and links behind it.

A point that was taken over has a longer history: what the older sessions know of it, where they are at hand.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bsc_coach.errors import BscCoachError
from bsc_coach.session.session import JOURNAL, Session, open_session
from bsc_coach.words import say

if TYPE_CHECKING:
    from bsc_coach.strategy.explanation import Explanation
    from bsc_coach.strategy.model import Strategy


def behind(session: Session, point: str) -> str:
    """Return the provenance of ``point`` as lines of text, or which ids there are when it is unknown."""
    from bsc_coach.documents.reports.explanation import explained, explained_earlier, families
    from bsc_coach.interview.explanation import explain, points_like
    from bsc_coach.interview.projection import to_strategy

    plan = session.plan
    explanation = explain(plan, point)
    if explanation is None:
        known = families(points_like(plan, point))
        return say("why.no_such_point", plan.language, name=point[:40], known=known)
    lines = [*explained(explanation, to_strategy(plan))]
    for earlier, strategy in in_older_sessions(session, explanation):
        lines += explained_earlier(earlier, strategy)
    return "\n".join(lines)


def in_older_sessions(session: Session, explanation: Explanation) -> Iterator[tuple[Explanation, Strategy]]:
    """Yield what the sessions know that a point was taken over from, as far back as they are at hand."""
    from bsc_coach.interview.explanation import explain

    seen, language = {session.folder.resolve()}, session.plan.language
    while explanation.taken_over is not None:
        fact = session.state.taken_over
        folder = (session.folder / fact.folder).resolve() if fact is not None and fact.folder else None
        if folder is None or folder in seen or not (folder / JOURNAL).exists():
            return
        seen.add(folder)
        try:
            session = open_session(folder, session.environment, read_only=True)
        except BscCoachError:
            return  # what cannot be opened knows nothing here; opening it says why
        session.close()
        spoken = language if language in session.script.header.languages else session.plan.language
        found = explain(session.plan.for_documents(spoken), explanation.id)
        if found is None:
            return
        explanation = found
        yield found, session.strategy(spoken)
