"""Conflict marks of git: the two versions of a text that it could not put together line by line."""

from __future__ import annotations

from typing import Literal

_MARKS: dict[str, Literal["ours", "base", "theirs", "both"]] = {
    "<<<<<<<": "ours",
    "|||||||": "base",
    "=======": "theirs",
    ">>>>>>>": "both",
}
_LENGTH = 7


def versions_in(text: str) -> tuple[str, str] | None:
    """Return the two versions of a text with conflict marks in it, ours first; None where there are none.

    The marks must come in their order: a line of equals signs alone is a line.
    """
    ours: list[str] = []
    theirs: list[str] = []
    part: Literal["ours", "base", "theirs", "both"] = "both"
    found = False
    follows = {"both": ("ours",), "ours": ("base", "theirs"), "base": ("theirs",), "theirs": ("both",)}
    for line in text.splitlines(keepends=True):
        mark = _MARKS.get(line[:_LENGTH]) if line[_LENGTH : _LENGTH + 1] in ("", " ", "\n", "\r") else None
        if mark is not None and mark in follows[part]:
            part, found = mark, True
            continue
        if part in ("ours", "both"):
            ours.append(line)
        if part in ("theirs", "both"):
            theirs.append(line)
    return ("".join(ours), "".join(theirs)) if found and part == "both" else None
