"""Heading view, the line on top: whose map, where we are, how far, and whether everything is saved."""

from __future__ import annotations

from rich.cells import cell_len
from textual.content import Content

from bsc_coach.conversation.time_words import left_said
from bsc_coach.text import one_line, visible
from bsc_coach.tui.view_model import Snapshot
from bsc_coach.tui.views.text_fit import cut, plain, spread
from bsc_coach.tui.words import ui

GAP = "  ·  "


def heading(now: Snapshot, width: int, *, saving: bool) -> Content:
    """Return the line on top, with less in it where there is less room."""
    head, language = now.headline, now.language
    parts: list[Content] = []
    if width >= 60 and head.section:
        parts.append(plain(cut(head.section, 24), "bold"))
    if width >= 40:
        parts.append(plain(left_said(now.plan)))
    if width >= 100 and head.minutes_planned:
        spent, planned = round(head.minutes_elapsed), round(head.minutes_planned)
        parts.append(plain(ui("header.minutes", language, spent=spent, planned=planned), "$muted"))
    parts.append(_saved(now, saving=saving))
    right = Content.assemble(Content(GAP).join(parts), " ")
    return spread(_names(head.organisation, head.title, width - right.cell_length), right, width)


def _names(organisation: str, title: str, room: int) -> Content:
    """Return whose session it is, and with which script where there is room for all of that."""
    both = GAP.join(name for name in (organisation, title) if name)
    fits = cell_len(visible(one_line(both))) + 3 <= room
    return plain(f" {one_line(both if fits else organisation or title)}", "bold")


def _saved(now: Snapshot, *, saving: bool) -> Content:
    if saving:
        return plain(ui("header.saving", now.language), "bold $mark")
    if now.trouble is not None:
        return plain(ui("header.not_saved", now.language, n=now.unsaved), "bold $warn")
    if now.read_only:
        return plain(ui("header.read_only", now.language), "bold")
    if not now.saved_at:
        return plain(ui("header.empty", now.language), "$muted")
    return plain(ui("header.saved", now.language, time=now.saved_at), "$muted")
