"""Questions of a script of one's own that fill no field: where they are asked, in words for a document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator

from bsc_coach.derived import once
from bsc_coach.interview.navigation import title_of
from bsc_coach.interview.plan import Plan
from bsc_coach.interview.texts import text_of
from bsc_coach.script.fields import field_of
from bsc_coach.script.model import CollectStep, Fixed, PickStep, Script
from bsc_coach.script.slots import Frame, ItemId, Slot, StepId
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


def own_items(script: Script, answers: Iterable[Table], known: Container[str]) -> Iterator[tuple[Slot, str]]:
    """Yield the items of lists of one's own that answers are about and that are not ``known``, by list.

    Such a list fills no field of the strategy: its items stand only in the answers about them.
    """
    found: dict[str, Slot] = {}
    for one in answers:
        step, about = script.by_id.get(StepId(str(one.get("step")))), one.get("about")
        if step is None or about is None or about in known:
            continue
        for chain in script.frames_of(step):
            around = script.step(chain[0]) if len(chain) == 1 else None
            if isinstance(around, CollectStep) and around.field is None:
                found.setdefault(str(about), Slot(around.id, ()))
    yield from ((slot, short) for short, slot in found.items())


def fixed_item(script: Script, step: PickStep, name: object) -> ItemId | None:
    """Return the item of a list that the script itself names, where a pick may choose it."""
    lists = (script.step(source.list) for source in step.source)
    return next((ItemId(str(name)) for one in lists if isinstance(one, Fixed) and name in one.item_ids), None)
