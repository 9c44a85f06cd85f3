"""A workbook in the look of a house: its font, its colour behind headings; its logo and paper in print."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from bsc_coach.documents.brand import Brand, PaperSize
from bsc_coach.documents.map.style import EDGE
from bsc_coach.errors import BrandError

_PAPERS: dict[PaperSize, int] = {"A4": 9, "A3": 8, "Letter": 1}
_HEADER_ROOM = 0.9
"""Inches at the top of a printed page that has a logo."""


def dress(workbook: Any, brand: Brand) -> None:
    """Give all that a workbook holds the look of ``brand``; before it is closed."""
    heads = EDGE.lstrip("#").upper()
    for one in workbook.formats:
        if brand.font:
            one.set_font_name(brand.font)
        if brand.accent and heads in str(one.bg_color).upper():
            one.set_bg_color(brand.accent)
            one.set_font_color("#ffffff")
    for sheet in workbook.worksheets():
        if brand.paper != "A4":
            sheet.set_paper(_PAPERS[brand.paper])
        if brand.logo and not brand.logo_name.endswith(".svg"):
            try:
                image = {"image_right": brand.logo_name, "image_data_right": BytesIO(brand.logo)}
                sheet.set_header("&R&G", image)
            except Exception as error:  # a file of anybody, which a library of others opens
                raise BrandError("brand.no_picture", name="logo") from error
            sheet.set_margins(top=_HEADER_ROOM)
