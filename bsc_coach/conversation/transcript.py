"""Transcript: the turns of the conversation, made from the actions of the journal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bsc_coach.conversation.prompt_builder import name_of
from bsc_coach.conversation.time_words import agenda_event_said
from bsc_coach.conversation.understood import row_sentence
from bsc_coach.documents.context.words import DocumentWords
from bsc_coach.interview.disputed_words import renumbered_in_words
from bsc_coach.interview.facts.agenda import (
    AgendaEvent,
    AgendaPlanned,
    AgendaReplanned,
    AskedInFull,
    TimeTaken,
)
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
from bsc_coach.interview.facts.log import TAKEN, Action
from bsc_coach.interview.facts.provenance import TookOver
from bsc_coach.interview.facts.registry import AnyEvent, as_any
from bsc_coach.interview.facts.rounds import BallotsNamed, RoundEvent, RoundLeft, RoundOpened, WayChosen
from bsc_coach.interview.facts.session import ActionRedone, ActionUndone, LanguageSet, ScriptAdopted
from bsc_coach.interview.plan import Plan
from bsc_coach.interview.projection import about_of, item_in_words, said_in_words
from bsc_coach.interview.texts import text_of
from bsc_coach.interview.undoing import is_about, undone_by
from bsc_coach.script.model import CollectStep, LongTextStep, TextStep
from bsc_coach.script.slots import Frame, ItemId, Slot, StepId
from bsc_coach.text import shorten
from bsc_coach.words import say

Speaker = Literal["coach", "team", "note", "refusal"]
LONGEST_UNDONE = 70
"""Characters that are told of what was undone: enough to recognise it, and never a wall of text."""
LONGEST_ABOUT = 60


@dataclass(frozen=True)
class Turn:
    """A chat message: a question or remark of the coach, words of the team, or a note of the program.

    A refusal says why a line cannot be taken.
    """

    speaker: Speaker
    text: str
    slot: Slot | None = None
    """What it is about, where one can go back to it."""
    about: str = ""
    """The item that a question is about, by its short id and title, where its words do not tell."""


def turns_of(plan: Plan, action: Action) -> tuple[Turn, ...]:
    """Return the turns that an action of the journal becomes."""
    turns: list[Turn] = []
    if (together := _done_together(plan, action)) is not None:
        return (Turn("note", together),)
    if action.source == TAKEN:
        return (Turn("note", _what_came_over(plan, action)),)  # nobody said what came with it
    on_a_line = _items_on_a_line(plan, action)
    for event in action.do:
        if isinstance(event, LanguageSet) and action.number == 1:
            continue  # the language a session begins in: nobody said it
        if isinstance(event, SlotAnswered) and (answers := on_a_line.get(event.slot.frame)):
            turns.extend(() if answers[0] is not event else _turns_of_line(plan, answers))
            continue
        # One reason against two remarks is said once.
        turns.extend(turn for turn in _turns_of_event(plan, as_any(event)) if turn not in turns[-1:])
    return tuple(turns)


def _done_together(plan: Plan, action: Action) -> str | None:
    """Return how many answers an action affirmed, or opened, at once; None where it is one, or does more."""
    if len(action.do) > 1 and all(isinstance(event, SlotReopened) for event in action.do):
        return say("talk.reopened_all", plan.language, n=len(action.do))
    n = sum(isinstance(event, AnswerAffirmed) for event in action.do)
    whole = all(isinstance(event, AnswerAffirmed | ListClosed) for event in action.do)
    return say("talk.affirmed_all", plan.language, n=n) if whole and n > 1 else None


def _what_came_over(plan: Plan, action: Action) -> str:
    """Return from where how many answers were taken over by an action."""
    source = next((event.source for event in action.do if isinstance(event, TookOver)), "")
    named = source or say("document.origin.a_file", plan.language)
    n = sum(isinstance(event, SlotAnswered) for event in action.do)
    return say("talk.took_over", plan.language, source=named, n=n)


def _items_on_a_line(plan: Plan, action: Action) -> dict[Frame, list[SlotAnswered]]:
    """Return the answers about each item that was typed whole on one line, when it was added or later."""
    answers: dict[Frame, list[SlotAnswered]] = {}
    for event in action.do:
        if isinstance(event, SlotAnswered):
            answers.setdefault(event.slot.frame, []).append(event)
    added = {
        (*event.slot.frame, (event.slot.step, event.item))
        for event in action.do
        if isinstance(event, ItemAdded)
    }
    return {
        frame: said
        for frame, said in answers.items()
        if len(said) > 1 and said[0].typed and (frame in added or _names_its_item(plan, said[0].slot))
    }


def _names_its_item(plan: Plan, slot: Slot) -> bool:
    """Tell whether a question is the one that items of its list are added with, on one line with others."""
    listed = plan.script.by_id.get(slot.frame[-1][0]) if slot.frame else None
    return isinstance(listed, CollectStep) and listed.row[:1] == (slot.step,)


def _turns_of_line(plan: Plan, answers: list[SlotAnswered]) -> list[Turn]:
    """Return a line that holds a whole item as it was typed, and what it was read as."""
    first = answers[0]
    read = row_sentence(plan, [(one.slot, one.value) for one in answers])
    return [
        _asked(plan, first.slot, first.typed),
        Turn("team", first.typed, first.slot),
        Turn("coach", read, first.slot),
    ]


def transcript(plan: Plan) -> list[Turn]:
    """Return the turns of a whole session, for showing it again when it is opened."""
    return [turn for action in plan.state.actions for turn in turns_of(plan, action)]


def latest_turns(plan: Plan, most: int) -> list[Turn]:
    """Return the end of the conversation: ``most`` turns, and those of the same action."""
    turns: list[Turn] = []
    for action in reversed(plan.state.actions):
        if len(turns) >= most:
            break
        turns[:0] = turns_of(plan, action)
    return turns


def _turns_of_event(plan: Plan, event: AnyEvent) -> list[Turn]:
    language = plan.language
    match event:
        case SlotAnswered():
            said = said_in_words(plan, event.slot, event.value)
            # What was written for an item stands in the item.
            return (
                []
                if _is_original(plan, event.slot)
                else [_asked(plan, event.slot, said), Turn("team", said, event.slot)]
            )
        case SlotParked():
            details = ", ".join(part for part in (event.owner, event.due, event.reason) if part)
            text = (
                say("talk.parked", language, told=details) if details else say("talk.parked_bare", language)
            )
            return [_asked(plan, event.slot), Turn("team", text, event.slot)]
        case SlotDeclined():
            text = say("talk.declined", language, reason=event.reason)
            return [_asked(plan, event.slot), Turn("team", text, event.slot)]
        case ListClosed():
            key = "talk.closed_empty" if event.reason else "talk.closed"
            name = name_of(plan, event.slot)
            because = DocumentWords(language).because(event.reason) if event.reason else ""
            return [Turn("note", say(key, language, name=name, because=because), event.slot)]
        case ItemAdded() | SlotPassed() | TookOver():
            return []  # the first answer of an item says it; what was passed is nothing said
        case RuleMuted():
            key = "talk.muted" if event.reason else "talk.unmuted"
            return [Turn("note", say(key, language, rule=event.rule, reason=event.reason))]
        case RemarkKept():
            because = DocumentWords(language).because(event.reason)
            return [Turn("team", say("talk.kept", language, because=because), event.slot)]
        case other:
            return [_note(plan, other)]


def _is_original(plan: Plan, slot: Slot) -> bool:
    """Tell whether a slot keeps what was written in a round, for the item that was made of it."""
    return any(getattr(step, "originals", None) == slot.step for step in plan.script.steps)


def _note(
    plan: Plan,
    event: SlotReopened
    | AnswerAffirmed
    | ItemRemoved
    | ItemRestored
    | ItemMoved
    | ShortIdsGiven
    | LookBackConfirmed
    | AgendaEvent
    | RoundEvent
    | LanguageSet
    | ScriptAdopted
    | ActionUndone
    | ActionRedone,
) -> Turn:
    # Four groups: about an answer, an item of a list, the time, the session or another action.
    language = plan.language
    match event:
        case SlotReopened() | AnswerAffirmed() | LookBackConfirmed():
            key = f"talk.{event.kind}"
            return Turn("note", say(key, language, name=name_of(plan, event.slot)), event.slot)
        case ItemRemoved() | ItemRestored() | ItemMoved():
            name = item_in_words(plan, event.item)
            return Turn("note", say(f"talk.{event.kind}", language, name=name), event.slot)
        case AgendaPlanned() | AgendaReplanned() | AskedInFull() | TimeTaken():
            return Turn("note", agenda_event_said(plan, event))
        case ShortIdsGiven():
            given = {ItemId(item): short for item, short in event.shorts.items()}
            return Turn("note", renumbered_in_words(plan, given))
        case RoundOpened() | RoundLeft() | WayChosen() | BallotsNamed():
            return Turn("note", _round_said(plan, event), getattr(event, "slot", None))
        case LanguageSet():
            key = "talk.documents_in" if event.documents else "talk.language"
            return Turn("note", say(key, language, name=event.language))
        case ScriptAdopted():
            return Turn("note", say("talk.adopted", language, n=event.version, version=event.version))
        case ActionUndone() | ActionRedone():
            key = "talk.undone" if isinstance(event, ActionUndone) else "talk.redone"
            # Nobody undoes an undo: a journal that says so may say it in a circle.
            action = next((a for a in plan.state.actions if is_about(event, a)), None)
            if action is not None and any(isinstance(e, ActionUndone | ActionRedone) for e in action.do):
                action = None
            what = shorten(said_in_short(plan, action), LONGEST_UNDONE) if action is not None else ""
            return Turn("note", say(key, language, what=what or "…"), slot_of(action))


def _round_said(plan: Plan, event: RoundEvent) -> str:
    """Return in words what was done about a round."""
    match event:
        case WayChosen():
            key = "talk.together" if event.together else "talk.by_talking"
            prepares = plan.script.prepared.get(StepId(event.step))
            return say(key, plan.language, name=name_of(plan, Slot(prepares.id)) if prepares else event.step)
        case RoundOpened():
            names = say(f"interview.names.{event.rule}", plan.language)
            key = "talk.opened_for" if event.minutes else "talk.opened"
            return say(key, plan.language, names=names, n=event.minutes)
        case RoundLeft() | BallotsNamed():
            return say(f"talk.{event.kind}", plan.language)


def slot_of(action: Action | None) -> Slot | None:
    """Return the first slot that an action is about."""
    events = action.do if action is not None else ()
    return next((event.slot for event in events if hasattr(event, "slot")), None)


@dataclass(frozen=True)
class TypedText:
    """What was typed for an answer or for items of a list, a line for each of them."""

    slot: Slot
    text: str
    reads_otherwise: bool
    """Whether it was understood as something else than it says."""


def typed_text(plan: Plan, undoing: Action) -> TypedText | None:
    """Return what was typed in words for what ``undoing`` took back."""
    action = undone_by(plan.state.actions, undoing)
    lists = [event.slot for event in action.do if isinstance(event, ItemAdded)] if action is not None else []
    answers = [event for event in action.do if isinstance(event, SlotAnswered)] if action is not None else []
    otherwise = any(event.typed for event in answers)
    first = plan.script.by_id.get(answers[0].slot.step) if answers else None
    if not otherwise and not isinstance(first, TextStep | LongTextStep):
        return None
    firsts = list({event.slot.frame: event for event in reversed(answers)}.values())[::-1]
    lines = [event.typed or str(event.value) for event in (firsts if lists else answers[:1])]
    return TypedText(lists[0] if lists else answers[0].slot, "\n".join(lines), otherwise)


def said_in_short(plan: Plan, action: Action) -> str:
    """Return a one-line summary of an action, for undo and history."""
    if action.source == TAKEN:
        return _what_came_over(plan, action)
    if (together := _done_together(plan, action)) is not None:
        return together
    for event in action.do:
        if isinstance(event, SlotAnswered):
            return f"{name_of(plan, event.slot)}: {said_in_words(plan, event.slot, event.value)}"
        if isinstance(event, SlotPassed):
            return say("talk.passed", plan.language, name=name_of(plan, event.slot))
    for turn in turns_of(plan, action):
        if turn.speaker != "coach":
            return turn.text
    return ""


def _asked(plan: Plan, slot: Slot, said: str = "") -> Turn:
    """Return a question that was asked, with its item where neither its words nor the answer tell it."""
    text = question(plan, slot)
    known = slot.item in plan.state.frames or slot in plan.statuses
    title = plan.label(slot.frame) if slot.frame and known else ""
    about = "" if not title or title in text or title in said else about_of(plan, slot) or ""
    return Turn("coach", text, slot, shorten(about, LONGEST_ABOUT))


def question(plan: Plan, slot: Slot) -> str:
    """Return the question of a slot as it reads now; its id where the script no longer has it."""
    step = plan.script.by_id.get(slot.step)
    if step is None:
        return slot.step
    return text_of(plan, step, slot.frame, "ask") or slot.step
