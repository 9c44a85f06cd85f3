"""M36–M38, M40, M44: open tensions, votes, parked points, reviews, and who decides."""

from __future__ import annotations

from collections.abc import Iterator

from bsc_coach.coach.lexicon.matcher import readable
from bsc_coach.coach.rule import Match, rule
from bsc_coach.coach.strategy_view import StrategyView
from bsc_coach.strategy.dates import first_day, months_between
from bsc_coach.strategy.measures import Kpi

_ARROWS = {"up": "↑", "down": "↓"}


@rule("M36", "hint", "map")
def unbalanced_opposites(view: StrategyView) -> Iterator[Match]:
    """Two KPIs that pull against each other, without a note on where the balance lies."""
    loose = [one for one in view.strategy.kpis if one.direction and not (one.guard or "").strip()]
    for number in range(1, 10):
        one_side = _pulling(f"pull_{number}a", loose, view)
        other_side = _pulling(f"pull_{number}b", loose, view) if one_side else ()
        for one in one_side:
            other = next((other for other in other_side if other.id != one.id), None)
            if other is not None:
                names = {"one": one.name, "other": other.name}
                yield Match(about=(one.id, other.id), values=names)
                break


def _pulling(side: str, kpis: list[Kpi], view: StrategyView) -> tuple[Kpi, ...]:
    """Return the KPIs of one side of a pair: the list holds its words, and its direction as an arrow."""
    listed = view.lists.words(side)
    return tuple(
        one
        for one in kpis
        if _ARROWS.get(one.direction or "") in listed and view.lists.find(side, readable(one.name))
    )


@rule("M37", "warn", "map", rests_on=("candidates[].reason",), mended_at="participants[].concern")
def low_vote_or_tie(view: StrategyView) -> Iterator[Match]:
    """A low vote that nobody came back to, or a tie across the line without a reason."""
    low = [one for one in view.strategy.participants if one.vote is not None and one.vote <= 2]
    if low:
        names = ", ".join(one.role or one.name or one.id for one in low)
        yield Match(word=names, about=tuple(one.id for one in low), values={"n": len(low)})
    votes, said = view.strategy.agreement.map_votes, view.strategy.agreement.map_said
    if votes and min(votes) <= 2 and not said:
        # Nobody knows whose they are: what was given is all there is to name.
        yield Match(word=", ".join(f"{vote:g}" for vote in votes), values={"n": len(votes)})
    candidates = view.strategy.candidates
    line = min(
        (one.priority for one in candidates if one.selected and one.priority is not None), default=None
    )
    for one in candidates:
        tied = line is not None and one.priority == line
        if tied and not one.selected and not (one.reason or "").strip():
            yield Match(word=one.title or "", about=(one.id,), values={"n": 0})


@rule("M38", "warn", "map", misses=("parking[].owner", "parking[].due"))
def parked_without_owner_or_date(view: StrategyView) -> Iterator[Match]:
    """A parked point that is not done with, and that nobody brings back, or on no day."""
    for one in view.strategy.parking:
        if one.outcome in ("answered", "dropped"):
            continue
        if not (one.owner or "").strip() or one.due is None:
            yield Match(word=one.title or "", about=(one.id,))


@rule("M40", "warn", "map", heard_at="review.first", misses=("review.first",))
def late_first_review(view: StrategyView) -> Iterator[Match]:
    """No day for the first review, or one further off than a quarter."""
    if not view.chosen:
        return
    first = first_day(view.strategy.review.first)
    today = view.context.today
    if first is None:
        yield Match()
    elif today is not None and months_between(today, first) > view.lists.threshold("review_months") + 0.1:
        yield Match(word=view.strategy.review.first or "")


@rule("M44", "warn", "map", misses=("participants[].part",))
def not_one_decider(view: StrategyView) -> Iterator[Match]:
    """Several people at the table, and none or more than one of them decides when they cannot."""
    present = view.strategy.participants
    deciders = tuple(one.id for one in present if one.part == "decider")
    if len(present) > 1 and len(deciders) != 1:
        yield Match(about=deciders, values={"n": len(deciders), "all": len(present)})
