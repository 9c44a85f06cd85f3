"""The registry of document formats, by name.

A new format is a function that makes it, an entry in ``_FORMATS``, a sentence on what it is for in
``prompts/words/…/documents.toml`` (``kind``) in each language, and a row in ``docs/documents.md``; tests say
so when one of them is missing. The command line, the export page and completion read the registry.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from pathlib import PurePosixPath
from typing import Literal

from bsc_coach.documents.brand import Brand
from bsc_coach.errors import MissingExtraError, UsageError
from bsc_coach.strategy.model import Strategy
from bsc_coach.strategy.notes import Minutes, Notes
from bsc_coach.strategy.paper import Paper

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
    paper: Paper = field(default_factory=Paper)
    """What is open and comes to a vote; empty where there is no session as well."""
    brand: Brand = field(default_factory=Brand)
    """How the house that hands it out wants it to look."""
    chart: bool = False
    """Whether strategy.md holds the map as a Mermaid chart."""


@dataclass(frozen=True)
class Format:
    """One kind of document: its name on the command line, its file, and the function that makes it."""

    name: str
    file: str
    """Where its file stands in the folder of documents; a folder where ``maker`` gives several files."""
    maker: str
    """``module:function``, imported when the first document of this format is made.

    The function gives the text or the bytes of the file, or several files by their paths.
    """
    takes: tuple[Literal["strategy", "notes", "minutes", "paper", "brand", "chart"], ...] = (
        "strategy",
        "notes",
    )
    """The parts of a DocumentInput that the function is called with, in order."""
    library: str = ""
    """The module of an optional extra that it is made with, if any."""
    extra: str = ""
    """The extra of the package that brings it."""
    part_of: str = ""
    """The format that makes its file as well, so that "all" does not ask for it again."""

    def make(self, material: DocumentInput) -> Files:
        """Make the files of this format."""
        module, _, function = self.maker.partition(":")
        made = getattr(import_module(module), function)(*(getattr(material, part) for part in self.takes))
        files = made if isinstance(made, Mapping) else {PurePosixPath(self.file): made}
        return {path: data.encode("utf-8") if isinstance(data, str) else data for path, data in files.items()}

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
            wanted.update({one.name: one for one in _FORMATS.values() if one.can_be_made and not one.part_of})
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


_DOCUMENTS = "bsc_coach.documents"
_FORMATS = {
    one.name: one
    for one in (
        Format(
            "md",
            "strategy.md",
            f"{_DOCUMENTS}.board.pages:render_pages",
            takes=("strategy", "notes", "chart", "brand"),
        ),
        Format("kpis", "kpis.md", f"{_DOCUMENTS}.board.pages:render_kpis", part_of="md"),
        Format("annex", "annex.md", f"{_DOCUMENTS}.board.pages:render_annex", part_of="md"),
        Format(
            "board",
            "board.html",
            f"{_DOCUMENTS}.board.one_page:render_board",
            takes=("strategy", "notes", "brand"),
        ),
        Format(
            "board-pdf",
            "board.pdf",
            f"{_DOCUMENTS}.board.one_page:render_board_pdf",
            takes=("strategy", "notes", "brand"),
            library="typst",
            extra="pdf",
        ),
        Format("toml", "strategy.toml", "bsc_coach.strategy.toml:write_toml"),
        Format(
            "svg",
            "strategy-map.svg",
            f"{_DOCUMENTS}.map.svg:render_svg",
            takes=("strategy", "notes", "brand"),
        ),
        Format(
            "html",
            "strategy.html",
            f"{_DOCUMENTS}.web.html:render_html",
            takes=("strategy", "notes", "brand"),
        ),
        Format(
            "pdf",
            "strategy.pdf",
            f"{_DOCUMENTS}.pdf:render_pdf",
            takes=("strategy", "notes", "brand"),
            library="typst",
            extra="pdf",
        ),
        Format(
            "minutes",
            "minutes.md",
            f"{_DOCUMENTS}.reports.minutes:render_minutes",
            takes=("strategy", "notes", "minutes"),
        ),
        Format("owners", "owners", f"{_DOCUMENTS}.reports.owners:owner_pages"),
        Format(
            "owners-docx",
            "owners",
            f"{_DOCUMENTS}.office.owners_docx:owner_documents",
            takes=("strategy", "notes", "brand"),
            library="docx",
            extra="office",
        ),
        Format(
            "slips",
            "slips.html",
            f"{_DOCUMENTS}.reports.paper:render_slips",
            takes=("strategy", "notes", "paper", "brand"),
        ),
        Format(
            "worksheet",
            "worksheet.html",
            f"{_DOCUMENTS}.reports.paper:render_worksheet",
            takes=("strategy", "notes", "paper", "brand"),
        ),
        Format("ics", "reviews.ics", f"{_DOCUMENTS}.exchange.calendar:calendar_of"),
        Format(
            "iso",
            "iso-9001-6.2.2.md",
            f"{_DOCUMENTS}.reports.iso_9001:render_iso",
            takes=("strategy", "notes", "brand"),
        ),
        Format("stratml", "strategy.stratml.xml", f"{_DOCUMENTS}.exchange.stratml:render_stratml"),
        Format(
            "docx",
            "strategy.docx",
            f"{_DOCUMENTS}.office.docx:render_docx",
            takes=("strategy", "notes", "brand"),
            library="docx",
            extra="office",
        ),
        Format(
            "pptx",
            "strategy.pptx",
            f"{_DOCUMENTS}.office.pptx:render_pptx",
            takes=("strategy", "notes", "brand"),
            library="pptx",
            extra="office",
        ),
        Format(
            "xlsx",
            "kpis.xlsx",
            f"{_DOCUMENTS}.office.xlsx:render_xlsx",
            takes=("strategy", "notes", "brand"),
            library="xlsxwriter",
            extra="office",
        ),
        Format("csv", "kpis.csv", f"{_DOCUMENTS}.exchange.kpi_table:render_csv"),
    )
}
"""The registry of formats by name, the most asked for first."""
