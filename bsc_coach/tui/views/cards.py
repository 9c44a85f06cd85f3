"""Card view of a point of the strategy map: border and sign say what it is to the one in focus."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content

from bsc_coach.tui.views.card_links import CAUSE, EFFECT, CardLinks, Role
from bsc_coach.tui.views.hyphenation import broken
from bsc_coach.tui.views.symbols import HERE, STATES
from bsc_coach.tui.views.text_fit import cut, plain
from bsc_coach.tui.words import ui

if TYPE_CHECKING:
    from bsc_coach.conversation.side_views import MapItem
    from bsc_coach.strategy.model import Horizon

HORIZONS: dict[Horizon, str] = {"short": "•", "medium": "••", "long": "•••"}
MOST_LINES = 5
"""Lines of a title; the whole of it stands below the map."""
ROOMY = 24
"""Cells of a card from which there is a blank at both sides of its text."""
FRAME = 2
"""Lines, and cells, that the border of a card takes."""


@dataclass(frozen=True)
class _Border:
    corners: str
    across: str
    beside: str


_BORDERS: dict[Role, _Border] = {
    "here": _Border("┏┓┗┛", "━", "┃"),
    "effect": _Border("╔╗╚╝", "═", "║"),
    "cause": _Border("┌┐└┘", "╌", "╎"),
    "both": _Border("╓╖╙╜", "─", "║"),
    "apart": _Border("╭╮╰╯", "─", "│"),
}
_BORDER_STYLES: dict[Role, str] = {
    "here": "$on-mark on $mark",
    "effect": "bold $team",
    "cause": "bold $good",
    "both": "bold $team",
    "apart": "$muted",
}
_TEXT_STYLES: dict[Role, str] = {"here": "$on-mark on $mark", "apart": "$muted"}
_SIGNS: dict[Role, str] = {"effect": EFFECT, "cause": CAUSE, "both": EFFECT + CAUSE}


def title_lines(item: MapItem, width: int, language: str) -> list[str]:
    """Return the title of a card of ``width`` cells, cut after a few lines."""
    beside = 2 if width >= ROOMY else 1
    return broken(item.title or ui("map.unnamed", language), width - FRAME - beside, MOST_LINES)


def card(
    item: MapItem, around: CardLinks, titles: Sequence[str], height: int, width: int, language: str
) -> list[Content]:
    """Return the ``height`` lines of a card, each ``width`` cells wide; ``titles`` are those of its title."""
    role = around.role_of(item.short)
    border, line = _BORDERS[role], _BORDER_STYLES[role]
    chosen = around.link is not None and around.other_end(around.link) == item.short
    sign = STATES.get(item.status, "")
    name = cut(f"{sign} {item.short}".strip(), width - FRAME - 2)
    top = _edge(border, 0, name, _told(role, chosen, language), width)
    marks = HORIZONS[item.horizon] if item.horizon is not None else ""
    links = _first_fit(_links(item), width - FRAME - 2 - (cell_len(marks) + 2 if marks else 0))
    side = Content.styled(border.beside, line)
    inside = [
        plain(f" {title}{' ' * max(width - FRAME - 1 - cell_len(title), 0)}", _TEXT_STYLES.get(role, "$ink"))
        for title in (*titles, *[""] * (height - FRAME - len(titles)))
    ]
    return [
        Content.styled(top, line),
        *(Content.assemble(side, text, side) for text in inside),
        Content.styled(_edge(border, 2, links, (marks,), width), line),
    ]


def _told(role: Role, chosen: bool, language: str) -> tuple[str, ...]:
    """Return what a card is to the one in focus, in a word and a sign, and shorter where room is short."""
    if role not in _SIGNS:
        return ("",)
    sign = (HERE if chosen else "") + _SIGNS[role]
    return (f"{sign} {ui(f'map.is_{role}', language)}", sign)


def _links(item: MapItem) -> tuple[str, ...]:
    """Return where a card leads and what causes it, the most telling first."""
    ends = [
        (sign, tuple(dict.fromkeys(shorts)))
        for sign, shorts in ((EFFECT, item.effects), (CAUSE, item.causes))
        if shorts
    ]
    return (
        "  ".join(f"{sign} {' '.join(shorts)}" for sign, shorts in ends),
        " ".join(f"{sign}{' '.join(shorts)}" for sign, shorts in ends),
        " ".join(f"{sign} ×{len(shorts)}" for sign, shorts in ends),
    )


def _edge(border: _Border, corner: int, left: str, rights: Sequence[str], width: int) -> str:
    """Return the upper or the lower border with words at its left, and at its right those that fit."""
    begin = f" {left} " if left else ""
    room = width - FRAME - cell_len(begin)
    right = _first_fit(rights, room - 2)
    end = f" {right} " if right else ""
    fill = border.across * max(room - cell_len(end), 0)
    return f"{border.corners[corner]}{begin}{fill}{end}{border.corners[corner + 1]}"


def _first_fit(texts: Sequence[str], room: int) -> str:
    return next((text for text in texts if cell_len(text) <= room), "")
