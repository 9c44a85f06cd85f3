"""Where every slot stands: what was said, whether it applies, whether it is fresh, whether it holds.

``plan`` derives all of it from script and state in one walk in file order, lists expanded in item
order. Because references only look back, one walk is enough. Nothing derived is ever stored.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from bsc_coach.coach.checks import Finding, run_check
from bsc_coach.interview.events import Basis, Value
from bsc_coach.interview.fold import Fact, ListFact, State, digest_of
from bsc_coach.interview.predicates import (
    AllOf,
    Answered,
    AnswerIs,
    AnyOf,
    Count,
    IsParked,
    ItemIn,
    ItemIs,
    Not,
    Predicate,
)
from bsc_coach.interview.script import (
    Answerable,
    ChoiceStep,
    Collect,
    ConfirmStep,
    Container,
    Fixed,
    ForEach,
    LongText,
    Pick,
    Script,
    SeveralStep,
    Source,
    Text,
)
from bsc_coach.interview.slots import Frame, Slot, StepId
from bsc_coach.interview.values import Offer, Refusal, broken_count, broken_limits

Disposition = Literal["open", "answered", "parked", "declined"]
Relevance = Literal["active", "pending", "dormant", "retired"]


@dataclass(frozen=True)
class Standing:
    """All that is derived about one slot."""

    slot: Slot
    step: Answerable
    disposition: Disposition
    relevance: Relevance
    fact: Fact | None = None
    value: Value | None = None
    stale_because: tuple[Slot, ...] = ()
    reworded: bool = False
    """The question has changed its meaning since this was answered."""
    refusals: tuple[Refusal, ...] = ()
    """Hard limits that the kept answer breaks now, because of a later edit."""
    nudges: tuple[Finding, ...] = ()
    """Remarks of the coach that are neither followed nor overruled."""

    @property
    def active(self) -> bool:
        """Whether the slot applies now."""
        return self.relevance == "active"

    @property
    def settled(self) -> bool:
        """Whether it applies and was answered or declined; parked and open ones are not."""
        return self.active and self.disposition in ("answered", "declined")

    @property
    def stale(self) -> bool:
        """Whether something it was based on has changed since."""
        return bool(self.stale_because) or self.reworded

    @property
    def counted(self) -> bool:
        """Whether it counts in progress: optional ones only once something was said."""
        return not self.step.optional or self.disposition != "open"

    @property
    def needs_asking(self) -> bool:
        """Whether the agenda comes back to it until it is settled or parked."""
        if not self.active:
            return False
        asked_again = (self.stale and self.step.on_stale == "reask") or bool(self.refusals)
        return (self.disposition == "open" and not self.step.optional) or asked_again


@dataclass(frozen=True)
class Plan:
    """Every slot that the script and the items in it give, in the order of asking."""

    script: Script
    state: State
    standings: Mapping[Slot, Standing]
    members: Mapping[StepId, Sequence[Frame]]
    """The frames inside each list that are live (not removed, not dormant), in order."""

    @cached_property
    def order(self) -> tuple[Slot, ...]:
        """The slots in the order of asking."""
        return tuple(self.standings)

    @property
    def language(self) -> str:
        """The language that questions are asked in."""
        return self.state.language or self.script.header.languages[0]

    def standing(self, slot: Slot) -> Standing | None:
        """Return where a slot stands; None for one that the script and items do not give."""
        return self.standings.get(slot)

    def retired(self) -> tuple[Slot, ...]:
        """Return slots that something was said about but that the script no longer has."""
        return tuple(slot for slot in self.state.facts if slot not in self.standings)

    def answer(self, slot: Slot) -> Value | None:
        """Return the answer of a slot that applies, if it has one."""
        found = self.standings.get(slot)
        return found.value if found is not None and found.active else None

    def label(self, frame: Frame) -> str:
        """Return the name of the innermost item of ``frame``: its first answered label, else its short id."""
        list_id, item = frame[-1]
        step = self.script.step(list_id)
        if isinstance(step, Fixed):
            texts = self.script.translations.get(self.language, {}).get(list_id, {})
            return texts.get(f"item.{item}") or step.text_of(item)
        assert isinstance(step, Collect)
        for label in step.label:
            found = self.standings.get(Slot(label, frame))
            if found is not None and isinstance(found.value, str) and found.relevance != "dormant":
                return found.value
        return self.state.shorts.get(item, "")

    def offer(self, step: Answerable, frame: Frame) -> Offer:
        """Return what ``step`` offers at ``frame``: its choices that apply, or items to pick."""
        return _offer(self, step, frame)

    def within(self, section: StepId) -> Iterator[Standing]:
        """Yield the standings of one top-level step of the script, in order."""
        for standing in self.standings.values():
            if self.script.section_of(standing.slot.step) == section:
                yield standing


def plan(script: Script, state: State) -> Plan:
    """Return where every slot stands."""
    return _Walk(script, state).plan()


def slot_in_frame(script: Script, step_id: StepId, frame: Frame) -> Slot:
    """Return the slot of ``step_id`` as it is meant at ``frame``: each name resolves in its own frame."""
    step = script.step(step_id)
    lists = [list_id for list_id, _ in frame]
    for chain in script.frames_of(step):
        if all(list_id in lists for list_id in chain):
            return Slot(step_id, tuple(pair for pair in frame if pair[0] in chain))
    return Slot(step_id, ())


def consistent(member: Frame, frame: Frame) -> bool:
    """Tell whether a frame does not contradict another: same item wherever both have the list."""
    known = dict(frame)
    return all(known.get(list_id, item) == item for list_id, item in member)


def truth(walk: Plan, predicate: Predicate, frame: Frame) -> bool | None:
    """Return whether a predicate holds at ``frame``: true, false, or None for not known yet."""
    match predicate:
        case AllOf():
            return _all_of([truth(walk, inner, frame) for inner in predicate.all])
        case AnyOf():
            return _any_of([truth(walk, inner, frame) for inner in predicate.any])
        case Not():
            inner = truth(walk, predicate.not_, frame)
            return None if inner is None else not inner
        case ItemIs():
            return dict(frame).get(predicate.item) in predicate.wanted
        case Count():
            return _counted(walk, predicate, frame)
        case AnswerIs() | Answered() | IsParked() | ItemIn():
            return _about_answer(walk, predicate, frame)


def _all_of(truths: list[bool | None]) -> bool | None:
    if False in truths:
        return False
    return None if None in truths else True


def _any_of(truths: list[bool | None]) -> bool | None:
    if True in truths:
        return True
    return None if None in truths else False


def _about_answer(
    walk: Plan, predicate: AnswerIs | Answered | IsParked | ItemIn, frame: Frame
) -> bool | None:
    match predicate:
        case AnswerIs():
            step_id = predicate.answer
        case Answered():
            step_id = predicate.answered
        case IsParked():
            step_id = predicate.parked
        case ItemIn():
            step_id = predicate.item_in
    standing = walk.standings.get(slot_in_frame(walk.script, step_id, frame))
    if standing is None or not standing.active or standing.disposition == "open":
        return None
    if isinstance(predicate, IsParked):
        return standing.disposition == "parked"
    if standing.disposition == "parked":
        return None
    if isinstance(predicate, Answered):
        return standing.disposition == "answered"
    if standing.disposition == "declined" or standing.value is None:
        return False
    values = standing.value if isinstance(standing.value, tuple) else (str(standing.value),)
    if isinstance(predicate, AnswerIs):
        return any(value in predicate.wanted for value in values)
    return any(item in values for _, item in frame)


def _counted(walk: Plan, predicate: Count, frame: Frame) -> bool | None:
    members = [member for member in walk.members.get(predicate.count, ()) if consistent(member, frame)]
    lists = [
        standing
        for slot, standing in walk.standings.items()
        if slot.step == predicate.count and consistent(slot.frame, frame)
    ]
    is_list = isinstance(walk.script.step(predicate.count), Collect)
    if is_list and (not lists or any(not standing.active for standing in lists)):
        return None
    still_open = any(standing.disposition != "answered" for standing in lists)
    enough = predicate.at_least is None or len(members) >= predicate.at_least
    too_many = predicate.at_most is not None and len(members) > predicate.at_most
    if too_many:
        return False
    if still_open and (not enough or predicate.at_most is not None):
        return None
    return enough


def _both(one: Relevance, other: bool | None) -> Relevance:
    """Return the relevance of something inside ``one`` that holds, does not, or is not known yet."""
    if one == "dormant" or other is False:
        return "dormant"
    return "pending" if one == "pending" or other is None else "active"


def _offer(walk: Plan, step: Answerable, frame: Frame) -> Offer:
    match step:
        case ChoiceStep() | SeveralStep():
            return Offer(
                choices=tuple(
                    choice
                    for choice in step.choices
                    if choice.when is None or truth(walk, choice.when, frame) is not False
                )
            )
        case Pick():
            items = {}
            for source in step.source:
                for member in source_frames(walk, source, frame):
                    items[member[-1][1]] = walk.state.shorts.get(member[-1][1], member[-1][1])
            return Offer(items=items)
        case _:
            return Offer()


def source_frames(walk: Plan, source: Source, frame: Frame) -> Iterator[Frame]:
    """Yield the frames of the live items of a source that are meant at ``frame``."""
    for member in walk.members.get(source.list, ()):
        if consistent(member, frame) and (
            source.each_when is None or truth(walk, source.each_when, member) is True
        ):
            yield member


def current_basis(walk: Plan, step: Answerable, frame: Frame) -> Basis:
    """Return the digest of each value that an answer to ``step`` would be given under now."""
    return {
        str(slot): _digest_at(walk, slot)
        for slot in (slot_in_frame(walk.script, name, frame) for name in step.basis)
    }


def _digest_at(walk: Plan, slot: Slot) -> str:
    standing = walk.standings.get(slot)
    if standing is None or not standing.active:
        return ""
    if isinstance(standing.step, Collect):
        return digest_of(walk.state.list_at(slot).live)
    if standing.disposition == "declined":
        return "declined"
    return standing.fact.meaning if standing.fact is not None else ""


@dataclass
class _Walk:
    """One walk over script and items; each standing is made once all it depends on is there."""

    script: Script
    state: State
    standings: dict[Slot, Standing] = field(default_factory=dict)
    members: dict[StepId, list[Frame]] = field(default_factory=dict)
    relevances: dict[Frame, Relevance] = field(default_factory=dict)
    """Relevance of each item by the frame inside it."""

    def plan(self) -> Plan:
        # The plan under construction is what conditions are asked of: they only look back.
        self.view = Plan(self.script, self.state, self.standings, self.members)
        self._inside(None, (), "active")
        members = {name: tuple(frames) for name, frames in self.members.items()}
        return Plan(self.script, self.state, self.standings, members)

    def _inside(self, parent: StepId | None, frame: Frame, relevance: Relevance) -> None:
        for step in self.script.inside(parent):
            here = relevance
            if step.when is not None and here != "dormant":
                here = _both(relevance, truth(self.view, step.when, frame))
            match step:
                case Fixed():
                    for item in self.script.fixed_items(step.id):
                        self._item(step.id, (*frame, (step.id, item)), here)
                case ForEach():
                    self._pass(step, frame, here)
                case Container():
                    self._inside(step.id, frame, here)
                case Collect():
                    self._collect(step, frame, here)
                case _:
                    slot = Slot(step.id, frame)
                    self.standings[slot] = self._standing(step, slot, here)

    def _collect(self, step: Collect, frame: Frame, relevance: Relevance) -> None:
        """The list comes first, then what is inside it: people list before they go into each."""
        slot = Slot(step.id, frame)
        listed = self.state.list_at(slot)
        self.standings[slot] = self._list_standing(step, slot, relevance, listed)
        for item in listed.items:
            inner: Relevance = "dormant" if item in listed.removed else relevance
            self._item(step.id, (*frame, (step.id, item)), inner)

    def _item(self, list_id: StepId, frame: Frame, relevance: Relevance) -> None:
        self.relevances[frame] = relevance
        if relevance != "dormant":
            self.members.setdefault(list_id, []).append(frame)
        self._inside(list_id, frame, relevance)

    def _pass(self, step: ForEach, frame: Frame, relevance: Relevance) -> None:
        for source in step.over:
            every = [known for known in self.relevances if known and known[-1][0] == source.list]
            for member in every:
                if not consistent(member, frame):
                    continue
                here = _both(relevance, {"active": True, "pending": None}.get(self.relevances[member], False))
                if source.each_when is not None and here != "dormant":
                    here = _both(here, truth(self.view, source.each_when, member))
                self._inside(step.id, member, here)

    def _list_standing(self, step: Collect, slot: Slot, relevance: Relevance, listed: ListFact) -> Standing:
        fact = self.state.facts.get(slot)
        disposition: Disposition = fact.disposition if fact is not None else "open"
        if listed.closed and disposition == "open":
            disposition = "answered"
        refusals: tuple[Refusal, ...] = ()
        if relevance == "active" and listed.closed and not (listed.reason and not listed.live):
            refusals = broken_count(step.count, len(listed.live))
        return Standing(slot, step, disposition, relevance, fact, refusals=refusals)

    def _standing(self, step: Answerable, slot: Slot, relevance: Relevance) -> Standing:
        fact = self.state.facts.get(slot)
        if fact is None:
            return Standing(slot, step, "open", relevance)
        if fact.disposition != "answered" or fact.value is None:
            return Standing(slot, step, fact.disposition, relevance, fact)
        if isinstance(step, ConfirmStep):
            holds = fact.value == digest_in_scope(self.view, step)
            return Standing(slot, step, "answered" if holds else "open", relevance, fact, fact.value)
        stale: tuple[Slot, ...] = ()
        refusals: tuple[Refusal, ...] = ()
        nudges: tuple[Finding, ...] = ()
        if relevance == "active":
            stale = self._stale_because(step, slot, fact)
            others = other_texts(self.view, step, slot)
            refusals = broken_limits(step, fact.value, self.view.offer(step, slot.frame), others)
            nudges = self._nudges(step, slot, fact.value)
        return Standing(
            slot, step, "answered", relevance, fact, fact.value, stale, fact.rev < step.rev, refusals, nudges
        )

    def _stale_because(self, step: Answerable, slot: Slot, fact: Fact) -> tuple[Slot, ...]:
        if step.on_stale == "keep" or not step.basis:
            return ()
        slots = [slot_in_frame(self.script, name, slot.frame) for name in step.basis]
        return tuple(
            based_on
            for based_on in slots
            if _digest_at(self.view, based_on) != fact.basis.get(str(based_on), "")
        )

    def _nudges(self, step: Answerable, slot: Slot, value: Value) -> tuple[Finding, ...]:
        if not isinstance(step, Text | LongText) or not step.coach:
            return ()
        return remarks(self.view, step, slot, str(value))


MOST_REMARKS = 2
"""An answer gets at most two remarks, the most serious first."""


def remarks(walk: Plan, step: Answerable, slot: Slot, text: str) -> tuple[Finding, ...]:
    """Return what the coach would say about ``text`` as the answer of ``slot``."""
    found = []
    for check in step.coach:
        kept = walk.state.kept.get((slot, check.check))
        if kept is not None and kept.digest == digest_of(text):
            continue
        finding = run_check(check.check, text, walk.language)
        if finding is not None:
            found.append(finding if check.say is None else finding.saying(check.say))
    found.sort(key=lambda finding: finding.rank)
    return tuple(found[:MOST_REMARKS])


def check_says(walk: Plan, step: Answerable, check: str, text: str) -> str | None:
    """Return what one check says of ``text``, whether it was overruled or not."""
    finding = run_check(check, text, walk.language)
    own = next((asked.say for asked in step.coach if asked.check == check), None)
    return None if finding is None else own or finding.say


def other_texts(walk: Plan, step: Answerable, slot: Slot) -> list[str]:
    """Return the texts of the same step at other live items, where it must be unique."""
    if not isinstance(step, Text | LongText) or step.limit.unique_in is None:
        return []
    texts = []
    for member in walk.members.get(step.limit.unique_in, ()):
        if member == slot.frame:
            continue
        fact = walk.state.facts.get(Slot(step.id, member))
        if fact is not None and isinstance(fact.value, str):
            texts.append(fact.value)
    return texts


def digest_in_scope(walk: Plan, step: ConfirmStep) -> str:
    """Return a digest of the active answers that a confirmation is about."""
    sections = set(step.of)
    told: list[tuple[str, Value]] = []
    for slot, standing in walk.standings.items():
        if slot.step == step.id:
            break
        if isinstance(standing.step, ConfirmStep) or not standing.active:
            continue
        if sections and walk.script.section_of(slot.step) not in sections:
            continue
        if isinstance(standing.step, Collect):
            told.append((str(slot), walk.state.list_at(slot).live))
        elif standing.value is not None:
            told.append((str(slot), standing.value))
    return digest_of(told)
