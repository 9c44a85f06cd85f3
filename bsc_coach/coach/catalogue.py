"""Every rule of the coach, with its words and examples.

The one way to the rules: whoever asks for one gets all of them, wherever in the program that is. A rule
module is named here, and each ``Rule`` that stands in it counts; there is no other register.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from bsc_coach.coach.rule import Family, Finding, Match, Rule
from bsc_coach.coach.rules import (
    choices,
    kpi_behaviour,
    kpi_definition,
    kpi_names,
    kpi_targets,
    map_balance,
    map_causality,
    map_commitment,
    map_ownership,
    map_selection,
    map_wording,
    objectives_form,
    objectives_words,
    segments_and_propositions,
)
from bsc_coach.parsed_toml import parse_toml
from bsc_coach.resources import asset_dir

LANGUAGES = ("en", "nl")
_MODULES = (
    *(objectives_form, objectives_words, segments_and_propositions, choices),
    *(kpi_definition, kpi_targets, kpi_behaviour, kpi_names),
    *(map_balance, map_causality, map_commitment, map_ownership, map_selection, map_wording),
)


@dataclass(frozen=True)
class RuleWords:
    """The content of a rule in one language."""

    say: str
    reason: str
    source: str
    fires: tuple[Any, ...]
    """Wordings, or tables of a KPI or a strategy, that it must remark on."""
    silent: tuple[Any, ...]


@cache
def rules() -> Mapping[str, Rule]:
    """Return every rule by its id, in the order of the ids.

    Raises ValueError for one without words, or without an example on either side.
    """
    found = [value for module in _MODULES for value in vars(module).values() if isinstance(value, Rule)]
    for one in found:
        told = rule_words("en").get(one.id)
        if told is None or not told.fires or not told.silent:
            raise ValueError(f"rule {one.id} has no words or examples")
    return {one.id: one for one in sorted(found, key=lambda one: one.id)}


@cache
def rules_of(family: Family) -> tuple[Rule, ...]:
    """Return the rules that look at ``family``, in the order of their ids."""
    return tuple(one for one in rules().values() if family in one.families)


@cache
def rule_words(language: str) -> Mapping[str, RuleWords]:
    """Return the content of every rule in ``language``; empty for a language that has none."""
    folder = asset_dir("prompts") / "coach" / language
    if not folder.is_dir():
        return {}
    told: dict[str, dict[str, Any]] = {}
    for source in sorted(folder.iterdir(), key=lambda one: one.name):
        if source.name.endswith(".toml"):
            told.update(parse_toml(source.read_bytes()))
    return {
        name: RuleWords(
            say=entry["say"],
            reason=entry["reason"],
            source=entry.get("source", ""),
            fires=tuple(entry["fires"]),
            silent=tuple(entry["silent"]),
        )
        for name, entry in told.items()
    }


def finding(name: str, hit: Match, language: str) -> Finding:
    """Return a hit as a remark in ``language``, in English where that language has no words for it."""
    told = rule_words(language).get(name) or rule_words("en")[name]
    said = told.say.format_map({"word": hit.word, **hit.values})
    return Finding(name, "hint" if hit.mild else rules()[name].severity, said, hit.about, hit.word)
