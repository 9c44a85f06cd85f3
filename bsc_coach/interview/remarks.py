"""What the coach says of an answer or a finished list: its open findings, few, and not again and again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from bsc_coach.interview.coaching import findings_on, is_a_wording
from bsc_coach.interview.keeping import is_overruled, starts_from
from bsc_coach.interview.plan import Plan, SlotStatus
from bsc_coach.script.model import CollectStep
from bsc_coach.script.slots import Slot
from bsc_coach.text import normal

if TYPE_CHECKING:
    from bsc_coach.coach.ear.heard import Ear
    from bsc_coach.coach.rule import Finding, Rule

MOST_REMARKS = 2
"""An answer gets at most two remarks, the most serious first."""
MOST_ON_A_LIST = 3
"""A finished list gets one more: what its items lack is told in one sentence for each kind."""
PASSED_OFTEN = 2
"""A hint that was passed on that many other items is known by now."""


def remarks(
    plan: Plan, slot: Slot, *, at_home: bool = False, in_talk: bool = False, ear: Ear | None = None
) -> tuple[Finding, ...]:
    """Return the coach's open findings on an answer, the most serious first, at most two.

    In the room what misses only the homework of an owner is not said; ``at_home`` it is. ``in_talk``, where
    people hear every remark, a hint is left out that they have passed twice before, or on the wording that
    this one began with. With an ``ear``, a wording on which no rule remarks is listened to.
    """
    status = plan.status(slot)
    if status is None or not (findings := findings_on(plan, status, ear)):
        return ()
    from bsc_coach.coach.grouping import told_together

    most = MOST_ON_A_LIST if isinstance(status.step, CollectStep) else MOST_REMARKS
    found = (
        one
        for one in _open(plan, status, findings, at_home=at_home)
        if not (in_talk and one.severity == "hint" and _is_known(plan, status, one, ear))
    )
    return told_together(found)[:most]


def _open(
    plan: Plan, status: SlotStatus, findings: tuple[Finding, ...], *, at_home: bool = False
) -> Iterator[Finding]:
    """Yield the findings on an answer that can be dealt with now, and were neither kept nor muted."""
    from bsc_coach.coach.catalogue import rules
    from bsc_coach.coach.rule import LOOK_BACK
    from bsc_coach.interview.open_findings import is_set_aside

    for one in findings:
        rule = rules()[one.rule]
        at_hand = at_home or not (
            is_set_aside(plan, one) if rule.on_the_whole else _is_about_homework(plan, status.slot, rule)
        )
        if rule.heard_at != LOOK_BACK and at_hand and not is_overruled(plan, one, status):
            yield one


def _is_about_homework(plan: Plan, slot: Slot, rule: Rule[Any]) -> bool:
    """Tell whether a rule misses a field of this item, or rests on one, that its owner takes home."""
    steps = filter(None, map(plan.script.filling, (*rule.misses, *rule.rests_on)))
    beside = (plan.status(Slot(step.id, slot.frame)) for step in steps)
    return any(status is not None and status.aside == "homework" for status in beside)


def _is_known(plan: Plan, status: SlotStatus, found: Finding, ear: Ear | None) -> bool:
    """Tell whether a hint was said before, and the talk went on without a change.

    That is read off the answers: each that was given here, before this one, and still draws the hint.
    """
    start = starts_from(plan, status)
    begun = None if start is None else plan.status(start)
    is_the_same = begun is not None and normal(str(begun.value)) == normal(str(status.value))
    if begun is not None and is_the_same and _said_at(plan, begun, status, found.rule, ear) is not None:
        return True
    # What is heard by ear has no rule that one would know by now: each time it sounds like something else.
    # A candidate and its objective are one item, passed once; a line with several answers draws one remark.
    items: set[object] = set()
    actions: set[int] = set()
    for slot in _judged_alike(plan, status):
        item = slot.frame or slot
        if item != (status.slot.frame or status.slot) and item not in items:
            number = _said_at(plan, plan.statuses[slot], status, found.rule)
            items |= set() if number is None else {item}
            actions |= set() if number is None else {number}
        if min(len(items), len(actions)) >= PASSED_OFTEN:
            return True
    return False


def _judged_alike(plan: Plan, status: SlotStatus) -> Iterator[Slot]:
    """Yield the slots of the answers that the same rules look at."""
    alike = [status.step]
    if is_a_wording(status.step):
        alike = [step for step in plan.script.asked() if is_a_wording(step)]
    for step in alike:
        yield from plan.index.of_step.get(step.id, ())


def _said_at(
    plan: Plan, status: SlotStatus, later: SlotStatus, rule: str, ear: Ear | None = None
) -> int | None:
    """Return the action with which an answer drew a hint in this interview, before another was given."""
    before, now = status.fact, later.fact
    if before is None or now is None or before.source or before.number >= now.number:
        return None
    said = list(_open(plan, status, findings_on(plan, status, ear)))[:MOST_REMARKS]
    hinted = any(one.rule == rule and one.severity == "hint" for one in said)
    return before.number if hinted else None
