"""Navigation through the questions: agenda, progress, the next question, and where to resume.

All of it is derived from the plan; where a person is stands in the conversation, not here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from bsc_coach.derived import once
from bsc_coach.interview.facts.log import ELSEWHERE
from bsc_coach.interview.forecast import Expected, Part, forecast
from bsc_coach.interview.plan import Plan, SlotStatus, once_for_slots
from bsc_coach.interview.schedule import minutes_left, planned_minutes, questions_left
from bsc_coach.interview.state import State
from bsc_coach.interview.texts import text_of
from bsc_coach.script.model import CollectStep, ConfirmStep, Fixed, Script, StepBase
from bsc_coach.script.slots import Frame, ItemId, Slot, StepId
from bsc_coach.script.step_parts import TextRole
from bsc_coach.text import one_line

_NAMING: tuple[TextRole, ...] = ("title", "short", "ask")
"""The texts that can name a step, the shortest first."""


@dataclass(frozen=True)
class Progress:
    """How far: settled ≤ certain ≤ possible, counting what must be answered and what was."""

    settled: int
    certain: int
    possible: int
    stale: int = 0
    parked: int = 0
    unconfirmed: int = 0
    """How many were taken over from an earlier strategy, and not confirmed here."""

    def __add__(self, other: Progress) -> Progress:
        return Progress(
            self.settled + other.settled,
            self.certain + other.certain,
            self.possible + other.possible,
            self.stale + other.stale,
            self.parked + other.parked,
            self.unconfirmed + other.unconfirmed,
        )


SectionStatus = Literal["untouched", "begun", "settled", "check_again"]


@dataclass(frozen=True)
class AgendaEntry:
    """One line of the agenda: a section, or one item of a fixed list on the top level."""

    step: StepId
    item: ItemId | None
    title: str
    status: SectionStatus
    progress: Progress
    first: Slot | None
    """Where a jump to this entry lands: its first slot that needs something, else its first."""
    minutes_planned: int
    minutes_left: float
    """What it is still likely to take; an answer never makes that more."""
    minutes_elapsed: float
    left_out: bool
    """Whether nothing is asked in it today, and nobody began it all the same."""


def progress(statuses: Iterable[SlotStatus]) -> Progress:
    """Return how far ``statuses`` are. Dormant ones do not count at all."""
    settled = certain = possible = stale = parked = unconfirmed = 0
    for status in statuses:
        if status.relevance == "dormant" or not status.counted:
            continue
        possible += 1
        if status.relevance != "active":
            continue
        certain += 1
        settled += status.settled
        stale += status.stale
        parked += status.answer_state == "parked"
        unconfirmed += status.unconfirmed and not isinstance(status.step, CollectStep)
    return Progress(settled, certain, possible, stale, parked, unconfirmed)


def entry_of(script: Script, slot: Slot) -> tuple[StepId, ItemId | None]:
    """Return the agenda entry that a slot belongs to."""
    section = script.section_of(slot.step)
    if isinstance(script.step(section), Fixed):
        return section, dict(slot.frame).get(section)
    return section, None


def _nothing_is_left(plan: Plan) -> bool:
    """Tell whether a session is finished, and what is open was left open knowingly: not brought in since."""
    last = finished_at(plan)
    fact = None if last is None else plan.statuses[last].fact
    known = frozenset(fact.open_points) if fact is not None else frozenset()
    wanting = (status for status in plan.statuses.values() if status.needs_asking)
    return fact is not None and all(str(status.slot) in known for status in wanting)


def part_name(step: StepId, item: ItemId | None) -> str:
    """Return how a part of the agenda is named where parts are left out: "kpis", "clusters[social]"."""
    return step if item is None else f"{step}[{item}]"


def section_title(plan: Plan, slot: Slot) -> str:
    """Return the title of the agenda entry that a slot belongs to."""
    section, item = entry_of(plan.script, slot)
    if item is not None:
        return plan.label(((section, item),))
    return title_of(plan, plan.script.step(section))


def title_of(plan: Plan, step: StepBase, frame: Frame = ()) -> str:
    """Return the title of a step in the language of the talk; of a question its short name, or itself.

    A question, a list or a look back may stand on the agenda by itself, and needs no title there.
    """
    for role in _NAMING:
        if text := one_line(text_of(plan, step, frame, role) or ""):
            return text
    return step.id


@once
def agenda(plan: Plan) -> tuple[AgendaEntry, ...]:
    """Return the agenda: the top-level steps in order, a fixed list as one entry per item.

    A part in which nothing applies to this team is not on it.
    """
    # The time of each part, spent and planned.
    finished = _nothing_is_left(plan)
    elapsed, planned = minutes_per_entry(plan.script, plan.state), planned_minutes(plan)
    # A part is a step at the top; of a fixed list each item is one.
    entries = []
    for step in plan.script.inside(None):
        items: Sequence[ItemId | None] = step.item_ids if isinstance(step, Fixed) else (None,)
        for item in items:
            if not _applies(plan, (step.id, item)):
                continue
            frame: Frame = () if item is None else ((step.id, item),)
            count = _count(plan, (step.id, item))
            entries.append(
                AgendaEntry(
                    step=step.id,
                    item=item,
                    title=title_of(plan, step) if item is None else plan.label(frame),
                    status=count.status,
                    progress=count.progress,
                    first=count.first,
                    minutes_planned=planned[step.id, item],
                    minutes_left=0.0 if finished else count.left,
                    minutes_elapsed=elapsed.get((step.id, item), 0.0),
                    left_out=count.status == "untouched" and not forecast(plan).get((step.id, item)),
                )
            )
    return tuple(entries)


def _applies(plan: Plan, entry: Part) -> bool:
    """Tell whether anything in an entry may be asked, or holds something that came in from elsewhere."""
    slots = _slots_by_entry(plan).get(entry, ())
    statuses = [plan.statuses[slot] for slot in slots]
    lists = (one for one in statuses if one.active and isinstance(one.step, CollectStep))
    holds = any(plan.state.list_at(one.slot).live for one in lists)
    return holds or not slots or any(one.relevance != "dormant" and one.place != "record" for one in statuses)


def minutes_to_go(plan: Plan) -> float:
    """Return how many minutes the questions of the whole session are still likely to take."""
    return sum(entry.minutes_left for entry in agenda(plan))


def questions_to_go(plan: Plan) -> Mapping[Part, Mapping[StepId, Expected]]:
    """Return what is likely to be asked yet in each part of the agenda that one is not through with."""
    parts = [(one.step, one.item) for one in agenda(plan) if one.minutes_left or one.status == "untouched"]
    slots = _slots_by_entry(plan)
    return {
        part: questions_left(plan, part, (plan.statuses[slot] for slot in slots.get(part, ())))
        for part in parts
    }


def progress_of(plan: Plan) -> Progress:
    """Return how far the whole session is."""
    return sum((entry.progress for entry in agenda(plan)), Progress(0, 0, 0))


@dataclass(frozen=True)
class _Count:
    """What the agenda tells of one of its entries."""

    status: SectionStatus
    progress: Progress
    first: Slot | None
    left: float
    """Minutes that it is still likely to take."""


def _count(plan: Plan, entry: tuple[StepId, ItemId | None]) -> _Count:
    """Count the statuses of an entry, unless the plan took the count over from the one before."""
    if entry not in plan.counted:
        inside = [plan.statuses[slot] for slot in _slots_by_entry(plan).get(entry, ())]
        plan.counted[entry] = _counted(plan, entry, inside)
    count: _Count = plan.counted[entry]
    return count


@once_for_slots
def _slots_by_entry(plan: Plan) -> Mapping[Part, Sequence[Slot]]:
    """Return the slots of each agenda entry; the same for all plans over the same slots."""
    grouped: dict[Part, list[Slot]] = {}
    for slot in plan.order:
        grouped.setdefault(entry_of(plan.script, slot), []).append(slot)
    return grouped


def _counted(plan: Plan, entry: Part, statuses: Sequence[SlotStatus]) -> _Count:
    """Count how far an entry is, how long it takes, whether it wants a look, and where a jump to it lands."""
    far = progress(statuses)
    begun = check_again = asks = False
    landing: Slot | None = None
    wanting: Slot | None = None
    for status in statuses:
        begun = begun or (status.answer_state != "open" and status.place != "record")
        if not status.active:
            continue
        check_again = check_again or status.stale or status.unconfirmed or bool(status.refusals)
        landing = landing or (status.slot if status.place != "record" else None)
        asks = asks or asks_itself(status)
        if wanting is None and status.needs_asking:
            wanting = status.slot
    kind: SectionStatus = "begun" if begun or far.settled else "untouched"
    if check_again:
        kind = "check_again"
    elif far.possible and far.settled == far.possible:
        kind = "settled"
    left = minutes_left(plan, entry, statuses, through=begun and not asks)
    return _Count(kind, far, wanting or landing, left)


def asks_itself(status: SlotStatus) -> bool:
    """Tell whether the interview stops at a slot on its way: active, and still open or in need of a look.

    Optional slots are offered in passing until they were passed once.
    """
    if not status.active:
        return False
    offered = not (status.passed or status.step.unasked or status.aside)
    offered = offered and status.answer_state == "open"
    return status.needs_asking or offered


def next_slot(plan: Plan, at: Slot | None, among: Sequence[Slot] | None = None) -> Slot | None:
    """Return the next slot to ask after ``at``, or None when all that must be answered is.

    What copies of the session say differently comes first, until it is decided. Then it goes forward in the
    order of asking, offering optional slots in passing; at the end, and when there is no ``at``, it comes
    back to the first that still needs an answer. After the last confirmation there is
    nothing next: what is open then was left open knowingly.

    With ``among``, slots in the order of asking, only those are asked, and each until it is none of them.
    """
    if among is not None:
        here = -1 if at is None else plan.index.position.get(at, -1)
        return next((slot for slot in among if plan.index.position[slot] > here), next(iter(among), None))
    order = plan.order
    if (contested := next_disputed(plan, at)) is not None:
        return contested
    if at is not None and at in plan.statuses:
        for place in range(plan.index.position[at] + 1, len(order)):
            if asks_itself(plan.statuses[order[place]]):
                return order[place]
        if is_finished(plan):
            return None
    wanting = (slot for slot in order if plan.statuses[slot].needs_asking)
    first = next(wanting, None)
    return next(wanting, first) if first == at else first


def next_disputed(plan: Plan, at: Slot | None) -> Slot | None:
    """Return the next slot after ``at`` where copies of the session differ; None for no other."""
    slots = [slot for slot, _ in plan.disputes if slot != at]
    place, here = plan.index.position, -1 if at is None else plan.index.position.get(at, -1)
    return next((slot for slot in slots if place[slot] > here), next(iter(slots), None))


@once
def finished_at(plan: Plan) -> Slot | None:
    """Return the look back that ends the session, where it is confirmed and still holds."""
    last = next((plan.statuses[slot] for slot in reversed(plan.order) if plan.statuses[slot].active), None)
    holds = last is not None and isinstance(last.step, ConfirmStep) and last.answer_state == "answered"
    return last.slot if last is not None and holds else None


def is_finished(plan: Plan) -> bool:
    """Tell whether the session is finished."""
    return finished_at(plan) is not None


def slots_said(plan: Plan) -> tuple[Slot, ...]:
    """Return the slots that something was said about here and that still exist, in the order of saying."""
    here = (action for action in plan.state.effective if action.source not in ELSEWHERE)
    said = (getattr(event, "slot", None) for action in here for event in action.do[:1])
    return tuple(slot for slot in said if isinstance(slot, Slot) and slot in plan.statuses)


def layout_of(plan: Plan, slot: Slot) -> str:
    """Return how the list at ``slot`` is filled in; "list" for what is no list."""
    return getattr(plan.script.step(slot.step), "layout", "list")


def is_open_list(plan: Plan, slot: Slot | None) -> bool:
    """Tell whether ``slot`` is a list that is still open: one stays there until it is finished."""
    status = None if slot is None else plan.status(slot)
    return status is not None and isinstance(status.step, CollectStep) and status.answer_state == "open"


def leaves_its_part(plan: Plan, slot: Slot | None, target: Slot | None) -> bool:
    """Tell whether going to ``target`` leaves the part of the agenda that ``slot`` is in."""
    if slot is None or target is None:
        return True
    return entry_of(plan.script, slot) != entry_of(plan.script, target)


def following(plan: Plan, slot: Slot | None, among: Sequence[Slot] | None = None) -> Slot | None:
    """Return the question after ``slot``: the list itself while it is open, else what comes next.

    From a card one goes on to the cards of the list that are not through yet, and then back to the list.
    ``among`` is as for ``next_slot``.
    """
    if is_open_list(plan, slot):
        return slot
    target = next_slot(plan, _end_of_cards(plan, slot) if among is None else slot, among)
    if slot is not None and slot.frame:
        around = Slot(slot.frame[-1][0], slot.frame[:-1])
        asked = is_open_list(plan, around) and not plan.statuses[around].step.unasked
        if asked and (among is None or around in among) and not _goes_on_inside(plan, slot, around, target):
            return around
    return target


def _goes_on_inside(plan: Plan, slot: Slot, around: Slot, target: Slot | None) -> bool:
    """Tell whether ``target`` is in the item of ``slot``, or on another card of the list around it."""
    if target is None:
        return False
    depth = len(around.frame) if layout_of(plan, around) != "list" else len(slot.frame)
    same_list = target.frame[: len(around.frame)] == around.frame
    listed = [list_id for list_id, _ in target.frame[len(around.frame) :]][:1] == [around.step]
    return same_list and listed and target.frame[:depth] == slot.frame[:depth]


def _end_of_cards(plan: Plan, slot: Slot | None) -> Slot | None:
    """Return the slot to go on from: past the cards of a finished list, which were all gone through.

    What must be answered on one of them is not passed over.
    """
    if slot is None or slot not in plan.statuses or layout_of(plan, slot) == "list":
        return slot
    end, depth = slot, len(slot.frame)
    for place in range(plan.index.position[slot] + 1, len(plan.order)):
        inner = plan.order[place]
        lists = [list_id for list_id, _ in inner.frame[depth:]]
        on_a_card = inner.frame[:depth] == slot.frame and lists[:1] == [slot.step]
        if not on_a_card or plan.statuses[inner].needs_asking:
            break
        end = inner
    return end


def resume_slot(plan: Plan) -> Slot | None:
    """Return where a session goes on when nothing else is known: after the last thing said.

    Where copies of it say different things, that is decided first.
    """
    if (contested := next_disputed(plan, None)) is not None:
        return contested
    for action in reversed(plan.state.effective):
        for event in reversed(action.do if action.source not in ELSEWHERE else ()):
            slot = getattr(event, "slot", None)
            if isinstance(slot, Slot) and slot in plan.statuses:
                return following(plan, slot)
    return next_slot(plan, None)


def minutes_per_entry(script: Script, state: State) -> dict[tuple[StepId, ItemId | None], float]:
    """Return the minutes spent on each agenda entry, from the times of the actions alone."""
    spent: dict[tuple[StepId, ItemId | None], timedelta] = {}
    for place, time in state.spent.items():
        if place.step in script.by_id:
            entry = entry_of(script, place)
            spent[entry] = spent.get(entry, timedelta()) + time
    return {entry: time.total_seconds() / 60 for entry, time in spent.items()}
