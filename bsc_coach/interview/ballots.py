"""Ballots as a value: reading what was typed or handed in, and what of it is kept.

Numbers and choices are sorted, so that neither order nor time tells who gave which. Under four ballots each
is kept as their mean, or as the middle one of the choices: what is not kept cannot be told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from bsc_coach.digest import digest_of
from bsc_coach.interview.facts.log import JsonValue
from bsc_coach.script.model import BallotStep
from bsc_coach.script.step_parts import Choice
from bsc_coach.strategy.agreement import FEWEST, mean, middle
from bsc_coach.text import clean, normal, one_line

_HANDS = re.compile(r"(\d{1,3})\s*[x×*]\s*(\S+)")
_NUMBER = re.compile(r"\d{1,6}(\.\d{1,4})?")
_BULLET = re.compile(r"^(?:[-*•–]|\(?\d{1,3}[.)])\s+")
VoteKind = Literal["scale", "choice", "dots", "points", "rank"]
"""How one votes: on a scale, for a choice, by dots or points to divide, or by putting in order."""
FEW_DOTS = 10
"""Fewer to divide than this are dots; so many or more are points."""
MOST_BALLOTS = 500
"""Ballots about one thing."""
MOST_RANK = 99


@dataclass(frozen=True)
class BallotScale:
    """What one ballot may say: whole numbers from low to high, or one of several choices, in their order."""

    low: int
    high: int
    choices: tuple[Choice, ...] = ()
    """The choices, where a ballot is one of them and no number."""

    def number_of(self, ballot: str) -> float:
        """Return a kept ballot as a number: the number itself, or the place of the choice from 0."""
        ids = [choice.id for choice in self.choices]
        return float(ids.index(ballot)) if ballot in ids else float(ballot)


def scale_of(step: BallotStep, choices: Sequence[Choice]) -> BallotScale:
    """Return what a ballot of ``step`` may say; choices whose ids are numbers are a scale."""
    if step.each is not None:
        return BallotScale(0, step.each)
    if step.rank:
        return BallotScale(1, MOST_RANK)
    if step.scale is not None:
        return BallotScale(step.scale.min, step.scale.max)
    if choices and all(choice.id.isdecimal() for choice in choices):
        numbers = [int(choice.id) for choice in choices]
        return BallotScale(min(numbers), max(numbers))
    return BallotScale(0, max(len(choices) - 1, 1), tuple(choices))


def kind_of_vote(step: BallotStep, scale: BallotScale) -> VoteKind:
    """Return how one votes at a step, on the scale that it has."""
    if step.rank:
        return "rank"
    if step.each is not None:
        return "dots" if step.each < FEW_DOTS else "points"
    return "choice" if scale.choices else "scale"


def told_ballots(raw: JsonValue, scale: BallotScale) -> list[str] | None:
    """Return the single ballots of a line or a list; None where one of them is none.

    Read are ``8 7 7 3 9``, hands as in ``4x3`` (four gave a three), and with choices ``yes 5, no 3``.
    """
    if not isinstance(raw, str):
        parts = [str(part) for part in raw] if isinstance(raw, Sequence) else [str(raw)]
        found = [_one(part, scale) for part in parts]
        return None if None in found else [one for one in found if one is not None]
    counted = list(_counts_of_hands(clean(raw).text, scale))
    return None if any(one is None for one in counted) else [one for one in counted if one is not None]


def _counts_of_hands(text: str, scale: BallotScale) -> Iterator[str | None]:
    """Yield a ballot for each number, each hand that is counted, and None for what is neither."""
    spread_out = _HANDS.sub(lambda found: f" {found[1]}×{found[2]} ", text)
    parts = [part for part in re.split(r"[\s,;:]+", spread_out) if part]
    place = 0
    while place < len(parts):
        part, then = parts[place], parts[place + 1] if place + 1 < len(parts) else ""
        hands, _, what = part.partition("×")
        if what:
            yield from [_one(what, scale)] * min(int(hands), MOST_BALLOTS)
        elif scale.choices and then.isdecimal() and not part.isdecimal():
            yield from [_one(part, scale)] * min(int(then), MOST_BALLOTS)
            place += 1
        else:
            yield _one(part, scale)
        place += 1


def _one(text: str, scale: BallotScale) -> str | None:
    """Return one ballot as it is kept, or None where the scale has no such answer."""
    told = text.strip()
    if scale.choices:
        wanted = normal(told)
        ids = [choice.id for choice in scale.choices]
        if wanted in ids:
            return wanted
        if wanted.isdecimal():
            return ids[int(wanted) - 1] if 1 <= int(wanted) <= len(ids) else None
        begun = [choice.id for choice in scale.choices if normal(choice.text).startswith(wanted)]
        return begun[0] if len(begun) == 1 and wanted else None
    return told if _NUMBER.fullmatch(told) else None


def kept_ballots(ballots: Sequence[str], scale: BallotScale) -> tuple[str, ...]:
    """Return what is kept of ballots: all of them sorted; under four, as often the mean or the middle one."""
    numbers = sorted(scale.number_of(ballot) for ballot in ballots)
    if len(numbers) < FEWEST:
        ids = [choice.id for choice in scale.choices]
        one = ids[int(middle(numbers))] if ids else as_text(mean(numbers))
        return (one,) * len(numbers)
    if scale.choices:
        return tuple(scale.choices[int(number)].id for number in numbers)
    return tuple(as_text(number) for number in numbers)


def as_text(number: float) -> str:
    """Return a number as a ballot is kept: whole where it is, else with two digits."""
    return str(int(number)) if number == int(number) else f"{number:.2f}".rstrip("0")


def read_ballot(kept: str) -> int | float | str:
    """Return a kept ballot as a file has it: a number where it is one, else the id of a choice."""
    if not _NUMBER.fullmatch(kept):
        return kept
    return float(kept) if "." in kept else int(kept)


def is_possible(ballot: str, scale: BallotScale) -> bool:
    """Tell whether a kept ballot lies on the scale; a mean may stand between two numbers."""
    if scale.choices:
        return any(choice.id == ballot for choice in scale.choices)
    is_number = _NUMBER.fullmatch(ballot) is not None
    return is_number and scale.low <= float(ballot) <= scale.high


def written_texts(raw: JsonValue) -> tuple[str, ...]:
    """Return what was written in a round, one text a line or entry, in an order that tells nothing.

    The order follows from the texts alone. Two people who wrote the same have two texts.
    """
    lines = raw if isinstance(raw, Sequence) and not isinstance(raw, str) else str(raw).split("\n")
    texts = [_BULLET.sub("", one_line(clean(str(line)).text)).strip() for line in lines]
    return tuple(sorted((text for text in texts if text), key=lambda text: (digest_of(text), text)))
