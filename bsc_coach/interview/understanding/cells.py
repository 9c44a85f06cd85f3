"""Several numbers typed at a cell of a table: the cells that they answer, in the order of asking."""

from __future__ import annotations

import re

from bsc_coach.interview.conditions import offer_at
from bsc_coach.interview.plan import Plan, SlotStatus
from bsc_coach.interview.projection import about_of
from bsc_coach.interview.texts import text_of
from bsc_coach.interview.values import RefusedError, read_value
from bsc_coach.script.model import ChoiceStep, Container
from bsc_coach.script.slots import Slot

_NUMBERS = re.compile(r"\d+(?:(?:\s*[,;/]\s*|\s+)\d+)+")


def cells_typed(plan: Plan, slot: Slot, text: str) -> tuple[tuple[Slot, str], ...]:
    """Return the cells from ``slot`` on with the number that was typed for each.

    Empty where the question stands in no table of choices, or the text is no row of numbers. Raises
    RefusedError, which names the cell, for a number that is no choice, or too many.
    """
    status = plan.status(slot)
    if status is None or not isinstance(status.step, ChoiceStep) or not _NUMBERS.fullmatch(text.strip()):
        return ()
    cells = _cells_from(plan, status)
    numbers = re.findall(r"\d+", text)
    if not cells:
        return ()
    for cell, number in zip(cells, numbers, strict=False):
        try:
            read_value(cell.step, number, offer_at(plan, cell.step, cell.slot.frame), plan.language)
        except RefusedError as refused:
            why = refused.refusal.sentence(plan.language)
            raise RefusedError("cell_refused", cell=_name_of(plan, cell), why=why) from refused
    if len(numbers) > len(cells):
        raise RefusedError("too_many_cells", cell=_name_of(plan, cells[-1]), n=len(cells), have=len(numbers))
    return tuple((cell.slot, number) for cell, number in zip(cells, numbers, strict=False))


def _cells_from(plan: Plan, status: SlotStatus) -> list[SlotStatus]:
    """Return the choices of a table from one of them on, in the order of asking.

    From one that is open, those that were answered are passed by.
    """
    within, depth = status.step.within, len(status.slot.frame) - 1
    table = None if within is None else plan.script.step(within)
    if not isinstance(table, Container) or table.layout != "table":
        return []
    around, is_open = status.slot.frame[:depth], status.answer_state == "open"
    later = (plan.statuses[one] for one in plan.order[plan.index.position[status.slot] :])
    return [
        one
        for one in later
        if one.step.within == within
        and one.active
        and isinstance(one.step, ChoiceStep)
        and one.slot.frame[:depth] == around
        and (one.answer_state == "open" or not is_open)
    ]


def _name_of(plan: Plan, status: SlotStatus) -> str:
    """Return what a cell is called: its row and its column."""
    name = text_of(plan, status.step, status.slot.frame, "short") or status.step.id
    return " · ".join(part for part in (about_of(plan, status.slot), name) if part)
