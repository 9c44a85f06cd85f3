"""Fold and plan held against slow second versions of both, on any session with any script.

``tests/support/oracles`` says what each event and each key of a script means, without a shortcut. What the program
makes of the same journal must be the same: all tables of its state, and all that is told of each slot.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule, run_state_machine_as_test

from bsc_coach.interview import planner
from bsc_coach.interview.facts.agenda import AskInFull, PlanAgenda, Replan, TakeTime
from bsc_coach.interview.facts.answers import Accept, Confirm, Pass, SlotAnswered
from bsc_coach.interview.facts.family import Command
from bsc_coach.interview.facts.lists import AddItem, CloseList
from bsc_coach.interview.facts.log import Action, JsonValue
from bsc_coach.interview.facts.registry import EVENTS
from bsc_coach.interview.facts.session import ActionUndone, AdoptScript, ScriptAdopted
from bsc_coach.interview.fold import effective_actions, fold
from bsc_coach.interview.navigation import next_slot
from bsc_coach.interview.plan import Plan, SlotStatus
from bsc_coach.interview.planner import make_plan
from bsc_coach.interview.presets import PRESETS
from bsc_coach.interview.state import Fact, State
from bsc_coach.script.model import CollectStep, ConfirmStep, Fixed, QuestionStep, Script
from bsc_coach.script.slots import Slot, StepId
from tests.interview.test_properties import Workshop
from tests.support.oracles.fold import MEANING, World, replayed, unlike
from tests.support.oracles.plan import Oracle, Standing
from tests.support.oracles.scripts import any_sound_scripts
from tests.support.riverbend import riverbend_plan
from tests.support.room import Room, baked


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
    )


def told_otherwise(plan: Plan, world: World) -> list[str]:
    """Return the paths of slots that the oracle tells otherwise, and whatever else is not the same."""
    oracle = Oracle(plan.script, world)
    expected = oracle.standings()
    lists = [step.id for step in plan.script.steps if isinstance(step, CollectStep | Fixed)]
    wrong = [] if list(plan.order) == list(plan.statuses) == list(expected) else ["the order of asking"]
    wrong += [f"items of {one}" for one in lists if list(plan.members.get(one, ())) != oracle.live(one)]
    found = {slot: as_standing(status) for slot, status in plan.statuses.items()}
    wrong += [f"{slot}: {found.get(slot)}, expected {told}" for slot, told in expected.items() if found.get(slot) != told]
    return wrong


def hold(plan: Plan) -> None:
    """Hold a plan and its state against the oracles."""
    world = replayed(plan.state.actions)
    wrong = unlike(world, plan.state) or told_otherwise(plan, world)
    assert wrong == [], "\n".join(wrong)


class Held(Workshop):
    """Any mixture of commands; now and then all of it is held against the oracles."""

    def look_now(self) -> None:
        hold(self.room.plan)

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
                    Confirm(slot) if isinstance(step, ConfirmStep) else Accept(slot, self.value(data, step, slot))
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
        names += [f"{one.id}[{item}]" for one in self.script.steps if isinstance(one, Fixed) for item in one.item_ids]
        self.try_(Replan("cut", {data.draw(st.sampled_from(names)): where}, short))

    @rule(data=st.data())
    def ask_in_full(self, data: st.DataObject) -> None:
        self.try_(AskInFull(data.draw(st.sampled_from(["", *(step.id for step in self.script.inside(None))]))))

    @rule()
    def take_a_break(self) -> None:
        self.try_(TakeTime("break", self.room.clock()))

    @rule(data=st.data())
    def pass_by(self, data: st.DataObject) -> None:
        self.try_(Pass(self.some_slot(data, QuestionStep)))

    def teardown(self) -> None:
        self.look_now()


class HeldOnAnyScript(Held):
    """The same on a script of any shape."""

    @initialize(script=any_sound_scripts())
    def begin(self, script: Script) -> None:
        self.script = script
        self.room = self.new_room()


class HeldOnTheBundledScript(Held):
    """The same on the script that comes with the program."""

    script_key = "strategy_map"


def run(machine: type[Workshop], examples: int, steps: int, *, vary: bool = False, shrink: bool = False) -> None:
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            derandomize=not vary,
            database=None,
            phases=(Phase.generate, Phase.shrink) if shrink else (Phase.generate,),
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_any_session_on_any_script_is_what_the_oracles_say() -> None:
    run(HeldOnAnyScript, 150, 25, shrink=True)


def test_any_session_on_a_small_script_is_what_the_oracles_say() -> None:
    run(Held, 40, 25, shrink=True)
