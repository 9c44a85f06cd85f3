"""Table and card views of a question: every field with how it stands, the one that is asked marked."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual.content import Content

from bsc_coach.conversation.prompt import Cell, QuestionTable, TableRow
from bsc_coach.tui.views.symbols import CELL_STYLES, CELLS, HERE
from bsc_coach.tui.views.text_fit import BLANK, barred, cut, fitted, plain, shares
from bsc_coach.tui.words import ui

MOST_NAME = 24
LEAST_ROW_NAME = 14
LEAST_COLUMN, MOST_COLUMN, MOST_HEAD = 8, 40, 14


def window(lines: Sequence[Content], focus: int, room: int, language: str) -> tuple[list[Content], int]:
    """Return at most ``room`` lines around ``focus``, saying how many are above and below."""
    if len(lines) <= room:
        return list(lines), focus
    inner = max(room - 2, 1)
    start = max(0, min(focus - inner // 2, len(lines) - inner))
    shown = list(lines[start : start + inner])
    before, behind = start, len(lines) - start - inner
    above = [plain(ui("question.above", language, n=before), "$muted")] if before else []
    below = [plain(ui("question.below", language, n=behind), "$muted")] if behind else []
    return [*above, *shown, *below], focus - start + len(above)


def card_lines(cells: Sequence[Cell], width: int, room: int, language: str) -> tuple[list[Content], int]:
    """Return a card: a line a field, and the line of the one that is asked."""
    name_width = min(max((cell_len(cell.name) for cell in cells), default=0), MOST_NAME, width // 3)
    lines, focus = [], 0
    for number, cell in enumerate(cells):
        if cell.here:
            focus = number
        style = "bold" if cell.here else ("$muted" if cell.status in ("open", "waiting") else "")
        line = Content.assemble(
            ("   " + (HERE if cell.here else " "), "$mark"),
            " ",
            (CELLS[cell.status], CELL_STYLES[cell.status]),
            " ",
            plain(fitted(cell.name, name_width), style),
            "  ",
            plain(cut(cell.answer, max(width - name_width - 10, 4)), "$team"),
        )
        lines.append(barred(line, width) if cell.here else line)
    return window(lines, focus, room, language)


def grid_lines(grid: QuestionTable, width: int, room: int, language: str) -> tuple[list[Content], int]:
    """Return a table with its head, and the line of the row that is asked."""
    widths = _columns(grid, width)
    head = [plain(f"    {cut(grid.title, width - 4)}", "bold $coach")] if grid.title else []
    names = "  ".join(fitted(name, w) for name, w in zip(("", *grid.columns), widths, strict=True))
    head.append(plain(f"    {names}"[:width], "$muted"))
    lines = [_row(row, widths) for row in grid.rows]
    focus = next((at for at, row in enumerate(grid.rows) if any(c and c.here for c in row.cells)), 0)
    shown, focus = window(lines, focus, max(room - len(head), 3), language)
    return [*head, *shown], focus + len(head)


def _columns(grid: QuestionTable, width: int) -> list[int]:
    """Return the widths of the columns.

    Answers are shown whole before names are, which their short id tells too; where there is no room for all,
    the longest answers give way first.
    """
    wanted = []
    for number, name in enumerate(grid.columns):
        cells = [cell for row in grid.rows if (cell := row.cells[number]) is not None]
        longest = max((cell_len(_told(cell)) for cell in cells), default=0)
        wanted.append(max(min(longest + 2, MOST_COLUMN), min(cell_len(name), MOST_HEAD), LEAST_COLUMN))
    free = width - 4 - 2 * len(wanted)
    names = max((cell_len(row.name) for row in grid.rows), default=0)
    first = max(min(names, free - sum(wanted)), min(names, LEAST_ROW_NAME, free // 3), 6)
    return [first, *(max(given, 4) for given in shares(wanted, free - first))]


def _row(row: TableRow, widths: Sequence[int]) -> Content:
    here = any(cell is not None and cell.here for cell in row.cells)
    parts = [
        Content.assemble((f"  {HERE if here else ' '} ", "$mark")),
        plain(fitted(row.name, widths[0]), "bold" if here else ""),
    ]
    for cell, width in zip(row.cells, widths[1:], strict=True):
        parts += [Content("  "), _cell(cell, width)]
    return Content("").join(parts) if parts else BLANK


def _cell(cell: Cell | None, width: int) -> Content:
    if cell is None:
        return plain(" " * width)
    text = fitted(_told(cell), width - 2)
    if cell.here:
        return plain(f"[{text}]", "$on-mark on $mark")
    return plain(f" {text} ", "$team" if cell.status == "answered" else CELL_STYLES[cell.status])


def _told(cell: Cell) -> str:
    """Return what stands in a cell: how it stands where that is not answered, and the answer."""
    return cell.answer if cell.status == "answered" else f"{CELLS[cell.status]} {cell.answer}"
