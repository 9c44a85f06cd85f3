"""Slides in our look whose text fits: where it is long, it goes on on another slide."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.util import Pt

from bsc_coach.documents.map.style import INK
from bsc_coach.documents.office.sanitise import without_timestamps
from bsc_coach.documents.office.text_metrics import FONT, LINE, lines_in
from bsc_coach.text import one_line, shorten, shorten_at_word
from bsc_coach.words import say

WIDTH, HEIGHT = 960.0, 540.0
"""16:9, in points."""
ACCENT = "#1d4f7c"
"""The colour of what is to be seen first."""
MARGIN = 40.0
TOP = 72.0
"""Where what stands under the title of a slide begins."""
BOTTOM = 508.0
_TITLE, _TITLE_AND_TEXT, _TITLE_ONLY = 0, 1, 5
"""Places of the layouts that we use in the template of python-pptx."""
_SIZES = (18.0, 16.0, 14.0, 12.0)
"""Font sizes of text; what does not fit at the last one goes on on another slide."""
_TABLE_SIZES = (16.0, 14.0, 12.0)
_CELL = 6.0
"""Room at the left and right of text in a cell."""
_CELL_TOP = 4.0
_MOST_ROWS = 7
_TITLE_SIZE, _TITLE_SMALL, _TITLE_FITS = 26.0, 20.0, 60
TITLE_LETTERS = 140
"""A title with more than the first is written smaller, with more than the last cut at a word."""
_NOTE_SIZE = 11.0
_COVER_SIZES = (36.0, 32.0, 28.0, 24.0, 20.0)
_COVER_LINES = 4
_BOLD = 1.08
"""How much wider bold letters are."""


@dataclass(frozen=True)
class TableColumn:
    """A column of a table: its heading, and its part of the width."""

    heading: str
    share: float


class Deck:
    """Slides of one language, in our look."""

    def __init__(self, language: str, title: str, author: str, date: datetime) -> None:
        self.language = language
        self.accent = ACCENT
        self._locale = say("office.locale", language)
        self._deck: Any = Presentation()
        _dress(self._deck)
        told = self._deck.core_properties
        told.title, told.author, told.language = title[:255], author[:255], self._locale
        told.last_modified_by, told.created, told.modified = "", date, date

    def cover(self, title: str, above: str, lines: Sequence[str]) -> Any:
        """Add the slide that the deck begins with: a line ``above``, its title, and lines below it."""
        slide = self._deck.slides.add_slide(self._deck.slide_layouts[0])
        width = (WIDTH - 2 * MARGIN) / _BOLD
        size = next(
            (one for one in _COVER_SIZES if len(lines_in(title, width, one)) * one <= _COVER_LINES * 30),
            _COVER_SIZES[-1],
        )
        told = " ".join(lines_in(title, width, size, most=_COVER_LINES))
        slide.shapes.title._element.addprevious(self._stripe(slide)._element)
        self.say(slide.shapes.title.text_frame.paragraphs[0], told, size=size)
        frame = slide.placeholders[1].text_frame
        for at, line in enumerate((above, *lines)):
            paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
            paragraph.space_after = Pt(6)
            bold = at == 0
            size = 18 if len(line) < 200 else 14
            self.say(paragraph, shorten(line, 500), size=size, bold=bold, colour=INK)
        return slide

    def _stripe(self, slide: Any) -> Any:
        """Add the stripe of our colour at the left of a cover."""
        stripe = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, Pt(0), Pt(0), Pt(14), Pt(HEIGHT))
        stripe.fill.solid()
        stripe.fill.fore_color.rgb = rgb(self.accent)
        stripe.line.fill.background()
        stripe._element.remove(stripe._element.find("{*}style"))
        return stripe

    def notes(self, slide: Any, lines: Iterable[str]) -> None:
        """Give a slide notes for whoever tells it: a paragraph for each line, none where there are none."""
        known = [one for one in map(one_line, lines) if one]
        if not known:
            return
        frame = slide.notes_slide.notes_text_frame
        for at, line in enumerate(known):
            paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
            self.say(paragraph, line, size=_NOTE_SIZE)

    @property
    def count(self) -> int:
        """How many slides there are."""
        return len(self._deck.slides)

    def notes_at(self, place: int, lines: Iterable[str]) -> None:
        """Give the slide at ``place``, counted from 0, notes."""
        self.notes(self._deck.slides[place], lines)

    def slide(self, title: str) -> Any:
        """Add a slide with a title, and room for what one draws on it."""
        slide = self._deck.slides.add_slide(self._deck.slide_layouts[2])
        self._title(slide, title)
        _number(slide)
        return slide

    def text(self, title: str, told: Sequence[tuple[str, str]]) -> None:
        """Add a slide of paragraphs, each with a label in front or none; more slides where they are long."""
        size = next((size for size in _SIZES if sum(_tall(*one, size) for one in told) <= BOTTOM - TOP), None)
        pages = [list(told)] if size else _pages(_pieces(told, _SIZES[-1]))
        for at, page in enumerate(pages, start=1):
            slide = self._deck.slides.add_slide(self._deck.slide_layouts[1])
            self._title(slide, self.part(title, at, len(pages)))
            _number(slide)
            frame = slide.placeholders[1].text_frame
            for nth, (label, text) in enumerate(page):
                paragraph = frame.paragraphs[0] if nth == 0 else frame.add_paragraph()
                paragraph.space_after = Pt(6)
                if label:
                    self.say(paragraph, f"{label}: ", size=size or _SIZES[-1], bold=True, colour=INK)
                self.say(paragraph, text, size=size or _SIZES[-1], colour=INK)

    def table(self, title: str, columns: Sequence[TableColumn], rows: Sequence[Sequence[str]]) -> None:
        """Add a slide with a table; more slides, each with the headings, where there are many rows."""
        whole = WIDTH - 2 * MARGIN
        shares = sum(column.share for column in columns)
        widths = [whole * column.share / shares for column in columns]
        heads = [column.heading for column in columns]
        head = heads if any(heads) else None
        pages, size = _row_pages(head, [[one_line(cell) for cell in row] for row in rows], widths)
        for at, page in enumerate(pages, start=1):
            slide = self.slide(self.part(title, at, len(pages)))
            lines = [head, *page] if head else page
            shape = slide.shapes.add_table(len(lines), len(columns), Pt(MARGIN), Pt(TOP), Pt(whole), 0)
            shape._element.nvGraphicFramePr.cNvPr.set("descr", title)
            table = shape.table
            table.first_row, table.first_col = bool(head), not head
            for column, width in zip(table.columns, widths, strict=True):
                column.width = Pt(width)
            for row, texts in zip(table.rows, lines, strict=True):
                row.height = Pt(_row_height(texts, widths, size))
                for cell, text in zip(row.cells, texts, strict=True):
                    cell.margin_left = cell.margin_right = Pt(_CELL)
                    cell.margin_top = cell.margin_bottom = Pt(_CELL_TOP)
                    self.say(cell.text_frame.paragraphs[0], text, size=size)

    def say(
        self,
        paragraph: Any,
        text: str,
        *,
        size: float,
        bold: bool = False,
        italic: bool = False,
        colour: str | None = None,
    ) -> None:
        """Add ``text`` to a paragraph, in the language of the deck."""
        run = paragraph.add_run()
        run.text = " ".join(text.splitlines())
        run.font.size = Pt(size)
        if bold:
            run.font.bold = True
        if italic:
            run.font.italic = True
        if colour is not None:
            run.font.color.rgb = rgb(colour)
        run.font._element.set("lang", self._locale)

    def data(self) -> bytes:
        """Return the deck as a file."""
        made = BytesIO()
        self._deck.save(made)
        return without_timestamps(made.getvalue())

    def _title(self, slide: Any, title: str) -> None:
        size = _TITLE_SIZE if len(title) <= _TITLE_FITS else _TITLE_SMALL
        title = shorten_at_word(title, TITLE_LETTERS)
        self.say(slide.shapes.title.text_frame.paragraphs[0], title, size=size)

    def part(self, title: str, at: int, of: int) -> str:
        return title if of == 1 else say("office.slide.part", self.language, title=title, at=at, of=of)


def rgb(colour: str) -> Any:
    """Return a colour as in "#333b49" as python-pptx wants it."""
    made: Any = RGBColor
    return made.from_string(colour.lstrip("#").upper())


def _tall(label: str, text: str, size: float) -> float:
    """Return the height of a paragraph, with the room behind it."""
    told = f"{label}: {text}" if label else text
    return len(lines_in(told, WIDTH - 2 * MARGIN - 20, size)) * size * LINE + 8


def _pieces(told: Sequence[tuple[str, str]], size: float) -> list[tuple[str, str]]:
    """Return the paragraphs, cut where one alone is taller than half a slide."""
    most = int((BOTTOM - TOP) / 2 / (size * LINE))
    found = []
    for label, text in told:
        lines = lines_in(text, WIDTH - 2 * MARGIN - 20, size)
        for at in range(0, len(lines), most):
            found.append((label if at == 0 else "", " ".join(lines[at : at + most])))
    return found


def _pages(told: Sequence[tuple[str, str]]) -> list[list[tuple[str, str]]]:
    pages: list[list[tuple[str, str]]] = [[]]
    room = BOTTOM - TOP
    for one in told:
        height = _tall(*one, _SIZES[-1])
        if pages[-1] and height > room:
            pages.append([])
            room = BOTTOM - TOP
        pages[-1].append(one)
        room -= height
    return pages


def _row_height(texts: Sequence[str], widths: Sequence[float], size: float) -> float:
    cells = zip(texts, widths, strict=True)
    return (
        max(len(lines_in(text, width - 2 * _CELL, size)) for text, width in cells) * size * LINE
        + 2 * _CELL_TOP
    )


def _row_pages(
    head: Sequence[str] | None, rows: Sequence[Sequence[str]], widths: Sequence[float]
) -> tuple[list[list[Sequence[str]]], float]:
    """Return the rows of each slide, evenly, and the largest font that breaks no word and needs no more."""
    smallest = _TABLE_SIZES[-1]
    least = len(_packed(head, rows, widths, smallest, _MOST_ROWS))
    evenly = -(-len(rows) // least)
    cells = [
        *zip(head or (), widths, strict=False),
        *(one for row in rows for one in zip(row, widths, strict=True)),
    ]
    for size in _TABLE_SIZES:
        pages = _packed(head, rows, widths, size, evenly)
        if len(pages) == least and all(
            " ".join(lines_in(text, width - 2 * _CELL, size)) == text for text, width in cells
        ):
            return pages, size
    return _packed(head, rows, widths, smallest, _MOST_ROWS), smallest


def _packed(
    head: Sequence[str] | None, rows: Sequence[Sequence[str]], widths: Sequence[float], size: float, most: int
) -> list[list[Sequence[str]]]:
    """Return as many rows on each slide as fit, at ``most`` so many; a cell of half a slide alone is cut."""
    whole = BOTTOM - TOP - (_row_height(head, widths, size) if head else 0)
    pages: list[list[Sequence[str]]] = [[]]
    room = whole
    for row in rows:
        texts = [_cut(text, width, size) for text, width in zip(row, widths, strict=True)]
        height = _row_height(texts, widths, size)
        if pages[-1] and (height > room or len(pages[-1]) == most):
            pages.append([])
            room = whole
        pages[-1].append(texts)
        room -= height
    return pages


def _cut(text: str, width: float, size: float) -> str:
    most = int((BOTTOM - TOP) / 2 / (size * LINE))
    lines = lines_in(text, width - 2 * _CELL, size)
    return text if len(lines) <= most else " ".join(lines[: most - 1]) + " …"


def _dress(deck: Any) -> None:
    """Give the template of python-pptx our size, places, font and colours, and take the rest out of it."""
    # Only the three layouts that slides use.
    deck.slide_width, deck.slide_height = Pt(WIDTH), Pt(HEIGHT)
    kept = [deck.slide_layouts[at] for at in (_TITLE, _TITLE_AND_TEXT, _TITLE_ONLY)]
    for layout in [one for one in deck.slide_layouts if one not in kept]:
        deck.slide_layouts.remove(layout)
    # Where titles, text and numbers stand.
    master = deck.slide_master
    whole = WIDTH - 2 * MARGIN
    _put(master.placeholders[0], MARGIN, 8, whole, 50)
    _put(master.placeholders[1], MARGIN, TOP, whole, BOTTOM - TOP)
    for owner in (master, *kept):
        for shape in owner.placeholders:
            kind = str(shape.placeholder_format.type)
            if "DATE" in kind or "FOOTER" in kind:
                _drop(shape)
            elif "SLIDE_NUMBER" in kind:
                _put(shape, WIDTH - MARGIN - 60, 516, 60, 18)
    _put(kept[0].placeholders[0], MARGIN, 120, whole, 130)
    _put(kept[0].placeholders[1], MARGIN, 262, whole, 200)
    # How titles look, then the fonts and colours of the theme.
    for titles in master._element.iter("{*}titleStyle"):
        style = titles.find("{*}lvl1pPr")
        style.set("algn", "l")
        style.find("{*}defRPr").set("sz", str(int(_TITLE_SIZE * 100)))
        style.find("{*}defRPr").set("b", "1")
        style.find("{*}defRPr/{*}solidFill/{*}schemeClr").set("val", "tx2")
    master.placeholders[0].text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    for style in kept[0].placeholders[1]._element.iter("{*}lvl1pPr"):
        style.set("algn", "l")
    theme = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme._blob = (
        theme.blob.replace(b'typeface="Calibri"', f'typeface="{FONT}"'.encode())
        .replace(b'val="1F497D"', f'val="{INK.lstrip("#").upper()}"'.encode())
        .replace(b'val="4F81BD"', b'val="1D4F7C"')
    )
    # The picture of the template that file managers would show.
    package = deck.part.package
    for name, relation in list(package._rels.items()):
        if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            package._rels.pop(name)


def _put(shape: Any, x: float, y: float, width: float, height: float) -> None:
    shape.left, shape.top, shape.width, shape.height = Pt(x), Pt(y), Pt(width), Pt(height)


def _drop(shape: Any) -> None:
    shape._element.getparent().remove(shape._element)


def _number(slide: Any) -> None:
    """Put the number of the slide where the layout has it; python-pptx leaves it out."""
    for shape in slide.slide_layout.placeholders:
        if "SLIDE_NUMBER" in str(shape.placeholder_format.type):
            slide.shapes.clone_placeholder(shape)
            made = list(slide.placeholders)[-1]
            paragraph = made.text_frame.paragraphs[0]
            paragraph.alignment = PP_ALIGN.RIGHT
            field = paragraph._p.makeelement(
                "{http://schemas.openxmlformats.org/drawingml/2006/main}fld",
                {"id": "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}", "type": "slidenum"},
            )
            text = field.makeelement("{http://schemas.openxmlformats.org/drawingml/2006/main}t", {})
            text.text = "‹#›"
            field.append(text)
            paragraph._p.append(field)
