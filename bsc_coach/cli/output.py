"""Output of the command line: data to standard output, messages to standard error, never a control byte."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bsc_coach.errors import BscCoachError, FolderError, UsageError
from bsc_coach.session.environment import Environment
from bsc_coach.text import printable
from bsc_coach.words import say, say_error, spoken

BARE = ("", "dumb", "unknown")
"""Names of terminals that can only print, also where the system has no list of terminals."""

if TYPE_CHECKING:
    from bsc_coach.coach.ear.second_ear import SecondEar
    from bsc_coach.interview.reconcile import Import
    from bsc_coach.session.session import Session


def prepare() -> None:
    """Reconfigure the standard streams so that no text raises UnicodeError, and open those that are closed.

    What the encoding of the terminal lacks is shown as an escape.
    """
    _open_closed_streams()
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")
    reconfigure = getattr(sys.stdin, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="surrogateescape")


def _open_closed_streams() -> None:
    """Let a standard stream that was closed when the program started lead nowhere.

    Else it is None, and the next file that is opened (a journal, say) gets its number, to which libraries
    write their warnings.
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            _hold_open(number)
            mode = "r" if name == "stdin" else "w"
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115


def _hold_open(number: int) -> None:
    """Let a descriptor lead nowhere, where nothing has it yet."""
    try:
        os.fstat(number)
    except OSError:
        nowhere = os.open(os.devnull, os.O_RDWR)
        if nowhere != number:
            os.dup2(nowhere, number)
            os.close(nowhere)


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
    if session.others is not None:
        tell(session.others)


def environment_for(options: argparse.Namespace) -> Environment:
    """Build the environment of a session (clock, ids, name) from the options."""
    return Environment(by=options.by, listens=True)


def second_ear(language: str) -> SecondEar:
    """Return the coach's second ear, loaded with the first text; where it cannot hear that is told once."""
    from bsc_coach.coach.ear.second_ear import SecondEar

    return SecondEar(lambda fault: tell_failure(fault, language))


def is_terminal() -> bool:
    """Tell whether the standard streams are a terminal, so that the app can open: it paints on the third."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr))


def needs_screen() -> None:
    """Raise UsageError where the app cannot open: no terminal, or one that cannot move its cursor."""
    if not is_terminal():
        raise UsageError("cli.no_terminal")
    if os.name == "posix" and not _can_paint(term := os.environ.get("TERM", "")):
        raise UsageError("cli.bare_terminal", term=term[:40])


def _can_paint(term: str) -> bool:
    """Tell whether a terminal of this name moves its cursor as the app tells it to (ANSI).

    One that the system does not know is most often newer than the system, and can.
    """
    if term.lower() in BARE:
        return False
    try:
        import curses

        curses.setupterm(term, sys.stdout.fileno())
        return (curses.tigetstr("cup") or b"").startswith(b"\x1b[")
    except (ImportError, curses.error):
        return True


def file_at(path: Path) -> Path:
    """Return ``path`` if a file is there. Raises FolderError with a sentence if not."""
    if not path.is_file():
        raise FolderError("cli.no_such_file", path=path)
    return path
