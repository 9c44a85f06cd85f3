"""Validation of the tree of steps: ids, what stands in what, counts and limits that cannot be met."""

from __future__ import annotations

from collections import Counter

from bsc_coach.script.model import (
    BallotStep,
    ChoiceStep,
    CollectStep,
    ConfirmStep,
    Fixed,
    ForEach,
    LongTextStep,
    NumberStep,
    QuestionStep,
    RoundStep,
    SeveralStep,
    TextStep,
)
from bsc_coach.script.step_parts import Bounds, Limit
from bsc_coach.script.validation.findings import Findings
from bsc_coach.script.validation.outline import Outline, holds, readable
from bsc_coach.script.validation.shape import StepEntry

_LIMITS: dict[type[object], tuple[str, ...]] = {
    TextStep: ("min_chars", "max_chars", "unique_in"),
    LongTextStep: ("min_chars", "max_chars", "unique_in"),
    RoundStep: ("max_chars",),
    NumberStep: ("min", "max", "integer"),
}


def check_structure(outline: Outline, findings: Findings) -> None:
    """Report every fault of the tree and of single steps that no reference is needed for."""
    visited = {
        source.list
        for entry in outline.entries
        if isinstance(entry.step, ForEach)
        for source in entry.step.over
    }
    for entry in outline.entries:
        _check_id(outline, entry, findings)
        _check_parent(outline, entry, findings)
        if holds(entry) and not outline.children.get(entry.number) and entry.step.id not in visited:
            findings.add("empty_container", entry.spot)
        elif isinstance(entry.step, CollectStep) and not _has_question(outline, entry):
            findings.add("list_without_question", entry.spot)
        _check_doubles(entry, findings)
        _check_bounds(entry, findings)
        _check_limit(entry, findings)
        _check_ballots(outline, entry, findings)
        _check_prefix(outline, entry, findings)
        _check_coach(entry, findings)


def _has_question(outline: Outline, entry: StepEntry) -> bool:
    """Tell whether a list holds a question whose answer adds an item to it."""
    inside = (child.step for child in outline.children.get(entry.number, ()))
    return any(
        isinstance(step, QuestionStep) and not isinstance(step, CollectStep | ConfirmStep) for step in inside
    )


def _check_id(outline: Outline, entry: StepEntry, findings: Findings) -> None:
    first = outline.by_id[entry.step.id]
    if first is not entry:
        line = findings.text.locate(findings.block(first.spot)) if findings.text is not None else 1
        findings.add("double_id", entry.spot, ("id",), name=entry.step.id, first=line)
    before, _, last = entry.step.id.rpartition(".")
    if last == "label" and before in outline.by_id:
        findings.add("reserved_id", entry.spot, ("id",), name=entry.step.id, list=before)


def _check_parent(outline: Outline, entry: StepEntry, findings: Findings) -> None:
    name = entry.step.within
    if name is None or not readable(name) or outline.parents[entry.number] is not None:
        return
    parent = outline.by_id.get(name)
    if parent is None:
        known = [other.step.id for other in outline.entries if holds(other) and other is not entry]
        findings.add("unknown_parent", entry.spot, ("in",), at=name, name=name, known=known)
    elif _comes_back(outline, entry):
        findings.add("parent_in_itself", entry.spot, ("in",), at=name, name=name)
    elif not holds(parent):
        findings.add("parent_holds_nothing", entry.spot, ("in",), at=name, name=name)
    else:
        findings.add("parent_later", entry.spot, ("in",), at=name, name=name)


def _comes_back(outline: Outline, entry: StepEntry) -> bool:
    """Tell whether going from parent to parent leads back to the step itself."""
    seen = set()
    name = entry.step.within
    while name is not None and name not in seen:
        if name == entry.step.id:
            return True
        seen.add(name)
        above = outline.by_id.get(name)
        name = above.step.within if above is not None else None
    return False


def _check_doubles(entry: StepEntry, findings: Findings) -> None:
    step = entry.step
    if isinstance(step, ChoiceStep | SeveralStep | BallotStep):
        key, ids = "choices", [choice.id for choice in step.choices]
    elif isinstance(step, Fixed):
        key, ids = "items", [item.id for item in step.items]
    else:
        return
    for name, times in Counter(ids).items():
        if times > 1:
            findings.add(f"double_in_{key}", entry.spot, (key,), at=name, name=name, n=times)


def _check_bounds(entry: StepEntry, findings: Findings) -> None:
    step = entry.step
    count = getattr(step, "count", None)
    if not isinstance(count, Bounds):
        return
    if count.max is not None and count.min > count.max:
        findings.add("min_over_max", entry.spot, ("count",), low=count.min, high=count.max)
    elif isinstance(step, SeveralStep) and not entry.lacks("choices") and count.min > len(step.choices):
        findings.add("more_than_choices", entry.spot, ("count",), n=len(step.choices), low=count.min)


def _check_ballots(outline: Outline, entry: StepEntry, findings: Findings) -> None:
    """Report a ballot that says in no way, or in two, how one votes, and one with nothing to divide over."""
    step = entry.step
    if not isinstance(step, BallotStep) or any(map(entry.lacks, ("scale", "choices", "each", "rank"))):
        return
    ways = [step.scale is not None, bool(step.choices), step.each is not None, step.rank]
    prepares = any(
        isinstance(other.step, ChoiceStep) and other.step.together == step.id for other in outline.entries
    )
    if sum(ways) > 1 or not (any(ways) or prepares) or len(step.choices) == 1:
        findings.add("ballot_how", entry.spot)
    if step.scale is not None and step.scale.min >= step.scale.max:
        findings.add("min_over_max", entry.spot, ("scale",), low=step.scale.min, high=step.scale.max)
    divides = step.each is not None or step.rank
    if divides and any(not chain for chain in outline.around(entry) or ()):
        findings.add("divides_over_nothing", entry.spot, ("each" if step.each is not None else "rank",))


def _check_limit(entry: StepEntry, findings: Findings) -> None:
    step = entry.step
    limit = getattr(step, "limit", None)
    if not isinstance(limit, Limit):
        return
    for low, high in ((limit.min_chars, limit.max_chars), (limit.min, limit.max)):
        if low is not None and high is not None and low > high:
            findings.add("min_over_max", entry.spot, ("limit",), low=low, high=high)
    fitting = _LIMITS[type(step)]
    for name in entry.table.get("limit", ()):
        if name not in fitting:
            findings.add(
                "limit_without_effect",
                entry.spot,
                ("limit", name),
                name=name,
                kind=getattr(step, "kind", ""),
                allowed=", ".join(fitting),
            )


def _check_prefix(outline: Outline, entry: StepEntry, findings: Findings) -> None:
    """Every collected item needs a short id: letters of its own, of the fixed item, or O1 → O1.1."""
    step = entry.step
    if not isinstance(step, CollectStep) or step.prefix is not None or entry.lacks("prefix"):
        return
    for chain in outline.around(entry) or ():
        around = outline.by_id[chain[-1]] if chain else None
        if around is None:
            findings.add("prefix_missing", entry.spot)
        elif isinstance(around.step, Fixed):
            lacking = [item.id for item in around.step.items if item.prefix is None]
            if lacking and not around.lacks("items"):
                items = ", ".join(lacking)
                findings.add("prefix_of_item_missing", entry.spot, name=around.step.id, items=items)
        elif _is_extended(outline, around):
            findings.add("prefix_missing", entry.spot)


def _is_extended(outline: Outline, entry: StepEntry) -> bool:
    """Tell whether the items of a list have a number after a dot already: O1.1 has no O1.1.1."""
    if not isinstance(entry.step, CollectStep) or entry.step.prefix is not None:
        return False
    around = outline.around(entry) or ()
    return any(chain and isinstance(outline.by_id[chain[-1]].step, CollectStep) for chain in around)


def _check_coach(entry: StepEntry, findings: Findings) -> None:
    step = entry.step
    if not isinstance(step, QuestionStep) or step.coach in (None, "kpi"):
        return
    if not isinstance(step, TextStep | LongTextStep):
        findings.add("coach_without_text", entry.spot, ("coach",), kind=step.kind)
