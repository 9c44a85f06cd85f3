"""Output of the command line: data to standard output, messages to standard error, never a control byte."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bsc_coach.errors import BscCoachError, FolderError, UsageError
from bsc_coach.session.environment import Environment
from bsc_coach.text import printable
from bsc_coach.words import say, say_error, spoken

if TYPE_CHECKING:
    from bsc_coach.interview.reconcile import Import
    from bsc_coach.session.session import Session


def prepare() -> None:
    """Reconfigure the standard streams so that no text raises UnicodeError.

    What the encoding of the terminal lacks is shown as an escape.
    """
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")
    reconfigure = getattr(sys.stdin, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="surrogateescape")


def tell(sentence: str) -> None:
    """Print a message to standard error."""
    print(printable(sentence), file=sys.stderr, flush=True)


def show(text: str) -> None:
    """Print a line of data, or of the conversation in line mode, to standard output."""
    print(printable(text), flush=True)


def show_json(value: Mapping[str, object] | Sequence[object]) -> None:
    """Print a value as one line of JSON in plain ASCII, so that no answer can control a terminal."""
    print(json.dumps(value, ensure_ascii=True, separators=(", ", ": ")), flush=True)


def language_of(options: argparse.Namespace) -> str:
    """Return the language of messages: of the session once it is open, else of --lang or the environment."""
    return spoken(getattr(options, "lang", None))


def speak_as(options: argparse.Namespace, language: str) -> None:
    """Switch messages to the language of the opened session, unless --lang asked for another."""
    options.lang = getattr(options, "lang", None) or language


def one_of(option: str, given: str, known: Sequence[str]) -> str:
    """Validate the value of an option against ``known``. Raises UsageError for any other."""
    if given not in known:
        raise UsageError("cli.no_such_option", option=option, given=given[:40], known=", ".join(known))
    return given


def tell_failure(error: BscCoachError, language: str, *, lead: str = "") -> None:
    """Print an error of ours; for a script or a strategy with faults, every one of them first."""
    from bsc_coach.script.loader import ScriptErrors
    from bsc_coach.strategy.file_faults import StrategyFaultsError

    if isinstance(error, StrategyFaultsError):
        for fault in error.faults:
            tell(fault.located(error.file, language))
    if isinstance(error, ScriptErrors):
        for problem in error.problems:
            tell(problem.located(language))
    tell(lead + say_error(error, language))


def tell_edits(edits: Import, language: str, tell: Callable[[str], None]) -> None:
    """Tell what somebody edited in strategy.toml: faults and remarks with lines, then the edits."""
    for fault in (*edits.faults, *edits.remarks):
        tell(fault.located("strategy.toml", language))
    if edits.faults:
        tell(say("cli.faulty_file", language, n=len(edits.faults)))
    from bsc_coach.interview.differences import told_first

    for told in told_first(edits.differences, language):
        tell(f"  {told}")


def tell_of_others(session: Session) -> None:
    """Print a warning when another program wrote to the journal while the session was open here."""
    if session.journal.foreign:
        tell(say("session.others.noticed", session.plan.language, n=len(session.journal.foreign)))


def environment_for(options: argparse.Namespace) -> Environment:
    """Build the environment of a session (clock, ids, name) from the options."""
    return Environment(by=options.by)


def is_terminal() -> bool:
    """Tell whether both standard input and output are a terminal, so that the app can open."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def file_at(path: Path) -> Path:
    """Return ``path`` if a file is there. Raises FolderError with a sentence if not."""
    if not path.is_file():
        raise FolderError("cli.no_such_file", path=path)
    return path
