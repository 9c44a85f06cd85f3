"""Text of a file that somebody brings, whatever program wrote it: its encoding is looked for, never asked."""

from __future__ import annotations

import codecs
from importlib.util import find_spec
from pathlib import Path
from typing import Final, NamedTuple

from bsc_coach import sizes
from bsc_coach.errors import ImportFileError, MissingExtraError
from bsc_coach.text import clean

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins like UTF-16
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OLDER: Final = ["cp1252", "cp850", "mac_roman", "iso8859_15", "cp1250", "utf_16_le", "utf_16_be"]
"""Encodings that spreadsheets and mail programs of the last thirty years write in our languages."""
_USUAL: Final = frozenset("éèêëáàâäíìîïóòôöúùûüçñÉÈËÏÖÜÁÇ€£°²³½µ§·•…–—‘’“”„«»±×÷≥≤™®©\u00a0ßåøæ")
"""What stands beside plain letters in texts of ours; of two encodings that fit, that with more of them."""
_CONTROLS: Final = frozenset(chr(code) for code in (*range(9), *range(14, 32)))
_ODD_SHARE = 0.01


class DecodedText(NamedTuple):
    """Clean text with its lines as they stood, and the encoding it was written in."""

    text: str
    encoding: str


def text_of(data: bytes, path: Path) -> DecodedText:
    """Return the text of a file. Raises ImportFileError for what is none, and MissingExtraError."""
    if len(data) > sizes.IMPORT_TEXT:
        raise ImportFileError("imports.file.large", path=path, megabytes=sizes.IMPORT_TEXT // 1_000_000)
    told = _decoded(data, path)
    odd = sum(character in _CONTROLS for character in told.text)
    if odd > _ODD_SHARE * len(told.text):
        raise ImportFileError("imports.file.no_text", path=path)
    return DecodedText(clean(told.text).text, told.encoding)


def _decoded(data: bytes, path: Path) -> DecodedText:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            # A file that was cut in the middle of a letter is still a file.
            return DecodedText(data.decode(encoding, "replace"), encoding.removesuffix("-sig"))
    try:
        return DecodedText(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    if find_spec("charset_normalizer") is None:
        raise MissingExtraError("imports.needs_extra", path=path)
    from charset_normalizer import from_bytes

    found = [
        DecodedText(str(one), one.encoding) for one in from_bytes(data, cp_isolation=_OLDER, threshold=0.5)
    ]
    if not found:
        raise ImportFileError("imports.file.no_text", path=path)
    return max(found, key=_usual)


def _usual(told: DecodedText) -> tuple[float, int]:
    beside = [letter for letter in told.text if not letter.isascii()]
    share = sum(letter in _USUAL for letter in beside) / len(beside) if beside else 1.0
    return share, -_OLDER.index(told.encoding) if told.encoding in _OLDER else -len(_OLDER)
