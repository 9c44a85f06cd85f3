"""Where the answers of a session come from: when it was held, how much was said, what was taken over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Literal, get_args

from bsc_coach.derived import once
from bsc_coach.interview.facts.answers import ANSWERS, SlotAnswered
from bsc_coach.interview.facts.coaching import COACHING
from bsc_coach.interview.facts.lists import LISTS
from bsc_coach.interview.facts.log import FROM_FILE, TAKEN, Action
from bsc_coach.interview.plan import Plan, SlotStatus
from bsc_coach.interview.state import State
from bsc_coach.script.model import CollectStep

if TYPE_CHECKING:
    from bsc_coach.strategy.notes import Sitting, TakenOver

LONGEST_BREAK = timedelta(hours=4)
"""A longer gap between two answers is the end of a sitting."""
_SAYS_SOMETHING = (*ANSWERS.events, *LISTS.events, *COACHING.events)
"""Events of what somebody said of the strategy; those of the time, the script and of undo are no answers."""


Origin = Literal["", "taken", "edit", "save"]
"""Where an answer comes from: said in the talk, taken over, edited by hand, moved by the coach."""


def answers_given(state: State) -> int:
    """Return how many answers count that were given in the session: what was handed in at once is one.

    What was taken over from an earlier strategy was not given here.
    """
    return sum(_is_answer(state, action) for action in state.effective)


def last_said(state: State) -> Action | None:
    """Return the last answer that counts and was given here; None while all there is was taken over."""
    return next((one for one in reversed(state.effective) if _is_answer(state, one)), None)


def sittings(state: State) -> tuple[Sitting, ...]:
    """Return when the session was held: from the first answer to the last before a long break."""
    from bsc_coach.strategy.notes import Sitting

    said = [action for action in state.actions if _is_answer(state, action)]
    counting = {action.number for action in state.effective}
    return tuple(
        Sitting(
            begin=together[0].at.isoformat(timespec="seconds"),
            end=together[-1].at.isoformat(timespec="seconds"),
            answers=sum(one.number in counting for one in together),
        )
        for together in _between_breaks(said)
    )


def _between_breaks(said: Sequence[Action]) -> Iterator[Sequence[Action]]:
    begin = 0
    for at in range(1, len(said) + 1):
        if at == len(said) or said[at].at - said[at - 1].at > LONGEST_BREAK:
            yield said[begin:at]
            begin = at


def origin_of(state: State, action: Action) -> Origin:
    """Return where the answers of an action come from: "" for what was said in the talk.

    What the first version called a file is told apart: taken over at the beginning, or edited by hand later.
    """
    taken = state.taken_over
    if action.source == FROM_FILE:
        return "taken" if taken is not None and taken.number == action.number else "edit"
    return next((origin for origin in get_args(Origin) if origin == action.source), "")


def _was_taken(state: State, action: Action) -> bool:
    return origin_of(state, action) == TAKEN


def _is_answer(state: State, action: Action) -> bool:
    told = any(isinstance(event, _SAYS_SOMETHING) for event in action.do)
    return told and not _was_taken(state, action)


def unconfirmed(plan: Plan) -> Iterator[SlotStatus]:
    """Yield what was taken over and that nobody has confirmed here, in the order of asking."""
    return (one for one in plan.statuses.values() if one.active and one.unconfirmed)


@once
def taken_over(plan: Plan) -> TakenOver | None:
    """Return where the first answers of a session come from; None where it began empty."""
    fact = plan.state.taken_over
    if fact is None:
        return None
    from bsc_coach.strategy.notes import TakenOver

    events = [event for one in plan.state.effective if one.number == fact.number for event in one.do]
    return TakenOver(
        source=fact.source,
        as_of=fact.as_of or None,
        on=fact.at.date().isoformat(),
        by=fact.by,
        digest=fact.digest,
        redacted=fact.redacted,
        answers=sum(isinstance(event, SlotAnswered) for event in events),
        unconfirmed=sum(not isinstance(one.step, CollectStep) for one in unconfirmed(plan)),
    )
