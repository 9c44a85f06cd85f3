"""A session on any script in which everything is asked, and every text is answered with a word of its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from bsc_coach.interview.ballots import scale_of
from bsc_coach.interview.conditions import offer_at
from bsc_coach.interview.facts.agenda import PlanAgenda
from bsc_coach.interview.facts.answers import Accept, Confirm, Pass
from bsc_coach.interview.facts.lists import AddItem, CloseList
from bsc_coach.interview.facts.log import JsonValue
from bsc_coach.interview.facts.session import SetLanguage
from bsc_coach.interview.navigation import asks_itself
from bsc_coach.interview.plan import Plan, SlotStatus
from bsc_coach.interview.projection import to_strategy
from bsc_coach.interview.texts import text_of
from bsc_coach.script.model import (
    BallotStep,
    ChoiceStep,
    CollectStep,
    ConfirmStep,
    DateStep,
    NumberStep,
    PickStep,
    QuestionStep,
    Script,
    SeveralStep,
    Step,
)
from bsc_coach.script.slots import Frame, StepId
from bsc_coach.strategy.model import Strategy
from tests.support.room import Room

MOST = 5_000
"""Answers after which a session does not come to its end."""


@dataclass
class PlayedSession:
    """What was asked in one language, what was answered, and the strategy that came of it."""

    script: Script
    language: str
    asked: dict[StepId, str] = field(default_factory=dict)
    """The question of each step, as it was asked first."""
    words: dict[StepId, list[str]] = field(default_factory=lambda: defaultdict(list))
    """The words of its own that each text was answered with."""
    filled_before: set[StepId] = field(default_factory=set)
    """Steps that held an answer as they were asked."""
    strategy: Strategy = field(default_factory=Strategy)
    plan: Plan | None = None
    """How the session stands at its end."""


def play_everything(
    script: Script,
    language: str,
    picks: Mapping[str, str],
    items: int = 2,
    passed: Collection[str] = (),
    preset: str = "",
    empty: Collection[str] = (),
) -> PlayedSession:
    """Answer every question in the order of asking until nothing asks for an answer any more.

    Lists get ``items`` items each, choices their first choice, and picks their first item, or the first whose
    short id begins as ``picks`` says for that step. With a ``preset`` only what it has time for is asked;
    what is ``passed``, and lists that stay ``empty``, is left without an answer.
    """
    room, played = Room(script), PlayedSession(script, language)
    if language != script.header.languages[0]:
        room.do(SetLanguage(language))
    if preset:
        room.do(PlanAgenda(preset))
    for _ in range(MOST):
        statuses = (room.plan.statuses[slot] for slot in room.plan.order)
        status = next(filter(asks_itself, statuses), None)
        if status is None:
            played.plan, played.strategy = room.plan, to_strategy(room.plan)
            return played
        _was_asked(room.plan, status.step, status.slot.frame, played)
        if status.value is not None:
            played.filled_before.add(status.step.id)
        if status.step.id in passed:
            room.do(Pass(status.slot))
        elif status.step.id in empty:
            room.do(CloseList(status.slot))
        else:
            _answer(room, status, played, picks, items)
    raise AssertionError("there is no end to it")


def _answer(
    room: Room, status: SlotStatus, played: PlayedSession, picks: Mapping[str, str], items: int
) -> None:
    """Answer one question: a list gets its next item, or is closed."""
    step, slot = status.step, status.slot
    if isinstance(step, ConfirmStep):
        room.do(Confirm(slot))
    elif not isinstance(step, CollectStep):
        room.do(Accept(slot, _value(room.plan, step, slot.frame, played, picks)))
    elif sum(frame[:-1] == slot.frame for frame in room.plan.members.get(step.id, ())) < min(
        max(items, step.count.min), step.count.max or items
    ):
        # Its first question is answered in the same go.
        first = next(one for one in played.script.inside(step.id) if isinstance(one, QuestionStep))
        _was_asked(room.plan, first, slot.frame, played)
        room.do(AddItem(slot, {first.id: _value(room.plan, first, slot.frame, played, picks)}))
    else:
        room.do(CloseList(slot))


def _was_asked(plan: Plan, step: Step, frame: Frame, played: PlayedSession) -> None:
    played.asked.setdefault(step.id, text_of(plan, step, frame, "ask") or "")


def _value(
    plan: Plan, step: Step, frame: Frame, played: PlayedSession, picks: Mapping[str, str]
) -> JsonValue:
    """Return an answer that fits: a word of its own, a number within limits, the first of what is offered."""
    match step:
        case ChoiceStep():
            return offer_at(plan, step, frame).choices[0].id
        case SeveralStep():
            return [offer_at(plan, step, frame).choices[0].id]
        case PickStep():
            offered = offer_at(plan, step, frame).items
            wanted = (item for item, short in offered.items() if short.startswith(picks.get(step.id, "")))
            return [next(wanted)]
        case NumberStep():
            return max(step.limit.min or 0, 7)
        case DateStep():
            return "2031-05"
        case BallotStep():
            scale = scale_of(step, offer_at(plan, step, frame).choices)
            return [scale.choices[0].id if scale.choices else str(scale.low)] * 4
        case _:
            played.words[step.id].append(f"zq{_letters(sum(map(len, played.words.values())))}q")
            return played.words[step.id][-1]


def _letters(number: int) -> str:
    return "".join("abcdefghij"[int(digit)] for digit in f"{number:04}")
