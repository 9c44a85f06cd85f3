"""Strategy map view for the side panel: a line a point."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from bsc_coach.tui.views.symbols import STATE_STYLES, STATES
from bsc_coach.tui.views.text_fit import BLANK, cut, fitted, plain, wrapped
from bsc_coach.tui.words import ui

if TYPE_CHECKING:
    from bsc_coach.conversation.side_views import Balance, MapBand, MapGroup, MapItem

BAR = "▇"


def small_map(
    bands: Sequence[MapBand], balance: Balance, width: int, room: int, language: str
) -> list[Content]:
    """Return the growing map for the side panel, and under it how balanced it is.

    Titles are whole as long as all of it fits into ``room`` lines, else a line each.
    """
    balanced = balance_lines(balance, width, language)
    lines = [*_bands(bands, width, language, whole=True), *balanced]
    return lines if len(lines) <= room else [*_bands(bands, width, language, whole=False), *balanced]


def wall_map(bands: Sequence[MapBand], width: int, room: int, language: str) -> list[Content]:
    """Return the growing map for the wall; titles are whole as long as all of it fits into ``room`` lines."""
    lines = _bands(bands, width, language, whole=True)
    return lines if len(lines) <= room else _bands(bands, width, language, whole=False)


def _bands(bands: Sequence[MapBand], width: int, language: str, *, whole: bool) -> list[Content]:
    lines: list[Content] = []
    for band in bands:
        lines.append(plain(cut(band.title.upper(), width), "bold $coach"))
        for group in band.groups:
            lines += _small_group(group, width, language, whole=whole)
        lines.append(BLANK)
    return lines


def _small_group(group: MapGroup, width: int, language: str, *, whole: bool) -> list[Content]:
    lines = []
    if group.title:
        lines.append(plain(f" {cut(group.title, width - 1)}", "bold" if group.items else "$muted"))
    for item in group.items:
        lines += _item_lines(item, width, whole=whole)
    if not group.items and group.empty_because:
        lines += wrapped(
            ui("map.empty", language, reason=group.empty_because), width, style="$muted", first=Content("  ")
        )
    elif not group.items and not group.title:
        lines.append(plain(" ·", "$muted"))
    return lines


def _item_lines(item: MapItem, width: int, *, whole: bool) -> list[Content]:
    """Return a point of the map: state, short id, title, on one line or on as many as that takes."""
    sign, style = STATES.get(item.status, ""), STATE_STYLES.get(item.status, "")
    state = Content.styled(f"{sign} ".lstrip(), style)
    left = Content.assemble(state, plain(fitted(item.short, 4), "$mark"))
    return wrapped(item.title if whole else cut(item.title, width - left.cell_length), width, first=left)


def balance_lines(balance: Balance, width: int, language: str) -> list[Content]:
    """Return how the map is spread, in words and small bars."""
    said = [plain(ui("map.clusters", language, n=balance.clusters), "$muted")]
    if balance.objectives:
        parts = (
            (ui(f"map.{name}", language), getattr(balance, name)) for name in ("short", "medium", "long")
        )
        bars = "  ".join(f"{label} {BAR * min(n, 8)}{n}" for label, n in parts)
        said.append(plain(cut(bars, width), "$muted"))
    if balance.leading and balance.objectives:
        named = " + ".join(balance.leading)
        told = ui("map.leading", language, clusters=named, n=balance.in_leading, all=balance.objectives)
        style = "$muted" if balance.in_leading else "$warn"
        said += wrapped(told, width, style=style)
    if balance.kpis:
        text = ui("map.kpis", language, n=balance.kpis, lead=balance.lead, lag=balance.lag)
        said.append(plain(cut(text, width), "$muted"))
    for name in ("unlinked", "unmeasured"):
        if number := getattr(balance, name):
            said.append(plain(cut(ui(f"map.{name}", language, n=number), width), "$warn"))
    return said
