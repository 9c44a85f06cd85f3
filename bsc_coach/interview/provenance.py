"""Where the answers of a session come from: when it was held, how much was said, what was taken over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from bsc_coach.derived import once
from bsc_coach.interview.facts.answers import ANSWERS, AnswerAffirmed, SlotAnswered
from bsc_coach.interview.facts.coaching import COACHING
from bsc_coach.interview.facts.lists import LISTS, ItemAdded
from bsc_coach.interview.facts.log import ELSEWHERE, TAKEN, Action
from bsc_coach.interview.facts.provenance import TookOver
from bsc_coach.interview.facts.session import ActionRedone, ActionUndone
from bsc_coach.interview.navigation import entry_of
from bsc_coach.interview.plan import Plan, SlotStatus
from bsc_coach.interview.state import State
from bsc_coach.script.model import CollectStep
from bsc_coach.script.slots import ItemId, StepId

if TYPE_CHECKING:
    from bsc_coach.strategy.notes import Sitting, TakenOver

LONGEST_BREAK = timedelta(hours=4)
"""A longer gap between two answers is the end of a sitting."""
_SAYS_SOMETHING = frozenset((*ANSWERS.events, *LISTS.events, *COACHING.events))
"""Events about the strategy; those of the time, the script and of undo are about the session."""
_ANSWERS = frozenset((SlotAnswered, AnswerAffirmed, ItemAdded))


def answers_given(state: State) -> int:
    """Return how many answers count that were given in the talk: what was handed in at once is one.

    What was put off, declined, passed or closed is none, nor what was taken over or edited by hand.
    """
    return sum(_is_answer(action) for action in state.effective)


def beginnings_with(log: Sequence[Action], n: int) -> Iterator[Sequence[Action]]:
    """Yield the beginnings of a log after which ``n`` answers counted, the longest first."""
    counted: list[bool] = []
    """For each action that counts so far, whether it is an answer."""
    undone: list[bool] = []
    ends: list[int] = []
    for at, action in enumerate(log, start=1):
        event = action.do[0] if action.do else None
        if isinstance(event, ActionUndone | ActionRedone):
            giving, taking = (counted, undone) if isinstance(event, ActionUndone) else (undone, counted)
            taking.extend([giving.pop()] if giving else [])
        elif not action.holds_always:
            counted.append(_is_answer(action))
        if sum(counted) == n:
            ends.append(at)
    yield from (log[:end] for end in reversed(ends))


def last_said(state: State) -> Action | None:
    """Return the last action that says something of the strategy; None while all there is was taken over."""
    return next((one for one in reversed(state.effective) if one.source != TAKEN and _says(one)), None)


def sittings(state: State) -> tuple[Sitting, ...]:
    """Return when the session was held: from the first thing said to the last before a long break."""
    from bsc_coach.strategy.notes import Sitting

    said = [action for action in state.actions if action.source not in ELSEWHERE and _says(action)]
    counting = {action.id for action in state.effective}
    return tuple(
        Sitting(
            begin=together[0].at.isoformat(timespec="seconds"),
            end=together[-1].at.isoformat(timespec="seconds"),
            answers=sum(one.id in counting and _is_answer(one) for one in together),
        )
        for together in _between_breaks(said)
    )


def _between_breaks(said: Sequence[Action]) -> Iterator[Sequence[Action]]:
    begin = 0
    for at in range(1, len(said) + 1):
        if at == len(said) or said[at].at - said[at - 1].at > LONGEST_BREAK:
            yield said[begin:at]
            begin = at


def _says(action: Action) -> bool:
    return any(type(event) in _SAYS_SOMETHING for event in action.do)


def _is_answer(action: Action) -> bool:
    answered = any(type(event) in _ANSWERS for event in action.do)
    return answered and action.source not in ELSEWHERE


@once
def unconfirmed(plan: Plan) -> tuple[SlotStatus, ...]:
    """Return what was taken over and that nobody has confirmed here, in the order of asking."""
    return tuple(one for one in plan.statuses.values() if one.active and one.unconfirmed)


@once
def unconfirmed_by_part(plan: Plan) -> Mapping[tuple[StepId, ItemId | None], int]:
    """Return how many answers nobody has confirmed in each part of the agenda."""
    answers = (one for one in unconfirmed(plan) if not isinstance(one.step, CollectStep))
    return Counter(entry_of(plan.script, one.slot) for one in answers)


@once
def taken_over(plan: Plan) -> TakenOver | None:
    """Return where the first answers of a session come from; None where it began empty."""
    fact = plan.state.taken_over
    if fact is None:
        return None
    from bsc_coach.strategy.notes import TakenOver

    took = (one for one in plan.state.effective if any(isinstance(event, TookOver) for event in one.do))
    events = [event for one in took if one.number == fact.number for event in one.do]
    return TakenOver(
        source=fact.source,
        as_of=fact.as_of or None,
        on=fact.at.date().isoformat(),
        by=fact.by,
        digest=fact.digest,
        redacted=fact.redacted,
        edited=fact.edited,
        unconfirmed_there=fact.unconfirmed,
        answers=sum(isinstance(event, SlotAnswered) for event in events),
        unconfirmed=sum(unconfirmed_by_part(plan).values()),
    )
