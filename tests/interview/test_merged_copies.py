"""Copies of a session that went on separately and are put together: nothing is lost, mixed or won silently.

What people said in each copy is looked for in what the copies come to together: in its answers and lists, and
in the strategy and the notes that documents are made from. Broken ways of putting together must be found out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import permutations

import pytest

from bsc_coach.interview.disputes import SaidPlaces
from bsc_coach.interview.facts.lists import ItemAdded, ListClosed, TakeSide
from bsc_coach.interview.facts.log import Action
from bsc_coach.interview.facts.session import ActionRedone, ActionUndone, renamed_slot
from bsc_coach.interview.fold import fold
from bsc_coach.interview.notes import to_notes
from bsc_coach.interview.plan import Plan
from bsc_coach.interview.planner import make_plan
from bsc_coach.interview.projection import to_strategy
from bsc_coach.interview.state import Fact, Side, State
from bsc_coach.script.model import ConfirmStep
from bsc_coach.script.slots import ItemId, Slot
from bsc_coach.strategy.strategy_file import file_of
from bsc_coach.strategy.toml import text_of
from tests.support.copies import RENAMES, Copies, Copy, continued, script_in_use

EARLIER_NAMES = {new: old for old, new in RENAMES.items()}
Folding = Callable[[list[Action]], State]


def lost_or_mixed(copies: Copies, folding: Folding = fold) -> list[str]:
    """Return what was said in some copy and is neither in what they come to together nor in dispute there."""
    together = folding(copies.lines)
    plan = make_plan(script_in_use(together), together)
    wrong = [*twice_named(together)]
    for copy in copies.copies:
        others = [other for other in copies.copies if other is not copy]
        wrong += [*answers_lost(copy, together), *items_lost(copy, others, together)]
        wrong += [*lists_lost(copy, together)]
    return [*wrong, *unsaid(copies, plan)]


def twice_named(state: State) -> Iterator[str]:
    """Yield short ids that two items have."""
    shorts = Counter(state.shorts.values())
    yield from (f"{short} stands for {n} items" for short, n in shorts.items() if n > 1)


def now_called(slot: Slot, state: State) -> Slot:
    """Return a slot of a copy under the name that it has in what all copies come to."""
    return renamed_slot(slot, RENAMES if state.adopted is not None else EARLIER_NAMES)


def sides_at(state: State, slot: Slot) -> list[Side]:
    return [side for dispute in state.disputed.get(slot, ()) for side in dispute.sides]


def says(fact: Fact) -> tuple[object, ...]:
    return (fact.answer_state, fact.value, fact.reason, fact.owner, fact.due)


def answers_lost(copy: Copy, together: State) -> Iterator[str]:
    """Yield the answers of a copy that stand nowhere: not alone, and not as one side of a dispute."""
    own = {action.id for action in copy.own}
    for slot, fact in copy.plan.state.facts.items():
        step = copy.script.by_id.get(slot.step)
        if (
            (copy.name, fact.number) not in own
            or fact.answer_state == "passed"
            or isinstance(step, ConfirmStep)
        ):
            continue
        there = now_called(slot, together)
        found = together.facts.get(there)
        sides = [
            (side.says, side.value, side.reason, side.owner, side.due) for side in sides_at(together, there)
        ]
        if says(fact) not in (*sides, *([says(found)] if found is not None else [])):
            yield f"{copy.name}: {slot} {says(fact)}, found {found and says(found)}, {sides}"


def items_lost(copy: Copy, others: Sequence[Copy], together: State) -> Iterator[str]:
    """Yield items that are gone although nobody took them off, and removals that nobody is told of."""
    before = copy.before
    for slot, listed in copy.plan.state.lists.items():
        there = together.list_at(now_called(slot, together))
        about = {dispute.item for dispute in together.disputed.get(now_called(slot, together), ())}
        for item in listed.live:
            taken_off = any(
                item not in other.plan.state.list_at(now_called_in(slot, copy, other)).live
                for other in others
            )
            known = item in before.frames
            if item not in there.live and not (known and taken_off and not touched_in(copy, item)):
                yield f"{copy.name}: {item} is gone"
        for item in listed.removed:
            fresh = item not in before.list_at(slot_before(slot, copy)).removed
            if fresh and item in there.live and item not in about:
                yield f"{copy.name}: {item} came back without a word"


def now_called_in(slot: Slot, copy: Copy, other: Copy) -> Slot:
    """Return a slot of one copy under the name that it has in another one."""
    mine, theirs = copy.plan.state.adopted is not None, other.plan.state.adopted is not None
    if mine == theirs:
        return slot
    return renamed_slot(slot, RENAMES if theirs else EARLIER_NAMES)


def slot_before(slot: Slot, copy: Copy) -> Slot:
    if copy.plan.state.adopted is None or copy.before.adopted is not None:
        return slot
    return renamed_slot(slot, EARLIER_NAMES)


def touched_in(copy: Copy, item: ItemId) -> bool:
    """Tell whether something that counts was said about an item in a copy since it is one."""
    places = SaidPlaces()
    own = {action.id for action in copy.own}
    for action in copy.plan.state.effective:
        if action.id in own:
            places.take(action)
    return item in places.touched


def closed_in(copy: Copy, reason: str) -> bool:
    own = {action.id for action in copy.own}
    said = (event for action in copy.plan.state.effective if action.id in own for event in action.do)
    return any(isinstance(event, ListClosed) and event.reason == reason for event in said)


def lists_lost(copy: Copy, together: State) -> Iterator[str]:
    """Yield reasons for an empty list that a copy gave and that stand nowhere."""
    for slot, listed in copy.plan.state.lists.items():
        last_word = slot not in copy.plan.state.facts and listed.closed and closed_in(copy, listed.reason)
        if not listed.reason or not last_word:
            continue
        there = now_called(slot, together)
        reasons = [side.reason for side in sides_at(together, there)]
        if listed.reason not in (together.list_at(there).reason, *reasons):
            yield f"{copy.name}: {slot} is empty because {listed.reason}"


def unsaid(copies: Copies, plan: Plan) -> Iterator[str]:
    """Yield texts that count in a copy, apply in what they come to, and that no document could tell."""
    document = text_of(file_of(to_strategy(plan), to_notes(plan)))
    for copy in copies.copies:
        own = {action.id for action in copy.own}
        for slot, status in copy.plan.statuses.items():
            fact, there = status.fact, plan.statuses.get(now_called(slot, plan.state))
            if fact is None or (copy.name, fact.number) not in own or not status.active:
                continue
            applies = there is not None and there.active
            own_words = isinstance(fact.value, str) and fact.value.startswith(f"{copy.name} says")
            if applies and own_words and fact.value not in document:
                yield f"{copy.name}: {fact.value!r} at {slot} is in no document"


SEEDS = range(60)
MORE_SEEDS = range(1000, 2500)


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_is_lost_or_mixed(seed: int) -> None:
    assert lost_or_mixed(continued(seed, 2 + seed % 2)) == []


@pytest.mark.slow
def test_nothing_is_lost_or_mixed_in_many() -> None:
    wrong = {seed: found for seed in MORE_SEEDS if (found := lost_or_mixed(continued(seed, 2 + seed % 2)))}
    assert wrong == {}


@pytest.mark.parametrize("seed", range(15))
def test_the_order_of_putting_together_does_not_matter(seed: int) -> None:
    copies = continued(seed, 3)
    expected = fold(copies.lines)
    logs = [(*copies.begun, *copy.own) for copy in copies.copies]
    for one, other, third in permutations(logs):
        assert fold((*one, *other, *third)) == expected
        assert fold((*fold((*one, *other)).actions, *third)) == expected
    assert fold((*expected.actions, *expected.actions)) == expected


@pytest.mark.parametrize("seed", range(50))
def test_going_on_from_what_was_put_together_is_folding_all_of_it(seed: int) -> None:
    copies = continued(seed, 2 + seed % 2)
    going_on = Copy("dan", fold(copies.lines).actions, seed)
    going_on.do_anything(12)
    assert fold(going_on.actions) == going_on.plan.state


def test_a_place_that_was_decided_is_in_dispute_no_more() -> None:
    decided = 0
    for seed in range(60):
        copies = continued(seed, 2)
        plenary = Copy("dan", fold(copies.lines).actions, seed)
        for slot in list(plenary.plan.state.disputed):
            status = plenary.plan.statuses.get(slot)
            if status is None or not status.active or len(status.disputes) != 1:
                continue
            verdict = plenary.attempt(TakeSide(slot, 2))
            if verdict.events:
                decided += 1
                assert slot not in fold(plenary.actions).disputed
    assert decided > 10


# Ways of putting together that lose, mix or win silently: each must be found out.


def as_one_log(lines: list[Action]) -> State:
    """Fold all lines in one row, as if each had known all before it, and undo by the number alone."""
    ordered = sorted(lines, key=lambda one: (one.number, one.writer))
    numbers: dict[int, int] = {}
    told = []
    for place, action in enumerate(ordered, start=1):
        numbers[action.number] = place
        events = tuple(
            replace(event, number=numbers.get(event.number, 0), writer="")
            if isinstance(event, ActionUndone | ActionRedone)
            else event
            for event in action.do
        )
        told.append(replace(action, number=place, writer="", after=(), do=events))
    return fold(told)


def the_first_wins(lines: list[Action]) -> State:
    return replace(fold(lines), disputed={})


def whoever_removes_wins(lines: list[Action]) -> State:
    state = fold(lines)
    lists = dict(state.lists)
    for slot, disputes in state.disputed.items():
        gone = {one.item for one in disputes if one.item is not None}
        lists[slot] = replace(state.list_at(slot), removed=state.list_at(slot).removed | gone)
    return replace(state, lists=lists, disputed={})


def ids_as_they_were(lines: list[Action]) -> State:
    added = (event for action in lines for event in action.do if isinstance(event, ItemAdded))
    shorts = {event.item: event.short for event in added}
    state = fold(lines)
    return replace(state, shorts={item: shorts[item] for item in state.shorts})


def only_one_side(lines: list[Action]) -> State:
    return fold([action for action in lines if action.writer != "bea"])


BROKEN: dict[str, Folding] = {
    "everything in one row": as_one_log,
    "the first wins": the_first_wins,
    "whoever removes wins": whoever_removes_wins,
    "ids as they were": ids_as_they_were,
    "only one side": only_one_side,
}


@pytest.mark.parametrize("how", BROKEN)
def test_a_careless_way_of_putting_together_is_found_out(how: str) -> None:
    assert any(lost_or_mixed(continued(seed, 2), BROKEN[how]) for seed in range(120))


def test_a_fold_that_goes_by_the_order_of_the_lines_is_found_out() -> None:
    def unsorted(lines: list[Action]) -> State:
        told = [replace(action, number=at, writer="", after=()) for at, action in enumerate(lines, start=1)]
        return fold(told)

    copies = continued(3, 2)
    assert unsorted(copies.lines).facts != unsorted([*reversed(copies.lines)]).facts
