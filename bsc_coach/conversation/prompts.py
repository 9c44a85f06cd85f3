"""The question as it is shown: its words, what can be chosen, and the list, card or table around it.

There is always one slot being asked. A card or a table is a view of the slots beside it: answering
goes slot by slot, so that every answer is on the disk before the next is typed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from bsc_coach.coach.rule import Finding
from bsc_coach.documents.context.document_context import story_of
from bsc_coach.documents.context.scores import scores_in_words
from bsc_coach.interview.coaching import remarks
from bsc_coach.interview.conditions import offer_at
from bsc_coach.interview.navigation import entry_of, title_of
from bsc_coach.interview.plan import Plan, Standing
from bsc_coach.interview.projection import about_of, part_said, to_strategy, value_in_words
from bsc_coach.interview.texts import choice_help, choice_text, text_of
from bsc_coach.interview.values import Refusal
from bsc_coach.script.model import (
    Answerable,
    Asked,
    Bounds,
    ChoiceStep,
    Collect,
    ConfirmStep,
    Container,
    DateStep,
    LongText,
    NumberStep,
    Pick,
    SeveralStep,
    Text,
    TextRole,
)
from bsc_coach.script.slots import Frame, ItemId, Slot, StepId
from bsc_coach.text import one_line

Kind = Literal["text", "long_text", "number", "date", "choice", "several", "pick", "confirm"]
CHOSEN = "candidates[].selected"
"""Field of the strategy that holds the vital few, cluster by cluster: chosen with their scores in view."""
_STORY = "review.story"
"""Field of the strategy in which a team tells the whole map, from people to result."""
NEW = ItemId("new")
"""Stands for the item that would be added, in the frame of a question that adds one."""


@dataclass(frozen=True)
class Option:
    """Something that can be chosen: the number to type, what it is and what it means."""

    number: int
    id: str
    text: str
    help: str = ""
    chosen: bool = False


@dataclass(frozen=True)
class ListedItem:
    """An item of the list being made."""

    item: ItemId
    short: str
    label: str


@dataclass(frozen=True)
class Cell:
    """One slot of a card or a table."""

    slot: Slot
    name: str
    answer: str
    status: Literal["answered", "open", "parked", "declined", "stale", "waiting"]
    optional: bool
    here: bool = False


@dataclass(frozen=True)
class Row:
    """One item of a table: its name, and a cell per column (None where the column does not apply)."""

    name: str
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True)
class Grid:
    """A table: names of its columns, and its rows."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Prompt:
    """A question with all that belongs to it."""

    slot: Slot
    kind: Kind
    adding: bool
    """Whether an answer adds an item to a list, and an empty one closes the list."""
    section: str
    about: str | None
    ask: str
    help: str | None
    good: str | None
    poor: str | None
    reason: str | None
    minutes: float | None
    optional: bool
    options: tuple[Option, ...] = ()
    count: Bounds = field(default_factory=Bounds)
    """How many items the list wants, where an answer adds one."""
    choices: Bounds = field(default_factory=Bounds)
    """How many of the options may be chosen."""
    items: tuple[ListedItem, ...] = ()
    """What is on the list so far."""
    offers: tuple[str, ...] = ()
    """Answers to take over by their number: what others count, the story as the links tell it."""
    card: tuple[Cell, ...] = ()
    grid: Grid | None = None
    answer: str = ""
    """What was answered before, as it can be typed again."""
    stale_because: tuple[str, ...] = ()
    reworded: bool = False
    remarks: tuple[Finding, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    multiline: bool = False
    review: tuple[Cell, ...] = ()
    """For a look back: the slots that are open, parked, stale or do not fit."""


def prompt_for(walk: Plan, slot: Slot) -> Prompt:
    """Return the question of ``slot``. Raises KeyError for a slot that is not in the plan."""
    standing = walk.standings[slot]
    step = standing.step
    adding = isinstance(step, Collect)
    asked, frame = first_inside(walk, slot) if adding else (step, slot.frame)
    role: TextRole = "more" if adding and walk.state.list_at(slot).live else "ask"
    return Prompt(
        slot=slot,
        kind=kind_of(asked),
        adding=adding,
        section=section_title(walk, slot),
        about=about_of(walk, slot),
        ask=text_of(walk, step, slot.frame, role) or "",
        help=text_of(walk, step, slot.frame, "help"),
        good=text_of(walk, step, slot.frame, "good"),
        poor=text_of(walk, step, slot.frame, "poor"),
        reason=text_of(walk, step, slot.frame, "reason"),
        minutes=step.minutes,
        optional=step.optional,
        options=options_of(walk, asked, frame, standing),
        count=step.count if isinstance(step, Collect) else Bounds(),
        choices=asked.count if isinstance(asked, Pick | SeveralStep) else Bounds(),
        items=_items(walk, slot) if adding else (),
        offers=_offers(walk, standing),
        card=_card(walk, slot),
        grid=_grid(walk, slot),
        answer="" if adding else typed_answer(walk, standing),
        stale_because=tuple(name_of(walk, based_on) for based_on in standing.stale_because),
        reworded=standing.reworded,
        remarks=remarks(walk, slot),
        refusals=standing.refusals,
        multiline=isinstance(asked, LongText),
        review=_review(walk, step) if isinstance(step, ConfirmStep) else (),
    )


def first_inside(walk: Plan, slot: Slot) -> tuple[Answerable, Frame]:
    """Return the step whose answer adds an item to the list at ``slot``, and the frame it would have."""
    inside = (step for step in walk.script.inside(slot.step) if isinstance(step, Asked))
    first = next(step for step in inside if not isinstance(step, Collect | ConfirmStep))
    return first, (*slot.frame, (slot.step, NEW))


_KINDS: dict[type[Asked], Kind] = {
    Text: "text",
    LongText: "long_text",
    NumberStep: "number",
    DateStep: "date",
    ChoiceStep: "choice",
    SeveralStep: "several",
    Pick: "pick",
    ConfirmStep: "confirm",
}


def kind_of(step: Answerable) -> Kind:
    """Return how a step is answered; a list is answered with the text that adds an item."""
    return _KINDS.get(type(step), "text")


def section_title(walk: Plan, slot: Slot) -> str:
    """Return the title of the agenda entry that a slot belongs to."""
    section, item = entry_of(walk.script, slot)
    if item is not None:
        return walk.label(((section, item),))
    return title_of(walk, walk.script.step(section))


def short_name(walk: Plan, step: Answerable, frame: Frame) -> str:
    """Return the few words that name a step on cards, in tables and in lists."""
    return text_of(walk, step, frame, "short") or one_line(text_of(walk, step, frame, "ask") or step.id)


def options_of(walk: Plan, step: Answerable, frame: Frame, standing: Standing) -> tuple[Option, ...]:
    """Return what can be chosen at a step, numbered as it is typed."""
    value = standing.value
    chosen = set(value if isinstance(value, tuple) else (str(value),))
    offer = offer_at(walk, step, frame)
    if isinstance(step, Pick):
        scores = scores_in_words(to_strategy(walk), walk.language) if step.field == CHOSEN else {}
        return tuple(
            Option(
                number,
                item,
                f"{short} {walk.label(walk.state.frames[item])}",
                scores.get(short, ""),
                chosen=item in chosen,
            )
            for number, (item, short) in enumerate(offer.items.items(), start=1)
        )
    # Scores and votes are said by their own number; typing it must mean what is shown.
    by_own_number = all(choice.id.isdecimal() for choice in offer.choices)
    return tuple(
        Option(
            int(choice.id) if by_own_number else number,
            choice.id,
            choice_text(walk, step, choice, frame),
            choice_help(walk, step, choice, frame),
            choice.id in chosen,
        )
        for number, choice in enumerate(offer.choices, start=1)
    )


def typed_answer(walk: Plan, standing: Standing) -> str:
    """Return an answer as it could be typed again: ids as numbers of options or short ids."""
    value, step = standing.value, standing.step
    if value is None or isinstance(step, ConfirmStep):
        return ""
    if isinstance(step, Pick) and isinstance(value, tuple):
        return " ".join(walk.state.shorts.get(ItemId(item), item) for item in value)
    if isinstance(value, tuple):
        return " ".join(value)
    return part_said(value, walk.language)


def _offers(walk: Plan, standing: Standing) -> tuple[str, ...]:
    """Return what is offered to take over as long as there is no answer: from the script, or the story."""
    step, slot = standing.step, standing.slot
    if step.field == _STORY and standing.value is None:
        told = story_of(to_strategy(walk))
        return (told,) if told else ()
    lines = (line.strip() for line in (text_of(walk, step, slot.frame, "offer") or "").split("\n"))
    listed = {item.label for item in _items(walk, slot)} if isinstance(step, Collect) else set()
    return tuple(line for line in lines if line and line not in listed)


def _items(walk: Plan, slot: Slot) -> tuple[ListedItem, ...]:
    return tuple(
        ListedItem(item, walk.state.shorts.get(item, ""), walk.label((*slot.frame, (slot.step, item))))
        for item in walk.state.list_at(slot).live
    )


def cell_of(walk: Plan, standing: Standing, here: Slot | None = None, *, whole_name: bool = False) -> Cell:
    """Return a slot as a cell; with ``whole_name`` it also names the item that it is about."""
    status: Literal["answered", "open", "parked", "declined", "stale", "waiting"] = standing.disposition
    if standing.relevance == "pending":
        status = "waiting"
    elif standing.stale or standing.refusals:
        status = "stale"
    return Cell(
        slot=standing.slot,
        name=name_of(walk, standing.slot)
        if whole_name
        else short_name(walk, standing.step, standing.slot.frame),
        answer=one_line(value_in_words(walk, standing)),
        status=status,
        optional=standing.step.optional,
        here=standing.slot == here,
    )


def name_of(walk: Plan, slot: Slot) -> str:
    """Return a slot in a few words: its item, and the short name of its step."""
    step = walk.script.by_id.get(slot.step)
    if not isinstance(step, Asked):
        return slot.step
    name = short_name(walk, step, slot.frame)
    item = slot.item
    if item is None or item == NEW:
        return name
    known = item in walk.state.frames or slot in walk.standings
    about = about_of(walk, slot) if known else None
    return f"{about} · {name}" if about else name


def _card(walk: Plan, slot: Slot) -> tuple[Cell, ...]:
    """Return the slots of the item around ``slot`` where its list is filled in on cards."""
    if not slot.frame:
        return ()
    list_id = slot.frame[-1][0]
    around = walk.script.step(list_id)
    if not isinstance(around, Collect) or around.layout == "list":
        return ()
    if walk.script.step(slot.step).within != list_id:
        return ()
    return tuple(
        cell_of(walk, standing, slot)
        for step in walk.script.inside(list_id)
        if (standing := walk.standing(Slot(step.id, slot.frame))) is not None
        and standing.relevance != "dormant"
    )


def table_around(walk: Plan, slot: Slot) -> Container | None:
    """Return the table that ``slot`` stands in, if it is shown as one."""
    within = walk.script.step(slot.step).within
    around = walk.script.step(within) if within is not None else None
    return around if isinstance(around, Container) and around.layout == "table" else None


def _grid(walk: Plan, slot: Slot) -> Grid | None:
    table = table_around(walk, slot)
    if table is None:
        return None
    steps = [step for step in walk.script.inside(table.id) if isinstance(step, Asked)]
    around = slot.frame[:-1]
    rows: dict[Frame, list[Cell | None]] = {}
    for standing in walk.standings.values():
        frame = standing.slot.frame
        if standing.step.within != table.id or frame[: len(around)] != around:
            continue
        if standing.relevance == "dormant" or not frame:
            continue
        row = rows.setdefault(frame, [None] * len(steps))
        row[[step.id for step in steps].index(standing.slot.step)] = cell_of(walk, standing, slot)
    return Grid(
        title=title_of(walk, table, slot.frame),
        columns=tuple(short_name(walk, step, slot.frame) for step in steps),
        rows=tuple(Row(_row_name(walk, frame), tuple(cells)) for frame, cells in rows.items()),
    )


def _row_name(walk: Plan, frame: Frame) -> str:
    short = walk.state.shorts.get(frame[-1][1])
    label = walk.label(frame)
    return f"{short} {label}" if short and short != label else label


def _review(walk: Plan, step: ConfirmStep) -> tuple[Cell, ...]:
    sections: set[StepId] = set(step.of)
    return tuple(
        cell_of(walk, standing, whole_name=True)
        for standing in walk.standings.values()
        if standing.active
        and not isinstance(standing.step, ConfirmStep)
        and (not sections or walk.script.section_of(standing.slot.step) in sections)
        and (standing.needs_asking or standing.stale or standing.disposition == "parked")
    )
