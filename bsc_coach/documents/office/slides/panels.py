"""Boxes of text, bars and lines on a slide: text in the largest size that fits, cut only at the smallest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE
from pptx.util import Pt

from bsc_coach.documents.map.style import EDGE, INK
from bsc_coach.documents.office.deck import Deck, rgb
from bsc_coach.documents.office.slide_look import BOTTOM, MARGIN, TOP, WIDTH
from bsc_coach.documents.office.text_metrics import LINE, lines_in
from bsc_coach.drawing.model import Area
from bsc_coach.text import one_line

BODY = Area(MARGIN, TOP, WIDTH - 2 * MARGIN, BOTTOM - TOP)
"""Where a slide has room under its title."""
SIZES = (18.0, 16.0, 14.0, 13.0, 12.0)
"""Font sizes of text on slides, the largest that fits is taken; below the last nobody reads it."""
LARGE = (20.0, *SIZES)
SMALLEST = SIZES[-1]
PAD = 8.0
"""Between the edge of a box and its text."""
BETWEEN = 0.35
"""Room between two paragraphs, in parts of the font size."""
_GIVES_WAY = "92000"
"""How much smaller text becomes whose letters may be wider, in thousandths of a percent."""
_SPREAD = (0.9, 0.75, 0.6, 0.45, BETWEEN)
"""The same where a slide has room to spare."""
_NARROWEST = 0.65
"""The least share of a column, in parts of the widest."""
_SLACK = 0.01
_BOLD = 1.08
"""How much wider bold letters are."""


@dataclass(frozen=True)
class Say:
    """A paragraph: some words in front in bold, and the rest."""

    text: str
    lead: str = ""
    bold: bool = False
    italic: bool = False
    colour: str = INK

    @property
    def whole(self) -> str:
        """All of it on one line."""
        return one_line(f"{self.lead} {self.text}")


@dataclass(frozen=True)
class Look:
    """How a box looks: the sizes its text may have, what fills it, where its text stands."""

    sizes: Sequence[float] = SIZES
    fill: str | None = None
    edge: str | None = None
    middle: bool = False
    pad: float = PAD
    between: float = BETWEEN
    """Room between two paragraphs, in parts of the font size."""


def box(deck: Deck, slide: Any, area: Area, said: Sequence[Say], look: Look = Look(), name: str = "") -> Any:
    """Draw a box with text in ``area`` and return it."""
    shape = bare(slide, area, fill=look.fill, edge=look.edge)
    if name:
        shape.name = name
    frame = shape.text_frame
    frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
    if deck.shrinks:
        frame.auto_size = MSO_AUTO_SIZE.TEXT_TO_FIT_SHAPE
        frame._txBody.bodyPr.find("{*}normAutofit").set("fontScale", _GIVES_WAY)
    frame.margin_left = frame.margin_right = Pt(look.pad)
    frame.margin_top = frame.margin_bottom = Pt(look.pad / 2)
    frame.vertical_anchor = MSO_ANCHOR.MIDDLE if look.middle else MSO_ANCHOR.TOP
    size, fitted = fitting(said, area.width - 2 * look.pad, area.height - look.pad, look.sizes, look.between)
    for at, one in enumerate(fitted):
        paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        paragraph.space_after = Pt(size * look.between)
        if one.lead:
            lead = f"{one.lead} " if one.text else one.lead
            deck.say(paragraph, lead, size=size, bold=True, colour=one.colour)
        if one.text:
            deck.say(paragraph, one.text, size=size, bold=one.bold, italic=one.italic, colour=one.colour)
    return shape


def bare(slide: Any, area: Area, *, fill: str | None = None, edge: str | None = None, told: str = "") -> Any:
    """Draw a rectangle without text; ``told`` is what whoever does not see it hears."""
    kind = MSO_SHAPE.RECTANGLE
    shape = slide.shapes.add_shape(kind, Pt(area.x), Pt(area.y), Pt(area.width), Pt(area.height))
    shape._element.remove(shape._element.find("{*}style"))
    for paint, colour in ((shape.fill, fill), (shape.line.fill, edge)):
        if colour is None:
            paint.background()
        else:
            paint.solid()
            paint.fore_color.rgb = rgb(colour)
    if edge is not None:
        shape.line.width = Pt(1)
    shape.text_frame.paragraphs[0].alignment = 1
    if told:
        shape._element._nvXxPr.cNvPr.set("descr", told)
    return shape


def fitting(
    said: Sequence[Say],
    width: float,
    height: float,
    sizes: Sequence[float] = SIZES,
    between: float = BETWEEN,
) -> tuple[float, Sequence[Say]]:
    """Return the largest size at which all of it fits, and the paragraphs, cut where no size is enough."""
    for size in sizes:
        fits = height_of(said, width, size, between) <= height + _SLACK
        if fits and all(_whole_words(one, width, size) for one in said):
            return size, said
    size = sizes[-1]
    if height_of(said, width, size, between) <= height + _SLACK:
        return size, said
    return size, _cut(said, width, height, size, between)


def height_of(said: Sequence[Say], width: float, size: float, between: float = BETWEEN) -> float:
    """Return how tall paragraphs are in ``width`` at a font size, without the room behind the last."""
    lines = sum(_lines(one, width, size) for one in said)
    return lines * size * LINE + size * between * max(len(said) - 1, 0)


def same_size(columns: Sequence[tuple[Sequence[Say], float]], height: float) -> float:
    """Return the largest font size at which all columns, each with its width, fit in ``height``."""
    fits = (
        size
        for size in LARGE
        if all(
            height_of(said, width - 2 * PAD, size) + PAD <= height
            and all(_whole_words(one, width - 2 * PAD, size) for one in said)
            for said, width in columns
        )
    )
    return next(fits, SMALLEST)


def put_columns(
    deck: Deck, slide: Any, columns: Sequence[tuple[Sequence[Say], str | None]], shares: Sequence[float]
) -> None:
    """Draw columns of text in one size, each with what fills it, as tall as the slide has room."""
    areas = side_by_side(BODY, shares)
    size = same_size(
        [(said, area.width) for (said, _), area in zip(columns, areas, strict=True)], BODY.height
    )
    # What room is left goes between the paragraphs, as much in one column as in the others.
    spread = (
        between
        for between in _SPREAD
        if all(
            height_of(said, area.width - 2 * PAD, size, between) + PAD <= BODY.height
            for (said, _), area in zip(columns, areas, strict=True)
        )
    )
    between = next(spread, BETWEEN)
    for area, (said, fill) in zip(areas, columns, strict=True):
        look = Look((size,), fill=fill, edge=None if fill else EDGE, between=between)
        box(deck, slide, area, said, look)


def by_text(columns: Sequence[Sequence[Say]]) -> tuple[float, ...]:
    """Return shares of the width for columns: more to a longer one, so that all can be written larger."""
    letters = [sum(len(one.whole) for one in said) for said in columns]
    most = max(letters, default=0) or 1
    return tuple(max(one / most, _NARROWEST) for one in letters)


def _lines(one: Say, width: float, size: float) -> int:
    return len(_in_lines(one, width, size)) or 1


def _in_lines(one: Say, width: float, size: float) -> tuple[str, ...]:
    room = width / _BOLD if one.bold or (one.lead and not one.text) else width
    return lines_in(one.whole, room, size)


def _whole_words(one: Say, width: float, size: float) -> bool:
    return " ".join(_in_lines(one, width, size)) == one.whole


def _cut(said: Sequence[Say], width: float, height: float, size: float, between: float) -> list[Say]:
    """Return what fits, the longest paragraphs cut first, each to the same number of lines."""
    most = max((_lines(one, width, size) for one in said), default=1)
    while most > 1:
        most -= 1
        shorter = [_shortened(one, width, size, most) for one in said]
        if height_of(shorter, width, size, between) <= height + _SLACK:
            return shorter
    # Not even one line of each: as many as there is room for, and a sign that there are more.
    room = max(1, int(height / (size * (LINE + between))))
    shorter = [_shortened(one, width, size, 1) for one in said]
    return [*shorter[: room - 1], Say("…")] if len(shorter) > room else shorter


def _shortened(one: Say, width: float, size: float, most: int) -> Say:
    lines = _in_lines(one, width, size)
    if len(lines) <= most:
        return one
    kept = lines_in(one.whole, width / _BOLD if one.bold else width, size, most=most)
    text = " ".join(kept).rstrip("…").rstrip()
    if one.lead and text.startswith(one.lead):
        return Say(f"{text[len(one.lead) :].strip()}…", one.lead, one.bold, one.italic, one.colour)
    return (
        Say("", f"{text}…", one.bold, one.italic, one.colour)
        if one.lead
        else Say(f"{text}…", "", one.bold, one.italic, one.colour)
    )


def side_by_side(area: Area, shares: Sequence[float], gap: float = 14.0) -> tuple[Area, ...]:
    """Return columns of ``area`` in these shares of its width."""
    whole, x, found = area.width - gap * (len(shares) - 1), area.x, []
    for share in shares:
        width = whole * share / sum(shares)
        found.append(Area(x, area.y, width, area.height))
        x += width + gap
    return tuple(found)
