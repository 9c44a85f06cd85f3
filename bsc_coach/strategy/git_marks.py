"""Conflict marks of git: a text in which it left two versions that it could not put together line by line."""

from __future__ import annotations

import re

_MARKS = re.compile(r"^<{7}( .*)?$.*?^={7}$.*?^>{7}( .*)?$", re.MULTILINE | re.DOTALL)


def has_git_marks(text: str) -> bool:
    """Tell whether git left two versions in a text. Its marks come in their order, each on its own line."""
    return _MARKS.search(text.replace("\r\n", "\n")) is not None
