"""Leaving line mode: with answers in memory only it asks as the app does, or prints what is not saved."""

from __future__ import annotations

import sys
from typing import Literal

from bsc_coach.cli import output
from bsc_coach.cli.typed_lines import TypedLines
from bsc_coach.conversation.talk import Talk
from bsc_coach.conversation.unsaved import (
    WAYS,
    WayOut,
    left_unsaved,
    not_written,
    save_elsewhere,
    unsaved_lines,
    way_said,
)
from bsc_coach.errors import EXIT_FINDINGS, EXIT_FINE
from bsc_coach.session.document_on_disk import DOCUMENT
from bsc_coach.session.owned_files import STRATEGY
from bsc_coach.session.session import Session
from bsc_coach.words import say

Left = Literal["quit", "end", "interrupt"]
"""How somebody leaves: with a command, with the end of the input, or with Ctrl+C."""


def may_leave(talk: Talk, lines: TypedLines, left: Left) -> bool:
    """Ask how to leave as long as answers are in memory only; False for somebody who stays.

    Input that has ended answers nothing. At a terminal Ctrl+D and Ctrl+C end a line only, so that it is asked
    there; a second one leaves.
    """
    can_answer = left == "quit" or sys.stdin.isatty()
    try:
        while (n := left_unsaved(talk.session)) and can_answer:
            output.show(say("talk.leaving.question", talk.language, n=n))
            way = _chosen(talk, lines)
            if way == "elsewhere":
                _move(talk, lines)
            elif way != "again":
                return way == "print"
    except KeyboardInterrupt:
        return True
    return True


def _chosen(talk: Talk, lines: TypedLines) -> WayOut:
    """Read which way is taken; the end of the input is the way that prints."""
    for number, way in enumerate(WAYS, start=1):
        output.show(f"  {number}. {way_said(way, talk.language)}")
    while True:
        line = lines.read(talk.language)
        if line is None:
            return "print"
        for number, way in enumerate(WAYS, start=1):
            if line.strip() == str(number):
                return way
        output.show(say("talk.leaving.which", talk.language))


def _move(talk: Talk, lines: TypedLines) -> None:
    """Ask for a folder and go on there; an empty line goes back to the ways."""
    output.show(say("talk.leaving.folder", talk.language))
    folder = lines.read(talk.language)
    if not folder or not folder.strip():
        return
    fault = save_elsewhere(talk.session, folder)
    output.tell(fault or say("talk.went_elsewhere", talk.language, folder=talk.session.folder))


def leave(talk: Talk) -> int:
    """Save everything, print what cannot be saved, close the session and return the exit code."""
    session = talk.session
    unsaved = left_unsaved(session)
    for line in unsaved_lines(session):
        output.show(line)
    talk.remember()
    written = session.read_only or write_documents(session)
    output.tell_of_others(session)
    session.close()
    return EXIT_FINE if written and not unsaved else EXIT_FINDINGS


def write_documents(session: Session) -> bool:
    """Write strategy.toml and strategy.md and print where; False, with a sentence, if the disk fails."""
    language = session.plan.language
    try:
        kept = [path for path in (session.write_strategy(), *session.write_document()) if path is not None]
        held = session.file_is_held
    except OSError as error:
        output.tell(not_written(session, error))
        return False
    for path in kept:
        output.tell(say("cli.kept_edited", language, path=path))
    names = (DOCUMENT,) if held else (DOCUMENT, STRATEGY)
    files = ", ".join(str(session.folder / name) for name in names)
    output.tell(say("talk.exported", language, files=files))
    if held:
        output.tell(say("cli.file_stays", language))
    return True
