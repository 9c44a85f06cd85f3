"""Run the coach's rules on the answers of a session, whether what they say was overruled or not.

A step of the script names what its answer is (``coach = "promise"``); the rules for that look at it. The
rules are read when the first such answer is looked at: many starts of the program never come to one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from bsc_coach.interview.facts.log import Value
from bsc_coach.interview.plan import Plan, SlotStatus
from bsc_coach.script.fields import field_of
from bsc_coach.script.model import CollectStep, PickStep, QuestionStep, Step
from bsc_coach.script.slots import ItemId, Slot
from bsc_coach.script.step_parts import Coached
from bsc_coach.text import one_line
from bsc_coach.words import BASE_LANGUAGE

if TYPE_CHECKING:
    from bsc_coach.coach.check import Kind
    from bsc_coach.coach.context import RuleContext
    from bsc_coach.coach.ear.heard import Ear
    from bsc_coach.coach.rule import Finding, Rule
    from bsc_coach.strategy.points import Perspective, PointKind

_YEAR = re.compile(r"[0-9]{4}")


def is_rule(name: str) -> bool:
    """Tell whether the coach has a rule of this id."""
    from bsc_coach.coach.catalogue import rules

    return name in rules()


def reason_for_rule(rule: str, language: str) -> str:
    """Return why there is a rule, in a sentence."""
    from bsc_coach.coach.catalogue import rule_words

    words = rule_words(language).get(rule) or rule_words(BASE_LANGUAGE).get(rule)
    return rule if words is None else words.reason


def may_be_kept(plan: Plan, status: SlotStatus, rule: str) -> bool:
    """Tell whether an answer may be kept against a rule: one that remarks on it, or may do so by ear."""
    from bsc_coach.coach.catalogue import rules

    if rule_says(plan, status, rule) is not None:
        return True
    return is_a_wording(status.step) and is_rule(rule) and rules()[rule].by_ear


def rule_says(plan: Plan, status: SlotStatus, rule: str, ear: Ear | None = None) -> str | None:
    """Return what one rule says of an answer, whether it was overruled or not.

    A rule on the map also says it of the answers about the points that it names.
    """
    sentence = next((one.say for one in findings_on(plan, status, ear) if one.rule == rule), None)
    if sentence is not None or not is_rule(rule) or not status.active or status.value is None:
        return sentence
    from bsc_coach.coach.catalogue import rules

    if not rules()[rule].on_the_whole:
        return None
    names = names_around(plan, status)
    return next((one.say for one in _on_the_whole(plan, [rules()[rule]]) if names & set(one.about)), None)


def names_around(plan: Plan, status: SlotStatus) -> frozenset[str]:
    """Return the short ids that an answer is about: of its item, and of what was picked for that item."""
    frame = status.slot.frame
    if not frame:
        return frozenset()
    items = {frame[-1][1]}
    for step in plan.script.inside(frame[-1][0]):
        picked = plan.answer(Slot(step.id, frame)) if isinstance(step, PickStep) else None
        items.update(ItemId(item) for item in (picked if isinstance(picked, tuple) else ()))
    return frozenset(plan.state.shorts.get(item, item) for item in items)


def findings_on(plan: Plan, status: SlotStatus, ear: Ear | None = None) -> tuple[Finding, ...]:
    """All findings on an answer, overruled or not, the most serious first; of a list, once it is finished."""
    step = status.step
    if isinstance(step, CollectStep):
        return _of_finished_list(plan, status)
    if not status.active or status.value is None or not isinstance(step, QuestionStep):
        return ()
    if step.coach is None:
        return _of_choice(plan, status)
    if step.coach == "kpi":
        return _of_kpi(plan, status)
    explains = _explained_by(plan, status) if step.coach == "reason" else ""
    return _of_wording(plan, step.coach, status.value, explains, ear)


def is_a_wording(step: Step) -> bool:
    """Tell whether the coach judges the answers to a step by their wording alone."""
    return isinstance(step, QuestionStep) and step.coach not in (None, "kpi")


def findings_on_wording(plan: Plan, step: Step, value: Value) -> tuple[Finding, ...]:
    """Return what there would be to say of a wording as the answer to a step that judges wordings."""
    judged = step.coach if isinstance(step, QuestionStep) else None
    return () if judged is None or judged == "kpi" else _of_wording(plan, judged, value)


def remark_resolved_by(plan: Plan, slot: Slot, before: Value, after: Value) -> str | None:
    """The sentence of the first finding on one wording that a rewording resolved.

    None where it says nothing, and for answers that it does not judge by their wording alone.
    """
    step = plan.script.by_id.get(slot.step)
    if step is None:
        return None
    still = {one.rule for one in findings_on_wording(plan, step, after)}
    return next((one.say for one in findings_on_wording(plan, step, before) if one.rule not in still), None)


def _explained_by(plan: Plan, status: SlotStatus) -> str:
    """Return the words of what a reason explains: the item it is about, or those picked for it."""
    from bsc_coach.interview.projection import item_in_words

    frame = status.slot.frame
    if not frame:
        return ""
    picks = (step for step in plan.script.inside(frame[-1][0]) if isinstance(step, PickStep))
    picked = [plan.answer(Slot(step.id, frame)) for step in picks]
    items = [ItemId(item) for one in picked if isinstance(one, tuple) for item in one]
    if items:
        return "\n".join(item_in_words(plan, item) for item in items)
    return "" if status.slot in plan.naming(frame) else plan.label(frame)


def _of_wording(
    plan: Plan, coached: Coached, value: Value, explains: str = "", ear: Ear | None = None
) -> tuple[Finding, ...]:
    """Findings on a wording."""
    from bsc_coach.coach.check import check_wording
    from bsc_coach.strategy.points import PERSPECTIVE_OF

    is_point = coached in PERSPECTIVE_OF
    kind = cast("Kind", "objective" if is_point and coached != "promise" else coached)
    row = PERSPECTIVE_OF[cast("PointKind", coached)] if is_point else "process"
    return check_wording(kind, str(value), replace(context_of(plan, row), explains=explains, ear=ear))


def context_of(plan: Plan, row: Perspective = "process") -> RuleContext:
    """The RuleContext of a session: language, perspective, the team's word for customers, the day."""
    from bsc_coach.coach.context import RuleContext, customer_names

    fields = dict(_about_organisation(plan))
    year, word = fields.get("horizon_year"), one_line(str(fields.get("customer_word") or ""))
    return RuleContext(
        plan.language,
        row=row,
        customers=customer_names(word, plan.language),
        customer_word=word,
        today=plan.state.effective[-1].at.date() if plan.state.effective else None,
        horizon_year=int(str(year)) if _YEAR.fullmatch(str(year)) else None,
        organisation=one_line(str(fields.get("name") or "")),
    )


def _about_organisation(plan: Plan) -> Iterator[tuple[str, object]]:
    """Yield what was answered about the organisation, by the name of its field in the strategy."""
    for step in plan.script.asked():
        if step.field is not None and step.field.startswith("organisation."):
            status = plan.status(Slot(step.id, ()))
            if status is not None and status.active and status.value is not None:
                yield step.field.removeprefix("organisation."), status.value


def _of_choice(plan: Plan, status: SlotStatus) -> tuple[Finding, ...]:
    """Findings on choices and on the map that this answer makes possible."""
    from bsc_coach.coach.catalogue import rules, rules_heard_at

    heard = rules_heard_at(status.step.field or "")
    last = bool(heard) and _is_last_of_its_kind(plan, status)
    heard = heard if last else tuple(one for one in heard if one.one_item)
    if not heard:
        return ()
    names = names_around(plan, status)
    return tuple(
        one
        for one in _on_the_whole(plan, heard)
        if (names & set(one.about) if one.about and rules()[one.rule].one_item else last)
    )


def _of_finished_list(plan: Plan, status: SlotStatus) -> tuple[Finding, ...]:
    """Findings on the map that wait until a list of the strategy is finished."""
    from bsc_coach.coach.catalogue import rules_heard_at

    if not status.active or status.answer_state != "answered" or status.slot.frame:
        return ()
    heard = rules_heard_at(status.step.field or "")
    return _on_the_whole(plan, heard) if heard else ()


def _is_last_of_its_kind(plan: Plan, status: SlotStatus) -> bool:
    """Tell whether all answers to this step are in, and this is the last of them in the order of asking.

    While a list around it is open there may come more.
    """
    frame = status.slot.frame
    around = (Slot(list_id, frame[:depth]) for depth, (list_id, _) in enumerate(frame))
    if any(
        isinstance(plan.script.step(one.step), CollectStep) and not plan.state.list_at(one).closed
        for one in around
    ):
        return False
    of_step = (plan.statuses[slot] for slot in plan.index.of_step[status.slot.step])
    same = [one for one in of_step if one.active]
    return same[-1].slot == status.slot and not any(one.needs_asking for one in same)


def _on_the_whole(plan: Plan, rules: Collection[Rule[Any]]) -> tuple[Finding, ...]:
    from bsc_coach.coach.check import check_strategy_by
    from bsc_coach.interview.projection import to_strategy

    return check_strategy_by(rules, to_strategy(plan), language=plan.language, today=context_of(plan).today)


def _of_kpi(plan: Plan, status: SlotStatus) -> tuple[Finding, ...]:
    """Findings on a KPI with this answer that there would not be without it.

    Its other fields may not have been asked for yet: that they are empty means nothing so far. What the
    rules say of it beside the rest of the map is for the findings on the whole.
    """
    from pydantic import ValidationError

    from bsc_coach.coach.check import check_kpi
    from bsc_coach.interview.projection import item_table
    from bsc_coach.strategy.measures import Kpi

    path, frame = field_of(status.step), status.slot.frame
    if path is None or path.outer != ("kpis",) or not path.inner or len(frame) < 2:
        return ()  # a script of one's own calls something else a part of a KPI
    short, measures = (plan.state.shorts.get(item, item) for _, item in (frame[-1], frame[-2]))
    try:
        empty = Kpi(id=short, measures=measures)
        kpi = Kpi.model_validate({"id": short, "measures": measures, **item_table(plan, frame)})
    except ValidationError:
        return ()  # a script of one's own filled a field with what it cannot hold, or lists within lists
    asked = frozenset(name for name in Kpi.model_fields if getattr(kpi, name) != getattr(empty, name))
    name = path.inner[0]
    without = kpi.model_copy(update={name: getattr(empty, name)})
    context = context_of(plan)
    anyway = {(one.rule, one.word) for one in check_kpi(without, context, asked=asked - {name})}
    findings = check_kpi(kpi, context, asked=asked)
    return tuple(one for one in findings if (one.rule, one.word) not in anyway)
