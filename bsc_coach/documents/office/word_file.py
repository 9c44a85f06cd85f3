"""A Word document in our look: styles, contents, footer, tables whose headings repeat."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from itertools import count
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from bsc_coach.documents.map.style import EDGE, INK
from bsc_coach.documents.office.blocks import Block, Heading, TableBlock, TextBlock
from bsc_coach.documents.office.sanitise import without_timestamps
from bsc_coach.documents.office.text_metrics import FONT, width_in
from bsc_coach.text import one_line, shorten
from bsc_coach.words import say

_MARGIN, _MAP_MARGIN, _DENSE = 62.0, 36.0, 44.0
_SMALLER, _TO_WRITE = 0.8, 24.0
"""Headings of a dense document by others; how high a row is at least that leaves room to write."""
_SIZE, _TABLE_SIZE = 10.5, 9.0
_HEADINGS = {"Title": 24.0, "Heading 1": 17.0, "Heading 2": 13.0, "Heading 3": 11.0}
_LOOKS = {"plain": "Normal", "quote": "Intense Quote", "point": "List Bullet"}
_CELL = 5.4
"""Room at the left and right of text in a cell."""
_LEAST, _MOST_WORD, _LONG_WORD = 36.0, 110.0, 40
"""A column is at least so wide, and as wide as its longest word up to this; more letters are no word."""
_MOST_TEXT = 250.0
"""A longer text asks for no more room than this."""
_PART = 125.0
"""The column of a sheet that names its parts."""
_LONG_CELL = 1000
"""A row with more letters in a cell may go on on the next page."""
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


class WordFile:
    """A document that is written from top to bottom."""

    def __init__(
        self, language: str, title: str, author: str, date: datetime, *, dense: bool = False
    ) -> None:
        """Begin a document; a dense one is a form that has to stand on one page."""
        self._document: Any = Document()
        self._bookmarks = count(1)
        # To look a style up by its name takes python-docx longer than to write the paragraph.
        self._styles = {style.name: style.style_id for style in self._document.styles}
        self._margin = _DENSE if dense else _MARGIN
        _dress(self._document, say("office.locale", language), dense=dense)
        told = self._document.core_properties
        told.title, told.author, told.language = title[:255], author[:255], say("office.locale", language)
        told.comments = told.last_modified_by = ""
        told.created = told.modified = date
        section = self._document.sections[0]
        _turn(section, A4, upright=True, margin=self._margin)
        _footer(section, title)

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
            _mark(heading, next(self._bookmarks))

    def paragraph(self, text: str, label: str = "", look: str = "plain") -> None:
        """Write a paragraph, a quotation or a point of a list, with ``label`` in bold in front."""
        paragraph = self._paragraph(_LOOKS[look])
        if label:
            paragraph.add_run(f"{one_line(label)}: " if text else one_line(label)).bold = True
            paragraph.paragraph_format.keep_with_next = not text
        paragraph.add_run(text)

    def contents(self, title: str, chapters: Sequence[str]) -> None:
        """Write the contents: links, in a field to which Word adds page numbers when it updates it."""
        self._paragraph("TOC Heading").add_run(title)
        for at, chapter in enumerate(chapters, start=1):
            paragraph = self._document.add_paragraph()
            paragraph.paragraph_format.space_after = Pt(2)
            if at == 1:
                _field_begin(paragraph, 'TOC \\o "1-1" \\h \\z \\u')
            _link(paragraph, one_line(chapter), at)
            if at == len(chapters):
                _field_char(paragraph, "end")

    def on_its_side(self, size: Size) -> None:
        """Go on on a page that lies on its side."""
        _turn(self._document.add_section(WD_SECTION.NEW_PAGE), size, upright=False, margin=_MAP_MARGIN)

    def upright(self) -> None:
        """Go on on an upright page."""
        _turn(self._document.add_section(WD_SECTION.NEW_PAGE), A4, upright=True, margin=self._margin)

    def picture(self, run: Any) -> None:
        """Write a picture, given as a run."""
        paragraph = self._document.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph._p.append(run)

    def grid(self, block: TableBlock) -> None:
        """Write a table whose headings repeat on each page; the rows of a sheet stay on one page."""
        # How wide the columns are: as was said, or by what stands in them.
        columns, rows, is_sheet = block.columns, block.rows, block.is_sheet
        whole = A4.short - 2 * self._margin
        widths = [_PART, whole - _PART] if is_sheet else _widths([columns, *rows], whole)
        if block.shares:
            widths = [whole * share for share in block.shares]
        table = self._document.add_table(rows=0, cols=len(columns), style="Table Grid")
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Pt(width)
        # The rows, the headings first.
        for at, texts in enumerate((columns, *rows)):
            row = table.add_row()
            if block.to_write and at:
                row.height, row.height_rule = Pt(_TO_WRITE), WD_ROW_HEIGHT_RULE.AT_LEAST
            properties = row._tr.get_or_add_trPr()
            if all(len(text) < _LONG_CELL for text in texts):
                properties.append(OxmlElement("w:cantSplit"))
            if at == 0:
                properties.append(OxmlElement("w:tblHeader"))
            for nth, (cell, text, width) in enumerate(zip(row.cells, texts, widths, strict=True)):
                cell.width = Pt(width)
                paragraph = cell.paragraphs[0]
                paragraph.paragraph_format.space_after = Pt(2)
                # Word keeps a row with the next one when its paragraphs say so.
                paragraph.paragraph_format.keep_with_next = at == 0 or (is_sheet and at < len(rows))
                run = paragraph.add_run(text)
                run.font.size = Pt(_TABLE_SIZE)
                run.font.bold = True if at == 0 or (is_sheet and nth == 0) else None
                if at == 0:
                    _shade(cell, EDGE)
        after = self._document.add_paragraph().paragraph_format
        after.space_after, after.line_spacing = Pt(0), Pt(8)

    def _paragraph(self, style: str) -> Any:
        paragraph = self._document.add_paragraph()
        paragraph._p.style = self._styles[style]
        return paragraph

    def data(self) -> bytes:
        """Return the document as a file."""
        made = BytesIO()
        self._document.save(made)
        return without_timestamps(made.getvalue())


def _dress(document: Any, locale: str, *, dense: bool) -> None:
    """Give the template of python-docx our font and colours, and the language of the document."""
    ink = RGBColor.from_string(INK.lstrip("#").upper())
    normal = document.styles["Normal"]
    normal.font.size = Pt(_TABLE_SIZE if dense else _SIZE)
    normal.paragraph_format.space_after = Pt(3 if dense else 6)
    for name in ("Normal", "TOC Heading", "Intense Quote", *_HEADINGS):
        style = document.styles[name]
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in list(fonts.attrib):
            del fonts.attrib[attribute]
        for script in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{script}"), FONT)
        style.font.color.rgb = ink
    document.styles["Footer"].font.size = Pt(8)
    for border in document.styles["Table Grid"].element.iter(qn("w:tblBorders")):
        for side in border:
            side.set(qn("w:color"), EDGE.lstrip("#").upper())
    for name, size in _HEADINGS.items():
        document.styles[name].font.size = Pt(size * (_SMALLER if dense else 1))
        if dense:
            document.styles[name].paragraph_format.space_before = Pt(6)
        document.styles[name].paragraph_format.keep_with_next = True
        document.styles[name].paragraph_format.space_after = Pt(4)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), locale)
    relations = document.part.package.rels
    for name, relation in list(relations.items()):
        if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            relations.pop(name)


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


def _shade(cell: Any, colour: str) -> None:
    made = OxmlElement("w:shd")
    made.set(qn("w:val"), "clear")
    made.set(qn("w:color"), "auto")
    made.set(qn("w:fill"), colour.lstrip("#").upper())
    cell._tc.get_or_add_tcPr().append(made)


def _widths(rows: Sequence[Sequence[str]], whole: float) -> list[float]:
    """Return the width of each column: that of its longest word, and a share of the rest after its text."""
    least, more = [], []
    for texts in zip(*rows, strict=True):
        words = [word for text in texts for word in text.split()]
        longest = max((_wide(word) for word in words if len(word) <= _LONG_WORD), default=0.0)
        least.append(min(max(longest, _LEAST), _MOST_WORD))
        more.append(max(min(max(map(_wide, texts)), _MOST_TEXT) - least[-1], 1.0))
    rest = max(whole - sum(least), 0.0)
    shared = [few + rest * share / sum(more) for few, share in zip(least, more, strict=True)]
    return [width * whole / sum(shared) for width in shared]


def _wide(text: str) -> float:
    return width_in(text, _TABLE_SIZE) + 2 * _CELL
