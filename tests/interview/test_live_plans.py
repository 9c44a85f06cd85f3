"""A long session that goes on: whatever is carried from plan to plan is what the journal alone gives."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from bsc_coach.conversation.findings import findings
from bsc_coach.conversation.headline import headline
from bsc_coach.conversation.side_views import balance, links_of, map_of, pinned, review
from bsc_coach.interview.facts.answers import Accept, Decline, Park, Reopen, StillRight
from bsc_coach.interview.facts.family import Command
from bsc_coach.interview.facts.lists import AddItem, RemoveItem
from bsc_coach.interview.facts.log import JsonValue
from bsc_coach.interview.facts.session import Redo, Undo
from bsc_coach.interview.fold import fold
from bsc_coach.interview.navigation import agenda, next_slot
from bsc_coach.interview.plan import Plan, SlotStatus
from bsc_coach.interview.planner import make_plan
from bsc_coach.interview.projection import to_strategy
from bsc_coach.script.model import (
    ChoiceStep,
    CollectStep,
    ConfirmStep,
    LongTextStep,
    SeveralStep,
    TextStep,
)
from bsc_coach.script.slots import ItemId
from tests.support.riverbend import riverbend_plan
from tests.support.room import Room

EDITS, UNDOS, REDOS = 45, 40, 25


def derived(plan: Plan) -> dict[str, object]:
    """Return all that screens and documents show of a plan."""
    strategy = to_strategy(plan)
    return {
        "slots": plan.order,
        "statuses": dict(plan.statuses),
        "members": plan.members,
        "agenda": agenda(plan),
        "next": next_slot(plan, None),
        "headline": headline(plan, plan.order[0]),
        "strategy": strategy,
        "pinned": pinned(plan),
        "map": map_of(plan),
        "links": links_of(plan),
        "balance": balance(strategy),
        "review": review(plan),
        "findings": findings(plan),
    }


def edit(status: SlotStatus, number: int) -> Command | None:
    """Return one of the many things that can be done about a slot, a different one each time."""
    slot, step = status.slot, status.step
    if isinstance(step, CollectStep):
        return AddItem(slot)
    if isinstance(step, ConfirmStep):
        return None
    others: tuple[Command, ...] = (
        Park(slot, "later", "Ann"), Reopen(slot), StillRight(slot), Decline(slot, "not ours"),
    )  # fmt: skip
    value: JsonValue = None
    if isinstance(step, TextStep | LongTextStep):
        value = f"Improve {number} {status.value}"[:60]
    elif isinstance(step, ChoiceStep | SeveralStep):
        value = str(number % len(step.choices) + 1)
    return others[number % 4] if value is None or number % 3 == 0 else Accept(slot, value, number % 2 == 0)


def went_on(room_class: type[Room]) -> Iterator[Room]:
    """Go on with the recorded session: edits all over it, then undos and redos; yield after each step."""
    room = room_class(riverbend_plan().script)
    room.actions = list(riverbend_plan().state.actions)
    room.plan = riverbend_plan()
    slots = [status.slot for status in room.plan.statuses.values() if status.active]
    for number in range(EDITS):
        status = room.plan.status(slots[number * 7919 % len(slots)])
        command = edit(status, number) if status is not None and status.active else None
        if number % 9 == 8:
            items = list(room.plan.state.frames)
            command = RemoveItem(ItemId(items[number * 17 % len(items)]))
        if command is not None:
            room.attempt(command)
            yield room
    for command in (*[Undo()] * UNDOS, *[Redo()] * REDOS):
        room.do(command)
        yield room


def differing(room: Room) -> list[str]:
    """Return the names of what the live plan shows otherwise than one made from the journal alone."""
    fresh = derived(make_plan(room.script, fold(room.actions)))
    live = derived(room.plan)
    return [name for name in fresh if fresh[name] != live[name]]


def compare(room_class: type[Room]) -> None:
    """Go on with the session and compare the live plan again and again with one from the journal."""
    for step, room in enumerate(went_on(room_class)):
        # A screen looks at the agenda after each answer; a copy of the plan has nothing carried over.
        assert agenda(room.plan) == agenda(replace(room.plan))
        if step % 8 == 0:
            assert room.plan.state == fold(room.actions)
            assert (step, differing(room)) == (step, [])


def test_a_live_plan_shows_what_the_journal_alone_gives() -> None:
    compare(Room)


def keeps_the_counts(before: Plan, plan: Plan) -> Plan:
    """Take over each line of the agenda, whatever has changed in it."""
    agenda(before)
    plan.counted.update(before.counted)
    return plan


def keeps_the_strategy(before: Plan, plan: Plan) -> Plan:
    """Take over what was derived of the plan before."""
    to_strategy(before)
    plan.derived.update(before.derived)
    return plan


def keeps_the_statuses(before: Plan, plan: Plan) -> Plan:
    """Take over each status whose answer has not changed, whatever else it is judged by."""
    statuses = {
        slot: was if (was := before.statuses.get(slot)) is not None and was.fact is status.fact else status
        for slot, status in plan.statuses.items()
    }
    return replace(plan, statuses=statuses)


def keeps_the_index(before: Plan, plan: Plan) -> Plan:
    """Take over the index although items have come."""
    return replace(plan, index=before.index)


@pytest.mark.parametrize(
    "carrying", [keeps_the_counts, keeps_the_strategy, keeps_the_statuses, keeps_the_index]
)
def test_a_plan_that_carries_too_much_is_noticed(carrying: Callable[[Plan, Plan], Plan]) -> None:
    class Carrying(Room):
        def happen(self, *events: object) -> None:
            before = self.plan
            super().happen(*events)  # type: ignore[arg-type]
            self.plan = carrying(before, self.plan)

    # A carried index may also name slots that are gone.
    with pytest.raises((AssertionError, KeyError)):
        compare(Carrying)
