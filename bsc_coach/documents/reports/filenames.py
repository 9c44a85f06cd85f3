"""File names made from people's words: safe on every system, and the same each time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from bsc_coach.text import without_accents

LONGEST = 60
"""Characters of a file name, ending included."""
_ROOM_FOR_NUMBER = 6
_OTHERS = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i"}
"""Letters that are not a plain letter with a mark."""
_NOT_IN_NAMES = re.compile("[^a-z0-9]+")
_DEVICE = re.compile(r"con|prn|aux|nul|(com|lpt)[0-9]")
"""Windows takes these for devices, whatever ending they have."""


def stem_of(words: str, fallback: str) -> str:
    """Return ``words`` as the stem of a file name: a-z, 0-9 and hyphens, ``fallback`` where none is left."""
    plain = "".join(_OTHERS.get(letter, letter) for letter in words.casefold())
    stem = _NOT_IN_NAMES.sub("-", without_accents(plain).casefold()).strip("-")
    if not re.search("[a-z]", stem) or _DEVICE.fullmatch(stem):
        stem = f"{fallback}-{stem}".strip("-")
    return stem


def file_names(
    words: Iterable[str], ending: str, *, fallback: str, taken: Iterable[str] = ()
) -> Mapping[str, str]:
    """Return a file name with ``ending`` for each of ``words``; what would be equal gets a number.

    ``taken`` are names that are in use already. The order of ``words`` does not matter.
    """
    used, names = set(taken), {}
    for one in sorted(set(words)):
        stem = stem_of(one, fallback)[: LONGEST - len(ending) - _ROOM_FOR_NUMBER].strip("-")
        name, number = stem + ending, 1
        while name in used:
            number += 1
            name = f"{stem}-{number}{ending}"
        used.add(name)
        names[one] = name
    return names
