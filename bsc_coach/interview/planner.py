"""Making the plan: the projection of the folded state on the script, slot by slot.

The script is gone through in file order and lists are expanded in item order; because references only look
back, one pass is enough. After an answer that decides nothing about other questions only its own status, and
those that are judged by it, are made anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from bsc_coach.digest import digest_of_list, encoded
from bsc_coach.interview.asides import aside_of, aside_of_item, aside_of_source, is_enough
from bsc_coach.interview.basis import stale_because
from bsc_coach.interview.conditions import (
    consistent,
    is_in_reach,
    kept_for_full,
    may_be_empty,
    offer_at,
    seen_from,
    truth,
)
from bsc_coach.interview.facts.log import Event, SlotEvent, Value
from bsc_coach.interview.limits import broken_count, broken_limits
from bsc_coach.interview.members import prepared_by
from bsc_coach.interview.plan import AnswerState, Plan, Relevance, SlotIndex, SlotStatus
from bsc_coach.interview.same_texts import earlier_texts
from bsc_coach.interview.state import Aside, ListFact, State
from bsc_coach.interview.values import Offer, Refusal
from bsc_coach.script.dependencies import dependencies, standing_alone
from bsc_coach.script.model import (
    Answerable,
    BallotStep,
    ChoiceStep,
    CollectStep,
    ConfirmStep,
    Container,
    Fixed,
    ForEach,
    PickStep,
    Script,
    SeveralStep,
    is_measured,
)
from bsc_coach.script.slots import Frame, ItemId, Slot, StepId
from bsc_coach.script.step_parts import Source

if TYPE_CHECKING:
    from bsc_coach.strategy.notes import PartOf


def make_plan(
    script: Script, state: State, before: Plan | None = None, *, part_of: PartOf | None = None
) -> Plan:
    """Project the state on the script: return where every slot stands.

    ``before`` is an earlier plan of the same session: what cannot have changed since is taken over from it.
    The outcome is the same without it. ``part_of`` tells of what the folder of the session is a part, where
    no earlier plan does.
    """
    part_of = part_of if before is None else before.part_of
    if before is None or before.script is not script:
        return _Planner(script, state, part_of=part_of).run()
    changed = _changed_alone(before, state)
    if changed is None:
        return _Planner(script, state, before.statuses, part_of=part_of).run()
    return (
        _replaced(before, state, changed) or _Planner(script, state, before.statuses, part_of=part_of).run()
    )


def _changed_alone(before: Plan, state: State) -> frozenset[Slot] | None:
    """Return the slots that something was said about since ``before``.

    None when that is not all: other actions lie between the two, items come, go or move, or what was said
    decides what else is asked.
    """
    events = _events_between(before.state, state)
    if events is None:
        return None
    changed: set[Slot] = set()
    for event in events:
        if isinstance(event, SlotEvent):
            status = before.statuses.get(event.slot)
            if status is None:
                continue
            if isinstance(status.step, CollectStep) or status.step.id in dependencies(before.script).deciding:
                return None
            changed.add(event.slot)
        elif not event.moves_no_slot:
            return None
    return frozenset(changed)


def _events_between(before: State, now: State) -> tuple[Event, ...] | None:
    """Return what happened or was taken back between two states one action apart; None for any other two."""
    was, counts = before.effective, now.effective
    if len(counts) == len(was) + 1 and counts[:-1] == was:
        return counts[-1].do
    if len(was) == len(counts) + 1 and was[:-1] == counts:
        return was[-1].do
    return None


def _replaced(before: Plan, state: State, changed: frozenset[Slot]) -> Plan | None:
    """Return the plan with the statuses of ``changed`` made anew, and of those that are judged by them.

    None when a look back holds no longer (or again) and something else was asked because of it.
    """
    script, index = before.script, before.index
    refers = dependencies(script)
    statuses = dict(before.statuses)
    now = Plan(script, state, statuses, before.members, index, before.part_of)
    planner = _Planner(script, state, before.statuses, now)
    steps = {slot.step for slot in changed}
    judged = {other for step in steps for other in refers.judging.get(step, ())}
    again = [*changed, *(slot for step in judged for slot in index.of_step.get(step, ()))]
    sections = {script.section_of(step) for step in steps | judged}
    for slot in again:
        was = statuses[slot]
        if not isinstance(was.step, CollectStep | ConfirmStep):
            statuses[slot] = planner.status_of(was.step, slot, was.relevance, was.place)
    # Look backs come last: each is about all that was said before it.
    for step in script.asked():
        if not isinstance(step, ConfirmStep) or not steps:
            continue
        for slot in index.of_step.get(step.id, ()):
            was = before.statuses[slot]
            statuses[slot] = planner.status_of(step, slot, was.relevance, was.place)
            if statuses[slot] == was:
                statuses[slot] = was
                continue
            if step.id in refers.deciding or step.id in refers.judging:
                return None
            sections.add(script.section_of(step.id))
    now.counted.update({entry: count for entry, count in before.counted.items() if entry[0] not in sections})
    return now


_AROUND = (Container, CollectStep)
"""What other steps stand in; nearly every step that a walk comes to is a question instead."""


def inside_of(one: Relevance, other: bool | None) -> Relevance:
    """Return the relevance of something inside ``one`` that holds, does not, or is not known yet."""
    if one == "dormant" or other is False:
        return "dormant"
    return "pending" if one == "pending" or other is None else "active"


@dataclass
class _Planner:
    """One pass over script and items; each status is made once all it depends on is there."""

    script: Script
    state: State
    known: Mapping[Slot, SlotStatus] = field(default_factory=dict)
    made: Plan | None = None
    """A plan whose items are all there already, where only some statuses are made anew."""
    statuses: dict[Slot, SlotStatus] = field(default_factory=dict)
    members: dict[StepId, list[Frame]] = field(default_factory=dict)
    relevances: dict[Frame, Relevance] = field(default_factory=dict)
    """Relevance of each item by the frame inside it."""
    part_of: PartOf | None = None

    def __post_init__(self) -> None:
        # The plan under construction is what conditions are asked of: they only look back.
        self.view = self.made or Plan(self.script, self.state, self.statuses, self.members, SlotIndex(()))
        self.alone = standing_alone(self.script)

    def run(self) -> Plan:
        self._inside(None, (), "active", "")
        members = {name: tuple(frames) for name, frames in self.members.items()}
        index = SlotIndex(tuple(self.statuses))
        return Plan(self.script, self.state, self.statuses, members, index, self.part_of)

    def _inside(self, parent: StepId | None, frame: Frame, relevance: Relevance, around: Aside) -> None:
        for step in self.script.inside(parent):
            here, aside = relevance, aside_of(self.script, self.state.agenda, step, around)
            if step.when is not None and here != "dormant":
                here = inside_of(relevance, truth(self.view, step.when, frame))
            if not isinstance(step, _AROUND):
                slot = Slot(step.id, frame)
                if step.offered_when is not None and not truth(self.view, step.offered_when, frame):
                    aside = aside or "unasked"
                aside = self._asked_otherwise(step, frame, aside)
                self.statuses[slot] = self.status_of(step, slot, here, aside)
                continue
            match step:
                case Fixed():
                    for item in step.item_ids:
                        part = aside_of_item(self.state.agenda, step, item, aside)
                        self._item(step.id, (*frame, (step.id, item)), here, part)
                case ForEach():
                    self._pass(step, frame, here, aside)
                case Container():
                    self._inside(step.id, frame, here, aside)
                case CollectStep():
                    self._collect(step, frame, here, aside)

    def _asked_otherwise(self, step: Answerable, frame: Frame, aside: Aside) -> Aside:
        """Return where a step goes: a round waits for a facilitator to choose it, a question for its round.

        A round that nobody chose was not left out for lack of time, whatever its part of the agenda was.
        """
        together = self.state.together
        if step.id in self.script.prepared and step.id not in together:
            return "unasked"
        if aside or step.together is None or step.together not in together:
            return aside
        for slot in prepared_by(self.view, step, frame):
            status = self.statuses.get(slot) or self.view.statuses.get(slot)
            if status is None or not status.active or status.passed or status.aside:
                continue
            if status.answer_state == "open":
                return "unasked"
        return ""

    def _collect(self, step: CollectStep, frame: Frame, relevance: Relevance, aside: Aside) -> None:
        """The list comes first, then what is inside it: people list before they go into each."""
        slot = Slot(step.id, frame)
        listed = self.state.list_at(slot)
        aside = kept_for_full(self.view, step, frame, aside)
        aside = "record" if step.unasked else aside
        here = self._asked_otherwise(step, frame, aside)
        self.statuses[slot] = self._list_status(step, slot, relevance, listed, here)
        for item in listed.items:
            gone = item in listed.removed or self.statuses[slot].answer_state == "declined"
            inner: Relevance = "dormant" if gone else relevance
            self._item(step.id, (*frame, (step.id, item)), inner, aside)

    def _item(self, list_id: StepId, frame: Frame, relevance: Relevance, aside: Aside) -> None:
        self.relevances[frame] = relevance
        if relevance != "dormant":
            self.members.setdefault(list_id, []).append(frame)
        self._inside(list_id, frame, relevance, aside)

    def _pass(self, step: ForEach, frame: Frame, relevance: Relevance, around: Aside) -> None:
        """Go over the lists in the order they are named; what falls away in all of them comes last."""
        through: set[Frame] = set()
        left_out: dict[Frame, None] = {}
        for source in step.over:
            aside = aside_of_source(self.script, self.state.agenda, step, source, around)
            every = [known for known in self.relevances if known and known[-1][0] == source.list]
            for member in every:
                if not consistent(member, frame):
                    continue
                here = inside_of(
                    relevance, {"active": True, "pending": None}.get(self.relevances[member], False)
                )
                if source.each_when is not None and here != "dormant":
                    here = inside_of(here, truth(self.view, source.each_when, member))
                if here == "dormant":
                    left_out[member] = None
                elif member not in through:
                    through.add(member)
                    self._inside(step.id, member, here, aside)
        for member in left_out:
            if member not in through:
                self._inside(step.id, member, "dormant", around)

    def _list_status(
        self, step: CollectStep, slot: Slot, relevance: Relevance, listed: ListFact, aside: Aside
    ) -> SlotStatus:
        fact = self.state.facts.get(slot)
        answer_state: AnswerState = "open"
        if fact is not None and fact.answer_state != "passed":
            answer_state = fact.answer_state
        enough = is_enough(self.script, self.state.agenda, step, len(listed.live))
        if answer_state == "open" and (listed.closed or enough):
            answer_state = "answered"
        made = SlotStatus(
            slot,
            step,
            answer_state,
            relevance,
            fact,
            place=aside,
            may_be_empty=may_be_empty(self.view, step, slot.frame),
            taken=listed.taken and listed.closed,
            disputes=self.state.disputed.get(slot, ()),
        )
        if relevance == "active" and listed.closed and not (listed.reason and not listed.live):
            return replace(made, refusals=broken_count(made.count, len(listed.live)))
        return made

    def status_of(self, step: Answerable, slot: Slot, relevance: Relevance, aside: Aside) -> SlotStatus:
        # What cannot have changed is taken over.
        fact, disputes = self.state.facts.get(slot), self.state.disputed.get(slot, ())
        known = self.known.get(slot)
        if known is not None and known.fact is fact and (fact is None or step.id in self.alone):
            around = (known.relevance, known.place, known.disputes)
            if around == (relevance, aside, disputes):
                return known
        # Nothing said, or no answer; a look back holds as long as what it was confirmed over.
        if fact is None or fact.answer_state == "passed":
            return SlotStatus(slot, step, "open", relevance, fact, place=aside)
        if fact.answer_state != "answered" or fact.value is None:
            return SlotStatus(slot, step, fact.answer_state, relevance, fact, place=aside, disputes=disputes)
        if isinstance(step, ConfirmStep):
            holds = fact.value == digest_in_scope(self.view, step, fact.number)
            answer_state: AnswerState = "answered" if holds else "open"
            return SlotStatus(slot, step, answer_state, relevance, fact, fact.value, place=aside)
        # An answer that applies is held to what it rests on, and to its limits.
        stale: tuple[Slot, ...] = ()
        refusals: tuple[Refusal, ...] = ()
        if relevance == "active":
            stale = stale_because(self.view, step, slot, fact)
            refusals = self._refusals(step, slot, fact.value)
        return SlotStatus(
            slot,
            step,
            "answered",
            relevance,
            fact,
            fact.value,
            stale,
            fact.rev < step.rev,
            refusals,
            aside,
            disputes=disputes,
        )

    def _refusals(self, step: Answerable, slot: Slot, value: Value) -> tuple[Refusal, ...]:
        if isinstance(step, PickStep) and isinstance(value, tuple):
            # Looking at what was picked is enough: an offer would go over every item of the map.
            gone = sum(1 for item in value if not self._can_be_picked(step, ItemId(item), slot.frame))
            return (Refusal("item_gone", {"n": gone}),) if gone else broken_count(step.count, len(value))
        chooses = isinstance(step, ChoiceStep | SeveralStep | BallotStep)
        offer = offer_at(self.view, step, slot.frame) if chooses else Offer()
        return broken_limits(step, value, offer, earlier_texts(self.view, step, slot))

    def _can_be_picked(self, step: PickStep, item: ItemId, frame: Frame) -> bool:
        return any(
            member[-1][1] == item and is_in_reach(member, seen) and self._is_meant(source, member)
            for source in step.source
            for seen in (seen_from(self.script, step, source, frame),)
            for member in self._members_called(source, item)
        )

    def _members_called(self, source: Source, item: ItemId) -> Sequence[Frame]:
        """Return where an item may stand in the list of a source; one that the script names has no frame."""
        members = self.view.members.get(source.list, ())
        frame = self.state.frames.get(item)
        if frame is None:
            return members
        return [frame] if frame[-1][0] == source.list and frame in members else ()

    def _is_meant(self, source: Source, member: Frame) -> bool:
        return source.each_when is None or truth(self.view, source.each_when, member) is True


def digest_in_scope(plan: Plan, step: ConfirmStep, confirmed: int | None = None) -> str:
    """Digest the active answers that a confirmation is about, so that any change of them opens it again.

    But for readings, and a change of the wording alone: after the action ``confirmed``, that of then counts.
    """
    sections = set(step.of)
    parts: list[str] = []
    for slot, status in plan.statuses.items():
        if slot.step == step.id:
            break
        if isinstance(status.step, ConfirmStep) or not status.active or is_measured(status.step):
            continue
        if sections and plan.script.section_of(slot.step) not in sections:
            continue
        if isinstance(status.step, CollectStep):
            parts.append(encoded((slot.step, slot.item, plan.state.list_at(slot).live)))
        elif status.value is not None:
            parts.append(status.encoded if confirmed is None else _encoded_as_of(status, confirmed))
    return digest_of_list(parts)


def _encoded_as_of(status: SlotStatus, number: int) -> str:
    """Return an answer as text, in the wording that it had after an action if only that changed since.

    Where what it means changed since, the words of now count: they may be those of then again.
    """
    fact = status.fact
    while fact is not None and fact.rewords is not None and fact.number > number:
        fact = fact.rewords
    if fact is None or fact is status.fact or fact.number > number:
        return status.encoded
    return encoded((status.slot.step, status.slot.item, fact.value))
