"""Whether a team has kept what a remark of the coach is about: a wording, one that comes from it, the map."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bsc_coach.digest import digest_of
from bsc_coach.interview.coaching import findings_on_wording, is_a_wording, names_around
from bsc_coach.interview.conditions import slot_in_frame
from bsc_coach.interview.facts.answers import SlotAnswered
from bsc_coach.interview.plan import Plan, SlotStatus
from bsc_coach.script.model import TextStep
from bsc_coach.script.slots import Slot
from bsc_coach.text import normal

if TYPE_CHECKING:
    from bsc_coach.coach.rule import Finding

_LIKE = 0.6
"""Two wordings that share that much of all their words are one, lightly reworded."""


def is_kept(plan: Plan, status: SlotStatus, rule: str) -> bool:
    """Tell whether an answer was kept against a rule in this wording, or in one that was bettered since."""
    kept = plan.state.kept.get((status.slot, rule))
    fact = status.fact
    while kept is not None and status.value is not None and fact is not None:
        if fact.value is not None and kept.digest == digest_of(fact.value):
            return True
        fact = fact.rewords
    return False


def is_overruled(plan: Plan, found: Finding, status: SlotStatus | None) -> bool:
    """Tell whether a finding is muted, or was kept: on this answer, on a wording like it, or for the map.

    A wording that was begun with that of another question (an objective with its candidate) is kept where
    that one was, as long as the remark is the same.
    """
    from bsc_coach.coach.catalogue import rules

    if found.rule in plan.state.muted:
        return True
    if status is None or rules()[found.rule].on_the_whole or not is_a_wording(status.step):
        return _is_kept_somewhere(plan, found) or (status is not None and is_kept(plan, status, found.rule))
    return is_kept(plan, status, found.rule) or any(
        _is_the_same_remark(plan, found, status, before)
        for before in _kept_wordings(plan, status, found.rule)
    )


def starts_from(plan: Plan, status: SlotStatus) -> Slot | None:
    """Return the answer that a text is begun with while it is open, if its question names one."""
    start = status.step.start_from if isinstance(status.step, TextStep) else None
    return None if start is None else slot_in_frame(plan.script, start, status.slot.frame)


def _kept_wordings(plan: Plan, status: SlotStatus, rule: str) -> Iterator[str]:
    """Yield the wordings that were kept against a rule: of this answer, and of the one that it began with."""
    for slot in filter(None, (status.slot, starts_from(plan, status))):
        kept = plan.state.kept.get((slot, rule))
        if kept is None:
            continue
        said = (event for action in plan.state.effective for event in action.do)
        texts = (event.value for event in said if isinstance(event, SlotAnswered) and event.slot == slot)
        yield from {text: None for text in texts if isinstance(text, str) and digest_of(text) == kept.digest}


def _is_the_same_remark(plan: Plan, found: Finding, status: SlotStatus, kept: str) -> bool:
    """Tell whether a remark on an answer is the one that was kept: on the same wording, or on its same word.

    A remark that is about no word in particular is the same on a wording that is hardly another.
    """
    if normal(kept) == normal(str(status.value)):
        return True
    if found.word:
        then = findings_on_wording(plan, status.step, kept)
        return (found.rule, normal(found.word)) in {(one.rule, normal(one.word)) for one in then}
    words, others = (set(normal(text).split()) for text in (kept, str(status.value)))
    return len(words & others) >= len(words | others) * _LIKE


def _is_kept_somewhere(plan: Plan, found: Finding) -> bool:
    """Tell whether an answer that a finding on more than one answer is about was kept against it."""
    kept = (plan.status(slot) for slot, rule in plan.state.kept if rule == found.rule)
    return any(
        one is not None and one.active and is_kept(plan, one, found.rule) and _is_about(plan, found, one)
        for one in kept
    )


def _is_about(plan: Plan, found: Finding, status: SlotStatus) -> bool:
    from bsc_coach.coach.catalogue import rules

    if not found.about or rules()[found.rule].heard_together:
        return True
    field = status.step.field or ""
    part = any(field == name or field.startswith(f"{name}.") for name in found.about)
    return part or bool(names_around(plan, status) & set(found.about))
