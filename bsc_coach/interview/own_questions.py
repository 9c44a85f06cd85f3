"""Questions of a script of one's own that fill no field: where they are asked, in words for a document."""

from __future__ import annotations

from collections import Counter

from bsc_coach.derived import once
from bsc_coach.interview.navigation import title_of
from bsc_coach.interview.plan import Plan
from bsc_coach.interview.texts import text_of
from bsc_coach.script.fields import field_of
from bsc_coach.script.model import Script
from bsc_coach.script.slots import Frame, Slot, StepId
from bsc_coach.strategy.nested import Table
from bsc_coach.text import one_line


def where_asked(plan: Plan, slot: Slot) -> Table:
    """Return where a question is asked, as fields of an ``extra`` entry of the strategy.

    ``part`` is the part of the strategy that its section of the agenda fills; a section that fills none
    has ``after``, the part before it. ``list`` is the list or round of whose items it is asked.
    """
    script, step = plan.script, plan.script.step(slot.step)
    section = script.step(script.section_of(slot.step))
    part = part_of(script, section.id)
    told: Table = {"kind": step.kind, "section": title_of(plan, section)}
    if part is not None:
        told["part"] = part
    elif (before := _part_before(script, section.id)) is not None:
        told["after"] = before
    if short := one_line(text_of(plan, step, slot.frame, "short") or ""):
        told["short"] = short
    if slot.frame and step.within is not None:
        told["list"] = title_of(plan, script.step(step.within))
    if len(slot.frame) > 1:
        told["within"] = _item(plan, slot.frame[:-1])
    return told


def _item(plan: Plan, frame: Frame) -> str:
    short, label = plan.state.shorts.get(frame[-1][1], ""), plan.label(frame)
    return label if label == short else f"{short} {label}".strip()


def part_of(script: Script, section: StepId) -> str | None:
    """Return the part of the strategy that a part of the agenda fills, if it is one."""
    return _parts(script)[section]


@once
def _parts(script: Script) -> dict[StepId, str | None]:
    """Return by part of the agenda the part of the strategy that it fills: itself, or at least half of it."""
    found: dict[StepId, str | None] = {}
    for section in script.inside(None):
        own = field_of(section)
        if own is not None:
            found[section.id] = own.outer[0]
            continue
        filled = Counter(
            path.outer[0]
            for step in script.steps
            if script.section_of(step.id) == section.id and (path := field_of(step)) is not None
        )
        most = filled.most_common(1)
        found[section.id] = most[0][0] if most and 2 * most[0][1] >= filled.total() else None
    return found


def _part_before(script: Script, section: StepId) -> str | None:
    """Return the part of the strategy that the nearest section before ``section`` fills."""
    parts = _parts(script)
    order = [step.id for step in script.inside(None)]
    before = reversed(order[: order.index(section)])
    return next((part for one in before if (part := parts[one]) is not None), None)
