"""A workbook in the look of a house: its font, its colour behind headings; its logo and paper in print."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from bsc_coach.documents.brand import Brand
from bsc_coach.documents.map.style import EDGE
from bsc_coach.errors import BrandError

_TABLOID = 3
"""The number of the sheet that is to Letter what A3 is to A4; sheets of a workbook are as wide as that."""
_HEADER_ROOM, _LOGO = 0.9, 0.5
"""Inches at the top of a printed page that has a logo, and of the logo."""


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
        if brand.paper == "Letter":
            sheet.set_paper(_TABLOID)
        if brand.logo and not brand.logo_name.endswith(".svg"):
            try:
                image = {"image_right": brand.logo_name, "image_data_right": BytesIO(brand.logo)}
                sheet.set_header("&R&G", image)
                _as_high_as(sheet.header_images[-1], _LOGO)
            except Exception as error:  # a file of anybody, which a library of others opens
                raise BrandError("brand.no_picture", name="logo") from error
            sheet.set_margins(top=_HEADER_ROOM)


def _as_high_as(image: Any, inches: float) -> None:
    """Print a picture at most so high: xlsxwriter scales none in a header but by its pixels to an inch."""
    pixels = max(image.height / inches, image.y_dpi)
    image._x_dpi, image._y_dpi = image.x_dpi * pixels / image.y_dpi, pixels
