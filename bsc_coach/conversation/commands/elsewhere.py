"""The command that saves the session in another folder and goes on there."""

from __future__ import annotations

from bsc_coach.conversation.reply import Reply
from bsc_coach.conversation.talk import Talk
from bsc_coach.conversation.unsaved import save_elsewhere


def elsewhere(talk: Talk, rest: str) -> Reply:
    """Save everything in the folder that is named behind it, and go on there."""
    if talk.session.read_only:
        return talk.note("read_only")
    if not rest.strip():
        return talk.note("leaving.how_elsewhere")  # asked for, /tmp/x would be a command
    fault = save_elsewhere(talk.session, rest)
    if fault is not None:
        return talk.refused(fault)
    talk.remember()
    return talk.note("went_elsewhere", folder=talk.session.folder)
