"""What kind of picture some bytes are, told from their own structure: a whole PNG or JPEG, a plain SVG."""

from __future__ import annotations

import struct
from typing import Literal
from xml.parsers import expat

Kind = Literal["png", "jpg", "svg"]
_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
_MOST_PIXELS = 20_000
"""Of a side; a larger picture is no logo."""
_FRAMES = frozenset((*range(0xC0, 0xC4), *range(0xC5, 0xC8), *range(0xC9, 0xCC), *range(0xCD, 0xD0)))
"""Markers of a JPEG behind which its size stands."""
_DOING = ("script", "foreignobject", "iframe", "object", "embed", "handler", "set", "animate")


def kind_of(data: bytes) -> Kind | None:
    """Return what kind of picture it is; None for what is none, is cut, or does more than draw."""
    if data.startswith(_PNG):
        return "png" if _is_whole_png(data) else None
    if data.startswith(_JPEG):
        return "jpg" if _is_whole_jpeg(data) else None
    return "svg" if _is_plain_svg(data) else None


def _is_sane(width: int, height: int) -> bool:
    return 0 < width <= _MOST_PIXELS and 0 < height <= _MOST_PIXELS


def _is_whole_png(data: bytes) -> bool:
    """Tell whether the chunks of a PNG follow each other from its head to its end."""
    at, first = len(_PNG), True
    while at + 12 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        if first and (kind != b"IHDR" or length != 13 or at + 20 > len(data)):
            return False
        if first and not _is_sane(*struct.unpack_from(">II", data, at + 8)):
            return False
        if kind == b"IEND":
            return not first
        at, first = at + 12 + length, False
    return False


def _is_whole_jpeg(data: bytes) -> bool:
    """Tell whether the segments of a JPEG lead to its size, and the file to its end."""
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], struct.unpack_from(">H", data, at + 2)[0]
        if marker in _FRAMES:
            height, width = struct.unpack_from(">HH", data, at + 5)
            return _is_sane(width, height) and data.rstrip(b"\0").endswith(b"\xff\xd9")
        at += 2 + length
    return False


def _is_plain_svg(data: bytes) -> bool:
    """Tell whether this is an SVG that only draws: no script, no entity, no address elsewhere."""
    # What would do more than draw is collected, and a parser that stops has met no SVG.
    parser, seen, harm = expat.ParserCreate(), [], []

    def begin(tag: str, attributes: dict[str, str]) -> None:
        seen.append(tag.rpartition(":")[2].casefold())
        if seen[-1] in _DOING:
            harm.append(tag)
        for name, value in attributes.items():
            short, text = name.rpartition(":")[2].casefold(), "".join(value.split()).casefold()
            if short.startswith("on") or "javascript:" in text:
                harm.append(name)
            if short in ("href", "src") and not text.startswith(("#", "data:image/png", "data:image/jpeg")):
                harm.append(name)
            if "url(" in text and "url(#" not in text:
                harm.append(name)

    def text_of(text: str) -> None:
        if seen and seen[-1] == "style" and ("url(" in text or "@import" in text):
            harm.append("style")

    def declared(*_: object) -> None:
        harm.append("entity")

    parser.StartElementHandler = begin
    parser.CharacterDataHandler = text_of
    parser.EntityDeclHandler = declared
    parser.ProcessingInstructionHandler = declared
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError):
        return False
    return bool(seen) and seen[0] == "svg" and not harm
