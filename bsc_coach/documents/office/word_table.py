"""A table of a Word document, as the XML that Word keeps it in: python-docx takes ten times as long."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docx.oxml.parser import parse_xml

from bsc_coach.documents.map.style import EDGE
from bsc_coach.documents.office.blocks import TableBlock
from bsc_coach.documents.office.text_metrics import width_in
from bsc_coach.documents.office.word_look import TABLE_SIZE

CELL = 5.4
"""Room at the left and right of text in a cell."""
_LEAST, _MOST_WORD, _LONG_WORD = 36.0, 110.0, 40
"""A column is at least so wide, and as wide as its longest word up to this; more letters are no word."""
_MOST_TEXT = 250.0
"""A longer text asks for no more room than this."""
_PART = 125.0
"""The column of a sheet that names its parts."""
_LONG_CELL = 1000
"""A row with more letters in a cell may go on on the next page."""
_TO_WRITE = 24.0
"""How high a row is at least that leaves room to write."""
_BAND = "#eef0f4"
"""Ground of a row that heads those below it."""
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def table_of(block: TableBlock, whole: float, style: str | None) -> Any:
    """Return a table of ``whole`` points whose headings repeat; the rows of a sheet stay together."""
    widths = _widths_of(block, whole - CELL)
    grid = "".join(f'<w:gridCol w:w="{_twips(width)}"/>' for width in widths)
    look = f"<w:tblStyle w:val={quoteattr(style)}/>" if style else ""
    head = _row(block.columns, widths, "<w:tblHeader/>", fill=EDGE, bold=True, keep=True)
    rows = "".join(_told(block, at, row, widths) for at, row in enumerate(block.rows))
    return parse_xml(
        f'<w:tbl {_W}><w:tblPr>{look}<w:tblW w:w="{_twips(sum(widths))}" w:type="dxa"/>'
        f'<w:tblInd w:w="{_twips(CELL)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblLook w:val="0020" w:firstRow="1"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{head}{rows}</w:tbl>'
    )


def _told(block: TableBlock, at: int, texts: Sequence[str], widths: Sequence[float]) -> str:
    """Return a row below the headings: one that heads others goes across, one to write on is high."""
    if at in block.bands:
        return _row(texts[:1], [sum(widths)], "", fill=_BAND, bold=True, keep=True, across=len(widths))
    height = f'<w:trHeight w:val="{_twips(_TO_WRITE)}" w:hRule="atLeast"/>' if block.to_write else ""
    # Word keeps a row with the next one when its paragraphs say so.
    keep = block.is_sheet and at < len(block.rows) - 1
    return _row(texts, widths, height, keep=keep, first_bold=block.is_sheet)


def _row(
    texts: Sequence[str],
    widths: Sequence[float],
    properties: str,
    *,
    fill: str = "",
    bold: bool = False,
    first_bold: bool = False,
    keep: bool = False,
    across: int = 0,
) -> str:
    whole = "" if any(len(text) >= _LONG_CELL for text in texts) else "<w:cantSplit/>"
    span = f'<w:gridSpan w:val="{across}"/>' if across else ""
    ground = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill.lstrip("#").upper()}"/>' if fill else ""
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{_twips(width)}" w:type="dxa"/>{span}{ground}</w:tcPr>'
        f"{_paragraph(text, bold=bold or (first_bold and not nth), keep=keep)}</w:tc>"
        for nth, (text, width) in enumerate(zip(texts, widths, strict=True))
    )
    return f"<w:tr><w:trPr>{whole}{properties}</w:trPr>{cells}</w:tr>"


def _paragraph(text: str, *, bold: bool, keep: bool) -> str:
    looks = f'{"<w:b/>" if bold else ""}<w:sz w:val="{round(2 * TABLE_SIZE)}"/>'
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
    follows = "<w:keepNext/>" if keep else ""
    told = f"<w:r><w:rPr>{looks}</w:rPr>{lines}</w:r>" if text else ""
    return f'<w:p><w:pPr>{follows}<w:spacing w:after="40"/></w:pPr>{told}</w:p>'


def _twips(points: float) -> int:
    """Return points in twentieths, the unit of Word."""
    return round(points * 20)


def _widths_of(block: TableBlock, whole: float) -> list[float]:
    """Return how wide the columns are: as was said, or by what stands in them."""
    if block.shares:
        return [whole * share for share in block.shares]
    return [_PART, whole - _PART] if block.is_sheet else _widths([block.columns, *block.rows], whole)


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
    return width_in(text, TABLE_SIZE) + 2 * CELL
