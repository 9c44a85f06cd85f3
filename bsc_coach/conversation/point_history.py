"""Provenance of a point for ``/why ID`` and ``why``: wordings, reasons, remarks and links behind it.

A point that was taken over has a longer history: what the older sessions know of it, where they are at hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bsc_coach.errors import BscCoachError
from bsc_coach.session.opening import open_session
from bsc_coach.session.owned_files import STRATEGY, digest_of_bytes, read_strategy_file
from bsc_coach.session.session import Session
from bsc_coach.words import say

if TYPE_CHECKING:
    from bsc_coach.strategy.explanation import Explanation
    from bsc_coach.strategy.model import Strategy


def behind(session: Session, point: str) -> str:
    """Return the provenance of ``point`` as lines of text, or which ids there are when it is unknown."""
    from bsc_coach.documents.reports.explanation import explained, families
    from bsc_coach.interview.explanation import explain, points_like
    from bsc_coach.interview.projection import to_strategy

    plan = session.plan
    explanation = explain(plan, point)
    if explanation is None:
        known = families(points_like(plan, point))
        return say("why.no_such_point", plan.language, name=point[:40], known=known)
    older = in_older_sessions(session, explanation)
    return "\n".join((*explained(explanation, to_strategy(plan)), *told_by(older, plan.language)))


@dataclass(frozen=True)
class OlderSession:
    """A session that a point was taken over from, and what it knows of the point, where it is at hand."""

    folder: str
    """As the younger session names it."""
    explanation: Explanation | None = None
    strategy: Strategy | None = None
    changed: bool = False
    """Whether it is not as it was when it was taken over."""


def told_by(older: Iterable[OlderSession], language: str) -> Iterator[str]:
    """Yield what older sessions know of a point as lines, and which of them are not at hand."""
    from bsc_coach.documents.reports.explanation import explained_earlier

    for one in older:
        if one.explanation is None or one.strategy is None:
            yield from ("", say("why.older_missing", language, folder=one.folder))
            continue
        if one.changed:
            yield from ("", say("why.older_changed", language, folder=one.folder))
        yield from explained_earlier(one.explanation, one.strategy)


def in_older_sessions(session: Session, explanation: Explanation) -> Iterator[OlderSession]:
    """Yield the sessions that a point was taken over from, as far back as they are at hand."""
    from bsc_coach.interview.explanation import explain

    seen, language = {session.folder.resolve()}, session.plan.language
    while explanation.taken_over is not None:
        fact = session.state.taken_over
        if fact is None or not fact.folder:
            return
        folder = (session.folder / fact.folder).resolve()
        if folder in seen:
            return
        seen.add(folder)
        try:
            session = open_session(folder, session.environment, read_only=True)
        except BscCoachError:
            yield OlderSession(fact.folder)
            return
        session.close()
        spoken = language if language in session.script.header.languages else session.plan.language
        found = explain(session.plan.for_documents(spoken), explanation.id)
        if found is None:
            yield OlderSession(fact.folder)
            return
        explanation = found
        changed = fact.digest not in _digests(session)
        yield OlderSession(fact.folder, found, session.strategy(spoken), changed)


def _digests(session: Session) -> set[str]:
    """Return the digests of the strategy.toml of a session: as it lies there, and as it would be written."""
    from bsc_coach.strategy.toml import write_toml

    written = write_toml(session.strategy(), session.notes()).encode()
    lying = read_strategy_file(session.folder / STRATEGY, session.disk)
    return {digest_of_bytes(data) for data in (written, lying) if data is not None}
