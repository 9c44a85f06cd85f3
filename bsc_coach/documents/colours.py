"""Colours as #RRGGBB: contrast of two, and the nearest shade of one that can be read on a ground."""

from __future__ import annotations

READABLE = 4.5
"""The least contrast of text with its ground (WCAG 2, AA)."""
_STEP = 0.04


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def readable_on(ground: str, colour: str) -> str:
    """Return ``colour``, made darker or lighter until it can be read on ``ground``."""
    towards = 0.0 if _luminance(ground) > _luminance("#767676") else 255.0
    parts, share = _parts(colour), 0.0
    found = colour.lower()
    while contrast(ground, found) < READABLE and share < 1:
        share = min(share + _STEP, 1.0)
        found = "#" + "".join(f"{round(part + (towards - part) * share):02x}" for part in parts)
    return found


def _parts(colour: str) -> tuple[int, int, int]:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return red, green, blue


def _luminance(colour: str) -> float:
    linear = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (one / 255 for one in _parts(colour))
    )
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
