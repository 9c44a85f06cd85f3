"""Fold and plan held against slow second versions of both, on any session with any script.

``tests/support/oracles`` says what each event and each key of a script means, without a shortcut. What the
program makes of the same journal must be the same: all tables of its state, all that is told of each slot.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from bsc_coach.interview import planner
from bsc_coach.interview.basis import stale_because
from bsc_coach.interview.conditions import slot_in_frame, truth
from bsc_coach.interview.facts.agenda import AskInFull, PlanAgenda, Replan, TakeTime, TimeTaken
from bsc_coach.interview.facts.answers import Accept, Confirm, Pass, SlotParked
from bsc_coach.interview.facts.family import Command
from bsc_coach.interview.facts.lists import AddItem, CloseList
from bsc_coach.interview.facts.log import Action, Event, JsonValue
from bsc_coach.interview.facts.registry import EVENTS
from bsc_coach.interview.facts.session import ActionRedone, ActionUndone, ScriptAdopted
from bsc_coach.interview.fold import advance, fold
from bsc_coach.interview.navigation import next_slot
from bsc_coach.interview.plan import Plan, Relevance, SlotStatus
from bsc_coach.interview.planner import inside_of, make_plan
from bsc_coach.interview.presets import PRESETS
from bsc_coach.interview.state import Fact, ListFact, State
from bsc_coach.script.model import Answerable, CollectStep, ConfirmStep, Fixed, QuestionStep, Script
from bsc_coach.script.predicates import Count, Predicate
from bsc_coach.script.slots import Frame, Slot, StepId
from tests.interview.test_live_plans import went_on
from tests.interview.test_properties import Workshop, run
from tests.support.clock import START
from tests.support.oracles.fold import MEANING, World, counting, digest, replayed, unlike
from tests.support.oracles.plan import Oracle, Standing
from tests.support.oracles.scripts import any_sound_scripts
from tests.support.oracles.sessions import SESSIONS
from tests.support.riverbend import riverbend_plan
from tests.support.room import Room, baked
from tests.support.scripts import bakery


def as_standing(status: SlotStatus) -> Standing:
    """Return what the program tells of a slot, in the words of the oracle."""
    return Standing(
        status.answer_state,
        status.relevance,
        status.value,
        status.stale_because,
        status.reworded,
        tuple(refusal.key for refusal in status.refusals),
        status.aside,
        status.place,
        status.unconfirmed,
    )


def told_otherwise(plan: Plan, world: World, known: Mapping[Slot, Standing] | None = None) -> list[str]:
    """Return the paths of slots that the oracle tells otherwise, and whatever else is not the same."""
    oracle = Oracle(plan.script, world)
    expected = oracle.standings() if known is None else known
    lists = [step.id for step in plan.script.steps if isinstance(step, CollectStep | Fixed)]
    wrong = [] if list(plan.order) == list(plan.statuses) == list(expected) else ["the order of asking"]
    wrong += [f"items of {one}" for one in lists if list(plan.members.get(one, ())) != oracle.live(one)]
    found = {slot: as_standing(status) for slot, status in plan.statuses.items()}
    wrong += [
        f"{slot}: {found.get(slot)}, expected {told}"
        for slot, told in expected.items()
        if found.get(slot) != told
    ]
    return wrong


def hold(plan: Plan) -> None:
    """Hold a plan and its state against the oracles."""
    world = replayed(plan.state.actions)
    wrong = unlike(world, plan.state) or told_otherwise(plan, world)
    assert wrong == [], "\n".join(wrong)


class Held(Workshop):
    """Any mixture of commands; in the end all that came of it is held against the oracles."""

    def try_(self, command: Command) -> None:
        self.room.attempt(command)

    def text(self, data: st.DataObject) -> str:
        """Return one of a few texts, so that the same is often said twice."""
        return data.draw(st.sampled_from(["Rye", "rye ", "Cake", "Halve the waste", "x"]))

    def undo_everything_and_redo_it(self) -> None:
        """Not here: the property has a test of its own."""

    def write_the_strategy(self) -> None:
        """Nor this one."""

    def answer_badly(self) -> None:
        """Nor this one: what is refused is no event."""

    fill = add_several = keep = mute = speak = answer_badly

    @rule(data=st.data(), times=st.integers(2, 8))
    def answer_what_is_asked(self, data: st.DataObject, times: int) -> None:
        for _ in range(times):
            slot = next_slot(self.room.plan, None)
            if slot is None:
                return
            step = self.room.plan.statuses[slot].step
            if isinstance(step, CollectStep):
                self.try_(AddItem(slot, self.first_answer(data, step, slot)))
                self.try_(CloseList(slot))
            else:
                self.try_(
                    Confirm(slot)
                    if isinstance(step, ConfirmStep)
                    else Accept(slot, self.value(data, step, slot))
                )

    def first_answer(self, data: st.DataObject, step: CollectStep, slot: Slot) -> dict[StepId, JsonValue]:
        """Return the answer that an item is added with, where a question stands right in its list."""
        inside = [one for one in self.script.inside(step.id) if isinstance(one, QuestionStep)]
        first = next((one for one in inside if not isinstance(one, CollectStep | ConfirmStep)), None)
        return {} if first is None else {first.id: self.value(data, first, slot)}

    @rule(preset=st.sampled_from([*PRESETS]), as_before=st.booleans())
    def plan_agenda(self, preset: str, as_before: bool) -> None:
        self.try_(PlanAgenda(preset, people=6, as_before=as_before))

    @rule(data=st.data(), where=st.sampled_from(["homework", "leave", "sitting"]), short=st.booleans())
    def leave_out(self, data: st.DataObject, where: str, short: bool) -> None:
        names = [step.id for step in self.script.steps]
        names += [
            f"{one.id}[{item}]"
            for one in self.script.steps
            if isinstance(one, Fixed)
            for item in one.item_ids
        ]
        self.try_(Replan("cut", {data.draw(st.sampled_from(names)): where}, short))

    @rule(data=st.data())
    def ask_in_full(self, data: st.DataObject) -> None:
        self.try_(
            AskInFull(data.draw(st.sampled_from(["", *(step.id for step in self.script.inside(None))])))
        )

    @rule()
    def take_a_break(self) -> None:
        self.try_(TakeTime("break", self.room.clock()))

    @rule(data=st.data())
    def pass_by(self, data: st.DataObject) -> None:
        self.try_(Pass(self.some_slot(data, QuestionStep)))

    def teardown(self) -> None:
        hold(self.room.plan)


class HeldOnAnyScript(Held):
    """The same on a script of any shape."""

    @initialize(script=any_sound_scripts())
    def begin(self, script: Script) -> None:
        self.script = script
        self.room = self.new_room()


class HeldOnTheBundledScript(Held):
    """The same on the script that comes with the program."""

    script_key = "strategy_map"


def test_any_session_on_any_script_is_what_the_oracles_say() -> None:
    run(HeldOnAnyScript, 80, 20, Phase.generate, Phase.shrink)


def test_any_session_on_a_small_script_is_what_the_oracles_say() -> None:
    run(Held, 30, 20, Phase.generate, Phase.shrink)


@pytest.mark.slow
def test_any_session_on_any_script_is_what_the_oracles_say_for_long() -> None:
    run(HeldOnAnyScript, 1000, 40, Phase.generate, Phase.shrink, vary=True)


@pytest.mark.slow
def test_any_session_on_a_small_script_is_what_the_oracles_say_for_long() -> None:
    run(Held, 300, 50, Phase.generate, Phase.shrink, vary=True)


@pytest.mark.slow
def test_any_session_on_the_bundled_script_is_what_the_oracles_say() -> None:
    run(HeldOnTheBundledScript, 15, 25, vary=True)


@pytest.mark.parametrize("name", SESSIONS)
def test_what_seldom_happens_is_what_the_oracles_say(name: str) -> None:
    hold(SESSIONS[name]().plan)


@pytest.mark.slow
def test_the_recorded_session_is_what_the_oracles_say() -> None:
    hold(riverbend_plan())


@pytest.mark.slow
def test_the_recorded_session_that_went_on_is_what_the_oracles_say() -> None:
    for number, room in enumerate(went_on(Room)):
        if number % 20 == 19:
            hold(room.plan)


def test_questions_that_mean_something_else_are_what_the_oracles_say() -> None:
    script = bakery()
    raised = Script(script.header, tuple(replace(step, rev=2) for step in script.steps), (), {})
    plan = make_plan(raised, baked(script).plan.state)
    assert any(status.reworded for status in plan.statuses.values())
    hold(plan)


RENAMES = {"goods": "wares", "goods.name": "wares.name", "organisation.year": "organisation.horizon"}


def test_what_a_newer_script_calls_otherwise_is_where_the_oracle_has_it() -> None:
    room = baked()
    room.say("organisation.ambition", "Bread at each door")
    actions = [*room.actions, Action(len(room.actions) + 1, START, "ann", (ScriptAdopted(2, "d", RENAMES),))]
    assert unlike(replayed(actions), fold(actions)) == []
    assert any(slot.step == "wares.name" for slot in fold(actions).facts)


LOGS = st.lists(
    st.one_of(
        st.just(SlotParked(Slot(StepId("slogan")))),
        st.just(TimeTaken("break", "2026-11-22T09:00:00+00:00")),
        st.builds(ActionUndone, st.integers(1, 9)),
        st.builds(ActionRedone, st.integers(1, 9)),
    ),
    max_size=14,
)
"""What a damaged or merged journal may hold as well: undo of what was undone, redo of what nobody undid."""


def numbered(events: Sequence[Event]) -> tuple[Action, ...]:
    return tuple(Action(number, START, "ann", (event,)) for number, event in enumerate(events, start=1))


@settings(max_examples=300, database=None)
@given(LOGS)
def test_what_counts_in_any_log_is_what_the_oracle_says(events: list[Event]) -> None:
    log = numbered(events)
    state = fold(log)
    assert (state.effective, state.undone) == counting(log)
    live = fold(())
    for action in log:
        live = advance(live, action)
    assert live == state


def test_every_kind_of_event_means_something_to_the_oracle() -> None:
    """Whoever adds a kind of event says in ``tests/support/oracles/fold.py`` what it means."""
    assert set(MEANING) == set(EVENTS.values())


# Faults on purpose: each must be found out on sessions in which nothing is wrong.


@dataclass(frozen=True)
class Recorded:
    """A session on a script, and what the oracles say of it."""

    script: Script
    actions: tuple[Action, ...]
    world: World
    standings: Mapping[Slot, Standing]


@cache
def recorded() -> tuple[Recorded, ...]:
    """Return sessions of every sort."""
    rooms: list[Room] = [make() for make in SESSIONS.values()]

    class OnAnyScript(HeldOnAnyScript):
        def teardown(self) -> None:
            rooms.append(self.room)

    class OnASmallScript(Held):
        def teardown(self) -> None:
            rooms.append(self.room)

    run(OnAnyScript, 20, 20)
    run(OnASmallScript, 10, 20)
    found = []
    for room in rooms:
        world = replayed(room.actions)
        standings = Oracle(room.script, world).standings()
        found.append(Recorded(room.script, tuple(room.actions), world, standings))
    return tuple(found)


def found_out(folding: Callable[[Iterable[Action]], State] = fold) -> str:
    """Return what is the first thing to be told otherwise than the oracles say it; nothing if nothing is."""
    for one in recorded():
        state = folding(one.actions)
        plan = make_plan(one.script, state)
        wrong = unlike(one.world, state) or told_otherwise(plan, one.world, one.standings)
        if wrong:
            return wrong[0]
    return ""


def test_nothing_is_found_out_where_nothing_is_wrong() -> None:
    assert found_out() == ""


def afterwards(**changing: Callable[[State], object]) -> Callable[[Iterable[Action]], State]:
    """Return a fold that has something otherwise in some of its tables."""
    return lambda log: replace(
        state := fold(log), **{name: change(state) for name, change in changing.items()}
    )


def never_undone(log: Iterable[Action]) -> State:
    return fold([action for action in log if not isinstance(action.do[0], ActionUndone | ActionRedone)])


def redo_for_ever(log: Iterable[Action]) -> State:
    actions = tuple(log)
    undone = [action.do[0].number for action in actions if isinstance(action.do[0], ActionUndone)]
    redone = [action.do[0].number for action in actions if isinstance(action.do[0], ActionRedone)]
    waiting = [action for action in actions if undone.count(action.number) > redone.count(action.number)]
    return replace(fold(actions), undone=tuple(waiting))


def lists(change: Callable[[ListFact], ListFact]) -> Callable[[State], object]:
    return lambda state: {slot: change(listed) for slot, listed in state.lists.items()}


def facts(change: Callable[[Fact], Fact]) -> Callable[[State], object]:
    return lambda state: {slot: change(fact) for slot, fact in state.facts.items()}


BROKEN_FOLDS: dict[str, Callable[[Iterable[Action]], State]] = {
    "undo is ignored": never_undone,
    "something new leaves what redo brings back": redo_for_ever,
    "a removed item is kept": afterwards(lists=lists(lambda one: replace(one, removed=frozenset()))),
    "the order of a list is lost": afterwards(
        lists=lists(lambda one: replace(one, items=tuple(sorted(one.items))))
    ),
    "adding leaves a list closed": afterwards(lists=lists(lambda one: replace(one, closed=bool(one.items)))),
    "a rewording means something else": afterwards(
        facts=facts(lambda one: replace(one, meaning=digest(one.value) if one.value else ""))
    ),
    "what was affirmed forgets what was before": afterwards(
        facts=facts(lambda one: replace(one, rewords=None))
    ),
    "short ids that were undone are free again": afterwards(
        minted=lambda state: {} if state.undone else state.minted
    ),
    "what was taken over was said here": afterwards(facts=facts(lambda one: replace(one, source=""))),
    "what was undone took no time": afterwards(spent=lambda state: fold(state.effective).spent),
}


@pytest.mark.parametrize("how", BROKEN_FOLDS)
def test_a_fold_with_a_fault_is_found_out(how: str) -> None:
    assert found_out(BROKEN_FOLDS[how]) != ""


def looks_at_one_basis(plan: Plan, step: Answerable, slot: Slot, fact: Fact) -> tuple[Slot, ...]:
    """Hold an answer against what another step says that it rests on."""
    other = next((one for one in plan.script.asked() if one.basis and one.id != step.id), step)
    return stale_because(plan, replace(step, basis=other.basis), slot, fact)


def is_stale_again_and_again(plan: Plan, step: Answerable, slot: Slot, fact: Fact) -> tuple[Slot, ...]:
    """Hold an answer to be stale as well where what it rests on was said later, if in the same words."""
    slots = (slot_in_frame(plan.script, name, slot.frame) for name in step.basis)
    said = {one: plan.state.facts.get(one) for one in slots}
    return tuple(one for one, other in said.items() if other is not None and other.number > fact.number)


def waits_for_what_fell_away(one: Relevance, other: bool | None) -> Relevance:
    return "pending" if other is False else inside_of(one, other)


def decides_at_once(plan: Plan, predicate: Predicate, frame: Frame) -> bool | None:
    """Take what is not known yet for a no."""
    return bool(truth(plan, predicate, frame))


def waits_for_what_does_not_apply(plan: Plan, predicate: Predicate, frame: Frame) -> bool | None:
    """Take a list that was declined for one that is still open."""
    declined = isinstance(predicate, Count) and any(
        status.answer_state == "declined"
        for status in plan.statuses.values()
        if status.step.id == predicate.count
    )
    return None if declined else truth(plan, predicate, frame)


def confirmed_for_ever(plan: Plan, step: ConfirmStep, confirmed: int | None = None) -> str:
    facts = (plan.state.facts.get(slot) for slot in plan.state.facts if slot.step == step.id)
    return next((str(fact.value) for fact in facts if fact is not None), "")


BROKEN_PLANS: dict[str, tuple[str, object]] = {
    "stale by the basis of another": ("stale_because", looks_at_one_basis),
    "stale although the old value is back": ("stale_because", is_stale_again_and_again),
    "never stale": ("stale_because", lambda *_: ()),
    "dormant is pending": ("inside_of", waits_for_what_fell_away),
    "unknown is false": ("truth", decides_at_once),
    "a list that does not apply is open": ("truth", waits_for_what_does_not_apply),
    "confirmed for ever": ("digest_in_scope", confirmed_for_ever),
    "limits are forgotten": ("broken_limits", lambda *_: ()),
    "the depth is forgotten": ("aside_of", lambda *_: ""),
    "no item is enough": ("is_enough", lambda *_: False),
    "every frame is one's own": ("is_in_reach", lambda *_: True),
}


@pytest.mark.parametrize("how", BROKEN_PLANS)
def test_a_plan_with_a_fault_is_found_out(how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    recorded()
    name, broken = BROKEN_PLANS[how]
    monkeypatch.setattr(planner, name, broken)
    assert found_out() != ""
