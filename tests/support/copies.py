"""Copies of one session that go on separately, with people who do anything at all in each of them.

``continued`` gives a session and two or three copies of it. All of it follows from a seed; every text is said
once only, so that it can be looked for in whatever is made of the copies.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from random import Random

from bsc_coach.interview.branches import heads_of
from bsc_coach.interview.conditions import offer_at
from bsc_coach.interview.facts.answers import (
    Accept,
    Confirm,
    Decline,
    Park,
    Pass,
    Reopen,
    StillRight,
)
from bsc_coach.interview.facts.family import Command
from bsc_coach.interview.facts.lists import AddItem, CloseList, MoveItem, RemoveItem, RestoreItem, TakeSide
from bsc_coach.interview.facts.log import Action, Event, JsonValue
from bsc_coach.interview.facts.session import AdoptScript, Redo, Undo
from bsc_coach.interview.fold import advance, fold
from bsc_coach.interview.plan import Plan, SlotStatus
from bsc_coach.interview.planner import make_plan
from bsc_coach.interview.state import State
from bsc_coach.script.model import (
    ChoiceStep,
    CollectStep,
    ConfirmStep,
    DateStep,
    LongTextStep,
    NumberStep,
    PickStep,
    QuestionStep,
    Script,
    SeveralStep,
    TextStep,
)
from bsc_coach.script.slots import ItemId, Slot, StepId
from tests.support.clock import START, item_ids
from tests.support.room import Room, baked
from tests.support.scripts import BAKERY, bakery, script_of

RENAMES = {"goods": "wares", "goods.name": "wares.name", "goods.value": "wares.value"}


@cache
def later_script() -> Script:
    """Return the bakery's script in a version that calls a list otherwise."""
    text = BAKERY.replace("version = 1", "version = 2", 1)
    for old, new in RENAMES.items():
        text = text.replace(f'"{old}"', f'"{new}"').replace(f"{{{{ {old} }}}}", f"{{{{ {new} }}}}")
    return script_of(text)


@cache
def first_script() -> Script:
    return bakery()


def script_in_use(state: State) -> Script:
    """Return the script that a state goes on with."""
    return first_script() if state.adopted is None else later_script()


class Copy(Room):
    """One copy of a session: people of its own, who know nothing of what is said in the others."""

    def __init__(self, name: str, begun: tuple[Action, ...], seed: int) -> None:
        super().__init__(first_script())
        self.name = name
        self.random = Random(f"{name} {seed}")
        self.stamp = replace(self.stamp, ids=item_ids(name))
        self.begun = begun
        self.before = fold(begun)
        """What everybody knew when it became a copy."""
        self.actions = list(begun)
        self.told = 0
        last = begun[-1].at if begun else START
        self.clock.now = last + timedelta(minutes=self.random.randrange(1, 90))
        self._look_at(self.before)

    @property
    def own(self) -> tuple[Action, ...]:
        """What was done in this copy since it is one."""
        return tuple(self.actions[len(self.begun) :])

    def happen(self, *events: Event, shown: datetime | None = None) -> None:
        number = self.actions[-1].number + 1 if self.actions else 1
        after = () if self.own else heads_of(self.actions)
        version = self.script.header.version
        action = Action(number, self.clock(), self.name, events, version, writer=self.name, after=after)
        self.actions.append(action)
        self._look_at(advance(self.plan.state, action))

    def _look_at(self, state: State) -> None:
        self.script = script_in_use(state)
        self.plan = make_plan(self.script, state, self.plan)

    def do_anything(self, times: int) -> None:
        """Do some things; what is refused is left."""
        for _ in range(times):
            command = self.random.choice(ANYTHING)(self)
            if command is not None:
                self.attempt(command)

    def text(self) -> str:
        self.told += 1
        return f"{self.name} says {self.told}"

    def some(self, *kinds: type[QuestionStep]) -> SlotStatus | None:
        """Return some slot that applies, of some kinds of questions."""
        among = [one for one in self.plan.statuses.values() if one.active and isinstance(one.step, kinds)]
        return self.random.choice(among) if among else None

    def some_item(self, *, removed: bool) -> ItemId | None:
        lists = self.plan.state.lists.values()
        among = [item for one in lists for item in one.items if (item in one.removed) == removed]
        return self.random.choice(sorted(among)) if among else None

    def value(self, status: SlotStatus) -> JsonValue:
        step, offer = status.step, offer_at(self.plan, status.step, status.slot.frame)
        match step:
            case NumberStep():
                return self.random.randrange(2027, 2040)
            case DateStep():
                return f"{self.random.randrange(1990, 2030)}-0{self.random.randrange(1, 9)}"
            case ChoiceStep():
                return self.random.choice([choice.id for choice in offer.choices] or [""])
            case SeveralStep():
                named = [choice.id for choice in offer.choices]
                return self.random.sample(named, self.random.randint(0, len(named)))
            case PickStep():
                items: list[str] = [*offer.items]
                return self.random.sample(items, self.random.randint(0, len(items)))
            case _:
                return self.text()


def _answer(copy: Copy) -> Command | None:
    status = copy.some(TextStep, LongTextStep, NumberStep, DateStep, ChoiceStep, SeveralStep, PickStep)
    if status is None:
        return None
    return Accept(status.slot, copy.value(status), same=copy.random.random() < 0.2)


def _add(copy: Copy) -> Command | None:
    status = copy.some(CollectStep)
    if status is None:
        return None
    inside = [one for one in copy.script.inside(status.step.id) if isinstance(one, TextStep)]
    answers: dict[object, JsonValue] = {inside[0].id: copy.text()} if inside else {}
    return AddItem(status.slot, answers)  # type: ignore[arg-type]


def _remove(copy: Copy) -> Command | None:
    item = copy.some_item(removed=False)
    return None if item is None else RemoveItem(item)


def _restore(copy: Copy) -> Command | None:
    item = copy.some_item(removed=True)
    return None if item is None else RestoreItem(item)


def _move(copy: Copy) -> Command | None:
    item = copy.some_item(removed=False)
    return None if item is None else MoveItem(item, copy.random.randrange(0, 3))


def _about(make: Callable[[Copy, SlotStatus], Command]) -> Callable[[Copy], Command | None]:
    def made(copy: Copy) -> Command | None:
        status = copy.some(QuestionStep)
        return None if status is None else make(copy, status)

    return made


def _close(copy: Copy) -> Command | None:
    status = copy.some(CollectStep)
    reason = copy.text() if copy.random.random() < 0.5 else ""
    return None if status is None else CloseList(status.slot, reason)


def _adopt(copy: Copy) -> Command | None:
    if copy.plan.state.adopted is not None or copy.random.random() < 0.5:
        return None
    return AdoptScript(2, "later", RENAMES, "earlier")


def _take(copy: Copy) -> Command | None:
    slots = [slot for slot in copy.plan.state.disputed if slot in copy.plan.statuses]
    return TakeSide(copy.random.choice(sorted(slots)), copy.random.randint(1, 2)) if slots else None


ANYTHING: tuple[Callable[[Copy], Command | None], ...] = (
    *(_answer,) * 8,
    *(_add,) * 4,
    *(_remove,) * 3,
    _restore,
    _move,
    _about(lambda copy, one: Park(one.slot, copy.text(), "Bea", "2028")),
    _about(lambda copy, one: Decline(one.slot, copy.text())),
    _about(lambda _, one: Reopen(one.slot)),
    _about(lambda _, one: StillRight(one.slot)),
    _about(lambda _, one: Pass(one.slot)),
    _about(lambda _, one: Confirm(one.slot) if isinstance(one.step, ConfirmStep) else Reopen(one.slot)),
    *(_close,) * 2,
    *(_take,) * 3,
    *(lambda _: Undo(),) * 3,
    *(lambda _: Redo(),) * 2,
    _adopt,
)


@dataclass(frozen=True)
class Copies:
    """A session, and what became of it in each of its copies."""

    begun: tuple[Action, ...]
    copies: tuple[Copy, ...]

    @property
    def lines(self) -> list[Action]:
        """All that was ever written down, in no order that means anything."""
        return [*self.begun, *(action for copy in self.copies for action in copy.own)]


def continued(seed: int, copies: int = 2, most: int = 8) -> Copies:
    """Return a session that went on separately, and differently, in some copies."""
    random = Random(seed)
    first = Copy("zero", tuple(baked().actions) if random.random() < 0.7 else (), seed)
    first.do_anything(random.randint(0, 4))
    begun = tuple(first.actions)
    made = tuple(Copy(name, begun, seed) for name in ("ann", "bea", "cor")[:copies])
    for copy in made:
        copy.do_anything(random.randint(1, most))
    return Copies(begun, made)


def merged_plan(lines: list[Action]) -> Plan:
    """Return what all copies together come to."""
    state = fold(lines)
    return make_plan(script_in_use(state), state)


@cache
def begun_by_all() -> tuple[Action, ...]:
    return tuple(baked().actions)


def two() -> tuple[Copy, Copy]:
    """Return two copies of the bakery with all of its questions answered."""
    begun = begun_by_all()
    return Copy("ann", begun, 0), Copy("bea", begun, 0)


def together(*copies: Copy) -> Plan:
    return merged_plan([*copies[0].begun, *(action for copy in copies for action in copy.own)])


def plenary(*copies: Copy) -> Copy:
    """Return a session that goes on from all copies put together."""
    return Copy("all", together(*copies).state.actions, 0)


def sides(plan: Plan, path: str) -> list[tuple[str, str, object]]:
    found = plan.statuses[Slot(StepId(path))].disputes
    return [(side.by, side.says, side.value or side.reason) for one in found for side in one.sides]


def frames(plan: Plan) -> dict[str, tuple[tuple[StepId, object], ...]]:
    return {plan.state.shorts[one[-1][1]]: one for one in plan.members[StepId("goods")]}  # type: ignore[misc]
