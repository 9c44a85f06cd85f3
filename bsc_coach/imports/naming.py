"""Names as they stand in cells: with an id, number or bullet before them, one or several in a cell."""

from __future__ import annotations

import re

from bsc_coach.text import one_line

_ID_BEFORE = re.compile(r"\A((?:O|CM|I|S|F|C|L|M|N|SO|SD|G|TH)\d{1,3}(?:\.\d{1,3})?)[\s:.\-–]+(?=\S)")
"""Ids of our own, and those that plans give to aims; CO2 and NPS3 are words."""
_MARK_BEFORE = re.compile(
    r"\A\s*(?:[-*•·▪–]\s+|\(?\d{1,2}(?:\.\d{1,2})*[.)]\s+|\(?\d{1,2}(?:\.\d{1,2})+\s+|[A-Za-z][.)]\s+)(?=\S)"
)


def title_in(text: str) -> str:
    """Return the name of something on one line, without the number or bullet before it."""
    return one_line(_MARK_BEFORE.sub("", without_id(text)[0]))


def without_id(text: str) -> tuple[str, str]:
    """Return a title without the id before it, and the id: "F1 Fund our own renewal"."""
    found = _ID_BEFORE.match(text.strip())
    return (text.strip()[found.end() :], found[1]) if found is not None else (text, "")


def pieces_in(text: str) -> list[str]:
    """Return the things in one cell: its lines where each has a bullet or number, else all of it as one."""
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) > 1 and all(_MARK_BEFORE.match(line) for line in lines):
        return [unmarked(line) for line in lines]
    parts = [part.strip() for part in text.split("; ")]
    if all(_ID_BEFORE.match(part) for part in parts):
        return parts
    return [unmarked(text)]


def unmarked(text: str) -> str:
    """Return a text on one line, without the number or bullet before it."""
    return one_line(_MARK_BEFORE.sub("", text))
