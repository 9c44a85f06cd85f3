"""Wall view: the question in calm lines, the list or the choices, the count of ballots, map and timer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content

from bsc_coach.conversation.room_view import ResultLine, RoundResult, WallView
from bsc_coach.conversation.side_views import MapBand
from bsc_coach.tui.views.card_links import links_around
from bsc_coach.tui.views.large_map import large_map
from bsc_coach.tui.views.small_map import wall_map
from bsc_coach.tui.views.text_fit import BLANK, MEASURE, cut, fitted, plain, spread, wrapped
from bsc_coach.words import say

LEAST_BESIDE = 72
"""Cells of a wall from which something stands at the right of the question."""
LEAST_RIGHT, MOST_RIGHT = 30, 110
LEAST_CARDS = 80
"""Cells from which the map is drawn as cards, where all of it fits."""
LEAST_MAP = 8
"""Lines that a map needs to tell anything."""
QR_STYLE = "#000000 on #ffffff"
"""Whatever the theme: a camera wants black on white."""
GAP = 3
MARGIN = 2
"""Cells at both sides: what stands at the very edge of a beamer is cut off."""
ABOVE = 2
"""Lines of the heading, with the blank one below it."""


@dataclass(frozen=True)
class WallPicture:
    """All that a screen of the wall shows."""

    view: WallView
    bands: Sequence[MapBand] = ()
    qr: Sequence[str] = ()
    """The address as lines of a QR code."""
    told: str = ""
    """A sentence at the foot: that the driver has left, that the folder is gone."""
    timer: str = ""
    """How the timer stands, in words."""


def wall_lines(picture: WallPicture, width: int, height: int) -> list[Content]:
    """Return the ``height`` lines of a wall, each at most ``width`` cells wide."""
    view, inner = picture.view, max(width - 2 * MARGIN, 8)
    foot = wrapped(picture.told, inner, style="$muted") if picture.told else []
    room = max(height - ABOVE - len(foot) - 1, 1)
    right_width = _right_width(picture, inner)
    right = _right(picture, right_width, room) if right_width else []
    left_width = inner - right_width - GAP if right else inner
    left = _left(view, left_width, room)
    lines = [_heading(picture, inner), BLANK]
    for number in range(room):
        at_left = left[number] if number < len(left) else BLANK
        if number < len(right):
            at_left = Content.assemble(at_left.pad_right(max(left_width + GAP - at_left.cell_length, 0)))
            lines.append(Content.assemble(at_left, right[number]))
        else:
            lines.append(at_left)
    lines += [BLANK, *foot]
    return [Content.assemble(" " * MARGIN, line) if line.cell_length else BLANK for line in lines[:height]]


def _heading(picture: WallPicture, width: int) -> Content:
    """Return whose session it is, and how the timer stands."""
    return spread(plain(cut(picture.view.title, width), "$muted"), plain(picture.timer, "bold $mark"), width)


# At the left: the question


def _left(view: WallView, width: int, room: int) -> list[Content]:
    """Return the question, and below it as much of what belongs to it as there is room for."""
    measure = min(width, MEASURE)
    lines = [BLANK] * (room // 12)
    if view.section:
        lines += wrapped(view.section, measure, style="$muted")
    if view.round is None and view.named:
        lines += wrapped(view.named, measure, style="bold $team")
    asked = view.round.ask if view.round is not None else view.ask
    if view.ended:
        asked = say("wall.ended", view.language)
    if asked:
        lines += [*wrapped(asked, measure, style="bold"), BLANK]
    if view.hint:
        lines += [*wrapped(view.hint, measure, style="$muted"), BLANK]
    below = _round_lines(view, measure)
    rest = room - len(lines) - len(below)
    for part in (
        _result_lines(view.result, measure, view.language),
        _voted_on(view),
        _options(view),
        _items(view),
    ):
        if part and rest > 1:
            shown = _fitting(part, measure, rest, view.language)
            lines += shown
            rest -= len(shown)
    return [*lines, *below][:room]


def _round_lines(view: WallView, width: int) -> list[Content]:
    """Return who can see what of the round that is open, and how many are in."""
    if view.round is None:
        return []
    language = view.language
    lines = [BLANK, *wrapped(say(f"wall.names.{view.round.names}", language), width, style="$muted")]
    key = "wall.in_of" if view.seats else "wall.in"
    said = say(key, language, n=view.handed_in, of=view.seats)
    return [*lines, *wrapped(said, width, style="bold $mark")]


_Row = tuple[str, str]
"""What stands before a line, and the line."""


def _options(view: WallView) -> list[_Row]:
    """Return what can be chosen, or answered by everybody to what is voted on."""
    return list(view.options) if view.round is None else list(view.round.answers)


def _items(view: WallView) -> list[_Row]:
    return list(view.items)


def _voted_on(view: WallView) -> list[_Row]:
    """Return what is voted on, each thing once."""
    lines = () if view.round is None else view.round.lines
    return [("", about) for about in dict.fromkeys(line.about for line in lines if line.about)]


def _result_lines(result: RoundResult | None, width: int, language: str) -> list[_Row]:
    """Return what a closed round came to."""
    if result is None:
        return []
    rows = [("", text) for text in result.texts]
    rows += [(line.mean, _result_said(line, language)) for line in result.lines]
    return rows + [("", f"“{sentence}”") for sentence in result.sentences]


def _result_said(line: ResultLine, language: str) -> str:
    said = " · ".join(part for part in (line.about, line.ask) if part)
    bars = "  ".join(f"{answer}: {count}" for answer, count in line.bars)
    named = ", ".join(f"{name} {answer}" for name, answer in line.named)
    count = say("wall.ballots", language, n=line.n)
    return "  ".join(part for part in (said, f"({count})", bars, named) if part)


def _fitting(rows: Sequence[_Row], width: int, room: int, language: str) -> list[Content]:
    """Return rows in at most ``room`` lines; of a list that is longer the last ones, which are new."""
    before = max((len(mark) for mark, _ in rows), default=0)
    blocks = [
        wrapped(text, width, first=plain(f"{fitted(mark, before)}  ", "$mark") if before else BLANK)
        for mark, text in rows
    ]
    if sum(map(len, blocks)) <= room:
        return [line for block in blocks for line in block]
    shown: list[Content] = []
    left = len(blocks)
    while left and len(shown) + len(blocks[left - 1]) < room:
        left -= 1
        shown[:0] = blocks[left]
    return [plain(say("wall.more", language, n=left), "$muted"), *shown]


# At the right: the map, and how to join


def _right_width(picture: WallPicture, inner: int) -> int:
    """Return how wide what stands at the right is; 0 where there is nothing, or no room."""
    if inner < LEAST_BESIDE or not (picture.bands or picture.qr):
        return 0
    wanted = max(inner * 2 // 5 if inner < 2 * LEAST_CARDS else inner // 2, LEAST_RIGHT)
    return min(max(wanted, *(len(line) for line in picture.qr)) if picture.qr else wanted, MOST_RIGHT)


def _right(picture: WallPicture, width: int, room: int) -> list[Content]:
    """Return the map above the QR code; where both have no room, the code, since without it nobody joins."""
    view = picture.view
    joining: list[Content] = []
    if view.address:
        joining = [plain(line, QR_STYLE) for line in picture.qr]
        joining += [plain(cut(view.address, width), "bold")]
    above = room - len(joining) - (1 if joining else 0)
    if not picture.bands or above < LEAST_MAP:
        return joining[:room]
    lines = _map(picture, width, above)
    return [*lines[:above], *([BLANK, *joining] if joining else [])]


def _map(picture: WallPicture, width: int, room: int) -> list[Content]:
    """Return the map as cards where all of it fits, else line by line."""
    if width >= LEAST_CARDS:
        cards = large_map(picture.bands, links_around("", ()), width, picture.view.language).lines
        if len(cards) <= room:
            return list(cards)
    return wall_map(picture.bands, width, room, picture.view.language)
