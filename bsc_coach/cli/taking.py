"""Taking in what somebody filled in elsewhere: asked for once it was shown, and one action of the session."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from bsc_coach.cli import output
from bsc_coach.cli.typed_lines import TypedLines
from bsc_coach.conversation.unsaved import left_unsaved, unsaved_lines
from bsc_coach.interview.facts.family import Command
from bsc_coach.interview.facts.log import FILLED
from bsc_coach.session.opening import open_session
from bsc_coach.session.session import Session
from bsc_coach.text import normal
from bsc_coach.words import say


@contextmanager
def session_to_fill(options: argparse.Namespace) -> Iterator[Session]:
    """Open the session of the command line for as long as something is taken in, and tell what it says."""
    session = open_session(options.folder, output.environment_for(options))
    try:
        output.speak_as(options, session.plan.language)
        for message in session.messages:
            output.tell(message)
        yield session
    finally:
        session.close()


def month_first(options: argparse.Namespace) -> bool | None:
    """Return whether the month stands first in dates of numbers, as the command line says; else None."""
    told = getattr(options, "dates", None)
    return None if told is None else told == "month-first"


def are_taken(options: argparse.Namespace, question: str, language: str) -> bool:
    """Tell whether what was shown is to be taken: with ``--yes``, or as somebody answers at the terminal."""
    if options.yes:
        return True
    if not sys.stdin.isatty():
        output.tell(say("imports.taking.with_yes", language))
        return False
    output.show(question)
    typed = TypedLines().read(language)
    if typed is not None and normal(typed).strip(" .!") in say("imports.taking.yes", language).split():
        return True
    output.tell(say("imports.taking.nothing", language))
    return False


def taken_in(session: Session, command: Command) -> bool:
    """Carry out what takes it in, as filled in elsewhere; False, with a sentence, where it was not kept."""
    outcome = session.do(command, source=FILLED)
    for refusal in outcome.refusals:
        output.tell(refusal.sentence(session.plan.language))
    return is_kept(session) and outcome.action is not None


def is_kept(session: Session) -> bool:
    """Tell whether all of it is on the disk; what is not is printed, so that ``apply`` can take it."""
    if not left_unsaved(session):
        return True
    for line in unsaved_lines(session):
        output.show(line)
    return False
