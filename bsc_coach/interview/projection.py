"""From answers to a strategy: only what is active and answered, each in the field its step names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from bsc_coach.interview.conditions import source_frames
from bsc_coach.interview.events import Value
from bsc_coach.interview.plan import Plan, Standing
from bsc_coach.interview.texts import choice_text, text_of
from bsc_coach.script.fields import (
    Table,
    field_of,
    item_at,
    items_at,
    marks_items,
    parse_field,
    put,
)
from bsc_coach.script.model import Collect, ConfirmStep, Fixed, ForEach, Pick, Step
from bsc_coach.script.slots import Frame, ItemId, Slot, StepId
from bsc_coach.strategy.model import Strategy
from bsc_coach.text import one_line
from bsc_coach.words import say


def to_strategy(walk: Plan) -> Strategy:
    """Return the strategy that the active answers make."""
    table, origins = strategy_table(walk)
    while True:
        try:
            return Strategy.model_validate(table)
        except ValidationError as error:
            # A script of one's own may fill a field with what it cannot hold: such an answer is kept
            # among the extra ones instead of being lost.
            fault = error.errors(include_url=False, include_context=False, include_input=False)[0]
            _move_to_extra(walk, table, origins, fault["loc"])


"""Short ids as the strategy knows them; an item of a fixed list has none."""

Origins = dict[tuple[int | str, ...], Standing]
"""Which answer stands at which place of the strategy's table."""


def strategy_table(walk: Plan) -> tuple[Table, Origins]:
    """Return the strategy as plain tables, and where each answer went."""
    table: Table = {"language": walk.language}
    origins: Origins = {}
    for step in walk.script.steps:
        _make_items(walk, table, step)
    for standing in walk.standings.values():
        if isinstance(standing.step, Collect):
            _put_reason_of_empty(walk, table, standing, standing.step)
        elif isinstance(standing.step, ConfirmStep) or not standing.active:
            continue
        elif standing.disposition == "answered" and standing.value is not None:
            _put_answer(walk, table, origins, standing, standing.value)
    return table, origins


def item_table(walk: Plan, frame: Frame) -> Table:
    """Return what was answered about the item inside ``frame``, by the names of the fields of an item."""
    table: Table = {}
    for step in walk.script.inside(frame[-1][0]):
        standing, path = walk.standing(Slot(step.id, frame)), field_of(step)
        if standing is None or not standing.active or standing.value is None or path is None:
            continue
        if path.inner and (told := _told(walk, step, standing.value)) is not None:
            put(table, path.inner, told)
    return table


def shorts_of(walk: Plan, items: tuple[str, ...]) -> list[str]:
    """Return the short ids of the live items among ``items``."""
    live = {frame[-1][1] for frames in walk.members.values() for frame in frames}
    return [walk.state.shorts.get(ItemId(item), item) for item in items if item in live]


def _name(walk: Plan, item: ItemId) -> str:
    return walk.state.shorts.get(item, item)


def _make_items(walk: Plan, table: Table, step: Step) -> None:
    path = field_of(step)
    if path is None or not path.in_list or path.inner:
        return
    for frame in _item_frames(walk, step):
        made = item_at(table, path.outer, _name(walk, frame[-1][1]))
        if isinstance(step, Collect) and step.parent is not None:
            made[step.parent] = _name(walk, frame[-2][1])


def _item_frames(walk: Plan, step: Step) -> Iterator[Frame]:
    """Yield the frames of the items that a list or a pass gives, where it applies."""
    match step:
        case Fixed():
            yield from walk.members.get(step.id, ())
        case Collect():
            for frame in walk.members.get(step.id, ()):
                around = walk.standing(Slot(step.id, frame[:-1]))
                if around is not None and around.active:
                    yield frame
        case ForEach():
            for source in step.over:
                yield from (
                    frame for frame in source_frames(walk, source, ()) if _applies_at(walk, step.id, frame)
                )


def _applies_at(walk: Plan, around: StepId, frame: Frame) -> bool:
    """Tell whether anything in a pass is asked about the item inside ``frame``."""
    for step in walk.script.inside(around):
        standing = walk.standing(Slot(step.id, frame))
        if standing.active if standing is not None else _applies_at(walk, step.id, frame):
            return True
    return False


def _put_reason_of_empty(walk: Plan, table: Table, standing: Standing, step: Collect) -> None:
    reason = walk.state.list_at(standing.slot).reason
    if step.empty_field is None or not reason or not standing.active:
        return
    path = parse_field(step.empty_field)
    item = standing.slot.item
    if item is not None:
        put(item_at(table, path.outer, _name(walk, item)), path.inner, reason)


def _put_answer(walk: Plan, table: Table, origins: Origins, standing: Standing, value: Value) -> None:
    step, path = standing.step, field_of(standing.step)
    if path is None:
        _put_extra(walk, table, standing)
        return
    if marks_items(walk.script, step):
        if not isinstance(value, tuple):
            _put_extra(walk, table, standing)
            return
        for short in shorts_of(walk, value):
            put(item_at(table, path.outer, short), path.inner, True)
        return
    told = _told(walk, step, value)
    if told is None:
        return
    if not path.in_list:
        put(table, path.outer, told)
        origins[path.outer] = standing
        return
    item = standing.slot.item
    if item is None:
        return
    made = item_at(table, path.outer, _name(walk, item))
    put(made, path.inner, told)
    index = items_at(table, path.outer).index(made)
    origins[(*path.outer, index, *path.inner)] = standing


def _told(walk: Plan, step: Step, value: Value) -> object:
    """Return a value as the strategy keeps it: picks as short ids, one alone where only one can be."""
    if isinstance(step, Pick) and isinstance(value, tuple):
        shorts = shorts_of(walk, value)
        if step.count.max == 1:
            return shorts[0] if shorts else None
        return shorts
    return list(value) if isinstance(value, tuple) else value


def _put_extra(walk: Plan, table: Table, standing: Standing) -> None:
    """Keep an answer that has no field; one that picked only what is gone by now says nothing."""
    told = None if standing.value is None else _told(walk, standing.step, standing.value)
    if told is None:
        return
    entry: Table = {"step": standing.slot.step}
    if standing.slot.item is not None:
        entry["about"] = _name(walk, standing.slot.item)
    entry["question"] = question_of(walk, standing.slot)
    entry["answer"] = told
    table.setdefault("extra", []).append(entry)


def _move_to_extra(walk: Plan, table: Table, origins: Origins, place: tuple[int | str, ...]) -> None:
    """Take the answer at ``place`` (or around it) out of its field and keep it among the extra ones.

    Where no single answer is at fault but an item is (what it belongs to is missing), or there is no
    such list, all that was to stand there is kept so.
    """
    for length in range(len(place), 0, -1):
        standing = origins.pop(place[:length], None)
        if standing is None:
            continue
        holder: Any = table
        for part in place[: length - 1]:
            holder = holder[part]
        del holder[place[length - 1]]
        _put_extra(walk, table, standing)
        return
    around = str(place[0])
    if around == "extra":
        raise AssertionError(f"an answer was moved aside and still does not fit: {place}")
    for path in [path for path in origins if path[0] == around]:
        _put_extra(walk, table, origins.pop(path))
    del table[around]


def question_of(walk: Plan, slot: Slot) -> str:
    """Return the question of a slot on one line."""
    step = walk.script.step(slot.step)
    return one_line(text_of(walk, step, slot.frame, "ask") or str(slot))


def value_in_words(walk: Plan, standing: Standing) -> str:
    """Return an answer as people read it: choices by their text, items by short id and name."""
    return "" if standing.value is None else said_in_words(walk, standing.slot, standing.value)


def said_in_words(walk: Plan, slot: Slot, value: Value) -> str:
    """Return a value as people said it at ``slot``, whether it still counts or not."""
    step = walk.script.by_id.get(slot.step)
    choices = {choice.id: choice for choice in getattr(step, "choices", ())}
    parts = value if isinstance(value, tuple) else (value,)
    told = []
    for part in parts:
        if step is not None and part in choices:
            told.append(choice_text(walk, step, choices[str(part)], slot.frame))
        elif isinstance(step, Pick):
            told.append(item_in_words(walk, ItemId(str(part))))
        else:
            told.append(part_said(part, walk.language))
    return ", ".join(told)


def part_said(part: object, language: str) -> str:
    """Return a text as it is, and a number with the decimal sign of the language."""
    said = str(part)
    return said.replace(".", say("document.format.decimal", language)) if isinstance(part, float) else said


def item_in_words(walk: Plan, item: ItemId) -> str:
    """Return an item as people say it: its short id and its name."""
    frame = walk.state.frames.get(item)
    if frame is None:
        return item
    label = walk.label(frame)
    short = walk.state.shorts.get(item, "")
    if label == short:
        label = _last_name(walk, frame)
    return f"{short} {label}".strip()


def _last_name(walk: Plan, frame: Frame) -> str:
    """Return how an item was called that is off its list, or not in words yet; nothing in that case."""
    step = walk.script.by_id.get(frame[-1][0])
    facts = (walk.state.facts.get(Slot(label, frame)) for label in getattr(step, "label", ()))
    return next((str(fact.value) for fact in facts if fact is not None and fact.value is not None), "")


def about_of(walk: Plan, slot: Slot) -> str | None:
    """Return the item that a slot is about, in words."""
    if not slot.frame:
        return None
    item = slot.frame[-1][1]
    return item_in_words(walk, item) if item in walk.state.frames else walk.label(slot.frame)
