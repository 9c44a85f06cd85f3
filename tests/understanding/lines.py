"""Lines that hold a whole item, with the right reading of each, and answers that must stay as they are.

Each line of a file is a JSON array: language of the session, list, what was typed, and in ``one_line`` the
answers by the last part of the step; an item that is picked by its short id. ``one_line_untouched`` has
none. Those in the files ``held_out`` were first looked at when the others were read right.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bsc_coach.interview.plan import Plan
from bsc_coach.interview.understanding.rows import read_row
from bsc_coach.script.slots import StepId
from tests.understanding.corpus import TODAY, slot_for

HERE = Path(__file__).parent


@dataclass(frozen=True)
class LineCase:
    """A line typed at a list, and the answers it holds; none where it is one answer."""

    language: str
    step: StepId
    typed: str
    wanted: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.step}: {self.typed}"


def line_cases(name: str) -> list[LineCase]:
    """Return the cases of a file."""
    lines = (HERE / f"{name}.jsonl").read_text("utf-8").splitlines()
    told = (json.loads(line) for line in lines)
    return [LineCase(one[0], StepId(one[1]), one[2], one[3] if len(one) > 3 else {}) for one in told]


def read_as(plan: Plan, case: LineCase) -> dict[str, Any]:
    """Return what a line is read as, by the last part of each step; nothing where it is one answer."""
    answers = read_row(plan, slot_for(plan, case.step), case.typed, lambda: TODAY)
    return {step.rpartition(".")[2]: value for step, value in answers or ()}
