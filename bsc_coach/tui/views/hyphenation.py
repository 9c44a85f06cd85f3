"""Hyphenation of titles in narrow cards: long words broken with a hyphen where one may."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len

from bsc_coach.drawing.labels import hyphen_at, is_joint, may_part
from bsc_coach.text import one_line, visible

LEAST_ROOM = 4
_LEAST_PART = 3
"""Letters of a word that stay together."""


def broken(text: str, width: int, most: int) -> list[str]:
    """Return ``text`` in at most ``most`` lines of ``width`` cells, with an ellipsis where it was cut."""
    room = max(width, LEAST_ROOM)
    shown = visible(one_line(text))
    begin = shown[: room * most * 2]  # more never fits, but for signs that take no cell
    lines = [""]
    for word in begin.split():
        for part in _parts(word, room):
            longer = f"{lines[-1]} {part}".lstrip()
            if cell_len(longer) <= room:
                lines[-1] = longer
            else:
                lines.append(part)
    if len(lines) <= most and begin == shown:
        return lines
    last = lines[:most][-1]
    while cell_len(last) >= room:
        last = last[:-1]
    return [*lines[: most - 1], f"{last.rstrip(' -')}…"]


def _parts(word: str, room: int) -> Iterator[str]:
    """Yield a word, or what it is broken into where it is wider than a line."""
    while cell_len(word) > room:
        fits = [at for at in range(1, len(word)) if cell_len(word[:at]) < room and may_part(word, at)]
        inside = [at for at in fits if _LEAST_PART <= at <= len(word) - _LEAST_PART]
        good = [at for at in inside if not hyphen_at(word, at) or is_joint(word, at)]
        hyphens = [at for at in good if word[at - 1] == "-"]
        at = (hyphens or good or fits or [1])[-1]
        yield word[:at] + hyphen_at(word, at)
        word = word[at:]
    yield word
