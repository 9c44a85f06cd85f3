"""Look of a Word document: our styles, or those of a file of the house."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from bsc_coach.documents.brand import Brand
from bsc_coach.documents.map.style import EDGE, INK
from bsc_coach.documents.office.text_metrics import FONT

TABLE_SIZE = 9.0
_SIZE, _SMALLER = 10.5, 0.8
"""Of text, and headings of a dense document by others."""
_HEADINGS = {"Title": 24.0, "Heading 1": 17.0, "Heading 2": 13.0, "Heading 3": 11.0}


def opened(reference: bytes) -> Any:
    """Return an empty document, with the styles and footers of a file of the house if any."""
    document: Any = Document(BytesIO(reference) if reference else None)
    body = document.element.body
    for part in list(body):
        if part.tag != qn("w:sectPr"):
            body.remove(part)
    return document


def dress(document: Any, brand: Brand, *, dense: bool) -> None:
    """Give the template of python-docx our font and colours, or those that the house names."""
    # The text, then what has a look of its own, the headings last.
    ink, accent = _rgb(INK), _rgb(brand.accent or INK)
    normal = document.styles["Normal"]
    normal.font.size = Pt(TABLE_SIZE if dense else _SIZE)
    normal.paragraph_format.space_after = Pt(3 if dense else 6)
    for name in ("Normal", "TOC Heading", "Intense Quote", *_HEADINGS):
        style = document.styles[name]
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in list(fonts.attrib):
            del fonts.attrib[attribute]
        for script in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{script}"), brand.font or FONT)
        style.font.color.rgb = accent if name in _HEADINGS else ink
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


def speak(document: Any, locale: str) -> None:
    """Say in which language a document is; leave out the picture of a first page."""
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), locale)
    relations = document.part.package.rels
    for name, relation in list(relations.items()):
        if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            relations.pop(name)


def _rgb(colour: str) -> RGBColor:
    return RGBColor.from_string(colour.lstrip("#").upper())
