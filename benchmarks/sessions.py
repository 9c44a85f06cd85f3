"""Sessions for the benchmarks: the recorded hospital, and made ones of any size with plausible answers."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from bsc_coach.conversation.recording import play_sample
from bsc_coach.interview.conditions import offer_at
from bsc_coach.interview.decide import Stamp, decide
from bsc_coach.interview.facts.answers import Accept
from bsc_coach.interview.facts.family import Command, Several
from bsc_coach.interview.facts.lists import AddItem, CloseList
from bsc_coach.interview.facts.log import Action, JsonValue, action_body
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
from bsc_coach.script.source import ScriptSource
from bsc_coach.session.environment import Environment
from bsc_coach.session.opening import create_session
from bsc_coach.session.samples import read_sample
from bsc_coach.session.session import Session

_WORDS = (
    "Shorten the wait for a first visit, from referral to the day that somebody sees you",
    "Keep nurses who have been here for three years or more",
    "Prevent the second call by answering the first one fully",
    "Find out within a day why a promise was not kept, and tell whoever it was made to",
)
_MOST_ROUNDS = 200
_MOST_ITEMS_OF_A_LIST = re.compile(rb"(count = \{[^}]*max = )(?!1 )\d+")


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
        self.given = 0
        """Answers given, those worded anew as well."""

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
        self.given += len(command.commands) if isinstance(command, Several) else isinstance(command, Accept)
        return True

    def answer_what_is_open(self, given: int, actions: int, *, whole: bool) -> None:
        """Answer round by round until there are enough answers and actions, or nothing is left to answer.

        ``whole`` goes on until nothing is left.
        """
        for _ in range(_MOST_ROUNDS):
            before = len(self.session.actions)
            for status in self.plan_anew().statuses.values():
                if not whole and self.given >= given and len(self.session.actions) >= actions:
                    return
                if not status.active or status.answer_state != "open" or isinstance(status.step, ConfirmStep):
                    continue
                if (command := self.command_for(status)) is not None:
                    self.record(command)
            if len(self.session.actions) == before:
                return

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


def long_lists() -> ScriptSource:
    """Return the bundled script with room for 400 items in every list of several."""
    source = bundled_source()
    return replace(source, base=_MOST_ITEMS_OF_A_LIST.sub(rb"\g<1>400", source.base))


def make_session(
    folder: Path,
    source: ScriptSource,
    *,
    given: int = 0,
    actions: int = 0,
    items: int = 4,
    whole: bool = False,
) -> Session:
    """Return an open session in which ``given`` answers were given, by at least so many actions.

    New questions are answered first, with ``whole`` all of them; when none are left, answers are worded anew.
    """
    session = create_session(folder, source, steady_environment())
    maker = _Maker(session, items)
    maker.answer_what_is_open(given, actions, whole=whole)
    plan = maker.plan_anew()
    texts = [s for s in plan.statuses.values() if isinstance(s.step, TextStep | LongTextStep) and s.value]
    for place in count():
        if maker.given >= given and len(session.actions) >= actions:
            break
        status = texts[place % len(texts)]
        maker.record(Accept(status.slot, maker.value_for(status)))
    maker.plan_anew()
    return session


class Sessions:
    """The sessions of one run: each is made once, when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def riverbend(self) -> Path:
        """Return the recorded session of the hospital."""
        sample = read_sample("riverbend")
        return self._once("riverbend", lambda folder: play_sample(sample, folder, steady_environment()))

    def answers(self, number: int) -> Path:
        """Return a session with ``number`` answers; the largest has some more, and nothing open."""
        items = 8 if number >= 1_000 else 4
        large = number > 2_500
        source = long_lists() if large else bundled_source()
        return self._once(
            f"answers-{number}",
            lambda folder: make_session(folder, source, given=number, items=items, whole=large),
        )

    def turns(self, number: int) -> Path:
        """Return a session with about ``number`` turns: each answer is one, and its question another."""
        return self._once(
            f"turns-{number}", lambda folder: make_session(folder, bundled_source(), given=number // 2)
        )

    def events(self, number: int) -> Path:
        """Return a session with ``number`` events, most of them answers that are worded anew."""
        return self._once(
            f"events-{number}", lambda folder: make_session(folder, bundled_source(), actions=number)
        )

    def _once(self, name: str, make: Callable[[Path], Session]) -> Path:
        folder = self.folder / name
        if not folder.exists():
            make(folder).close()
        return folder

    def copy(self, made: Path, name: str) -> Path:
        """Return a copy of a session that may be changed."""
        copied = self.folder / name
        shutil.rmtree(copied, ignore_errors=True)
        return Path(shutil.copytree(made, copied))
