"""The process that renders a template of a person's own: ``custom`` starts it and reads what it tells.

It gets a job as JSON on standard input and writes the text to standard output, or a fault as JSON
with exit code ``EXIT_FAULT``. It imports little, so that it starts fast and has little to misuse.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections.abc import Callable, Generator
from typing import Any, cast

from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError

from bsc_coach import sizes
from bsc_coach.child_process import EXIT_FAULT, be_a_child
from bsc_coach.documents.templating import limits
from bsc_coach.documents.templating.environment import DocumentEnvironment
from bsc_coach.text import clean, shorten

ENDING = ".j2"
"""What the templates that another one includes end in: nothing else in its folder is read."""


class _OutOfTimeError(Exception):
    """The processor time is used up."""


class _TooMuchOutputError(Exception):
    """The document is larger than any document may be."""


class _UnreadableError(Exception):
    """A template file cannot be read; the message says why."""


class _OutsideError(Exception):
    """A template leads out of its folder; the message is its name."""


class _NoTemplateError(Exception):
    """What is to be included is no template by its name; the message is its name."""


class _Folder:
    """The folder of a template: the only place that is read."""

    def __init__(self, path: str, asked_for: str) -> None:
        self.path = os.path.realpath(path)
        self.asked_for = asked_for
        """The template that somebody named; it may be called as they like."""
        self.loaded: dict[str, str] = {}
        """Name of each template that was read, by the file name that a traceback has for it."""

    def load(self, name: str) -> tuple[str, str, Callable[[], bool]] | None:
        """Return the template called ``name``; a symbolic link counts for where it leads."""
        if "\0" in name:
            return None  # no file is called so, and the system would not even look
        real = os.path.realpath(os.path.join(self.path, name))
        if os.path.commonpath((self.path, real)) != self.path:
            raise _OutsideError(name)
        if name != self.asked_for and not (name.endswith(ENDING) and real.endswith(ENDING)):
            raise _NoTemplateError(name)
        if not os.path.isfile(real):
            return None
        with open(real, "rb") as file:
            data = file.read(sizes.TEMPLATE_FILE + 1)
        if len(data) > sizes.TEMPLATE_FILE:
            raise _UnreadableError(f"{name} is larger than {sizes.TEMPLATE_FILE // 1000} kB")
        try:
            source = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise _UnreadableError(f"{name} is not UTF-8 text (byte {error.start})") from error
        self.loaded[real] = name
        return source, real, lambda: True


def main() -> int:
    """Render the job on standard input; return the exit code."""
    be_a_child(_out_of_time)
    job = json.load(sys.stdin.buffer)
    folder = _Folder(job["folder"], job["template"])
    try:
        text = _render(folder, job["template"], _frozen(job["context"]))
    except Exception as error:
        # Whatever a template does wrong ends here, as one sentence for the person who wrote it.
        fault = _fault_of(error, folder)
        del error
        sys.stdout.buffer.write(json.dumps(fault).encode("ascii"))
        return EXIT_FAULT
    sys.stdout.buffer.write(text)
    return 0


def _render(folder: _Folder, name: str, context: dict[str, Any]) -> bytes:
    """Return the document as bytes; gives up as soon as it grows too large."""
    template = DocumentEnvironment(folder.load).get_template(name)
    made, size = [], 0
    # Template.generate promises an iterator and is a generator: an error thrown in knows its line.
    pieces = cast("Generator[str, None, None]", template.generate(context))
    for piece in pieces:
        made.append(piece.encode("utf-8", "replace"))
        size += len(made[-1])
        if size > sizes.MADE_BY_TEMPLATE:
            pieces.throw(_TooMuchOutputError())
    return b"".join(made)


def _frozen(value: Any) -> Any:
    """Return data from JSON with tuples for its lists, as the context had them."""
    if isinstance(value, list):
        return tuple(_frozen(inner) for inner in value)
    if isinstance(value, dict):
        return {key: _frozen(inner) for key, inner in value.items()}
    return value


def _out_of_time() -> None:
    raise _OutOfTimeError


def _fault_of(error: Exception, folder: _Folder) -> dict[str, Any]:
    """Return ``error`` as the kind of sentence that tells it, and the values in that sentence."""
    name, line = _place(error, folder)
    values: dict[str, Any] = {"fault": _in_words(error)}
    if name is not None:
        values |= {"name": shorten(clean(name).text, limits.FAULT_LENGTH), "line": line}
    kind = _kind(error)
    if line is None:
        kind += "_somewhere"
    return {"kind": kind, "values": values}


def _kind(error: Exception) -> str:
    kinds: tuple[tuple[type[Exception] | tuple[type[Exception], ...], str], ...] = (
        (_OutOfTimeError, "slow"),
        (_TooMuchOutputError, "large"),
        (MemoryError, "hungry"),
        (RecursionError, "deep"),
        (_OutsideError, "outside"),
        (_NoTemplateError, "no_template"),
        (TemplateNotFound, "missing"),
        ((_UnreadableError, OSError), "unreadable"),
        (TemplateSyntaxError, "syntax"),
    )
    return next((kind for types, kind in kinds if isinstance(error, types)), "fault")


def _in_words(error: Exception) -> str:
    """Return the message of ``error`` on one line; with its type where Jinja2 did not word it."""
    message = str(error.message or "") if isinstance(error, TemplateError) else str(error)
    known = isinstance(error, (TemplateError, _OutsideError, _NoTemplateError, _UnreadableError))
    told = message if known and message else f"{type(error).__name__}: {message}".rstrip(": ")
    return shorten(clean(told).text, limits.FAULT_LENGTH).rstrip(".")


def _place(error: Exception, folder: _Folder) -> tuple[str | None, int | None]:
    """Return the innermost template and line that ``error`` came from, where one is known."""
    if isinstance(error, TemplateSyntaxError):
        return error.name, error.lineno
    found: tuple[str | None, int | None] = (None, None)
    for frame, line in traceback.walk_tb(error.__traceback__):
        if frame.f_code.co_filename in folder.loaded:
            found = folder.loaded[frame.f_code.co_filename], line
    return found


if __name__ == "__main__":
    sys.exit(main())
