"""What is behind one point: every wording of it, what was overruled, and what hangs together with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping

from bsc_coach.digest import digest_of
from bsc_coach.interview.coaching import reason_for_rule, rule_says
from bsc_coach.interview.explained_votes import told_apart, votes_about
from bsc_coach.interview.facts.answers import SlotAnswered
from bsc_coach.interview.facts.lists import ItemAdded
from bsc_coach.interview.facts.log import Event
from bsc_coach.interview.keeping import is_kept
from bsc_coach.interview.minutes import said_at
from bsc_coach.interview.navigation import title_of
from bsc_coach.interview.plan import Plan
from bsc_coach.interview.projection import said_in_words, to_strategy
from bsc_coach.interview.provenance import taken_over
from bsc_coach.interview.texts import text_of
from bsc_coach.script.fields import field_of, marks_items
from bsc_coach.script.model import Answerable, Fixed, QuestionStep
from bsc_coach.script.slots import Frame, ItemId, Slot, StepId
from bsc_coach.script.step_parts import TextRole
from bsc_coach.strategy.explanation import Explanation, Named, Weighed
from bsc_coach.strategy.measures import OldKpi
from bsc_coach.strategy.model import Candidate, Decision, Link, Strategy
from bsc_coach.strategy.notes import KeptAnswer, Minute, TakenOver
from bsc_coach.strategy.part import Part
from bsc_coach.strategy.sorting import goes_on_as
from bsc_coach.text import normal, one_line

_CHOICE = "proposition.type"
"""The field that holds the value proposition."""
_NO_WORDING = frozenset({"kept", "confirmed"})
"""What is told in a part of its own, or is about the whole."""


def explain(plan: Plan, name: str) -> Explanation | None:
    """Return what is behind the point with the short id ``name``, however its letters are written.

    It may have been taken off its list, or taken back: it was said, after all. A question is found by its
    id in the script or by its words. None for a name that no point or question ever had.
    """
    if _is_the_choice(plan, name):
        return _explain_the_choice(plan)
    frames = _frames(plan)
    short = next((one for one in frames if normal(one) == normal(name)), None)
    if short is None:
        return _explain_a_question(plan, name)
    strategy, frame = to_strategy(plan), frames[short]
    item = frame[-1][1]
    kind, part = _place(strategy, short) or (_kind_of_list(plan, frame), None)
    # How it was weighed, and what was not chosen beside it.
    candidates = {one.id: one for one in strategy.candidates}
    weighed = candidates.get(short)
    own = [link for link in strategy.links if link.id == short]
    dropped = tuple(
        one
        for one in strategy.candidates
        if weighed is not None and one.cluster == weighed.cluster and not one.selected and one is not weighed
    )
    # What was said about it, and what hangs together with it.
    apart = told_apart(plan)
    said = tuple(_said(plan, lambda event: _slot_about(plan, event, item), apart))
    voted = votes_about(plan, item)
    return Explanation(
        id=short,
        kind=kind,
        title=_title(plan, frame, part),
        gone=not any(frame in live for live in plan.members.values()),
        owner=getattr(part, "owner_role", None) or getattr(part, "owner", None),
        said=said,
        originals=_lines(weighed.originals) if weighed is not None else (),
        voted=voted,
        heard=_heard(strategy, weighed, own) if voted else (),
        kept=tuple(_kept(plan, item)),
        scores=None if weighed is None else _weighed(weighed),
        decisions=tuple(_decisions(strategy, short, _tied_to(strategy, short, dropped))),
        themed=tuple(_themed(strategy, short, part)),
        risks=tuple(Named(id=one.id, title=one.title) for one in strategy.risks if one.threatens == short),
        links=tuple(own or (link for link in strategy.links if short in (link.cause, link.effect))),
        kpis=tuple(
            Named(id=one.id, title=one.name) for one in strategy.kpis if short in (one.measures, one.process)
        ),
        old_kpis=tuple(Named(id=one.id, title=one.name) for one in _old_kpis(strategy, short)),
        initiatives=tuple(
            Named(id=n.id, title=n.title) for n in strategy.initiatives if short in n.objectives
        ),
        dropped=tuple(_weighed(one) for one in dropped),
        removed=tuple(_removed(plan, frame)),
        taken_over=_origin(plan, said),
    )


def _themed(strategy: Strategy, short: str, part: Part | None) -> Iterator[Named]:
    """Yield the theme of a point, or the points of a theme."""
    for theme in strategy.themes:
        if theme.id == getattr(part, "theme", None):
            yield Named(id=theme.id, title=theme.title)
    if any(theme.id == short for theme in strategy.themes):
        points = (*strategy.outcomes, *strategy.promises, *strategy.objectives, *strategy.enablers)
        yield from (Named(id=one.id, title=one.title) for one in points if one.theme == short)


def _old_kpis(strategy: Strategy, short: str) -> Iterator[OldKpi]:
    """Yield the KPIs from before that stay for a point, go into another KPI, or go on as it."""
    for old in strategy.old_kpis:
        goes_on = goes_on_as(strategy, old)
        if short in (old.keeps_for, old.merged_into) or (goes_on is not None and goes_on.id == short):
            yield old


def _lines(text: str | None) -> tuple[str, ...]:
    return tuple(line for line in (text or "").split("\n") if line.strip())


def _heard(strategy: Strategy, weighed: Candidate | None, links: Iterable[Link]) -> tuple[str, ...]:
    """Return what somebody wanted said about the scores of a cluster, or about links."""
    if any(links):
        return _lines(strategy.agreement.links_said)
    told = [one.said for one in strategy.clusters if weighed is not None and one.id == weighed.cluster]
    return tuple(line for text in told for line in _lines(text))


def _is_the_choice(plan: Plan, name: str) -> bool:
    """Tell whether people ask for the value proposition: it is no item, and so has no id."""
    choice = plan.script.filling(_CHOICE)
    if choice is None:
        return False
    section = plan.script.step(plan.script.section_of(choice.id))
    return normal(name) in ("proposition", normal(title_of(plan, section)))


def _explain_the_choice(plan: Plan) -> Explanation:
    """Return what is behind the value proposition: all that was said to its questions."""
    steps = (step for step in plan.script.steps if isinstance(step, QuestionStep))
    asked = {step.id for step in steps if (step.field or "").startswith("proposition.")}

    def where(event: Event) -> Slot | None:
        slot: Slot | None = getattr(event, "slot", None)
        return slot if slot is not None and slot.step in asked and not slot.frame else None

    said = tuple(_said(plan, where))
    return Explanation(id="proposition", kind="proposition", said=said, taken_over=_origin(plan, said))


def _origin(plan: Plan, said: Iterable[Minute]) -> TakenOver | None:
    """Return where a point comes from that began with what was taken over."""
    return taken_over(plan) if any(minute.kind == "taken_over" for minute in said) else None


def _explain_a_question(plan: Plan, name: str) -> Explanation | None:
    """Return all that was answered to a question, about every item that it was asked about."""
    if not (wanted := normal(name)):
        return None
    named: dict[str, Answerable] = {}
    roles: tuple[TextRole, ...] = ("short", "ask")
    for role in roles:
        for asked in plan.script.asked():
            named[normal(text_of(plan, asked, (), role) or "")] = asked
    named |= {normal(asked.id): asked for asked in plan.script.asked()}
    step = named.get(wanted)
    if step is None:
        return None

    def where(event: Event) -> Slot | None:
        slot: Slot | None = getattr(event, "slot", None)
        return slot if slot is not None and slot.step == step.id else None

    said = tuple(_said(plan, where))
    return Explanation(
        id=step.id,
        kind="question",
        title=one_line(text_of(plan, step, (), "ask") or ""),
        said=said,
        taken_over=_origin(plan, said),
    )


def points_like(plan: Plan, name: str) -> tuple[str, ...]:
    """Return the ids that come near to ``name``: named so in words, else of the same letters, else all."""
    named = [(short, _title(plan, frame, None) or "") for short, frame in _frames(plan).items()]
    wanted = normal(name)
    letters = wanted.rstrip("0123456789.")
    said = [short for short, title in named if len(wanted) > 2 and wanted in normal(title)]
    alike = [short for short, _ in named if normal(short).rstrip("0123456789.") == letters]
    return tuple(said or alike or [short for short, _ in named])


def _frames(plan: Plan) -> Mapping[str, Frame]:
    """Return the frame inside every item that there is or ever was, by the name people call it."""
    found: dict[str, Frame] = {}
    for action in plan.state.actions:
        for event in action.do:
            if isinstance(event, ItemAdded):
                found[event.short] = (*event.slot.frame, (event.slot.step, event.item))
    for step in plan.script.steps:
        if isinstance(step, Fixed):
            found.update({item: ((step.id, item),) for item in step.item_ids})
    return found


def _lists(strategy: Strategy) -> dict[str, tuple[Part, ...]]:
    """Return every list of a strategy by name: the objectives first, since candidates have the same ids."""
    found = {name: getattr(strategy, name) for name in ("objectives", *Strategy.model_fields)}
    found["attributes"] = strategy.proposition.attributes
    return {name: parts for name, parts in found.items() if isinstance(parts, tuple)}


def _place(strategy: Strategy, short: str) -> tuple[str, Part] | None:
    """Return the list of the strategy that a point stands in, and the point itself."""
    places = ((name, part) for name, parts in _lists(strategy).items() for part in parts)
    return next((place for place in places if getattr(place[1], "id", None) == short), None)


def _kind_of_list(plan: Plan, frame: Frame) -> str:
    path = field_of(step) if (step := plan.script.by_id.get(frame[-1][0])) is not None else None
    return path.outer[-1] if path is not None else ""


def _title(plan: Plan, frame: Frame, part: Part | None) -> str | None:
    """Return what a point is called: in the strategy, else as it was last called before it went."""
    if isinstance(part, Link):
        return f"{part.cause or '…'} → {part.effect or '…'}"
    if named := _name_of(part):
        return named
    step = plan.script.by_id.get(frame[-1][0])
    if isinstance(step, Fixed):
        return plan.label(frame)
    facts = (plan.state.facts.get(slot) for slot in plan.naming(frame))
    return next((fact.value for fact in facts if fact is not None and isinstance(fact.value, str)), None)


def _name_of(part: Part | None) -> str | None:
    named = getattr(part, "title", None) or getattr(part, "name", None)
    return str(named) if named else None


def _said(plan: Plan, where: Callable[[Event], Slot | None], apart: Container[StepId] = ()) -> list[Minute]:
    """Return what was said by the events that are told ``where``, in the order of asking and then by time.

    What was said to the steps ``apart`` is told elsewhere.
    """
    order = {step.id: number for number, step in enumerate(plan.script.steps)}
    found: list[tuple[StepId, Minute]] = [
        (slot.step, minute)
        for event, minute in said_at(plan, lambda event: where(event) is not None)
        if minute.kind not in _NO_WORDING and (slot := where(event)) is not None and slot.step not in apart
    ]
    found.sort(key=lambda one: order.get(one[0], len(order)))
    return [minute for _, minute in found]


def _slot_about(plan: Plan, event: Event, item: ItemId) -> Slot | None:
    """Return where an event says something about an item: in the item, or where it was chosen from a list."""
    slot: Slot | None = getattr(event, "slot", None)
    if slot is None or slot.item == item or getattr(event, "item", None) == item:
        return slot
    step = plan.script.by_id.get(slot.step)
    picked = isinstance(event, SlotAnswered) and isinstance(event.value, tuple) and item in event.value
    return slot if picked and step is not None and marks_items(plan.script, step) else None


def _kept(plan: Plan, item: ItemId) -> Iterator[KeptAnswer]:
    said = {
        (event.slot, digest_of(event.value)): event.value
        for action in plan.state.effective
        for event in action.do
        if isinstance(event, SlotAnswered)
    }
    for (slot, rule), fact in plan.state.kept.items():
        value = said.get((slot, fact.digest))
        if slot.item != item or value is None:
            continue
        status = plan.status(slot)
        still = status is not None and is_kept(plan, status, rule)
        remark = rule_says(plan, status, rule) if status is not None and still else None
        remark = remark or reason_for_rule(rule, plan.language)
        yield KeptAnswer(
            answer=said_in_words(plan, slot, value), remark=remark, reason=fact.reason, by=fact.by
        )


def _weighed(candidate: Candidate) -> Weighed:
    told = candidate.model_dump(include=set(Weighed.model_fields) - {"priority"})
    return Weighed(**told, priority=candidate.priority)


def _tied_to(strategy: Strategy, short: str, dropped: Iterable[Candidate]) -> set[str]:
    """Return the ids that a decision behind a point may speak of.

    They are its own, what a KPI measures, the ends of a link, and what an objective was chosen over.
    """
    ends = [end for one in strategy.links if one.id == short for end in (one.cause, one.effect) if end]
    measured = [one.measures for one in strategy.kpis if one.id == short]
    chosen = any(one.id == short and one.selected for one in strategy.candidates)
    return {short, *ends, *measured, *(one.id for one in dropped if chosen)}


def _decisions(strategy: Strategy, short: str, names: set[str]) -> Iterator[Decision]:
    """Yield the decisions that speak of one of ``names``, by id or in words, and those that replace these."""
    parts = (part for inside in _lists(strategy).values() for part in inside)
    titles = {_name_of(part) for part in parts if getattr(part, "id", None) in names}
    wanted = {normal(name) for name in names} | {
        phrase for title in titles for phrase in _phrases(title or "")
    }
    found = {one.replaces for one in strategy.decisions if one.id == short}
    for decision in strategy.decisions:
        told = (decision.title, decision.reason, decision.alternatives, decision.dissent)
        text = normal(" ".join(one for one in told if one))
        if decision.id != short and any(re.search(rf"(?<!\w){re.escape(one)}(?!\w)", text) for one in wanted):
            found.add(decision.id)
    for one in strategy.decisions:
        if one.id != short and (one.id in found or one.replaces in {short, *found} - {None}):
            yield one


def _phrases(title: str) -> Iterator[str]:
    """Yield a title, and what it is about without the verb that it begins or ends with."""
    words = normal(title).split()
    for phrase in (words, words[1:], words[:-1]):
        if sum(len(word) > 3 for word in phrase) >= 2:
            yield " ".join(phrase)


def _removed(plan: Plan, frame: Frame) -> Iterator[Named]:
    fact = plan.state.list_at(Slot(frame[-1][0], frame[:-1]))
    for item in fact.items:
        if item in fact.removed and item != frame[-1][1]:
            inside = (*frame[:-1], (frame[-1][0], item))
            yield Named(id=plan.state.shorts.get(item, item), title=_title(plan, inside, None))
