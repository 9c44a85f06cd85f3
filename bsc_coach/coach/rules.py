"""The register of the coach's rules: what each looks at, how serious it is, and its examples.

A rule is a small pure function with a stable id. Its words, the reason behind it with its source, and
its examples are content (the files of prompts/coach/LANGUAGE/): a rule cannot be registered without
words, one example that it must remark on and one near miss that it must leave alone.

What a rule is given depends on its family:

- ``objective``, ``promise``, ``proposition``: a Wording and the Setting; it returns a Hit or None.
- ``segment``: a Segment of the strategy (for a bare wording one with only a name) and the Setting;
  it returns a Hit or None.
- ``choice``: the Strategy and the Setting, for what segments, proposition and promises say together;
  it returns any number of Hits.
- ``kpi`` and ``map``: see the modules of those rules.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

from bsc_coach.resources import asset_dir

Severity = Literal["settle", "warn", "hint"]
"""To be settled before the map is complete; to be answered or kept with a reason; shown once."""

RANK: Mapping[Severity, int] = {"settle": 0, "warn": 1, "hint": 2}
Family = Literal["objective", "segment", "name", "proposition", "promise", "choice", "kpi", "map"]
LANGUAGES = ("en", "nl")

Look = Callable[..., Any]
"""What a rule is given, and what it returns, depends on its family."""


@dataclass(frozen=True)
class Hit:
    """Where a rule applies: the word it is about, the items it is about, and values for its words."""

    word: str = ""
    about: tuple[str, ...] = ()
    """Short ids of the items, the first the one to go to."""
    values: Mapping[str, object] = field(default_factory=dict)
    mild: bool = False
    """A hint whatever the rule is otherwise: the coach is less sure here."""


@dataclass(frozen=True)
class Rule:
    """One rule: its id, how serious its remark is, what it looks at, and the function that looks."""

    id: str
    severity: Severity
    families: tuple[Family, ...]
    look: Look


@dataclass(frozen=True)
class RuleWords:
    """The content of a rule in one language."""

    say: str
    reason: str
    source: str
    fires: tuple[Any, ...]
    """Wordings, or tables of a KPI or a strategy, that it must remark on."""
    silent: tuple[Any, ...]


@dataclass(frozen=True)
class Finding:
    """A remark of the coach: which rule, how serious, what it says, and about what."""

    rule: str
    severity: Severity
    say: str
    about: tuple[str, ...] = ()
    word: str = ""

    @property
    def rank(self) -> int:
        """0 for the most serious."""
        return RANK[self.severity]


RULES: dict[str, Rule] = {}


@cache
def rule_words(language: str) -> Mapping[str, RuleWords]:
    """Return the content of every rule in ``language``; empty for a language that has none."""
    folder = asset_dir("prompts") / "coach" / language
    if not folder.is_dir():
        return {}
    told: dict[str, dict[str, Any]] = {}
    for source in sorted(folder.iterdir(), key=lambda one: one.name):
        if source.name.endswith(".toml"):
            told.update(tomllib.loads(source.read_text(encoding="utf-8")))
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


def rule(name: str, severity: Severity, *families: Family) -> Callable[[Look], Look]:
    """Register a function as the rule ``name``. Raises ValueError without words or examples for it."""

    def register(look: Look) -> Look:
        words = rule_words("en").get(name)
        if words is None or not words.fires or not words.silent:
            raise ValueError(f"rule {name} has no words or examples")
        RULES[name] = Rule(name, severity, families, look)
        return look

    return register


def finding(name: str, hit: Hit, language: str) -> Finding:
    """Return a hit as a remark in ``language``, in English where that language has no words for it."""
    words = rule_words(language).get(name) or rule_words("en")[name]
    said = words.say.format_map({"word": hit.word, **hit.values})
    severity = "hint" if hit.mild else RULES[name].severity
    return Finding(name, severity, said, hit.about, hit.word)


def rules_of(family: Family) -> tuple[Rule, ...]:
    """Return the rules that look at ``family``, in the order of their ids."""
    return tuple(sorted((one for one in RULES.values() if family in one.families), key=lambda one: one.id))
