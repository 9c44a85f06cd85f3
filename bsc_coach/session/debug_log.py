"""The log of ``--debug``: a rotating file of what was done and how it failed, without any answer in it.

An exception is logged as its type and the places of its stack: its message and the values of variables can
hold what a team said, so neither is ever asked for. Nothing is logged, and ``logging`` is not even imported,
unless somebody asked for it. That a log cannot be written never stops anything.
"""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from bsc_coach import __version__
from bsc_coach.resources import user_state_dir
from bsc_coach.session.disk import Disk, private_folder
from bsc_coach.session.failure_places import failures_of

if TYPE_CHECKING:
    import logging
    from logging.handlers import MemoryHandler, RotatingFileHandler

NAME = "debug.log"
_LOCAL = ".local"
_MOST_BYTES = 1_000_000
_OLDER_FILES = 3
_LIBRARIES = ("textual", "pydantic", "jinja2", "typst", "python-docx", "python-pptx", "xlsxwriter")
_SURROUNDINGS = (
    "TERM",
    "TERM_PROGRAM",
    "COLORTERM",
    "SSH_TTY",
    "NO_COLOR",
    "LC_ALL",
    "LC_MESSAGES",
    "LANG",
)
_UNPRINTABLE = re.compile(r"[^\x21-\x7e]+")
_LONGEST = 120

Fact = str | int | float | tuple[object, ...] | None
"""What may stand in the log: names, numbers, a slot. Never a text that somebody typed."""


class DebugLog:
    """Writes notes to a file once it was started; before that, every method does nothing.

    Notes are held in memory until a place for the file is known.
    """

    def __init__(self) -> None:
        self._logger: logging.Logger | None = None
        self._handler: MemoryHandler | RotatingFileHandler | None = None
        self._path: Path | None = None

    def start(self, command: str, given: Iterable[str], folders: Iterable[Path]) -> None:
        """Begin to log a command and the names of its arguments, in the first session among ``folders``."""
        import logging
        from logging.handlers import MemoryHandler

        self._logger = logging.getLogger("bsc_coach")
        self._logger.propagate = False
        self._logger.setLevel(logging.DEBUG)
        self._handler = MemoryHandler(capacity=sys.maxsize, flushLevel=sys.maxsize)
        self._logger.addHandler(self._handler)
        self.log("start", command=command, given=",".join(sorted(given)))
        self._tell_surroundings()
        here = next((folder for folder in folders if (folder / _LOCAL).is_dir()), None)
        if here is not None:
            self.keep_in(here)

    def keep_in(self, session: Path) -> None:
        """Go on writing in the folder of a session."""
        if self._logger is not None:
            self._move_to(session / _LOCAL)

    def log(self, what: str, **facts: Fact) -> None:
        """Write that something happened."""
        if self._logger is not None:
            told = [f"{name}={_shown(value)}" for name, value in facts.items() if value is not None]
            self._logger.debug(" ".join((what, *told)))

    @contextmanager
    def timed(self, what: str, **facts: Fact) -> Iterator[dict[str, Fact]]:
        """Note something with its milliseconds when it is over, and its failure. More facts may be put in."""
        more = dict(facts)
        began = time.perf_counter()
        try:
            yield more
        except BaseException as error:
            self.failed(error)
            raise
        finally:
            self.log(what, **more, ms=round((time.perf_counter() - began) * 1000, 1))

    def failed(self, error: BaseException) -> None:
        """Write the type of a failure and of what led to it, each with the places of its stack."""
        if self._logger is None:
            return
        for number, failure in enumerate(failures_of(error)):
            self.log(
                "because" if number else "failed", type=failure.type, key=failure.key, errno=failure.errno
            )
            for place in failure.places:
                self.log("  at", place=place)

    def finish(self) -> Path | None:
        """Stop, and return where the log is; None where it could not be written at all."""
        if self._logger is None or self._handler is None:
            return None
        if self._path is None:
            self._move_to(user_state_dir())
        path = self._path
        self._logger.removeHandler(self._handler)
        self._handler.close()
        self._logger = self._handler = self._path = None
        return path

    def _move_to(self, folder: Path) -> None:
        """Write what is held, and everything from here on, to the file in ``folder``, if that can be."""
        from logging.handlers import MemoryHandler

        assert self._logger is not None
        assert self._handler is not None
        path = folder / NAME
        if path == self._path:
            return
        try:
            folder.parent.mkdir(parents=True, exist_ok=True)
            private_folder(Disk().below(folder.parent), folder)
            handler = _file_handler(path)
        except OSError:
            return
        held = self._handler
        if isinstance(held, MemoryHandler):
            held.setTarget(handler)
        self._logger.addHandler(handler)
        self._logger.removeHandler(held)
        held.close()
        self._handler, self._path = handler, path

    def _tell_surroundings(self) -> None:
        import platform
        from importlib.metadata import PackageNotFoundError, version

        self.log("program", version=__version__, python=platform.python_version(), system=platform.platform())
        for name in _LIBRARIES:
            try:
                self.log("library", name=name, version=version(name))
            except PackageNotFoundError:
                self.log("library", name=name, version="none")
        for name in _SURROUNDINGS:
            if value := os.environ.get(name):
                self.log("environment", name=name, value=value)
        for name, stream in (("in", sys.stdin), ("out", sys.stdout), ("err", sys.stderr)):
            if stream is not None:  # None where the program was started with it closed
                self.log("stream", name=name, terminal=stream.isatty(), encoding=stream.encoding)
        try:
            columns, rows = os.get_terminal_size()
        except (OSError, ValueError):
            return
        self.log("terminal", columns=columns, rows=rows)


def _file_handler(path: Path) -> RotatingFileHandler:
    """Return a handler for a file of its owner only, that never writes through a link. Raises OSError."""
    import logging
    from io import TextIOWrapper
    from logging.handlers import RotatingFileHandler

    class PrivateFile(RotatingFileHandler):
        def _open(self) -> TextIOWrapper:
            here = Path(self.baseFilename)
            disk = Disk().below(here.parent.parent)
            try:
                fd = disk.create(here)
            except FileExistsError:
                fd = disk.open_append(here)
            return open(fd, "a", encoding="ascii", errors="backslashreplace")

        def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 (the name is theirs)
            """Let it be: a full disk has its own voice."""

    handler = PrivateFile(path, maxBytes=_MOST_BYTES, backupCount=_OLDER_FILES)
    form = logging.Formatter(
        "%(asctime)s.%(msecs)03dZ %(process)d %(threadName)s %(message)s", "%Y-%m-%dT%H:%M:%S"
    )
    form.converter = time.gmtime
    handler.setFormatter(form)
    return handler


def _shown(fact: Fact) -> str:
    """Return a fact as one short word."""
    return _UNPRINTABLE.sub("_", str(fact))[:_LONGEST]


debug_log = DebugLog()
"""The one log of this process."""
