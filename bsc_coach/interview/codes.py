"""Codes of questions on paper: "12b" for one that is asked once, "O3-47k" for one that is asked of O3.

The number is the place of the question in the script, the letter is a check on step and item. Both follow
from the script alone: what was printed stays right whatever is answered, added or moved meanwhile, no list
of what was printed has to be kept, and a slip of the pen, another script or an id that a merge gave anew is
told from the question that was meant.
"""

from __future__ import annotations

import re

from bsc_coach.derived import once
from bsc_coach.digest import digest_of
from bsc_coach.interview.plan import Plan
from bsc_coach.script.model import Fixed, Script
from bsc_coach.script.slots import ItemId, Slot, StepId

_LETTERS = "acdefhjkmnprtuvwxy"
"""Without those that a hand writes like a digit."""
_CODE = re.compile(r"(?:([A-Za-z][\w.]*)\s?[-–−]\s?)?(\d{1,5})\s?([A-Za-z])")
_CODED = re.compile(rf"\s*({_CODE.pattern})\s*[:.)=]\s*(.*)", re.DOTALL)


def code_of(plan: Plan, slot: Slot) -> str:
    """Return the code of a question."""
    item = "" if slot.item is None else f"{_name(plan, slot)}-"
    return f"{item}{_numbers(plan.script)[slot.step]}{_letter(slot)}"


def slot_of(plan: Plan, code: str) -> Slot | None:
    """Return the question with a code, however its letters are written; None where there is none."""
    found = _CODE.fullmatch(code.strip())
    if found is None:
        return None
    steps = {number: step for step, number in _numbers(plan.script).items()}
    name = (found[1] or "").casefold()
    for slot in plan.index.of_step.get(steps.get(int(found[2]), StepId("")), ()):
        own = "" if slot.item is None else _name(plan, slot).casefold()
        if own == name and _letter(slot) == found[3].casefold():
            return slot
    return None


def coded_lines(text: str) -> list[tuple[str, str]]:
    """Return the answers of typed lines, each with its code; a line without one goes on with the one before.

    What stands before the first code has none.
    """
    found: list[tuple[str, str]] = []
    for line in text.split("\n"):
        coded = _CODED.fullmatch(line)
        if coded is not None:
            found.append((coded[1], coded[coded.re.groups].strip()))
        elif line.strip() and found:
            code, told = found[-1]
            found[-1] = (code, f"{told}\n{line.strip()}" if told else line.strip())
        elif line.strip():
            found.append(("", line.strip()))
    return [(code, told) for code, told in found if told]


def _letter(slot: Slot) -> str:
    return _LETTERS[int(digest_of([str(slot)])[:8], 16) % len(_LETTERS)]


def _name(plan: Plan, slot: Slot) -> str:
    """Return what the item of a slot is called: its short id, or the letters of one that the script names."""
    list_id, item = slot.frame[-1]
    step = plan.script.by_id.get(list_id)
    prefixes = {one.id: one.prefix for one in step.items if one.prefix} if isinstance(step, Fixed) else {}
    return prefixes.get(item) or plan.state.shorts.get(ItemId(item), item)


@once
def _numbers(script: Script) -> dict[StepId, int]:
    return {step.id: number for number, step in enumerate(script.asked(), start=1)}
