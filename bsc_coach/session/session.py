"""One session: its folder, its script, and the way every front end changes it.

``do`` is the only way something gets into a session. It returns once the action is on the disk, or
says that it is in memory only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bsc_coach.errors import FolderError
from bsc_coach.interview.branches import heads_of
from bsc_coach.interview.consequences import consequences
from bsc_coach.interview.decide import Stamp, Verdict, decide
from bsc_coach.interview.facts.family import Command
from bsc_coach.interview.facts.lists import GiveShortIds
from bsc_coach.interview.facts.log import EDITED, TAKEN, Action, ActionId, Event, action_body
from bsc_coach.interview.facts.provenance import TakeOver
from bsc_coach.interview.facts.session import (
    ActionRedone,
    ActionUndone,
    AdoptScript,
    Redo,
    ScriptAdopted,
    Undo,
)
from bsc_coach.interview.fold import advance, fold
from bsc_coach.interview.plan import Plan
from bsc_coach.interview.planner import make_plan
from bsc_coach.interview.state import State
from bsc_coach.interview.undoing import undone_by
from bsc_coach.interview.values import Refusal
from bsc_coach.script.loader import load_script
from bsc_coach.script.model import Script
from bsc_coach.script.slots import Slot, StepId
from bsc_coach.script.source import ScriptSource
from bsc_coach.session.actions import actions_of
from bsc_coach.session.command_result import CommandResult
from bsc_coach.session.copies import Came, copies_beside, new_in_copies, read_copy
from bsc_coach.session.debug_log import debug_log
from bsc_coach.session.disk import Disk
from bsc_coach.session.document_on_disk import DocumentOnDisk
from bsc_coach.session.drafts import Drafts
from bsc_coach.session.environment import Environment, login_name
from bsc_coach.session.gc_tuning import let_go
from bsc_coach.session.journal import JOURNAL, Journal
from bsc_coach.session.line_format import utc_stamp
from bsc_coach.session.lock import HeldBy, Lock, claim, release
from bsc_coach.session.names import check_folder
from bsc_coach.session.now_file import NowWriter
from bsc_coach.session.recovery import Recovery
from bsc_coach.session.scripts import keep_script, kept_script, read_script, write_script
from bsc_coach.session.strategy_on_disk import StrategyOnDisk
from bsc_coach.words import say

if TYPE_CHECKING:
    from bsc_coach.documents.formats import DocumentInput
    from bsc_coach.interview.reconcile import Import
    from bsc_coach.strategy.model import Strategy
    from bsc_coach.strategy.notes import Minutes, Notes


@dataclass
class Session:
    """An open session. Belongs to one thread at a time."""

    folder: Path
    plan: Plan
    """Where everything stands: the state of the actions, projected on the script."""
    journal: Journal
    recovery: Recovery
    drafts: Drafts
    environment: Environment
    lock: Lock | HeldBy | None
    """The lock we hold, who holds it instead, or None when opened for reading alone."""
    actions: list[Action] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    """What a person should know about how the session was opened, in words."""
    before_split: frozenset[str] = frozenset()
    """The writers of what a part of a session began with: that belongs to everybody."""
    script: Script = field(init=False)
    followers: NowWriter = field(init=False)
    """Whom the driver's moves are told to: those who follow in other processes."""
    _held: bool = field(init=False, default=False)
    """Whether strategy.toml had faults of people when it was to be written last."""
    _follows: bool = field(init=False, default=False)
    """Whether the next action comes right after our own last one, so that it need not say after which."""
    _taken_in: int = field(init=False, default=0)
    """How many records of others were taken in since it was opened."""
    heard: list[ActionId] = field(init=False, default_factory=list)
    """What others added while it is open here; what came from copies of it aside."""

    def __post_init__(self) -> None:
        self.script = self.plan.script
        self.followers = NowWriter(self.folder, self.disk, read_only=self.read_only)

    # What is

    @property
    def state(self) -> State:
        """What was said and still counts."""
        return self.plan.state

    @property
    def number(self) -> int:
        """The number of the last action, 0 before the first."""
        return self.actions[-1].number if self.actions else 0

    @property
    def others_here(self) -> frozenset[str]:
        """The writers whose work undo leaves alone.

        They wrote in the journal since it was opened here, or in a part before it was split off.
        """
        return self.before_split | frozenset(record.writer for record in self.journal.foreign)

    @property
    def read_only(self) -> bool:
        """Whether nothing can be said in this session."""
        return self.journal.read_only

    @property
    def disk(self) -> Disk:
        """How files of this session are read and written: no link below its folder is followed."""
        return self.environment.disk.below(self.folder)

    @property
    def by(self) -> str:
        """Who types: the name given, else the participant marked as scribe, else the login name."""
        if self.environment.by is not None:
            return self.environment.by
        for frame in self.plan.members.get(StepId("participants"), ()):
            if self.plan.answer(Slot(StepId("participants.part"), frame)) == "scribe":
                return str(self.plan.answer(Slot(StepId("participants.name"), frame)) or login_name())
        return login_name()

    @property
    def trouble(self) -> str | None:
        """Why answers are in memory only, in words; None when everything is on the disk."""
        key = self.journal.trouble
        return None if key is None else say(key, self.plan.language, n=self.journal.unsaved)

    @property
    def others(self) -> str | None:
        """What another program added to the journal while it is open here, in words; None if nothing."""
        n = len(self.heard)
        return say("session.others.noticed", self.plan.language, n=n) if n else None

    def strategy(self, language: str | None = None) -> Strategy:
        """Return the strategy as settled now, in ``language`` or else that of its documents."""
        from bsc_coach.interview.projection import to_strategy

        return to_strategy(self.plan.for_documents(language))

    def notes(self, language: str | None = None) -> Notes:
        """Return what a document tells beside the strategy, in the same language."""
        from bsc_coach.interview.notes import to_notes

        return to_notes(self.plan.for_documents(language))

    def minutes(self, language: str | None = None) -> Minutes:
        """Return what was said when, in the same language."""
        from bsc_coach.interview.minutes import to_minutes

        return to_minutes(self.plan.for_documents(language))

    def material(self, language: str | None = None) -> DocumentInput:
        """Return all that documents are made from, in the same language."""
        from bsc_coach.session.material import material_of

        return material_of(self.plan.for_documents(language))

    # What happens

    def decide(self, command: Command) -> Verdict:
        """Return what ``command`` would lead to, without doing it."""
        if isinstance(command, Undo | Redo):
            command = replace(command, others=self.others_here)
        return decide(self.plan, command, Stamp(self.environment.ids))

    def do(
        self,
        command: Command,
        verdict: Verdict | None = None,
        *,
        by: str | None = None,
        shown: datetime | None = None,
        source: str = "",
    ) -> CommandResult:
        """Carry ``command`` out: durable on return, unless ``trouble`` says otherwise.

        ``shown`` is when the question that it answers came on the screen, ``source`` where it comes from.
        ``verdict`` is what ``decide`` returned for this command just now, where somebody has asked already;
        without it the command is decided here. Raises FolderError for a session opened for reading only.
        """
        slot = getattr(command, "slot", None)
        with debug_log.timed("do", command=type(command).__name__, slot=slot) as facts:
            if self.take_in() or verdict is None:
                verdict = self.decide(command)
            refusals = self._refusals(command, verdict)
            outcome = CommandResult(self.plan, refusals)
            if verdict.events and not refusals:
                outcome = self.record(verdict.events, by=by, source=source, shown=shown)
            facts["refused"] = outcome.refusals[0].key if outcome.refusals else None
            facts["number"] = outcome.action.number if outcome.action is not None else None
            facts["unsaved"] = self.journal.unsaved or None
        return outcome

    def record(
        self,
        events: Sequence[Event],
        *,
        by: str | None = None,
        source: str = "",
        shown: datetime | None = None,
    ) -> CommandResult:
        """Write ``events`` down as one action and return what came of them."""
        before, version = self.plan, self.script.header.version
        if shown is not None:
            shown = datetime.fromisoformat(utc_stamp(shown))  # as the journal gives it back
        action = Action(
            self.number + 1, self.environment.clock(), by or self.by, tuple(events), version, source, shown
        )
        # Where nothing keeps others out, each action says what it came after: they may write meanwhile.
        if not self._follows or (isinstance(self.lock, Lock) and not self.lock.sure):
            action = replace(action, after=heads_of(self.actions))
        record = self.journal.append(action_body(action))
        at = datetime.fromisoformat(record.at).astimezone(action.at.tzinfo)
        action = replace(action, number=record.number, at=at, writer=record.writer)
        self._follows = True
        self.actions.append(action)
        state = advance(before.state, action)
        if any(isinstance(event, ActionUndone | ActionRedone) for event in events):
            self._follow_script(state)
        self.plan = make_plan(self.script, state, before)
        self.take_in()
        return CommandResult(self.plan, (), action, consequences(before, self.plan))

    def copies_beside(self) -> list[Path]:
        """Return copies of the journal in its folder that hold what it has not. Never raises."""
        return copies_beside(self.folder, self.environment.disk)

    def look_at_copies(self, copies: Sequence[Path]) -> tuple[Came, ...]:
        """Return what copies hold that the journal has not. Raises FolderError where one is none."""
        return new_in_copies(self.folder, copies, self.environment.disk)

    def put_together(self, copies: Sequence[Path]) -> tuple[Came, ...]:
        """Take in what other copies of this session hold, as if others had written it here meanwhile.

        Raises FolderError for a session opened for reading only, and for a file that is no copy of it.
        """
        self._must_be_ours()
        came = self.look_at_copies(copies)
        self.take_in()
        heard = len(self.heard)
        for path in copies:
            self.journal.take_copy(read_copy(path, self.environment.disk))
        self.take_in()
        del self.heard[heard:]
        if self.state.renumbered:
            self.do(GiveShortIds())
        return came

    def take_in(self) -> bool:
        """Fold in what others wrote in the journal meanwhile; True if there was anything. Never raises."""
        others = self.journal.look_for_others()
        if len(others) == self._taken_in:
            return False
        self.heard += ((record.writer, record.number) for record in others[self._taken_in :])
        self._taken_in, self._follows = len(others), False
        self.actions[:], _ = actions_of((*self.journal.records, *others))
        state = fold(self.actions)
        self._follow_script(state)
        self.plan = make_plan(self.script, state, part_of=self.plan.part_of)
        return True

    def adopt(self, source: ScriptSource, renames: dict[str, str]) -> CommandResult:
        """Go on with another version of the script; the one in use is kept so that undo can return."""
        self._must_be_ours()
        script, disk = load_script(source), self.disk
        in_use = read_script(self.folder, disk)
        if in_use is not None:
            keep_script(self.folder, in_use, disk)
        keep_script(self.folder, source, disk)
        command = AdoptScript(script.header.version, script.digest, renames, self.script.digest)
        # The journal first: opening finds the script that it names among those kept.
        self.script = script
        outcome = self.do(command)
        write_script(self.folder, source, disk)
        return outcome

    def go_on_as(self, environment: Environment) -> None:
        """Take time, ids and names from somewhere else from here on: after a recording was played."""
        self.environment = environment
        self._follows = False
        self.journal.go_on_as(environment.writer, environment.clock)

    def _refusals(self, command: Command, verdict: Verdict) -> tuple[Refusal, ...]:
        """Return why nothing happens, also because the script before the last action is not at hand."""
        if verdict.events and isinstance(command, Undo):
            last = undone_by(self.actions, Action(0, self.environment.clock(), "", verdict.events))
            for event in last.do if last is not None else ():
                if isinstance(event, ScriptAdopted) and kept_script(self.folder, event.before) is None:
                    return (Refusal("script_gone"),)
        return verdict.refusals

    def _follow_script(self, state: State) -> None:
        """After undo or redo of an adopted script, or when others adopted one, run on the one that counts."""
        adopted = [e for action in self.actions for e in action.do if isinstance(e, ScriptAdopted)]
        if not adopted:
            return
        digest = state.adopted.digest if state.adopted is not None else adopted[0].before
        if digest != self.script.digest and (source := kept_script(self.folder, digest)) is not None:
            self.script = load_script(source)
            write_script(self.folder, source, self.disk)

    # Files

    @property
    def _on_disk(self) -> StrategyOnDisk:
        return StrategyOnDisk(self.folder, self.disk, self.plan, self.actions)

    def edited_file(self) -> Import | None:
        """Return what somebody changed in strategy.toml since it was written, and its faults, or None.

        Raises StrategyFileError when the file cannot be read as a strategy at all.
        """
        return self._on_disk.edits(self.environment.ids)

    @property
    def file_is_held(self) -> bool:
        """Whether strategy.toml has faults of people, so that it stays as it is until they are mended."""
        return self._on_disk.is_held

    def take_over(self, strategy: Strategy, origin: TakeOver) -> Import:
        """Begin with an earlier strategy, as one action; return what was taken over and what has no place."""
        from bsc_coach.interview.taking_over import take_over

        found = take_over(self.plan, origin, strategy, self.environment.ids)
        if found.events:
            self.record(found.events, source=TAKEN)
        return found

    def take_edits(self, found: Import) -> CommandResult:
        """Take the changes of an edited strategy.toml into the session, as one action from a file."""
        self._held = False
        if not found.events:
            return CommandResult(self.plan)
        return self.record(found.events, source=EDITED)

    def write_strategy(self, *, aside: bool = False) -> Path | None:
        """Write strategy.toml; return where a version changed by hand was kept, if there was one.

        One with faults stays where it is, unless it is to be put ``aside``. Raises OSError when the disk does
        not take it.
        """
        self._must_be_ours()
        self.take_in()
        # Mended while the session is open: its edits were offered to nobody yet.
        self._held = not aside and (self.file_is_held or (self._held and self._on_disk.is_edited))
        return None if self._held else self._on_disk.write(self.environment.clock(), aside=aside)

    def write_document(self) -> tuple[Path, ...]:
        """Write strategy.md and what it leads to; return where versions changed by hand were kept, if any.

        Raises OSError when the disk does not take it.
        """
        self._must_be_ours()
        self.take_in()
        document = DocumentOnDisk(self.folder, self.disk, self.plan, self.actions)
        return document.write(self.environment.clock())

    def _must_be_ours(self) -> None:
        if self.read_only:
            raise FolderError("session.read_only", path=self.folder)

    def move_to(self, folder: Path) -> bool:
        """Go on in another folder, with everything said so far; True if that is durable there."""
        if not self.journal.move_to(check_folder(folder) / JOURNAL):
            return False
        source = read_script(self.folder, self.disk) or kept_script(self.folder, self.script.digest)
        release(self.lock)
        self.folder, self.lock = folder, claim(folder, self.environment)
        self.drafts.move_to(folder)
        self.followers.move_to(folder)
        if source is not None:
            write_script(folder, source, self.disk)
        return True

    def close(self) -> None:
        """Give back the files and the lock; documents are written by whoever closes."""
        self.journal.close()
        self.drafts.close()
        self.followers.close()
        release(self.lock)
        let_go()
