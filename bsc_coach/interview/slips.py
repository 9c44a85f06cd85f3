"""Slips and hands as they are typed in: a line of ballots, a line an item, or a line a slip."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bsc_coach.interview.ballots import is_possible, told_ballots
from bsc_coach.interview.members import RoundMembers
from bsc_coach.interview.outcomes import scale_at
from bsc_coach.interview.plan import Plan
from bsc_coach.script.model import BallotStep
from bsc_coach.script.slots import Slot

_LABELLED = re.compile(r"^\s*([A-Za-z]{1,4}\d{1,5}(?:\.\d{1,4})?)\s*[:=]?\s+(.+)$")

_BEFORE_ITEM = re.compile(r"[;,]\s*(?=[A-Za-z]{1,4}\d)")
"""What stands between two items on one line: "O1 4 4 5; O2 3 3 2"."""

_QUOTED = re.compile(r"[“„«\"]([^”“„«»\"\n]+)[”“»\"]")


def without_sentences(text: str) -> tuple[str, tuple[str, ...]]:
    """Return typed ballots without what stands between quotation marks, and that: sentences to be heard."""
    return _QUOTED.sub(" ", text), tuple(found.strip() for found in _QUOTED.findall(text) if found.strip())


def read_slips(
    plan: Plan, members: RoundMembers, here: Slot, text: str
) -> Mapping[Slot, Sequence[str]] | None:
    """Return the ballots of each slot that typed lines tell; None where they tell none that can be.

    One line without an id is about ``here``. A line that begins with an id is about that item; where several
    things are asked of it, about the one that is asked ``here``. Several lines without an id are slips: each
    has a number for every slot of the round, in their order.
    """
    lines = [part for line in text.split("\n") for part in _BEFORE_ITEM.split(line) if part.strip()]
    labelled = [_labelled(plan, members, here, line) for line in lines]
    found: dict[Slot, list[str]] = {}
    if all(one is not None for one in labelled) and lines:
        pairs = [one for one in labelled if one is not None]
    elif len(lines) == 1 or len(members.slots) == 1:
        pairs = [(here, line) for line in lines]
    else:
        return _by_slip(plan, members, lines)
    for slot, told in pairs:
        ballots = _ballots(plan, slot, told)
        if ballots is None:
            return None
        found.setdefault(slot, []).extend(ballots)
    return found


def faulty_slip(plan: Plan, members: RoundMembers, text: str) -> int:
    """Return which of several slips is the first that cannot be one; 0 where no line is a slip at all."""
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) < 2 or len(members.slots) < 2:
        return 0
    fits = [_by_slip(plan, members, [line]) is not None for line in lines]
    return fits.index(False) + 1 if any(fits) and not all(fits) else 0


def _labelled(plan: Plan, members: RoundMembers, here: Slot, line: str) -> tuple[Slot, str] | None:
    """Return the slot of the item that a line begins with, and the rest of it."""
    told = _LABELLED.match(line)
    item = plan.state.item_by_name(told[1].upper()) if told is not None else None
    if told is None or item is None:
        return None
    slots = [slot for slot in members.slots if slot.item == item]
    same = next((slot for slot in slots if slot.step == here.step), slots[0] if slots else None)
    return None if same is None else (same, told[2])


def _by_slip(plan: Plan, members: RoundMembers, lines: Sequence[str]) -> Mapping[Slot, Sequence[str]] | None:
    """Return the ballots of slips, a number for each slot; None where one divides more than it has."""
    found: dict[Slot, list[str]] = {slot: [] for slot in members.slots}
    each = _each(plan, members.slots[0])
    for line in lines:
        parts = [part for part in re.split(r"[\s,;]+", line) if part]
        if len(parts) != len(members.slots):
            return None
        for slot, part in zip(members.slots, parts, strict=True):
            ballots = _possible(plan, slot, part)
            if ballots is None or len(ballots) != 1:
                return None
            found[slot] += ballots
        if each and sum(map(float, parts)) > each:
            return None
    return found


def _each(plan: Plan, slot: Slot) -> int:
    """Return how many dots or points one person divides at a slot; 0 where nothing is divided."""
    step = plan.script.by_id.get(slot.step)
    return step.each or 0 if isinstance(step, BallotStep) else 0


def _ballots(plan: Plan, slot: Slot, told: str) -> list[str] | None:
    """Return the ballots of a line; one number of dots is how many hang there, and nobody knows whose."""
    number = told.strip()
    if _each(plan, slot) and number.isascii() and number.isdecimal() and len(number) < 4:
        return ["1"] * int(number) or ["0"]
    return _possible(plan, slot, told)


def _possible(plan: Plan, slot: Slot, told: str) -> list[str] | None:
    scale = scale_at(plan, slot)
    ballots = told_ballots(told, scale) if scale is not None else None
    possible = ballots is not None and scale is not None and all(is_possible(one, scale) for one in ballots)
    return ballots if possible and ballots else None
