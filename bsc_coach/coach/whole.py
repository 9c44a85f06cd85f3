"""Every rule of the coach over a whole strategy: wordings, KPIs and the map."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache

from bsc_coach.coach import measures
from bsc_coach.coach.catalogue import finding, rules_of
from bsc_coach.coach.context import Row, RuleContext, called
from bsc_coach.coach.kpi_sheet import KpiSheet
from bsc_coach.coach.rule import Finding, Match, Rule
from bsc_coach.coach.strategy_view import StrategyView
from bsc_coach.coach.wordings import Kind, check_choice, check_segment, check_wording
from bsc_coach.strategy.model import Enabler, Mission, Outcome, Promise, Strategy


def check_strategy(
    strategy: Strategy, *, language: str | None = None, today: date | None = None
) -> tuple[Finding, ...]:
    """Return what the coach says of ``strategy``, most serious first, then by rule and short id.

    Each finding names the short ids that it is about, the first the one to go to; a cluster or an attribute
    goes by its name in the model. Without ``language`` the strategy's own is used; without ``today`` the
    rules that need a calendar are silent.
    """
    context = _context(strategy, language or strategy.language, today)
    view = StrategyView(strategy, context)
    found = [*_wordings(view), *check_map(view)]
    for kpi in strategy.kpis:
        found += measures.look_at(KpiSheet(kpi, context, view))
    return tuple(sorted(found, key=lambda remark: (remark.rank, remark.rule, remark.about)))


def look_for(
    some: Collection[Rule], strategy: Strategy, *, language: str, today: date | None
) -> tuple[Finding, ...]:
    """Return what just these rules on choices and on the map say of ``strategy``, most serious first."""
    view = StrategyView(strategy, _context(strategy, language, today))
    if not view.context.lists.lists:
        return ()
    found = []
    for one in some:
        hits: Iterable[Match] = (
            one.look(strategy, view.context) if "choice" in one.families else one.look(view)
        )
        found += [finding(one.id, hit, language) for hit in hits]
    return tuple(sorted(found, key=lambda remark: (remark.rank, remark.rule, remark.about)))


def check_map(view: StrategyView) -> Iterator[Finding]:
    """Yield what every rule on maps says of one."""
    for one in rules_of("map"):
        hits: Iterable[Match] = one.look(view)
        for hit in hits:
            yield finding(one.id, hit, view.context.language)


def _context(strategy: Strategy, language: str, today: date | None) -> RuleContext:
    named = called(strategy.organisation.customer_word or "", language)
    year = strategy.organisation.horizon_year
    return RuleContext(language, customers=named, today=today, horizon_year=year)


def _wordings(view: StrategyView) -> Iterator[Finding]:
    """Yield what the coach says of each text of the map in its own row."""
    for kind, name, text, context in _texts(view):
        for remark in _said(kind, text, context):
            yield replace(remark, about=remark.about or (name,))
    for segment in view.strategy.segments:
        if segment.choice != "not_served":
            for remark in check_segment(segment, view.context):
                yield replace(remark, about=remark.about or (segment.id,))
    yield from check_choice(view.strategy, view.context)


@lru_cache(maxsize=8_192)
def _said(kind: Kind, text: str, context: RuleContext) -> tuple[Finding, ...]:
    """Look once: after an edit, every other text is as it was."""
    return check_wording(kind, text, context)


def _texts(view: StrategyView) -> Iterator[tuple[Kind, str, str, RuleContext]]:
    """Yield (kind, short id, text, context) of every wording there is."""
    strategy, context = view.strategy, view.context
    for one in view.chosen:
        subprocess = (one.candidate.subprocess if one.candidate else None) or ""
        here = replace(context, row="process", cluster=one.cluster or "", subprocess=subprocess)
        yield "objective", one.id, one.title, here
    rows: tuple[tuple[Kind, Row, tuple[Outcome | Mission | Enabler | Promise, ...]], ...] = (
        ("objective", "financial", strategy.outcomes),
        ("objective", "mission", strategy.missions),
        ("objective", "learning", strategy.enablers),
        ("promise", "customer", strategy.promises),
    )
    for kind, row, parts in rows:
        for part in parts:
            yield kind, part.id, part.title or "", replace(context, row=row)
    yield "proposition", "proposition", strategy.proposition.statement or "", context
