"""Parts of a strategy: some of its points alone, such as those of one strategic theme."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import TypeVar

from bsc_coach.errors import UsageError
from bsc_coach.strategy.model import (
    Candidate,
    Enabler,
    Mission,
    Objective,
    Outcome,
    Promise,
    Strategy,
    Theme,
)
from bsc_coach.strategy.points import map_points
from bsc_coach.text import clean, one_line, shorten

NOTHING: frozenset[str] = frozenset()


def only(
    strategy: Strategy, shown: Set[str], untitled: Set[str] = NOTHING, about: Set[str] | None = None
) -> Strategy:
    """Return a strategy with these points alone, the ``untitled`` ones as ids, and the links between them.

    With ``about``, only links that begin or end at one of these are left.
    """
    links = tuple(
        link
        for link in strategy.links
        if {link.cause, link.effect} <= shown and (about is None or {link.cause, link.effect} & about)
    )
    return strategy.model_copy(
        update={
            "links": links,
            "missions": _kept(strategy.missions, shown, untitled),
            "outcomes": _kept(strategy.outcomes, shown, untitled),
            "promises": _kept(strategy.promises, shown, untitled),
            "candidates": _kept(strategy.candidates, shown, untitled),
            "objectives": _kept(strategy.objectives, shown, untitled),
            "enablers": _kept(strategy.enablers, shown, untitled),
        }
    )


_Item = TypeVar("_Item", Mission, Outcome, Promise, Candidate, Objective, Enabler)


def _kept(items: Sequence[_Item], shown: Set[str], untitled: Set[str]) -> tuple[_Item, ...]:
    kept = (one for one in items if one.id in shown)
    return tuple(one.model_copy(update={"title": None}) if one.id in untitled else one for one in kept)


def theme_of_points(strategy: Strategy) -> Mapping[str, str]:
    """Return the theme of each point that has one of those that there are."""
    known = {theme.id for theme in strategy.themes}
    items = (*strategy.objectives, *strategy.enablers, *strategy.promises, *strategy.outcomes)
    return {one.id: one.theme for one in items if one.theme in known}


def title_of_theme(theme: Theme) -> str:
    """Return what a theme is called."""
    return f"{theme.id} {one_line(clean(theme.title or '').text)}".strip()


def of_theme(strategy: Strategy, name: str) -> Strategy:
    """Return what belongs to one theme: its points, with the mission, their KPIs, projects and risks.

    Raises UsageError for a theme that is not there.
    """
    themes = {theme.id.casefold(): theme.id for theme in strategy.themes}
    if name.casefold() not in themes:
        known = ", ".join(title_of_theme(theme) for theme in strategy.themes)
        raise UsageError("map.no_theme", name=shorten(name, 40), known=known or "–")
    of_points = theme_of_points(strategy)
    theme = themes[name.casefold()]
    shown = {
        point.id
        for point in map_points(strategy)
        if point.kind == "mission" or of_points.get(point.id) == theme
    }
    kpis = tuple(kpi for kpi in strategy.kpis if kpi.measures in shown)
    return only(strategy, shown).model_copy(
        update={
            "kpis": kpis,
            "themes": tuple(one for one in strategy.themes if one.id == theme),
            "initiatives": tuple(one for one in strategy.initiatives if shown & set(one.objectives)),
            "risks": tuple(one for one in strategy.risks if one.threatens in shown),
        }
    )
