"""The formats a document can be had in, by name; a new one is one entry in ``_FORMATS``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bsc_coach.errors import UsageError
from bsc_coach.strategy.model import Strategy
from bsc_coach.strategy.notes import Notes
from bsc_coach.strategy.tomlfile import write_toml

STEM = "strategy"
"""Every document is called so, before its suffix."""


@dataclass(frozen=True)
class Format:
    """One kind of document: its name on the command line, its suffix, and what makes its bytes."""

    name: str
    suffix: str
    make: Callable[[Strategy, Notes], bytes]

    @property
    def file_name(self) -> str:
        """The file that such a document is kept in: "strategy.md"."""
        return f"{STEM}{self.suffix}"


def known_formats() -> tuple[str, ...]:
    """Return the names of all formats, the most asked for first."""
    return tuple(_FORMATS)


def document_format(name: str) -> Format:
    """Return the format called ``name``. Raises UsageError, which lists the known ones."""
    found = _FORMATS.get(name)
    if found is None:
        raise UsageError("documents.unknown_format", name=name, known=", ".join(known_formats()))
    return found


def _markdown(strategy: Strategy, notes: Notes) -> bytes:
    from bsc_coach.documents.render import render_markdown

    return render_markdown(strategy, notes).encode("utf-8")


def _toml(strategy: Strategy, notes: Notes) -> bytes:
    """strategy.toml holds the strategy alone; the notes are facts of the session."""
    return write_toml(strategy).encode("utf-8")


_FORMATS = {made.name: made for made in (Format("md", ".md", _markdown), Format("toml", ".toml", _toml))}
