"""The record of a session: what was said to which question, when and by whom, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator

from bsc_coach.interview.events import (
    Action,
    Answered,
    Closed,
    Declined,
    Event,
    Kept,
    Muted,
    Parked,
    Removed,
    Value,
)
from bsc_coach.interview.navigation import agenda, entry_of
from bsc_coach.interview.projection import about_of, item_in_words, question_of, said_in_words
from bsc_coach.interview.remarking import is_rule
from bsc_coach.interview.script import Asked
from bsc_coach.interview.slots import ItemId, Slot
from bsc_coach.interview.standings import Plan
from bsc_coach.interview.wording import text_of
from bsc_coach.strategy.notes import Minute, Minutes, SectionState


def to_minutes(walk: Plan) -> Minutes:
    """Return the record of the session: every action in order, and the time each part of the agenda took.

    What was taken back stays in the record and says so: it was said, after all.
    """
    undone = {action.number for action in walk.state.actions} - {a.number for a in walk.state.effective}
    wordings: dict[Slot, Value] = {}
    said = [
        minute
        for action in walk.state.actions
        for event in action.do
        for minute in _minutes(walk, action, event, wordings, taken_back=action.number in undone)
    ]
    sections = tuple(
        SectionState(
            title=entry.title,
            settled=entry.progress.settled,
            possible=entry.progress.possible,
            minutes_planned=round(entry.minutes_planned),
            minutes_elapsed=round(entry.minutes_elapsed),
        )
        for entry in agenda(walk)
    )
    return Minutes(said=tuple(said), sections=sections)


def _minutes(
    walk: Plan, action: Action, event: Event, wordings: dict[Slot, Value], *, taken_back: bool
) -> Iterator[Minute]:
    told = {"at": action.at.isoformat(timespec="seconds"), "by": action.by, "undone": taken_back}
    match event:
        case Answered():
            before = wordings.get(event.slot)
            yield Minute(
                kind="answered" if before is None else "reworded",
                said=said_in_words(walk, event.slot, event.value),
                before=None if before is None else said_in_words(walk, event.slot, before),
                **_place(walk, event.slot),
                **told,
            )
            if not taken_back:
                wordings[event.slot] = event.value
        case Parked():
            owner = " · ".join(part for part in (event.owner, event.due) if part)
            yield Minute(
                kind="parked", said=owner, reason=event.reason or None, **_place(walk, event.slot), **told
            )
        case Declined():
            yield Minute(kind="declined", reason=event.reason, **_place(walk, event.slot), **told)
        case Kept():
            rule = event.check if is_rule(event.check) else ""
            yield Minute(kind="kept", said=rule, reason=event.reason, **_place(walk, event.slot), **told)
        case Muted() if event.reason:
            yield Minute(kind="muted", said=event.rule, reason=event.reason, **told)
        case Closed() if event.reason:
            yield Minute(kind="other", reason=event.reason, **_place(walk, event.slot), **told)
        case Removed():
            yield Minute(kind="removed", said=item_in_words(walk, ItemId(event.item)), **told)
        case _:
            return


def _place(walk: Plan, slot: Slot) -> dict[str, str | None]:
    """Return where something was said: its section, its question, and the item it is about."""
    step = walk.script.by_id.get(slot.step)
    if not isinstance(step, Asked):
        return {"question": slot.step}
    section, item = entry_of(walk.script, slot)
    title = walk.label(((section, item),)) if item is not None else None
    title = title or text_of(walk, walk.script.step(section), (), "title") or section
    known = slot.item is None or slot.item in walk.state.frames or slot in walk.standings
    return {
        "section": title,
        "question": question_of(walk, slot),
        "about": about_of(walk, slot) if known else None,
    }
