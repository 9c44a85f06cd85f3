"""The last handler of every front end: one sentence for people, a crash note for whoever mends the fault.

An exception that nobody expected is never printed. What people read is that the fault is the program's own,
what of theirs is on the disk and where, and where the note is. The note holds no answer: see
``failure_places``.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from bsc_coach import __version__
from bsc_coach.resources import user_state_dir
from bsc_coach.session.debug_log import debug_log
from bsc_coach.session.disk import Disk, private_folder, write_new
from bsc_coach.session.failure_places import failures_of
from bsc_coach.words import say, spoken

if TYPE_CHECKING:
    from bsc_coach.session.journal import Journal

_MOST_NOTES = 20
"""Crash notes in one folder; what goes on failing says the same again."""


class _Plan(Protocol):
    @property
    def language(self) -> str: ...


class SessionAtRisk(Protocol):
    """What the handler asks of a session."""

    @property
    def folder(self) -> Path: ...

    @property
    def journal(self) -> Journal: ...

    @property
    def plan(self) -> _Plan: ...


class LastHandler:
    """Knows which command runs and which session is open, and tells of the fault that ended it."""

    def __init__(self) -> None:
        self._command = ""
        self._arguments: tuple[str, ...] = ()
        self._session: SessionAtRisk | None = None

    def begin(self, command: str, arguments: Sequence[str]) -> None:
        """Take note of a command as it was typed."""
        self._command, self._arguments, self._session = command, tuple(arguments), None

    def watch(self, session: SessionAtRisk | None) -> None:
        """Take note of the session that people answer in from here on, or that there is none any more."""
        self._session = session

    def tell(self, error: BaseException) -> str:
        """Write the crash note and return what people are told of the fault, in one line."""
        debug_log.failed(error)
        note = self._write_note(error)
        language = spoken() if self._session is None else self._session.plan.language
        where = "" if note is None else " " + say("session.fault.note", language, note=note)
        return self._what_is_kept(language) + where

    def _what_is_kept(self, language: str) -> str:
        """Return what of the answers is on the disk and where, after a last attempt to save them."""
        if self._session is None:
            named = self._named_folder()
            if named is None:
                return say("session.fault.nothing_open", language)
            return say("session.fault.as_before", language, folder=named)
        folder, journal = self._session.folder.resolve(), self._session.journal
        if not journal.read_only:
            journal.retry()
        if journal.unsaved:
            return say("session.fault.unsaved", language, n=journal.unsaved, folder=folder)
        return say("session.fault.saved", language, folder=folder)

    def _named_folder(self) -> Path | None:
        """Return the session that the command line names, if it names one."""
        found = (word for word in self._arguments if os.path.isfile(os.path.join(word, "journal.jsonl")))
        return next((Path(word).resolve() for word in found), None)

    def _write_note(self, error: BaseException) -> Path | None:
        """Write what happened where, in the first place that takes it."""
        now = datetime.now(UTC)
        name = f"crash-{now:%Y%m%dT%H%M%S.%f}-{os.getpid()}.txt"
        data = "".join(f"{line}\n" for line in self._note(error, now)).encode("ascii", "backslashreplace")
        for folder in self._places():
            path = folder / name
            try:
                folder.parent.mkdir(parents=True, exist_ok=True)
                private_folder(Disk(), folder)
                if len(list(folder.glob("crash-*.txt"))) < _MOST_NOTES:
                    write_new(Disk(), path, data)
                    return path.resolve()
            except OSError:
                continue  # the next place; that none takes it is told by the sentence without a note
        return None

    def _places(self) -> Iterator[Path]:
        """Yield where a note may stand: with the session, else with what the program remembers."""
        import tempfile

        from bsc_coach.session.journal import LOCAL

        folder = self._named_folder() if self._session is None else self._session.folder
        if folder is not None and "--read-only" not in self._arguments and os.path.isdir(folder / LOCAL):
            yield folder / LOCAL
        yield user_state_dir()
        yield Path(tempfile.gettempdir())

    def _note(self, error: BaseException, now: datetime) -> Iterator[str]:
        """Yield the lines of a note."""
        import platform

        yield "bsc-coach met a fault of its own. Nothing that anybody said is in this note."
        yield f"time: {now:%Y-%m-%dT%H:%M:%SZ}"
        yield f"program: {__version__}"
        yield f"python: {platform.python_version()}"
        yield f"system: {platform.platform()}"
        yield f"command: {self._command}"
        for number, failure in enumerate(failures_of(error)):
            codes = (("key", failure.key), ("errno", failure.errno))
            told = "".join(f" {name}={value}" for name, value in codes if value is not None)
            yield f"{'because' if number else 'failed'}: {failure.type}{told}"
            yield from (f"  at {place}" for place in failure.places)


last_handler = LastHandler()
"""The one of this process."""


def print_no_traceback() -> None:
    """Have the interpreter print none for what fails while it tidies up."""
    sys.unraisablehook = lambda what: debug_log.failed(what.exc_value) if what.exc_value else None
