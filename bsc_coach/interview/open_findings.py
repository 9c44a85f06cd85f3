"""The open findings of the coach on a whole session: neither followed, kept nor muted; and its alarms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bsc_coach.coach.alarms import alarm_of, gravest
from bsc_coach.coach.catalogue import rules
from bsc_coach.coach.check import check_strategy, listen_to_strategy
from bsc_coach.coach.ear.heard import Ear
from bsc_coach.coach.rule import LOOK_BACK, Finding, Rule
from bsc_coach.derived import once
from bsc_coach.interview.coaching import context_of
from bsc_coach.interview.homework import taken_home
from bsc_coach.interview.keeping import is_overruled
from bsc_coach.interview.plan import Plan, SlotStatus
from bsc_coach.interview.projection import to_strategy
from bsc_coach.script.model import ConfirmStep, QuestionStep, Script
from bsc_coach.script.slots import Frame, ItemId, Slot, StepId
from bsc_coach.script.step_parts import POINT_ANSWERS
from bsc_coach.strategy.notes import Alarm

ANY = "*"
"""In place of an item: whatever there is around a slot."""


@dataclass(frozen=True)
class OpenFinding:
    """A finding of the coach, and the answer to go to (None: the whole map)."""

    finding: Finding
    slot: Slot | None


@once
def open_findings(plan: Plan) -> tuple[OpenFinding, ...]:
    """Return what the coach still wonders about in the strategy of a session, most serious first.

    What it says of the map as a whole waits until the interview has come to its first look back: before,
    it would only list what has not been asked for yet. So does what it misses of a card that is being filled
    in, until the talk has come past it.
    """
    strategy = to_strategy(plan)
    found = check_strategy(strategy, language=plan.language, today=context_of(plan).today)
    whole = _has_come_to_look_back(plan)
    return _open(plan, (one for one in found if whole or "map" not in rules()[one.rule].families))


def heard_in(plan: Plan, ear: Ear | None) -> tuple[OpenFinding, ...]:
    """Return what an ear hears beside the open findings, in texts on which no rule remarks.

    Documents and alarms know nothing of it: whoever makes them elsewhere may have another ear, or none.
    """
    if ear is None:
        return ()
    return _open(plan, listen_to_strategy(to_strategy(plan), ear, language=plan.language))


def _open(plan: Plan, found: Iterable[Finding]) -> tuple[OpenFinding, ...]:
    """Return those of some findings that nobody muted, kept or set aside, with their places."""
    places = _places(plan)
    placed = (
        OpenFinding(one, _place_of(plan, one, places))
        for one in found
        if _can_be_mended(plan.script, rules()[one.rule])
        and not is_set_aside(plan, one)
        and not _is_ahead(plan, one)
    )
    return tuple(
        one
        for one in placed
        if not is_overruled(plan, one.finding, plan.status(one.slot) if one.slot is not None else None)
    )


def _can_be_mended(script: Script, rule: Rule[Any]) -> bool:
    """Tell whether a script asks at all for what a rule misses, or is heard at."""
    heard = (rule.heard_at,) if rule.heard_at not in ("", LOOK_BACK) else ()
    return all(
        not fields or any(script.filling(field) is not None for field in fields)
        for fields in (rule.misses, heard)
    )


def alarming(plan: Plan) -> tuple[OpenFinding, ...]:
    """Return the gravest of the open findings, at most five, without what somebody took home."""
    return gravest(
        (one for one in open_findings(plan) if not _is_homework(plan, one.finding)),
        lambda one: one.finding,
    )


def alarms(plan: Plan) -> tuple[Alarm, ...]:
    """Return the alarms of a session, as its documents tell them on their first page."""
    return tuple(alarm_of(one.finding, to_strategy(plan)) for one in alarming(plan))


def _is_homework(plan: Plan, found: Finding) -> bool:
    """Tell whether a finding says that a field is missing which somebody took home."""
    item = plan.state.item_by_name(found.about[0]) if found.about else None
    for field in rules()[found.rule].misses:
        step = plan.script.filling(field)
        for slot in plan.index.of_step.get(step.id, ()) if step is not None else ():
            if slot.item in (None, item) and plan.statuses[slot].active and taken_home(plan.statuses[slot]):
                return True
    return False


def is_set_aside(plan: Plan, found: Finding) -> bool:
    """Tell whether a finding misses a field, or rests on one, which this session does not come to."""
    gone = [
        _set_aside(plan)[step] for step in _looked_at(plan.script, found.rule) if step in _set_aside(plan)
    ]
    items = {*filter(None, map(plan.state.item_by_name, found.about))} if gone else set()
    return any(around and (not items or None in around or items & around) for around in gone)


def _is_ahead(plan: Plan, found: Finding) -> bool:
    """Tell whether a finding misses a field, or rests on one, which the talk has not come to yet."""
    items = [plan.state.item_by_name(name) or name for name in found.about]
    around = (None, *items) if items else (ANY,)
    steps = _looked_at(plan.script, found.rule)
    slots = (slot for step in steps for item in around for slot in _slots_around(plan).get((step, item), ()))
    return any(_is_still_to_come(plan, slot) for slot in slots)


@once
def _slots_around(plan: Plan) -> Mapping[tuple[StepId, str | None], Sequence[Slot]]:
    """Return the slots of each step by an item around them: None where there is none, and ANY for all."""
    found: dict[tuple[StepId, str | None], list[Slot]] = {}
    for step, slots in plan.index.of_step.items():
        for slot in slots:
            for item in (ANY, *({item for _, item in slot.frame} or (None,))):
                found.setdefault((step, item), []).append(slot)
    return found


def _is_still_to_come(plan: Plan, slot: Slot) -> bool:
    """Tell whether nothing was said about a slot or any after it: in all, or of the card now filled in."""
    status = plan.statuses[slot]
    untouched = status.active and not status.aside and status.answer_state == "open" and status.fact is None
    if not untouched or plan.state.list_at(slot).items:
        return False
    come_to = _come_to(plan)
    furthest = come_to.furthest
    if come_to.card == slot.frame != ():
        furthest = come_to.furthest_in[slot.frame]
    return plan.index.position[slot] > furthest


@dataclass(frozen=True)
class _ComeTo:
    """How far answers have come, by the places of slots: in all, in each card; and the card of the last."""

    furthest: int
    furthest_in: Mapping[Frame, int]
    card: Frame


@once
def _come_to(plan: Plan) -> _ComeTo:
    said = [
        (one.fact.number, plan.index.position[slot], slot.frame)
        for slot, one in plan.statuses.items()
        if one.fact is not None
    ]
    by_card: dict[Frame, int] = {}
    for _, place, frame in said:
        by_card[frame] = max(place, by_card.get(frame, -1))
    _, _, card = max(said, default=(0, 0, ()))
    return _ComeTo(max(by_card.values(), default=-1), by_card, card)


def _looked_at(script: Script, rule: str) -> Sequence[StepId]:
    """Return the questions of the fields that a rule misses, or rests on."""
    return _steps_by_rule(script)[rule]


@once
def _steps_by_rule(script: Script) -> Mapping[str, Sequence[StepId]]:
    fields = {name: (*rule.misses, *rule.rests_on) for name, rule in rules().items()}
    return {
        name: tuple(step.id for step in map(script.filling, wanted) if step is not None)
        for name, wanted in fields.items()
    }


@once
def _set_aside(plan: Plan) -> Mapping[StepId, frozenset[ItemId | None]]:
    """Return for each question that is left aside the items around it; None where it stands in no list."""
    found: dict[StepId, set[ItemId | None]] = {}
    for status in plan.statuses.values():
        if status.aside not in ("", "unasked"):
            around: set[ItemId | None] = {item for _, item in status.slot.frame} or {None}
            found.setdefault(status.slot.step, set()).update(around)
    return {step: frozenset(items) for step, items in found.items()}


def _has_come_to_look_back(plan: Plan) -> bool:
    looks = [status for status in plan.statuses.values() if isinstance(status.step, ConfirmStep)]
    if any(status.fact is not None and status.fact.answer_state == "answered" for status in looks):
        return True  # what was passed over on the way there does not keep the coach silent
    before = plan.order[: plan.index.position[looks[0].slot]] if looks else plan.order
    return not any(plan.statuses[slot].needs_asking for slot in before)


def _place_of(plan: Plan, found: Finding, by_name: Mapping[str, Sequence[SlotStatus]]) -> Slot | None:
    """Return the answer that a finding is about, or leads to."""
    about = found.about[0] if found.about else ""
    mended = next(_slots_to_mend(plan, rules()[found.rule], plan.state.item_by_name(about)), None)
    if mended is not None:
        return mended
    places = by_name.get(plan.state.item_by_name(about) or about, ()) if about else ()
    # The later wording of a point is the one that counts: an objective after its candidate.
    place = next((one for one in reversed(places) if _is_coached(one)), places[0] if places else None)
    return None if place is None else place.slot


def _slots_to_mend(plan: Plan, rule: Rule[Any], item: ItemId | None) -> Iterator[Slot]:
    """Yield the slots where what a rule says of an item, or of the whole, is mended, the likeliest first.

    That is a field that it names, or one that it misses; else the list or the answers where it is heard: an
    outcome that nothing drives is driven by another link.
    """
    heard = rule.heard_at if item is None or rule.heard_at.endswith("[]") else ""
    for field in filter(None, (rule.mended_at, *rule.misses, heard)):
        step = plan.script.filling(field)
        if step is not None and step.unasked and item is None:
            # Nobody is asked that of an item; what is asked is whom to pick for it.
            asked = (one for one in plan.script.asked() if one.field == field and not one.unasked)
            step = next(asked, step)
        if step is None:
            continue
        around = (ANY,) if item is None else (None, item)
        for slot in (one for place in around for one in _slots_around(plan).get((step.id, place), ())):
            status = plan.statuses[slot]
            here = item is None or slot.item in (None, item)
            if here and status.active and (status.value is None or field not in rule.misses):
                yield slot


def _places(plan: Plan) -> Mapping[str, Sequence[SlotStatus]]:
    """Return the active answers about each item (a fixed one too), field and part of the strategy."""
    found: dict[str, list[SlotStatus]] = {}
    for status in plan.statuses.values():
        if not status.active:
            continue
        field = status.step.field or ""
        part, dot, _ = field.partition(".")
        for name in {part if dot else "", field if dot else "", status.slot.item or ""} - {""}:
            found.setdefault(name, []).append(status)
    return found


def _is_coached(status: SlotStatus) -> bool:
    return isinstance(status.step, QuestionStep) and status.step.coach in POINT_ANSWERS
