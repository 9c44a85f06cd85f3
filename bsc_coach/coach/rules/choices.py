"""Rules on what segments, proposition and promises say together.

A strategy has one proposition with one type; two that were both meant as primary are a matter for V04 as
long as none is chosen.
"""

from __future__ import annotations

from collections.abc import Iterator

from bsc_coach.coach.rule import Match, rule
from bsc_coach.coach.strategy_view import StrategyView
from bsc_coach.coach.wording import Wording
from bsc_coach.strategy.method import CORE_ATTRIBUTES
from bsc_coach.strategy.model import AttributeId, Segment, Strategy
from bsc_coach.text import normal


def _targets(strategy: Strategy) -> tuple[Segment, ...]:
    return tuple(one for one in strategy.segments if one.choice in ("primary", "target"))


def _main(strategy: Strategy) -> tuple[Segment, ...]:
    """Return the primary segments, or the only target."""
    targets = _targets(strategy)
    primary = tuple(one for one in targets if one.choice == "primary")
    return primary or (targets if len(targets) == 1 else ())


def _differentiators(strategy: Strategy) -> tuple[AttributeId, ...]:
    return tuple(one.id for one in strategy.proposition.attributes if one.role == "differentiator")


@rule("V03", "hint", "choice", heard_at="segments[].choice")
def many_segments(view: StrategyView) -> Iterator[Match]:
    """More target segments than a strategy can be for."""
    targets = _targets(view.strategy)
    if len(targets) > view.context.lists.threshold("most_segments"):
        yield Match(str(len(targets)), tuple(one.id for one in targets), {"n": len(targets)})


@rule("V04", "settle", "choice", misses=("proposition.type",))
def no_primary(view: StrategyView) -> Iterator[Match]:
    """No primary proposition for those whom the strategy is for."""
    if view.strategy.proposition.type is None and _targets(view.strategy):
        yield Match(about=tuple(one.id for one in _main(view.strategy) or _targets(view.strategy)))


@rule("V05", "warn", "choice", heard_at="proposition.attributes[].role")
def no_or_many_differentiators(view: StrategyView) -> Iterator[Match]:
    """No differentiator, or more than a budget carries; silent until roles are given."""
    if not any(one.role for one in view.strategy.proposition.attributes):
        return
    count = len(_differentiators(view.strategy))
    if not view.context.lists.threshold("least_differentiators") <= count:
        yield Match(str(count), values={"n": count})
    elif count > view.context.lists.threshold("most_differentiators"):
        yield Match(str(count), tuple(_differentiators(view.strategy)), {"n": count})


@rule("V06", "warn", "choice", heard_at="proposition.attributes[].role")
def type_without_its_attributes(view: StrategyView) -> Iterator[Match]:
    """A type of proposition of which no attribute makes the difference."""
    chosen, marks = view.strategy.proposition.type, _differentiators(view.strategy)
    if chosen and marks and not set(CORE_ATTRIBUTES[chosen]) & set(marks):
        yield Match(chosen, tuple(marks))


@rule("V15", "warn", "choice")
def unusual_number_of_promises(view: StrategyView) -> Iterator[Match]:
    """Fewer or more promises than customers would repeat; silent until there is one."""
    count = sum(bool(one.title) for one in view.strategy.promises)
    least, most = (view.context.lists.threshold(name) for name in ("least_promises", "most_promises"))
    if count and not least <= count <= most:
        about = tuple(one.id for one in view.strategy.promises)
        yield Match(str(count), about, {"n": count}, saying="one" if count == 1 else "")


@rule("V16", "warn", "choice", heard_at="segments[].choice")
def nobody_left_out(view: StrategyView) -> Iterator[Match]:
    """No segment is marked as not served, or one is both served and not served."""
    targets = _targets(view.strategy)
    names = {normal(one.name or "") for one in targets} - {""}
    left_out = [one for one in view.strategy.segments if one.choice == "not_served"]
    if targets and not left_out:
        yield Match(about=tuple(one.id for one in targets))
    for one in left_out:
        if one.name and normal(one.name) in names:
            yield Match(one.name, (one.id,))


@rule("V17", "hint", "choice", heard_at="proposition.type")
def newest_for_late_buyers(view: StrategyView) -> Iterator[Match]:
    """A proposition of the newest for segments that buy last."""
    if view.strategy.proposition.type == "leadership":
        for one in _main(view.strategy):
            if one.adopter in ("late_majority", "laggards"):
                yield Match(one.name or one.id, (one.id,))


@rule("V18", "hint", "choice", heard_at="proposition.type")
def premium_for_price_buyers(view: StrategyView) -> Iterator[Match]:
    """A premium for segments that look at price first."""
    if not _at_premium(view):
        return
    for one in _targets(view.strategy):
        looks = Wording(one.price or "", view.context).sentence
        if looks.words and looks.first("price_looks") and not looks.first("price_looks_spared"):
            yield Match(one.name or one.id, (one.id,))


def _at_premium(view: StrategyView) -> bool:
    """Tell whether the proposition asks more than others do."""
    proposition = view.strategy.proposition
    if proposition.type == "low_cost" or "price" in _differentiators(view.strategy):
        return False
    text = " ".join(filter(None, (proposition.statement, proposition.why)))
    return proposition.type == "leadership" or bool(Wording(text, view.context).sentence.first("premium"))
