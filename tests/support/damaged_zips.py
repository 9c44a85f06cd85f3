"""Zips whose list of entries is whole, and the packed bytes of one entry are not."""

from __future__ import annotations

import struct
import zipfile
from io import BytesIO

_HEADER = 30
"""Bytes of a local header before the name."""


def damaged(data: bytes, name: str) -> bytes:
    """Return a zip in which nobody can unpack the entry called ``name``; all entries are packed anew."""
    packed = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(data)) as before,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for one in before.namelist():
            after.writestr(one, before.read(one))
        entry = after.getinfo(name)
    made = bytearray(packed.getvalue())
    at = entry.header_offset
    begins = at + _HEADER + sum(struct.unpack("<HH", made[at + 26 : at + 30]))
    made[begins : begins + entry.compress_size] = b"\xff" * entry.compress_size
    return bytes(made)
