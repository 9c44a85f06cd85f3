"""How much a zip tells of its entries, known before a library reads all of that at once."""

from __future__ import annotations

from typing import Final

_END: Final = b"PK\x05\x06"
_END_SIZE: Final = 22
_LONGEST_COMMENT: Final = 65_535


def told_of_entries(data: bytes) -> int:
    """Return how many bytes tell of the entries of a zip: the library reads all of them at once."""
    at = len(data) - _END_SIZE
    if at < 0 or not data[at:].startswith(_END):
        at = data.rfind(_END, max(len(data) - _END_SIZE - _LONGEST_COMMENT, 0))
    end = data[at : at + _END_SIZE] if at >= 0 else b""
    return int.from_bytes(end[12:16], "little") if len(end) == _END_SIZE else 0
