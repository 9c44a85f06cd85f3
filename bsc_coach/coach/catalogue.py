"""Registry of all rules of the coach, and their words and examples per language.

The one way to the rules: whoever asks for one gets all of them, wherever in the program that is. A rule
module is named here, and each ``Rule`` that stands in it counts; there is no other register.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, get_args, overload

from bsc_coach.coach.context import RuleContext
from bsc_coach.coach.kpi_sheet import KpiSheet
from bsc_coach.coach.rule import Family, Finding, Match, Rule, Text
from bsc_coach.coach.rules import (
    by_ear,
    choices,
    customer_claims,
    kpi_behaviour,
    kpi_definition,
    kpi_names,
    kpi_targets,
    map_agreement,
    map_balance,
    map_causality,
    map_commitment,
    map_ownership,
    map_selection,
    map_sorting,
    map_tied,
    map_wording,
    objectives_form,
    objectives_goals,
    objectives_numbers,
    objectives_once,
    objectives_place,
    objectives_rows,
    objectives_words,
    other_texts,
    segments_and_propositions,
)
from bsc_coach.coach.strategy_view import StrategyView
from bsc_coach.coach.wording import SegmentSheet, Wording
from bsc_coach.parsed_toml import parse_toml
from bsc_coach.resources import asset_dir

_MODULES = (
    *(objectives_form, objectives_goals, objectives_numbers, objectives_once, objectives_words),
    *(objectives_place, objectives_rows, other_texts, segments_and_propositions, choices),
    *(kpi_definition, kpi_targets, kpi_behaviour, kpi_names),
    *(map_agreement, map_balance, map_causality, map_commitment, map_ownership, map_selection),
    *(map_sorting, map_tied, map_wording, customer_claims, by_ear),
)


_SAY = "say_"


@dataclass(frozen=True)
class RuleWords:
    """What a rule says in one language, why, and its examples."""

    say: str
    says: Mapping[str, str]
    """Its other sentences: what a Match calls for by name; "many", or "NAME_many", for several of a kind."""
    reason: str
    source: str
    fires: tuple[Any, ...]
    """Wordings, or tables of a KPI or a strategy, that it must remark on."""
    silent: tuple[Any, ...]


@cache
def rules() -> Mapping[str, Rule[Any]]:
    """All rules by id, sorted by id."""
    found = [value for module in _MODULES for value in vars(module).values() if isinstance(value, Rule)]
    return {one.id: one for one in sorted(found, key=lambda one: one.id)}


@overload
def rules_of(
    family: Text | Literal["name"],
) -> tuple[Rule[Wording], ...]: ...
@overload
def rules_of(family: Literal["segment"]) -> tuple[Rule[SegmentSheet], ...]: ...
@overload
def rules_of(family: Literal["kpi"]) -> tuple[Rule[KpiSheet], ...]: ...
@overload
def rules_of(family: Literal["choice", "map"]) -> tuple[Rule[StrategyView], ...]: ...
def rules_of(family: Family) -> tuple[Rule[Any], ...]:
    """The rules of one family, sorted by id."""
    return _by_family()[family]


@cache
def _by_family() -> Mapping[Family, tuple[Rule[Any], ...]]:
    return {
        family: tuple(one for one in rules().values() if family in one.families)
        for family in get_args(Family)
    }


@cache
def rules_heard_at(field: str) -> tuple[Rule[StrategyView], ...]:
    """The rules on choices and on the map that run when a field of the strategy is answered."""
    return tuple(one for one in rules().values() if one.on_the_whole and field and one.heard_at == field)


@cache
def rule_words(language: str) -> Mapping[str, RuleWords]:
    """Words and examples of every rule in ``language``; empty for a language that has none."""
    folder = asset_dir("prompts") / "coach" / language
    if not folder.is_dir():
        return {}
    tables: dict[str, dict[str, Any]] = {}
    for source in sorted(folder.iterdir(), key=lambda one: one.name):
        if source.name.endswith(".toml"):
            tables.update(parse_toml(source.read_bytes()))
    return {
        name: RuleWords(
            say=entry["say"],
            says={name.removeprefix(_SAY): text for name, text in entry.items() if name.startswith(_SAY)},
            reason=entry["reason"],
            source=entry.get("source", ""),
            fires=tuple(entry["fires"]),
            silent=tuple(entry["silent"]),
        )
        for name, entry in tables.items()
    }


def finding(name: str, hit: Match, context: RuleContext) -> Finding:
    """Make a Finding of a Match, with its sentence in the language of ``context`` or else in English."""
    words, rule = rule_words(context.language).get(name) or rule_words("en")[name], rules()[name]
    sentence = words.says[hit.saying] if hit.saying else words.say
    return Finding(
        rule=name,
        severity="hint" if hit.mild else rule.severity,
        say=sentence.format_map({"word": hit.word, "customers": context.called_customers, **hit.values}),
        about=hit.about,
        word=hit.word,
        belongs_to=rule.belongs_to,
        over_budget=rule.over_budget,
        many=words.says.get(f"{hit.saying}_many" if hit.saying else "many", ""),
    )
