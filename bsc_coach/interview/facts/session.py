"""The session as a whole: its language, its script, and what is undone and redone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import ClassVar, assert_never, get_args

from bsc_coach.interview.facts.family import Command, Decider, Family
from bsc_coach.interview.facts.log import Action, Basis, Event
from bsc_coach.interview.state import AdoptedFact
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
    """Take back the last action that counts."""


@dataclass(frozen=True)
class Redo(Command):
    """Bring back the last action that was undone."""


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
    """The action with this number no longer counts."""

    kind: ClassVar[str] = "undone"
    number: int


@dataclass(frozen=True)
class ActionRedone(Event):
    """The undone action with this number counts again."""

    kind: ClassVar[str] = "redone"
    number: int


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
            if not plan.state.effective:
                raise RefusedError("nothing_to_undo")
            return (ActionUndone(plan.state.effective[-1].number),)
        case Redo():
            if not plan.state.undone:
                raise RefusedError("nothing_to_redo")
            return (ActionRedone(plan.state.undone[-1].number),)
        case _:
            assert_never(command)


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
            pass  # ``fold.effective_actions`` has taken them into account
        case _:
            assert_never(event)


def _rename(state: StateBuilder, renames: Mapping[str, str]) -> None:
    """Rename the steps in everything said so far (the events are never rewritten)."""
    renames = {old: new for old, new in renames.items() if is_step_id(new)}
    if not renames:
        return

    def renamed(slot: Slot) -> Slot:
        return Slot(_new(slot.step), _frame(slot.frame))

    def _new(step: StepId) -> StepId:
        return StepId(renames.get(step, step))

    def _frame(frame: Frame) -> Frame:
        return tuple((_new(step), item) for step, item in frame)

    def _under(basis: Basis) -> Basis:
        return {_path(path): digest for path, digest in basis.items()}

    def _path(path: str) -> str:
        try:
            return str(renamed(parse_slot(path)))
        except ValueError:
            return path  # of a journal from elsewhere: it names no slot, before or after

    state.facts = {
        renamed(slot): replace(fact, basis=_under(fact.basis)) for slot, fact in state.facts.items()
    }
    state.lists = {renamed(slot): fact for slot, fact in state.lists.items()}
    state.frames = {item: _frame(frame) for item, frame in state.frames.items()}
    state.kept = {(renamed(slot), check): fact for (slot, check), fact in state.kept.items()}


SESSION: Family[SessionCommand, SessionEvent] = Family(
    get_args(SessionCommand), get_args(SessionEvent), _decide, _evolve
)
