"""Actions as the requests of ``apply`` that would do the same again, in a session without them.

Items are named by their short ids, which the same requests give again; answers stand as they were understood.
What no request can do (another script, an earlier strategy, time that was spent) leaves nothing here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import assert_never

from bsc_coach.interview.facts.agenda import AgendaPlanned, AgendaReplanned, AskedInFull, TimeTaken
from bsc_coach.interview.facts.answers import (
    AnswerAffirmed,
    LookBackConfirmed,
    SlotAnswered,
    SlotDeclined,
    SlotParked,
    SlotPassed,
    SlotReopened,
)
from bsc_coach.interview.facts.coaching import RemarkKept, RuleMuted
from bsc_coach.interview.facts.lists import (
    ItemAdded,
    ItemMoved,
    ItemRemoved,
    ItemRestored,
    ListClosed,
    ShortIdsGiven,
)
from bsc_coach.interview.facts.log import Action, JsonValue
from bsc_coach.interview.facts.provenance import TookOver
from bsc_coach.interview.facts.registry import AnyEvent, as_any
from bsc_coach.interview.facts.rounds import BallotsNamed, RoundEvent, RoundLeft, RoundOpened, WayChosen
from bsc_coach.interview.facts.session import ActionRedone, ActionUndone, LanguageSet, ScriptAdopted
from bsc_coach.interview.members import members_at
from bsc_coach.interview.plan import Plan
from bsc_coach.script.slots import Slot

Told = Mapping[str, JsonValue]


def requests_of(plan: Plan, actions: Iterable[Action]) -> Iterator[tuple[Action, tuple[Told, ...]]]:
    """Give each action with its requests, in order. ``plan`` is one that knows all of their items.

    An action may need several requests, which are as many actions again: undo then takes as many.
    """
    made: dict[tuple[str, int], int] = {}
    for action in actions:
        requests = tuple(_requests(plan, action, made))
        made[action.writer, action.number] = len(requests)
        yield action, requests


def _requests(plan: Plan, action: Action, made: Mapping[tuple[str, int], int]) -> Iterator[Told]:
    answers = [event for event in action.do if isinstance(event, SlotAnswered)]
    if len(answers) == len(action.do) > 1 and not any(one.same for one in answers):
        told = [{**_at(plan, one.slot), "value": _value(plan, one)} for one in answers]
        yield {"do": "fill", "answers": told, "literal": True}
        return
    taken: set[Slot] = set()
    for event in action.do:
        if isinstance(event, ItemAdded):
            inside = _first_answers(event, answers)
            taken.update(one.slot for one in inside)
            told_inside = {str(one.slot.step): _value(plan, one) for one in inside}
            yield {"do": "add", **_list_at(plan, event.slot), "answers": told_inside, "literal": True}
        elif not isinstance(event, SlotAnswered) or event.slot not in taken:
            yield from _request(plan, as_any(event), made)


def _first_answers(added: ItemAdded, answers: Sequence[SlotAnswered]) -> list[SlotAnswered]:
    frame = (*added.slot.frame, (added.slot.step, added.item))
    return [one for one in answers if one.slot.frame == frame]


def _request(plan: Plan, event: AnyEvent, made: Mapping[tuple[str, int], int]) -> Iterator[Told]:
    # As the families of facts: answers, lists, the coach, the agenda, the session.
    match event:
        case SlotAnswered():
            same: Told = {"same": True} if event.same else {}
            yield {
                "do": "accept",
                **_at(plan, event.slot),
                "value": _value(plan, event),
                "literal": True,
                **same,
            }
        case SlotParked():
            details = {"reason": event.reason, "owner": event.owner, "due": event.due}
            told = {name: text for name, text in details.items() if text}
            yield {"do": "park", **_at(plan, event.slot), **told}
        case SlotPassed() | SlotReopened() | AnswerAffirmed() | LookBackConfirmed():
            yield {"do": _DONE[type(event)], **_at(plan, event.slot)}
        case SlotDeclined():
            yield {"do": "decline", **_at(plan, event.slot), "reason": event.reason}
        case ItemRemoved() | ItemRestored() | ItemMoved():
            to: Told = {"to": event.to} if isinstance(event, ItemMoved) else {}
            yield {"do": _DONE[type(event)], "item": plan.state.shorts.get(event.item, event.item), **to}
        case ListClosed():
            because: Told = {"because": event.reason} if event.reason else {}
            yield {"do": "close", **_list_at(plan, event.slot), **because}
        case RemarkKept():
            yield {"do": "keep", **_at(plan, event.slot), "check": event.rule, "reason": event.reason}
        case RuleMuted():
            yield {"do": "mute", "rule": event.rule, "reason": event.reason}
        case AgendaPlanned() | AgendaReplanned() | AskedInFull():
            yield _agenda_request(event)
        case LanguageSet():
            yield {"do": "language", "to": event.language, "documents": event.documents}
        case ActionUndone() | ActionRedone():
            for _ in range(made.get((event.writer, event.number), 1)):
                yield {"do": _DONE[type(event)]}
        case WayChosen() | RoundOpened() | RoundLeft() | BallotsNamed():
            yield from _about_round(plan, event)
        case ScriptAdopted() | TookOver() | TimeTaken() | ShortIdsGiven() | ItemAdded():
            return  # an item is added with its first answers, by the caller
        case _:
            assert_never(event)


_DONE: Mapping[type, str] = {
    SlotPassed: "pass",
    SlotReopened: "reopen",
    AnswerAffirmed: "still_right",
    LookBackConfirmed: "confirm",
    ItemRemoved: "remove",
    ItemRestored: "restore",
    ItemMoved: "move",
    ActionUndone: "undo",
    ActionRedone: "redo",
}


def _agenda_request(event: AgendaPlanned | AgendaReplanned | AskedInFull) -> Told:
    match event:
        case AgendaPlanned():
            begin: Told = {"begin": event.begin} if event.begin else {}
            numbers: Told = {"minutes": event.minutes, "people": event.people, "breaks": list(event.breaks)}
            return {"do": "plan", "preset": event.preset, **begin, **numbers}
        case AgendaReplanned():
            return {"do": "replan", "how": event.how, "cut": list(event.cut), "short": event.short}
        case AskedInFull():
            return {"do": "in_full", "part": event.part}


def _about_round(plan: Plan, event: RoundEvent) -> Iterator[Told]:
    match event:
        case WayChosen():
            yield {"do": "together", "step": event.step, "together": event.together}
        case RoundOpened():
            told: Told = {"names": event.rule, "minutes": event.minutes, "seats": event.seats}
            yield {"do": "open_round", **_round_at(plan, event.slot), **told}
        case RoundLeft():
            yield {"do": "leave_round", **_round_at(plan, event.slot)}
        case BallotsNamed():
            return  # who gave which is known to the room that was there, and to no line that is typed


def _round_at(plan: Plan, slot: Slot) -> dict[str, JsonValue]:
    """Return a round as a request names it: by the first question of it."""
    members = members_at(plan, slot)
    return {"slot": str(members.slots[0] if members is not None and members.slots else slot)}


def _at(plan: Plan, slot: Slot) -> dict[str, JsonValue]:
    told: dict[str, JsonValue] = {"step": str(slot.step)}
    if slot.item is not None:
        told["of"] = plan.state.shorts.get(slot.item, slot.item)
    return told


def _list_at(plan: Plan, slot: Slot) -> dict[str, JsonValue]:
    told = _at(plan, slot)
    return {"list": told.pop("step"), **told}


def _value(plan: Plan, answered: SlotAnswered) -> JsonValue:
    """Return an answer as a request gives it: items by their short ids."""
    value = answered.value
    if isinstance(value, tuple):
        shorts: Mapping[str, str] = {str(item): short for item, short in plan.state.shorts.items()}
        return [shorts.get(one, one) for one in value]
    return value
