"""Opening and making a session: what its journal holds, what that comes to, and what to say of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bsc_coach.errors import FolderError
from bsc_coach.interview.branches import heads_of, known_to
from bsc_coach.interview.breakouts import part_name_of, slots_of_part
from bsc_coach.interview.disputed_words import renumbered_in_words
from bsc_coach.interview.facts.lists import GiveShortIds
from bsc_coach.interview.facts.log import Action, latest
from bsc_coach.interview.facts.session import LanguageSet
from bsc_coach.interview.fold import fold
from bsc_coach.interview.plan import Plan
from bsc_coach.interview.planner import make_plan
from bsc_coach.interview.state import State
from bsc_coach.script.loader import load_script
from bsc_coach.script.model import Script
from bsc_coach.script.source import ScriptSource, bundled_source
from bsc_coach.session.actions import actions_of
from bsc_coach.session.breakout import BREAKOUT, BreakoutFaultError, breakout_in
from bsc_coach.session.content_remarks import content_remarks
from bsc_coach.session.debug_log import debug_log
from bsc_coach.session.disk import Disk
from bsc_coach.session.drafts import Drafts
from bsc_coach.session.environment import Environment
from bsc_coach.session.gc_tuning import for_long
from bsc_coach.session.journal import JOURNAL, Journal, open_journal
from bsc_coach.session.lock import HeldBy, Lock, claim, release, released_on_fault
from bsc_coach.session.names import check_folder, make_session_folder
from bsc_coach.session.owned_files import STRATEGY, keep_to_this_machine
from bsc_coach.session.recovery import Recovery
from bsc_coach.session.scripts import kept_script, lay_out, read_script
from bsc_coach.session.session import Session
from bsc_coach.text import shorten
from bsc_coach.words import say


@dataclass(frozen=True)
class SessionRecord:
    """The journal of a session as actions, folded, with the script that they were made under last."""

    script: Script
    state: State
    actions: tuple[Action, ...]
    unread: int
    """How many records told nothing that can be read."""
    from_later: bool = False
    """Whether a later version of the program wrote what this one does not know."""
    needs: str = ""
    """The least version that knows all of it, where the journal says so."""


def record_of(journal: Journal, folder: Path, script: Script) -> SessionRecord:
    """Read the journal as events and fold them; ``script`` is the one that lies in the folder."""
    actions, unread = actions_of(journal.records)
    state = fold(actions)
    unknown = {action.number for action in actions if action.unknown}
    told = (record.body.get("needs") for record in journal.records if record.number in unknown)
    needs = latest(version for version in told if isinstance(version, str))
    script = script_in_use(folder, script, state)
    return SessionRecord(script, state, tuple(actions), unread, bool(unknown), needs)


def messages_of(
    record: SessionRecord,
    *,
    script_lost: bool,
    journal_lost: bool,
    lock: Lock | HeldBy | None,
    recovery: Recovery,
) -> Iterator[str]:
    """Yield what a person should know about how a session was opened, in its language."""
    language = record.state.language or record.script.header.languages[0]
    if script_lost:
        yield say("session.script_lost", language)
    if journal_lost:
        yield say("session.journal_lost", language)
    if isinstance(lock, HeldBy):
        yield say(lock.words, language, by=lock.by, host=lock.host, since=lock.since_here, pid=lock.pid)
    elif lock is not None and lock.warning is not None:
        yield say(lock.warning, language)
    if not recovery.as_expected:
        yield from recovery.sentences(language)
    if (n := len(heads_of(record.actions))) > 1:
        yield say("session.joined", language, n=n)
    if record.from_later:
        key = "session.later_version" if record.needs else "session.some_later_version"
        yield say(key, language, version=record.needs)
    if record.unread:
        yield say("session.unread_actions", language, n=record.unread)
    yield from content_remarks(record.script, record.state, language)


def script_in_use(folder: Path, script: Script, state: State) -> Script:
    """Return the script that the journal says is in use, where the copy beside it is of another version.

    That happens when the program ended between the two; the one adopted was kept first.
    """
    adopted = state.adopted
    if adopted is None or adopted.version == script.header.version:
        return script
    kept = kept_script(folder, adopted.digest)
    return script if kept is None else load_script(kept)


def create_session(
    folder: Path, source: ScriptSource, environment: Environment, *, language: str | None = None
) -> Session:
    """Make a session in a new or empty folder. Raises FolderError or ScriptErrors, leaving nothing behind."""
    script = load_script(source)
    if language is not None and language not in script.header.languages:
        raise FolderError("session.no_such_language", language=language)
    make_session_folder(folder)
    lock = claim(folder, environment)
    with released_on_fault(lock):
        # Looked at under the lock: of several who make a session here at once, one does.
        if isinstance(lock, HeldBy) or (folder / JOURNAL).exists():
            raise FolderError("session.already_there", path=folder)
        lay_out(folder, source, environment.disk.below(folder))
        session = open_session(folder, environment, lock=lock)
    if language is not None and language != script.header.languages[0] and not session.actions:
        session.record([LanguageSet(language)])
    return session


def first_plan(folder: Path, script: Script, state: State, disk: Disk) -> Plan:
    """Return where everything stands in a folder, for whoever follows it; of a part, as a part."""
    try:
        breakout = breakout_in(folder, disk)
    except BreakoutFaultError:
        breakout = None
    plan = make_plan(script, state, part_of=None if breakout is None else breakout.part_of)
    return plan if breakout is None or slots_of_part(plan) else make_plan(script, state)


def _plan_of(folder: Path, record: SessionRecord, disk: Disk) -> tuple[Plan, str, frozenset[str]]:
    """Return where everything stands in a folder; of a part also what to say of it, and who wrote before it.

    One that cannot say which part it is asks everything, and says so.
    """
    try:
        breakout = breakout_in(folder, disk)
    except BreakoutFaultError:
        plan = make_plan(record.script, record.state)
        return plan, say("breakouts.unread", plan.language, path=folder / BREAKOUT), frozenset()
    part_of = None if breakout is None else breakout.part_of
    plan = make_plan(record.script, record.state, part_of=part_of)
    if breakout is None:
        return plan, "", frozenset()
    if not slots_of_part(plan):
        names = ", ".join(breakout.part)[:80]
        told = say("breakouts.unasked", plan.language, names=names)
        return make_plan(record.script, record.state), told, frozenset()
    of = shorten(breakout.organisation, 80) or breakout.of
    before = frozenset(action.writer for action in known_to(record.actions, breakout.heads))
    return plan, say("breakouts.begins", plan.language, of=of, part=part_name_of(plan)), before


@for_long()
def open_session(
    folder: Path, environment: Environment, *, read_only: bool = False, lock: Lock | HeldBy | None = None
) -> Session:
    """Open the session in ``folder``; for reading only when asked to or when somebody else has it.

    So too when a later version of the program wrote in it. ``lock`` is one that was taken already. Raises
    FolderError when there is none, or its files are not ours. ``messages`` of the session say in words what
    else was found.
    """
    check_folder(folder)
    clock, disk = environment.clock, environment.disk.below(folder)
    lost = not (folder / JOURNAL).exists()
    if lost and read_script(folder, disk) is None:
        key = "session.only_strategy" if (folder / STRATEGY).exists() else "session.none_here"
        raise FolderError(key, path=folder)
    if lock is None and not read_only:
        lock = claim(folder, environment)
    closed = read_only or isinstance(lock, HeldBy)
    with released_on_fault(lock):
        source = read_script(folder, disk)
        script = load_script(bundled_source() if source is None else source)
        journal, recovery = open_journal(
            folder / JOURNAL, writer=environment.writer, clock=clock, disk=disk, read_only=closed
        )
        if recovery.unread:
            # Going on with an empty session beside a journal that is there would only make a fork.
            raise FolderError("session.recovery.unread", path=folder / JOURNAL)
    record = record_of(journal, folder, script)
    if record.from_later and not closed:
        # What this version does not know it could contradict. Whoever knows it may write meanwhile.
        journal.stop_writing()
        release(lock)
        lock, closed = None, True
    messages = messages_of(
        record,
        script_lost=source is None,
        journal_lost=lost and (folder / STRATEGY).exists(),
        lock=lock,
        recovery=recovery,
    )
    drafts = Drafts.load(folder, clock=clock, disk=disk, read_only=closed)
    if not closed:
        keep_to_this_machine(folder, disk)
        debug_log.keep_in(folder)
    version = record.script.header.version
    debug_log.log("opened", actions=len(record.actions), script=version, read_only=closed)
    plan, of_part, before_split = _plan_of(folder, record, disk)
    told = [*messages, of_part] if of_part else list(messages)
    session = Session(
        folder, plan, journal, recovery, drafts, environment, lock, list(record.actions), told, before_split
    )
    if plan.state.renumbered:
        session.messages.append(renumbered_in_words(plan, plan.state.renumbered))
        if not closed:
            session.do(GiveShortIds())
    if n := len(plan.disputes):
        session.messages.append(say("session.disputed", plan.language, n=n))
    return session
