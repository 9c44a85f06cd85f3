"""The open findings of the coach on the whole session, each with the slot of the answer to go to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bsc_coach.coach.catalogue import rules
from bsc_coach.coach.check import check_strategy
from bsc_coach.coach.rule import Finding, Severity
from bsc_coach.conversation.prompt_builder import name_of
from bsc_coach.interview.coaching import context_of, is_kept, names_around
from bsc_coach.interview.plan import Plan, SlotStatus
from bsc_coach.interview.projection import item_in_words, value_in_words
from bsc_coach.script.model import ConfirmStep, QuestionStep
from bsc_coach.script.slots import Slot
from bsc_coach.strategy.model import Strategy


@dataclass(frozen=True)
class FindingLine:
    """A finding that was neither followed nor overruled, and the answer to go to (None: the whole map)."""

    rule: str
    severity: Severity
    slot: Slot | None
    name: str
    answer: str
    say: str


def findings(plan: Plan, strategy: Strategy) -> tuple[FindingLine, ...]:
    """Return what the coach still wonders about in the ``strategy`` of a session, most serious first.

    What it says of the map as a whole waits until the interview has come to its first look back: before,
    it would only list what has not been asked for yet.
    """
    today = context_of(plan).today
    found = check_strategy(strategy, language=plan.language, today=today)
    whole = _has_come_to_look_back(plan)
    wanted = (one for one in found if whole or "map" not in rules()[one.rule].families)
    places = _places(plan)
    return tuple(line for one in wanted if (line := _line(plan, one, places)) is not None)


def _has_come_to_look_back(plan: Plan) -> bool:
    for status in plan.statuses.values():
        if isinstance(status.step, ConfirmStep):
            return True
        if status.active and status.needs_asking:
            return False
    return True


def _line(plan: Plan, found: Finding, by_name: Mapping[str, Sequence[SlotStatus]]) -> FindingLine | None:
    if found.rule in plan.state.muted or _is_overruled(plan, found):
        return None
    about = found.about[0] if found.about else ""
    item = plan.state.item_by_name(about)
    places = by_name.get(item or about, ()) if about else ()
    # The later wording of a point is the one that counts: an objective after its candidate.
    place = next((one for one in reversed(places) if _is_coached(one)), places[0] if places else None)
    name = item_in_words(plan, item) if item is not None else about
    if place is None:
        return FindingLine(found.rule, found.severity, None, name, "", found.say)
    name = name_of(plan, place.slot) if item is None else name
    answer = value_in_words(plan, place) if place.value is not None else ""
    return FindingLine(found.rule, found.severity, place.slot, name, answer, found.say)


def _is_overruled(plan: Plan, found: Finding) -> bool:
    """Tell whether an answer that this remark is about was kept against it."""
    kept = (plan.status(slot) for slot, rule in plan.state.kept if rule == found.rule)
    return any(
        one is not None and one.active and is_kept(plan, one, found.rule) and _is_about(plan, found, one)
        for one in kept
    )


def _is_about(plan: Plan, found: Finding, status: SlotStatus) -> bool:
    if not found.about or rules()[found.rule].heard_together:
        return True
    field = status.step.field or ""
    part = any(field.startswith(f"{name}.") for name in found.about)
    return part or bool(names_around(plan, status) & set(found.about))


def _places(plan: Plan) -> Mapping[str, Sequence[SlotStatus]]:
    """Return the active answers about each item (a fixed one too) and about each part of the strategy."""
    found: dict[str, list[SlotStatus]] = {}
    for status in plan.statuses.values():
        if not status.active:
            continue
        part, dot, _ = (status.step.field or "").partition(".")
        for name in {part if dot else "", status.slot.item or ""} - {""}:
            found.setdefault(name, []).append(status)
    return found


def _is_coached(status: SlotStatus) -> bool:
    return isinstance(status.step, QuestionStep) and status.step.coach not in (None, "kpi")
