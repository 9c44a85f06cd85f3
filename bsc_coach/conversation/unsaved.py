"""Answers that are in memory only: what is said of them, the ways out, and the lines that print them.

Both front ends leave by the same four ways, and neither calls an answer safe that is not on the disk.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal, get_args

from bsc_coach.conversation.transcript import turns_of
from bsc_coach.errors import BscCoachError, FolderError
from bsc_coach.interview.facts.log import Action
from bsc_coach.session.debug_log import debug_log
from bsc_coach.session.listing import remember_folder
from bsc_coach.session.names import typed_path
from bsc_coach.session.notes_file import copy_notes
from bsc_coach.session.session import Session
from bsc_coach.words import say, say_error

if TYPE_CHECKING:
    from bsc_coach.interview.as_requests import Told

WayOut = Literal["again", "elsewhere", "print", "stay"]
WAYS: tuple[WayOut, ...] = get_args(WayOut)
"""How to leave with unsaved answers, in the order in which they are offered."""
REMARK = "#"
"""Begins a line that is for people; ``apply`` skips it."""


def way_said(way: WayOut, language: str) -> str:
    """Return what a way out does, in words."""
    return say(f"talk.leaving.{way}", language)


def left_unsaved(session: Session) -> int:
    """Try once more to save everything; return how many answers are in memory only all the same."""
    session.journal.retry()
    return session.journal.unsaved


def save_elsewhere(session: Session, typed: str) -> str | None:
    """Go on in another folder, with everything that was said; return in words why that cannot be, or None."""
    language = session.plan.language
    before = session.folder
    try:
        folder = typed_path(typed)
        moved = session.move_to(folder)
    except FolderError as error:
        return say_error(error, language)
    except OSError as error:
        return fault_said(error, language)
    if not moved:
        return say("talk.leaving.not_there", language)
    remember_folder(folder)
    try:
        copy_notes(before, folder, session.environment.disk)
    except OSError as error:
        debug_log.log("notes_left", errno=error.errno)  # they are still where they were
    return None


def fault_said(error: Exception, language: str) -> str:
    """Return in words why something could not be written."""
    if isinstance(error, BscCoachError):
        return say_error(error, language)
    fault = getattr(error, "strerror", None) or type(error).__name__
    return say("talk.not_written", language, fault=fault)


def not_written(session: Session, error: OSError) -> str:
    """Return why documents could not be written, and whether what was said is on the disk all the same."""
    language = session.plan.language
    return f"{fault_said(error, language)} {answers_said(session)}"


def answers_said(session: Session) -> str:
    """Return where the answers are: on the disk, or in memory only."""
    language = session.plan.language
    return session.trouble or say("talk.all_on_disk", language, folder=session.folder)


def unsaved_requests(session: Session) -> list[Told]:
    """Return what is not on the disk as requests of ``apply``, which takes it into this session again."""
    return [request for _, requests in _unsaved(session) for request in requests]


def unsaved_lines(session: Session) -> Iterator[str]:
    """Give what is not on the disk as lines that people can read and ``apply`` can take.

    Each action is told in words behind a ``REMARK``, and stands below that as JSON.
    """
    if not session.journal.unsaved:
        return
    plan, n = session.plan, session.journal.unsaved
    yield from _remark(say("talk.leaving.printed", plan.language, n=n, folder=session.folder))
    for action, requests in _unsaved(session):
        for turn in turns_of(plan, action):
            yield from _remark(turn.text)
        for request in requests:
            yield json.dumps(request)


def _unsaved(session: Session) -> Iterator[tuple[Action, tuple[Told, ...]]]:
    from bsc_coach.interview.as_requests import requests_of

    saved = len(session.actions) - session.journal.unsaved
    return requests_of(session.plan, session.actions[saved:])


def _remark(text: str) -> Iterator[str]:
    return (f"{REMARK} {line}" for line in text.splitlines())
