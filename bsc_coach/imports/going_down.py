"""Groups that are written once, with blanks below them: what a blank cell goes on with."""

from __future__ import annotations

from itertools import pairwise

from bsc_coach.imports.cells import said_in
from bsc_coach.imports.workbook import Sheet


def goes_down(sheet: Sheet, first: int, row: int, at: int) -> bool:
    """Tell whether a blank cell goes on with what stands above it.

    Where nothing is merged it does. Where groups are merged, a blank says that there is none, unless more
    groups of the column were left unmerged with blanks below them; merged cells end where they end.
    """
    merged = [(top, bottom) for (top, left), (bottom, _) in sheet.merged
              if left == at and bottom > top >= first]  # fmt: skip
    if not merged:
        return True
    filled = [one for one in range(first, row + 1) if said_in(sheet.value(one, at))]
    if filled and any(top == filled[-1] for top, _ in merged):
        return False
    in_merged = {one for top, bottom in merged for one in range(top, bottom + 1)}
    rows = [one for one in range(first, len(sheet.rows)) if one not in in_merged
            and sum(cell is not None for cell in sheet.rows[one]) > 2]  # fmt: skip
    has_text = [bool(said_in(sheet.value(one, at))) for one in rows]
    unmerged = sum(one and not after for one, after in pairwise(has_text))
    return unmerged > len(merged)
