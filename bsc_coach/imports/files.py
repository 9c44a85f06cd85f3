"""Reading a file that somebody brings: its bytes, within limits, and what kind of file it is."""

from __future__ import annotations

from pathlib import Path
from typing import Final, Literal

from bsc_coach import sizes
from bsc_coach.errors import ImportFileError

FileKind = Literal["workbook", "locked", "old_excel", "other_office", "pdf", "picture", "zip", "text"]
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""What old Office files begin with, and new ones that are locked with a password."""
_BEGINNINGS: tuple[tuple[bytes, FileKind], ...] = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
)
_NAMES_IN_ZIP: tuple[tuple[bytes, FileKind], ...] = (
    (b"xl/workbook.xml", "workbook"),
    (b"xl/workbook.bin", "other_office"),
    (b"word/document.xml", "other_office"),
    (b"ppt/presentation.xml", "other_office"),
    (b"application/vnd.oasis.opendocument", "other_office"),
    (b"Index/Document.iwa", "other_office"),
)
"""What stands in a zip of an office program: its names are not packed."""


def read_bytes(path: Path) -> bytes:
    """Return the bytes of a plain file. Raises ImportFileError in one sentence."""
    try:
        if path.is_dir():
            raise ImportFileError("imports.file.folder", path=path)
        if not path.exists():
            raise ImportFileError("imports.file.missing", path=path)
        if not path.is_file():
            raise ImportFileError("imports.file.odd", path=path)
        with path.open("rb") as file:
            data = file.read(sizes.IMPORT_FILE + 1)
    except OSError as error:
        raise ImportFileError("imports.file.unread", path=path, why=error.strerror or "") from error
    except ValueError as error:  # a name with a byte in it that no file has
        raise ImportFileError("imports.file.missing", path=path) from error
    if len(data) > sizes.IMPORT_FILE:
        raise ImportFileError("imports.file.large", path=path, megabytes=sizes.IMPORT_FILE // 1_000_000)
    if not data.strip():
        raise ImportFileError("imports.file.empty", path=path)
    return data


def kind_of(data: bytes) -> FileKind:
    """Return what kind of file the bytes are, by how they begin and never by a name."""
    if data.startswith(_OLE):
        return "locked" if "EncryptedPackage".encode("utf-16-le") in data else "old_excel"
    for beginning, kind in _BEGINNINGS:
        if data.startswith(beginning):
            return kind
    if data.startswith(b"PK"):
        return next((kind for name, kind in _NAMES_IN_ZIP if name in data), "zip")
    return "text"
