"""Check a wording, a segment, a KPI or a whole strategy with the rules of the coach.

The one entry to the coach: the conversation, the findings on a session and the command line all ask here.
Every function returns findings, the most serious first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Literal

from bsc_coach.coach.catalogue import finding, rules, rules_of
from bsc_coach.coach.context import RuleContext, customer_names
from bsc_coach.coach.ear.heard import BESIDE, Ear
from bsc_coach.coach.kpi_sheet import KpiSheet
from bsc_coach.coach.rule import EVERY, Finding, Match, Rule, Subject, Text
from bsc_coach.coach.sentence import foreign
from bsc_coach.coach.strategy_view import StrategyView
from bsc_coach.coach.wording import SegmentSheet, Wording
from bsc_coach.strategy.measures import Kpi
from bsc_coach.strategy.model import Segment, Strategy
from bsc_coach.strategy.points import Perspective, ProcessPoint, map_points
from bsc_coach.text import one_line

Kind = Literal[Text, "segment"]

_ROW_OF: Mapping[Kind, Perspective] = {"promise": "customer", "ambition": "mission"}
"""In which row of the map a text is read, whatever row it was asked in."""
LONGEST = 4_000
"""Characters of a wording that are looked at."""

_Named = tuple[str, Match]
"""The id of a rule and where it applies."""


def check_wording(kind: Kind, text: str, context: RuleContext) -> tuple[Finding, ...]:
    """Check one text. Nothing for an empty one, a language without word lists, a text of another language."""
    if kind in _ROW_OF:
        context = replace(context, row=_ROW_OF[kind])
    text = text[:LONGEST]
    found = _check_wording(kind, text, replace(context, ear=None))
    return found or _listen(kind, text, context)


@lru_cache(maxsize=8_192)
def _listen(kind: Kind, text: str, context: RuleContext) -> tuple[Finding, ...]:
    """Ask the ear about a text on which no rule remarks; nothing without one."""
    if context.ear is None or kind == "segment":
        return ()
    beside = next((one for one in BESIDE if one == kind), None)
    family = rules_of(kind)
    return _once(_matches((one for one in family if one.by_ear), Wording(text, context, beside)), context)


@lru_cache(maxsize=8_192)
def _check_wording(kind: Kind, text: str, context: RuleContext) -> tuple[Finding, ...]:
    """Check a text once: after an answer or an edit nearly all others are as they were."""
    wording = Wording(text, context)
    if not wording.text or not wording.lists.lists:
        return ()
    if kind == "segment":
        segment = _segment_matches(SegmentSheet(Segment(id="SEG1", name=text), context))
        found = [(name, replace(match, about=())) for name, match in segment]
    else:
        found = list(_matches(rules_of(kind), wording))
    if foreign(wording.sentence):
        found = [(name, match) for name, match in found if name == "O22"]
    found = [(name, replace(match, word=_as_written(match.word, text))) for name, match in found]
    return _once(found, context)


def _as_written(word: str, written: str) -> str:
    """Return a word with the capitals that it was written with; rules look at folded ones."""
    at = written.casefold().find(word) if word else -1
    found = written[at : at + len(word)] if at >= 0 else word
    return found if found.casefold() == word else word


def check_segment(segment: Segment, context: RuleContext) -> tuple[Finding, ...]:
    """Check a segment of customers: its traits, and its name as a wording."""
    if not context.lists.lists:
        return ()
    return _once(_segment_matches(SegmentSheet(segment, context)), context)


def _segment_matches(sheet: SegmentSheet) -> Iterator[_Named]:
    yield from _matches(rules_of("segment"), sheet)
    yield from _matches(rules_of("name"), sheet.name)


def check_choice(strategy: Strategy, context: RuleContext) -> tuple[Finding, ...]:
    """Check what segments, proposition and promises say together."""
    return _check_choice(StrategyView(strategy, context))


def _check_choice(view: StrategyView) -> tuple[Finding, ...]:
    if not view.context.lists.lists:
        return ()
    return _once(_matches(rules_of("choice"), view), view.context)


def check_kpi(
    kpi: Kpi, context: RuleContext, strategy: Strategy | None = None, *, asked: Collection[str] | None = None
) -> tuple[Finding, ...]:
    """Check one KPI.

    With ``strategy`` the KPI is also compared with its objective and the other KPIs; without, the rules
    that need those are silent. ``asked`` names the fields that could have been filled, where that is not
    the whole definition sheet: an absent guard means nothing where nobody asked for one.
    """
    view = StrategyView(strategy, context) if strategy is not None else None
    return _check_sheet(KpiSheet(kpi, context, view, None if asked is None else frozenset(asked)))


def _check_sheet(sheet: KpiSheet) -> tuple[Finding, ...]:
    own = (sheet.kpi.id,)
    found = (
        (name, replace(match, about=match.about or own)) for name, match in _matches(rules_of("kpi"), sheet)
    )
    return _in_order(finding(name, match, sheet.context) for name, match in found)


def check_map(strategy: Strategy, context: RuleContext) -> tuple[Finding, ...]:
    """Check how the points of a strategy map hang together."""
    return _in_order(_check_by(rules_of("map"), StrategyView(strategy, context)))


def check_strategy(
    strategy: Strategy, *, language: str | None = None, today: date | None = None, ear: Ear | None = None
) -> tuple[Finding, ...]:
    """Check everything in a strategy; findings as serious come in the order of rule and short id.

    Each finding names the short ids that it is about, the first the one to go to; a cluster or an attribute
    goes by its name in the model. Without ``language`` the strategy's own is used; without ``today`` the
    rules that need a calendar are silent. With an ``ear``, texts on which no rule remarks are listened to.
    """
    context = _context(strategy, language or strategy.language, today)
    view = StrategyView(strategy, context)
    found = [*_check_texts(view, ear), *_check_by(rules_of("map"), view)]
    for kpi in strategy.kpis:
        found += _check_sheet(KpiSheet(kpi, context, view))
    return _in_order(found)


def listen_to_strategy(strategy: Strategy, ear: Ear, *, language: str) -> tuple[Finding, ...]:
    """Return only what an ear hears in the texts of a strategy on which no rule remarks."""
    view = StrategyView(strategy, _context(strategy, language, None))
    return _in_order(one for one in _check_texts(view, ear) if rules()[one.rule].by_ear)


def check_strategy_by(
    some: Collection[Rule[StrategyView]], strategy: Strategy, *, language: str, today: date | None
) -> tuple[Finding, ...]:
    """Check a strategy by just some of the rules on choices and on the map."""
    view = StrategyView(strategy, _context(strategy, language, today))
    return _in_order(_check_by(some, view)) if view.context.lists.lists else ()


def _check_by(some: Iterable[Rule[StrategyView]], view: StrategyView) -> Iterator[Finding]:
    return (finding(name, match, view.context) for name, match in _matches(some, view))


def _context(strategy: Strategy, language: str, today: date | None) -> RuleContext:
    word = one_line(strategy.organisation.customer_word or "")
    year = strategy.organisation.horizon_year
    return RuleContext(
        language,
        customers=customer_names(word, language),
        customer_word=word,
        today=today,
        horizon_year=year,
        organisation=one_line(strategy.organisation.name or ""),
    )


def _check_texts(view: StrategyView, ear: Ear | None) -> Iterator[Finding]:
    """Yield what the rules say of each text of the map in its own row, and of the choices in it."""
    for kind, name, text, context in _texts(view):
        for remark in check_wording(kind, text, replace(context, ear=ear)):
            yield replace(remark, about=remark.about or (name,))
    for segment in view.strategy.segments:
        if segment.choice != "not_served":
            for remark in check_segment(segment, view.context):
                yield replace(remark, about=remark.about or (segment.id,))
    yield from _check_choice(view)


def _texts(view: StrategyView) -> Iterator[tuple[Kind, str, str, RuleContext]]:
    """Yield (kind, short id, text, context) of every wording there is."""
    for point in map_points(view.strategy):
        context = replace(view.context, row=point.perspective)
        if isinstance(point, ProcessPoint):
            subprocess = (point.candidate.subprocess if point.candidate else None) or ""
            context = replace(context, cluster=point.cluster or "", subprocess=subprocess)
        yield "promise" if point.kind == "promise" else "objective", point.id, point.title, context
    statement = view.strategy.proposition.statement or ""
    yield "proposition", "proposition", statement, view.context
    about = view.strategy.organisation
    yield "ambition", "organisation.ambition", about.ambition or "", view.context
    yield "value", "organisation.values", about.values or "", view.context


def _matches(some: Iterable[Rule[Subject]], subject: Subject) -> Iterator[_Named]:
    return ((one.id, match) for one in some for match in one.matches(subject))


def superfluous(names: Collection[str]) -> frozenset[str]:
    """Return which of the rules that fired another of them silences: the same fault is told once."""
    gone: set[str] = set()
    for name in names:
        silences = rules()[name].silences
        gone |= set(names) - {name} if EVERY in silences else set(silences)
    return frozenset(gone)


def _once(some: Iterable[_Named], context: RuleContext) -> tuple[Finding, ...]:
    """Return the findings on one text or choice, without those that another makes superfluous."""
    found = list(some)
    gone = superfluous({name for name, _ in found})
    remarks = (finding(name, match, context) for name, match in found if name not in gone)
    return tuple(sorted(remarks, key=lambda one: (one.rank, not rules()[one.rule].first, one.rule)))


def _in_order(some: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(some, key=lambda one: (one.rank, one.rule, one.about)))
