"""Heading view, the line on top: whose map, where we are, how far, and whether everything is saved."""

from __future__ import annotations

from rich.cells import cell_len
from textual.content import Content

from bsc_coach.conversation.time_words import is_behind, left_said
from bsc_coach.text import one_line, visible
from bsc_coach.tui.view_model import Snapshot
from bsc_coach.tui.views.text_fit import cut, plain, spread
from bsc_coach.tui.words import ui
from bsc_coach.words import say

GAP = " · "
LEAST_NAME = 8
"""Cells of the name of an organisation that always remain."""


def heading(now: Snapshot, width: int, *, saving: bool) -> Content:
    """Return the line on top, with less in it where there is less room.

    What is left out first is the part by its name, then by its number, then the time that is left; never that
    it is late, or what became of the answers. The name of the organisation keeps ``LEAST_NAME`` cells.
    """
    head, language = now.headline, now.language
    # What may be left out, from left to right, and in which order it goes.
    left = left_said(now.plan)
    parts = [(3, plain(left))] if left else []
    if head.section:
        number = say("agenda.part", language, number=head.part, of=head.parts)
        parts.insert(0, (1, plain(cut(head.section, 24), "bold")))
        parts.append((2, plain(number, "$muted")))
    kept = [_saved(now, saving=saving)]
    if now.clock is not None and is_behind(now.clock):
        kept.insert(0, plain(say("agenda.behind", language, n=now.clock.behind), "bold $warn"))
    if now.timer is not None:
        kept.insert(0, plain(now.timer.said, "bold $mark"))
    # As much of it as there is room for.
    least = min(_names(head.organisation, head.title, width).cell_length, LEAST_NAME)
    while True:
        shown = [*(part for _, part in parts), *kept]
        right = Content.assemble(Content(GAP).join(shown), " ")
        if not parts or right.cell_length + least + 1 <= width:
            return spread(_names(head.organisation, head.title, width - right.cell_length), right, width)
        parts.remove(min(parts, key=lambda part: part[0]))


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
