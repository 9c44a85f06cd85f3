"""What a document tells beside the strategy: open points, and what was overruled of the coach."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import get_args

from bsc_coach.derived import once
from bsc_coach.interview.coaching import reason_for_rule, rule_says
from bsc_coach.interview.disputed_words import side_in_words
from bsc_coach.interview.homework import homework_owner
from bsc_coach.interview.keeping import is_kept
from bsc_coach.interview.navigation import agenda, entry_of, part_name, section_title, title_of
from bsc_coach.interview.open_findings import alarms
from bsc_coach.interview.plan import Plan, SlotStatus
from bsc_coach.interview.projection import about_of, item_in_words, question_of, value_in_words
from bsc_coach.interview.provenance import answers_given, last_said, sittings, taken_over, unconfirmed
from bsc_coach.interview.state import Aside, Dispute
from bsc_coach.interview.texts import choice_text, text_of
from bsc_coach.interview.voted import voted
from bsc_coach.script.model import CollectStep, ConfirmStep
from bsc_coach.script.slots import ItemId, Slot, StepId
from bsc_coach.strategy.notes import (
    KeptAnswer,
    LeftAside,
    LeftQuestion,
    MutedRule,
    NotDiscussed,
    Notes,
    Point,
    PointKind,
    PointSide,
    Unconfirmed,
)
from bsc_coach.words import say


@once
def to_notes(plan: Plan) -> Notes:
    """Return what a document tells beside the strategy: open points, kept remarks, alarms, confirmation."""
    points = [point for status in plan.statuses.values() for point in _points(plan, status)]
    last = last_said(plan.state)
    muted = (MutedRule(rule=name, reason=fact.reason, by=fact.by) for name, fact in plan.state.muted.items())
    return Notes(
        recorded=True,
        session_date=last.at.date().isoformat() if last is not None else None,
        answers=answers_given(plan.state),
        sittings=sittings(plan.state),
        taken_over=taken_over(plan),
        part_of=plan.part_of,
        unconfirmed=tuple(_unconfirmed(plan)),
        points=tuple(points),
        not_discussed=tuple(_not_discussed(plan)),
        left_aside=tuple(
            LeftAside(field=field, items=items, to_owner=to_owner)
            for to_owner in (True, False)
            for field, items in _by_field(_left_aside(plan, to_owner=to_owner))
        ),
        voted=voted(plan),
        kept=tuple(_kept(plan)),
        muted=tuple(muted),
        alarms=alarms(plan),
        confirmed=_confirmed(plan),
    )


def _confirmed(plan: Plan) -> str | None:
    """Return the day on which the last look back was confirmed, where all of them were and still hold."""
    looks = [status for status in plan.statuses.values() if isinstance(status.step, ConfirmStep)]
    days = [status.fact.at.date().isoformat() for status in looks if status.fact is not None]
    return max(days) if days and all(one.answer_state == "answered" for one in looks) else None


def _by_field(places: Iterable[tuple[str, str]]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each field once, in the order of asking, with the items that it was named with."""
    found: dict[str, list[str]] = {}
    for field, item in places:
        found.setdefault(field, []).extend([item] if item else [])
    yield from ((field, tuple(dict.fromkeys(items))) for field, items in found.items())


def _place(plan: Plan, status: SlotStatus) -> tuple[str, str]:
    """Return the field of the strategy that a slot fills, or its step, and the item that it belongs to."""
    item = status.slot.frame[-1][1] if status.slot.frame else ""
    return _field(plan, status.step.id), plan.state.shorts.get(ItemId(item), item)


def _unconfirmed(plan: Plan) -> Iterator[Unconfirmed]:
    """Yield what nobody has confirmed of what was taken over: each question of a part, with its items."""
    found: dict[tuple[str, StepId], list[SlotStatus]] = {}
    for status in unconfirmed(plan):
        if not isinstance(status.step, CollectStep):
            found.setdefault((section_title(plan, status.slot), status.step.id), []).append(status)
    for (section, _), together in found.items():
        places = [_place(plan, status) for status in together]
        step, frame = together[0].step, together[0].slot.frame
        yield Unconfirmed(
            field=places[0][0],
            section=section,
            name=text_of(plan, step, frame, "short") or title_of(plan, step, frame),
            items=tuple(item for _, item in places if item),
        )


def _left_aside(plan: Plan, *, to_owner: bool) -> Iterator[tuple[str, str]]:
    """Yield which fields of the strategy the session did not come to, in the order of asking."""
    for status in plan.statuses.values():
        if _waits_for_a_round(plan, status):
            continue
        if _left(plan, status) and status.step.field and (status.aside == "homework") == to_owner:
            yield _place(plan, status)


def _waits_for_a_round(plan: Plan, status: SlotStatus) -> bool:
    """Tell whether a round waits to be chosen, or a question for its round: neither was left out."""
    of_a_round = status.step.id in plan.script.prepared or status.step.together is not None
    return of_a_round and status.aside == "unasked"


def _not_discussed(plan: Plan) -> Iterator[NotDiscussed]:
    """Yield what was left out for lack of time, part by part, each question once.

    What another question asked for, in fewer steps, was discussed.
    """
    left: dict[tuple[str, Aside], dict[StepId, list[Slot]]] = {}
    asked: set[tuple[str, StepId]] = set()
    filled: dict[str, set[StepId]] = {}
    whole: set[tuple[str, Aside]] = set()
    # Parts that are left out as a whole.
    for entry in agenda(plan):
        aside = plan.state.agenda.cut.get(part_name(entry.step, entry.item), "")
        if aside in ("leave", "sitting"):
            whole.add((entry.title, aside))
            left[entry.title, aside] = {}
    # Questions that are left out, and those that are asked all the same.
    for status in plan.statuses.values():
        if isinstance(status.step, ConfirmStep) or not status.active:
            continue
        part = section_title(plan, status.slot)
        if status.aside in ("leave", "sitting") and _left(plan, status):
            slots = left.setdefault((part, status.aside), {})
            slots.setdefault(status.step.id, []).append(status.slot)
        elif not _left(plan, status):
            asked.add((part, status.step.id))
            filled.setdefault(_field(plan, status.step.id), set()).add(status.step.id)
    whole -= {(part, aside) for part, _ in asked for aside in get_args(Aside)}
    for (part, aside), steps in left.items():
        questions = tuple(
            _left_question(plan, slots, some=(part, step) in asked)
            for step, slots in steps.items()
            if (part, aside) not in whole and not filled.get(_field(plan, step), set()) - {step}
        )
        if questions or (part, aside) in whole:
            yield NotDiscussed(section=part, questions=questions, second_sitting=aside == "sitting")


def _left(plan: Plan, status: SlotStatus) -> bool:
    """Tell whether nobody came to a question; a list that has items was discussed, finished or not."""
    return bool(status.aside) and not plan.state.list_at(status.slot).live


def _left_question(plan: Plan, slots: Sequence[Slot], *, some: bool) -> LeftQuestion:
    """Return a question that was left out; which items of it, where it was asked of ``some`` others."""
    step, frame = plan.script.step(slots[0].step), slots[0].frame
    items = [slot.frame for slot in slots if slot.frame and slot.frame[-1] != entry_of(plan.script, slot)]
    return LeftQuestion(
        name=text_of(plan, step, frame, "short") or title_of(plan, step, frame),
        of=title_of(plan, plan.script.step(items[0][-1][0])) if items else "",
        some=tuple(plan.state.shorts.get(one[-1][1]) or plan.label(one) for one in items) if some else (),
    )


def _field(plan: Plan, step: StepId) -> str:
    """Return the field of the strategy that a step fills, or its own id where it fills none."""
    return getattr(plan.script.step(step), "field", None) or step


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


def _points(plan: Plan, status: SlotStatus) -> Iterator[Point]:
    """Yield what is open about a slot: what copies of the session say differently, else how it stands."""
    for dispute in status.disputes if status.relevance != "dormant" else ():
        yield _disputed(plan, status, dispute)
    kind = _kind_of_point(status)
    if kind is not None and not _is_told_by_sides(status):
        yield _point(plan, status, kind)


def _disputed(plan: Plan, status: SlotStatus, dispute: Dispute) -> Point:
    slot = status.slot
    return Point(
        kind="disputed",
        section=title_of(plan, plan.script.step(plan.script.section_of(slot.step))),
        question=question_of(plan, slot),
        short=text_of(plan, status.step, slot.frame, "short") or "",
        about=about_of(plan, slot) if dispute.item is None else item_in_words(plan, dispute.item),
        sides=tuple(
            PointSide(
                said=side_in_words(plan, slot, dispute, side),
                by=side.by or None,
                at=side.at.isoformat(timespec="minutes"),
            )
            for side in dispute.sides
        ),
    )


def _point(plan: Plan, status: SlotStatus, kind: PointKind) -> Point:
    fact = status.fact
    said = None if status.unconfirmed else fact  # what was taken over, nobody said here
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
        by=said.by or None if said is not None else None,
        on=said.at.date().isoformat() if said is not None else None,
        left=status.aside == "homework",
        choices=_choices(plan, status) if status.aside == "homework" else (),
    )


def _choices(plan: Plan, status: SlotStatus) -> tuple[str, ...]:
    step = status.step
    return tuple(choice_text(plan, step, one, status.slot.frame) for one in getattr(step, "choices", ()))


def _reason_of_point(plan: Plan, status: SlotStatus) -> str | None:
    """Return the reason that was given, or why the answer needs another look."""
    if status.stale_because:
        changed = ", ".join(dict.fromkeys(question_of(plan, slot) for slot in status.stale_because))
        return say("interview.stale_because", plan.language, questions=changed)
    if status.refusals:
        return status.refusals[0].sentence(plan.language)
    return (status.fact.reason or None) if status.fact is not None else None


def points_not_settled(plan: Plan) -> int:
    """Return how many points want attention yet, as documents count them: no homework, nothing declined."""
    kinds = (_kind_of_point(status) for status in plan.statuses.values() if not _is_told_by_sides(status))
    disputes = sum(len(one.disputes) for one in plan.statuses.values() if one.relevance != "dormant")
    return disputes + sum(kind not in (None, "parked", "declined") for kind in kinds)


def _is_told_by_sides(status: SlotStatus) -> bool:
    """Tell whether copies of the session say different things here: that is told instead of anything else."""
    return any(one.item is None for one in status.disputes)


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
    return "open" if status.answer_state == "open" and not status.optional else None
