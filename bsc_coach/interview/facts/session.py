"""The session as a whole: its language, its script, and what is undone and redone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, assert_never, get_args

from bsc_coach.interview.facts.family import Command, Decider, Family
from bsc_coach.interview.facts.lists import ItemAdded, items_touched
from bsc_coach.interview.facts.log import Action, Basis, Event
from bsc_coach.interview.facts.rounds import WayChosen
from bsc_coach.interview.state import AdoptedFact, State
from bsc_coach.interview.state_builder import StateBuilder
from bsc_coach.interview.values import RefusedError
from bsc_coach.script.slots import Frame, Slot, StepId, is_step_id, parse_slot
from bsc_coach.words import languages

# Commands


@dataclass(frozen=True)
class SetLanguage(Command):
    """Go on in another language of the script, or write only the documents in it."""

    language: str
    documents: bool = False


@dataclass(frozen=True)
class AdoptScript(Command):
    """Go on with another version of the script."""

    version: int
    digest: str
    renames: Mapping[str, str] = field(default_factory=dict)
    before: str = ""


@dataclass(frozen=True)
class Undo(Command):
    """Take back the last action that counts; ``others`` are writers whose work is left alone."""

    others: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Redo(Command):
    """Bring back the last action that was undone; ``others`` are writers whose work is left alone."""

    others: frozenset[str] = frozenset()


SessionCommand = SetLanguage | AdoptScript | Undo | Redo

# Events


@dataclass(frozen=True)
class LanguageSet(Event):
    """The session goes on in another language, or only its documents do; answers are never translated."""

    kind: ClassVar[str] = "language"
    moves_no_slot: ClassVar[bool] = True
    language: str
    documents: bool = False


@dataclass(frozen=True)
class ScriptAdopted(Event):
    """From here on the session runs on another version of the script."""

    kind: ClassVar[str] = "adopted"
    version: int
    digest: str
    renames: Mapping[str, str] = field(default_factory=dict)
    before: str = ""
    """Digest of the script that it took the place of, so that undo can go back to it."""


@dataclass(frozen=True)
class ActionUndone(Event):
    """The action with this number, by this writer, no longer counts."""

    kind: ClassVar[str] = "undone"
    number: int
    writer: str = ""
    """Nothing where an earlier version of the program wrote it down."""


@dataclass(frozen=True)
class ActionRedone(Event):
    """The undone action with this number, by this writer, counts again."""

    kind: ClassVar[str] = "redone"
    number: int
    writer: str = ""


SessionEvent = LanguageSet | ScriptAdopted | ActionUndone | ActionRedone

# Decide


def _decide(deciding: Decider, command: SessionCommand) -> tuple[Event, ...]:
    plan = deciding.plan
    match command:
        case SetLanguage():
            if command.language not in plan.script.header.languages:
                raise RefusedError("no_such_language", language=command.language[:10])
            return (LanguageSet(command.language, command.documents),)
        case AdoptScript():
            return (ScriptAdopted(command.version, command.digest, command.renames, command.before),)
        case Undo():
            last = _last(plan.state.effective, command.others, "nothing_to_undo")
            if command.others and (touched := _built_upon(plan.state, last, command.others)):
                raise RefusedError("undo_built_upon", item=touched)
            return (ActionUndone(last.number, last.writer),)
        case Redo():
            last = _last(plan.state.undone, command.others, "nothing_to_redo")
            return (ActionRedone(last.number, last.writer),)
        case _:
            assert_never(command)


def _last(actions: Sequence[Action], others: frozenset[str], nothing: str) -> Action:
    """Return the last of the actions that others did not write. Raises RefusedError where there is none."""
    for action in reversed(actions):
        if action.writer not in others:
            return action
    raise RefusedError(nothing)


def _built_upon(state: State, action: Action, others: frozenset[str]) -> str:
    """Return the short id of an item that an action added and that others worked on since; else nothing."""
    added = {event.item for event in action.do if isinstance(event, ItemAdded)}
    for other in state.effective:
        if other.writer in others and other.number > action.number:
            for item in sorted(added & items_touched(other)):
                return state.shorts.get(item, item)
    return ""


# Evolve


def _evolve(state: StateBuilder, _: Action, event: SessionEvent) -> None:
    match event:
        case LanguageSet():
            if event.language not in languages():
                return  # a journal from elsewhere: the program has no words in it
            if event.documents:
                state.document_language = event.language
            else:
                state.language = event.language
        case ScriptAdopted():
            state.adopted = AdoptedFact(event.version, event.digest)
            _rename(state, event.renames)
        case ActionUndone() | ActionRedone():
            pass  # ``undoing`` has taken them into account
        case _:
            assert_never(event)


def _rename(state: StateBuilder, renames: Mapping[str, str]) -> None:
    """Rename the steps in everything said so far (the events are never rewritten)."""
    renames = sound_renames(renames)
    if not renames:
        return
    state.facts = {
        renamed_slot(slot, renames): replace(fact, basis=_renamed_basis(fact.basis, renames))
        for slot, fact in state.facts.items()
    }
    state.lists = {renamed_slot(slot, renames): fact for slot, fact in state.lists.items()}
    state.frames = {item: _renamed_frame(frame, renames) for item, frame in state.frames.items()}
    state.kept = {(renamed_slot(slot, renames), check): fact for (slot, check), fact in state.kept.items()}
    state.disputed = {renamed_slot(slot, renames): about for slot, about in state.disputed.items()}
    state.rounds = {renamed_slot(slot, renames): fact for slot, fact in state.rounds.items()}
    state.named = {renamed_slot(slot, renames): names for slot, names in state.named.items()}
    state.together = frozenset(StepId(renames.get(step, step)) for step in state.together)


def sound_renames(renames: Mapping[str, str]) -> dict[str, str]:
    """Return the renames that lead to the id of a step: a journal from elsewhere may name anything."""
    return {old: new for old, new in renames.items() if is_step_id(new)}


def renamed_slot(slot: Slot, renames: Mapping[str, str]) -> Slot:
    """Return a slot under the names that its steps have in a newer script."""
    return Slot(StepId(renames.get(slot.step, slot.step)), _renamed_frame(slot.frame, renames))


def renamed_event(event: Event, renames: Mapping[str, str]) -> Event:
    """Return an event about the steps as a newer script calls them."""
    changed: dict[str, Any] = {}
    if isinstance(slot := getattr(event, "slot", None), Slot):
        changed["slot"] = renamed_slot(slot, renames)
    if basis := getattr(event, "basis", None):
        changed["basis"] = _renamed_basis(basis, renames)
    if isinstance(event, WayChosen):
        changed["step"] = renames.get(event.step, event.step)
    if isinstance(event, ScriptAdopted):
        changed["renames"] = {renames.get(old, old): new for old, new in event.renames.items()}
    return replace(event, **changed) if changed else event


def _renamed_frame(frame: Frame, renames: Mapping[str, str]) -> Frame:
    return tuple((StepId(renames.get(step, step)), item) for step, item in frame)


def _renamed_basis(basis: Basis, renames: Mapping[str, str]) -> Basis:
    return {_renamed_path(path, renames): digest for path, digest in basis.items()}


def _renamed_path(path: str, renames: Mapping[str, str]) -> str:
    try:
        return str(renamed_slot(parse_slot(path), renames))
    except ValueError:
        return path  # of a journal from elsewhere: it names no slot, before or after


SESSION: Family[SessionCommand, SessionEvent] = Family(
    get_args(SessionCommand), get_args(SessionEvent), _decide, _evolve
)
