"""Zips that nobody vouches for: how much they tell of their entries, and what is raised for damaged ones."""

from __future__ import annotations

import struct
import zipfile
import zlib
from typing import Final

ZIP_FAULTS: Final = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    ValueError,
    RuntimeError,
    EOFError,
    OSError,
    OverflowError,
    LookupError,
)
"""What the standard library raises for bytes that are no zip, or a damaged one."""

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
