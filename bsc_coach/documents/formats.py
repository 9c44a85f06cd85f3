"""The formats documents can be had in, by name; a new one is one entry in ``_FORMATS``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from bsc_coach.errors import UsageError
from bsc_coach.strategy.model import Strategy
from bsc_coach.strategy.notes import Minutes, Notes
from bsc_coach.strategy.tomlfile import write_toml

Files = Mapping[PurePosixPath, bytes]
"""What a format is made of: one file or several, by where they stand in the folder of documents."""
ALL = "all"
"""Asks for every format there is."""


@dataclass(frozen=True)
class Material:
    """All that a document can be made from."""

    strategy: Strategy
    notes: Notes = field(default_factory=Notes)
    minutes: Minutes = field(default_factory=Minutes)
    """What was said when; empty where there is no session, only a strategy.toml."""


@dataclass(frozen=True)
class Format:
    """One kind of document: its name on the command line, and what makes its files."""

    name: str
    make: Callable[[Material], Files]
    extra: str = ""
    """The optional extra of the package that it needs, if any."""


def known_formats() -> tuple[str, ...]:
    """Return the names of all formats, the most asked for first."""
    return tuple(_FORMATS)


def document_format(name: str) -> Format:
    """Return the format called ``name``. Raises UsageError, which lists the known ones."""
    found = _FORMATS.get(name)
    if found is None:
        raise UsageError("documents.unknown_format", name=name, known=", ".join((*known_formats(), ALL)))
    return found


def formats_called(names: Iterable[str]) -> tuple[Format, ...]:
    """Return the formats of these names, each once; "all" stands for every one."""
    wanted = [one for name in names for one in (known_formats() if name == ALL else (name,))]
    return tuple(document_format(name) for name in dict.fromkeys(wanted))


def files_of(names: Iterable[str], material: Material) -> Files:
    """Return all files of the formats of these names: every one of them, or a fault and none."""
    made: dict[PurePosixPath, bytes] = {}
    for one in formats_called(names):
        made.update(one.make(material))
    return made


def one_file(name: str, data: bytes) -> Files:
    """Return a document that is a single file."""
    return {PurePosixPath(name): data}


def _markdown(material: Material) -> Files:
    from bsc_coach.documents.render import render_markdown

    return one_file("strategy.md", render_markdown(material.strategy, material.notes).encode("utf-8"))


def _toml(material: Material) -> Files:
    """strategy.toml holds the strategy alone; the notes are facts of the session."""
    return one_file("strategy.toml", write_toml(material.strategy).encode("utf-8"))


_FORMATS = {made.name: made for made in (Format("md", _markdown), Format("toml", _toml))}
