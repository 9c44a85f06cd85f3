"""The minutes of a session: a projection of its whole log, with who said what when, undone actions too."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import get_args

from bsc_coach.interview.coaching import is_rule, reason_for_rule, remark_resolved_by
from bsc_coach.interview.facts.agenda import (
    AgendaPlanned,
    AgendaReplanned,
    AskedInFull,
    planned_by,
    time_apart,
)
from bsc_coach.interview.facts.answers import (
    AnswerAffirmed,
    LookBackConfirmed,
    SlotAnswered,
    SlotDeclined,
    SlotParked,
    SlotReopened,
)
from bsc_coach.interview.facts.coaching import RemarkKept, RuleMuted
from bsc_coach.interview.facts.lists import ItemRemoved, ItemRestored, ListClosed
from bsc_coach.interview.facts.log import TAKEN, Action, ActionId, Event, Source, Value
from bsc_coach.interview.facts.rounds import RoundOpened
from bsc_coach.interview.members import members_at
from bsc_coach.interview.navigation import agenda, entry_of, section_title, title_of
from bsc_coach.interview.plan import Plan
from bsc_coach.interview.projection import about_of, item_in_words, question_of, said_in_words
from bsc_coach.interview.texts import text_of
from bsc_coach.script.model import QuestionStep
from bsc_coach.script.slots import ItemId, Slot
from bsc_coach.strategy.notes import Minute, Minutes, SectionState, TimeMinute


def to_minutes(plan: Plan) -> Minutes:
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
        for entry in agenda(plan)
    )
    said = tuple(minute for _, minute in said_at(plan))
    return Minutes(said=said, sections=sections, time=tuple(_time(plan)))


def _time(plan: Plan) -> Iterator[TimeMinute]:
    """Yield what was decided about the time, and each break and talk, in order."""
    undone = _undone(plan)
    # What was decided, action by action, and then the time apart that it may be.
    for action in plan.state.actions:
        at, taken_back = _told(action.at), action.id in undone
        for event in action.do:
            match event:
                case AgendaPlanned():
                    slot = planned_by(event, action.at)
                    yield TimeMinute(
                        at=at,
                        kind="planned",
                        how=slot.preset,
                        begin=_told((slot.begin or action.at).astimezone(action.at.tzinfo))
                        if event.begin
                        else "",
                        minutes=slot.minutes,
                        people=slot.people,
                        breaks=sum(one.minutes for one in slot.breaks),
                        undone=taken_back,
                    )
                case AgendaReplanned():
                    yield TimeMinute(at=at, kind="replanned", how=event.how, undone=taken_back)
                case RoundOpened():
                    if about := _round_in_words(plan, event.slot):
                        yield TimeMinute(
                            at=at,
                            kind="round",
                            how=event.rule,
                            about=about,
                            minutes=event.within,
                            undone=taken_back,
                        )
                case AskedInFull():
                    titles = [one.title for one in agenda(plan) if one.step == event.part]
                    yield TimeMinute(at=at, kind="in_full", about=", ".join(titles), undone=taken_back)
        apart = time_apart(action)
        if apart is not None:
            minutes = round((apart.end - apart.begin).total_seconds() / 60)
            kind = "talk" if apart.why == "talk" else "break"
            begin = _told(apart.begin.astimezone(action.at.tzinfo))
            yield TimeMinute(at=begin, kind=kind, about=apart.about, minutes=minutes)


def _round_in_words(plan: Plan, key: Slot) -> str:
    """Return what a round was about; nothing where the script has no such round any more."""
    members = members_at(plan, key)
    if members is None or not members.slots:
        return ""
    slot = members.slots[0]
    step = plan.statuses[slot].step
    short = text_of(plan, step, slot.frame, "short") or question_of(plan, slot)
    return f"{section_title(plan, slot)} · {short}"


def _told(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def _undone(plan: Plan) -> set[ActionId]:
    """Return the actions that were taken back."""
    return {action.id for action in plan.state.actions} - {action.id for action in plan.state.effective}


def said_at(plan: Plan, wanted: Callable[[Event], bool] = lambda _: True) -> Iterator[tuple[Event, Minute]]:
    """Yield every event that is wanted and that the record tells, in order, with its words."""
    undone = _undone(plan)
    wordings: dict[Slot, Value] = {}
    for action in plan.state.actions:
        origin = next((source for source in get_args(Source) if source == action.source), "")
        for event in filter(wanted, action.do):
            for minute in _minutes(plan, action, event, wordings, taken_back=action.id in undone):
                if origin == TAKEN and minute.kind == "answered":
                    yield event, minute.model_copy(update={"kind": "taken_over"})
                else:
                    yield event, minute.model_copy(update={"origin": origin}) if origin else minute


def _minutes(
    plan: Plan, action: Action, event: Event, wordings: dict[Slot, Value], *, taken_back: bool
) -> Iterator[Minute]:
    """Yield what an event has to say in the record; an answer given again unchanged says nothing new."""
    told = {"at": action.at.isoformat(timespec="seconds"), "by": action.by, "undone": taken_back}
    match event:
        case SlotAnswered():
            # The first wording is an answer, each other one a rewording of the one before.
            before = wordings.get(event.slot)
            if before != event.value:
                yield Minute(
                    kind="answered" if before is None else "reworded",
                    said=said_in_words(plan, event.slot, event.value),
                    before=_earlier(plan, event.slot, before),
                    remark=None
                    if before is None
                    else remark_resolved_by(plan, event.slot, before, event.value),
                    **_place(plan, event.slot),
                    **told,
                )
            if not taken_back:
                wordings[event.slot] = event.value
        case AnswerAffirmed():
            still = _earlier(plan, event.slot, wordings.get(event.slot)) or ""
            yield Minute(kind="affirmed", said=still, **_place(plan, event.slot), **told)
        case SlotReopened():
            before = wordings.get(event.slot) if taken_back else wordings.pop(event.slot, None)
            words = _earlier(plan, event.slot, before)
            yield Minute(kind="reopened", before=words, **_place(plan, event.slot), **told)
        case SlotParked():
            yield Minute(
                kind="parked",
                reason=event.reason or None,
                owner=event.owner or None,
                due=event.due or None,
                **_place(plan, event.slot),
                **told,
            )
        case SlotDeclined():
            yield Minute(kind="declined", reason=event.reason, **_place(plan, event.slot), **told)
        case RemarkKept():
            rule = _rule(plan, event.rule) if is_rule(event.rule) else {}
            yield Minute(kind="kept", reason=event.reason, **rule, **_place(plan, event.slot), **told)
        case RuleMuted() if event.reason:
            yield Minute(kind="muted", reason=event.reason, **_rule(plan, event.rule), **told)
        case ListClosed() if event.reason:
            yield Minute(kind="left_empty", reason=event.reason, **_place(plan, event.slot), **told)
        case ItemRemoved() | ItemRestored():
            kind = "removed" if isinstance(event, ItemRemoved) else "restored"
            said = item_in_words(plan, ItemId(event.item))
            yield Minute(kind=kind, said=said, section=_section(plan, event.slot), **told)
        case LookBackConfirmed():
            yield Minute(kind="confirmed", **_place(plan, event.slot), **told)
        case _:
            return


def _earlier(plan: Plan, slot: Slot, value: Value | None) -> str | None:
    return None if value is None else said_in_words(plan, slot, value)


def _rule(plan: Plan, rule: str) -> dict[str, str]:
    """Return a rule of the coach, and why there is one."""
    return {"said": rule, "remark": reason_for_rule(rule, plan.language)}


def _place(plan: Plan, slot: Slot) -> dict[str, str | None]:
    """Return where something was said: its section, its question, and the item it is about."""
    step = plan.script.by_id.get(slot.step)
    if not isinstance(step, QuestionStep):
        return {"question": slot.step}
    known = slot.item is None or slot.item in plan.state.frames or slot in plan.statuses
    return {
        "section": _section(plan, slot),
        "question": question_of(plan, slot),
        "short": text_of(plan, step, slot.frame, "short") or "",
        "about": about_of(plan, slot) if known else None,
    }


def _section(plan: Plan, slot: Slot) -> str:
    """Return the title of the line of the agenda that a slot belongs to; none for one the script lacks."""
    if slot.step not in plan.script.by_id:
        return ""
    section, item = entry_of(plan.script, slot)
    return title_of(plan, plan.script.step(section)) if item is None else plan.label(((section, item),))
