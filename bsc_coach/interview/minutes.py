"""The record of a session: what was said to which question, when and by whom, and what became of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bsc_coach.interview.coaching import behind_rule, healed_by, is_rule
from bsc_coach.interview.events import (
    Action,
    Affirmed,
    Answered,
    Closed,
    Confirmed,
    Declined,
    Event,
    Kept,
    Muted,
    Parked,
    Removed,
    Reopened,
    Restored,
    Value,
)
from bsc_coach.interview.navigation import agenda, entry_of, title_of
from bsc_coach.interview.plan import Plan
from bsc_coach.interview.projection import about_of, item_in_words, question_of, said_in_words
from bsc_coach.interview.texts import text_of
from bsc_coach.script.model import Asked
from bsc_coach.script.slots import ItemId, Slot
from bsc_coach.strategy.notes import Minute, Minutes, SectionState


def to_minutes(walk: Plan) -> Minutes:
    """Return the record of the session: every action in order, and the time each part of the agenda took.

    What was taken back stays in the record and says so: it was said, after all.
    """
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
    return Minutes(said=tuple(minute for _, minute in said_at(walk)), sections=sections)


def said_at(walk: Plan, wanted: Callable[[Event], bool] = lambda _: True) -> Iterator[tuple[Event, Minute]]:
    """Yield every event that is wanted and that the record tells, in order, with its words."""
    undone = {action.number for action in walk.state.actions} - {a.number for a in walk.state.effective}
    wordings: dict[Slot, Value] = {}
    for action in walk.state.actions:
        for event in filter(wanted, action.do):
            for minute in _minutes(walk, action, event, wordings, taken_back=action.number in undone):
                yield event, minute


def _minutes(
    walk: Plan, action: Action, event: Event, wordings: dict[Slot, Value], *, taken_back: bool
) -> Iterator[Minute]:
    """Yield what an event has to say in the record; an answer given again unchanged says nothing new."""
    told = {"at": action.at.isoformat(timespec="seconds"), "by": action.by, "undone": taken_back}
    match event:
        case Answered():
            before = wordings.get(event.slot)
            if before != event.value:
                yield Minute(
                    kind="answered" if before is None else "reworded",
                    said=said_in_words(walk, event.slot, event.value),
                    before=_earlier(walk, event.slot, before),
                    remark=None if before is None else healed_by(walk, event.slot, before, event.value),
                    **_place(walk, event.slot),
                    **told,
                )
            if not taken_back:
                wordings[event.slot] = event.value
        case Affirmed():
            still = _earlier(walk, event.slot, wordings.get(event.slot)) or ""
            yield Minute(kind="affirmed", said=still, **_place(walk, event.slot), **told)
        case Reopened():
            before = wordings.get(event.slot) if taken_back else wordings.pop(event.slot, None)
            words = _earlier(walk, event.slot, before)
            yield Minute(kind="reopened", before=words, **_place(walk, event.slot), **told)
        case Parked():
            yield Minute(
                kind="parked",
                reason=event.reason or None,
                owner=event.owner or None,
                due=event.due or None,
                **_place(walk, event.slot),
                **told,
            )
        case Declined():
            yield Minute(kind="declined", reason=event.reason, **_place(walk, event.slot), **told)
        case Kept():
            rule = _rule(walk, event.check) if is_rule(event.check) else {}
            yield Minute(kind="kept", reason=event.reason, **rule, **_place(walk, event.slot), **told)
        case Muted() if event.reason:
            yield Minute(kind="muted", reason=event.reason, **_rule(walk, event.rule), **told)
        case Closed() if event.reason:
            yield Minute(kind="left_empty", reason=event.reason, **_place(walk, event.slot), **told)
        case Removed() | Restored():
            kind = "removed" if isinstance(event, Removed) else "restored"
            said = item_in_words(walk, ItemId(event.item))
            yield Minute(kind=kind, said=said, section=_section(walk, event.slot), **told)
        case Confirmed():
            yield Minute(kind="confirmed", **_place(walk, event.slot), **told)
        case _:
            return


def _earlier(walk: Plan, slot: Slot, value: Value | None) -> str | None:
    return None if value is None else said_in_words(walk, slot, value)


def _rule(walk: Plan, rule: str) -> dict[str, str]:
    """Return a rule of the coach, and why there is one."""
    return {"said": rule, "remark": behind_rule(rule, walk.language)}


def _place(walk: Plan, slot: Slot) -> dict[str, str | None]:
    """Return where something was said: its section, its question, and the item it is about."""
    step = walk.script.by_id.get(slot.step)
    if not isinstance(step, Asked):
        return {"question": slot.step}
    known = slot.item is None or slot.item in walk.state.frames or slot in walk.standings
    return {
        "section": _section(walk, slot),
        "question": question_of(walk, slot),
        "short": text_of(walk, step, slot.frame, "short") or "",
        "about": about_of(walk, slot) if known else None,
    }


def _section(walk: Plan, slot: Slot) -> str:
    """Return the title of the line of the agenda that a slot belongs to; none for one the script lacks."""
    if slot.step not in walk.script.by_id:
        return ""
    section, item = entry_of(walk.script, slot)
    return title_of(walk, walk.script.step(section)) if item is None else walk.label(((section, item),))
