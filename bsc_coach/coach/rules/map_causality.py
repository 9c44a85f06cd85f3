"""M03–M11, M27, M28, M42: broken, missing or illogical links of cause and effect."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from bsc_coach.coach.lexicon.matcher import readable, words_of
from bsc_coach.coach.rule import Match, rule
from bsc_coach.coach.strategy_view import StrategyView, whole_text
from bsc_coach.strategy.dates import first_day, last_day
from bsc_coach.strategy.model import Attribute, AttributeId

_EFFECTS_OF: Mapping[AttributeId, str] = {"quality": "quality", "availability": "speed", "price": "cost"}
"""Which effect of an objective earns an attribute of the proposition."""


@rule("M03", "settle", "map", heard_at="links[]")
def leads_nowhere(view: StrategyView) -> Iterator[Match]:
    """A process objective from which no promise and no result is reached."""
    reaching = view.reaching(view.in_row("customer", "financial", "mission"))
    for one in view.chosen:
        if one.id not in reaching:
            yield Match(word=one.title, about=(one.id,))


@rule("M04", "settle", "map", heard_at="links[]")
def broken_promise(view: StrategyView) -> Iterator[Match]:
    """A promise that no process keeps."""
    for one in view.strategy.promises:
        if one.id not in view.kept:
            yield Match(word=one.title or "", about=(one.id,))


@rule("M05", "warn", "map", heard_at="links[]")
def undriven_outcome(view: StrategyView) -> Iterator[Match]:
    """A financial outcome that nothing drives."""
    for one in view.strategy.outcomes:
        if not view.causes.get(one.id):
            yield Match(word=one.title or "", about=(one.id,))


@rule("M06", "warn", "map", heard_at="links[]", rests_on=("enablers[]",))
def no_whole_chain(view: StrategyView) -> Iterator[Match]:
    """No chain from people over a process and a promise to a result."""
    if not view.chosen:
        return
    ends = view.in_row("financial", "mission")
    promises = view.reaching(ends) & view.in_row("customer")
    processes = view.reaching(promises) & view.in_row("process")
    if not view.reaching(processes) & view.in_row("learning"):
        yield Match()


@rule("M07", "hint", "map", rests_on=("objectives[].serves", "objectives[].effects"))
def straight_to_money(view: StrategyView) -> Iterator[Match]:
    """A process linked to money that serves neither productivity nor growth: a customer is missing."""
    for link in view.links:
        if view.rows[link.effect] != "financial" or view.rows[link.cause] != "process":
            continue
        objective = view.by_id[link.cause].objective
        if objective.serves not in ("productivity", "both") and "revenue" not in objective.effects:
            yield Match(about=link.about, values=link.ends)


@rule("M08", "hint", "map", heard_at="links[].effect", one_item=True)
def runs_downward(view: StrategyView) -> Iterator[Match]:
    """A link from a higher perspective to a lower one: money enables, and does not cause."""
    for link in view.links:
        if view.rank(link.cause) > view.rank(link.effect):
            yield Match(about=link.about, values=link.ends)


@rule("M09", "warn", "map", heard_at="links[].effect", one_item=True)
def circle(view: StrategyView) -> Iterator[Match]:
    """Points that drive each other in a circle, without a first one."""
    for ring in _rings(view.effects):
        yield Match(about=ring, values={"ring": " → ".join((*ring[:6], *(("…",) if len(ring) > 6 else ())))})


def _rings(effects: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """Yield each group of points that all reach each other (Tarjan, without recursion)."""
    number: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: dict[str, None] = {}
    for start in effects:
        work = [(start, iter(effects.get(start, ())))] if start not in number else []
        if work:
            number[start] = low[start] = len(number)
            stack[start] = None
        while work:
            here, following = work[-1]
            for other in following:
                if other not in number:
                    number[other] = low[other] = len(number)
                    stack[other] = None
                    work.append((other, iter(effects.get(other, ()))))
                    break
                if other in stack:
                    low[here] = min(low[here], number[other])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[here])
                if low[here] == number[here]:
                    ring = _popped(stack, here)
                    if len(ring) > 1 or here in effects.get(here, ()):
                        yield ring


def _popped(stack: dict[str, None], until: str) -> tuple[str, ...]:
    ring = []
    while (name := stack.popitem()[0]) != until:
        ring.append(name)
    return (until, *reversed(ring))


@rule("M10", "hint", "map", heard_at="links[].because", one_item=True, misses=("links[].because",))
def no_because(view: StrategyView) -> Iterator[Match]:
    """A link without a reason: it is a hypothesis, and a hypothesis has a because."""
    least = view.lists.threshold("least_because_words")
    for link in view.links:
        if len(words_of(readable(link.because))) < least:
            yield Match(about=link.about, values=link.ends)


@rule("M11", "hint", "map", heard_at="links[].effect", one_item=True)
def drives_everything(view: StrategyView) -> Iterator[Match]:
    """A point, or a map, with so many links that they explain nothing."""
    most = view.lists.threshold("most_links_from_one")
    for name, effects in view.effects.items():
        if len(effects) > most:
            yield Match(word=name, about=(name, *effects), values={"n": len(effects)})
    points = len(view.rows)
    if points and len(view.links) > points * view.lists.threshold("most_links_a_point") + 1e-9:
        yield Match(word=str(points), values={"n": len(view.links)})


@rule("M27", "warn", "map", rests_on=("promises[].attribute", "objectives[].effects"))
def unearned_differentiator(view: StrategyView) -> Iterator[Match]:
    """What should make the difference, and no process earns it."""
    for attribute in view.strategy.proposition.attributes:
        if attribute.role == "differentiator" and view.chosen and not _is_earned(attribute, view):
            yield Match(word=view.label("attribute", attribute.id), about=(attribute.id,))


def _is_earned(attribute: Attribute, view: StrategyView) -> bool:
    """Tell whether a promise of this attribute is kept, or an objective speaks of it or has its effect."""
    if any(one.attribute == attribute.id and one.id in view.kept for one in view.strategy.promises):
        return True
    effect = _EFFECTS_OF.get(attribute.id)
    words = f"attribute_{attribute.id}"
    return any(
        effect in one.objective.effects
        or view.lists.find(words, whole_text(one))
        or (attribute.id in ("brand", "functionality") and _subprocess(one.id, view) == "launch")
        for one in view.chosen
    )


def _subprocess(name: str, view: StrategyView) -> str | None:
    candidate = view.by_id[name].candidate
    return candidate.subprocess if candidate else None


@rule("M28", "warn", "map")
def weak_basics(view: StrategyView) -> Iterator[Match]:
    """What customers take for granted, where a process is weak and not among the vital few."""
    weak = view.lists.threshold("weak_performance")
    for attribute in view.strategy.proposition.attributes:
        if attribute.role != "threshold" or _is_earned(attribute, view):
            continue
        words = f"attribute_{attribute.id}"
        for one in view.strategy.candidates:
            low = one.performance is not None and one.performance <= weak
            if low and one.id not in view.by_id and view.lists.find(words, readable(one.title)):
                about = (one.id, attribute.id)
                yield Match(word=view.label("attribute", attribute.id), about=about)
                break


@rule("M42", "warn", "map")
def effect_before_cause(view: StrategyView) -> Iterator[Match]:
    """An effect that is due before the first of its cause is."""
    due = {name: _due(name, view) for name in view.kpis_of}
    for link in view.links:
        cause, effect = due.get(link.cause), due.get(link.effect)
        if cause and effect and effect[1] < cause[0]:
            yield Match(about=link.about, values=link.ends)


def _due(name: str, view: StrategyView) -> tuple[date, date] | None:
    """Return the first and the last day on which targets of a point are due."""
    firsts = [day for one in view.kpis_of[name] if (day := first_day(one.target_date))]
    lasts = [day for one in view.kpis_of[name] if (day := last_day(one.target_date))]
    return (min(firsts), max(lasts)) if firsts and lasts else None
