"""A presentation of the house as the ground of a deck: its master and layouts, and where they leave room.

Slides are drawn as if they had our size; at the end what was drawn is moved into the room that the layout
leaves under its title, smaller or larger with all its text.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.util import Pt

from bsc_coach.documents.colours import readable_on
from bsc_coach.documents.office.slide_look import BOTTOM, MARGIN, TOP, WIDTH
from bsc_coach.documents.office.text_metrics import LINE, lines_in
from bsc_coach.drawing.model import Area
from bsc_coach.errors import BrandError

_TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
_FEET = (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.SLIDE_NUMBER)
_GAP = 8.0
_TITLE_SIZE, _LEAST_TITLE = 44.0, 14.0
"""Font size of a title where a template says none, and the smallest one that is taken."""
_WIDE = 1.2
"""How much wider the letters of a house may be than ours."""
_SECTIONS = "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"
"""What the list of sections of a presentation is filed under; it names slides that are no more."""

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_SCALED = {
    "ext": ("cx", "cy"),
    "chExt": ("cx", "cy"),
    "rPr": ("sz",),
    "endParaRPr": ("sz",),
    "bodyPr": ("lIns", "rIns", "tIns", "bIns"),
    "tcPr": ("marL", "marR", "marT", "marB"),
    "ln": ("w",),
    "pos": ("x", "y"),
    "gridCol": ("w",),
    "tr": ("h",),
    "spcPts": ("val",),
}
"""What grows and shrinks with a shape, by its element."""


class HouseSlides:
    """The template of a house, without its slides."""

    def __init__(self, data: bytes) -> None:
        """Open the template. Raises BrandError for one that cannot be opened, or has no title anywhere."""
        try:
            self.deck: Any = Presentation(BytesIO(data))
            _without_slides(self.deck)
            layouts = list(self.deck.slide_layouts)
            covers = [one for one in layouts if _holds(one, PP_PLACEHOLDER.CENTER_TITLE)]
            titled = [one for one in layouts if _holds(one, PP_PLACEHOLDER.TITLE)]
            # Of slides with a title the one with the least beside it; where there are none, the cover does.
            self.plain: Any = min(titled, key=_texts_on) if titled else covers[0]
            self.cover: Any = covers[0] if covers else self.plain
            self.room = _room(self.deck, self.plain)
        except Exception as error:  # a file of anybody, which python-pptx takes for its own
            raise BrandError("brand.unreadable", name="template.pptx") from error

    @property
    def accent(self) -> str:
        """The first accent of its theme, dark enough for text; empty where it has none."""
        theme = self.deck.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME).blob
        found = re.search(rb"<a:accent1>\s*<a:srgbClr val=\"([0-9A-Fa-f]{6})\"", theme)
        return readable_on("#ffffff", f"#{found[1].decode()}") if found else ""

    def title_size(self, slide: Any, title: str) -> float | None:
        """Return a smaller size for a title that needs one, None for one that fits as the template has it."""
        shape = slide.shapes.title
        width, height = shape.width / Pt(1), shape.height / Pt(1)
        size = usual = _size_of_titles(self.deck)
        while size > _LEAST_TITLE and len(lines_in(title, width / _WIDE - 14, size)) * size * LINE > height:
            size -= 1
        return None if size == usual else size

    def fit(self) -> None:
        """Move what was drawn on each slide into the room that its layout leaves."""
        for slide in self.deck.slides:
            drawn = [shape for shape in slide.shapes if not shape.is_placeholder]
            if drawn and slide.slide_layout.part is self.plain.part:
                _move(drawn, self.room)


def _without_slides(deck: Any) -> None:
    """Take all slides out, and the list of sections that names them."""
    listed = deck.slides._sldIdLst
    for one in list(listed):
        deck.part.drop_rel(one.rId)
        listed.remove(one)
    for extension in deck.part._element.xpath("//p:ext"):
        if extension.get("uri") == _SECTIONS:
            extension.getparent().remove(extension)
    package = deck.part.package
    for name, relation in list(package._rels.items()):
        if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            package._rels.pop(name)


def _holds(layout: Any, *kinds: Any) -> bool:
    return any(shape.placeholder_format.type in kinds for shape in layout.placeholders)


def _texts_on(layout: Any) -> int:
    return sum(shape.placeholder_format.type not in (*_TITLES, *_FEET) for shape in layout.placeholders)


def _room(deck: Any, layout: Any) -> Area:
    """Return where a layout leaves room: under its title, and above what stands at the foot."""
    width, height = deck.slide_width / Pt(1), deck.slide_height / Pt(1)
    title = next(one for one in layout.placeholders if one.placeholder_format.type in _TITLES)
    left, top = title.left / Pt(1), (title.top + title.height) / Pt(1) + _GAP
    right = left + title.width / Pt(1)
    if top > height / 2:
        top = height * TOP / 540
    feet = [one.top / Pt(1) for one in layout.placeholders if one.placeholder_format.type in _FEET]
    low = [one for one in feet if one > height * 0.8]
    bottom = min([*low, height]) - _GAP
    if right - left < width / 2:
        left, right = width * MARGIN / WIDTH, width * (1 - MARGIN / WIDTH)
    return Area(left, top, right - left, bottom - top)


def _size_of_titles(deck: Any) -> float:
    found = deck.slide_master._element.xpath(".//p:titleStyle/a:lvl1pPr/a:defRPr/@sz")
    return int(found[0]) / 100 if found else _TITLE_SIZE


def _move(drawn: list[Any], room: Area) -> None:
    """Move and scale shapes so that our room, and whatever is drawn beside it, comes to lie in ``room``."""
    left = min([MARGIN, *(shape.left / Pt(1) for shape in drawn)])
    top = min([TOP, *(shape.top / Pt(1) for shape in drawn)])
    right = max([WIDTH - MARGIN, *((shape.left + shape.width) / Pt(1) for shape in drawn)])
    bottom = max([BOTTOM, *((shape.top + shape.height) / Pt(1) for shape in drawn)])
    scale = min(room.width / (right - left), room.height / (bottom - top))
    x, y = room.x - left * scale, room.y - top * scale
    for shape in drawn:
        for place in shape._element.xpath(".//*[self::a:off or self::a:chOff]"):
            for name, shift in (("x", x), ("y", y)):
                place.set(name, str(round(int(place.get(name)) * scale + shift * Pt(1))))
        for name, values in _SCALED.items():
            for part in shape._element.iter(f"{_DRAWING}{name}"):
                for value in values:
                    if (told := part.get(value)) is not None:
                        part.set(value, str(round(int(told) * scale)))
