"""Markdown view: a document in lines, read just far enough to look like paper."""

from __future__ import annotations

import re

from rich.cells import cell_len
from textual.content import Content

from bsc_coach.tui.views.text_fit import BLANK, fitted, plain, wrapped
from bsc_coach.tui.words import ui

_ESCAPED = re.compile(r"\\([\\`*_\[\]<>|~&#+\-=.)!])")
_STRONG = re.compile(r"(?<!\\)\*\*(.+?)(?<!\\)\*\*")
_BREAK = re.compile(r"<br ?/?>")
_BULLET = re.compile(r"( *)(?:[-*+]|\d+\.) +(.*)")
LEAST_COLUMN = 6
FENCE = "```"
"""Around what Markdown readers draw; no text of a person begins a line so."""


def document_lines(markdown: str, width: int, language: str) -> list[Content]:
    """Return a document in lines of ``width`` cells; where it holds a drawing, a line says so."""
    lines: list[Content] = []
    table: list[str] = []
    drawing = False
    for line in [*markdown.split("\n"), ""]:
        if line.startswith(FENCE):
            drawing = not drawing
            lines += wrapped(ui("document.drawing", language), width, style="$muted") if drawing else []
            continue
        if drawing:
            continue
        if line.startswith("|"):
            table.append(line)
            continue
        if table:
            lines += _table(table, width)
            table = []
        lines += _line(line, width)
    while lines and not lines[-1].plain.strip():
        lines.pop()
    return lines


def _bare(text: str) -> str:
    """Return a text without the signs that only Markdown needs."""
    return _ESCAPED.sub(r"\1", _BREAK.sub(" ", text))


def _line(line: str, width: int) -> list[Content]:
    if not line.strip():
        return [BLANK]
    if line.startswith("#"):
        level = len(line) - len(line.lstrip("#"))
        style = "bold $coach" if level <= 2 else "bold"
        heading = wrapped(_bare(line[level:].strip()), width, style=style)
        return [*heading, plain("─" * width, "$rule")] if level == 1 else heading
    if line.startswith("> "):
        return wrapped(_inline(line[2:]), width, style="$team", first=Content.styled("│ ", "$rule"))
    if found := _BULLET.fullmatch(line):
        indent = " " * len(found[1])
        return wrapped(_inline(found[2]), width, first=Content(f"{indent}• "))
    return wrapped(_inline(line), width)


def _inline(text: str) -> str:
    return _bare(_STRONG.sub(r"\1", text))


def _table(rows: list[str], width: int) -> list[Content]:
    """Return a table as columns where they fit, else as a block of lines a row."""
    cells = [[_inline(cell.strip()) for cell in _split(row)] for row in rows]
    if len(cells) < 2:
        return [line for row in cells for line in wrapped("  ".join(row), width)]
    head, body = cells[0], cells[2:]
    widths = _widths([head, *body], width)
    if widths is None:
        return _blocks(head, body, width)
    lines = [plain("  ".join(fitted(text, w) for text, w in zip(head, widths, strict=False)), "bold $muted")]
    for row in body:
        columns = [wrapped(text, w) for text, w in zip(row, widths, strict=False)]
        for at in range(max(len(column) for column in columns)):
            parts = [
                fitted(column[at].plain if at < len(column) else "", w)
                for column, w in zip(columns, widths, strict=False)
            ]
            lines.append(plain("  ".join(parts).rstrip()))
    return lines


def _split(row: str) -> list[str]:
    return re.split(r"(?<!\\)\|", row.strip().strip("|"))


def _widths(rows: list[list[str]], width: int) -> list[int] | None:
    """Return how wide the columns are; None where they would be too narrow to read."""
    count = len(rows[0])
    room = width - 2 * (count - 1)
    wanted = [max(cell_len(row[at]) if at < len(row) else 0 for row in rows) for at in range(count)]
    if sum(wanted) <= room:
        return wanted
    fair = room // count
    if fair < 12:
        return None
    small = [min(one, fair) for one in wanted]
    rest = room - sum(small)
    greedy = [one > fair for one in wanted]
    return [
        one + (rest // (sum(greedy) or 1) if more else 0) for one, more in zip(small, greedy, strict=True)
    ]


def _blocks(head: list[str], body: list[list[str]], width: int) -> list[Content]:
    lines: list[Content] = []
    for row in body:
        named = [cell for cell in row if cell]
        lines += wrapped(" ".join(named[:2]), width, first=Content("• "))
        for name, cell in list(zip(head, row, strict=False))[2:]:
            if cell:
                lines += wrapped(f"{name}: {cell}", width, style="$muted", first=Content("    "))
    return lines
