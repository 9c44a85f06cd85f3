"""What a document tells beside the strategy: open points, and what was overruled of the coach."""

from __future__ import annotations

from collections.abc import Iterator

from bsc_coach.interview.coaching import is_kept, reason_for_rule, rule_says
from bsc_coach.interview.homework import homework_owner
from bsc_coach.interview.navigation import agenda, part_name, section_title, title_of
from bsc_coach.interview.open_findings import alarms
from bsc_coach.interview.plan import Plan, SlotStatus
from bsc_coach.interview.projection import about_of, question_of, value_in_words
from bsc_coach.interview.state import Aside
from bsc_coach.interview.texts import text_of
from bsc_coach.script.model import ConfirmStep
from bsc_coach.strategy.notes import KeptAnswer, MutedRule, NotDiscussed, Notes, Point, PointKind
from bsc_coach.words import say


def to_notes(plan: Plan) -> Notes:
    """Return what a document tells beside the strategy: open points, kept remarks, alarms, confirmation."""
    points = [point for status in plan.statuses.values() if (point := _point(plan, status)) is not None]
    last = plan.state.effective[-1].at.date().isoformat() if plan.state.effective else None
    confirms = [st for st in plan.statuses.values() if isinstance(st.step, ConfirmStep)]
    confirmed = bool(confirms) and all(status.answer_state == "answered" for status in confirms)
    muted = (MutedRule(rule=name, reason=fact.reason, by=fact.by) for name, fact in plan.state.muted.items())
    return Notes(
        session_date=last,
        points=tuple(points),
        not_discussed=tuple(_not_discussed(plan)),
        kept=tuple(_kept(plan)),
        muted=tuple(muted),
        alarms=alarms(plan),
        confirmed=confirmed,
    )


def _not_discussed(plan: Plan) -> Iterator[NotDiscussed]:
    """Yield what was left out for lack of time, part by part, each question once."""
    left: dict[tuple[str, Aside], dict[str, None]] = {}
    for entry in agenda(plan):
        aside = plan.state.agenda.cut.get(part_name(entry.step, entry.item), "")
        if aside in ("leave", "sitting"):
            left[entry.title, aside] = {}
    for status in plan.statuses.values():
        if status.aside in ("leave", "sitting") and not isinstance(status.step, ConfirmStep):
            part = section_title(plan, status.slot)
            name = text_of(plan, status.step, status.slot.frame, "short") or question_of(plan, status.slot)
            if names := left.setdefault((part, status.aside), {name: None}):
                names[name] = None  # a part that is left out whole names none of its questions
    for (part, aside), names in left.items():
        yield NotDiscussed(section=part, questions=tuple(names), second_sitting=aside == "sitting")


def _kept(plan: Plan) -> Iterator[KeptAnswer]:
    """Yield what stands against a remark of the coach, in the wording that it was kept in."""
    for (slot, rule), fact in plan.state.kept.items():
        status = plan.status(slot)
        if status is None or not status.active or status.value is None:
            continue
        if is_kept(plan, status, rule):
            # What came later may have silenced the rule; the reason was given, and is printed all the same.
            remark = rule_says(plan, status, rule) or reason_for_rule(rule, plan.language)
            yield KeptAnswer(
                answer=value_in_words(plan, status), remark=remark, reason=fact.reason, by=fact.by
            )


def _point(plan: Plan, status: SlotStatus) -> Point | None:
    kind = _kind_of_point(status)
    if kind is None:
        return None
    fact = status.fact
    section = plan.script.step(plan.script.section_of(status.slot.step))
    return Point(
        kind=kind,
        section=title_of(plan, section),
        question=question_of(plan, status.slot),
        short=text_of(plan, status.step, status.slot.frame, "short") or "",
        about=about_of(plan, status.slot),
        answer=value_in_words(plan, status) or None,
        reason=_reason_of_point(plan, status),
        owner=((fact.owner or None) if fact is not None else None) or homework_owner(plan, status),
        due=(fact.due or None) if fact is not None else None,
        by=(fact.by or None) if fact is not None else None,
        on=fact.at.date().isoformat() if fact is not None else None,
    )


def _reason_of_point(plan: Plan, status: SlotStatus) -> str | None:
    """Return the reason that was given, or why the answer needs another look."""
    if status.stale_because:
        changed = ", ".join(dict.fromkeys(question_of(plan, slot) for slot in status.stale_because))
        return say("interview.stale_because", plan.language, questions=changed)
    if status.refusals:
        return status.refusals[0].sentence(plan.language)
    return (status.fact.reason or None) if status.fact is not None else None


def _kind_of_point(status: SlotStatus) -> PointKind | None:
    """Return in which way a slot is not simply answered, or None when it is or does not apply."""
    if isinstance(status.step, ConfirmStep) or status.relevance == "dormant":
        return None
    if status.relevance == "pending":
        return "waiting" if status.answer_state == "answered" else None
    if status.answer_state in ("parked", "declined"):
        return "parked" if status.answer_state == "parked" else "declined"
    if status.refusals:
        return "broken"
    if status.stale:
        return "stale"
    if status.aside:
        return "parked" if status.aside == "homework" else None
    return "open" if status.answer_state == "open" and not status.step.optional else None
