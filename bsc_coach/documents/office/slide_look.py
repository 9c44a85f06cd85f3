"""How slides look that follow no template of a house: size, places, fonts and colours."""

from __future__ import annotations

from typing import Any

from pptx import Presentation
from pptx.enum.text import MSO_ANCHOR
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.util import Pt

from bsc_coach.documents.brand import Brand
from bsc_coach.documents.map.style import INK
from bsc_coach.documents.office.text_metrics import FONT

WIDTH, HEIGHT = 960.0, 540.0
"""16:9, in points."""
MARGIN = 40.0
TOP = 72.0
"""Where what stands under the title of a slide begins."""
BOTTOM = 508.0
TITLE_SIZE = 26.0
ACCENT = "#1d4f7c"
"""The colour of what is to be seen first."""
_TITLE, _TITLE_AND_TEXT, _TITLE_ONLY = 0, 1, 5
"""Places of the layouts that we use in the template of python-pptx."""


def own_presentation(brand: Brand) -> Any:
    """Return an empty presentation in our look, with colour and font of a house."""
    deck = Presentation()
    _dress(deck, brand)
    return deck


def _dress(deck: Any, brand: Brand) -> None:
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
                drop(shape)
            elif "SLIDE_NUMBER" in kind:
                _put(shape, WIDTH - MARGIN - 60, 516, 60, 18)
    _put(kept[0].placeholders[0], MARGIN, 120, whole, 130)
    _put(kept[0].placeholders[1], MARGIN, 262, whole, 200)
    # How titles look, then the fonts and colours of the theme.
    for titles in master._element.iter("{*}titleStyle"):
        style = titles.find("{*}lvl1pPr")
        style.set("algn", "l")
        style.find("{*}defRPr").set("sz", str(int(TITLE_SIZE * 100)))
        style.find("{*}defRPr").set("b", "1")
        style.find("{*}defRPr/{*}solidFill/{*}schemeClr").set("val", "tx2")
    master.placeholders[0].text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    for style in kept[0].placeholders[1]._element.iter("{*}lvl1pPr"):
        style.set("algn", "l")
    accent = (brand.accent or ACCENT).lstrip("#").upper()
    theme = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme._blob = (
        theme.blob.replace(b'typeface="Calibri"', f'typeface="{brand.font or FONT}"'.encode())
        .replace(b'val="1F497D"', f'val="{INK.lstrip("#").upper()}"'.encode())
        .replace(b'val="4F81BD"', f'val="{accent}"'.encode())
    )
    # The picture of the template that file managers would show.
    package = deck.part.package
    for name, relation in list(package._rels.items()):
        if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            package._rels.pop(name)


def _put(shape: Any, x: float, y: float, width: float, height: float) -> None:
    shape.left, shape.top, shape.width, shape.height = Pt(x), Pt(y), Pt(width), Pt(height)


def drop(shape: Any) -> None:
    """Take a shape off its slide or layout."""
    shape._element.getparent().remove(shape._element)
