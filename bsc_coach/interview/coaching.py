"""Run the coach's rules on the answers of a session, less what was overruled or muted.

A step of the script names what its answer is (``coach = "promise"``); the rules for that look at it. The
rules are read when the first such answer is looked at: many starts of the program never come to one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Any, cast

from bsc_coach.digest import digest_of
from bsc_coach.interview.facts.log import Value
from bsc_coach.interview.plan import Plan, SlotStatus
from bsc_coach.script.fields import field_of
from bsc_coach.script.model import CollectStep, PickStep, QuestionStep
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
MOST_REMARKS = 2
"""An answer gets at most two remarks, the most serious first."""


def remarks(plan: Plan, slot: Slot, *, at_home: bool = False, ear: Ear | None = None) -> tuple[Finding, ...]:
    """The coach's findings on an answer that the talk shows: open ones, most serious first, at most two.

    With an ``ear``, a wording on which no rule remarks is listened to. In the room what misses only the
    homework of an owner is not said; ``at_home`` it is.
    """
    status = plan.status(slot)
    if status is None:
        return ()
    findings = findings_on(plan, status, ear)
    if not findings:
        return ()
    from bsc_coach.coach.catalogue import rules
    from bsc_coach.coach.rule import LOOK_BACK

    now = (
        one
        for one in findings
        if rules()[one.rule].heard_at != LOOK_BACK
        and (at_home or not _is_about_homework(plan, slot, rules()[one.rule]))
    )
    return tuple(one for one in now if not is_settled(plan, status, one.rule))[:MOST_REMARKS]


def _is_about_homework(plan: Plan, slot: Slot, rule: Rule[Any]) -> bool:
    """Tell whether a rule misses a field of this item, or rests on one, that its owner takes home."""
    steps = filter(None, map(plan.script.filling, (*rule.misses, *rule.rests_on)))
    beside = (plan.status(Slot(step.id, slot.frame)) for step in steps)
    return any(status is not None and status.aside == "homework" for status in beside)


def is_settled(plan: Plan, status: SlotStatus, rule: str) -> bool:
    """Whether a rule is muted, or was overruled for this answer in just this wording."""
    return rule in plan.state.muted or is_kept(plan, status, rule)


def is_kept(plan: Plan, status: SlotStatus, rule: str) -> bool:
    """Tell whether an answer was kept against a rule in this wording, or in one that was bettered since."""
    kept = plan.state.kept.get((status.slot, rule))
    fact = status.fact
    while kept is not None and status.value is not None and fact is not None:
        if fact.value is not None and kept.digest == digest_of(fact.value):
            return True
        fact = fact.rewords
    return False


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
    worded = isinstance(status.step, QuestionStep) and status.step.coach not in (None, "kpi")
    return worded and is_rule(rule) and rules()[rule].by_ear


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
    return _of_wording(plan, step.coach, status.value, ear)


def remark_resolved_by(plan: Plan, slot: Slot, before: Value, after: Value) -> str | None:
    """The sentence of the first finding on one wording that a rewording resolved.

    None where it says nothing, and for answers that it does not judge by their wording alone.
    """
    step = plan.script.by_id.get(slot.step)
    if not isinstance(step, QuestionStep) or step.coach in (None, "kpi"):
        return None
    still = {one.rule for one in _of_wording(plan, step.coach, after)}
    return next((one.say for one in _of_wording(plan, step.coach, before) if one.rule not in still), None)


def _of_wording(plan: Plan, coached: Coached, value: Value, ear: Ear | None = None) -> tuple[Finding, ...]:
    """Findings on a wording."""
    from bsc_coach.coach.check import check_wording
    from bsc_coach.strategy.points import PERSPECTIVE_OF

    is_point = coached in PERSPECTIVE_OF
    kind = cast("Kind", "objective" if is_point and coached != "promise" else coached)
    row = PERSPECTIVE_OF[cast("PointKind", coached)] if is_point else "process"
    return check_wording(kind, str(value), context_of(plan, row, ear))


def context_of(plan: Plan, row: Perspective = "process", ear: Ear | None = None) -> RuleContext:
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
        ear=ear,
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
    from bsc_coach.strategy.model import Kpi

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
