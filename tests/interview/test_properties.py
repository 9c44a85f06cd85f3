"""Any mixture of commands on any script: what must hold after each of them, and a broken engine for each.

The names of the properties are those of the project's reliability notes (E1 to E12, R1).
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from bsc_coach.conversation.prompt_builder import prompt_for
from bsc_coach.errors import StrategyFileError
from bsc_coach.interview.conditions import offer_at
from bsc_coach.interview.consequences import consequences
from bsc_coach.interview.decide import Stamp, Verdict, decide
from bsc_coach.interview.facts.answers import (
    Accept,
    Confirm,
    Decline,
    Fill,
    Park,
    Reopen,
    SlotAnswered,
    StillRight,
)
from bsc_coach.interview.facts.coaching import KeepAnswer, MuteRule
from bsc_coach.interview.facts.family import Command, Several
from bsc_coach.interview.facts.lists import AddItem, CloseList, MoveItem, RemoveItem, RestoreItem
from bsc_coach.interview.facts.log import Action, Event, JsonValue, action_body
from bsc_coach.interview.facts.registry import action_from_body
from bsc_coach.interview.facts.session import ActionRedone, ActionUndone, Redo, SetLanguage, Undo
from bsc_coach.interview.fold import fold
from bsc_coach.interview.navigation import AgendaEntry, Progress, agenda, next_slot, progress
from bsc_coach.interview.notes import to_notes
from bsc_coach.interview.plan import Plan, SlotStatus
from bsc_coach.interview.planner import make_plan
from bsc_coach.interview.projection import to_strategy
from bsc_coach.interview.reconcile import Import, import_strategy
from bsc_coach.interview.remarks import remarks
from bsc_coach.interview.state import Fact, State
from bsc_coach.script.model import (
    Answerable,
    ChoiceStep,
    CollectStep,
    ConfirmStep,
    Container,
    DateStep,
    ForEach,
    LongTextStep,
    NumberStep,
    PickStep,
    QuestionStep,
    Script,
    SeveralStep,
    Step,
    TextStep,
)
from bsc_coach.script.predicates import Predicate, leaves, named_step
from bsc_coach.script.slots import ItemId, Slot, StepId
from bsc_coach.strategy.toml import read_toml, write_toml
from tests.support.clock import START, item_ids
from tests.support.riverbend import riverbend_plan, strategy_map
from tests.support.room import Room, affected
from tests.support.scripts import bakery, script_of

TAILS = ["", " – café", " [x] {{ slogan }}", " \x1b[2J\u202e", "\n\nand more", " «ß»"]
NUMBERS: list[JsonValue] = [2030, "2031", "12,5", 0, -3, 7.25, "1 000", "many", 10**30]
DATES: list[JsonValue] = ["2027", "june 2028", "30-06-2028", "31-02-2028", "later"]
JUNK = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=6), st.lists(st.text(max_size=3))
)


def references(step: Step) -> set[StepId]:
    """Return the steps that a step names: where it is asked, what it is based on, what it offers."""
    conditions: list[Predicate] = [] if step.when is None else [step.when]
    named: set[StepId] = set()
    sources = step.over if isinstance(step, ForEach) else step.source if isinstance(step, PickStep) else ()
    for source in sources:
        named.add(source.list)
        conditions += [] if source.each_when is None else [source.each_when]
    if isinstance(step, ChoiceStep | SeveralStep):
        conditions += [choice.when for choice in step.choices if choice.when is not None]
    if isinstance(step, QuestionStep):
        named |= set(step.basis)
    if isinstance(step, TextStep | LongTextStep) and step.limit.unique_in is not None:
        named.add(step.id)
    return named | {named_step(leaf) for condition in conditions for leaf in leaves(condition)}


@cache
def dependants(script_key: str) -> dict[StepId, frozenset[StepId]]:
    """Return for each step all that may stand otherwise once it is answered: E8 allows these only."""
    script = SCRIPTS[script_key]()
    direct: dict[StepId, set[StepId]] = {step.id: set() for step in script.steps}
    for step in script.steps:
        named = references(step)
        # A list or a pick in a basis counts with the names of its items.
        for based_on in map(script.step, step.basis if isinstance(step, QuestionStep) else ()):
            sources = based_on.source if isinstance(based_on, PickStep) else ()
            for listed in (based_on, *(script.step(source.list) for source in sources)):
                named |= set(listed.label) if isinstance(listed, CollectStep) else set()
        for name in named:
            direct[name].add(step.id)
        if step.within is not None:
            direct[step.within].add(step.id)
    found: dict[StepId, frozenset[StepId]] = {}
    for step in script.steps:
        seen: set[StepId] = set()
        todo = [step.id]
        while todo:
            for name in direct[todo.pop()] - seen:
                seen.add(name)
                todo.append(name)
        found[step.id] = frozenset(seen)
    return found


LOOSE = """
[script]
id = "loose"
version = 1
title = "Loose"
languages = ["en"]

[[step]]
id = "slogan"
kind = "text"
ask = "Which slogan?"

[[step]]
id = "goods"
kind = "collect"
short = "Goods"
ask = "What do you make?"
more = "What else?"
prefix = "P"
label = ["goods.name"]
count = { min = 1, max = 4 }

[[step]]
id = "goods.name"
in = "goods"
kind = "text"
ask = "What is it called?"
basis = ["slogan"]
limit = { unique_in = "goods" }

[[step]]
id = "best"
kind = "pick"
ask = "Which is best?"
from = ["goods"]
when = { count = "goods", at_least = 2 }

[[step]]
id = "tasting"
kind = "for_each"
title = "Tasting"
over = [ { list = "goods", each_when = { item_in = "best" } } ]

[[step]]
id = "tasting.price"
in = "tasting"
kind = "number"
ask = "What does it cost?"

[[step]]
id = "ready"
kind = "confirm"
ask = "Is this it?"
of = ["slogan", "goods"]
"""
"""Questions, a list and a look back on the agenda itself, outside every section."""
SCRIPTS: dict[str, Callable[[], Script]] = {
    "bakery": cache(bakery),
    "loose": cache(lambda: script_of(LOOSE)),
    "strategy_map": strategy_map,
}


def seen_of(status: SlotStatus) -> tuple[object, ...]:
    """Return all that a standing tells, without its step."""
    return (
        status.answer_state, status.relevance, status.fact, status.value, status.stale_because,
        status.reworded, status.refusals,
    )  # fmt: skip


def seen(plan: Plan) -> dict[Slot, tuple[object, ...]]:
    return {slot: seen_of(status) for slot, status in plan.statuses.items()}


def facts(state: State) -> tuple[object, ...]:
    return (dict(state.facts), dict(state.lists), dict(state.frames), dict(state.kept), state.language)


class Workshop(RuleBasedStateMachine):
    """People who do anything at all; every action is looked at in every way."""

    script_key: ClassVar[str] = "bakery"
    room_class: ClassVar[type[Room]] = Room
    folding: ClassVar[Callable[[Iterable[Action]], State]] = staticmethod(fold)
    deciding: ClassVar[Callable[[Plan, Command, Stamp], Verdict]] = staticmethod(decide)
    leading: ClassVar[Callable[[Plan, Slot | None], Slot | None]] = staticmethod(next_slot)
    listing: ClassVar[Callable[[Plan], tuple[AgendaEntry, ...]]] = staticmethod(agenda)
    counting: ClassVar[Callable[[Iterable[SlotStatus]], Progress]] = staticmethod(progress)
    projecting: ClassVar[Callable[[Plan], Any]] = staticmethod(to_strategy)
    importing: ClassVar[Callable[[Plan, Any, Any], Import]] = staticmethod(import_strategy)

    def __init__(self) -> None:
        super().__init__()
        self.script = SCRIPTS[self.script_key]()
        self.room = self.new_room()
        self.commands: list[Command] = []
        self.accepted: set[str] = set()
        self.texts = 0
        self.started: tuple[Action, ...] = ()

    def new_room(self) -> Room:
        return self.room_class(self.script, type(self).folding, type(self).deciding)

    # What is tried

    def text(self, data: st.DataObject) -> str:
        """Return a text that nobody has said before, so that it can be looked for anywhere."""
        self.texts += 1
        first = data.draw(st.sampled_from(["Halve", "Excellence in handling", "Implement", "x"]))
        return f"{first} <{self.texts}>{data.draw(st.sampled_from(TAILS))}"

    def value(self, data: st.DataObject, step: Answerable, slot: Slot) -> JsonValue:
        offer = offer_at(self.room.plan, step, slot.frame)
        match step:
            case TextStep() | LongTextStep():
                return self.text(data)
            case NumberStep():
                return data.draw(st.sampled_from(NUMBERS))
            case DateStep():
                return data.draw(st.sampled_from(DATES))
            case ChoiceStep():
                return data.draw(st.sampled_from([*(choice.id for choice in offer.choices), "1", "99"]))
            case SeveralStep():
                ids = [choice.id for choice in offer.choices]
                return data.draw(st.lists(st.sampled_from([*ids, "2"]), max_size=3))
            case PickStep():
                items: list[str] = [*offer.items, *offer.items.values(), "O99"]
                return data.draw(st.lists(st.sampled_from(items), min_size=1, max_size=3))
            case _:
                return "yes"

    def some_slot(self, data: st.DataObject, *kinds: type[QuestionStep]) -> Slot:
        """Return some slot, most often one that applies."""
        every = [s for s in self.room.plan.statuses.values() if not kinds or isinstance(s.step, kinds)]
        active = [s for s in every if s.active]
        seldom: int = data.draw(st.integers(0, 9))
        among = active if active and seldom else every
        return data.draw(st.sampled_from(among)).slot if among else Slot(StepId("nothing"))

    def some_item(self, data: st.DataObject) -> ItemId:
        return data.draw(st.sampled_from([*self.room.plan.state.shorts, ItemId("nobody")]))

    def try_(self, command: Command) -> None:
        before = self.room.plan
        log, told = tuple(self.room.actions), (facts(before.state), seen(before))
        said = affected(before, command, Stamp(item_ids("look")))
        self.commands.append(command)
        decision = self.room.attempt(command)
        assert tuple(self.room.actions)[: len(log)] == log  # E4
        if decision.events:
            assert not decision.refusals
            self.accepted |= {
                str(event.value) for event in decision.events if isinstance(event, SlotAnswered)
            }
        else:
            # E11: what is refused leaves no trace, and says why.
            assert tuple(self.room.actions) == log
            assert (facts(self.room.plan.state), seen(self.room.plan)) == told
            assert decision.refusals[0].sentence("en")
        self.look(before, command, decision)
        if decision.events and not isinstance(command, AddItem | Several):
            assert said == consequences(before, self.room.plan)

    # What must hold

    def look(self, before: Plan, command: Command, decision: Verdict) -> None:
        now = self.room.plan
        said = {
            str(event.value)
            for action in self.replayed()
            for event in action.do
            if isinstance(event, SlotAnswered)
        }
        assert self.accepted <= said  # E6
        for statuses in (now.statuses.values(), *self.by_section(now)):
            far = type(self).counting(statuses)
            assert 0 <= far.settled <= far.certain <= far.possible
            assert 0 <= far.parked + far.settled <= far.certain
        entries = type(self).listing(now)
        assert sum(one.progress.possible for one in entries) == progress(now.statuses.values()).possible
        assert all(one.title for one in entries)
        self.has_an_exit()
        if isinstance(command, Accept) and decision.events:
            allowed = dependants(self.script_key)[command.slot.step]
            for slot, status in before.statuses.items():
                if slot == command.slot or slot.step in allowed or isinstance(status.step, ConfirmStep):
                    continue
                assert seen_of(now.statuses[slot]) == seen_of(status)  # E8
            changed = {
                slot
                for slot in {*before.state.facts, *now.state.facts}
                if before.state.facts.get(slot) != now.state.facts.get(slot)
            }
            assert changed <= {command.slot}

    @staticmethod
    def by_section(plan: Plan) -> list[list[SlotStatus]]:
        found: dict[StepId, list[SlotStatus]] = {}
        for status in plan.statuses.values():
            found.setdefault(plan.script.section_of(status.slot.step), []).append(status)
        return list(found.values())

    def replayed(self) -> list[Action]:
        """E1: reading the journal back gives the same session; return what was read."""
        read = [
            action_from_body(action.number, action.at, json.loads(json.dumps(action_body(action))))
            for action in self.room.actions
        ]
        again = fold(read)
        assert facts(again) == facts(self.room.plan.state)
        assert again == self.room.plan.state
        fresh, live = make_plan(self.script, again), self.room.plan
        assert seen(fresh) == seen(live)
        assert (fresh.order, fresh.members) == (live.order, live.members)
        # What is carried from plan to plan is what a plan made from the journal alone derives.
        assert agenda(fresh) == agenda(live)
        assert to_strategy(fresh) == to_strategy(live)
        return read

    def has_an_exit(self) -> None:
        """E5: there is a next question that can at least be put off, or nothing needs an answer."""
        now = self.room.plan
        following = type(self).leading(now, None)
        wanting = [status for status in now.statuses.values() if status.needs_asking]
        assert (following is None) == (not wanting)
        if following is None:
            return
        assert decide(now, Park(following), Stamp(item_ids("exit"))).events
        assert prompt_for(now, following).ask
        assert any(entry.first is not None for entry in type(self).listing(now))

    @initialize(portion=st.sampled_from([0, 0, 30, 120, 279]))
    def begin(self, portion: int) -> None:
        """A session on the bundled script may begin in the middle of the recorded one."""
        if self.script_key != "strategy_map":
            return
        self.started = riverbend_plan().state.actions[:portion]
        for action in self.started:
            self.room.actions.append(action)
        if self.started:
            self.room.plan = make_plan(self.script, self.room.folding(self.room.actions))

    @rule(data=st.data(), times=st.integers(1, 4))
    def answer(self, data: st.DataObject, times: int) -> None:
        for _ in range(times):
            slot = self.some_slot(data)
            value = self.value(data, self.room.plan.statuses[slot].step, slot)
            self.try_(Accept(slot, value, data.draw(st.booleans())))

    @rule(data=st.data(), times=st.integers(2, 8))
    def answer_what_is_asked(self, data: st.DataObject, times: int) -> None:
        for _ in range(times):
            slot = next_slot(self.room.plan, None)
            if slot is None:
                return
            step = self.room.plan.statuses[slot].step
            if isinstance(step, CollectStep):
                first = self.script.inside(step.id)[0]
                assert isinstance(first, QuestionStep)
                self.try_(AddItem(slot, {first.id: self.value(data, first, slot)}))
                self.try_(CloseList(slot))
            elif isinstance(step, ConfirmStep):
                self.try_(Confirm(slot))
            else:
                self.try_(Accept(slot, self.value(data, step, slot)))

    @rule(data=st.data(), value=JUNK)
    def answer_badly(self, data: st.DataObject, value: JsonValue) -> None:
        slot = self.some_slot(data)
        self.try_(Accept(data.draw(st.sampled_from([slot, Slot(slot.step), Slot(StepId("no"))])), value))

    @rule(data=st.data())
    def fill(self, data: st.DataObject) -> None:
        slots = [self.some_slot(data, QuestionStep) for _ in range(data.draw(st.integers(1, 3)))]
        self.try_(
            Fill(tuple((s, self.value(data, self.room.plan.statuses[s].step, s)) for s in slots))
        )  # fmt: skip

    @rule(data=st.data())
    def add(self, data: st.DataObject) -> None:
        slot = self.some_slot(data, CollectStep)
        inside = [step for step in self.script.inside(slot.step) if isinstance(step, QuestionStep)]
        answers = {step.id: self.value(data, step, slot) for step in inside if data.draw(st.booleans())}
        self.try_(AddItem(slot, answers))

    @rule(data=st.data())
    def add_several(self, data: st.DataObject) -> None:
        slot = self.some_slot(data, CollectStep)
        inside = [step for step in self.script.inside(slot.step) if isinstance(step, QuestionStep)]
        adds = [AddItem(slot, {inside[0].id: self.text(data)}) if inside else AddItem(slot) for _ in range(2)]
        self.try_(Several(tuple(adds)))

    @rule(data=st.data(), reason=st.sampled_from(["", "we have none", "x" * 301]))
    def close(self, data: st.DataObject, reason: str) -> None:
        self.try_(CloseList(self.some_slot(data, CollectStep), reason))

    @rule(data=st.data(), to=st.integers(-1, 3))
    def move(self, data: st.DataObject, to: int) -> None:
        self.try_(MoveItem(self.some_item(data), to))

    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        self.try_(RemoveItem(self.some_item(data)))

    @rule(data=st.data())
    def restore(self, data: st.DataObject) -> None:
        removed = [item for listed in self.room.plan.state.lists.values() for item in sorted(listed.removed)]
        self.try_(RestoreItem(data.draw(st.sampled_from(removed)) if removed else self.some_item(data)))

    @rule(data=st.data(), due=st.sampled_from(["", "2028-02", "some day"]))
    def park(self, data: st.DataObject, due: str) -> None:
        self.try_(Park(self.some_slot(data), "later", "Ann", due))

    @rule(data=st.data(), reason=st.sampled_from(["", "not for us"]))
    def decline(self, data: st.DataObject, reason: str) -> None:
        self.try_(Decline(self.some_slot(data), reason))

    @rule(data=st.data())
    def reopen(self, data: st.DataObject) -> None:
        self.try_(Reopen(self.some_slot(data)))

    @rule(data=st.data())
    def still_right(self, data: st.DataObject) -> None:
        stale = [s.slot for s in self.room.plan.statuses.values() if s.stale]
        slot = data.draw(st.sampled_from(stale)) if stale else self.some_slot(data)
        self.try_(StillRight(slot))

    @rule(data=st.data(), reason=st.sampled_from(["", "it is our name for it"]))
    def keep(self, data: st.DataObject, reason: str) -> None:
        remarked = {
            slot: found for slot in self.room.plan.statuses if (found := remarks(self.room.plan, slot))
        }
        slot = data.draw(st.sampled_from(list(remarked))) if remarked else self.some_slot(data)
        self.try_(KeepAnswer(slot, remarked[slot][0].rule if remarked else "O10", reason))

    @rule(name=st.sampled_from(["O01", "o10", "O99"]), reason=st.sampled_from(["", "we say it so"]))
    def mute(self, name: str, reason: str) -> None:
        self.try_(MuteRule(name, reason))

    @rule(data=st.data())
    def confirm(self, data: st.DataObject) -> None:
        self.try_(Confirm(self.some_slot(data, ConfirmStep)))

    @rule(language=st.sampled_from(["en", "xx"]))
    def speak(self, language: str) -> None:
        self.try_(SetLanguage(language))

    @rule(times=st.integers(1, 4))
    def undo(self, times: int) -> None:
        for _ in range(times):
            self.try_(Undo())

    @rule(times=st.integers(1, 3))
    def redo(self, times: int) -> None:
        for _ in range(times):
            self.try_(Redo())

    @rule()
    def undo_everything_and_redo_it(self) -> None:
        """E2, E3: taking all back leaves nothing, bringing all again leaves no trace of it."""
        now = self.room.plan
        steps = len(now.state.effective)
        if steps > 40:
            return
        before, stood = facts(now.state), seen(now)
        log = len(self.room.actions)
        for _ in range(steps):
            self.room.happen(*self.room.decide(Undo()).events)
        assert facts(self.room.plan.state) == facts(fold(()))
        for _ in range(steps):
            self.room.happen(*self.room.decide(Redo()).events)
        assert facts(self.room.plan.state) == before
        assert seen(self.room.plan) == stood
        assert len(self.room.actions) == log + 2 * steps  # E4
        self.commands += [*([Undo()] * steps), *([Redo()] * steps)]

    @rule()
    def write_the_strategy(self) -> None:
        """R1 and E9: the strategy survives TOML, holds only what applies, and changes nothing read back."""
        now = self.room.plan
        strategy = type(self).projecting(now)
        written = write_toml(strategy)
        assert read_toml(written.encode()) == strategy
        assert to_notes(now) is not None
        told = json.dumps(strategy.model_dump(mode="json"), ensure_ascii=False)
        for status in now.statuses.values():
            if status.active or not isinstance(status.value, str) or "<" not in status.value:
                continue
            assert json.dumps(status.value, ensure_ascii=False)[1:-1] not in told
        assert type(self).importing(now, strategy, item_ids("again")) == Import()

    def teardown(self) -> None:
        """E12: the same commands with the same ids give the same events."""
        again = self.new_room()
        again.actions.extend(self.started)
        if self.started:
            again.plan = make_plan(self.script, again.folding(again.actions))
        for command in self.commands:
            again.attempt(command)
        told = [action_body(action) for action in again.actions]
        assert told == [action_body(action) for action in self.room.actions]


class Loose(Workshop):
    """The same on a script that has no sections."""

    script_key = "loose"


class Hospital(Workshop):
    """The same on the script that comes with the program."""

    script_key = "strategy_map"


def run(machine: type[Workshop], examples: int, steps: int, *phases: Phase, vary: bool = False) -> None:
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            derandomize=not vary or settings().derandomize,
            database=None,
            phases=phases or (Phase.generate,),
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_anything_may_happen_on_a_small_script() -> None:
    run(Workshop, 25, 25, Phase.generate, Phase.shrink)


def test_anything_may_happen_on_a_script_without_sections() -> None:
    run(Loose, 15, 25, Phase.generate, Phase.shrink)


def test_anything_may_happen_on_the_bundled_script() -> None:
    run(Hospital, 6, 12)


@pytest.mark.slow
def test_anything_may_happen_on_a_small_script_for_long() -> None:
    run(Workshop, 150, 50, vary=True)


@pytest.mark.slow
def test_anything_may_happen_on_the_bundled_script_for_long() -> None:
    run(Hospital, 20, 30, vary=True)


# Broken engines: each must be found out by the same harness.


def redoes_the_oldest(actions: Iterable[Action]) -> State:
    """A queue where a stack should be."""
    log = list(actions)
    undone = iter([a.do[0].number for a in log if isinstance(a.do[0], ActionUndone)])
    return fold(
        Action(a.number, a.at, a.by, (ActionRedone(next(undone, 0)),))
        if isinstance(a.do[0], ActionRedone)
        else a
        for a in log
    )


def forgets_removals_when_it_reads_back() -> Callable[[Iterable[Action]], State]:
    """Keeps in memory what it should derive: a removed item comes back when the log is read again."""
    known: dict[int, State] = {}

    def folding(actions: Iterable[Action]) -> State:
        log = tuple(actions)
        state = fold(log)
        known.setdefault(len(log), state)
        return known[len(log)] if len(log) > 5 else state

    return folding


def adds_a_word_of_its_own(plan: Plan, command: Command, stamp: Stamp) -> Verdict:
    """Answers another question as well."""
    decision = decide(plan, command, stamp)
    if not isinstance(command, Accept) or not decision.events:
        return decision
    extra: Event = SlotAnswered(Slot(StepId("motto")), "Engine knows best")
    return Verdict((*decision.events, extra))


def leaves_a_trace(plan: Plan, command: Command, stamp: Stamp) -> Verdict:
    """Notes down what it refuses."""
    decision = decide(plan, command, stamp)
    if decision.refusals and isinstance(command, Accept):
        plan.state.facts[command.slot] = Fact("answered", 1, START, "ann", "x")  # type: ignore[index]
    return decision


def rolls_dice(plan: Plan, command: Command, stamp: Stamp) -> Verdict:
    """Has a random source of its own."""
    decision = decide(plan, command, stamp)
    if isinstance(command, Park) and decision.events:
        return decide(plan, Park(command.slot, str(random.random())), stamp)
    return decision


def cleans_nothing(plan: Plan, command: Command, stamp: Stamp) -> Verdict:
    """Lets control characters into events, which a journal would not give back."""
    decision = decide(plan, command, stamp)
    if isinstance(command, Accept) and isinstance(command.value, str) and decision.events:
        return Verdict((SlotAnswered(command.slot, command.value + "\x1b"),))
    return decision


def takes_parked_off(statuses: Iterable[SlotStatus]) -> Progress:
    """Forgets that what is parked must still be answered some day."""
    far = progress(statuses)
    return Progress(far.settled, far.certain - far.parked, far.possible, far.stale, far.parked)


def tells_all(plan: Plan) -> Any:
    """Puts what fell away into the strategy too."""
    strategy = to_strategy(plan)
    fallen = [s.value for s in plan.statuses.values() if not s.active and isinstance(s.value, str)]
    organisation = strategy.organisation.model_copy(update={"values": " ".join(fallen)})
    return strategy.model_copy(update={"organisation": organisation})


def knows_sections_only(plan: Plan) -> tuple[AgendaEntry, ...]:
    """Leaves out of the agenda what stands in no section."""
    return tuple(one for one in agenda(plan) if isinstance(plan.script.step(one.step), Container))


def wanders_off(plan: Plan, at: Slot | None) -> Slot | None:
    """Knows no way on while something is parked."""
    parked = any(status.answer_state == "parked" for status in plan.statuses.values())
    return None if parked else next_slot(plan, at)


def sees_ghosts(plan: Plan, strategy: Any, ids: Any) -> Import:
    """Finds the answers of a long file to be new ones."""
    found = import_strategy(plan, strategy, ids)
    answered = [
        SlotAnswered(slot, "x") for slot, fact in plan.state.facts.items() if fact.value == "business"
    ]
    return Import(found.differences, tuple(answered) or found.events)


class Tidy(Room):
    """Throws away what was undone, as if nobody had ever said it."""

    def happen(self, *events: Event) -> None:
        super().happen(*events)
        if isinstance(events[0], ActionUndone):
            self.actions = [a for a in self.actions if a.number != events[0].number][:-1]


class Hasty(Room):
    """Makes the status of the answer anew and forgets whoever is judged by it."""

    def happen(self, *events: Event) -> None:
        before = self.plan.statuses
        super().happen(*events)
        if all(isinstance(event, SlotAnswered) for event in events):
            said = {event.slot for event in events if isinstance(event, SlotAnswered)}
            statuses = {
                slot: status if slot in said else before.get(slot, status)
                for slot, status in self.plan.statuses.items()
            }
            self.plan = replace(self.plan, statuses=statuses)


class Lazy(Room):
    """Counts the lines of the agenda once and never again."""

    def happen(self, *events: Event) -> None:
        agenda(self.plan)
        before = dict(self.plan.counted)
        super().happen(*events)
        self.plan.counted.update(before)


BROKEN: dict[str, dict[str, Any]] = {
    "redoes the oldest": {"folding": staticmethod(redoes_the_oldest)},
    "has a memory": {"folding": staticmethod(forgets_removals_when_it_reads_back())},
    "adds a word": {"deciding": staticmethod(adds_a_word_of_its_own)},
    "leaves a trace": {"deciding": staticmethod(leaves_a_trace)},
    "rolls dice": {"deciding": staticmethod(rolls_dice)},
    "cleans nothing": {"deciding": staticmethod(cleans_nothing)},
    "takes parked off": {"counting": staticmethod(takes_parked_off)},
    "tells all": {"projecting": staticmethod(tells_all)},
    "knows sections only": {"script_key": "loose", "listing": staticmethod(knows_sections_only)},
    "wanders off": {"leading": staticmethod(wanders_off)},
    "sees ghosts": {"importing": staticmethod(sees_ghosts)},
    "tidies up": {"room_class": Tidy},
    "is hasty": {"room_class": Hasty},
    "is lazy": {"room_class": Lazy},
}


# Found only after many steps.
LATE = ("sees ghosts", "redoes the oldest")


@pytest.mark.parametrize(
    "how", [pytest.param(how, marks=pytest.mark.slow) if how in LATE else how for how in BROKEN]
)
def test_an_engine_that_is_broken_is_found_out(how: str) -> None:
    broken = type("Broken", (Workshop,), BROKEN[how])
    with pytest.raises((AssertionError, KeyError, StrategyFileError)):
        run(broken, 2000, 30)
