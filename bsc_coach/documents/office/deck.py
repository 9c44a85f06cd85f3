"""Slides in our look whose text fits: where it is long, it goes on on another slide."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import PP_ALIGN
from pptx.util import Pt

from bsc_coach.documents.brand import Brand
from bsc_coach.documents.map.style import INK
from bsc_coach.documents.office.house_slides import HouseSlides
from bsc_coach.documents.office.sanitise import without_timestamps
from bsc_coach.documents.office.slide_look import (
    ACCENT,
    BOTTOM,
    HEIGHT,
    MARGIN,
    TITLE_SIZE,
    TOP,
    WIDTH,
    drop,
    own_presentation,
)
from bsc_coach.documents.office.text_metrics import LINE, lines_in
from bsc_coach.drawing.model import Area
from bsc_coach.errors import BrandError
from bsc_coach.text import one_line, shorten, shorten_at_word
from bsc_coach.words import say

_SIZES = (18.0, 16.0, 14.0, 12.0)
"""Font sizes of text; what does not fit at the last one goes on on another slide."""
_TABLE_SIZES = (16.0, 14.0, 12.0)
_CELL = 6.0
"""Room at the left and right of text in a cell."""
_CELL_TOP = 4.0
_MOST_ROWS = 7
_TITLE_SMALL, _TITLE_FITS = 20.0, 60
TITLE_LETTERS = 140
"""A title with more than the first is written smaller, with more than the last cut at a word."""
_LOGO = Area(MARGIN, 514, 120, 20)
"""Where the logo of a house stands at the foot of a slide."""
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

    def __init__(self, language: str, title: str, author: str, date: datetime, brand: Brand) -> None:
        self.language = language
        self._locale = say("office.locale", language)
        # The template of a house has its own logo and its own place for it.
        self._house = HouseSlides(brand.template_pptx) if brand.template_pptx else None
        self._deck: Any = self._house.deck if self._house else own_presentation(brand)
        self._logo = b"" if self._house or brand.logo_name.endswith(".svg") else brand.logo
        self.shrinks = bool(self._house or brand.font)
        """Whether the letters of the house may be wider than ours, so that text has to give way."""
        self.accent = brand.accent or (self._house and self._house.accent) or ACCENT
        told = self._deck.core_properties
        told.title, told.author, told.language = title[:255], author[:255], self._locale
        told.last_modified_by, told.created, told.modified = "", date, date

    def cover(self, title: str, above: str, lines: Sequence[str]) -> Any:
        """Add the slide that the deck begins with: a line ``above``, its title, and lines below it."""
        if self._house:
            return self._house_cover(self._house, title, [above, *lines])
        slide = self._deck.slides.add_slide(self._deck.slide_layouts[0])
        width = (WIDTH - 2 * MARGIN) / _BOLD
        size = next(
            (one for one in _COVER_SIZES if len(lines_in(title, width, one)) * one <= _COVER_LINES * 30),
            _COVER_SIZES[-1],
        )
        told = " ".join(lines_in(title, width, size, most=_COVER_LINES))
        slide.shapes.title._element.addprevious(self._stripe(slide)._element)
        self.say(slide.shapes.title.text_frame.paragraphs[0], told, size=size)
        self._lines(slide.placeholders[1].text_frame, [above, *lines])
        self._put_logo(slide, Area(WIDTH - MARGIN - 160, 36, 160, 48))
        return slide

    def _house_cover(self, house: HouseSlides, title: str, lines: Sequence[str]) -> Any:
        """Add a cover as the template has it; what it has no place for stands under the title."""
        slide = self._deck.slides.add_slide(house.cover)
        size = house.title_size(slide, title)
        self.say(slide.shapes.title.text_frame.paragraphs[0], shorten(title, 300), size=size)
        places = [one for one in slide.placeholders if one is not slide.shapes.title and one.has_text_frame]
        if places:
            self._lines(places[0].text_frame, lines, colour=None)
        return _without_empty(slide)

    def _lines(self, frame: Any, lines: Sequence[str], colour: str | None = INK) -> None:
        known = [line for line in lines if line]
        for at, line in enumerate(known):
            paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
            paragraph.space_after = Pt(6)
            size = 18 if len(line) < 200 else 14
            self.say(paragraph, shorten(line, 500), size=size, bold=at == 0, colour=colour)

    def _put_logo(self, slide: Any, room: Area) -> None:
        """Put the logo of the house into the right end of ``room``, as large as it goes."""
        if not self._logo:
            return
        try:
            picture = slide.shapes.add_picture(BytesIO(self._logo), 0, 0)
        except Exception as error:  # a file of anybody, which a library of others opens
            raise BrandError("brand.no_picture", name="logo") from error
        scale = min(Pt(room.width) / picture.width, Pt(room.height) / picture.height)
        picture.width, picture.height = round(picture.width * scale), round(picture.height * scale)
        picture.left = Pt(room.right) - picture.width
        picture.top = Pt(room.y) + (Pt(room.height) - picture.height) // 2
        picture._element._nvXxPr.cNvPr.set("descr", "Logo")

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
        slide = self._deck.slides.add_slide(self._house.plain if self._house else self._deck.slide_layouts[2])
        self._title(slide, title)
        _number(slide)
        self._put_logo(slide, _LOGO)
        return _without_empty(slide) if self._house else slide

    def text(self, title: str, told: Sequence[tuple[str, str]]) -> None:
        """Add a slide of paragraphs, each with a label in front or none; more slides where they are long."""
        size = next((size for size in _SIZES if sum(_tall(*one, size) for one in told) <= BOTTOM - TOP), None)
        pages = [list(told)] if size else _pages(_pieces(told, _SIZES[-1]))
        for at, page in enumerate(pages, start=1):
            slide = self._text_slide(self.part(title, at, len(pages)))
            frame = slide.shapes[-1].text_frame
            for nth, (label, text) in enumerate(page):
                paragraph = frame.paragraphs[0] if nth == 0 else frame.add_paragraph()
                paragraph.space_after = Pt(6)
                if label:
                    self.say(paragraph, f"{label}: ", size=size or _SIZES[-1], bold=True, colour=INK)
                self.say(paragraph, text, size=size or _SIZES[-1], colour=INK)

    def _text_slide(self, title: str) -> Any:
        """Add a slide with a place for text as its last shape."""
        if self._house:
            slide = self.slide(title)
            slide.shapes.add_textbox(Pt(MARGIN), Pt(TOP), Pt(WIDTH - 2 * MARGIN), Pt(BOTTOM - TOP))
            slide.shapes[-1].text_frame.word_wrap = True
            return slide
        slide = self._deck.slides.add_slide(self._deck.slide_layouts[1])
        self._title(slide, title)
        _number(slide)
        self._put_logo(slide, _LOGO)
        slide.shapes._spTree.append(slide.placeholders[1]._element)
        return slide

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
        size: float | None,
        bold: bool = False,
        italic: bool = False,
        colour: str | None = None,
    ) -> None:
        """Add ``text`` to a paragraph, in the language of the deck."""
        run = paragraph.add_run()
        run.text = " ".join(text.splitlines())
        if size is not None:
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
        if self._house:
            self._house.fit()
        made = BytesIO()
        self._deck.save(made)
        return without_timestamps(made.getvalue())

    def _title(self, slide: Any, title: str) -> None:
        title = shorten_at_word(title, TITLE_LETTERS)
        size: float | None = TITLE_SIZE if len(title) <= _TITLE_FITS else _TITLE_SMALL
        if self._house:
            size = self._house.title_size(slide, title)
        self.say(slide.shapes.title.text_frame.paragraphs[0], title, size=size)

    def part(self, title: str, at: int, of: int) -> str:
        return title if of == 1 else say("office.slide.part", self.language, title=title, at=at, of=of)


def _without_empty(slide: Any) -> Any:
    """Return a slide without the places of its layout that nothing was put into."""
    for shape in list(slide.placeholders):
        if (shape.has_text_frame and not shape.text_frame.text) or not shape.has_text_frame:
            drop(shape)
    return slide


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
