"""Console view: what only the driver sees beside the talk: time, what comes next, silent seats, notes."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content

from bsc_coach.conversation.console import ConsoleView
from bsc_coach.tui.views.text_fit import BLANK, plain, wrapped
from bsc_coach.words import say


def console_lines(view: ConsoleView, width: int, language: str) -> list[Content]:
    """Return the lines of the console."""

    def part(key: str, rows: Iterable[tuple[str, str]], empty: str = "") -> list[Content]:
        lines = [line for mark, row in rows for line in wrapped(row, width, first=plain(mark, "$mark"))]
        if not lines:
            lines = wrapped(empty, width, style="$muted")
        return [plain(say(f"wall.console.{key}", language), "bold $coach"), *lines, BLANK]

    lines = part("clock", [("", view.clock)]) if view.clock else []
    numbered = ((f"{number} ", name) for number, name in enumerate(view.following, start=1))
    lines += part("next", numbered, say("wall.console.nothing_next", language))
    if view.silent is not None:
        rows = (("", name) for name in view.silent)
        lines += part("silent", rows, say("wall.console.nobody_silent", language))
    notes = ((f"{time}  ", text) for time, text in view.notes)
    return lines + part("notes", notes, say("wall.note.none", language))
