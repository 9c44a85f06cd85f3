"""Forms and outcomes of rounds: what everybody is asked, and what a closed round came to, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from bsc_coach.conversation.prompt_builder import short_name
from bsc_coach.conversation.room_view import ResultLine, RoundResult
from bsc_coach.digest import digest_of
from bsc_coach.interview.ballots import BallotScale, kind_of_vote
from bsc_coach.interview.live_round import FormChoice, FormLine, Names, RoundForm
from bsc_coach.interview.members import RoundMembers, members_at
from bsc_coach.interview.outcomes import (
    divides,
    mean_in_words,
    one_in_words,
    scale_at,
    sound_ballots,
    spread_of,
)
from bsc_coach.interview.plan import Plan
from bsc_coach.interview.projection import about_of
from bsc_coach.interview.state import RoundFact
from bsc_coach.interview.texts import choice_help, choice_text, text_of
from bsc_coach.script.model import BallotStep, RoundStep
from bsc_coach.script.slots import Slot
from bsc_coach.strategy.agreement import FEWEST
from bsc_coach.text import one_line


def form_of(plan: Plan, members: RoundMembers, opened: RoundFact) -> RoundForm:
    """Make the form of a round that was opened; it has the same id after a restart."""
    first = plan.statuses[members.slots[0]].step
    lines = tuple(_line(plan, slot) for slot in members.slots)
    ballot = first if isinstance(first, BallotStep) else None
    texts = first if isinstance(first, RoundStep) else None
    ask = text_of(plan, first, members.slots[0].frame, "ask") or ""
    if len(members.slots) > 1:
        # What is judged stands at each line: the round is called by what is asked of all, else by its part.
        around = plan.script.by_id[members.key.step]
        title = text_of(plan, around, members.key.frame, "title")
        alike = len({slot.step for slot in members.slots}) == 1
        ask = short_name(plan, first, members.slots[0].frame) if alike else title or ask
    return RoundForm(
        id=digest_of([str(members.key), opened.writer, opened.number]),
        kind="round" if texts is not None else "ballot",
        ask=one_line(ask),
        help=one_line(text_of(plan, first, members.slots[0].frame, "help") or ""),
        lines=lines if texts is None else (),
        each=(ballot.each or 0) if ballot is not None else 0,
        rank=ballot is not None and ballot.rank,
        names=opened.names,
        minutes=opened.minutes or None,
        opened=opened.at,
        sentence=ballot is not None and ballot.sentences is not None,
        most_texts=texts.most if texts is not None else 0,
        longest_text=(texts.limit.max_chars if texts is not None else None) or 280,
    )


def _line(plan: Plan, slot: Slot) -> FormLine:
    step = plan.statuses[slot].step
    scale = scale_at(plan, slot) or BallotScale(0, 0)
    return FormLine(
        id=str(slot),
        about=about_of(plan, slot) or "" if slot.frame else "",
        ask=short_name(plan, step, slot.frame),
        kind=kind_of_vote(step, scale) if isinstance(step, BallotStep) else "choice",
        low=scale.low,
        high=scale.high,
        choices=_choices(plan, step, slot),
        meaning=one_line(text_of(plan, step, slot.frame, "ask") or ""),
    )


def _choices(plan: Plan, step: object, slot: Slot) -> tuple[FormChoice, ...]:
    """Return the choices of a ballot in words, those of the question that it prepares where it has none."""
    if not isinstance(step, BallotStep):
        return ()
    asked = plan.script.choosing(step)
    return tuple(
        FormChoice(
            choice.id,
            choice_text(plan, asked, choice, slot.frame),
            choice_help(plan, asked, choice, slot.frame),
        )
        for choice in asked.choices
    )


def result_of(
    plan: Plan,
    slots: Sequence[Slot],
    named: Mapping[Slot, Mapping[str, str]] | None = None,
    *,
    names: Names = "nobody",
    sentences: Sequence[str] = (),
) -> RoundResult | None:
    """Return what closed ballots came to, the most dissent or dots first; None where nothing is closed.

    ``named`` is who gave what, for as long as the team looks at the outcome.
    """
    # The outcome of each slot; what was written has no outcome but the texts.
    lines: list[tuple[float, int, ResultLine]] = []
    texts: list[str] = []
    for place, slot in enumerate(slots):
        value = plan.answer(slot)
        if not isinstance(value, tuple):
            continue
        if isinstance(plan.statuses[slot].step, RoundStep):
            texts += value
            continue
        value = sound_ballots(plan, slot, value)
        line = _result_line(plan, slot, value, (named or {}).get(slot, {}))
        weight = sum(map(float, value)) if divides(plan, slot) else line.spread or 0.0
        lines.append((-weight, place, line))
    if not lines and not texts:
        return None
    # What the round is called, and its lines in order.
    members = members_at(plan, slots[0])
    key = members.key if members is not None else slots[0]
    first = plan.script.by_id[slots[0].step]
    ask = text_of(plan, first, slots[0].frame, "short") or text_of(plan, first, slots[0].frame, "ask") or ""
    ordered = tuple(line for *_, line in sorted(lines, key=lambda one: one[:2]))
    return RoundResult(str(key), one_line(ask), names, ordered, tuple(texts), tuple(sentences))


def _result_line(plan: Plan, slot: Slot, value: tuple[str, ...], named: Mapping[str, str]) -> ResultLine:
    counted = Counter(value)
    told = len(value) >= FEWEST
    order = _ids(plan, slot) or sorted(counted, key=float)
    return ResultLine(
        about=about_of(plan, slot) or "" if slot.frame else "",
        ask=short_name(plan, plan.statuses[slot].step, slot.frame),
        n=len(value),
        mean=mean_in_words(plan, slot, value),
        spread=spread_of(plan, slot, value),
        bars=tuple((one_in_words(plan, slot, one), counted.get(one, 0)) for one in order) if told else (),
        named=tuple((name, one_in_words(plan, slot, one)) for name, one in sorted(named.items())),
    )


def _ids(plan: Plan, slot: Slot) -> list[str]:
    scale = scale_at(plan, slot)
    if scale is None:
        return []
    return [choice.id for choice in scale.choices]
