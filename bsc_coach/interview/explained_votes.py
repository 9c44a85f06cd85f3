"""Votes behind one point: each time everybody voted on it, and what the talk made of that afterwards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bsc_coach.interview.conditions import slot_in_frame
from bsc_coach.interview.facts.answers import SlotAnswered
from bsc_coach.interview.outcomes import ballots_in_words, scale_at, sound_ballots, spread_of
from bsc_coach.interview.plan import Plan, SlotStatus
from bsc_coach.interview.projection import question_of, value_in_words
from bsc_coach.interview.texts import text_of
from bsc_coach.interview.voted import named_at
from bsc_coach.script.model import BallotStep, CollectStep
from bsc_coach.script.slots import ItemId, Slot, StepId
from bsc_coach.strategy.agreement import mean
from bsc_coach.strategy.explanation import VoteHistory, VoteTaken


def told_apart(plan: Plan) -> frozenset[StepId]:
    """Return the steps whose answers are told as ballots or originals, and not with what else was said."""
    originals = {step.originals for step in plan.script.asked() if isinstance(step, CollectStep)}
    ballots = {step.id for step in plan.script.asked() if isinstance(step, BallotStep)}
    return frozenset(ballots | {one for one in originals if one is not None})


def votes_about(plan: Plan, item: ItemId) -> tuple[VoteHistory, ...]:
    """Return all that was voted on about an item, in the order of asking."""
    found = []
    for slot, status in plan.statuses.items():
        if isinstance(status.step, BallotStep) and slot.item == item:
            taken = tuple(_taken(plan, slot))
            found += [_voted(plan, status, taken)] if taken else []
    return tuple(found)


def _taken(plan: Plan, slot: Slot) -> Iterator[VoteTaken]:
    """Yield each time that ballots were given at a slot, also where that was taken back."""
    scale = scale_at(plan, slot)
    effective = {action.id for action in plan.state.effective}
    for action in plan.state.actions:
        for event in action.do:
            if isinstance(event, SlotAnswered) and event.slot == slot and isinstance(event.value, tuple):
                ballots = sound_ballots(plan, slot, event.value)
                is_number = scale is not None and not scale.choices and bool(ballots)
                apart = spread_of(plan, slot, ballots)
                yield VoteTaken(
                    at=action.at.isoformat(timespec="seconds"),
                    n=len(ballots),
                    mean=round(mean([float(one) for one in ballots]), 2) if is_number else None,
                    spread=None if apart is None else round(apart, 2),
                    outcome=ballots_in_words(plan, slot, ballots),
                    undone=action.id not in effective,
                )


def _voted(plan: Plan, status: SlotStatus, taken: Sequence[VoteTaken]) -> VoteHistory:
    slot, prepares = status.slot, plan.script.prepared.get(status.step.id)
    answered = None if prepares is None else plan.status(slot_in_frame(plan.script, prepares.id, slot.frame))
    voted = status.fact.number if status.fact is not None else 0
    fact = answered.fact if answered is not None else None
    is_after = answered is not None and fact is not None and fact.number >= voted
    return VoteHistory(
        asked=text_of(plan, status.step, slot.frame, "short") or question_of(plan, slot),
        taken=tuple(taken),
        stale=status.stale,
        afterwards=(value_in_words(plan, answered) or None) if answered is not None and is_after else None,
        talked=fact is not None and fact.number > voted,
        named=named_at(plan, status),
    )
