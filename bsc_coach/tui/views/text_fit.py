"""Text wrapping and truncation to a width, measured in cells of the terminal and never in characters."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual.content import Content

from bsc_coach.text import one_line, visible

BLANK = Content("")
SPEAKER = 7
"""Cells before the words of whoever speaks, everywhere in the conversation."""
MEASURE = 76
"""Characters of a line of text at most: longer ones are hard to read, however wide the screen is."""
LEAST_ITEM = 6
"""Cells that are left of an item's name before the name of the step is cut too."""


def plain(text: str, style: str = "") -> Content:
    """Return a text of a person as it stands: nothing in it is read as markup, nothing is invisible."""
    return Content.styled(visible(text), style)


def cut(text: str, width: int) -> str:
    """Return ``text`` on one line of at most ``width`` cells, with an ellipsis where it was cut."""
    line = visible(one_line(text))
    if cell_len(line) <= width:
        return line
    kept, used = [], 0
    for character in line:
        used += cell_len(character)
        if used > width - 1:
            break
        kept.append(character)
    return "".join(kept).rstrip() + "…" if width > 0 else ""


def cut_name(name: str, width: int) -> str:
    """Return the name of an answer in ``width`` cells: the item before the last point gives way first."""
    item, point, step = visible(one_line(name)).rpartition(" · ")
    room = width - cell_len(step) - cell_len(point)
    return f"{cut(item, room)}{point}{step}" if point and room >= LEAST_ITEM else cut(name, width)


def shares(wanted: Sequence[int], room: int) -> list[int]:
    """Return how many cells of ``room`` each text gets: no more than it wants, the rest fairly shared."""
    given = [0] * len(wanted)
    left = max(room, 0)
    for place, index in enumerate(sorted(range(len(wanted)), key=lambda index: wanted[index])):
        given[index] = min(wanted[index], left // (len(wanted) - place))
        left -= given[index]
    return given


def fitted(text: str, width: int) -> str:
    """Return ``text`` cut or filled up to exactly ``width`` cells."""
    line = cut(text, width)
    return line + " " * (width - cell_len(line))


def wrapped(
    text: str, width: int, *, style: str = "", first: Content = BLANK, rest: int | None = None
) -> list[Content]:
    """Return ``text`` in lines of at most ``width`` cells, with ``first`` before the first line.

    The other lines are indented by ``rest`` cells, as far as ``first`` reaches unless told otherwise.
    """
    indent = first.cell_length if rest is None else rest
    room = max(width - max(indent, first.cell_length), 4)
    lines = plain(text, style).wrap(room) or [BLANK]
    return [
        Content.assemble(first if number == 0 else " " * indent, line) for number, line in enumerate(lines)
    ]


def spread(left: Content, right: Content, width: int) -> Content:
    """Return one line with ``left`` at its start and ``right`` at its end; ``left`` is cut for it."""
    room = width - right.cell_length
    if left.cell_length > room - 1:
        left = left.truncate(max(room - 1, 0), ellipsis=True)
    return Content.assemble(left, " " * max(width - left.cell_length - right.cell_length, 0), right)


def barred(line: Content, width: int, style: str = "$on-mark on $mark") -> Content:
    """Return ``line`` as a bar over the whole width: where one is, visible without colour by its shade."""
    bare = line.without_spans.truncate(width, ellipsis=True)
    return Content.styled(bare.plain + " " * (width - bare.cell_length), style)
