"""Closing a round, as a pure function: from the ballots that were handed in to the answers that they come to.

The order in which ballots came changes nothing. What a ballot prepares is answered by the middle of it, but
for the two points with the most dissent: these are talked about first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bsc_coach.digest import digest_of
from bsc_coach.interview.ballots import written_texts
from bsc_coach.interview.conditions import slot_in_frame
from bsc_coach.interview.facts.answers import Accept
from bsc_coach.interview.facts.family import Command, Several
from bsc_coach.interview.facts.log import JsonValue
from bsc_coach.interview.facts.rounds import KeepNames
from bsc_coach.interview.members import RoundMembers
from bsc_coach.interview.outcomes import middle_of, spread_of
from bsc_coach.interview.plan import Plan
from bsc_coach.script.model import BallotStep, ChoiceStep, LongTextStep, RoundStep
from bsc_coach.script.slots import Slot
from bsc_coach.strategy.agreement import MUCH_SPREAD
from bsc_coach.text import one_line

if TYPE_CHECKING:
    from bsc_coach.interview.live_round import Ballot, Names

TALKED_ABOUT = 2
"""How many points are talked about before their question is answered: those with the most dissent."""


@dataclass(frozen=True)
class Collected:
    """All that was handed in to a round, without who did: ballots by slot, texts, sentences to be heard."""

    ballots: Mapping[Slot, Sequence[str]] = field(default_factory=dict)
    texts: Sequence[str] = ()
    sentences: Sequence[str] = ()
    named: Mapping[Slot, Mapping[str, str]] = field(default_factory=dict)
    """By slot the ballot of each name; empty where names are nobody's business."""

    @property
    def most(self) -> int:
        """How many texts there are, or ballots about the same thing."""
        return max([len(self.texts), *(len(ballots) for ballots in self.ballots.values())])

    @property
    def is_empty(self) -> bool:
        """Whether nothing was handed in at all."""
        return not self.texts and not any(self.ballots.values())


def collected(
    members: RoundMembers, ballots: Iterable[Ballot], paper: Collected | None = None, names: Names = "nobody"
) -> Collected:
    """Put ballots together, and what was collected on paper.

    A name goes with a ballot only where ``names``, and the rule that it was given under, both say everyone.
    """
    paper = paper or Collected()
    by_slot: dict[Slot, list[str]] = {slot: list(paper.ballots.get(slot, ())) for slot in members.slots}
    named: dict[Slot, dict[str, str]] = {}
    texts, sentences = list(paper.texts), list(paper.sentences)
    for ballot in ballots:
        texts += ballot.texts
        sentences += [one_line(ballot.sentence)] if ballot.sentence.strip() else []
        for slot in members.slots:
            if (value := ballot.values.get(str(slot))) is not None:
                by_slot[slot].append(value)
                if ballot.named and names == ballot.rule == "everyone":
                    named.setdefault(slot, {})[ballot.named] = value
    return Collected(by_slot, tuple(texts), tuple(sentences), named)


def closing(plan: Plan, members: RoundMembers, found: Collected) -> Command:
    """Return what closes a round: its answers, those it prepares, and the sentences, as one action."""
    commands: list[Command] = []
    talked_about = _most_dissent(plan, found)
    for slot in members.slots:
        step = plan.statuses[slot].step
        if isinstance(step, RoundStep):
            texts = list(written_texts(list(found.texts)))
            commands += [Accept(slot, texts), *_prepared(plan, slot, "\n".join(texts))]
        elif isinstance(step, BallotStep) and (told := found.ballots.get(slot)):
            commands.append(Accept(slot, sorted(told)))
            if slot not in talked_about:
                commands += _prepared(plan, slot, middle_of(plan, slot, told))
    commands += _heard(plan, members, found.sentences)
    commands += [KeepNames(slot, dict(sorted(names.items()))) for slot, names in found.named.items()]
    return commands[0] if len(commands) == 1 else Several(tuple(commands))


def _most_dissent(plan: Plan, found: Collected) -> frozenset[Slot]:
    """Return the slots with the most dissent, of those that are far enough apart to be talked about."""
    spreads = {slot: spread_of(plan, slot, told) for slot, told in found.ballots.items()}
    apart = [(value, str(slot), slot) for slot, value in spreads.items() if value is not None]
    apart = sorted((one for one in apart if one[0] > MUCH_SPREAD), reverse=True, key=lambda one: one[:2])
    return frozenset(slot for _, _, slot in apart[:TALKED_ABOUT])


def _prepared(plan: Plan, slot: Slot, answer: JsonValue) -> list[Command]:
    """Return the answer to the question that a round prepares, where nobody has answered it yet."""
    step = plan.script.prepared.get(slot.step)
    if not isinstance(step, ChoiceStep | LongTextStep):
        return []
    prepares = slot_in_frame(plan.script, step.id, slot.frame)
    status = plan.status(prepares)
    is_there = status is not None and status.active and status.answer_state == "open"
    return [Accept(prepares, answer)] if is_there and answer else []


def _heard(plan: Plan, members: RoundMembers, sentences: Sequence[str]) -> list[Command]:
    """Return what keeps the sentences that somebody wanted said, below those that are kept already."""
    slots: dict[Slot, None] = {}
    for slot in members.slots:
        step = plan.statuses[slot].step
        if isinstance(step, BallotStep) and step.sentences is not None:
            slots[slot_in_frame(plan.script, step.sentences, slot.frame)] = None
    fresh = sorted({one for one in sentences if one}, key=lambda one: (digest_of(one), one))
    if not slots or not fresh:
        return []
    slot = next(iter(slots))
    before = plan.answer(slot)
    lines = str(before).split("\n") if isinstance(before, str) else []
    return [Accept(slot, "\n".join([*lines, *(one for one in fresh if one not in lines)]))]
