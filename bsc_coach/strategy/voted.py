"""What was voted on: the ballots of every point of a strategy, with their scale, mean, spread and counts.

A strategy keeps ballots; on which scale they were given, and which of them are about earlier words, its
session tells (``notes.Voted``). Without a session the scale is the usual one of the field.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from bsc_coach.strategy.agreement import FEWEST, MUCH_SPREAD, mean, spread
from bsc_coach.strategy.model import Strategy
from bsc_coach.strategy.notes import NamedBallot, Voted

INFLUENCE, PERFORMANCE = "candidates[].influence_votes", "candidates[].performance_votes"
DOTS, CONFIDENCE = "candidates[].dots", "links[].confidence_votes"
WHOLE_MAP, WORTH = "agreement.map_votes", "meeting.worth_votes"
SURENESS = ("low", "medium", "high")
"""The choices of a ballot on a link, in their order."""
TALKED_ABOUT_FIRST = 2
"""How many points with the most dissent are told before all others."""

_SCALES: Mapping[str, tuple[int, int]] = {
    INFLUENCE: (1, 5),
    PERFORMANCE: (1, 5),
    CONFIDENCE: (0, len(SURENESS) - 1),
    WHOLE_MAP: (0, 5),
    WORTH: (1, 5),
}
"""From where to where ballots of a field go, where no session tells it."""
_NUMBER = re.compile(r"\d+(\.\d+)?")


@dataclass(frozen=True)
class VotedPoint:
    """One thing that was voted on, and all ballots about it as numbers."""

    field: str
    """As a script names it: "candidates[].dots"; the step of a question of one's own."""
    numbers: tuple[float, ...]
    low: int
    high: int
    item: str = ""
    """Short id of the point that was voted on; empty where it is the whole map or the meeting."""
    choices: tuple[str, ...] = ()
    """The choices, where a ballot is the place of one of them from 0."""
    stale: bool = False
    """Whether it was reworded since."""
    named: tuple[NamedBallot, ...] = ()
    asked: str = ""
    """A question of one's own, in short."""
    about: str = ""
    """The item of a question of one's own, as people read it."""

    @property
    def about_what(self) -> str:
        """The point that was voted on, or the field where that is about no point."""
        return self.item or self.field

    @property
    def n(self) -> int:
        """How many ballots there are."""
        return len(self.numbers)

    @property
    def mean(self) -> float:
        """The mean of the ballots; of choices, the place of the lower middle one."""
        if self.choices:
            return sorted(self.numbers)[(self.n - 1) // 2]
        return mean(self.numbers)

    @cached_property
    def spread(self) -> float | None:
        """How far apart they are; None under four of them, and of dots, which differ by their nature."""
        return None if self.field == DOTS else spread(self.numbers, self.low, self.high)

    @property
    def is_disputed(self) -> bool:
        """Whether they are so far apart that the point is told apart."""
        return (self.spread or 0) > MUCH_SPREAD

    @property
    def counts(self) -> tuple[tuple[int, int], ...]:
        """How many gave each number or choice, from the least given to the most; none under four ballots.

        On a short scale every number of it is told, also what nobody gave.
        """
        if self.n < FEWEST:
            return ()
        counted = Counter(round(number) for number in self.numbers)
        is_short = self.high - self.low <= _SHORT_SCALE
        first, last = (self.low, self.high) if is_short else (min(counted), max(counted))
        return tuple((number, counted[number]) for number in range(first, last + 1))


_SHORT_SCALE = 5


def voted_points(strategy: Strategy, voted: Iterable[Voted] = ()) -> tuple[VotedPoint, ...]:
    """Return all that was voted on, in the order of the strategy; the worth of the meeting is last."""
    told = {one.field: one for one in voted}
    return tuple(point for point in _points(strategy, told) if point.numbers)


def ballots_in(part: str, field: str, ballots: Sequence[object]) -> VotedPoint | None:
    """Return what stands in a field as ballots, where these are kept in it; dots without a scale.

    How many dots there were to give, no field tells.
    """
    name = next((one for one in (*_SCALES, DOTS) if one in (f"{part}[].{field}", f"{part}.{field}")), None)
    if name is None:
        return None
    choices = SURENESS if name == CONFIDENCE else ()
    numbers = [choices.index(str(one)) if choices else float(str(one)) for one in ballots]
    return _point(name, "", numbers, {**_SCALES, DOTS: (0, 0)}, {}, choices)


def disputed(points: Iterable[VotedPoint]) -> tuple[VotedPoint, ...]:
    """Return the points about which ballots are far apart, the most dissent first."""
    apart = [point for point in points if point.is_disputed]
    return tuple(sorted(apart, key=lambda point: -(point.spread or 0)))


def _points(strategy: Strategy, told: Mapping[str, Voted]) -> Iterator[VotedPoint]:
    most_dots = max((dots for one in strategy.candidates for dots in one.dots), default=0)
    scales = {**_SCALES, DOTS: (0, max(int(most_dots), 1))}
    for one in strategy.candidates:
        ballots = ((INFLUENCE, one.influence_votes), (PERFORMANCE, one.performance_votes), (DOTS, one.dots))
        for field, given in ballots:
            yield _point(field, one.id, given, scales, told)
    for link in strategy.links:
        places = [SURENESS.index(vote) for vote in link.confidence_votes]
        yield _point(CONFIDENCE, link.id, places, scales, told, SURENESS)
    yield _point(WHOLE_MAP, "", strategy.agreement.map_votes, scales, told)
    for extra in strategy.extra:
        texts = extra.answer if isinstance(extra.answer, tuple) else ()
        if extra.step in told and all(_NUMBER.fullmatch(text) for text in texts):
            numbers = [float(text) for text in texts]
            point = _point(extra.step, extra.about or "", numbers, scales, told)
            called = extra.said_about or extra.about or ""
            yield replace(point, asked=extra.short or extra.question, about=called)
    yield _point(WORTH, "", strategy.meeting.worth_votes, scales, told)


def _point(
    field: str,
    item: str,
    ballots: Sequence[float],
    scales: Mapping[str, tuple[int, int]],
    told: Mapping[str, Voted],
    choices: tuple[str, ...] = (),
) -> VotedPoint:
    """Make a point of its ballots, on the scale that its session tells or else on the usual one."""
    session = told.get(field)
    low, high = scales[field] if session is None else (session.low, session.high)
    name = item or field
    return VotedPoint(
        field=field,
        numbers=tuple(float(ballot) for ballot in ballots),
        low=low,
        high=high,
        item=item,
        choices=choices,
        stale=session is not None and name in session.stale,
        named=() if session is None else tuple(one for one in session.named if one.item == name),
    )
