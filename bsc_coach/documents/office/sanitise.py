"""What every office file asks of its text and of its bytes, done once for all of them."""

from __future__ import annotations

import re
from datetime import datetime
from io import BytesIO
from typing import TypeVar
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from pydantic import BaseModel

from bsc_coach.strategy.notes import Notes
from bsc_coach.text import clean

_Part = TypeVar("_Part", bound=BaseModel)
_NO_CHARACTER = re.compile("[\ufffe\uffff]")
"""What XML cannot carry beside the control characters."""
_UNDATED = datetime(2000, 1, 1)
_MEMBER_DATE = (1980, 1, 1, 0, 0, 0)


def xml_safe(part: _Part) -> _Part:
    """Return ``part`` with every text in it fit for XML: no control character and no half one."""
    return type(part).model_validate(_sayable(part.model_dump()))


def _sayable(value: object) -> object:
    if isinstance(value, str):
        return _NO_CHARACTER.sub("\ufffd", clean(value).text)
    if isinstance(value, dict):
        return {name: _sayable(inner) for name, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return tuple(_sayable(inner) for inner in value)
    return value


def date_of(notes: Notes) -> datetime:
    """Return the date that a file says it was made on: that of the last answer, never that of the clock."""
    try:
        return datetime.fromisoformat((notes.session_date or "")[:10])
    except ValueError:
        return _UNDATED


def without_timestamps(data: bytes) -> bytes:
    """Return the zip archive ``data`` with the same members, none of them telling when it was packed."""
    packed = BytesIO()
    with ZipFile(BytesIO(data)) as before, ZipFile(packed, "w", ZIP_DEFLATED) as after:
        for name in before.namelist():
            member = ZipInfo(name, _MEMBER_DATE)
            member.compress_type = ZIP_DEFLATED
            after.writestr(member, before.read(name))
    return packed.getvalue()
