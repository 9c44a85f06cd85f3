"""M51–M59: themes, risks, links that hold back, order and amounts of projects; heard where they are there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from bsc_coach.coach.rule import Match, rule
from bsc_coach.coach.strategy_view import StrategyView
from bsc_coach.strategy.dates import first_day, last_day
from bsc_coach.strategy.model import Initiative, Link, Outcome, Promise

_AMOUNT = re.compile(
    r"(?<![\d.,])\d{1,3}(?:[.,'’\u00a0\u202f ]\d{3})+(?![\d.,]\d)|(?<![\d.,])\d{5,}(?![\d.,]\d)"
)
"""A whole amount inside a text: grouped by thousands, or too long for a year."""


@rule("M51", "settle", "map", mended_at="initiatives[].needs")
def circle_of_needs(view: StrategyView) -> Iterator[Match]:
    """Projects that wait for one another in a circle: none of them can begin."""
    needs = {one.id: one.needs for one in view.strategy.initiatives}
    told: set[str] = set()
    for one in view.strategy.initiatives:
        circle = _circle(one.id, needs)
        if circle and not told & set(circle):
            told |= set(circle)
            yield Match(about=circle, values={"circle": " → ".join((*circle, circle[0]))})


def _circle(start: str, needs: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Return the shortest way from a project back to itself along what each needs; empty without one."""
    ways: list[tuple[str, ...]] = [(start,)]
    seen = {start}
    for way in ways:
        for other in needs.get(way[-1], ()):
            if other == start:
                return way
            if other in needs and other not in seen:
                seen.add(other)
                ways.append((*way, other))
    return ()


@rule("M52", "warn", "map", mended_at="initiatives[].start")
def begins_before_what_it_needs(view: StrategyView) -> Iterator[Match]:
    """A project that begins before one that it needs is done."""
    by_id = {one.id: one for one in view.strategy.initiatives}
    for one in by_id.values():
        begin = last_day(one.start)
        for other in (by_id[name] for name in one.needs if name in by_id and name != one.id):
            # As coarse as people say dates: only where the one cannot be done before the other begins.
            done = first_day(other.end)
            if begin is not None and done is not None and begin < done:
                yield Match(word=_name(one), about=(one.id, other.id), values={"first": _name(other)})


@rule("M53", "warn", "map", mended_at="risks[].answer")
def holds_back_unanswered(view: StrategyView) -> Iterator[Match]:
    """A link that holds something back, and nothing on the map deals with that."""
    for link in view.holding_back:
        if not _is_answered(link, view):
            ends = {"cause": link.cause, "effect": link.effect}
            yield Match(about=(link.id, *(name for name in ends.values() if name)), values=ends)


def _is_answered(link: Link, view: StrategyView) -> bool:
    """Tell whether a risk, a project or a KPI on guard deals with what a link holds back."""
    ends = {link.cause, link.effect}
    risks = [one for one in view.strategy.risks if one.threatens in ends and (one.answer or "").strip()]
    measured = {one.id: one.measures for one in view.strategy.kpis}
    guarded = any(
        one.measures == link.cause and measured.get(one.guard_kpi or "") == link.effect
        for one in view.strategy.kpis
    )
    return bool(risks) or guarded or link.effect in view.initiatives_of


@rule("M54", "hint", "map", misses=("objectives[].theme",), mended_at="objectives[].theme")
def theme_without_objective(view: StrategyView) -> Iterator[Match]:
    """A strategic theme without any work in it: no objective of a process belongs to it."""
    with_work = {one.objective.theme for one in view.chosen}
    for theme in view.strategy.themes:
        if theme.id not in with_work:
            yield Match(word=theme.title or theme.id, about=(theme.id,))


@rule("M55", "hint", "map", misses=("initiatives[].amount",), mended_at="initiatives[].amount")
def some_without_amount(view: StrategyView) -> Match | None:
    """Amounts of some projects and none of others: their sum is no sum."""
    projects = view.strategy.initiatives
    without = [one for one in projects if one.amount is None]
    if not without or len(without) == len(projects):
        return None
    names = ", ".join(one.id for one in without)
    return Match(about=tuple(one.id for one in without), values={"without": names, "all": len(projects)})


@rule("M56", "hint", "map", mended_at="initiatives[].amount")
def amount_unlike_its_words(view: StrategyView) -> Iterator[Match]:
    """An amount, and other money in the words beside it."""
    for one in view.strategy.initiatives:
        said = {int(re.sub(r"\D", "", found[0])): found[0] for found in _AMOUNT.finditer(one.resources or "")}
        if one.amount is not None and said and round(one.amount) not in said:
            values = {"amount": round(one.amount), "said": next(iter(said.values()))}
            yield Match(word=_name(one), about=(one.id,), values=values)


@rule("M57", "warn", "map", misses=("risks[].answer", "risks[].owner_role", "risks[].threatens"))
def risk_left_alone(view: StrategyView) -> Iterator[Match]:
    """A risk without an answer, without an owner, or tied to no point of the map."""
    for risk in view.strategy.risks:
        word, about = risk.title or risk.id, (risk.id,)
        if not (risk.answer or "").strip():
            yield Match(word=word, about=about)
        elif not (risk.owner_role or "").strip():
            yield Match(word=word, about=about, saying="unowned")
        elif risk.threatens not in view.rows:
            yield Match(word=word, about=about, saying="untied")


@rule("M58", "hint", "map", misses=("promises[].owner_role", "outcomes[].owner_role"))
def owned_in_part(view: StrategyView) -> Iterator[Match]:
    """A promise or an outcome without an owner, where another of its kind has one."""
    kinds: tuple[Sequence[Promise | Outcome], ...] = (view.strategy.promises, view.strategy.outcomes)
    for points in kinds:
        owned = [one for one in points if (one.owner_role or "").strip()]
        for one in points if owned else ():
            if one not in owned:
                yield Match(word=one.title or one.id, about=(one.id,))


@rule("M59", "hint", "map", mended_at="links[].seen_in_kpi")
def seen_in_the_result(view: StrategyView) -> Iterator[Match]:
    """A link that would show in the KPI of its own effect: not halfway, but once it is too late."""
    measured = {one.id: one.measures for one in view.strategy.kpis}
    for link in view.strategy.links:
        if link.effect is not None and measured.get(link.seen_in_kpi or "") == link.effect:
            values = {"kpi": link.seen_in_kpi, "effect": link.effect}
            yield Match(about=(link.id,), values=values)


def _name(project: Initiative) -> str:
    return project.title or project.id
