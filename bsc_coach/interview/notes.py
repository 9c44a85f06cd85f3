"""What a document tells beside the strategy: open points, and what was overruled of the coach."""

from __future__ import annotations

from collections.abc import Iterator

from bsc_coach.interview.coaching import behind_rule, is_kept, rule_says
from bsc_coach.interview.navigation import title_of
from bsc_coach.interview.plan import Plan, Standing
from bsc_coach.interview.projection import about_of, question_of, value_in_words
from bsc_coach.script.model import ConfirmStep
from bsc_coach.strategy.notes import Kept, Muted, Notes, Point, PointKind
from bsc_coach.words import say


def to_notes(walk: Plan) -> Notes:
    """Return what a document tells beside the strategy: open points, kept remarks, confirmation."""
    points = [point for standing in walk.standings.values() if (point := _point(walk, standing)) is not None]
    last = walk.state.effective[-1].at.date().isoformat() if walk.state.effective else None
    confirms = [st for st in walk.standings.values() if isinstance(st.step, ConfirmStep)]
    confirmed = bool(confirms) and all(standing.disposition == "answered" for standing in confirms)
    muted = (Muted(rule=name, reason=fact.reason, by=fact.by) for name, fact in walk.state.muted.items())
    return Notes(
        session_date=last,
        points=tuple(points),
        kept=tuple(_kept(walk)),
        muted=tuple(muted),
        confirmed=confirmed,
    )


def _kept(walk: Plan) -> Iterator[Kept]:
    """Yield what stands against a remark of the coach, in the wording that it was kept in."""
    for (slot, rule), fact in walk.state.kept.items():
        standing = walk.standing(slot)
        if standing is None or not standing.active or standing.value is None:
            continue
        if is_kept(walk, standing, rule):
            # What came later may have silenced the rule; the reason was given, and is printed all the same.
            remark = rule_says(walk, standing, rule) or behind_rule(rule, walk.language)
            yield Kept(answer=value_in_words(walk, standing), remark=remark, reason=fact.reason, by=fact.by)


def _point(walk: Plan, standing: Standing) -> Point | None:
    kind = _kind_of_point(standing)
    if kind is None:
        return None
    fact = standing.fact
    section = walk.script.step(walk.script.section_of(standing.slot.step))
    return Point(
        kind=kind,
        section=title_of(walk, section),
        question=question_of(walk, standing.slot),
        about=about_of(walk, standing.slot),
        answer=value_in_words(walk, standing) or None,
        reason=_reason_of_point(walk, standing),
        owner=(fact.owner or None) if fact is not None else None,
        due=(fact.due or None) if fact is not None else None,
        by=(fact.by or None) if fact is not None else None,
        on=fact.at.date().isoformat() if fact is not None else None,
    )


def _reason_of_point(walk: Plan, standing: Standing) -> str | None:
    """Return the reason that was given, or why the answer needs another look."""
    if standing.stale_because:
        changed = ", ".join(dict.fromkeys(question_of(walk, slot) for slot in standing.stale_because))
        return say("interview.stale_because", walk.language, questions=changed)
    if standing.refusals:
        return standing.refusals[0].sentence(walk.language)
    return (standing.fact.reason or None) if standing.fact is not None else None


def _kind_of_point(standing: Standing) -> PointKind | None:
    """Return in which way a slot is not simply answered, or None when it is or does not apply."""
    if isinstance(standing.step, ConfirmStep) or standing.relevance == "dormant":
        return None
    if standing.relevance == "pending":
        return "waiting" if standing.disposition == "answered" else None
    if standing.disposition in ("parked", "declined"):
        return "parked" if standing.disposition == "parked" else "declined"
    if standing.refusals:
        return "broken"
    if standing.stale:
        return "stale"
    return "open" if standing.disposition == "open" and not standing.step.optional else None
