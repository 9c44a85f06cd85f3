"""Private notes: for whoever drives, beside the session and in no document."""

from __future__ import annotations

from bsc_coach.conversation.reply import Reply
from bsc_coach.conversation.talk import Talk
from bsc_coach.conversation.time_words import time_of_day
from bsc_coach.conversation.transcript import Turn
from bsc_coach.session.notes_file import PrivateNote, keep_note, read_notes
from bsc_coach.words import say


def note(talk: Talk, rest: str) -> Reply:
    """Keep a private note, and stay where one is."""
    text = rest.strip()
    if not text:
        return Reply((Turn("note", say("wall.note.nothing", talk.language)),))
    if talk.session.read_only:
        return Reply(talk.note("read_only").turns, keep_text=True)
    session, at = talk.session, "" if talk.at is None else str(talk.at)
    try:
        keep_note(session.folder, PrivateNote(talk.now(), at, text), session.disk)
    except OSError as error:
        return talk.refused(say("wall.note.not_kept", talk.language, reason=error.strerror or ""))
    return Reply((Turn("note", say("wall.note.kept", talk.language)),))


def notes(talk: Talk, rest: str) -> Reply:
    """List the private notes."""
    kept = read_notes(talk.session.folder, talk.session.disk)
    told = [say("wall.note.line", talk.language, time=time_of_day(one.at), text=one.text) for one in kept]
    turns = (Turn("note", line) for line in told or [say("wall.note.none", talk.language)])
    return Reply(tuple(turns))
