"""What a document tells of ballots beside the strategy: their scale, what was reworded since, and names."""

from __future__ import annotations

from collections import Counter

from bsc_coach.interview.outcomes import one_in_words, scale_at
from bsc_coach.interview.plan import Plan, SlotStatus
from bsc_coach.script.model import BallotStep
from bsc_coach.strategy.agreement import FEWEST
from bsc_coach.strategy.notes import NamedBallot, Voted


def voted(plan: Plan) -> tuple[Voted, ...]:
    """Return for each field with ballots how they were given, in the order of asking."""
    by_field: dict[str, list[SlotStatus]] = {}
    for status in plan.statuses.values():
        if isinstance(status.step, BallotStep) and status.active and isinstance(status.value, tuple):
            by_field.setdefault(status.step.field or status.step.id, []).append(status)
    return tuple(_voted(plan, field, together) for field, together in by_field.items())


def _voted(plan: Plan, field: str, together: list[SlotStatus]) -> Voted:
    scales = [scale for status in together if (scale := scale_at(plan, status.slot)) is not None]
    return Voted(
        field=field,
        low=min(scale.low for scale in scales),
        high=max(scale.high for scale in scales),
        stale=tuple(_name(plan, field, status) for status in together if status.stale),
        named=tuple(one for status in together for one in named_at(plan, status)),
    )


def _name(plan: Plan, field: str, status: SlotStatus) -> str:
    """Return what a ballot is about: the short id of its point, or its field."""
    item = status.slot.item
    return field if item is None else plan.state.shorts.get(item, item)


def named_at(plan: Plan, status: SlotStatus) -> tuple[NamedBallot, ...]:
    """Return who gave which ballot, as long as these are the ballots that count.

    Of fewer than four nobody learns more than their mean.
    """
    value, names = status.value, plan.state.named.get(status.slot, {})
    if not isinstance(value, tuple) or len(value) < FEWEST or Counter(names.values()) - Counter(value):
        return ()
    about = _name(plan, status.step.field or status.step.id, status)
    return tuple(
        NamedBallot(item=about, name=name, ballot=one_in_words(plan, status.slot, ballot))
        for name, ballot in sorted(names.items())
    )
