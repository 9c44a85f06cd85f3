"""A Word document in our look: styles, contents, footer, tables whose headings repeat."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from bsc_coach.documents.brand import Brand, PaperSize
from bsc_coach.documents.office.blocks import Block, Heading, TableBlock, TextBlock
from bsc_coach.documents.office.sanitise import without_timestamps
from bsc_coach.documents.office.word_look import dress, opened, speak
from bsc_coach.documents.office.word_table import table_of
from bsc_coach.strategy.model import Strategy
from bsc_coach.text import one_line, shorten
from bsc_coach.words import say

_MARGIN, _MAP_MARGIN, _DENSE = 62.0, 36.0, 44.0
_LOGO = 40.0
"""How high a logo is."""
_LOOKS = {"plain": "Normal", "quote": "Intense Quote", "point": "List Bullet"}
_MAP_HEAD, _FOOT = 34.0, 10.0
"""What a heading takes above a map, and room to spare below it."""


@dataclass(frozen=True)
class Size:
    """How large a page is, in points."""

    long: float
    short: float

    @property
    def room(self) -> tuple[float, float]:
        """How wide and high a picture under a heading can be on such a page on its side."""
        return self.long - 2 * _MAP_MARGIN, self.short - 2 * _MAP_MARGIN - _MAP_HEAD - _FOOT


A4, A3 = Size(841.9, 595.3), Size(1190.6, 841.9)
SIZES: Mapping[PaperSize, Size] = {"A4": A4, "A3": A3, "Letter": Size(792.0, 612.0)}


class WordFile:
    """A document that is written from top to bottom."""

    def __init__(
        self, strategy: Strategy, title: str, date: datetime, brand: Brand, *, dense: bool = False
    ) -> None:
        """Begin a document in the look of a house; a dense one is a form that has to stand on one page."""
        language, author = strategy.language, one_line(strategy.organisation.name or "")
        self._document: Any = opened(brand.reference_docx)
        self._headed = 0
        self._size = SIZES[brand.paper]
        # To look a style up by its name takes python-docx longer than to write the paragraph.
        self._styles = {style.name: style.style_id for style in self._document.styles}
        # A form has as much room on the lower sheet of Letter as on A4.
        shorter = max(0.0, A4.long - self._size.long) / 4
        self._margin = _DENSE - shorter if dense else _MARGIN
        self._width = self._size.short - 2 * self._margin
        locale = say("office.locale_us" if brand.paper == "Letter" else "office.locale", language)
        if not brand.reference_docx:
            dress(self._document, brand, dense=dense)
        speak(self._document, locale)
        told = self._document.core_properties
        told.title, told.author, told.language = title[:255], author[:255], locale
        told.comments = told.last_modified_by = ""
        told.created = told.modified = date
        section = self._document.sections[0]
        _turn(section, self._size, upright=True, margin=self._margin)
        if not brand.reference_docx:
            _footer(section, title)
        if brand.logo and not dense:
            self._logo(brand)

    def put(self, block: Block) -> None:
        """Write a block of content."""
        match block:
            case Heading(text, level):
                self.heading(text, level)
            case TextBlock(look="page"):
                self._document.paragraphs[-1].add_run().add_break(WD_BREAK.PAGE)
            case TextBlock(text, label, look):
                self.paragraph(text, label, look)
            case TableBlock():
                self.grid(block)

    def title(self, text: str) -> None:
        """Write the title of the document."""
        self._paragraph("Title").add_run(one_line(text))

    def heading(self, text: str, level: int, *, on_top: bool = False) -> None:
        """Write a heading, maybe on top of its page; one of level 1 can be reached from the contents."""
        heading = self._paragraph(f"Heading {level}")
        heading.add_run(one_line(text))
        if on_top:
            heading.paragraph_format.space_before = Pt(0)
        if level == 1:
            self._headed += 1
            _mark(heading, self._headed)

    def paragraph(self, text: str, label: str = "", look: str = "plain") -> None:
        """Write a paragraph, a quotation or a point of a list, with ``label`` in bold in front."""
        paragraph = self._paragraph(_LOOKS[look])
        if label:
            paragraph.add_run(f"{one_line(label)}: " if text else one_line(label)).bold = True
            paragraph.paragraph_format.keep_with_next = not text
        paragraph.add_run(text)

    def contents(self, title: str, chapters: Sequence[str]) -> None:
        """Write the contents of the chapters from here on: links, in a field to which Word adds pages."""
        self._paragraph("TOC Heading").add_run(title)
        first = self._headed + 1
        for at, chapter in enumerate(chapters, start=first):
            paragraph = self._document.add_paragraph()
            paragraph.paragraph_format.space_after = Pt(2)
            if at == first:
                _field_begin(paragraph, 'TOC \\o "1-1" \\h \\z \\u')
            _link(paragraph, one_line(chapter), at)
            if at == first + len(chapters) - 1:
                _field_char(paragraph, "end")

    def on_its_side(self, size: Size | None = None, *, tight: bool = False) -> None:
        """Go on on a page that lies on its side; a tight one has narrow margins."""
        size, margin = size or self._size, _MAP_MARGIN if tight else self._margin
        _turn(self._document.add_section(WD_SECTION.NEW_PAGE), size, upright=False, margin=margin)
        self._width = size.long - 2 * margin

    def upright(self) -> None:
        """Go on on an upright page."""
        section = self._document.add_section(WD_SECTION.NEW_PAGE)
        _turn(section, self._size, upright=True, margin=self._margin)
        self._width = self._size.short - 2 * self._margin

    def _logo(self, brand: Brand) -> None:
        """Put the logo above the title, at the right; Word shows no SVG by itself."""
        if brand.logo_name.lower().endswith(".svg"):
            return
        paragraph = self._document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.add_run().add_picture(BytesIO(brand.logo), height=Pt(_LOGO))

    def picture(self, run: Any) -> None:
        """Write a picture, given as a run."""
        paragraph = self._document.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph._p.append(run)

    def grid(self, block: TableBlock) -> None:
        """Write a table."""
        made = table_of(block, self._width, self._styles.get("Table Grid"))
        self._document.element.body.sectPr.addprevious(made)
        after = self._document.add_paragraph().paragraph_format
        after.space_after, after.line_spacing = Pt(0), Pt(8)

    def _paragraph(self, style: str) -> Any:
        paragraph = self._document.add_paragraph()
        paragraph._p.style = self._styles.get(style)
        return paragraph

    def data(self) -> bytes:
        """Return the document as a file."""
        made = BytesIO()
        self._document.save(made)
        return without_timestamps(made.getvalue())


def _turn(section: Any, size: Size, *, upright: bool, margin: float) -> None:
    """Lay the pages of a section on their side, or put them upright."""
    section.orientation = WD_ORIENT.PORTRAIT if upright else WD_ORIENT.LANDSCAPE
    width, height = (size.short, size.long) if upright else (size.long, size.short)
    section.page_width, section.page_height = Pt(width), Pt(height)
    for side in ("left", "right", "top", "bottom"):
        setattr(section, f"{side}_margin", Pt(margin))
    section.footer_distance = Pt(margin / 2)


def _footer(section: Any, title: str) -> None:
    """Put the title and the number of the page under every page."""
    paragraph = section.footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    paragraph.add_run(f"{shorten(title, 80)}    ")
    for at, name in enumerate(("PAGE", "NUMPAGES")):
        if at:
            paragraph.add_run(" / ")
        _field_begin(paragraph, name)
        paragraph.add_run("1")
        _field_char(paragraph, "end")


def _field_begin(paragraph: Any, code: str) -> None:
    """Begin a field; what follows is shown until it is worked out."""
    _field_char(paragraph, "begin")
    told = OxmlElement("w:instrText")
    told.set(qn("xml:space"), "preserve")
    told.text = f" {code} "
    paragraph.add_run()._r.append(told)
    _field_char(paragraph, "separate")


def _field_char(paragraph: Any, kind: str) -> Any:
    made = OxmlElement("w:fldChar")
    made.set(qn("w:fldCharType"), kind)
    paragraph.add_run()._r.append(made)
    return made


def _mark(heading: Any, number: int) -> None:
    """Put a bookmark around a heading."""
    begin, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for made in (begin, end):
        made.set(qn("w:id"), str(number))
    begin.set(qn("w:name"), _bookmark(number))
    heading._p.insert(1, begin)
    heading._p.append(end)


def _bookmark(number: int) -> str:
    return f"_Toc{number:08}"


def _link(paragraph: Any, text: str, number: int) -> None:
    """Write a text that leads to a bookmark."""
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), _bookmark(number))
    link.append(paragraph.add_run(text)._r)
    paragraph._p.append(link)
