"""What opening a session finds: the events in its journal, the state they fold to, and what to say of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bsc_coach.interview.facts.log import Action, UnreadableEventError, latest
from bsc_coach.interview.facts.provenance import as_told_today
from bsc_coach.interview.facts.registry import action_from_body
from bsc_coach.interview.fold import fold
from bsc_coach.interview.state import State
from bsc_coach.script.loader import load_script
from bsc_coach.script.model import Script
from bsc_coach.session.content_remarks import content_remarks
from bsc_coach.session.journal import Journal
from bsc_coach.session.lock import HeldBy, Lock
from bsc_coach.session.recovery import Recovery
from bsc_coach.session.scripts import kept_script
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
    actions, unread = _actions_of(journal)
    state = fold(actions)
    unknown = {action.number for action in actions if action.unknown}
    told = (record.body.get("needs") for record in journal.records if record.number in unknown)
    needs = latest(version for version in told if isinstance(version, str))
    script = _script_adopted(folder, script, state)
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
        yield say(
            "session.lock.held", language, by=lock.by, host=lock.host, since=lock.since_here, pid=lock.pid
        )
    elif lock is not None and lock.warning is not None:
        yield say(lock.warning, language)
    if not recovery.as_expected:
        yield from recovery.sentences(language)
    if record.from_later:
        key = "session.later_version" if record.needs else "session.some_later_version"
        yield say(key, language, version=record.needs)
    if record.unread:
        yield say("session.unread_actions", language, n=record.unread)
    yield from content_remarks(record.script, record.state, language)


def _script_adopted(folder: Path, script: Script, state: State) -> Script:
    """Return the script that the journal says is in use, where the copy beside it is of another version.

    That happens when the program ended between the two; the one adopted was kept first.
    """
    adopted = state.adopted
    if adopted is None or adopted.version == script.header.version:
        return script
    kept = kept_script(folder, adopted.digest)
    return script if kept is None else load_script(kept)


def _actions_of(journal: Journal) -> tuple[list[Action], int]:
    """Return the actions in a journal, and how many records told none that can be read."""
    actions, unread = [], 0
    for record in journal.records:
        try:
            at = datetime.fromisoformat(record.at)
            actions.append(action_from_body(record.number, at, record.body))
        except (UnreadableEventError, ValueError):
            unread += 1
    return as_told_today(actions), unread
