"""KPIs that stay from before: offered where their point is asked for its KPIs, with what is known of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bsc_coach.interview.facts.family import Command
from bsc_coach.interview.facts.lists import AddItem
from bsc_coach.interview.facts.log import JsonValue
from bsc_coach.interview.plan import Plan
from bsc_coach.interview.projection import item_in_words
from bsc_coach.script.slots import Frame, Slot, StepId
from bsc_coach.text import normal

CARRIED = ("name", "unit", "owner_role", "formula")
"""Fields that mean the same of an old KPI and of a new one. A target of then is none of now."""


@dataclass(frozen=True)
class KeptKpi:
    """A KPI that stays for the point whose KPIs are asked for."""

    label: str
    """Its short id and its name."""
    adding: Command
    """What adds it to the list of KPIs, with what the old list said of it."""


def kept_kpis_for(plan: Plan, slot: Slot) -> tuple[KeptKpi, ...]:
    """Return the old KPIs that stay for the point around a list of KPIs and are not in that list yet."""
    script = plan.script
    keeps_for, listed = script.filling("old_kpis[].keeps_for"), script.filling("old_kpis[]")
    if script.step(slot.step) is not script.filling("kpis[]") or keeps_for is None or listed is None:
        return ()
    there = {normal(plan.label((*slot.frame, (slot.step, item)))) for item in plan.state.list_at(slot).live}
    found = []
    for frame in plan.members.get(listed.id, ()):
        picked = plan.answer(Slot(keeps_for.id, frame))
        if not isinstance(picked, tuple) or slot.item not in picked or normal(plan.label(frame)) in there:
            continue
        answers = dict(_carried(plan, frame))
        if answers:
            found.append(KeptKpi(item_in_words(plan, frame[-1][1]), AddItem(slot, answers)))
    return tuple(found)


def _carried(plan: Plan, frame: Frame) -> Iterator[tuple[StepId, JsonValue]]:
    """Yield the answers about an old KPI, by the steps that ask the same about a new one."""
    for name in CARRIED:
        old, new = (plan.script.filling(f"{part}[].{name}") for part in ("old_kpis", "kpis"))
        value = None if old is None else plan.answer(Slot(old.id, frame))
        if new is not None and isinstance(value, str):
            yield new.id, value
