"""Builds the prompt of a slot from the plan: words, options, offers, and the list, card or table around it.

Also the short names by which slots, items and sections are called elsewhere in the conversation.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from bsc_coach.coach.rule import Finding
from bsc_coach.conversation.prompt import (
    Cell,
    Kind,
    ListedItem,
    Option,
    Prompt,
    QuestionTable,
    TableRow,
)
from bsc_coach.conversation.round_state import ballots_before, may_be_together, round_state, start_of
from bsc_coach.interview.conditions import offer_at
from bsc_coach.interview.disputed_words import side_lines
from bsc_coach.interview.homework import is_homework
from bsc_coach.interview.ideas import ideas_for
from bsc_coach.interview.kept_kpis import kept_kpis_for
from bsc_coach.interview.navigation import entry_of, section_title, title_of
from bsc_coach.interview.outcomes import ballots_in_a_cell
from bsc_coach.interview.plan import Plan, SlotStatus
from bsc_coach.interview.projection import about_of, item_in_words, part_said, to_strategy, value_in_words
from bsc_coach.interview.provenance import taken_over, unconfirmed_by_part
from bsc_coach.interview.remarks import remarks
from bsc_coach.interview.texts import choice_help, choice_text, text_of
from bsc_coach.interview.understanding.led_to import ids_to_type
from bsc_coach.interview.understanding.offered import offered_from
from bsc_coach.script.model import (
    Answerable,
    BallotStep,
    ChoiceStep,
    CollectStep,
    ConfirmStep,
    Container,
    LongTextStep,
    NumberStep,
    PickStep,
    QuestionStep,
    SeveralStep,
)
from bsc_coach.script.slots import Frame, ItemId, Slot, StepId
from bsc_coach.script.step_parts import Bounds, TextRole
from bsc_coach.text import one_line
from bsc_coach.words import say

CHOSEN = "candidates[].selected"
"""Field of the strategy that holds the vital few, cluster by cluster: chosen with their scores in view."""
_STORY = "review.story"
"""Field of the strategy in which a team tells the whole map, from people to result."""
NEW = ItemId("new")
"""Stands for the item that would be added, in the frame of a question that adds one."""


def prompt_for(plan: Plan, slot: Slot, said: tuple[Finding, ...] | None = None) -> Prompt:
    """Build the prompt of ``slot``. Raises KeyError for a slot that is not in the plan.

    ``said`` is what the coach says of its answer, where somebody has asked already.
    """
    # A list is asked with the first question of the item that would be added.
    status = plan.statuses[slot]
    step = status.step
    adding = isinstance(step, CollectStep)
    asked, frame = first_inside(plan, slot) if adding else (step, slot.frame)
    people = offered_from(plan, step)
    role: TextRole = "more" if adding and plan.state.list_at(slot).live else "ask"
    return Prompt(
        slot=slot,
        kind=kind_of(asked),
        adding=adding,
        section=section_title(plan, slot),
        about=about_of(plan, slot),
        ask=text_of(plan, step, slot.frame, role) or "",
        judged_by=text_of(plan, asked, frame, "ask") if adding and asked.coach is not None else None,
        help=text_of(plan, step, slot.frame, "help"),
        good=text_of(plan, step, slot.frame, "good"),
        poor=text_of(plan, step, slot.frame, "poor"),
        reason=text_of(plan, step, slot.frame, "reason"),
        minutes=step.minutes,
        optional=status.optional,
        # What can be answered.
        options=options_of(plan, asked, frame, status),
        count=status.count,
        choices=asked.count if isinstance(asked, PickStep | SeveralStep) else Bounds(),
        row=_row(plan, step, frame) if isinstance(step, CollectStep) else "",
        items=_items(plan, slot) if adding else (),
        offers=(*_offers(plan, status), *(one.text for one in people)),
        offered_by=tuple(one.name for one in people),
        by_id=ids_to_type(plan, slot),
        # What stands around it, and what was answered before.
        card=_card(plan, slot),
        grid=_grid(plan, slot),
        answer="" if adding else typed_answer(plan, status),
        start=start_of(plan, status),
        ballots=ballots_before(plan, status),
        stale_because=tuple(dict.fromkeys(_changed_name(plan, one) for one in status.stale_because)),
        reworded=status.reworded,
        unconfirmed=_unconfirmed(plan, status),
        sides=_sides(plan, status),
        remarks=remarks(plan, slot, in_talk=True) if said is None else said,
        refusals=status.refusals,
        multiline=isinstance(asked, LongTextStep),
        round=round_state(plan, slot),
        by_round=may_be_together(plan, step),
        ideas=len(ideas_for(plan, slot)),
        review=_review(plan, step) if isinstance(step, ConfirmStep) else (),
        waiting=_waiting(plan, step) if isinstance(step, ConfirmStep) else 0,
    )


def first_inside(plan: Plan, slot: Slot) -> tuple[Answerable, Frame]:
    """Return the question whose answer adds an item to the list at ``slot``, and the frame of that item."""
    inside = (step for step in plan.script.inside(slot.step) if isinstance(step, QuestionStep))
    first = next(step for step in inside if not isinstance(step, CollectStep | ConfirmStep))
    return first, (*slot.frame, (slot.step, NEW))


def _row(plan: Plan, step: CollectStep, frame: Frame) -> str:
    """Return what a line may hold about a new item: "Name, Role", "Cause > Effect: Because".

    A unit and a direction go with the numbers, and need no words of their own.
    """
    steps = [one for name in step.row if isinstance(one := plan.script.step(name), QuestionStep)]
    told = ""
    before: Answerable | None = None
    for one in steps:
        is_direction = isinstance(one, ChoiceStep) and {choice.id for choice in one.choices} == {"up", "down"}
        if (one.field or "").endswith(".unit") or is_direction:
            continue
        pair = isinstance(one, NumberStep | PickStep) and type(before) is type(one)
        told += (" > " if pair else ": " if isinstance(before, PickStep) else ", ") if told else ""
        told += short_name(plan, one, frame)
        before = one
    return told


def kind_of(step: Answerable) -> Kind:
    """Return the kind of input of a step; a list is answered with the text that adds an item."""
    return "text" if isinstance(step, CollectStep) else step.kind


def short_name(plan: Plan, step: Answerable, frame: Frame) -> str:
    """Return the label of a step on cards, in tables and in lists."""
    return text_of(plan, step, frame, "short") or one_line(text_of(plan, step, frame, "ask") or step.id)


def _own_name(plan: Plan, step: Answerable, frame: Frame) -> str:
    """Return the label of a step, told apart from that of the question that it prepares."""
    name, prepares = short_name(plan, step, frame), plan.script.prepared.get(step.id)
    same = prepares is not None and short_name(plan, prepares, frame) == name
    return say("talk.rounds.by_all", plan.language, name=name) if same else name


def options_of(plan: Plan, step: Answerable, frame: Frame, status: SlotStatus) -> tuple[Option, ...]:
    """Return the options of a choice or pick, numbered as they are typed."""
    value = status.value
    chosen = set(value if isinstance(value, tuple) else (str(value),))
    offer = offer_at(plan, step, frame)
    if isinstance(step, PickStep):
        scores = _scores_in_words(plan) if step.field == CHOSEN else {}
        return tuple(
            Option(
                number,
                item,
                item_in_words(plan, item),
                scores.get(short, ""),
                chosen=item in chosen,
            )
            for number, (item, short) in enumerate(offer.items.items(), start=1)
        )
    if isinstance(step, BallotStep):
        step = plan.script.choosing(step)
    # Scores and votes are said by their own number; typing it must mean what is shown.
    by_own_number = all(choice.id.isdecimal() for choice in offer.choices)
    return tuple(
        Option(
            int(choice.id) if by_own_number else number,
            choice.id,
            choice_text(plan, step, choice, frame),
            choice_help(plan, step, choice, frame),
            choice.id in chosen,
        )
        for number, choice in enumerate(offer.choices, start=1)
    )


def typed_answer(plan: Plan, status: SlotStatus) -> str:
    """Format an answer as input: the inverse of reading it, with short ids for the ids of items."""
    value, step = status.value, status.step
    if value is None or isinstance(step, ConfirmStep):
        return ""
    if isinstance(step, PickStep) and isinstance(value, tuple):
        return " ".join(plan.state.shorts.get(ItemId(item), item) for item in value)
    if isinstance(value, tuple):
        return " ".join(value)
    return part_said(value, plan.language)


def _unconfirmed(plan: Plan, status: SlotStatus) -> str:
    """Return from where an answer was taken over that nobody has confirmed yet, and how to; else nothing."""
    origin = taken_over(plan) if status.unconfirmed else None
    if origin is None:
        return ""
    from bsc_coach.documents.context.opening import named_origin
    from bsc_coach.documents.context.words import DocumentWords

    part = section_title(plan, status.slot)
    n = unconfirmed_by_part(plan)[entry_of(plan.script, status.slot)]
    speak = DocumentWords(plan.language)
    key = "talk.was_taken_over" if n > 1 else "talk.was_taken_over_last"
    return say(key, plan.language, source=named_origin(origin, speak), part=part, n=n)


def _sides(plan: Plan, status: SlotStatus) -> tuple[str, ...]:
    """Return what copies of the session say differently of an answer, a list or an item, a line for each."""
    if not status.disputes:
        return ()
    return tuple(side_lines(plan, status.slot, status.disputes[0], "talk.side_to_take"))


def _scores_in_words(plan: Plan) -> dict[str, str]:
    from bsc_coach.documents.context.scores import scores_in_words

    return scores_in_words(to_strategy(plan), plan.language)


def _offers(plan: Plan, status: SlotStatus) -> tuple[str, ...]:
    """Return suggested answers: from the script, or the story that the links tell while there is none."""
    step, slot = status.step, status.slot
    if step.field == _STORY and status.value is None:
        from bsc_coach.documents.context.document_context import story_of

        story = story_of(to_strategy(plan))
        return (story,) if story else ()
    lines = (line.strip() for line in (text_of(plan, step, slot.frame, "offer") or "").split("\n"))
    ideas = (
        *(idea.label for idea in ideas_for(plan, slot)),
        *(kept.label for kept in kept_kpis_for(plan, slot)),
    )
    listed = {item.label for item in _items(plan, slot)} if isinstance(step, CollectStep) else set()
    return (*ideas, *(line for line in lines if line and line not in listed))


def _items(plan: Plan, slot: Slot) -> tuple[ListedItem, ...]:
    return tuple(
        ListedItem(item, plan.state.shorts.get(item, ""), plan.label((*slot.frame, (slot.step, item))))
        for item in plan.state.list_at(slot).live
    )


def cell_of(plan: Plan, status: SlotStatus, here: Slot | None = None, *, whole_name: bool = False) -> Cell:
    """Build the cell of a slot; with ``whole_name`` it also names the item that it is about."""
    shown: Literal["answered", "open", "parked", "declined", "stale", "waiting"] = status.answer_state
    if status.relevance == "pending":
        shown = "waiting"
    elif status.stale or status.unconfirmed or status.refusals or status.disputes:
        shown = "stale"
    return Cell(
        slot=status.slot,
        name=name_of(plan, status.slot) if whole_name else _own_name(plan, status.step, status.slot.frame),
        answer=_in_a_cell(plan, status),
        status=shown,
        optional=status.optional,
        here=status.slot == here,
    )


def _in_a_cell(plan: Plan, status: SlotStatus) -> str:
    """Return an answer on one line, of ballots only the mean and how far they are apart."""
    if isinstance(status.step, BallotStep) and isinstance(status.value, tuple):
        return ballots_in_a_cell(plan, status.slot, status.value)
    return one_line(value_in_words(plan, status))


def name_of(plan: Plan, slot: Slot) -> str:
    """Return the label of a slot: its item, and the short name of its step."""
    step = plan.script.by_id.get(slot.step)
    if not isinstance(step, QuestionStep):
        return slot.step
    name = _own_name(plan, step, slot.frame)
    item = slot.item
    if item is None or item == NEW:
        return name
    known = item in plan.state.frames or slot in plan.statuses
    about = about_of(plan, slot) if known else None
    return f"{about} · {name}" if about else name


def _changed_name(plan: Plan, slot: Slot) -> str:
    """Return what has changed: an item by its name alone where its name is what changed."""
    return (about_of(plan, slot) if slot in plan.naming(slot.frame) else None) or name_of(plan, slot)


def _card(plan: Plan, slot: Slot) -> tuple[Cell, ...]:
    """Return the card around ``slot``: its list is filled in on cards, or came in from elsewhere as one."""
    if not slot.frame:
        return ()
    list_id = slot.frame[-1][0]
    around = plan.script.step(list_id)
    if not isinstance(around, CollectStep) or around.layout == "list":
        return ()
    if plan.script.step(slot.step).within == list_id:
        return tuple(_cells_inside(plan, slot))
    known = _cells_inside(plan, slot) if around.unasked else ()
    return tuple(cell for cell in known if cell.answer and cell.slot.step not in around.label)


def _cells_inside(plan: Plan, slot: Slot) -> Iterator[Cell]:
    """Yield the cells of the innermost item around ``slot``."""
    for step in plan.script.inside(slot.frame[-1][0]):
        status = plan.status(Slot(step.id, slot.frame))
        if status is not None and _is_shown(status, slot):
            yield cell_of(plan, status, slot)


def _is_shown(status: SlotStatus, here: Slot) -> bool:
    """Tell whether a card or a table shows a question: it applies, and this session comes to it."""
    return status.relevance != "dormant" and (not status.aside or status.slot == here)


def table_around(plan: Plan, slot: Slot) -> Container | None:
    """Return the table that ``slot`` stands in, if it is shown as one."""
    within = plan.script.step(slot.step).within
    around = plan.script.step(within) if within is not None else None
    return around if isinstance(around, Container) and around.layout == "table" else None


def _grid(plan: Plan, slot: Slot) -> QuestionTable | None:
    table = table_around(plan, slot)
    if table is None:
        return None
    around = slot.frame[:-1]
    shown = [
        status
        for status in plan.statuses.values()
        if status.step.within == table.id
        and status.slot.frame
        and status.slot.frame[: len(around)] == around
        and _is_shown(status, slot)
    ]
    asked = {status.step.id for status in shown}
    inside = (step for step in plan.script.inside(table.id) if isinstance(step, QuestionStep))
    steps = [step for step in inside if step.id in asked]
    rows: dict[Frame, list[Cell | None]] = {}
    for status in shown:
        row = rows.setdefault(status.slot.frame, [None] * len(steps))
        row[[step.id for step in steps].index(status.slot.step)] = cell_of(plan, status, slot)
    return QuestionTable(
        title=title_of(plan, table, slot.frame),
        columns=tuple(_own_name(plan, step, slot.frame) for step in steps),
        rows=tuple(TableRow(_row_name(plan, frame), tuple(cells)) for frame, cells in rows.items()),
    )


def _row_name(plan: Plan, frame: Frame) -> str:
    short = plan.state.shorts.get(frame[-1][1])
    label = plan.label(frame)
    return f"{short} {label}" if short and short != label else label


def _needs_a_look(status: SlotStatus) -> bool:
    """Tell whether it is open or doubtful; what only waits to be confirmed is counted, not listed."""
    asked = status.needs_asking and not status.unconfirmed
    return asked or status.stale or bool(status.refusals) or bool(status.disputes)


def _waiting(plan: Plan, step: ConfirmStep) -> int:
    by_part = unconfirmed_by_part(plan).items()
    return sum(n for (section, _), n in by_part if not step.of or section in step.of)


def _review(plan: Plan, step: ConfirmStep) -> tuple[Cell, ...]:
    sections: set[StepId] = set(step.of)
    return tuple(
        cell_of(plan, status, whole_name=True)
        for status in plan.statuses.values()
        if status.active
        and not isinstance(status.step, ConfirmStep)
        and (not sections or plan.script.section_of(status.slot.step) in sections)
        and (_needs_a_look(status) or status.answer_state == "parked")
        and not is_homework(status)
    )
