"""Status bars of the session screen: heading, trouble, what is pinned, and the keys that act now."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual.content import Content

from bsc_coach.tui.view_model import Snapshot
from bsc_coach.tui.views.heading import heading
from bsc_coach.tui.views.text_fit import cut, plain, shares, wrapped
from bsc_coach.tui.widgets.line_view import LineView

Hint = tuple[str, str]
"""A key and what it does."""


class Bar(LineView):
    """Lines that never scroll."""

    DEFAULT_CSS = "Bar { overflow-y: hidden; scrollbar-gutter: auto; }"


class HeadingLine(Bar):
    """The line on top."""

    now: Snapshot | None = None
    saving = False

    def lines(self, width: int) -> Sequence[Content]:
        """Return the one line."""
        return () if self.now is None else (heading(self.now, width, saving=self.saving),)


class Banner(Bar):
    """Words that must not be overlooked; takes no room while there are none."""

    text = ""

    def show(self, text: str) -> None:
        """Show words, or nothing."""
        if text != self.text:
            self.text = text
            self.set_class(bool(text), "shown")
            self.redraw()

    def lines(self, width: int) -> Sequence[Content]:
        """Return the words, wrapped."""
        return wrapped(self.text, width, style="bold", first=Content(" ! ")) if self.text else ()


class PinnedLine(Bar):
    """What every process question is about."""

    label = ""
    parts: tuple[str, ...] = ()

    def show(self, label: str, parts: tuple[str, ...]) -> None:
        """Show what is pinned, or take no room."""
        if (label, parts) != (self.label, self.parts):
            self.label, self.parts = label, parts
            self.set_class(bool(parts), "shown")
            self.redraw()

    def lines(self, width: int) -> Sequence[Content]:
        """Return the one line; where it is too long, the longest parts give way first."""
        room = width - cell_len(self.label) - 3 - 3 * max(len(self.parts) - 1, 0)
        widths = shares([cell_len(part) for part in self.parts], room)
        text = " · ".join(cut(part, share) for part, share in zip(self.parts, widths, strict=True))
        line = Content.assemble((f" {self.label} ", "$muted"), plain(text, "$team"))
        return (line.truncate(width, ellipsis=True),)


class HintLine(Bar):
    """The keys that act now, as many as there is room for."""

    hints: Sequence[Hint] = ()

    def show(self, hints: Sequence[Hint]) -> None:
        """Show keys."""
        if hints != self.hints:
            self.hints = hints
            self.redraw()

    def lines(self, width: int) -> Sequence[Content]:
        """Return the one line."""
        parts: list[Content] = []
        used = 1
        for key, what in self.hints:
            size = cell_len(key) + 1 + cell_len(what) + 3
            if used + size > width:
                break
            used += size
            parts.append(Content.assemble((key, "bold $mark"), " ", plain(what, "$muted")))
        return (Content.assemble(" ", Content("   ").join(parts)),)
