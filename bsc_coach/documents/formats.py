"""The formats documents can be had in, by name; a new one is one entry in ``_FORMATS``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import PurePosixPath

from bsc_coach.errors import MissingExtraError, UsageError
from bsc_coach.strategy.model import Strategy
from bsc_coach.strategy.notes import Minutes, Notes
from bsc_coach.strategy.toml import write_toml

Files = Mapping[PurePosixPath, bytes]
"""What a format is made of: one file or several, by where they stand in the folder of documents."""
ALL = "all"
"""Asks for every format there is."""


@dataclass(frozen=True)
class DocumentInput:
    """All that a document can be made from."""

    strategy: Strategy
    notes: Notes = field(default_factory=Notes)
    minutes: Minutes = field(default_factory=Minutes)
    """What was said when; empty where there is no session, only a strategy.toml."""


@dataclass(frozen=True)
class Format:
    """One kind of document: its name on the command line, and what makes its files."""

    name: str
    make: Callable[[DocumentInput], Files]
    library: str = ""
    """The module of an optional extra that it is made with, if any."""
    extra: str = ""
    """The extra of the package that brings it."""

    @property
    def can_be_made(self) -> bool:
        """Tell whether the library that it is made with is installed."""
        return not self.library or find_spec(self.library) is not None


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
    """Return the formats of these names, each once; "all" stands for every one that can be made.

    Raises UsageError for an unknown name, and MissingExtraError for one whose library is not installed.
    """
    wanted: dict[str, Format] = {}
    for name in names:
        if name == ALL:
            wanted.update({one.name: one for one in _FORMATS.values() if one.can_be_made})
            continue
        found = wanted[name] = document_format(name)
        if not found.can_be_made:
            raise MissingExtraError("documents.missing_extra", name=name, extra=found.extra)
    return tuple(wanted.values())


def left_out(names: Iterable[str]) -> tuple[Format, ...]:
    """Return the formats that "all" among ``names`` leaves out, because a library is not installed."""
    return tuple(one for one in _FORMATS.values() if not one.can_be_made) if ALL in names else ()


def files_of(
    names: Iterable[str], material: DocumentInput, *, begins: Callable[[Format], None] = lambda _: None
) -> Files:
    """Return all files of the formats of these names: every one of them, or a fault and none.

    ``begins`` is told of each format before it is made.
    """
    made: dict[PurePosixPath, bytes] = {}
    for one in formats_called(names):
        begins(one)
        made.update(one.make(material))
    return made


def one_file(name: str, data: bytes) -> Files:
    """Return a document that is a single file."""
    return {PurePosixPath(name): data}


def _markdown(material: DocumentInput) -> Files:
    from bsc_coach.documents.templating.render import render_markdown

    return one_file("strategy.md", render_markdown(material.strategy, material.notes).encode("utf-8"))


def _toml(material: DocumentInput) -> Files:
    """strategy.toml holds the strategy alone; the notes are facts of the session."""
    return one_file("strategy.toml", write_toml(material.strategy).encode("utf-8"))


def _svg(material: DocumentInput) -> Files:
    from bsc_coach.documents.map.svg import render_svg

    return one_file("strategy-map.svg", render_svg(material.strategy).encode("utf-8"))


def _minutes(material: DocumentInput) -> Files:
    from bsc_coach.documents.reports.minutes import render_minutes

    made = render_minutes(material.strategy, material.notes, material.minutes)
    return one_file("minutes.md", made.encode("utf-8"))


def _owners(material: DocumentInput) -> Files:
    from bsc_coach.documents.reports.owners import owner_pages

    pages = owner_pages(material.strategy, material.notes)
    return {path: page.encode("utf-8") for path, page in pages.items()}


def _ics(material: DocumentInput) -> Files:
    from bsc_coach.documents.exchange.calendar import calendar_of

    return one_file("reviews.ics", calendar_of(material.strategy, material.notes).encode("utf-8"))


def _iso(material: DocumentInput) -> Files:
    from bsc_coach.documents.reports.iso_9001 import render_iso

    return one_file("iso-9001-6.2.2.md", render_iso(material.strategy, material.notes).encode("utf-8"))


def _stratml(material: DocumentInput) -> Files:
    from bsc_coach.documents.exchange.stratml import render_stratml

    return one_file("strategy.stratml.xml", render_stratml(material.strategy, material.notes).encode("utf-8"))


def _docx(material: DocumentInput) -> Files:
    from bsc_coach.documents.office.docx import render_docx

    return one_file("strategy.docx", render_docx(material.strategy, material.notes))


def _pptx(material: DocumentInput) -> Files:
    from bsc_coach.documents.office.pptx import render_pptx

    return one_file("strategy.pptx", render_pptx(material.strategy, material.notes))


def _xlsx(material: DocumentInput) -> Files:
    from bsc_coach.documents.office.xlsx import render_xlsx

    return one_file("kpis.xlsx", render_xlsx(material.strategy, material.notes))


def _csv(material: DocumentInput) -> Files:
    from bsc_coach.documents.exchange.kpi_table import render_csv

    return one_file("kpis.csv", render_csv(material.strategy, material.notes))


def _html(material: DocumentInput) -> Files:
    from bsc_coach.documents.web.html import render_html

    return one_file("strategy.html", render_html(material.strategy, material.notes).encode("utf-8"))


def _pdf(material: DocumentInput) -> Files:
    from bsc_coach.documents.pdf import render_pdf

    return one_file("strategy.pdf", render_pdf(material.strategy, material.notes))


_FORMATS = {
    made.name: made
    for made in (
        Format("md", _markdown),
        Format("toml", _toml),
        Format("svg", _svg),
        Format("html", _html),
        Format("pdf", _pdf, library="typst", extra="pdf"),
        Format("minutes", _minutes),
        Format("owners", _owners),
        Format("ics", _ics),
        Format("iso", _iso),
        Format("stratml", _stratml),
        Format("docx", _docx, library="docx", extra="office"),
        Format("pptx", _pptx, library="pptx", extra="office"),
        Format("xlsx", _xlsx, library="xlsxwriter", extra="office"),
        Format("csv", _csv),
    )
}
