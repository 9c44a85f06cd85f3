"""Where to move an answer that is useful but was given to the wrong question (``/save``).

A project is an initiative, a number belongs to a KPI, a question is for the parking lot, a slogan is an
ambition or a value: sorting an answer serves a team better than refusing it. Destinations are found by the
field of the strategy that they fill, whatever a script calls its steps.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bsc_coach.coach.rule import Destination, Finding
from bsc_coach.coach.stated_targets import stated_target
from bsc_coach.conversation.prompt_builder import first_inside
from bsc_coach.interview.coaching import context_of
from bsc_coach.interview.facts.answers import Accept
from bsc_coach.interview.facts.family import Command
from bsc_coach.interview.facts.lists import AddItem
from bsc_coach.interview.facts.log import JsonValue
from bsc_coach.interview.plan import Plan
from bsc_coach.script.model import CollectStep, QuestionStep
from bsc_coach.script.slots import Frame, Slot, StepId
from bsc_coach.script.step_parts import Coached

_FIELDS: Mapping[Destination, str] = {
    "initiative": "initiatives[]",
    "measure": "kpis[]",
    "ambition": "organisation.ambition",
    "value": "organisation.values",
    "question": "parking[]",
}


@dataclass(frozen=True)
class Placement:
    """A destination for an answer: the command that puts it there, and the kind of answer to ask again."""

    destination: Destination
    command: Command
    kind: Coached


def placement_of(plan: Plan, slot: Slot, remarks: tuple[Finding, ...]) -> Placement | None:
    """Return where the answer of ``slot`` belongs, by the first of its remarks that names a destination."""
    status = plan.status(slot)
    if status is None or not isinstance(status.value, str) or not isinstance(status.step, QuestionStep):
        return None
    kind = status.step.coach
    destination = next((finding.belongs_to for finding in remarks if finding.belongs_to), None)
    if destination is None or kind is None:
        return None
    if _is_saved(plan, status.value, slot.frame):
        return None
    # A KPI has no place before its objective is chosen: until then the parking lot remembers it.
    for wanted in dict.fromkeys((destination, *(("question",) if destination == "measure" else ()))):
        command = _into(plan, slot, _FIELDS[wanted], status.value)
        if command is not None:
            return Placement(wanted, command, kind)
    return None


def _target(plan: Plan, text: str) -> dict[StepId, JsonValue]:
    """Return the fields of a KPI that a wording gives away: "to 10 days by 2027"."""
    aim = stated_target(text, context_of(plan))
    parts = {"target": aim.value, "unit": aim.unit, "target_date": aim.year}
    steps = {name: plan.script.filling(f"kpis[].{name}") for name, value in parts.items() if value}
    return {step.id: parts[name] for name, step in steps.items() if step is not None}


def _is_saved(plan: Plan, text: str, frame: Frame) -> bool:
    """Tell whether one of the destinations holds the text already; the item in ``frame`` does not count."""
    for step in plan.script.asked():
        if isinstance(step, CollectStep) and step.field in _FIELDS.values():
            held = (plan.label(one) for one in plan.members.get(step.id, ()) if one != frame)
            if text in held:
                return True
        elif step.field in _FIELDS.values() and text in str(plan.answer(Slot(step.id, ())) or "").split("\n"):
            return True
    return False


def _into(plan: Plan, slot: Slot, field: str, text: str) -> Command | None:
    """Return the command that adds ``text`` to a field of the strategy, if that is open now."""
    for step in plan.script.asked():
        if step.field != field:
            continue
        for place in (Slot(step.id, ()), Slot(step.id, slot.frame)):
            there = plan.status(place)
            if there is None or not there.active:
                continue
            if isinstance(step, CollectStep):
                first, _ = first_inside(plan, place)
                more = _target(plan, text) if field == _FIELDS["measure"] else {}
                return AddItem(place, {first.id: text, **more})
            before = str(there.value or "")
            return Accept(place, f"{before}\n{text}" if before else text)
    return None
