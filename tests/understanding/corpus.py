"""The corpus: what people typed, at which question, in which session, and the right reading of each.

Each line of a file is a JSON array: language of the session, step, what was typed, then the reading: "value"
and the value (or "@above", the answer of the item before; "@candidate", what the objective was chosen as);
"ask", why, and what it may mean; "pass"; "items" and the rows that Enter adds; "as_typed"; "refused", where
it cannot be read. Real answers have no reading: they are taken as they are typed. Those in
``human_answers_held_out`` were written with the others and first looked at when all was built.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bsc_coach.interview.plan import Plan
from bsc_coach.interview.understanding.pasted_lists import pasted_list
from bsc_coach.interview.understanding.phrases import typed_words
from bsc_coach.interview.understanding.readings import AskBack, AsTyped, Passed, Understood
from bsc_coach.interview.understanding.understand import understand
from bsc_coach.script.model import CollectStep
from bsc_coach.script.slots import Slot, StepId
from bsc_coach.session.samples import read_sample

HERE = Path(__file__).parent
SAMPLES = {"en": "riverbend", "nl": "brakelman"}
"""The session that each case is typed into, by language."""
TODAY = date(2026, 11, 18)
"""A Wednesday; dates in the corpus count from it."""


@dataclass(frozen=True)
class Case:
    """A text typed at a question, and its right reading."""

    language: str
    step: StepId
    typed: str
    reading: str = "as_typed"
    wanted: Any = None
    choices: tuple[Any, ...] = ()

    def __str__(self) -> str:
        return f"{self.step}: {self.typed}"


def cases(name: str) -> list[Case]:
    """Return the cases of a file."""
    return [_case(json.loads(line)) for line in (HERE / f"{name}.jsonl").read_text("utf-8").splitlines()]


def _case(told: list[Any]) -> Case:
    language, step, typed, *rest = told
    reading, wanted, choices = (*rest, *("as_typed", None, ())[len(rest) :])
    return Case(language, StepId(step), typed, reading, wanted, tuple(choices))


def recorded_answers() -> list[Case]:
    """Return every text, number and date that was answered in the two recorded sessions."""
    found = []
    for language, name in SAMPLES.items():
        for told in read_sample(name).commands:
            answers = dict(told.get("answers", {})) if told["do"] == "add" else {}
            if told["do"] == "accept":
                answers[told["step"]] = told["value"]
            found += [
                Case(language, StepId(step), str(value))
                for step, value in answers.items()
                if not isinstance(value, list)
            ]
    return found


def slot_for(plan: Plan, step: StepId) -> Slot:
    """Return the last place where a step is asked in a session, so that something stands above it."""
    there = plan.index.of_step.get(step, ())
    asked = [slot for slot in there if plan.statuses[slot].active] or list(there)
    return asked[-1]


def above(plan: Plan, slot: Slot, wanted: str) -> object:
    """Return the answer that stands above: of the item before, or what an objective was chosen as."""
    if wanted == "@candidate":
        return plan.answer(Slot(StepId("candidates.title"), slot.frame))
    before = plan.order[: plan.index.position[slot]]
    same = (plan.answer(one) for one in reversed(before) if one.step == slot.step)
    return next(answer for answer in same if answer is not None)


def is_read_right(plan: Plan, case: Case) -> bool:
    """Tell whether a text is read as the corpus says."""
    slot = slot_for(plan, case.step)
    reading = understand(plan, slot, case.typed, lambda: TODAY)
    step = plan.script.step(case.step)
    rows: list[list[str]] | None = None
    if isinstance(reading, AsTyped) and isinstance(step, CollectStep):
        pasted = pasted_list(typed_words(plan.language), plan, step, slot.frame, case.typed)
        rows = [[text for _, text in item.answers] for item in pasted.items]
    match case.reading:
        case "items":
            return rows == case.wanted
        case "as_typed" | "refused":
            return isinstance(reading, AsTyped) and (rows is None or rows == [[case.typed]])
        case "pass":
            return isinstance(reading, Passed)
        case "ask":
            right = isinstance(reading, AskBack) and reading.kind == case.wanted
            return right and (not case.choices or reading.choices == case.choices)  # type: ignore[union-attr]
        case _:
            marked = isinstance(case.wanted, str) and case.wanted.startswith("@")
            wanted = above(plan, slot, case.wanted) if marked else case.wanted
            same = isinstance(reading, Understood) and reading.value == wanted
            return same and type(reading.value) is type(wanted)  # type: ignore[union-attr]
