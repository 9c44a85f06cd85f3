"""Sessions of any size for the benchmarks: plausible answers, written as a workshop would leave them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from bsc_coach.interview.commands import Accept, AddItem, CloseList, Command, Several
from bsc_coach.interview.conditions import offer_at
from bsc_coach.interview.decide import Stamp, decide
from bsc_coach.interview.events import Action, JsonValue, action_body
from bsc_coach.interview.fold import fold
from bsc_coach.interview.plan import Plan, SlotStatus
from bsc_coach.interview.planner import make_plan
from bsc_coach.script.loader import bundled_source
from bsc_coach.script.model import (
    ChoiceStep,
    CollectStep,
    ConfirmStep,
    DateStep,
    LongTextStep,
    NumberStep,
    PickStep,
    QuestionStep,
    SeveralStep,
    TextStep,
)
from bsc_coach.script.slots import ItemId, Slot
from bsc_coach.session.environment import Environment
from bsc_coach.session.session import Session, create_session

_WORDS = (
    "Shorten the wait for a first visit, from referral to the day that somebody sees you",
    "Keep nurses who have been here for three years or more",
    "Prevent the second call by answering the first one fully",
    "Find out within a day why a promise was not kept, and tell whoever it was made to",
)
_MOST_ROUNDS = 200


class _Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=20)
        return self.now


def steady_environment() -> Environment:
    """Return a clock and ids that are the same in each run."""
    ids: Iterator[ItemId] = (ItemId(f"b{number:06d}") for number in count(1))
    return Environment(clock=_Clock(), ids=ids, by="Benchmark", writer="bench")


class _Maker:
    """Answers whatever is open, a round at a time, so that one plan serves many answers."""

    def __init__(self, session: Session, items: int) -> None:
        self.session = session
        self.items = items
        self.number = 0

    def record(self, command: Command) -> bool:
        """Write an action down without planning anew; False when it was refused."""
        session = self.session
        decision = decide(session.plan, command, Stamp(session.environment.ids))
        if not decision.events:
            return False
        number = session.actions[-1].number + 1 if session.actions else 1
        action = Action(number, session.environment.clock(), "Benchmark", decision.events)
        session.journal.append(action_body(action))
        session.actions.append(action)
        return True

    def plan_anew(self) -> Plan:
        """Bring the plan up to the actions."""
        self.session.plan = make_plan(self.session.script, fold(self.session.actions))
        return self.session.plan

    def command_for(self, status: SlotStatus) -> Command | None:
        """Return what to say about an open slot."""
        if isinstance(status.step, CollectStep):
            return self._about_list(status.slot, status.step)
        value = self.value_for(status)
        return None if value is None else Accept(status.slot, value)

    def _about_list(self, slot: Slot, step: CollectStep) -> Command:
        plan_now = self.session.plan
        if plan_now.state.list_at(slot).live:
            return CloseList(slot)
        wanted = min(max(self.items, step.count.min), step.count.max or self.items)
        first = next(inner for inner in plan_now.script.inside(step.id) if isinstance(inner, QuestionStep))
        if not isinstance(first, TextStep | LongTextStep):
            return CloseList(slot, "left out here")
        adds = [AddItem(slot, {first.id: self.words()}) for _ in range(wanted)]
        return Several(tuple(adds))

    def value_for(self, status: SlotStatus) -> JsonValue:
        """Return a value that fits a slot, a different one each time where it can be."""
        step, slot = status.step, status.slot
        self.number += 1
        match step:
            case TextStep() | LongTextStep():
                return self.words()[: step.limit.max_chars or 300]
            case NumberStep():
                return self._number(step)
            case DateStep():
                return f"20{27 + self.number % 4}-06"
            case ChoiceStep() | SeveralStep():
                choices = offer_at(self.session.plan, step, slot.frame).choices
                return choices[self.number % len(choices)].id
            case PickStep():
                items = list(offer_at(self.session.plan, step, slot.frame).items)
                fewest = max(step.count.min, 1)
                most = min(step.count.max or len(items), len(items))
                return [*items[:most]] if most >= fewest else None
            case _:
                return None

    def _number(self, step: NumberStep) -> int:
        low = int(step.limit.min if step.limit.min is not None else 1)
        high = int(step.limit.max if step.limit.max is not None else low + 80)
        return low + self.number % (high - low + 1)

    def words(self) -> str:
        """Return a text that was not used before."""
        self.number += 1
        return f"{self.number} {_WORDS[self.number % len(_WORDS)]}"


def answered(plan: Plan) -> int:
    """Return how many slots hold an answer."""
    return sum(fact.answer_state == "answered" for fact in plan.state.facts.values())


def make_session(
    folder: Path,
    *,
    answers: int = 0,
    actions: int = 0,
    items: int = 4,
    environment: Environment | None = None,
) -> Session:
    """Return an open session with at least ``answers`` answered slots and ``actions`` actions.

    New questions are answered first; when none are left, answers are worded anew.
    """
    session = create_session(folder, bundled_source(), environment or steady_environment())
    maker = _Maker(session, items)
    _answer_what_is_open(maker, lambda: answered(session.plan) >= answers and len(session.actions) >= actions)
    plan = maker.plan_anew()
    if answered(plan) < answers:
        raise AssertionError(f"only {answered(plan)} answers with {items} items a list")
    texts = [s for s in plan.statuses.values() if isinstance(s.step, TextStep | LongTextStep) and s.value]
    for place in count():
        if len(session.actions) >= actions:
            break
        status = texts[place % len(texts)]
        maker.record(Accept(status.slot, maker.value_for(status)))
    maker.plan_anew()
    return session


def _answer_what_is_open(maker: _Maker, enough: Callable[[], bool]) -> None:
    """Answer round by round until there is enough or nothing is left to answer."""
    for _ in range(_MOST_ROUNDS):
        plan = maker.plan_anew()
        said, had = 0, answered(plan)
        for status in plan.statuses.values():
            if not status.active or status.answer_state != "open" or isinstance(status.step, ConfirmStep):
                continue
            command = maker.command_for(status)
            said += command is not None and maker.record(command)
            if said % 50 == 49 and had + said >= 1:
                maker.plan_anew()
                if enough():
                    return
        if not said or enough():
            return
