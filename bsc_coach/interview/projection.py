"""Projection of the plan to a strategy: each active answer in the field that its step names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from bsc_coach.derived import once
from bsc_coach.interview.ballots import read_ballot
from bsc_coach.interview.conditions import source_frames
from bsc_coach.interview.facts.log import Value
from bsc_coach.interview.outcomes import ballots_in_words
from bsc_coach.interview.own_questions import where_asked
from bsc_coach.interview.plan import Plan, SlotStatus
from bsc_coach.interview.renamed import names_of
from bsc_coach.interview.texts import choice_text, text_of
from bsc_coach.script.fields import field_of, items_at, marks_items, parse_field
from bsc_coach.script.model import (
    BallotStep,
    ChoiceStep,
    CollectStep,
    ConfirmStep,
    Fixed,
    ForEach,
    PickStep,
    RoundStep,
    SeveralStep,
    Step,
)
from bsc_coach.script.slots import Frame, ItemId, Slot, StepId
from bsc_coach.strategy.nested import Table, get, put
from bsc_coach.text import one_line
from bsc_coach.words import say

if TYPE_CHECKING:
    from bsc_coach.strategy.model import Strategy


@once
def to_strategy(plan: Plan) -> Strategy:
    """Project the active answers to a validated ``Strategy``; made once for each plan."""
    from pydantic import ValidationError

    from bsc_coach.strategy.model import Strategy

    table, origins = strategy_table(plan)
    while True:
        try:
            return Strategy.model_validate(table)
        except ValidationError as error:
            # A script of one's own may fill a field with what it cannot hold: such an answer is kept
            # among the extra ones instead of being lost.
            fault = error.errors(include_url=False, include_context=False, include_input=False)[0]
            _move_to_extra(plan, table, origins, fault["loc"])


Origins = dict[tuple[int | str, ...], SlotStatus]
"""Which answer stands at which place of the strategy's table."""


def strategy_table(plan: Plan) -> tuple[Table, Origins]:
    """Build the strategy as nested dicts, and remember which answer went where."""
    making = _StrategyTables(plan)
    for step in plan.script.steps:
        making.items_of(step)
    for status in plan.statuses.values():
        if isinstance(status.step, CollectStep):
            making.put_reason_of_empty(status, status.step)
        elif not status.active or isinstance(status.step, ConfirmStep):
            continue
        elif status.answer_state == "answered" and status.value is not None:
            making.put_answer(status, status.value)
    return making.table, making.origins


class _StrategyTables:
    """The tables of a strategy in the making, with an index over the items of its lists by short id."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.table: Table = {"language": plan.language}
        if names := names_of(plan):
            self.table["names"] = names
        self.origins: Origins = {}
        self.items: dict[tuple[tuple[str, ...], str], tuple[Table, int]] = {}
        """Each item of a list and its place there, by the path of the list and the id of the item."""
        self.paths = {step.id: field_of(step) for step in plan.script.steps}
        self.marking = {step.id for step in plan.script.steps if marks_items(plan.script, step)}

    def item_at(self, outer: tuple[str, ...], item_id: str) -> tuple[Table, int]:
        """Return the item with an id in the list at ``outer`` and its place, making it if it is missing."""
        if (outer, item_id) not in self.items:
            listed = items_at(self.table, outer)
            listed.append({"id": item_id})
            self.items[outer, item_id] = listed[-1], len(listed) - 1
        return self.items[outer, item_id]

    def items_of(self, step: Step) -> None:
        """Make the items that a list or a pass gives, in its order."""
        path = self.paths[step.id]
        if path is None or not path.in_list or path.inner:
            return
        for frame in _item_frames(self.plan, step):
            made, _ = self.item_at(path.outer, _name(self.plan, frame[-1][1]))
            if isinstance(step, CollectStep) and step.parent is not None:
                made[step.parent] = _name(self.plan, frame[-2][1])

    def put_reason_of_empty(self, status: SlotStatus, step: CollectStep) -> None:
        """Keep why a list was left empty with the item around it."""
        if step.empty_field is None or not status.active or status.slot.item is None:
            return
        reason = self.plan.state.list_at(status.slot).reason
        if reason:
            path = parse_field(step.empty_field)
            made, _ = self.item_at(path.outer, _name(self.plan, status.slot.item))
            put(made, path.inner, reason)

    def put_answer(self, status: SlotStatus, value: Value) -> None:
        """Put an answer into its field: of the strategy, of an item, or as a mark on the items picked."""
        plan, step, path = self.plan, status.step, self.paths[status.step.id]
        if path is None or (step.id in self.marking and not isinstance(value, tuple)):
            _put_extra(plan, self.table, status)
            return
        if step.id in self.marking and isinstance(value, tuple):
            for short in shorts_of(plan, value):
                self._mark(self.item_at(path.outer, short)[0], step, path.inner)
            return
        told = _told(plan, step, value)
        if told is None:
            return
        if not path.in_list:
            put(self.table, path.outer, told)
            self.origins[path.outer] = status
        elif status.slot.item is not None:
            made, place = self.item_at(path.outer, _name(plan, status.slot.item))
            put(made, path.inner, told)
            self.origins[(*path.outer, place, *path.inner)] = status

    def _mark(self, made: Table, step: Step, inner: tuple[str, ...]) -> None:
        """Mark an item as picked, or give it what the pick gives where it was not answered for the item."""
        gives = step.gives if isinstance(step, PickStep) else None
        if gives is None:
            put(made, inner, True)
        elif get(made, inner) is None:
            put(made, inner, gives)


def item_table(plan: Plan, frame: Frame) -> Table:
    """Build the dict of one item of the strategy from the answers inside ``frame``."""
    table: Table = {}
    for step in plan.script.inside(frame[-1][0]):
        status, path = plan.status(Slot(step.id, frame)), field_of(step)
        if status is None or not status.active or status.value is None or path is None:
            continue
        if path.inner and (told := _told(plan, step, status.value)) is not None:
            put(table, path.inner, told)
    return table


def shorts_of(plan: Plan, items: tuple[str, ...]) -> list[str]:
    """Return the short ids of the live items among ``items``."""
    live = _live_items(plan)
    return [plan.state.shorts.get(ItemId(item), item) for item in items if item in live]


@once
def _live_items(plan: Plan) -> frozenset[ItemId]:
    return frozenset(frame[-1][1] for frames in plan.members.values() for frame in frames)


def _name(plan: Plan, item: ItemId) -> str:
    return plan.state.shorts.get(item, item)


def _item_frames(plan: Plan, step: Step) -> Iterator[Frame]:
    """Yield the frames of the items that a list or a pass gives, where it applies."""
    match step:
        case Fixed():
            yield from plan.members.get(step.id, ())
        case CollectStep():
            for frame in plan.members.get(step.id, ()):
                around = plan.status(Slot(step.id, frame[:-1]))
                if around is not None and around.active:
                    yield frame
        case ForEach():
            for source in step.over:
                yield from (
                    frame for frame in source_frames(plan, source, ()) if _applies_at(plan, step.id, frame)
                )


def _applies_at(plan: Plan, around: StepId, frame: Frame) -> bool:
    """Tell whether anything in a pass is asked about the item inside ``frame``."""
    for step in plan.script.inside(around):
        status = plan.status(Slot(step.id, frame))
        if status.active if status is not None else _applies_at(plan, step.id, frame):
            return True
    return False


def _told(plan: Plan, step: Step, value: Value) -> object:
    """Return a value as the strategy keeps it: picks as short ids, one alone where only one can be."""
    if isinstance(step, PickStep) and isinstance(value, tuple):
        shorts = shorts_of(plan, value)
        if step.count.max == 1:
            return shorts[0] if shorts else None
        return shorts
    if isinstance(step, BallotStep) and isinstance(value, tuple):
        return [read_ballot(one) for one in value]
    return list(value) if isinstance(value, tuple) else value


def _put_extra(plan: Plan, table: Table, status: SlotStatus) -> None:
    """Keep an answer that has no field; one that picked only what is gone by now says nothing."""
    told = None if status.value is None else _told(plan, status.step, status.value)
    if told is None:
        return
    if isinstance(status.step, BallotStep) and isinstance(status.value, tuple):
        told = list(status.value)  # a text or texts, as every answer that stands there
    entry: Table = {"step": status.slot.step}
    if status.slot.item is not None:
        entry["about"] = _name(plan, status.slot.item)
        about = about_of(plan, status.slot)
        entry |= {"said_about": about} if about != entry["about"] else {}
    entry |= {"question": question_of(plan, status.slot), **where_asked(plan, status.slot), "answer": told}
    if isinstance(status.step, ChoiceStep | SeveralStep | PickStep | BallotStep):
        entry["said"] = value_in_words(plan, status)
    table.setdefault("extra", []).append(entry)


def _move_to_extra(plan: Plan, table: Table, origins: Origins, place: tuple[int | str, ...]) -> None:
    """Take the answer at ``place`` (or around it) out of its field and keep it among the extra ones.

    Where no single answer is at fault but an item is (what it belongs to is missing), or there is no
    such list, all that was to stand there is kept so.
    """
    for length in range(len(place), 0, -1):
        status = origins.pop(place[:length], None)
        if status is None:
            continue
        holder: Any = table
        for part in place[: length - 1]:
            holder = holder[part]
        del holder[place[length - 1]]
        _put_extra(plan, table, status)
        return
    around = str(place[0])
    if around == "extra":
        # A journal from elsewhere may call an item what is no id: it stands there as people read it.
        entry = table["extra"][place[1]]
        entry["said_about"] = one_line(entry.get("said_about") or entry["about"])
        del entry["about"]
        return
    for path in [path for path in origins if path[0] == around]:
        _put_extra(plan, table, origins.pop(path))
    del table[around]


def question_of(plan: Plan, slot: Slot) -> str:
    """Return the question of a slot on one line."""
    step = plan.script.step(slot.step)
    return one_line(text_of(plan, step, slot.frame, "ask") or str(slot))


def value_in_words(plan: Plan, status: SlotStatus) -> str:
    """Return an answer as people read it: choices by their text, items by short id and name."""
    return "" if status.value is None else said_in_words(plan, status.slot, status.value)


def said_in_words(plan: Plan, slot: Slot, value: Value) -> str:
    """Return a value as people said it at ``slot``, whether it still counts or not."""
    step = plan.script.by_id.get(slot.step)
    if isinstance(value, tuple) and isinstance(step, BallotStep | RoundStep):
        return ballots_in_words(plan, slot, value) if isinstance(step, BallotStep) else "; ".join(value)
    choices = {choice.id: choice for choice in getattr(step, "choices", ())}
    parts = value if isinstance(value, tuple) else (value,)
    told = []
    for part in parts:
        if step is not None and part in choices:
            told.append(choice_text(plan, step, choices[str(part)], slot.frame))
        elif isinstance(step, PickStep):
            told.append(item_in_words(plan, ItemId(str(part))))
        else:
            told.append(part_said(part, plan.language))
    return ", ".join(told)


def part_said(part: object, language: str) -> str:
    """Return a text as it is, and a number with the decimal sign of the language."""
    said = str(part)
    return said.replace(".", say("document.format.decimal", language)) if isinstance(part, float) else said


def item_in_words(plan: Plan, item: ItemId) -> str:
    """Return an item as people say it: its short id and its name."""
    frame = plan.state.frames.get(item)
    if frame is None:
        named = (step for step in plan.script.steps if isinstance(step, Fixed) and item in step.item_ids)
        return next((plan.label(((step.id, item),)) for step in named), item)
    label = plan.label(frame)
    short = plan.state.shorts.get(item, "")
    if label == short:
        label = _last_name(plan, frame)
    return f"{short} {label}".strip()


def _last_name(plan: Plan, frame: Frame) -> str:
    """Return how an item was called that is off its list, or not in words yet; nothing in that case."""
    facts = (plan.state.facts.get(slot) for slot in plan.naming(frame))
    return next((str(fact.value) for fact in facts if fact is not None and fact.value is not None), "")


def about_of(plan: Plan, slot: Slot) -> str | None:
    """Return the item that a slot is about, in words."""
    if not slot.frame:
        return None
    item = slot.frame[-1][1]
    return item_in_words(plan, item) if item in plan.state.frames else plan.label(slot.frame)
