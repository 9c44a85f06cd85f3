"""The brand of a house as pages take it: a colour for light and one for dark, font, paper, logo as data."""

from __future__ import annotations

from base64 import b64encode

from bsc_coach.documents.brand import Brand
from bsc_coach.documents.colours import readable_on
from bsc_coach.documents.context.tables import Table

_DARK_PAGE = "#14181f"
_KINDS = {"svg": "svg+xml", "jpg": "jpeg", "jpeg": "jpeg", "png": "png"}


def house(brand: Brand) -> Table:
    """Return what templates get as ``brand``; None stands for what a house leaves to us."""
    kind, logo = _KINDS.get(brand.logo_name.rpartition(".")[2].lower()), None
    if brand.logo and kind:
        logo = f"data:image/{kind};base64,{b64encode(brand.logo).decode('ascii')}"
    return {
        "accent": brand.accent or None,
        "accent_on_dark": readable_on(_DARK_PAGE, brand.accent) if brand.accent else None,
        "font": brand.font or None,
        "logo": logo,
        "paper": brand.paper,
        "version": brand.version or None,
        "signature": brand.signature,
    }
