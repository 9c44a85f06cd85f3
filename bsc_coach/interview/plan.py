"""Where every slot stands: what was said, whether it applies, whether it is fresh, whether it holds.

The plan is a projection of the event log: ``planner`` derives all of it from script and state, and nothing
derived is ever stored.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, wraps
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from bsc_coach.digest import encoded
from bsc_coach.interview.facts.log import TAKEN, Value
from bsc_coach.interview.state import Aside, Dispute, Fact, State
from bsc_coach.interview.values import Refusal
from bsc_coach.script.model import (
    Answerable,
    CollectStep,
    Fixed,
    Script,
)
from bsc_coach.script.slots import Frame, ItemId, Slot, StepId
from bsc_coach.script.step_parts import Bounds

if TYPE_CHECKING:
    from bsc_coach.strategy.notes import PartOf

AnswerState = Literal["open", "answered", "parked", "declined"]
Relevance = Literal["active", "pending", "dormant", "retired"]
Result = TypeVar("Result")


@dataclass(frozen=True)
class SlotStatus:
    """All that is derived about one slot."""

    slot: Slot
    step: Answerable
    answer_state: AnswerState
    relevance: Relevance
    fact: Fact | None = None
    value: Value | None = None
    stale_because: tuple[Slot, ...] = ()
    reworded: bool = False
    """The question has changed its meaning since this was answered."""
    refusals: tuple[Refusal, ...] = ()
    """Hard limits that the kept answer breaks now, because of a later edit."""
    place: Aside = ""
    """Where it goes instead of being asked, if nobody answers it all the same."""
    may_be_empty: bool = False
    """Of a list: whether nobody has to fill it here, though others who play the script must."""
    taken: bool = False
    """Of a list: whether it was finished in an earlier strategy that was taken over, and by nobody here."""
    disputes: tuple[Dispute, ...] = ()
    """What copies of the session say differently here, until somebody decides."""

    @property
    def aside(self) -> Aside:
        """Why the interview does not come to it by itself; nothing once something was said about it."""
        goes = self.answer_state == "open" and self.active and not self.passed and self.place != "record"
        return self.place if goes else ""

    @property
    def active(self) -> bool:
        """Whether the slot applies now."""
        return self.relevance == "active"

    @property
    def optional(self) -> bool:
        """Whether nobody is asked to come back to it."""
        return self.step.optional or self.may_be_empty

    @property
    def count(self) -> Bounds:
        """Of a list: how many items it holds, at least and at most, where it is answered at all."""
        if not isinstance(self.step, CollectStep):
            return Bounds()
        return Bounds(max=self.step.count.max) if self.may_be_empty else self.step.count

    @property
    def settled(self) -> bool:
        """Whether it applies and was answered or declined here; parked and open ones are not."""
        told = self.answer_state in ("answered", "declined") and not self.disputes
        return self.active and told and not self.unconfirmed

    @property
    def stale(self) -> bool:
        """Whether something it was based on has changed since."""
        return bool(self.stale_because) or self.reworded

    @property
    def unconfirmed(self) -> bool:
        """Whether it was taken over from an earlier strategy, and nobody has confirmed it here."""
        taken = self.taken or (self.fact is not None and self.fact.source == TAKEN)
        return taken and self.place != "record"

    @property
    def passed(self) -> bool:
        """Whether it was passed with Enter: still open, but not to be offered again."""
        return self.fact is not None and self.fact.answer_state == "passed"

    @property
    def counted(self) -> bool:
        """Whether it counts in progress: optional ones, and those set aside, only once something was said.

        What came in with a list that nobody types is no progress.
        """
        said = self.answer_state != "open" and self.place != "record"
        return said or not (self.optional or self.aside)

    @property
    def needs_asking(self) -> bool:
        """Whether the agenda comes back to it until it is settled or parked."""
        if not self.active:
            return False
        asked_again = (self.stale and self.step.on_stale == "reask") or bool(self.refusals)
        asked_again = asked_again or bool(self.disputes) or (self.unconfirmed and not self.place)
        open_still = self.answer_state == "open" and not self.optional and not self.aside
        return open_still or asked_again

    @cached_property
    def encoded(self) -> str:
        """Its step, item and value as text, for the digest of a look back over many of them."""
        return encoded((self.slot.step, self.slot.item, self.value))


@dataclass(frozen=True)
class SlotIndex:
    """The slots of a plan in the order of asking, and how to find them: by place, step and frame.

    Plans of one session share it as long as no slot comes, goes or moves.
    """

    order: tuple[Slot, ...]
    derived: dict[Any, Any] = field(default_factory=dict, init=False, compare=False, repr=False)
    """What was derived of it once."""

    @cached_property
    def position(self) -> Mapping[Slot, int]:
        """The place of each slot in the order, from 0."""
        return {slot: place for place, slot in enumerate(self.order)}

    @cached_property
    def of_step(self) -> Mapping[StepId, Sequence[Slot]]:
        """The slots of each step."""
        found: dict[StepId, list[Slot]] = {}
        for slot in self.order:
            found.setdefault(slot.step, []).append(slot)
        return found

    @cached_property
    def first_inside(self) -> Mapping[Frame, Slot]:
        """The first slot inside each item."""
        found: dict[Frame, Slot] = {}
        for slot in self.order:
            found.setdefault(slot.frame, slot)
        return found


@dataclass(frozen=True)
class Plan:
    """Every slot that the script and the items in it give, in the order of asking."""

    script: Script
    state: State
    statuses: Mapping[Slot, SlotStatus]
    members: Mapping[StepId, Sequence[Frame]]
    """The frames inside each list that are live (not removed, not dormant), in order."""
    index: SlotIndex = field(compare=False, repr=False)
    part_of: PartOf | None = None
    """What the folder of the session is a part of, where the session was split."""
    derived: dict[Any, Any] = field(default_factory=dict, init=False, compare=False, repr=False)
    """What was derived of it once."""
    counted: dict[tuple[StepId, ItemId | None], Any] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )
    """What was counted in each line of the agenda; the next plan takes over the lines that did not change."""

    @property
    def order(self) -> tuple[Slot, ...]:
        """The slots in the order of asking."""
        return self.index.order

    @property
    def language(self) -> str:
        """The language that questions are asked in."""
        return self.state.language or self.script.header.languages[0]

    def for_documents(self, language: str | None = None) -> Plan:
        """Return the plan in ``language``, else in the one that the documents are written in."""
        chosen = language or self.state.document_language
        if chosen is None or chosen == self.language:
            return self
        if chosen not in self.derived:
            self.derived[chosen] = replace(self, state=replace(self.state, language=chosen))
        translated: Plan = self.derived[chosen]
        return translated

    def status(self, slot: Slot) -> SlotStatus | None:
        """Return where a slot stands; None for one that the script and items do not give."""
        return self.statuses.get(slot)

    def retired(self) -> tuple[Slot, ...]:
        """Return slots that something was said about but that the script no longer has."""
        return tuple(slot for slot in self.state.facts if slot not in self.statuses)

    @property
    def disputes(self) -> tuple[tuple[Slot, Dispute], ...]:
        """What copies of the session say differently where it applies now, in the order of asking."""
        if not self.state.disputed:
            return ()
        there = (status for status in self.statuses.values() if status.active)
        return tuple((status.slot, dispute) for status in there for dispute in status.disputes)

    def answer(self, slot: Slot) -> Value | None:
        """Return the answer of a slot that applies, if it has one."""
        found = self.statuses.get(slot)
        return found.value if found is not None and found.active else None

    def label(self, frame: Frame) -> str:
        """Return the name of the innermost item of ``frame``: its first answered label, else its short id.

        The list may be one that a newer script has no more.
        """
        list_id, item = frame[-1]
        step = self.script.by_id.get(list_id)
        if isinstance(step, Fixed):
            texts = self.script.translations.get(self.language, {}).get(list_id, {})
            return texts.get(f"item.{item}") or step.text_of(item)
        for slot in self.naming(frame):
            found = self.statuses.get(slot)
            if found is not None and isinstance(found.value, str) and found.relevance != "dormant":
                return found.value
        return self.state.shorts.get(item, "")

    def naming(self, frame: Frame) -> tuple[Slot, ...]:
        """Return the slots that name the innermost item of ``frame``; the first answered one counts."""
        step = self.script.by_id.get(frame[-1][0]) if frame else None
        return tuple(Slot(label, frame) for label in (step.label if isinstance(step, CollectStep) else ()))

    def within(self, section: StepId) -> Iterator[SlotStatus]:
        """Yield the statuses of one top-level step of the script, in order."""
        for status in self.statuses.values():
            if self.script.section_of(status.slot.step) == section:
                yield status


def once_for_slots(make: Callable[[Plan], Result]) -> Callable[[Plan], Result]:
    """Decorate a function so that it runs once for all plans over the same slots: it follows from these.

    Whatever decides what is asked makes a plan anew, with slots of its own.
    """

    @wraps(make)
    def kept(plan: Plan) -> Result:
        if make not in plan.index.derived:
            plan.index.derived[make] = make(plan)
        result: Result = plan.index.derived[make]
        return result

    return kept
